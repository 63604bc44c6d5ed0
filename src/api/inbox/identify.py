"""An inbound message as it is recorded, and the name of its book."""

from datetime import datetime, tzinfo
from hashlib import sha256

from msgspec.structs import replace as but

from commands.execute import UnitOfWork
from commands.inbox.message import MessageKind, ParsedMessage
from commands.invoices.contacts import time_with_offset
from ledger.facts.books import INCOMING
from ledger.facts.codes import Channel
from ledger.facts.contact_ids import OF_WHATSAPP
from ledger.facts.inbound import MailReceived, Sender

WORDS = 20_000  # characters of the text in the book; the document has all of it
SUBJECT = 1_000
MAX_ID_LENGTH = 500
UNREAD = "unread: "  # how a flag begins
SENDERS = {
    MessageKind.PERSON: Sender.PERSON,
    MessageKind.AUTO_REPLY: Sender.AUTOMATIC,
    MessageKind.BOUNCE: Sender.BOUNCE,
    MessageKind.LIST: Sender.LIST,
}


def to_inbound(zone: tzinfo, mail: ParsedMessage, mailbox: str, when: datetime) -> MailReceived:
    local = when.astimezone(zone)
    by_mail = mail.channel is Channel.EMAIL
    own = mail.id if not mail.id.endswith("@no-message-id.invalid") else ""
    return MailReceived(
        on=local.date(),
        mail=own if 0 < len(own) <= MAX_ID_LENGTH else mail.sha256,
        mailbox=mailbox,
        sender=SENDERS[mail.kind],
        from_=mail.from_[0].mail[:SUBJECT] if mail.from_ else "",
        to=tuple(address.mail[:SUBJECT] for address in (*mail.to, *mail.cc)[:50]),
        subject=_kept(mail.subject, SUBJECT),
        text=_kept(mail.reply, WORDS),
        document=mail.sha256,
        attachments=tuple(dict.fromkeys(file.sha256 for file in mail.attachments)),
        message_id=own[:MAX_ID_LENGTH] if by_mail or own.startswith(OF_WHATSAPP) else "",
        time=time_with_offset(local),
        flags=mail.flags,
        channel=mail.channel,
        name=_kept(mail.from_[0].name, SUBJECT) if mail.from_ and not by_mail else "",
    )


def _kept(text: str, most: int) -> str:
    """Return the begin of a text without NUL, which Postgres does not store."""
    return text[:most].replace("\0", "\ufffd")


def deduplicate(work: UnitOfWork, received: MailReceived) -> tuple[MailReceived, bool]:
    """Return it under a name of its own, and whether it was recorded before."""
    before = work.state(INCOMING, received.mail).received
    unique = received.channel is Channel.WHATSAPP  # Meta's ids are
    if before and not unique and _content(before) != _content(received):
        received = but(received, mail=received.document)
        before = work.state(INCOMING, received.mail).received
    return received, before is not None


def _content(mail: MailReceived) -> tuple[object, ...]:
    """Return what copies of one mail have in common, however they arrived."""
    return mail.from_, mail.subject, mail.text, mail.attachments


def unreadable(raw: bytes, why: str) -> ParsedMessage:
    digest = sha256(raw).hexdigest()
    flags = (f"{UNREAD}{why}",)
    return ParsedMessage(f"{digest}@no-message-id.invalid", digest, "", "", "", flags=flags)
