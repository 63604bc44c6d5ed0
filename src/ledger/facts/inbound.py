"""An inbound mail: a book of its own, whether or not we know what it is about.

Its number is its Message-ID, or the SHA-256 of its bytes when it has none, so that a mail is
recorded once, also when several mailboxes or processes receive it. A WhatsApp message, a call, a
letter and our contact page are recorded as mails too, each with its own channel.
"""

from enum import StrEnum
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.codes import Channel, Reason
from ledger.facts.entry import BookState, Event, Personal


class Sender(StrEnum):
    """The kind of sender of a mail. Only mails of persons have consequences."""

    PERSON = "person"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    LIST = "list"


class MatchRule(StrEnum):
    """The rule by which a mail was matched."""

    REPLY_ADDRESS = "reply address"  # the signed address of a message of ours
    REFERENCE = "reference"  # it names the Message-ID of a message of ours, or of a contact
    NUMBER = "number"  # of an invoice, and the sender is its debtor
    PAYMENT = "payment reference"  # or a purchase order, and the sender is the debtor
    CUSTOMER = "customer"  # only the sender is known
    MANUAL = "by hand"


class Suggestion(Struct, frozen=True):
    """What a mail may be about, and why. A person decides."""

    why: str
    invoice: str = ""
    debtor: str = ""
    reason: Reason | None = None  # of a dispute


class MailReceived(Event, topic="mail-received.v1"):
    """A mail was received. ``text`` is its new text without quotes, ``document`` the whole mail.

    ``from_`` is a mail address, a telephone number in E.164, or what else is known of the sender.
    """

    mail: str
    mailbox: str
    sender: Sender
    from_: Personal[str]
    to: Personal[tuple[str, ...]]
    subject: Personal[str]
    text: Personal[str]
    document: str  # SHA-256
    attachments: tuple[str, ...] = ()  # SHA-256 each
    message_id: str = ""  # RFC 5322, or the channel's own
    time: str | None = None  # of day with offset, by the sender's clock
    suggestions: Personal[tuple[Suggestion, ...]] = ()
    flags: tuple[str, ...] = ()
    channel: Channel = Channel.EMAIL
    name: Personal[str] = ""  # of the sender, where the channel gives it

    @property
    def who(self) -> str:
        both = self.name and self.from_
        return f"{self.name} ({self.from_})" if both else self.name or self.from_


class MailMatched(Event, topic="mail-matched.v1"):
    """A mail was recorded with these invoices, or with the debtor only.

    ``waits`` is why a person must look at it nevertheless.
    """

    rule: MatchRule
    invoices: tuple[str, ...] = ()
    debtor: str = ""
    messages: tuple[str, ...] = ()  # of ours that it answers, or that bounced
    case_id: UUID | None = None
    waits: str = ""


class MailDismissed(Event, topic="mail-dismissed.v1"):
    """A mail was dismissed: it needs no action."""

    why: str


class AttachmentsDeleted(Event, topic="attachments-deleted.v1"):
    """Files that a stranger sent were deleted, as nobody had filed them in ``days`` days."""

    files: tuple[str, ...]  # SHA-256 each
    days: int


IncomingEvent = MailReceived | MailMatched | MailDismissed | AttachmentsDeleted
InboundStatus = Literal["", "waiting", "matched", "dismissed"]


class InboundMessage(BookState, frozen=True):
    """An inbound mail. ``matched`` is the last match."""

    status: InboundStatus = ""
    received: MailReceived | None = None
    matched: MailMatched | None = None
    deleted: tuple[str, ...] = ()  # attachments

    @property
    def is_filed(self) -> bool:
        """Return whether it belongs to an invoice or a debtor."""
        return self.matched is not None and bool(self.matched.invoices or self.matched.debtor)

    @property
    def attachments(self) -> tuple[str, ...]:
        """Return those that were not deleted."""
        received = self.received.attachments if self.received else ()
        return tuple(file for file in received if file not in self.deleted)

    @property
    def number(self) -> str:
        return self.received.mail if self.received else ""


def evolve(mail: InboundMessage, event: IncomingEvent) -> InboundMessage:
    match event:
        case MailReceived():
            return but(mail, status="waiting", received=event)
        case MailMatched():
            return but(mail, status="waiting" if event.waits else "matched", matched=event)
        case MailDismissed():
            return but(mail, status="dismissed")
        case AttachmentsDeleted():
            return but(mail, deleted=(*mail.deleted, *event.files))
        case _:
            assert_never(event)
