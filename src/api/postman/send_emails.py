"""Takes the mails that wait, one by one: is there still cause, what does it say, did it go?

At least once, and recorded once. The Message-ID follows from the message, so who gets a mail twice
(the connection was lost, or we were killed before we had written it down) can tell.
"""

import logging
from collections.abc import Container, Iterator
from contextlib import closing
from threading import Event

from api.postman import record
from api.postman.build import archived_email, build_email
from api.postman.email.compose import Mail
from api.postman.email.smtp import Accepted, Deferred, Rejected, ServerDown, SmtpConnection
from api.postman.outbox import PendingMessage, exclusive, find, list_pending, reason_to_withdraw
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
    """Sends what may go now, or ``only`` these; how many went. Another who is at it is left alone,
    and without a mail server all waits.

    Raises ``ServerDown`` when the mail server is in trouble; the rest waits as before.
    """
    if settings.server is None:
        return 0
    sent, lost = 0, 0
    with (
        exclusive(session.pool, session.tenant, "postman") as ours,
        closing(SmtpConnection(settings.server)) as post,
    ):
        for number in list_pending(session, Channel.EMAIL) if ours else ():
            if stop.is_set():
                break
            if only is not None and number not in only:
                continue
            try:
                how = _carry(session, settings, post, number)
            except (Refused, NotFound, Stale, Unreadable) as error:  # the others go all the same
                log.warning("message %s was not sent now: %s", number, error)
                continue
            sent += isinstance(how, Accepted)
            lost = lost + 1 if isinstance(how, Deferred) and how.lost else 0
            if lost > 1:
                raise ServerDown(
                    f"it hangs up on us: {how.why if isinstance(how, Deferred) else ''}"
                )
    return sent


def _carry(
    session: TenantSession, settings: Settings, post: SmtpConnection, number: str
) -> Accepted | Deferred | Rejected | None:
    """None when there was nothing to send."""
    one = find(session, number)
    if not one.may_go(Channel.EMAIL, session.clock()):
        return None
    if why := reason_to_withdraw(session, one):
        record.withdraw(session, one, why)
        return None
    try:
        mail = build_email(session, one, settings.sender, settings.own)
        kept = archived_email(session, one, mail, settings.sender, settings.own)
    except (BadTemplate, documents.CorruptDocument) as error:
        log.error("message %s waits for what it is made of: %s", number, error)
        record.delayed(session, one, str(error)[:500])
        return None
    with session.pool.connection() as conn:
        document = documents.save(conn, session.tenant, kept, "message/rfc822")
    how: Accepted | Deferred | Rejected = Rejected("there is no mail address it could go to")
    if mail.recipients:
        how = post.send(mail.raw, settings.sender.address, mail.recipients)
    match how:
        case Accepted():
            record.sent(session, *_sent(one, mail, document, how))
        case Deferred():
            record.delayed(session, one, how.why)
        case Rejected():
            record.fail(session, one, how.why)
    return how


def _sent(one: PendingMessage, mail: Mail, document: str, how: Accepted) -> Iterator[Command]:
    refused = {**dict.fromkeys(mail.unusable, "no mail address"), **how.refused}
    to = tuple(one for one in mail.recipients if one not in refused)
    asked = one.asked
    yield RecordMessageSent(
        message=asked.message,
        message_id=mail.message_id,
        subject=mail.subject,
        document=document,
        to=to,
        refused=refused,
    )
    told = {about.invoice: about.open_amount for about in asked.about}
    for invoice in one.invoices:
        yield RecordEmailSent(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=to,
            subject=mail.subject,
            message_id=mail.message_id,
            document=document,
            open_amount=told[invoice.number],
            step=asked.step,
            case_id=asked.case_id,
            attached=tuple(file.sha256 for file in mail.attached if file.invoice == invoice.number),
        )
