"""Takes one mail in: its bytes are kept, and one append says what it is about and what follows.

The same mail once, whoever brings it: its book is named by its Message-ID. Another mail with that
Message-ID is another mail, and its book is named by its bytes.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

import psycopg
from msgspec.structs import replace as but
from pydantic import ValidationError

from api.mail.message import Message
from api.mail.parse import read
from api.mailbox.attached import attached
from api.mailbox.finding import find
from api.mailbox.follows import Mail, follows
from api.mailbox.keywords import answer_of
from api.mailbox.matching import OF_CASE, STRANGER, Match, match
from api.mailbox.received import SUBJECT, as_received, named, unread
from api.mailbox.wording import smells
from api.wiring import Desk
from commands.command import Command, Refused, Unknown
from commands.handling import Context, decide_all, persist
from commands.incoming import AssignMail, ReceiveMail
from ledger import documents
from ledger.append import Stale
from ledger.books import INCOMING, INVOICE, MESSAGE
from ledger.events import Entry
from ledger.incoming import Incoming, MailMatched, MailReceived, Rule, Sender, Suggestion
from ledger.store import Ledger

log = logging.getLogger(__name__)
MAILBOX = "mailbox"  # who says so
LONGEST = 25_000_000  # bytes of a mail that is read
EML = "message/rfc822"
TO_ANSWER = "the resolver wrote: is it his answer?"
PERHAPS_DISPUTED = "it sounds like a dispute"
Outcome = Literal["matched", "waiting", "known"]


@dataclass(frozen=True)
class Taken:
    """What became of a mail: ``known`` is one that was taken in before."""

    outcome: Outcome
    entries: Sequence[Entry] = ()


def take_in(desk: Desk, raw: bytes, mailbox: str, arrived: datetime | None = None) -> Taken:
    """``mailbox`` is the address that is read; ``arrived`` when the mail server got it."""
    if len(raw) > LONGEST:
        return _take_in(desk, raw, unread(raw, f"{len(raw):,} bytes"), mailbox, arrived)
    try:
        return _take_in(desk, raw, read(raw), mailbox, arrived)
    except (psycopg.Error, Stale):
        raise  # the database's trouble is not the mail's: it is tried again
    except Exception as error:
        log.exception("a mail in %s cannot be read: it waits in the inbox", mailbox)
        return _take_in(desk, raw, unread(raw, repr(error)[:SUBJECT]), mailbox, arrived)


def _take_in(
    desk: Desk, raw: bytes, mail: Message, mailbox: str, arrived: datetime | None
) -> Taken:
    at = desk.clock()
    _keep(desk, raw, mail)
    context = Context(MAILBOX, at, correlation=sha256(raw).hexdigest())
    when = min(arrived, at) if arrived else at

    def attempt() -> list[Entry]:
        received, known = named(desk.ledger, as_received(desk.ledger, mail, mailbox, when))
        return [] if known else _decide(desk.ledger, mail, received, mailbox, context)

    entries = persist(desk.ledger, attempt)
    if not entries:
        return Taken("known")
    done = any(isinstance(one.event, MailMatched) and not one.event.waits for one in entries)
    return Taken("matched" if done else "waiting", entries)


def assign(ledger: Ledger, wish: AssignMail, today: datetime) -> list[Command]:
    """A person says what a mail is about: the wish, and what follows. Raises ``Unknown``."""
    state: Incoming = ledger.book(INCOMING, wish.mail).state
    if state.received is None:
        raise Unknown(f"There is no mail {wish.mail}.")
    for number in wish.invoices:
        if not ledger.book(INVOICE, number).state.known:
            raise Unknown(f"There is no invoice {number}.")
    on = wish.on or ledger.today(today)
    there = state.matched
    matched = MailMatched(
        on=on,
        rule=Rule.HAND,
        invoices=tuple(dict.fromkeys(wish.invoices)),
        debtor=wish.debtor or (there.debtor if there else ""),
    )
    told = Mail(state.received, matched, on)
    return [wish, *follows(ledger, told), *_attached(ledger, told)]


def _attached(ledger: Ledger, mail: Mail) -> Iterator[Command]:
    """Of a mail that was kept."""
    if mail.received.attachments:
        with ledger.pool.connection() as conn:
            raw = documents.fetch(conn, ledger.tenant, mail.received.document)
        yield from attached(mail, read(raw))


def _decide(
    ledger: Ledger, mail: Message, received: MailReceived, mailbox: str, context: Context
) -> list[Entry]:
    """What is refused by a rule nobody thought of is still taken in, and waits."""
    today = ledger.today(context.at)
    found = match(mail, find(ledger, mail), received.on)
    if found.matched is None:
        received = _but(received, found)
        return decide_all(ledger, [_receive(received, None)], context)
    own = _is_ours(mail, mailbox)
    found = _for_a_person(ledger, found, received)
    matched = found.matched
    assert matched is not None
    received = _but(received, found, "our own address" if own else "")
    told = Mail(received, matched, today, found.theirs and not own)
    try:
        more = (*follows(ledger, told, mail), *attached(told, mail))
        wishes = [_receive(received, matched), *more]
        return decide_all(ledger, wishes, context)
    except (Refused, Unknown, ValidationError) as error:
        why = f"it could not be logged: {error}"[:SUBJECT]
        return decide_all(ledger, [_receive(_flagged(received, why), None)], context)


def _for_a_person(ledger: Ledger, found: Match, received: MailReceived) -> Match:
    """What a resolver writes waits, unless it is his answer; and what smells of a dispute."""
    matched = found.matched
    if matched is None or matched.waits or received.sender is not Sender.PERSON:
        return found
    asked = ledger.book(MESSAGE, matched.messages[0]).state.asked if matched.messages else None
    if asked and asked.purpose in OF_CASE:
        waits = "" if answer_of(received.text) else TO_ANSWER
        return replace(found, matched=but(matched, waits=waits))
    smell = smells(received.text)
    if smell is None or _disputed(ledger, matched):
        return found
    why = f"says: {smell.sentence}"
    suggested = (
        Suggestion(why, number, matched.debtor, smell.reason) for number in matched.invoices
    )
    return replace(
        found,
        matched=but(matched, waits=PERHAPS_DISPUTED),
        suggestions=(*found.suggestions, *suggested),
    )


def _disputed(ledger: Ledger, matched: MailMatched) -> bool:
    """Each of them is disputed already: what is said of it is no news."""
    books = (ledger.book(INVOICE, number).state for number in matched.invoices)
    return all(any(invoice.open_disputes) for invoice in books)


def _receive(received: MailReceived, matched: MailMatched | None) -> ReceiveMail:
    return ReceiveMail(mail=received.mail, received=received, matched=matched)


def _but(received: MailReceived, found: Match, *more: str) -> MailReceived:
    strange = found.matched is not None and not found.theirs
    flags = (*received.flags, *([STRANGER] if strange else []), *filter(None, more))
    return but(received, suggestions=found.suggestions, flags=flags)


def _flagged(received: MailReceived, flag: str) -> MailReceived:
    return but(received, flags=(*received.flags, flag))


def _is_ours(mail: Message, mailbox: str) -> bool:
    """Written by the mailbox itself: who answers it answers himself, for ever."""
    return any(one.mail == mailbox.lower() for one in mail.from_)


def _keep(desk: Desk, raw: bytes, mail: Message) -> None:
    with desk.pool.connection() as conn:
        documents.keep(conn, desk.tenant, raw, EML)
        for one in mail.attachments:
            documents.keep(conn, desk.tenant, one.content, one.media_type)
