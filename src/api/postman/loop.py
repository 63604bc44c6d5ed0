"""The postman: it sends the pending messages of every tenant, round after round."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event

import psycopg

from api.postman import status
from api.postman.email.smtp import SenderRefused, ServerDown
from api.postman.print_letters import Jammed, print_letters
from api.postman.send_emails import NEVER, send_emails
from api.postman.settings import Settings
from api.session import TenantSession
from ledger.database import tenants
from ledger.database.pool import Pool
from ledger.facts.codes import Channel
from ledger.store.ledger import Ledger
from projections import outbox

log = logging.getLogger(__name__)
IDLE, MAX_WAIT = 1.0, 300.0  # seconds between rounds; the longest back-off


@dataclass(frozen=True)
class Rest:
    """Seconds that a tenant in trouble still waits, and waited last."""

    left: float = 0.0
    last: float = IDLE


class SendingBlocked(Exception):
    """A cause on our side why messages are not sent, such as a mail server that is unavailable."""


@dataclass(frozen=True)
class SendingReport:
    """Counts of sent messages, and why the rest waits; empty if nothing waits."""

    sent: int = 0
    printed: int = 0
    away: str = ""
    jammed: str = ""
    server_down: bool = False  # for every tenant; else it is this tenant's sender

    @property
    def troubles(self) -> list[str]:
        mails = [f"no mail is sent now: {self.away}"] if self.away else []
        return mails + ([f"no letter is printed now: {self.jammed}"] if self.jammed else [])


def send_pending(session: TenantSession, settings: Settings, stop: Event = NEVER) -> SendingReport:
    """Print the letters and send the e-mails of one tenant; each also if the other fails."""
    printed, jammed = _attempt(
        session, Channel.LETTER, lambda: print_letters(session, settings, stop)
    )
    sent, away = _attempt(session, Channel.EMAIL, lambda: send_emails(session, settings, stop))
    down = away is not None and not isinstance(away, SenderRefused)
    return SendingReport(sent, printed, str(away or ""), str(jammed or ""), down)


def send_all_tenants(
    pool: Pool, settings: Settings, stop: Event, clock: Callable[[], datetime]
) -> None:
    """Send what is pending, round after round, until ``stop``; back off while there is trouble.

    While the mail server is unavailable nothing is recorded, and all e-mails wait. What troubles
    one tenant, such as a sender that the server refuses, makes only that tenant wait.
    """
    wait, rests = IDLE, dict[str, Rest]()
    while not stop.is_set():
        trouble = ""
        try:
            with pool.connection() as conn:
                names = [tenant.tenant_id for tenant in tenants.list_all(conn)]
            trouble = _round(pool, names, rests, settings, stop, clock, wait)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            trouble = f"the database does not answer, messages wait: {error}"
        wait = min(wait * 2, MAX_WAIT) if trouble else IDLE
        if trouble:
            log.warning("%s; trying again in %.0f seconds", trouble, wait)
        stop.wait(wait)


def _round(
    pool: Pool,
    names: Sequence[str],
    rests: dict[str, Rest],
    settings: Settings,
    stop: Event,
    clock: Callable[[], datetime],
    waited: float,
) -> str:
    """Send the messages of each tenant that does not rest. Return why no mail is sent at all."""
    down, left = "", settings
    for name in names:
        rest = rests.get(name, Rest())
        if rest.left > waited:
            rests[name] = replace(rest, left=rest.left - waited)
            continue
        done = _post(pool, name, left, stop, clock)
        if done.server_down:
            down, left = done.troubles[0], replace(left, server=None)
        own = done.troubles[done.server_down :]
        longer = min(rest.last * 2, MAX_WAIT) if own else IDLE
        rests[name] = Rest(longer if own else 0.0, longer)
        for trouble in own:
            log.warning("%s: %s; trying again in %.0f seconds", name, trouble, longer)
    return down


def _post(
    pool: Pool, tenant: str, settings: Settings, stop: Event, clock: Callable[[], datetime]
) -> SendingReport:
    """Send the messages of one tenant; log its errors, so that the other tenants continue."""
    try:
        with pool.connection() as conn:
            queries = [outbox.to_send(tenant, by, clock(), None, 1) for by in settings.channels]
            if not any(query.first(conn) for query in queries):
                return SendingReport()
        with closing(Ledger(pool, tenant)) as ledger:
            return send_pending(TenantSession(pool, ledger, clock), settings, stop)
    except (psycopg.OperationalError, psycopg.InterfaceError):
        raise
    except Exception:
        log.exception("the messages of tenant %s are not sent; trying again", tenant)
    return SendingReport()


def _attempt(
    session: TenantSession, channel: Channel, send: Callable[[], int]
) -> tuple[int, Exception | None]:
    """Return how many were sent, or the trouble, which stays on record until one is sent."""
    try:
        done = send()
    except (ServerDown, Jammed) as error:
        with session.pool.connection() as conn:
            status.start_trouble(conn, session.tenant, channel, session.clock(), str(error))
        return 0, error
    if done:
        with session.pool.connection() as conn:
            status.end_trouble(conn, session.tenant, channel)
    return done, None
