"""Sending of pending e-mails.

Each is sent at least once and recorded once. The Message-ID follows from the message, so that a
recipient recognises a second copy (after a lost connection, or a crash before the record).
"""

import logging
from collections.abc import Container, Iterator, Mapping
from contextlib import closing
from threading import Event

from api.firm import creditor_of
from api.postman.build import archived_email, build_email
from api.postman.email.compose import Mail
from api.postman.email.smtp import Accepted, Deferred, Rejected, Result, ServerDown, SmtpConnection
from api.postman.outbox import PendingMessage, exclusive, find, list_pending, reason_to_withdraw
from api.postman.record import delayed, record, refused, withdraw
from api.postman.settings import Settings
from api.postman.templates import BadTemplate
from api.session import TenantSession
from commands.command import Command
from commands.messages.delivery import RecordEmailSent
from commands.messages.outbox import RecordMessageSent
from ledger.database import documents
from ledger.facts.codes import Channel
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable

log = logging.getLogger(__name__)
NEVER = Event()


def send_emails(
    session: TenantSession,
    settings: Settings,
    stop: Event = NEVER,
    only: Container[str] | None = None,
) -> int:
    """Send what is due, or ``only`` these, and return how many; without a mail server all wait.

    Does nothing while another process sends, or for a creditor who is silent. Raises ``ServerDown``
    when the mail server is in trouble; the messages that remain wait.
    """
    if settings.server is None or creditor_of(session).silent:
        return 0
    sent, lost = 0, 0
    with (
        exclusive(session.pool, session.tenant, "postman") as ours,
        closing(SmtpConnection(settings.server)) as server,
    ):
        for number in list_pending(session, Channel.EMAIL) if ours else ():
            if stop.is_set():
                break
            if only is not None and number not in only:
                continue
            try:
                result = _send(session, settings, server, number)
            except (Refused, NotFound, Stale, Unreadable) as error:
                log.warning("message %s was not sent now: %s", number, error)
                continue
            sent += isinstance(result, Accepted)
            if not isinstance(result, Deferred) or not result.lost:
                lost = 0
            elif (lost := lost + 1) > 1:
                raise ServerDown(f"it closes the connection: {result.why}")
    return sent


def _send(
    session: TenantSession, settings: Settings, server: SmtpConnection, number: str
) -> Result | None:
    pending = find(session, number)
    if not pending.may_go(Channel.EMAIL, session.clock()):
        return None
    if why := reason_to_withdraw(session, pending):
        withdraw(session, pending, why)
        return None
    try:
        mail = build_email(session, pending, settings.sender, settings.own)
        kept = archived_email(session, pending, mail, settings.sender, settings.own)
    except (BadTemplate, documents.CorruptDocument) as error:
        log.error("message %s waits for its template or document: %s", number, error)
        delayed(session, pending, str(error)[:500])
        return None
    with session.pool.connection() as conn:
        document = documents.save(conn, session.tenant, kept, "message/rfc822")
    result: Result = Rejected("there is no mail address to send it to")
    if mail.recipients:
        result = server.send(mail.raw, mail.sender, mail.recipients)
    match result:
        case Accepted():
            record(session, *_sent(pending, mail, document, result.refused))
        case Deferred():
            delayed(session, pending, result.why)
        case Rejected():
            refused(session, pending, result.why)
    return result


def _sent(
    pending: PendingMessage, mail: Mail, document: str, refused: Mapping[str, str]
) -> Iterator[Command]:
    refused = {**dict.fromkeys(mail.unusable, "no mail address"), **refused}
    to = tuple(address for address in mail.recipients if address not in refused)
    asked = pending.asked
    yield RecordMessageSent(
        message=asked.message,
        message_id=mail.message_id,
        subject=mail.subject,
        document=document,
        to=to,
        refused=refused,
    )
    open_amounts = {line.invoice: line.open_amount for line in asked.about}
    for invoice in pending.invoices:
        yield RecordEmailSent(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=to,
            subject=mail.subject,
            message_id=mail.message_id,
            document=document,
            open_amount=open_amounts[invoice.number],
            step=asked.step,
            case_id=asked.case_id,
            attached=tuple(file.sha256 for file in mail.attached if file.invoice == invoice.number),
        )
