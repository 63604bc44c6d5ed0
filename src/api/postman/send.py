"""Takes the mails that wait, one by one: is there still cause, what does it say, did it go?

At least once, and recorded once. The Message-ID follows from the message, so who gets a mail twice
(the connection was lost, or we were killed before we had written it down) can tell.
"""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event

from api.postman.compose import Mail
from api.postman.letters import Letter, as_mail, gone, letter
from api.postman.settings import Settings
from api.postman.smtp import Away, Later, Never, Post, Taken
from api.postman.templates import BadTemplate
from api.wiring import Desk
from commands.command import Command, Refused, Unknown
from commands.emails import RecordEmailFailed, RecordEmailSent, WithdrawStep
from commands.handling import Context, handle
from commands.messages import (
    DelayMessage,
    FailMessage,
    RecordMessageSent,
    WithdrawMessage,
    last_try,
)
from ledger import documents
from ledger.append import Stale
from ledger.codec import Unreadable
from ledger.codes import Channel
from ledger.pool import Pool, dial
from projections import outbox

log = logging.getLogger(__name__)
PAGE = 200
BY = "postman"
NEVER = Event()


def carry(desk: Desk, settings: Settings, stop: Event = NEVER) -> int:
    """Sends what may go now; how many went. Another who is at it already is left alone.

    Raises ``Away`` when the mail server is in trouble; what was not sent then, waits as before.
    """
    sent, lost = 0, 0
    with alone(desk.pool, desk.tenant) as ours, closing(Post(settings.server)) as post:
        for number in waiting(desk) if ours else ():
            if stop.is_set():
                break
            try:
                how = _carry(desk, settings, post, number)
            except (Refused, Unknown, Stale, Unreadable) as error:  # the others go all the same
                log.warning("message %s was not sent now: %s", number, error)
                continue
            sent += isinstance(how, Taken)
            lost = lost + 1 if isinstance(how, Later) and how.lost else 0
            if lost > 1:
                raise Away(f"it hangs up on us: {how.why if isinstance(how, Later) else ''}")
    return sent


def waiting(desk: Desk) -> Iterator[str]:
    """Mails that may be tried now, oldest first, as the read model has them."""
    after: outbox.Cursor | None = None
    while True:
        with desk.pool.connection() as conn:
            page = outbox.to_send(desk.tenant, desk.clock(), after, PAGE).fetch(conn)
        yield from (row.message for row in page)
        if len(page) < PAGE:
            return
        after = outbox.Cursor(page[-1].asked_on, page[-1].book_id)


@contextmanager
def alone(pool: Pool, tenant: str) -> Iterator[bool]:
    """One sender at a time for each tenant; False when there is one."""
    with dial(pool) as conn:
        asked = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
        yield conn.execute(asked, [f"dossier postman {tenant}"]).fetchone() == (True,)


def _carry(desk: Desk, settings: Settings, post: Post, number: str) -> Taken | Later | Never | None:
    """None when there was nothing to send."""
    at, one = desk.clock(), letter(desk, number)
    message, asked = one.message, one.asked
    later = message.until is not None and message.until > at
    if message.status != "asked" or asked.channel is not Channel.EMAIL or later:
        return None  # the read model lags; the book knows better
    if why := gone(desk, one):
        _withdraw(desk, one, why)
        return None
    try:
        mail = as_mail(desk, one, settings.sender, settings.own)
    except BadTemplate as error:
        log.error("message %s waits for its template: %s", number, error)
        how: Taken | Later | Never = Later(str(error)[:500])
        _record(desk, how, one, None, "")
        return how
    with desk.pool.connection() as conn:
        document = documents.keep(conn, desk.tenant, mail.raw, "message/rfc822")
    if mail.recipients:
        how = post.send(mail.raw, settings.sender.address, mail.recipients)
    else:
        how = Never("there is no mail address it could go to")
    _record(desk, how, one, mail, document)
    return how


def _record(
    desk: Desk, how: Taken | Later | Never, one: Letter, mail: Mail | None, document: str
) -> None:
    """What became of it, in its own book and in those of its invoices: one append."""
    number = one.asked.message
    match how:
        case Taken() if mail:
            _write(desk, *_sent(one, mail, document, how))
        case Later(why=why) if not last_try(one.message):
            _write(desk, DelayMessage(message=number, at=desk.clock(), why=why))
        case Later(why=why):
            _fail(desk, one, f"after {one.message.tries + 1} tries: {why}")
        case Never(why=why):
            _fail(desk, one, why)


def _sent(one: Letter, mail: Mail, document: str, how: Taken) -> Iterator[Command]:
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
        )


def _fail(desk: Desk, one: Letter, why: str) -> None:
    asked = one.asked
    told = [
        RecordEmailFailed(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=asked.to,
            why=why,
            case_id=asked.case_id,
        )
        for invoice in one.invoices
    ]
    _write(desk, FailMessage(message=asked.message, why=why, to=asked.to), *told)


def _withdraw(desk: Desk, one: Letter, why: str) -> None:
    """The clock finds the steps of its invoices anew, and asks for another message."""
    number = one.asked.message
    steps = [WithdrawStep(invoice=each.number, message=number, why=why) for each in one.invoices]
    _write(desk, WithdrawMessage(message=number, why=why), *steps)


def _write(desk: Desk, *commands: Command) -> None:
    handle(desk.ledger, *commands, context=Context(by=BY, at=desk.clock()))
