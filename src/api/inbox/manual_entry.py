"""What a person says of mails: one came by telephone or as a letter; or what one is about."""

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
from commands.inbox.filing import Mail, attachment_commands, filing_commands
from commands.inbox.message import Address, ParsedMessage
from commands.inbox.triage import AssignInbound, LogInboundContact, ReceiveInbound
from commands.unit_of_work import Plan, UnitOfWork
from ledger.database import documents
from ledger.facts.books import DEBTOR, INCOMING, INVOICE
from ledger.facts.codes import Channel
from ledger.facts.inbound import InboundMessage, MailMatched, MailReceived, MatchRule
from ledger.policy.normalise import phone_number
from ledger.policy.refusal import NotFound, Refused

BY_HAND = "by hand"  # which mailbox it came to


def add_plan(session: TenantSession, said: LogInboundContact) -> Plan:
    """It came in, and what follows. What it is about is said, or found as for any mail.

    Raises ``Refused`` for a document that is not there; the plan raises ``NotFound`` for an invoice
    that is not.
    """
    _are_kept(session, said.documents)
    raw, own = said.model_dump_json(exclude_defaults=True).encode(), str(uuid4())

    def plan(work: UnitOfWork) -> Iterator[Command]:
        mail = _mail(work, said, raw, own)
        save_documents(session, raw, mail)
        received, known = deduplicate(work, _received(session, said, mail, work.context.at))
        if known:
            yield ReceiveInbound(mail=received.mail, received=received)
        elif said.invoices:
            matched = _by_hand(work, said.invoices, "", received.on)
            yield ReceiveInbound(mail=received.mail, received=received, matched=matched)
            yield from filing_commands(work, Mail(received, matched, work.now.today))
        else:
            catch_up_names(session, seconds=SECONDS_OF_A_REQUEST)
            yield from filing_plan(work, mail, received, look_up(session, mail, received, work))

    return plan


def assign_plan(session: TenantSession, command: AssignInbound) -> Plan:
    """A person says what a mail is about: the wish, and what follows.

    The plan raises ``NotFound``.
    """

    def plan(work: UnitOfWork) -> Iterator[Command]:
        state: InboundMessage = work.state(INCOMING, command.mail)
        if state.received is None:
            raise NotFound("no-mail", mail=command.mail)
        on, there = command.on or work.now.today, state.matched
        debtor = command.debtor or (there.debtor if there else "")
        matched = _by_hand(work, command.invoices, debtor, on)
        if there and not _by_debtor(work, state.received, matched):
            matched = but(matched, messages=there.messages, case_id=there.case_id)
        told = Mail(state.received, matched, on, again=bool(there and there.invoices))
        yield command
        yield from filing_commands(work, told)
        yield from _attached(session, told)

    return plan


def _by_debtor(work: UnitOfWork, received: MailReceived, matched: MailMatched) -> bool:
    """He wrote it himself: whatever it answers, it is no resolver's."""
    owe = (work.state(INVOICE, number).debtor for number in matched.invoices)
    known = (work.state(DEBTOR, one).email for one in {matched.debtor, *owe} if one)
    return received.from_ in {email.lower() for email in known if email}


def _attached(session: TenantSession, mail: Mail) -> Iterator[Command]:
    """Of a mail that was kept: by another channel, documents have no names."""
    if mail.received.attachments and mail.received.channel is Channel.EMAIL:
        with session.pool.connection() as conn:
            raw = documents.fetch(conn, session.tenant, mail.received.document)
        yield from attachment_commands(mail, read(raw))


def _by_hand(work: UnitOfWork, invoices: Sequence[str], debtor: str, on: date) -> MailMatched:
    for number in invoices:
        if not work.state(INVOICE, number).known:
            raise NotFound("no-invoice", invoice=number)
    told = tuple(dict.fromkeys(invoices))
    return MailMatched(on=on, rule=MatchRule.MANUAL, invoices=told, debtor=debtor)


def _received(
    session: TenantSession, said: LogInboundContact, mail: ParsedMessage, at: datetime
) -> MailReceived:
    """A day that is said without a time has none."""
    received = to_inbound(session.ledger.zone, mail, BY_HAND, min(said.time or at, at))
    received = but(received, attachments=tuple(dict.fromkeys(said.documents)))
    if said.on is None:
        return received
    return but(received, on=said.on, time=received.time if said.time else None)


def _mail(work: UnitOfWork, said: LogInboundContact, raw: bytes, own: str) -> ParsedMessage:
    """It is named by its id where it has one, else it is one of its own."""
    number = phone_number(said.phone, work.rules.calendar.country) or said.phone.strip()
    known_by = [one for one in (said.email.strip().lower(), number) if one] or [""]
    own = said.message_id or own
    by_id = said.channel is Channel.WHATSAPP and said.message_id
    return ParsedMessage(
        id=own if by_id else f"{said.channel}/{own}",
        sha256=sha256(raw).hexdigest(),
        subject="",
        text=said.text,
        reply=said.text,
        from_=tuple(Address(one, said.who.strip()) for one in known_by),
        channel=said.channel,
    )


def _are_kept(session: TenantSession, addresses: Sequence[str]) -> None:
    with session.pool.connection() as conn:
        there = documents.sizes(conn, session.tenant, addresses)
    if missing := next((one for one in addresses if one not in there), None):
        raise Refused("document-not-sent", "documents", document=missing)
