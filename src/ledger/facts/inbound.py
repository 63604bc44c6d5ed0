"""A mail that came in: a book of its own, whether or not we know what it is about.

It is named by its Message-ID, or by the SHA-256 of its bytes when it has none, so that the same
mail is taken in once, by however many mailboxes and processes it comes. A WhatsApp message, a
call, a letter and what was filled in on our page are mails too, each by its own channel.
"""

from enum import StrEnum
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.codes import Channel, Reason
from ledger.facts.entry import Event, Personal


class Sender(StrEnum):
    """Who is behind a mail. Only a person's words change anything."""

    PERSON = "person"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    LIST = "list"


class MatchRule(StrEnum):
    """By what a mail was matched."""

    REPLY_ADDRESS = "reply address"  # the signed one of a message of ours
    REFERENCE = "reference"  # it names the Message-ID of one, or of a contact in the file
    NUMBER = "number"  # an invoice's, and the sender is its debtor
    PAYMENT = "payment reference"  # or a purchase order, and the sender is the debtor
    CUSTOMER = "customer"  # all we know is who wrote
    MANUAL = "by hand"


class Suggestion(Struct, frozen=True):
    """What a mail may be about, and why we think so. A person decides."""

    why: str
    invoice: str = ""
    debtor: str = ""
    reason: Reason | None = None  # of a dispute


class MailReceived(Event, topic="mail-received.v1"):
    """``text`` is what was newly written; ``document`` the mail as it came.

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
    name: Personal[str] = ""  # of the sender, where the channel tells

    @property
    def who(self) -> str:
        return (
            f"{self.name} ({self.from_})" if self.name and self.from_ else self.name or self.from_
        )


class MailMatched(Event, topic="mail-matched.v1"):
    """It is in the books of these invoices, or of the debtor alone.

    ``waits`` says why somebody has to look at it all the same.
    """

    rule: MatchRule
    invoices: tuple[str, ...] = ()
    debtor: str = ""
    messages: tuple[str, ...] = ()  # ours that it answers, or that came back
    case_id: UUID | None = None
    waits: str = ""


class MailDismissed(Event, topic="mail-dismissed.v1"):
    """Somebody saw that there is nothing to be done with it."""

    why: str


IncomingEvent = MailReceived | MailMatched | MailDismissed
InboundStatus = Literal["", "waiting", "matched", "dismissed"]


class InboundMessage(Struct, frozen=True):
    """``received`` is the mail, None before; ``matched`` where it went last."""

    id: UUID
    line: int = 0
    status: InboundStatus = ""
    received: MailReceived | None = None
    matched: MailMatched | None = None

    @property
    def known(self) -> bool:
        return self.line > 0

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
        case _:
            assert_never(event)
