"""What a simulation adds up to, and the whole of it as one JSON document."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from projections.simulation.replay import ReplayedMessage, Verdict

WORLDS: dict[Verdict, tuple[bool, ...]] = {  # in which it went: the one that would be, that was
    "as sent": (True, False),
    "would be sent": (True,),
    "would not be sent": (False,),
    "cannot be sent": (),
}


@dataclass(frozen=True, slots=True)
class Total:
    """Of a step or a channel: how often it would have come, and how often it came."""

    name: str
    would: int
    was: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Messages by verdict and by channel; steps by name, one for each invoice."""

    messages: dict[Verdict, int]
    channels: list[Total]
    steps: list[Total]


@dataclass(frozen=True, slots=True)
class Simulated:
    """The document: every message by debtor and day, and the totals of all."""

    messages: list[ReplayedMessage]
    totals: Totals


class Tally:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.messages = Counter[Verdict]()
        self.channels, self.steps = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()

    def observe(self, found: Iterable[ReplayedMessage]) -> Iterator[ReplayedMessage]:
        for told in found:
            self.messages[told.verdict] += 1
            for would in WORLDS[told.verdict]:
                self.channels[told.sent.channel, would] += 1
                self.steps.update((one.step, would) for one in told.sent.items)
            yield told

    def totals(self) -> Totals:
        return Totals(dict(self.messages), _totals(self.channels), _totals(self.steps))


def _totals(counted: Counter[tuple[str, bool]]) -> list[Total]:
    names = dict.fromkeys(name for name, _ in counted)
    return [Total(name, counted[name, True], counted[name, False]) for name in names]


def differences(found: Iterable[ReplayedMessage]) -> Iterator[ReplayedMessage]:
    return (one for one in found if one.verdict != "as sent")


def document(found: Iterable[ReplayedMessage], tally: Tally) -> Iterator[bytes]:
    """``Simulated``, piece by piece: nothing of it is kept. ``tally`` has watched what comes."""
    before = b'{"messages": [\n'
    for one in found:
        yield before + msgspec.json.encode(one)
        before = b",\n"
    none = before if before.startswith(b"{") else b""
    yield none + b'\n], "totals": ' + msgspec.json.encode(tally.totals()) + b"}\n"
