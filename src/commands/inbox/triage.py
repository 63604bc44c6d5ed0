"""Commands about an incoming mail: receive it once, assign it, dismiss it."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from pydantic import AwareDatetime, BaseModel, Field, field_validator

from commands.command import Command, DecisionContext
from commands.fields import BusinessDate, Reference, RequiredText, Sha256, Text
from ledger.facts import inbound as ev
from ledger.facts.books import INCOMING, BookKind
from ledger.facts.codes import Channel
from ledger.facts.inbound import InboundMessage, IncomingEvent, MatchRule
from ledger.policy.refusal import NotFound, Refused


class IncomingCommand(Command, frozen=True):
    """A command about an incoming mail; ``mail`` is its name: a Message-ID, or a SHA-256."""

    kind: ClassVar[BookKind[Any]] = INCOMING
    mail: RequiredText

    @property
    def number(self) -> str:
        return self.mail


class ReceiveInbound(IncomingCommand, frozen=True, arbitrary_types_allowed=True):
    """Receive a mail and record its match. A repeated mail changes nothing."""

    received: ev.MailReceived
    matched: ev.MailMatched | None = None

    def decide(self, state: InboundMessage, now: DecisionContext) -> Iterator[IncomingEvent]:
        if state.known:
            return
        yield self.received
        if self.matched:
            yield self.matched


class DeleteAttachments(IncomingCommand, frozen=True):
    """Record that files of a message are deleted: nobody filed it, or them."""

    files: tuple[Sha256, ...]
    days: int

    def decide(self, state: InboundMessage, now: DecisionContext) -> Iterator[IncomingEvent]:
        files = tuple(file for file in self.files if file in state.attachments)
        if files and not state.is_filed:
            yield ev.AttachmentsDeleted(on=now.today, files=files, days=self.days)


class InboxCommand(IncomingCommand, frozen=True):
    """A person's command about a received mail."""

    def decide(self, state: InboundMessage, now: DecisionContext) -> Iterator[IncomingEvent]:
        if not state.known:
            raise NotFound("no-mail", mail=self.mail)
        if state.status == "dismissed":
            raise Refused("mail-dismissed")
        return self.events(state, self.on or now.today)

    @abstractmethod
    def events(self, mail: InboundMessage, on: date) -> Iterator[IncomingEvent]:
        """Return the events for a received mail."""


class AssignInbound(InboxCommand, frozen=True):
    """Assign a mail to invoices or to a debtor."""

    public_name = "assign-mail"
    invoices: tuple[Reference, ...] = Field((), max_length=100)
    debtor: Reference | None = None

    def events(self, mail: InboundMessage, on: date) -> Iterator[IncomingEvent]:
        if not self.invoices and not self.debtor:
            raise Refused("mail-about-nothing", "invoices")
        before = mail.matched
        if mail.status == "matched" and before and set(self.invoices) <= set(before.invoices):
            return
        yield ev.MailMatched(
            on=on,
            rule=MatchRule.MANUAL,
            invoices=tuple(dict.fromkeys(self.invoices)),
            debtor=self.debtor or (before.debtor if before else ""),
            messages=before.messages if before else (),
            case_id=before.case_id if before else None,
        )


class DismissInbound(InboxCommand, frozen=True):
    """Dismiss a mail that needs no action."""

    public_name = "dismiss-mail"
    why: RequiredText

    def events(self, mail: InboundMessage, on: date) -> Iterator[IncomingEvent]:
        if mail.status == "matched":
            raise Refused("mail-assigned")
        yield ev.MailDismissed(on=on, why=self.why)


class LogInboundContact(BaseModel, frozen=True, extra="forbid"):
    """Add a phone call or letter to the inbox: it is handled like a mail."""

    channel: Channel
    text: RequiredText = Field(description="what the caller stated, or the text of the letter")
    who: Text = Field("", description="name of the caller or writer")
    phone: Text = Field("", description="their telephone number, in any spelling")
    email: Text = Field("", description="their mail address")
    on: BusinessDate | None = Field(
        None, description="business date of the fact; today when left out"
    )
    time: AwareDatetime | None = Field(None, description="when exactly, with offset")
    documents: tuple[Sha256, ...] = Field((), max_length=100)
    invoices: tuple[Reference, ...] = Field(
        (), max_length=100, description="invoices it is about; matched as for a mail when left out"
    )
    message_id: Reference | None = Field(
        None, description="id in another system, such as of the call; the same id counts once"
    )

    @field_validator("channel")
    @classmethod
    def _no_mail(cls, channel: Channel) -> Channel:
        if channel in (Channel.EMAIL, Channel.E_INVOICE):
            raise ValueError("mail is received by the mailbox: send it there")
        return channel
