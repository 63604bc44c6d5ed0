"""What a person says of mails: one came by telephone or as a letter; or what one is about."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from msgspec.structs import replace as but

from api.mail.message import Address, Message
from api.mail.parse import read
from api.mailbox.attached import attached
from api.mailbox.finding import find
from api.mailbox.follows import Mail, follows
from api.mailbox.intake import keep, wishes
from api.mailbox.level import level_soon
from api.mailbox.matching import match
from api.mailbox.received import as_received, named
from api.playbook.file import in_force
from api.wiring import Desk
from commands.command import Command
from commands.incoming import AddToInbox, AssignMail, ReceiveMail
from ledger import documents
from ledger.books import DEBTOR, INCOMING, INVOICE
from ledger.codes import Channel
from ledger.incoming import Incoming, MailMatched, MailReceived, Rule
from ledger.numbers import phone
from ledger.policy.refusal import Refused, Unknown
from ledger.store import Ledger

BY_HAND = "by hand"  # which mailbox it came to


def add(desk: Desk, said: AddToInbox) -> list[Command]:
    """It came in, and what follows. What it is about is said, or found as for any mail.

    Raises ``Unknown`` for an invoice that is not there, ``Refused`` for a document that is not.
    """
    ledger, at = desk.ledger, desk.clock()
    _are_kept(desk, said.documents)
    raw = said.model_dump_json(exclude_defaults=True).encode()
    mail = _mail(ledger, said, raw)
    keep(desk, raw, mail)
    received, known = named(ledger, _received(ledger, said, mail, at))
    if known:
        return [ReceiveMail(mail=received.mail, received=received)]
    today = ledger.today(at)
    if not said.invoices:
        level_soon(desk)
        found = match(mail, find(ledger, mail), received.on)
        return list(wishes(ledger, mail, received, found, today))
    matched = _by_hand(ledger, said.invoices, "", received.on)
    first = ReceiveMail(mail=received.mail, received=received, matched=matched)
    return [first, *follows(ledger, Mail(received, matched, today))]


def assign(ledger: Ledger, wish: AssignMail, today: datetime) -> list[Command]:
    """A person says what a mail is about: the wish, and what follows. Raises ``Unknown``."""
    state: Incoming = ledger.book(INCOMING, wish.mail).state
    if state.received is None:
        raise Unknown("no-mail", mail=wish.mail)
    on, there = wish.on or ledger.today(today), state.matched
    debtor = wish.debtor or (there.debtor if there else "")
    matched = _by_hand(ledger, wish.invoices, debtor, on)
    if there and not _by_debtor(ledger, state.received, matched):
        matched = but(matched, messages=there.messages, case_id=there.case_id)
    told = Mail(state.received, matched, on, again=bool(there and there.invoices))
    return [wish, *follows(ledger, told), *_attached(ledger, told)]


def _by_debtor(ledger: Ledger, received: MailReceived, matched: MailMatched) -> bool:
    """He wrote it himself: whatever it answers, it is no resolver's."""
    owe = (ledger.book(INVOICE, number).state.debtor for number in matched.invoices)
    known = (ledger.book(DEBTOR, one).state.email for one in {matched.debtor, *owe} if one)
    return received.from_ in {email.lower() for email in known if email}


def _attached(ledger: Ledger, mail: Mail) -> Iterator[Command]:
    """Of a mail that was kept: by another channel, documents have no names."""
    if mail.received.attachments and mail.received.channel is Channel.EMAIL:
        with ledger.pool.connection() as conn:
            raw = documents.fetch(conn, ledger.tenant, mail.received.document)
        yield from attached(mail, read(raw))


def _by_hand(ledger: Ledger, invoices: Sequence[str], debtor: str, on: date) -> MailMatched:
    for number in invoices:
        if not ledger.book(INVOICE, number).state.known:
            raise Unknown("no-invoice", invoice=number)
    told = tuple(dict.fromkeys(invoices))
    return MailMatched(on=on, rule=Rule.HAND, invoices=told, debtor=debtor)


def _received(ledger: Ledger, said: AddToInbox, mail: Message, at: datetime) -> MailReceived:
    """A day that is said without a time has none."""
    received = as_received(ledger, mail, BY_HAND, min(said.time or at, at))
    received = but(received, attachments=tuple(dict.fromkeys(said.documents)))
    if said.on is None:
        return received
    return but(received, on=said.on, time=received.time if said.time else None)


def _mail(ledger: Ledger, said: AddToInbox, raw: bytes) -> Message:
    """It is named by its id where it has one, else it is one of its own."""
    number = phone(said.phone, in_force(ledger)[1].calendar.country) or said.phone.strip()
    known_by = [one for one in (said.email.strip().lower(), number) if one] or [""]
    own = said.message_id or str(uuid4())
    by_id = said.channel is Channel.WHATSAPP and said.message_id
    return Message(
        id=own if by_id else f"{said.channel}/{own}",
        sha256=sha256(raw).hexdigest(),
        subject="",
        text=said.text,
        reply=said.text,
        from_=tuple(Address(one, said.who.strip()) for one in known_by),
        channel=said.channel,
    )


def _are_kept(desk: Desk, addresses: Sequence[str]) -> None:
    with desk.pool.connection() as conn:
        there = documents.sizes(conn, desk.tenant, addresses)
    if missing := next((one for one in addresses if one not in there), None):
        raise Refused("document-not-sent", "documents", document=missing)
