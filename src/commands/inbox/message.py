"""An incoming mail as a value, by whatever channel: all that the rules about mail ask for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from ledger.facts.codes import Channel


class MessageKind(StrEnum):
    """Who wrote it. Only a person's words change anything."""

    PERSON = "person"
    AUTO_REPLY = "auto-reply"  # out of office, a receipt, any machine that answers or reports
    BOUNCE = "bounce"
    LIST = "list"


@dataclass(frozen=True)
class Address:
    """A mailbox; what is compared is ``mail``, in lower case, or a telephone number in E.164."""

    mail: str
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """A part that is not the text; also what could not be read as text."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class DeliveryFailure:
    """One recipient who was not reached."""

    recipient: str  # lower case; empty when the bounce does not say
    permanent: bool  # of no use to try again
    delayed: bool = False  # the mail server still tries
    status: str = ""  # RFC 3463, such as 5.1.1
    diagnostic: str = ""


@dataclass(frozen=True)
class ParsedMessage:
    """The mail. Ids are without their angle brackets. ``flags`` say what could not be read.

    ``id`` names its book; an empty one leaves that to its bytes.
    """

    id: str
    sha256: str  # of the raw bytes
    subject: str
    text: str  # all of it
    reply: str  # what the sender wrote newly
    html: str = ""  # as it came: never show it uncleaned
    kind: MessageKind = MessageKind.PERSON
    signs: tuple[str, ...] = ()  # why it is of that kind
    at: datetime | None = None  # by the sender's clock
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()  # oldest first
    from_: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    delivered_to: tuple[Address, ...] = ()  # where it went, whatever To says
    attachments: tuple[Attachment, ...] = ()
    failures: tuple[DeliveryFailure, ...] = ()  # of a bounce
    about: tuple[str, ...] = ()  # ids of the messages a bounce is about
    flags: tuple[str, ...] = ()
    channel: Channel = Channel.EMAIL
