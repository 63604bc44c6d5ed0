"""Receipt of an inbound message of any channel: its bytes are stored, and one append records what
it is about and what follows.

Its book is named by its Message-ID, so that it is recorded once; a different message with the same
Message-ID gets a book named by its bytes.
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

from api.inbox import trust
from api.inbox.identify import SUBJECT, UNREAD, deduplicate, to_inbound, unreadable
from api.inbox.lookup import answered_message, find, message_named
from api.mail.parse import read
from api.session import TenantSession
from commands.command import Command
from commands.context import Context, Reactions
from commands.execute import UnitOfWork, execute
from commands.inbox.filing import Mail, attachment_commands, filing_commands, record_answer
from commands.inbox.matching import (
    OF_CASE,
    STRANGER,
    UNAUTHENTICATED,
    Match,
    RepliedMessage,
    doubted,
    match,
)
from commands.inbox.message import ParsedMessage
from commands.inbox.own_replies import own_reply
from commands.inbox.triage import ReceiveInbound
from ledger.database import documents, stranger_files
from ledger.facts.books import INVOICE, MESSAGE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailMatched, MailReceived, Sender, Suggestion
from ledger.policy.disputes.detection import detect
from ledger.policy.playbook.in_force import together, wording
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale

log = logging.getLogger(__name__)
MAILBOX = "mailbox"  # the actor
MAX_MAIL_BYTES = 25_000_000  # above this it is not parsed
KINDS = {Channel.EMAIL: "message/rfc822"}  # of the document; other channels: JSON
UNFILED = (Channel.PORTAL,)  # anybody may send files by them
NO_ANSWER = "a colleague wrote about a case that does not wait for their answer"
PERHAPS_DISPUTED = "it sounds like a dispute"
NOT_ALL_READ = "not all of it could be read"
Outcome = Literal["matched", "waiting", "known"]


@dataclass(frozen=True)
class Received:
    """The outcome of a receipt; ``known``: the message was received before."""

    outcome: Outcome
    entries: Sequence[Entry] = ()


def receive_raw(
    session: TenantSession,
    raw: bytes,
    mailbox: str,
    arrived: datetime | None = None,
    unread: str = "",
) -> Received:
    """Receive an e-mail at the address ``mailbox``; ``arrived`` is when the mail server got it.

    ``unread`` is why it is not to be read, if so: it waits for a person.
    """
    mail = unreadable(raw, unread) if unread else _read(raw)
    return receive(session, raw, mail, mailbox, arrived)


def receive(
    session: TenantSession,
    raw: bytes,
    mail: ParsedMessage,
    mailbox: str,
    arrived: datetime | None = None,
    by: str = MAILBOX,
) -> Received:
    """Receive ``mail``, parsed from ``raw``, which is stored; ``by`` is the actor.

    Raises ``psycopg.Error`` or ``Stale``: after any other error it waits in the inbox, unread.
    """
    try:
        return _receive(session, raw, mail, mailbox, arrived, by)
    except (psycopg.Error, Stale):
        raise
    except Exception as error:
        log.exception("a message to %s cannot be received: it waits in the inbox", mailbox)
        mail = replace(unreadable(raw, repr(error)[:SUBJECT]), id=mail.id, channel=mail.channel)
        return _receive(session, raw, mail, mailbox, arrived, by)


def _read(raw: bytes) -> ParsedMessage:
    if len(raw) > MAX_MAIL_BYTES:
        return unreadable(raw, f"{len(raw):,} bytes")
    try:
        return read(raw)
    except Exception as error:
        log.exception("an e-mail cannot be read: it waits in the inbox")
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
    matched = [entry.event for entry in entries if isinstance(entry.event, MailMatched)]
    if mail.channel in UNFILED and any(event.invoices or event.debtor for event in matched):
        with session.pool.connection() as conn:
            stranger_files.file(conn, session.tenant, [file.sha256 for file in mail.attachments])
    done = any(not event.waits for event in matched)
    return Received("matched" if done else "waiting", entries)


def _filed(
    session: TenantSession, mail: ParsedMessage, received: MailReceived, context: Context
) -> Sequence[Entry]:
    """Record and file it; if a rule refuses that, only record it, so that it waits in the inbox."""
    plan = partial(_plan, session, mail, received)
    try:
        context = but(context, reactions=Reactions.IF_APPLIED)
        return execute(session.ledger, plan, context).entries
    except (Refused, NotFound, ValidationError) as error:
        why = f"it could not be logged: {error}"[:SUBJECT]
        context = but(context, reactions=Reactions.NONE)
        return execute(session.ledger, partial(plan, why=why), context).entries


def _plan(
    session: TenantSession,
    mail: ParsedMessage,
    received: MailReceived,
    work: UnitOfWork,
    why: str = "",
) -> Iterator[Command]:
    """Record the message and file it; with ``why`` only record it."""
    received, known = deduplicate(work, received)
    if known:
        return
    found = _found(session, mail, received, work)
    if why:
        yield ReceiveInbound(mail=received.mail, received=with_remarks(received, found, why))
    else:
        yield from filing_plan(work, mail, received, found)


def save_documents(session: TenantSession, raw: bytes, mail: ParsedMessage) -> None:
    """Store the bytes of the message and its attachments; those of strangers until filed."""
    kind = KINDS.get(mail.channel, "application/json")
    with session.pool.connection() as conn:
        documents.save(conn, session.tenant, raw, kind)
        for file in mail.attachments:
            if mail.channel in UNFILED:
                on = session.ledger.today(session.clock())
                stranger_files.save(conn, session.tenant, file.content, file.media_type, on)
            else:
                documents.save(conn, session.tenant, file.content, file.media_type)


def look_up(
    session: TenantSession, mail: ParsedMessage, received: MailReceived, work: UnitOfWork
) -> Match:
    """Return what the message is about, by the books and read models."""
    answered = answered_message(session.ledger, mail)
    return _match(session, mail, received, work, answered)


def _match(
    session: TenantSession,
    mail: ParsedMessage,
    received: MailReceived,
    work: UnitOfWork,
    answered: RepliedMessage | None,
) -> Match:
    known = find(session.ledger, mail, work.rules.calendar.country, answered)
    return match(mail, known, received.on)


def filing_plan(
    work: UnitOfWork, mail: ParsedMessage, received: MailReceived, found: Match
) -> Iterator[Command]:
    """Yield its receipt, what it is about, and what follows from that."""
    unknown = _is_ours(mail, received.mailbox) and not found.ours
    found = _for_a_person(work, found, received)
    received = with_remarks(received, found, "our own address" if unknown and found.matched else "")
    yield ReceiveInbound(mail=received.mail, received=received, matched=found.matched)
    if found.matched:
        theirs = found.theirs and not (unknown or found.ours)
        filed = Mail(
            received, found.matched, work.now.today, theirs, found.ours, believed=found.believed
        )
        yield from filing_commands(work, filed, mail)
        yield from attachment_commands(filed, mail)


def _found(
    session: TenantSession, mail: ParsedMessage, received: MailReceived, work: UnitOfWork
) -> Match:
    """Return what it is about; from our own address, what the books know of it comes first."""
    answered, ours = answered_message(session.ledger, mail), _is_ours(mail, received.mailbox)
    believed = trust.is_believed(mail, answered, ours)
    returned = message_named(session.ledger, mail.id) if ours else None
    known = ours and own_reply(work, mail, received.on, returned, believed)
    if known:
        return Match(known, theirs=True, ours=True)
    found = _match(session, mail, received, work, answered)
    return found if believed else doubted(mail, found)


def _for_a_person(work: UnitOfWork, found: Match, received: MailReceived) -> Match:
    """Let it wait for a person if it may be a dispute, or is a resolver's mail that is no answer.

    That is an approver's, whose decision counts on the page only, and one about a case that does
    not wait for its sender.
    """
    matched = found.matched
    if found.ours or matched is None or received.sender is not Sender.PERSON:
        return found
    if matched.waits and found.believed:
        return found
    asked = work.state(MESSAGE, matched.messages[0]).asked if matched.messages else None
    if asked and asked.purpose in OF_CASE:
        parts = [work.state(INVOICE, number) for number in matched.invoices]
        answers = record_answer(received, matched.case_id, parts)
        is_answer = asked.purpose is not Purpose.APPROVAL_REQUEST and any(answers)
        waits = matched.waits or ("" if is_answer else NO_ANSWER)
        return replace(found, matched=but(matched, waits=waits))
    if any(flag.startswith(UNREAD) for flag in received.flags):
        return replace(found, matched=but(matched, waits=matched.waits or NOT_ALL_READ))
    sign = detect(received.text, wording(work.rules), together(work.rules))
    invoices = (work.state(INVOICE, number) for number in matched.invoices)
    if sign is None or all(invoice.open_disputes for invoice in invoices):
        return found
    suggested = (
        Suggestion(sign.why, number, matched.debtor, sign.reason) for number in matched.invoices
    )
    return replace(
        found,
        matched=but(matched, waits=matched.waits or PERHAPS_DISPUTED),
        suggestions=(*found.suggestions, *suggested),
    )


def with_remarks(received: MailReceived, found: Match, *more: str) -> MailReceived:
    """Return the receipt with suggestions and flags."""
    strange = found.matched is not None and not found.theirs
    doubts = {STRANGER: strange, UNAUTHENTICATED: not found.believed}
    flags = (*received.flags, *(flag for flag, holds in doubts.items() if holds))
    return but(received, suggestions=found.suggestions, flags=(*flags, *filter(None, more)))


def _is_ours(mail: ParsedMessage, mailbox: str) -> bool:
    """Return whether the mailbox wrote it itself: a reply to it would be answered for ever."""
    return any(address.mail == mailbox.lower() for address in mail.from_)
