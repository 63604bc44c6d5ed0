"""What an event is, and the entry in which it is written down.

An event is past tense, frozen and permanent. To change one, give it a new topic (``.v2``) and
teach ``upcasts.py`` to read the old one; what was written stays as it was written.

Two times, never mixed: an event's ``on`` says when it was true in the world (a business date in
the creditor's time zone); the entry's ``at`` says when we learned it.
"""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform
from uuid import UUID

from msgspec import Struct, StructMeta

T = TypeVar("T")
Personal = Annotated[T, "personal"]  # personal data: one place can encrypt it, by this mark


@dataclass_transform(frozen_default=True, kw_only_default=True)
class EventMeta(StructMeta):
    """Enters every event in the closed registry, under its topic."""

    def __new__(mcls, name: str, bases: Any, body: Any, topic: str = "") -> Any:
        made: Any = super().__new__(mcls, name, bases, body, frozen=True, kw_only=True)
        if topic:
            made.topic = topic
            if made.by_topic.setdefault(topic, made) is not made:
                raise TypeError(f"topic {topic!r} is taken by {made.by_topic[topic].__name__}")
        return made


class Event(Struct, metaclass=EventMeta):
    """A fact, frozen. Subclassing with a topic is all it takes."""

    on: date  # effective: the business date on which it happened

    topic: ClassVar[str]
    by_topic: ClassVar[dict[str, type["Event"]]] = {}


class Entry(Struct, frozen=True):
    """One line of a book: which line, when recorded, by whom, why, and what happened."""

    book_id: UUID
    line: int
    at: datetime  # recorded
    by: str  # the actor
    event: Any  # an event of the book's own union (see ``books.py``)
    position: int = 0  # place in the tenant's ledger; 0 until written
    correlation: str | None = None  # what belongs together (a request, an import)
    causation: str | None = None  # what caused this line; the same cause acts once a book
    flags: tuple[str, ...] = ()  # what looked odd about it when it was recorded
    via: str | None = None  # by what it came: the id of an API key
