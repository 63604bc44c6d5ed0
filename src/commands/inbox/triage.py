"""Wishes about a mail that came in: take it in once, and say what it is about, if anything."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from pydantic import AwareDatetime, BaseModel, Field, field_validator

from commands.command import (
    BusinessDate,
    Command,
    DecisionContext,
    Reference,
    RequiredText,
    Sha256,
    Text,
)
from ledger.facts.books import INCOMING, BookKind
from ledger.facts.codes import Channel
from ledger.facts.inbound import (
    InboundMessage,
    IncomingEvent,
    MailDismissed,
    MailMatched,
    MailReceived,
    MatchRule,
)
from ledger.policy.refusal import NotFound, Refused


class IncomingCommand(Command, frozen=True):
    """``mail`` is its name: a Message-ID, or a SHA-256."""

    kind: ClassVar[BookKind[Any]] = INCOMING
    mail: RequiredText

    @property
    def number(self) -> str:
        return self.mail


class ReceiveInbound(IncomingCommand, frozen=True, arbitrary_types_allowed=True):
    """It came in, and this is where it belongs. Once, however often it comes."""

    received: MailReceived
    matched: MailMatched | None = None

    def decide(self, state: InboundMessage, now: DecisionContext) -> Iterator[IncomingEvent]:
        if state.known:
            return
        yield self.received
        if self.matched:
            yield self.matched


class InboxCommand(IncomingCommand, frozen=True):
    """What a person says of a mail that came in."""

    def decide(self, state: InboundMessage, now: DecisionContext) -> Iterator[IncomingEvent]:
        if not state.known:
            raise NotFound("no-mail", mail=self.mail)
        if state.status == "dismissed":
            raise Refused("mail-dismissed")
        return self.events(state, self.on or now.today)

    @abstractmethod
    def events(self, mail: InboundMessage, on: date) -> Iterator[IncomingEvent]:
        """What follows for a mail that came in."""


class AssignInbound(InboxCommand, frozen=True):
    """It is about these invoices, or about this debtor."""

    public_name = "assign-mail"
    invoices: tuple[Reference, ...] = Field((), max_length=100)
    debtor: Reference | None = None

    def events(self, mail: InboundMessage, on: date) -> Iterator[IncomingEvent]:
        if not self.invoices and not self.debtor:
            raise Refused("mail-about-nothing", "invoices")
        there = mail.matched
        told = dict.fromkeys(self.invoices)
        if mail.status == "matched" and there and set(told) <= set(there.invoices):
            return
        yield MailMatched(
            on=on,
            rule=MatchRule.MANUAL,
            invoices=tuple(told),
            debtor=self.debtor or (there.debtor if there else ""),
            messages=there.messages if there else (),
            case_id=there.case_id if there else None,
        )


class DismissInbound(InboxCommand, frozen=True):
    """There is nothing to be done with it."""

    public_name = "dismiss-mail"
    why: RequiredText

    def events(self, mail: InboundMessage, on: date) -> Iterator[IncomingEvent]:
        if mail.status == "matched":
            raise Refused("mail-assigned")
        yield MailDismissed(on=on, why=self.why)


class LogInboundContact(BaseModel, frozen=True, extra="forbid"):
    """Somebody phoned, or a letter came: it goes the way of any mail."""

    channel: Channel
    text: RequiredText = Field(description="what was said, or what it says")
    who: Text = Field("", description="name of who said it")
    phone: Text = Field("", description="his number, however it is written")
    email: Text = Field("", description="his mail address")
    on: BusinessDate | None = Field(
        None, description="business date of the fact; today when left out"
    )
    time: AwareDatetime | None = Field(None, description="when exactly, with offset")
    documents: tuple[Sha256, ...] = Field((), max_length=100)
    invoices: tuple[Reference, ...] = Field(
        (), max_length=100, description="which it is about; found as for any mail when left out"
    )
    message_id: Reference | None = Field(
        None, description="the same message twice is one: its id elsewhere, such as of the call"
    )

    @field_validator("channel")
    @classmethod
    def _no_mail(cls, channel: Channel) -> Channel:
        if channel in (Channel.EMAIL, Channel.E_INVOICE):
            raise ValueError("mail is taken in by the mailbox: send it there")
        return channel
