"""The postman: it sends the pending messages of every tenant, round after round."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event

from api.outage import DATABASE
from api.postman import status
from api.postman.email.smtp import ServerDown
from api.postman.print_letters import Jammed, print_letters
from api.postman.send_emails import NEVER, send_emails
from api.postman.settings import Settings
from api.session import TenantSession
from api.tenant_rounds import TenantRounds
from ledger.database.pool import UNAVAILABLE, Pool
from ledger.facts.codes import Channel
from ledger.store.ledger import Ledger
from projections import outbox

log = logging.getLogger(__name__)
IDLE, MAX_WAIT = 1.0, 300.0  # seconds between rounds; the longest back-off


class SendingBlocked(Exception):
    """A cause on our side why messages are not sent, such as a mail server that is unavailable."""


@dataclass(frozen=True)
class SendingReport:
    """Counts of sent messages, and why the rest waits; empty if nothing waits."""

    sent: int = 0
    printed: int = 0
    away: str = ""
    jammed: str = ""

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
    return SendingReport(sent, printed, away, jammed)


def send_all_tenants(
    pool: Pool, settings: Settings, stop: Event, clock: Callable[[], datetime]
) -> None:
    """Send what is pending, round after round, until ``stop``; back off while there is trouble.

    While the mail server is unavailable nothing is recorded, and all e-mails wait.
    """
    wait, known, rounds = IDLE, list[str](), TenantRounds(pool, "the messages")
    while not stop.is_set():
        troubles, away = list[str](), list[str]()

        def post(tenant: str, away: list[str] = away) -> SendingReport:
            # a server that is away is the same server for the other tenants
            left = replace(settings, server=None) if away else settings
            done = _post(pool, tenant, left, stop, clock)
            away += filter(None, [done.away])
            return done

        try:
            troubles += [trouble for done in rounds.run(post) for trouble in done.troubles]
        except UNAVAILABLE as error:
            DATABASE.began(error)
            stop.wait(MAX_WAIT)
            continue
        wait = min(wait * 2, MAX_WAIT) if troubles else IDLE
        for trouble in troubles:
            if trouble not in known:
                log.warning("%s; trying again", trouble)
        if known and not troubles:
            log.warning("messages are sent again")
        known = troubles
        stop.wait(wait)


def _post(
    pool: Pool, tenant: str, settings: Settings, stop: Event, clock: Callable[[], datetime]
) -> SendingReport:
    """Send the messages of one tenant."""
    with pool.connection() as conn:
        queries = [outbox.to_send(tenant, by, clock(), None, 1) for by in settings.channels]
        if not any(query.first(conn) for query in queries):
            return SendingReport()
    with closing(Ledger(pool, tenant)) as ledger:
        return send_pending(TenantSession(pool, ledger, clock), settings, stop)


def _attempt(session: TenantSession, channel: Channel, send: Callable[[], int]) -> tuple[int, str]:
    """Return how many were sent, or the trouble, which stays on record until one is sent."""
    try:
        done = send()
    except (ServerDown, Jammed) as error:
        with session.pool.connection() as conn:
            status.start_trouble(conn, session.tenant, channel, session.clock(), str(error))
        return 0, str(error)
    if done:
        with session.pool.connection() as conn:
            status.end_trouble(conn, session.tenant, channel)
    return done, ""
