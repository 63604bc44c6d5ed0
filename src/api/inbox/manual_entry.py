"""Manual entries: a contact by telephone or letter, and what an inbound message is about."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from msgspec.structs import replace as but

from api.inbox.identify import deduplicate, to_inbound
from api.inbox.lookup import SECONDS_OF_A_REQUEST, catch_up_names
from api.inbox.receive import filing_plan, look_up, save_documents
from api.mail.parse import read
from api.session import TenantSession
from commands.command import Command
from commands.execute import Plan, UnitOfWork
from commands.inbox.filing import Mail, attachment_commands, filing_commands
from commands.inbox.matching import UNAUTHENTICATED
from commands.inbox.message import Address, ParsedMessage
from commands.inbox.triage import AssignInbound, LogInboundContact, ReceiveInbound
from ledger.database import documents
from ledger.facts.books import DEBTOR, INCOMING, INVOICE
from ledger.facts.codes import Channel
from ledger.facts.inbound import InboundMessage, MailMatched, MailReceived, MatchRule, Sender
from ledger.policy.normalise import typed_phone_number
from ledger.policy.refusal import NotFound, Refused

MAILBOX = "by hand"  # of a manual entry, as stored


def add_plan(session: TenantSession, contact: LogInboundContact) -> Plan:
    """Record a contact and file it under its invoices, given or found as for any message.

    Raises ``Refused`` for an unknown document; the plan raises ``NotFound`` for an unknown invoice.
    """
    with session.pool.connection() as conn:
        stored = documents.sizes(conn, session.tenant, contact.documents)
    if missing := next((name for name in contact.documents if name not in stored), None):
        raise Refused("document-not-sent", "documents", document=missing)
    raw, own = contact.model_dump_json(exclude_defaults=True).encode(), str(uuid4())

    def plan(work: UnitOfWork) -> Iterator[Command]:
        mail = _mail(work, contact, raw, own)
        save_documents(session, raw, mail)
        received, known = deduplicate(work, _received(session, contact, mail, work.context.at))
        if known:
            yield ReceiveInbound(mail=received.mail, received=received)
        elif contact.invoices:
            matched = _matched(work, contact.invoices, "", received.on)
            yield ReceiveInbound(mail=received.mail, received=received, matched=matched)
            yield from filing_commands(work, Mail(received, matched, work.now.today))
        else:
            catch_up_names(session, seconds=SECONDS_OF_A_REQUEST)
            yield from filing_plan(work, mail, received, look_up(session, mail, received, work))

    return plan


def assign_plan(session: TenantSession, command: AssignInbound) -> Plan:
    """Assign a message to invoices and file it there. The plan raises ``NotFound``."""

    def plan(work: UnitOfWork) -> Iterator[Command]:
        state: InboundMessage = work.state(INCOMING, command.mail)
        if state.received is None:
            raise NotFound("no-mail", mail=command.mail)
        on, before = command.on or work.now.today, state.matched
        debtor = command.debtor or (before.debtor if before else "")
        matched = _matched(work, command.invoices, debtor, on)
        if before and not _by_debtor(work, state.received, matched):
            matched = but(matched, messages=before.messages, case_id=before.case_id)
        confirmed = UNAUTHENTICATED in state.received.flags
        again = bool(before and before.invoices) and (not confirmed or _by_person(before))
        mail = Mail(state.received, matched, on, again=again, confirmed=confirmed)
        parsed = _read_again(session, mail)
        yield command
        yield from filing_commands(work, mail, parsed if confirmed and not again else None)
        if parsed:
            yield from attachment_commands(mail, parsed)

    return plan


def _read_again(session: TenantSession, mail: Mail) -> ParsedMessage | None:
    """Return the mail as parsed from its document, if its files or its failures count now."""
    received = mail.received
    counts = received.attachments or received.sender is Sender.BOUNCE
    if not counts or received.channel is not Channel.EMAIL:
        return None
    with session.pool.connection() as conn:
        return read(documents.fetch(conn, session.tenant, received.document))


def _by_person(before: MailMatched | None) -> bool:
    """Return whether a person assigned it."""
    return before is not None and before.rule is MatchRule.MANUAL


def _by_debtor(work: UnitOfWork, received: MailReceived, matched: MailMatched) -> bool:
    """Return whether the debtor wrote it: then it is no resolver's answer."""
    owe = (work.state(INVOICE, number).debtor for number in matched.invoices)
    known = (work.state(DEBTOR, number).email for number in {matched.debtor, *owe} if number)
    return received.from_ in {email.lower() for email in known if email}


def _matched(work: UnitOfWork, invoices: Sequence[str], debtor: str, on: date) -> MailMatched:
    for number in invoices:
        if not work.state(INVOICE, number).known:
            raise NotFound("no-invoice", invoice=number)
    numbers = tuple(dict.fromkeys(invoices))
    return MailMatched(on=on, rule=MatchRule.MANUAL, invoices=numbers, debtor=debtor)


def _received(
    session: TenantSession, contact: LogInboundContact, mail: ParsedMessage, at: datetime
) -> MailReceived:
    """Return the event, without a time if only a day is given."""
    received = to_inbound(session.ledger.zone, mail, MAILBOX, min(contact.time or at, at))
    received = but(received, attachments=tuple(dict.fromkeys(contact.documents)))
    if contact.on is None:
        return received
    return but(received, on=contact.on, time=received.time if contact.time else None)


def _mail(work: UnitOfWork, contact: LogInboundContact, raw: bytes, own: str) -> ParsedMessage:
    """Return the contact as a message, named by its id if it has any, else by ``own``."""
    number, national = typed_phone_number(contact.phone, work.rules.calendar.country)
    name, email = contact.who.strip(), contact.email.strip().lower()
    by_phone = Address(number or contact.phone.strip(), name, national)
    senders = tuple(item for item in (Address(email, name), by_phone) if item.mail)
    own = contact.message_id or own
    by_id = contact.channel is Channel.WHATSAPP and contact.message_id
    return ParsedMessage(
        id=own if by_id else f"{contact.channel}/{own}",
        sha256=sha256(raw).hexdigest(),
        subject="",
        text=contact.text,
        reply=contact.text,
        from_=senders or (Address("", name),),
        channel=contact.channel,
    )
