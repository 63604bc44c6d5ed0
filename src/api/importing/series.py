"""Series: lines of a history that are numbered within their invoice.

The number says in which order they happened, and which line it is. The same number with other
content is another line.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace as but

from api.importing.line_commands import LineCommand
from ledger.facts.books import BookKind
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice.registration import NoteAdded

MATERIAL = (  # fields of events that lines state; not among them are texts of ours
    *("number", "amount", "on", "currency", "debtor", "instalments", "charge", "reference"),
    *("method", "credit_note", "contested", "reason", "outcome", "resolver", "channel", "agency"),
)


def in_order(commands: Sequence[LineCommand]) -> Sequence[LineCommand]:
    """Return the commands with each series in the order of its numbers.

    A series keeps the places that its lines have together; what has no series keeps its own.
    """
    series: dict[str, list[int]] = {}
    for place, command in enumerate(commands):
        if command.series is not None:
            series.setdefault(command.series, []).append(place)
    ordered = list(commands)
    for places in series.values():
        lines = sorted((commands[place] for place in places), key=lambda line: line.seq)
        for place, line in zip(places, lines, strict=True):
            ordered[place] = line
    return ordered


def is_late(command: LineCommand, causes: Set[str]) -> bool:
    """Return whether a later line of the series is there already."""
    if command.series is None:
        return False
    start = f"{command.series}:"
    numbers = (cause[len(start) :] for cause in causes if cause.startswith(start))
    return any(int(number) > command.seq for number in numbers if number.isdecimal())


@dataclass
class Recorded:
    """What each cause recorded in a book, and the state before it; read when it is asked for."""

    kind: BookKind[Any]
    id: UUID
    before: Iterable[Entry]
    found: dict[str, tuple[Any, Event]] = field(default_factory=dict)
    is_read: bool = False

    def of(self, cause: str) -> tuple[Any, Event]:
        """Return the state before, and the first event of the cause."""
        if not self.is_read:
            self.is_read, state = True, self.kind.start(self.id)
            for entry in self.before:
                if entry.causation:
                    self.found.setdefault(entry.causation, (state, entry.event))
                state = but(self.kind.after(state, entry.event), line=entry.line)
        return self.found[cause]

    def add(self, cause: str, state: Any, entries: Sequence[Entry]) -> None:
        self.found[cause] = state, entries[0].event


class Difference(NamedTuple):
    """A field of which a line states another value than was recorded."""

    name: str
    there: str
    here: str


def difference(command: LineCommand, there: Event, events: Iterable[Event]) -> Difference | None:
    """Return the first difference between what was recorded and what the line says, if any."""
    here = next((event for event in events if event.topic == there.topic), None)
    if here is None:
        return Difference("type", there.topic, "another kind of event")
    if isinstance(there, NoteAdded) and isinstance(here, NoteAdded):
        texts = [note.text.partition(f" ({command.cause}")[0] for note in (there, here)]
        return None if texts[0] == texts[1] else Difference("type", *texts)
    for name in MATERIAL:
        if name in command.assumed:
            continue
        old, new = getattr(there, name, None), getattr(here, name, None)
        if old != new:
            return Difference(name, _shown(old), _shown(new))
    return None


def _shown(value: Any) -> str:
    """Return the value for people; instalments by their due dates."""
    if isinstance(value, tuple):
        return ", ".join(str(part.due_on) for part in value)
    return "none" if value is None else str(value)
