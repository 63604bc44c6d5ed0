"""The daily mail of people who want it: what is to do, what is asked of them, what others did.

Bundled: one mail a day, at their hour in their time zone, and none when there is nothing to tell.
The day is recorded before the mail is sent: a worker that dies sends none twice.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from zoneinfo import ZoneInfo

from api.firm import creditor_of
from api.http.auth import settings
from api.http.auth.people import Person
from api.http.auth.settings import Reader
from api.http.server.shown import shown_by_all
from api.i18n.translate import Translation
from api.links.urls import public_url
from api.outage import DATABASE
from api.postman.email.smtp import Deferred, Rejected, ServerDown, SmtpConnection
from api.postman.sender import cleaned
from api.postman.settings import Settings
from api.session import TenantSession
from api.tenant_rounds import TenantRounds
from ledger.database.pool import UNAVAILABLE, Conn, Pool
from ledger.store.ledger import Ledger
from projections import agenda, desk, since

ASKED = "{count} answers are asked of you."
NAMED = 5  # tasks that the mail names
log = logging.getLogger(__name__)


def send_everywhere(pool: Pool, post: Settings, clock: Callable[[], datetime]) -> None:
    """Send the mails that are due, of all tenants."""

    def send(tenant: str) -> None:
        with closing(Ledger(pool, tenant)) as ledger:
            send_due(TenantSession(pool, ledger, clock), post)

    try:
        TenantRounds(pool, "the daily mails").run(send)
    except UNAVAILABLE as error:
        DATABASE.began(error)


def send_due(session: TenantSession, post: Settings) -> int:
    """Send the mails of a tenant that are due, and return how many; none for a silent creditor."""
    now, zone = session.clock(), session.ledger.zone
    with session.pool.connection() as conn:
        wanting = settings.readers(session.tenant).fetch(conn)
    due = [(reader, day) for reader in wanting if (day := _day_due(reader, now, zone))]
    if not due or post.server is None or creditor_of(session).silent:
        return 0
    server, sent = SmtpConnection(post.server), 0
    try:
        for reader, day in due:
            sent += _send(session, post, server, reader, day)
    except ServerDown as error:
        log.warning("tenant %s: no daily mail is sent now: %s", session.tenant, error)
    finally:
        server.close()
    return sent


def _day_due(reader: Reader, now: datetime, zone: ZoneInfo) -> date | None:
    """Return the day for which the mail is due, in the reader's time zone; None if it is not."""
    local = _local(now, reader, zone)
    sent = reader.digest_on is not None and reader.digest_on >= local.date()
    return None if sent or local.hour < reader.digest_at else local.date()


def _local(at: datetime, reader: Reader, zone: ZoneInfo) -> datetime:
    """Return the moment as the clock on the reader's wall shows it."""
    return at.astimezone(ZoneInfo(reader.zone) if reader.zone else zone)


def _send(
    session: TenantSession, post: Settings, server: SmtpConnection, reader: Reader, day: date
) -> bool:
    """Send a mail, if nobody did and there is something to tell. Raises ``ServerDown``."""
    with session.pool.connection() as conn:
        if not settings.claim(conn, reader, day):
            return False
        lines = [*_lines(conn, session, reader, day)]
    if not lines:
        return False
    mail = _mail(session, post, reader, day, lines)
    address = str(reader.person.email)
    try:
        result = server.send(mail.as_bytes(), post.sender.address, [address])
    except ServerDown:
        _give_back(session, reader)
        raise
    if isinstance(result, Deferred) and not result.lost:
        _give_back(session, reader)
    if isinstance(result, Deferred | Rejected):
        log.warning("the daily mail of %s was not sent: %s", reader.person.name, result.why)
        return False
    return True


def _give_back(session: TenantSession, reader: Reader) -> None:
    """Let the mail be sent in the next round."""
    with session.pool.connection() as conn:
        settings.unclaim(conn, reader)


