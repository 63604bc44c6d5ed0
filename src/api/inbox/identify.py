"""A mail as its book has it, and the name of that book."""

from datetime import datetime, tzinfo
from hashlib import sha256

from msgspec.structs import replace as but

from commands.inbox.message import MessageKind, ParsedMessage
from commands.invoices.contacts import time_with_offset
from commands.unit_of_work import UnitOfWork
from ledger.facts.books import INCOMING
from ledger.facts.codes import Channel
from ledger.facts.contact_ids import OF_WHATSAPP
from ledger.facts.inbound import MailReceived, Sender

WORDS = 20_000  # characters of its text that stand in the books; the document has all of it
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
        to=tuple(one.mail[:SUBJECT] for one in (*mail.to, *mail.cc)[:50]),
        subject=_kept(mail.subject, SUBJECT),
        text=_kept(mail.reply, WORDS),
        document=mail.sha256,
        attachments=tuple(dict.fromkeys(one.sha256 for one in mail.attachments)),
        message_id=own[:MAX_ID_LENGTH] if by_mail or own.startswith(OF_WHATSAPP) else "",
        time=time_with_offset(local),
        flags=mail.flags,
        channel=mail.channel,
        name=_kept(mail.from_[0].name, SUBJECT) if mail.from_ and not by_mail else "",
    )


def _kept(text: str, most: int) -> str:
    """Postgres takes no NUL."""
    return text[:most].replace("\0", "\ufffd")


def deduplicate(work: UnitOfWork, received: MailReceived) -> tuple[MailReceived, bool]:
    """Under its own name, and whether its book is there already."""
    there = work.state(INCOMING, received.mail).received
    signed = received.channel is Channel.WHATSAPP  # its id is no other's
    if there and not signed and not _same(there, received):
        received = but(received, mail=received.document)
        there = work.state(INCOMING, received.mail).received
    return received, there is not None


def _same(one: MailReceived, other: MailReceived) -> bool:
    """Copies differ in how they came, not in what they say."""
    return (one.from_, one.subject, one.text, one.attachments) == (
        other.from_,
        other.subject,
        other.text,
        other.attachments,
    )


def unreadable(raw: bytes, why: str) -> ParsedMessage:
    digest = sha256(raw).hexdigest()
    flags = (f"{UNREAD}{why}",)
    return ParsedMessage(f"{digest}@no-message-id.invalid", digest, "", "", "", flags=flags)
