"""What a simulation adds up to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from api.simulation.replay import Told, Verdict


@dataclass(frozen=True, slots=True)
class Total:
    """Of a step or a channel: how often it would have come, and how often it came."""

    name: str
    would: int
    was: int


@dataclass
class Totals:
    """Messages by verdict and by channel; steps by name, one for each invoice."""

    messages: Counter[Verdict] = field(default_factory=Counter)
    _steps: Counter[tuple[str, bool]] = field(default_factory=Counter)
    _channels: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def watch(self, found: Iterable[Told]) -> Iterator[Told]:
        """The same, counted as they go by."""
        for told in found:
            self.messages[told.verdict] += 1
            for would in WORLDS[told.verdict]:
                self._channels[told.sent.channel, would] += 1
                self._steps.update((one.step, would) for one in told.sent.items)
            yield told

    @property
    def steps(self) -> list[Total]:
        return _totals(self._steps)

    @property
    def channels(self) -> list[Total]:
        return _totals(self._channels)


WORLDS: dict[Verdict, tuple[bool, ...]] = {  # in which it went: the one that would be, that was
    "as sent": (True, False),
    "would be sent": (True,),
    "would not be sent": (False,),
    "cannot be sent": (),
}


def _totals(counted: Counter[tuple[str, bool]]) -> list[Total]:
    names = dict.fromkeys(name for name, _ in counted)
    return [Total(name, counted[name, True], counted[name, False]) for name in names]
