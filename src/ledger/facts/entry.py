"""Events, the entries that record them, and what all book states have in common.

An event is named in the past tense and never changes. To change its fields, give it a new topic
(``.v2``) and let ``upcasts.py`` read the old one; stored entries stay as they are.

Two times are kept apart: an event's ``on`` is the business date on which it happened, in the
creditor's time zone; the entry's ``at`` is the moment at which it was recorded.
"""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform
from uuid import UUID

from msgspec import Struct, StructMeta

T = TypeVar("T")
Personal = Annotated[T, "personal"]  # personal data: by this mark it can be found, to encrypt it


@dataclass_transform(frozen_default=True, kw_only_default=True)
class EventMeta(StructMeta):
    """The metaclass that registers every event class under its topic."""

    def __new__(mcls, name: str, bases: Any, body: Any, topic: str = "") -> Any:
        made: Any = super().__new__(mcls, name, bases, body, frozen=True, kw_only=True)
        if topic:
            made.topic = topic
            if made.by_topic.setdefault(topic, made) is not made:
                raise TypeError(f"topic {topic!r} is taken by {made.by_topic[topic].__name__}")
        return made


class Event(Struct, metaclass=EventMeta):
    """A fact. A subclass with a topic is registered by its definition."""

    on: date  # business date on which it happened

    topic: ClassVar[str]
    by_topic: ClassVar[dict[str, type["Event"]]] = {}


class Entry(Struct, frozen=True):
    """A line of a book: its number, when and by whom it was recorded, why, and what happened."""

    book_id: UUID
    line: int
    at: datetime  # recorded
    by: str  # the actor
    event: Any  # an event of the book's own union (see ``books.py``)
    position: int = 0  # in the tenant's ledger; 0 until written
    correlation: str | None = None  # what belongs together (a request, an import)
    causation: str | None = None  # what caused this line; a cause acts once in a book
    flags: tuple[str, ...] = ()  # what was unusual about it when it was recorded
    via: str | None = None  # the id of the API key by which it came, or ``os:`` and who typed it
    because: str | None = None  # why that person recorded it for ``by``


class BookState(Struct, frozen=True):
    """The state that the lines of a book lead to; ``line`` is the last of them."""

    id: UUID
    line: int = 0

    @property
    def known(self) -> bool:
        """Return whether anything was recorded in the book."""
        return self.line > 0
