"""An incoming message of any channel as a value, as the rules about mail need it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from ledger.facts.codes import Channel

WHOLE = "nothing new was found in it: the whole text is kept"  # a flag


class MessageKind(StrEnum):
    """The kind of writer. Only messages of a person have consequences."""

    PERSON = "person"
    AUTO_REPLY = "auto-reply"  # out of office, a receipt, any machine that answers or reports
    BOUNCE = "bounce"
    LIST = "list"


@dataclass(frozen=True)
class Address:
    """A sender or recipient; ``mail`` is in lower case, or a telephone number in E.164.

    ``national`` is the key of a number that was typed without its country.
    """

    mail: str
    name: str = ""
    national: str = ""


@dataclass(frozen=True)
class Attachment:
    """A part other than the text, or a text that could not be read."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class DeliveryFailure:
    """A recipient who was not reached."""

    recipient: str  # lower case; empty when not stated in the bounce
    permanent: bool  # no further attempt makes sense
    delayed: bool = False  # the mail server still tries
    status: str = ""  # RFC 3463, such as 5.1.1
    diagnostic: str = ""


@dataclass(frozen=True)
class ParsedMessage:
    """A parsed mail. Ids have no angle brackets; ``flags`` state what could not be read.

    ``id`` names the book of the mail; if it is empty, ``sha256`` does.
    """

    id: str
    sha256: str  # of the raw bytes
    subject: str
    text: str  # including quoted text
    reply: str  # without quoted text
    html: str = ""  # not sanitised: never show it as it is
    kind: MessageKind = MessageKind.PERSON
    signs: tuple[str, ...] = ()  # why it is of that kind
    at: datetime | None = None  # by the sender's clock
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()  # oldest first
    from_: tuple[Address, ...] = ()
    single_sender: bool = True  # a mail may name several, or none
    findings: tuple[str, ...] = ()  # of mail servers about the sender, the last server's first
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    delivered_to: tuple[Address, ...] = ()  # actual recipients, from the headers of delivery
    attachments: tuple[Attachment, ...] = ()
    failures: tuple[DeliveryFailure, ...] = ()  # of a bounce
    about: tuple[str, ...] = ()  # ids of the messages a bounce is about
    flags: tuple[str, ...] = ()
    channel: Channel = Channel.EMAIL
