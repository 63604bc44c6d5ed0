"""Commands about a message of ours: request it once, and record its outcome."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from commands.command import Command, DecisionContext
from commands.fields import RequiredText, Sha256, Text
from ledger.facts import outbound as ev
from ledger.facts.books import MESSAGE, BookKind
from ledger.facts.codes import Channel, Purpose
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import InvoiceSnapshot, MessageEvent, MessageStatus, OutboundMessage
from ledger.policy.refusal import NotFound, Refused

MAX_ATTEMPTS = 12  # within about a day
FIRST_WAIT, MAX_WAIT = timedelta(minutes=5), timedelta(hours=4)


def snapshot(invoice: Invoice) -> InvoiceSnapshot:
    return InvoiceSnapshot(
        invoice=invoice.number,
        amount=invoice.amount,
        open_amount=invoice.open_amount,
        currency=invoice.currency,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        charges=invoice.charges or None,
    )


class MessageCommand(Command, frozen=True):
    """A command about a message; ``message`` is its name: ``reminder/D-17/2026-10-08``."""

    kind: ClassVar[BookKind[Any]] = MESSAGE
    message: RequiredText

    @property
    def number(self) -> str:
        return self.message


class RequestMessage(MessageCommand, frozen=True, arbitrary_types_allowed=True):
    """Request a message to be sent. A repeated request changes nothing.

    Nobody is written to before a playbook was applied, so no message is requested then.
    """

    depends_on_playbook = True
    purpose: Purpose
    channel: Channel
    to: tuple[RequiredText, ...] = Field(min_length=1)
    template: RequiredText
    language: RequiredText
    about: tuple[InvoiceSnapshot, ...]
    debtor: Text = ""
    case_id: UUID | None = None
    step: Text = ""
    copy_to: tuple[RequiredText, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)
    playbook: int = 0

    def decide(self, state: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        if not state.known and now.rules:
            yield self.event(ev.MessageAsked, self.on or now.today)


class OutboxCommand(MessageCommand, frozen=True):
    """A command about the outcome of a message that waits to be sent."""

    allowed: ClassVar[tuple[MessageStatus, ...]] = ("asked",)

    def decide(self, state: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        if not state.known:
            raise NotFound("no-message", message=self.message)
        if state.status not in self.allowed:
            raise Refused("message-over", message=self.message, status=state.status)
        return self.events(state, now)

    @abstractmethod
    def events(self, message: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        """Return the events for a message that waits to be sent."""


class RecordMessageSent(OutboxCommand, frozen=True):
    """Record that the mail server accepted the message, or that the letter was printed.

    It is accepted for a failed or withdrawn message too, because sending cannot be undone.
    """

    allowed: ClassVar[tuple[MessageStatus, ...]] = ("asked", "failed", "withdrawn")

    message_id: Text = Field(description="of a mail; a letter has none")
    subject: Text
    document: Sha256
    to: tuple[RequiredText, ...]
    refused: dict[str, str] = Field(default_factory=dict)

    def events(self, message: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        yield self.event(ev.MessageSent, self.on or now.today)


class DelayMessage(OutboxCommand, frozen=True):
    """Record a failed attempt at ``at``. After ``MAX_ATTEMPTS`` the message fails, for a person."""

    at: AwareDatetime
    why: Text

    def events(self, message: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        on, tries = self.on or now.today, message.tries + 1
        if is_last_attempt(message):
            yield ev.MessageFailed(on=on, why=f"after {tries} tries: {self.why}")
        else:
            until = self.at + min(FIRST_WAIT * 2**message.tries, MAX_WAIT)
            yield ev.MessageDelayed(on=on, why=self.why, tries=tries, until=until)


def is_last_attempt(message: OutboundMessage) -> bool:
    """Return whether the message fails if the next attempt fails."""
    return message.tries + 1 >= MAX_ATTEMPTS


class FailMessage(OutboxCommand, frozen=True):
    """Record that the message was refused or returned."""

    allowed: ClassVar[tuple[MessageStatus, ...]] = ("asked", "sent")
    why: Text
    to: tuple[RequiredText, ...] = ()

    def events(self, message: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        yield self.event(ev.MessageFailed, self.on or now.today)


class WithdrawMessage(OutboxCommand, frozen=True):
    """Withdraw a message that is no longer needed."""

    why: RequiredText

    def events(self, message: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        yield ev.MessageWithdrawn(on=self.on or now.today, why=self.why)