def _lines(conn: Conn, session: TenantSession, reader: Reader, day: date) -> Iterator[str]:
    """Yield what there is to tell, a paragraph each; nothing if there is nothing.

    What is to do is that of the creditor's day, as on the desk; ``day`` is the reader's.
    """
    person, tenant = reader.person, session.tenant
    words, scope = Translation(person.language), person.key.scope
    today = session.ledger.today(session.clock())
    [waiting] = desk.counts(tenant, today, person.names, scope=scope).fetch(conn)
    if waiting.tasks:
        yield _tasks(conn, tenant, person, today, words)
    if waiting.mine:
        yield words.number_of(waiting.mine, "1 answer is asked of you.", ASKED)
    if reader.looked is not None and reader.looked_at and scope.is_of_units:
        [upto] = shown_by_all(tenant).fetch(conn)
        query = since.summary(tenant, person.names, reader.looked, upto, scope=scope)
        [found] = query.fetch(conn)
        if found.changes:
            looked_at = _local(reader.looked_at, reader, session.ledger.zone)
            when = words.weekday(looked_at.date(), day)
            yield sentence(found, when, upto - reader.looked > since.FURTHEST, words) + "."


def _tasks(conn: Conn, tenant: str, person: Person, day: date, words: Translation) -> str:
    """Return how much is to do, and the most urgent: of what they collect, if they collect any."""
    own: dict[str, str | None] = {"collector": person.name}
    scope = person.key.scope
    rows = agenda.list_due(tenant, day, own, limit=NAMED, scope=scope).fetch(conn)
    filters = own if rows else {}
    rows = rows or agenda.list_due(tenant, day, limit=NAMED, scope=scope).fetch(conn)
    count, sums = 0, dict[str, Decimal]()
    for part in agenda.workload(tenant, day, filters, scope=scope).fetch(conn):
        count += part.items
        if part.currency:
            sums[part.currency] = sums.get(part.currency, Decimal(0)) + part.amount
    worth = ", ".join(f"{words.figures(total, code)} {code}" for code, total in sums.items())
    text = words("{count} to do, worth {worth}.", count=str(count), worth=worth or "0")
    for view in rows:
        item = view.item
        task = words(item.action)
        name = " ".join(part for part in (item.invoice, view.debtor_name or item.debtor) if part)
        amount = f", {words.figures(item.amount, item.currency)} {item.currency}"
        text += f"\n- {task[:1].upper()}{task[1:]}: {name}{amount if item.currency else ''}"
    return text


def sentence(found: since.Summary, when: str, cut: bool, words: Translation) -> str:
    """Return what others did, in words; ``cut``: there was more than is looked through."""
    changes = words.number_of(found.changes, "1 change", "{count} changes") + "+" * cut
    several = "on {count} of your invoices"
    single = "on an invoice of yours"
    if found.disputed == found.invoices:
        single, several = "on a dispute of yours", "on {count} of your disputes"
    files = words.number_of(found.invoices, single, several)
    return words("{changes} {files} since {when}", changes=changes, files=files, when=when)


def _mail(
    session: TenantSession, post: Settings, reader: Reader, day: date, lines: list[str]
) -> EmailMessage:
    words, mail = Translation(reader.person.language), EmailMessage()
    base, hour = public_url(), f"{reader.digest_at:02}:00"
    mail["From"], mail["To"] = post.sender.address, str(reader.person.email)
    mail["Subject"] = words("Your day in Dossier, {day}", day=words.weekday(day, day))
    mail["Date"] = format_datetime(session.clock())
    mail["Message-ID"] = make_msgid(domain=post.sender.domain)
    mail["Auto-Submitted"] = "auto-generated"
    foot = words("You asked for this mail at {hour}. You can change it under your name.", hour=hour)
    links = [f"{base}/today"] if base else []
    foot += f"\n{base}/me" if base else ""
    mail.set_content(cleaned("\n\n".join([*lines, *links, foot])) + "\n")
    return mail
