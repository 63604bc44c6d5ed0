"""A message of ours to somebody outside: asked for once, then sent, or told why not.

It is a book of its own, named by what it is (``reminder/D-17/2026-10-08``), so that the same
message cannot be asked for twice, whoever asks and however often. What it tells of is frozen when
it is asked for; an hour later it must not say another amount.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.codes import Channel, Purpose
from ledger.facts.entry import Event, Personal


class InvoiceSnapshot(Struct, frozen=True):
    """An invoice that the message tells of, as it stood when the message was asked for."""

    invoice: str
    amount: Decimal
    open_amount: Decimal
    currency: str
    issued_on: date
    due_on: date


class MessageAsked(Event, topic="message-asked.v1"):
    """``facts`` is what the template says besides; ``step`` is one of the ladder's."""

    message: str
    purpose: Purpose
    channel: Channel
    to: Personal[tuple[str, ...]]
    template: str
    language: str
    about: tuple[InvoiceSnapshot, ...]
    debtor: str = ""
    case_id: UUID | None = None
    step: str = ""
    copy_to: Personal[tuple[str, ...]] = ()
    facts: Personal[Mapping[str, str]] = field(default_factory=dict)
    playbook: int = 0  # version that was in force


class MessageSent(Event, topic="message-sent.v1"):
    """The mail server took it, or the letter was printed. The document is what was said."""

    message_id: str  # RFC 5322; empty of a letter
    subject: Personal[str]
    document: str  # SHA-256
    to: Personal[tuple[str, ...]]  # who were accepted
    refused: Personal[Mapping[str, str]] = field(default_factory=dict)  # the others, and why


class MessageDelayed(Event, topic="message-delayed.v1"):
    """It could not be sent now, and is tried again, not before ``until``."""

    why: str
    tries: int
    until: datetime


class MessageFailed(Event, topic="message-failed.v1"):
    """It will not be sent, or came back; somebody has to look at it."""

    why: str
    to: Personal[tuple[str, ...]] = ()


class MessageWithdrawn(Event, topic="message-withdrawn.v1"):
    """By the time it was to go there was no more cause for it."""

    why: str


MessageEvent = MessageAsked | MessageSent | MessageDelayed | MessageFailed | MessageWithdrawn
MessageStatus = Literal["", "asked", "sent", "failed", "withdrawn"]


class OutboundMessage(Struct, frozen=True):
    """``asked`` is what was asked for; None before."""

    id: UUID
    line: int = 0
    status: MessageStatus = ""
    asked: MessageAsked | None = None
    tries: int = 0
    until: datetime | None = None  # not tried before
    message_id: str = ""
    why: str = ""

    @property
    def known(self) -> bool:
        return self.line > 0

    @property
    def number(self) -> str:
        return self.asked.message if self.asked else ""


def evolve(message: OutboundMessage, event: MessageEvent) -> OutboundMessage:
    match event:
        case MessageAsked():
            return but(message, status="asked", asked=event)
        case MessageSent():
            return but(message, status="sent", message_id=event.message_id, why="")
        case MessageDelayed():
            return but(message, tries=event.tries, until=event.until, why=event.why)
        case MessageFailed():
            return but(message, status="failed", why=event.why)
        case MessageWithdrawn():
            return but(message, status="withdrawn", why=event.why)
        case _:
            assert_never(event)
