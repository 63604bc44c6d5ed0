"""A message of ours: requested once, then sent, delayed, failed or withdrawn.

It has a book of its own, whose number follows from its content (``reminder/D-17/2026-10-08``), so
that the same message cannot be requested twice. Its amounts are fixed when it is requested.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.codes import Channel, Purpose
from ledger.facts.entry import BookState, Event, Personal


class LineSnapshot(Struct, frozen=True, omit_defaults=True):
    """A line of the invoice; ``disputed`` when the dispute is about it, with what is disputed."""

    number: str  # empty for shipping and tax, which the description names
    description: str
    quantity: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    disputed: bool = False


class InvoiceSnapshot(Struct, frozen=True, omit_defaults=True):
    """An invoice that a message is about, as it was when the message was requested."""

    invoice: str
    amount: Decimal
    open_amount: Decimal
    currency: str
    issued_on: date
    due_on: date
    disputed: Decimal | None = None  # in a message about a case
    lines: tuple[LineSnapshot, ...] = ()  # likewise
    charges: Decimal | None = None  # interest and costs, claimed besides the amount


class MessageAsked(Event, topic="message-asked.v1"):
    """A message was requested. ``facts`` are further values of its template."""

    message: str
    purpose: Purpose
    channel: Channel
    to: Personal[tuple[str, ...]]
    template: str
    language: str
    about: tuple[InvoiceSnapshot, ...]
    debtor: str = ""
    case_id: UUID | None = None
    step: str = ""  # of the ladder
    copy_to: Personal[tuple[str, ...]] = ()
    facts: Personal[Mapping[str, str]] = field(default_factory=dict)
    playbook: int = 0  # version that was in force


class MessageSent(Event, topic="message-sent.v1"):
    """A mail was accepted by the mail server, or a letter was printed; ``document`` is its text."""

    message_id: str  # RFC 5322; empty for a letter
    subject: Personal[str]
    document: str  # SHA-256
    to: Personal[tuple[str, ...]]  # the accepted recipients
    refused: Personal[Mapping[str, str]] = field(
        default_factory=dict
    )  # the refused recipients, and why


class MessageDelayed(Event, topic="message-delayed.v1"):
    """A message could not be sent; the next try is not before ``until``."""

    why: str
    tries: int
    until: datetime


class MessageFailed(Event, topic="message-failed.v1"):
    """A message will not be sent, or bounced; a person must look at it."""

    why: str
    to: Personal[tuple[str, ...]] = ()


class MessageWithdrawn(Event, topic="message-withdrawn.v1"):
    """A message was not sent: the reason for it had ended."""

    why: str


MessageEvent = MessageAsked | MessageSent | MessageDelayed | MessageFailed | MessageWithdrawn
MessageStatus = Literal["", "asked", "sent", "failed", "withdrawn"]


class OutboundMessage(BookState, frozen=True):
    """A message of ours. ``asked`` is its request."""

    status: MessageStatus = ""
    asked: MessageAsked | None = None
    tries: int = 0
    until: datetime | None = None  # no try before
    message_id: str = ""
    why: str = ""

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
