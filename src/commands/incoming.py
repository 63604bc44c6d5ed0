"""Wishes about a mail that came in: take it in once, and say what it is about, if anything."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, Field, field_validator

from commands.command import Command, Day, InvoiceCommand, Now, Number, Sha256, Text, Words
from commands.contacts import contact_of
from commands.holds import REPLY, reply_hold
from commands.resolutions import ReopenDispute
from ledger import invoice_events as ev
from ledger import workdays
from ledger.books import INCOMING, Kind
from ledger.codes import Channel
from ledger.dispute import Dispute
from ledger.incoming import (
    Incoming,
    IncomingEvent,
    MailDismissed,
    MailMatched,
    MailReceived,
    Rule,
)
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceEvent
from ledger.policy.refusal import Refused, Unknown
from ledger.rules import Rules

OF_WHATSAPP = "wamid."  # how its ids begin


class IncomingCommand(Command, frozen=True):
    """``mail`` is its name: a Message-ID, or a SHA-256."""

    kind: ClassVar[Kind[Any]] = INCOMING
    mail: Words

    @property
    def number(self) -> str:
        return self.mail


class ReceiveMail(IncomingCommand, frozen=True, arbitrary_types_allowed=True):
    """It came in, and this is where it belongs. Once, however often it comes."""

    received: MailReceived
    matched: MailMatched | None = None

    def decide(self, state: Incoming, now: Now) -> Iterator[IncomingEvent]:
        if state.known:
            return
        yield self.received
        if self.matched:
            yield self.matched


class InboxCommand(IncomingCommand, frozen=True):
    """What a person says of a mail that came in."""

    def decide(self, state: Incoming, now: Now) -> Iterator[IncomingEvent]:
        if not state.known:
            raise Unknown("no-mail", mail=self.mail)
        if state.status == "dismissed":
            raise Refused("mail-dismissed")
        return self.events(state, self.on or now.today)

    @abstractmethod
    def events(self, mail: Incoming, on: date) -> Iterator[IncomingEvent]:
        """What follows for a mail that came in."""


class AssignMail(InboxCommand, frozen=True):
    """It is about these invoices, or about this debtor."""

    invoices: tuple[Number, ...] = Field((), max_length=100)
    debtor: Number | None = None

    def events(self, mail: Incoming, on: date) -> Iterator[IncomingEvent]:
        if not self.invoices and not self.debtor:
            raise Refused("mail-about-nothing", "invoices")
        there = mail.matched
        told = dict.fromkeys(self.invoices)
        if mail.status == "matched" and there and set(told) <= set(there.invoices):
            return
        yield MailMatched(
            on=on,
            rule=Rule.HAND,
            invoices=tuple(told),
            debtor=self.debtor or (there.debtor if there else ""),
            messages=there.messages if there else (),
            case_id=there.case_id if there else None,
        )


class DismissMail(InboxCommand, frozen=True):
    """There is nothing to be done with it."""

    why: Words

    def events(self, mail: Incoming, on: date) -> Iterator[IncomingEvent]:
        if mail.status == "matched":
            raise Refused("mail-assigned")
        yield MailDismissed(on=on, why=self.why)


class AddToInbox(BaseModel, frozen=True, extra="forbid"):
    """Somebody phoned, or a letter came: it goes the way of any mail."""

    channel: Channel
    text: Words = Field(description="what was said, or what it says")
    who: Text = Field("", description="name of who said it")
    phone: Text = Field("", description="his number, however it is written")
    email: Text = Field("", description="his mail address")
    on: Day | None = Field(None, description="business date of the fact; today when left out")
    time: AwareDatetime | None = Field(None, description="when exactly, with offset")
    documents: tuple[Sha256, ...] = Field((), max_length=100)
    invoices: tuple[Number, ...] = Field(
        (), max_length=100, description="which it is about; found as for any mail when left out"
    )
    message_id: Number | None = Field(
        None, description="the same message twice is one: its id elsewhere, such as of the call"
    )

    @field_validator("channel")
    @classmethod
    def _no_mail(cls, channel: Channel) -> Channel:
        if channel in (Channel.EMAIL, Channel.E_INVOICE):
            raise ValueError("mail is taken in by the mailbox: send it there")
        return channel


class RestAfterReply(InvoiceCommand, frozen=True):
    """The debtor answered what we asked: nobody chases until somebody had time to read it.

    Not twice at once, and not an invoice that nobody was asked about.
    """

    until: Day
    contact_id: UUID

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        asked = invoice.chased_on or invoice.steps
        rests = any(
            hold.reason == REPLY and (hold.until is None or hold.until > on)
            for hold in invoice.holds.values()
        )
        hold_id = reply_hold(self.contact_id)
        if not asked or rests or not invoice.collectable or self.until <= on:
            return
        if hold_id not in invoice.holds:
            yield ev.FollowUpHeld(
                on=on, hold_id=hold_id, amount=None, reason=REPLY, until=self.until, release_by=()
            )


class ReopenAfterReply(InvoiceCommand, frozen=True):
    """The debtor answered the decision, and the playbook says that this takes the case up again.

    Not when there is nothing to dispute any more: a person is asked.
    """

    case_id: UUID
    words: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        why = f"The debtor answered: {self.words}"
        wish = ReopenDispute(on=on, invoice=self.invoice, case_id=self.case_id, why=why)
        for event in wish.events(invoice, on, now) if invoice.collectable else ():
            if isinstance(event, ev.DisputeReopened) and event.disputed > 0:
                yield event


def taken_up_again(invoice: Invoice, rules: Rules, on: date) -> Dispute | None:
    """The dispute whose decision a reply may not be content with: the last, lately, and none is
    open. One that came back too often is left to people, so that two machines do not play ball."""
    resolved = [one for one in invoice.disputes.values() if one.status == "resolved" and one.opened]
    last = max(resolved, key=lambda one: one.resolved_on or date.min, default=None)
    if last is None or last.resolved_on is None or invoice.open_disputes:
        return None
    handling = rules.handling(last.reason)
    until = workdays.after(last.resolved_on, handling.reopen_within, rules.calendar)
    lately = handling.reopen_within and last.resolved_on <= on <= until
    return last if lately and last.reopened < handling.reopen_at_most else None


def contact_id_of(mail: str) -> UUID:
    """The contact that a mail is, in whichever book: that of its own id, where it has one."""
    own = "@" in mail or mail.startswith(OF_WHATSAPP)
    return contact_of(mail) if own else uuid5(NAMESPACE_URL, f"sha256:{mail}")


COMMANDS: tuple[type[Command], ...] = (AssignMail, DismissMail)
