"""The body of the webhook, as Meta documents it (WhatsApp Cloud API, field ``messages``).

The envelope must have its documented shape, so that no message is overlooked. A message may have
any fields: a person reads what we do not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from ledger.policy.normalise import phone_number

MESSAGES = "messages"
MEDIA = ("image", "document", "video", "audio", "sticker")
TIME = re.compile("[0-9]{1,10}")  # seconds since 1970
REPLIES = ("button_reply", "list_reply")


class Metadata(Struct):
    phone_number_id: str  # of the number of ours that received it
    display_phone_number: str = ""


class Value(Struct):
    """Messages and their senders; statuses of our own messages are ignored."""

    metadata: Metadata
    contacts: list[dict[str, Any]] = field(default_factory=list)
    messages: list[Raw] = field(default_factory=list)


class Change(Struct):
    field: str
    value: Raw


class Entry(Struct):
    changes: list[Change]


class Body(Struct):
    object: str
    entry: list[Entry]


@dataclass(frozen=True)
class Media:
    """A file in a message, to download by its id."""

    kind: str
    id: str
    media_type: str
    name: str


@dataclass(frozen=True)
class InboundWhatsApp:
    """A message; ``document`` is a body with this message only."""

    number: str  # phone_number_id
    ours: str  # the same in E.164
    name: str  # of the sender, as set by themselves
    sender: str  # E.164; their id at WhatsApp if they hide their number
    fields: dict[str, Any]
    document: bytes

    @property
    def id(self) -> str:
        return text(self.fields, "id")

    @property
    def kind(self) -> str:
        return text(self.fields, "type")

    @property
    def at(self) -> datetime | None:
        seconds = text(self.fields, "timestamp")
        return datetime.fromtimestamp(int(seconds), UTC) if TIME.fullmatch(seconds) else None

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(filter(None, [text(self.fields, "context", "id")]))

    @property
    def media(self) -> Media | None:
        file = self.fields.get(self.kind) if self.kind in MEDIA else None
        if not text(file, "id"):
            return None
        media_type = text(file, "mime_type").partition(";")[0].strip()
        return Media(self.kind, text(file, "id"), media_type, text(file, "filename"))

    @property
    def words(self) -> str | None:
        """The text; None of a kind of message that we do not know."""
        match self.kind:
            case "text":
                return text(self.fields, "text", "body")
            case "button":
                return text(self.fields, "button", "text")
            case "interactive":
                titles = [text(self.fields, "interactive", kind, "title") for kind in REPLIES]
                return next(filter(None, titles), None)
            case kind if self.media:
                return text(self.fields, kind, "caption")
        return None


def parse(raw: bytes) -> list[InboundWhatsApp]:
    """Return every message of a body. Raises ``msgspec.MsgspecError`` for an unknown shape."""
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


def text(value: Any, *path: str) -> str:
    """Return the text at a path in JSON; empty if there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _arrived(value: Value, message: Raw, whole: bytes | None) -> InboundWhatsApp:
    fields = msgspec.json.decode(message, type=dict[str, Any])
    number, user = text(fields, "from"), text(fields, "from_user_id")
    contact = next(_contacts(value, number or user), {})
    return InboundWhatsApp(
        number=value.metadata.phone_number_id,
        ours=_phone(value.metadata.display_phone_number) or value.metadata.phone_number_id,
        name=text(contact, "profile", "name"),
        sender=_phone(number) or user or text(contact, "user_id"),
        fields=fields,
        document=whole or _only(value, message, contact),
    )


def _contacts(value: Value, sender: str) -> Iterator[dict[str, Any]]:
    """Yield the sender's contact, by their number or, if they hide it, by their id."""
    for contact in value.contacts:
        known_by = text(contact, "wa_id"), text(contact, "user_id")
        if sender in known_by or len(value.contacts) == 1:
            yield contact


def _only(value: Value, message: Raw, contact: dict[str, Any]) -> bytes:
    """Return the body without the messages of others: it becomes a document of one debtor."""
    only = {"metadata": value.metadata, "contacts": [contact], "messages": [message]}
    changes = [{"field": MESSAGES, "value": only}]
    return msgspec.json.encode({"object": "part of a body", "entry": [{"changes": changes}]})


def _phone(digits: str) -> str:
    """Return E.164 of a number from WhatsApp: with its country, and without a plus."""
    bare = digits.strip().removeprefix("+")
    return phone_number(f"+{bare}") or (f"+{bare}" if bare.isdigit() else "")
