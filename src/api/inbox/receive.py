"""Takes one mail in: its bytes are kept, and one append says what it is about and what follows.

The same mail once, whoever brings it: its book is named by its Message-ID. Another mail with that
Message-ID is another mail, and its book is named by its bytes. What comes by another channel than
e-mail takes the same road.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

import psycopg
from msgspec.structs import replace as but
from pydantic import ValidationError

from api.inbox.identify import SUBJECT, UNREAD, deduplicate, to_inbound, unreadable
from api.inbox.lookup import find
from api.mail.parse import read
from api.session import TenantSession
from commands.command import Command
from commands.context import Context, Reactions
from commands.execute import execute
from commands.inbox.filing import Mail, attachment_commands, filing_commands
from commands.inbox.matching import OF_CASE, STRANGER, Match, match
from commands.inbox.message import ParsedMessage
from commands.inbox.own_replies import own_reply
from commands.inbox.triage import ReceiveInbound
from commands.unit_of_work import UnitOfWork
from ledger.database import documents
from ledger.facts.books import INVOICE, MESSAGE
from ledger.facts.codes import Channel
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailMatched, MailReceived, Sender, Suggestion
from ledger.policy.disputes.detection import answer_keyword, detect
from ledger.policy.playbook.in_force import wording
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale

log = logging.getLogger(__name__)
MAILBOX = "mailbox"  # who says so
MAX_MAIL_BYTES = 25_000_000  # bytes of a mail that is read
KINDS = {Channel.EMAIL: "message/rfc822"}  # of the document; JSON of any other channel
TO_ANSWER = "the resolver wrote: is it his answer?"
PERHAPS_DISPUTED = "it sounds like a dispute"
NOT_ALL_READ = "not all of it could be read"
Outcome = Literal["matched", "waiting", "known"]


@dataclass(frozen=True)
class Received:
    """What became of a mail: ``known`` is one that was taken in before."""

    outcome: Outcome
    entries: Sequence[Entry] = ()


def receive_raw(
    session: TenantSession, raw: bytes, mailbox: str, arrived: datetime | None = None
) -> Received:
    """``mailbox`` is the address that is read; ``arrived`` when the mail server got it."""
    return receive(session, raw, _read(raw), mailbox, arrived)


def receive(
    session: TenantSession,
    raw: bytes,
    mail: ParsedMessage,
    mailbox: str,
    arrived: datetime | None = None,
    by: str = MAILBOX,
) -> Received:
    """``raw`` is what was read as ``mail``, and is kept; ``by`` is who says that it came."""
    try:
        return _receive(session, raw, mail, mailbox, arrived, by)
    except (psycopg.Error, Stale):
        raise  # the database's trouble is not the mail's: it is tried again
    except Exception as error:
        log.exception("a mail in %s cannot be taken in: it waits in the inbox", mailbox)
        mail = replace(unreadable(raw, repr(error)[:SUBJECT]), id=mail.id, channel=mail.channel)
        return _receive(session, raw, mail, mailbox, arrived, by)


def _read(raw: bytes) -> ParsedMessage:
    if len(raw) > MAX_MAIL_BYTES:
        return unreadable(raw, f"{len(raw):,} bytes")
    try:
        return read(raw)
    except Exception as error:
        log.exception("a mail cannot be read: it waits in the inbox")
        return unreadable(raw, repr(error)[:SUBJECT])


def _receive(
    session: TenantSession,
    raw: bytes,
    mail: ParsedMessage,
    mailbox: str,
    arrived: datetime | None,
    by: str,
) -> Received:
    at = session.clock()
    save_documents(session, raw, mail)
    when = min(arrived, at) if arrived else at
    received = to_inbound(session.ledger.zone, mail, mailbox, when)
    entries = _filed(session, mail, received, session.context(by, at, correlation=mail.sha256))
    if not entries:
        return Received("known")
    done = any(isinstance(one.event, MailMatched) and not one.event.waits for one in entries)
    return Received("matched" if done else "waiting", entries)


def _filed(
    session: TenantSession, mail: ParsedMessage, received: MailReceived, context: Context
) -> Sequence[Entry]:
    """What is refused by a rule nobody thought of is still taken in, and waits."""
    try:
        reacting = but(context, reactions=Reactions.IF_APPLIED)
        return execute(session.ledger, partial(_plan, session, mail, received), reacting).entries
    except (Refused, NotFound, ValidationError) as error:
        why = f"it could not be logged: {error}"[:SUBJECT]
        quiet = but(context, reactions=Reactions.NONE)
        return execute(
            session.ledger, partial(_plan, session, mail, received, why=why), quiet
        ).entries


def _plan(
    session: TenantSession,
    mail: ParsedMessage,
    received: MailReceived,
    work: UnitOfWork,
    why: str = "",
) -> Iterator[Command]:
    """Take the mail in and file it; with ``why`` it is only taken in."""
    received, known = deduplicate(work, received)
    if known:
        return
    found = _found(session, mail, received, work)
    if why:
        yield ReceiveInbound(mail=received.mail, received=with_remarks(received, found, why))
    else:
        yield from filing_plan(work, mail, received, found)


def save_documents(session: TenantSession, raw: bytes, mail: ParsedMessage) -> None:
    """The bytes as they came, and what was attached to them."""
    kind = KINDS.get(mail.channel, "application/json")
    with session.pool.connection() as conn:
        documents.save(conn, session.tenant, raw, kind)
        for one in mail.attachments:
            documents.save(conn, session.tenant, one.content, one.media_type)


def look_up(
    session: TenantSession, mail: ParsedMessage, received: MailReceived, work: UnitOfWork
) -> Match:
    """Return what the mail is about, as far as the books and read models know."""
    home = work.rules.calendar.country
    return match(mail, find(session.ledger, mail, home), received.on)


def filing_plan(
    work: UnitOfWork, mail: ParsedMessage, received: MailReceived, found: Match
) -> Iterator[Command]:
    """It came in, where it belongs, and what follows from that."""
    strange = _is_ours(mail, received.mailbox) and not found.ours
    found = _for_a_person(work, found, received)
    received = with_remarks(received, found, "our own address" if strange and found.matched else "")
    yield ReceiveInbound(mail=received.mail, received=received, matched=found.matched)
    if found.matched:
        theirs = found.theirs and not (strange or found.ours)
        told = Mail(received, found.matched, work.now.today, theirs, found.ours)
        yield from filing_commands(work, told, mail)
        yield from attachment_commands(told, mail)


def _found(
    session: TenantSession, mail: ParsedMessage, received: MailReceived, work: UnitOfWork
) -> Match:
    """Of what comes from our own address only what the books know of it."""
    known = _is_ours(mail, received.mailbox) and own_reply(work, mail, received.on)
    return Match(known, theirs=True, ours=True) if known else look_up(session, mail, received, work)


def _for_a_person(work: UnitOfWork, found: Match, received: MailReceived) -> Match:
    """What a resolver writes waits, unless it is his answer; and what smells of a dispute."""
    matched = found.matched
    if found.ours or matched is None or matched.waits or received.sender is not Sender.PERSON:
        return found
    asked = work.state(MESSAGE, matched.messages[0]).asked if matched.messages else None
    if asked and asked.purpose in OF_CASE:
        waits = "" if answer_keyword(received.text) else TO_ANSWER
        return replace(found, matched=but(matched, waits=waits))
    if any(flag.startswith(UNREAD) for flag in received.flags):
        return replace(found, matched=but(matched, waits=NOT_ALL_READ))
    smell = detect(received.text, wording(work.rules))
    if smell is None or _disputed(work, matched):
        return found
    suggested = (
        Suggestion(smell.why, number, matched.debtor, smell.reason) for number in matched.invoices
    )
    return replace(
        found,
        matched=but(matched, waits=PERHAPS_DISPUTED),
        suggestions=(*found.suggestions, *suggested),
    )


def _disputed(work: UnitOfWork, matched: MailMatched) -> bool:
    """Each of them is disputed already: what is said of it is no news."""
    books = (work.state(INVOICE, number) for number in matched.invoices)
    return all(invoice.open_disputes for invoice in books)


def with_remarks(received: MailReceived, found: Match, *more: str) -> MailReceived:
    """With what it may be about, and what is odd about it."""
    strange = found.matched is not None and not found.theirs
    flags = (*received.flags, *([STRANGER] if strange else []), *filter(None, more))
    return but(received, suggestions=found.suggestions, flags=flags)


def _is_ours(mail: ParsedMessage, mailbox: str) -> bool:
    """Written by the mailbox itself: who answers it answers himself, for ever."""
    return any(one.mail == mailbox.lower() for one in mail.from_)
