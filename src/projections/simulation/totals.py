"""The totals of a simulation, and the simulation as a JSON document."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from projections.simulation.replay import ReplayedMessage, Verdict

COUNTED_AS: dict[Verdict, tuple[bool, ...]] = {  # True: would be sent, False: was sent
    "as sent": (True, False),
    "would be sent": (True,),
    "would not be sent": (False,),
    "cannot be sent": (),
}


@dataclass(frozen=True, slots=True)
class Total:
    """How often a step or channel would have been used, and how often it was."""

    name: str
    would: int
    was: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Messages by verdict and by channel; steps by name, counted for each invoice."""

    messages: dict[Verdict, int]
    channels: list[Total]
    steps: list[Total]
    pauses: int  # open disputes that would pause more or less of their invoice than now
    collectors: int  # open invoices that would get another collector than now


@dataclass(frozen=True, slots=True)
class Simulated:
    """The document: every message by debtor and day, and the totals."""

    messages: list[ReplayedMessage]
    totals: Totals


class Tally:
    """The counts of the messages that pass through ``observe``."""

    def __init__(self, pauses: int = 0, collectors: int = 0) -> None:
        self.pauses, self.collectors = pauses, collectors
        self.messages = Counter[Verdict]()
        self.channels, self.steps = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()

    def observe(self, messages: Iterable[ReplayedMessage]) -> Iterator[ReplayedMessage]:
        for message in messages:
            self.messages[message.verdict] += 1
            for would in COUNTED_AS[message.verdict]:
                self.channels[message.sent.channel, would] += 1
                self.steps.update((item.step, would) for item in message.sent.items)
            yield message

    def totals(self) -> Totals:
        channels, steps = _totals(self.channels), _totals(self.steps)
        return Totals(dict(self.messages), channels, steps, self.pauses, self.collectors)


def _totals(counted: Counter[tuple[str, bool]]) -> list[Total]:
    names = dict.fromkeys(name for name, _ in counted)
    return [Total(name, counted[name, True], counted[name, False]) for name in names]


def differences(messages: Iterable[ReplayedMessage]) -> Iterator[ReplayedMessage]:
    return (message for message in messages if message.verdict != "as sent")


def document(messages: Iterable[ReplayedMessage], tally: Tally) -> Iterator[bytes]:
    """Yield ``Simulated`` as JSON without keeping it; ``tally`` observes the same messages."""
    before = b'{"messages": [\n'
    for message in messages:
        yield before + msgspec.json.encode(message)
        before = b",\n"
    none = before if before.startswith(b"{") else b""
    yield none + b'\n], "totals": ' + msgspec.json.encode(tally.totals()) + b"}\n"
