"""What the webhook's body says, as Meta documents it (WhatsApp Cloud API, field ``messages``).

Of the envelope we insist on the shape, so that nothing in it is overlooked; a message may hold
whatever Meta thinks of next, and what we do not know of it is left to a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from ledger.policy.normalise import phone_number

MESSAGES = "messages"
MEDIA = ("image", "document", "video", "audio", "sticker")
REPLIES = ("button_reply", "list_reply")


class Metadata(Struct):
    """Which number of ours it came to."""

    phone_number_id: str
    display_phone_number: str = ""


class Value(Struct):
    """Statuses of what we sent are told here too, and are not looked at."""

    metadata: Metadata
    contacts: list[dict[str, Any]] = field(default_factory=list)
    messages: list[Raw] = field(default_factory=list)


class Change(Struct):
    """``field`` is what it is about."""

    field: str
    value: Raw


class Entry(Struct):
    """Of one WhatsApp Business account."""

    changes: list[Change]


class Body(Struct):
    """One call of the webhook."""

    object: str
    entry: list[Entry]


@dataclass(frozen=True)
class Media:
    """What was sent along, to be fetched by its id."""

    kind: str
    id: str
    media_type: str
    name: str


@dataclass(frozen=True)
class InboundWhatsApp:
    """One message; ``document`` is the body that tells of it and of no other."""

    number: str  # phone_number_id
    ours: str  # the same in E.164
    name: str  # of the sender, as he calls himself
    sender: str  # E.164; his id at WhatsApp when he does not tell his number
    said: dict[str, Any]
    document: bytes

    @property
    def id(self) -> str:
        return text(self.said, "id")

    @property
    def kind(self) -> str:
        return text(self.said, "type")

    @property
    def at(self) -> datetime | None:
        seconds = text(self.said, "timestamp")
        return datetime.fromtimestamp(int(seconds), UTC) if _is_time(seconds) else None

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(filter(None, [text(self.said, "context", "id")]))

    @property
    def media(self) -> Media | None:
        told = self.said.get(self.kind) if self.kind in MEDIA else None
        if not text(told, "id"):
            return None
        media_type = text(told, "mime_type").partition(";")[0].strip()
        return Media(self.kind, text(told, "id"), media_type, text(told, "filename"))

    @property
    def words(self) -> str | None:
        """None of what we do not know how to read."""
        match self.kind:
            case "text":
                return text(self.said, "text", "body")
            case "button":
                return text(self.said, "button", "text")
            case "interactive":
                told = [text(self.said, "interactive", one, "title") for one in REPLIES]
                return next(filter(None, told), None)
            case kind if self.media:
                return text(self.said, kind, "caption")
        return None


def parse(raw: bytes) -> list[InboundWhatsApp]:
    """Every message of the body. Raises ``msgspec.MsgspecError`` when it is no such body."""
    values = [
        msgspec.json.decode(change.value, type=Value)
        for entry in msgspec.json.decode(raw, type=Body).entry
        for change in entry.changes
        if change.field == MESSAGES
    ]
    alone = sum(len(value.messages) for value in values) == 1
    return [
        _arrived(value, message, raw if alone else None)
        for value in values
        for message in value.messages
    ]


def text(told: Any, *path: str) -> str:
    """The text there; empty when there is none."""
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told if isinstance(told, str) else ""


def _arrived(value: Value, message: Raw, whole: bytes | None) -> InboundWhatsApp:
    said = msgspec.json.decode(message, type=dict[str, Any])
    number, user = text(said, "from"), text(said, "from_user_id")
    contact = next(_contacts(value, number or user), {})
    return InboundWhatsApp(
        number=value.metadata.phone_number_id,
        ours=_phone(value.metadata.display_phone_number) or value.metadata.phone_number_id,
        name=text(contact, "profile", "name"),
        sender=_phone(number) or user or text(contact, "user_id"),
        said=said,
        document=whole or _only(value, message, contact),
    )


def _contacts(value: Value, sender: str) -> Iterator[dict[str, Any]]:
    """Whose message it is, by his number or, where he hides it, by his id."""
    for one in value.contacts:
        if sender in (text(one, "wa_id"), text(one, "user_id")) or len(value.contacts) == 1:
            yield one


def _only(value: Value, message: Raw, contact: dict[str, Any]) -> bytes:
    """The body, without what others wrote: it becomes a document in one debtor's file."""
    told = {"metadata": value.metadata, "contacts": [contact], "messages": [message]}
    changes = [{"field": MESSAGES, "value": told}]
    return msgspec.json.encode({"object": "part of a body", "entry": [{"changes": changes}]})


def _phone(digits: str) -> str:
    """WhatsApp tells numbers with their country, and without a plus."""
    bare = digits.strip().removeprefix("+")
    return phone_number(f"+{bare}") or (f"+{bare}" if bare.isdigit() else "")


def _is_time(seconds: str) -> bool:
    return seconds.isascii() and seconds.isdigit() and len(seconds) <= 10
