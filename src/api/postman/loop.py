"""The postman: it sends the pending messages of every tenant, round after round."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event

from api.outage import DATABASE, Outage
from api.postman import status
from api.postman.email.smtp import SenderRefused, ServerDown
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
MAIL = Outage("the mail server")
IDLE, MAX_WAIT = 1.0, 300.0  # seconds between rounds; the longest back-off


@dataclass(frozen=True)
class Rest:
    """Seconds that a tenant in trouble still waits, and waited last, and why."""

    left: float = 0.0
    last: float = IDLE
    troubles: tuple[str, ...] = ()  # that were logged


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
    wait, rests, rounds = IDLE, dict[str, Rest](), TenantRounds(pool, "the messages")
    while not stop.is_set():
        down = list[str]()  # why the server takes no mail of any tenant

        def post(tenant: str, down: list[str] = down, waited: float = wait) -> None:
            rest = rests.get(tenant, Rest())
            if rest.left > waited:
                rests[tenant] = replace(rest, left=rest.left - waited)
                return
            left = replace(settings, server=None) if down else settings
            done = _post(pool, tenant, left, stop, clock)
            down += done.troubles[: done.server_down]
            rests[tenant] = _rest(tenant, rest, done.troubles[done.server_down :])

        try:
            rounds.run(post)
        except UNAVAILABLE as error:
            DATABASE.began(error)
            down.append(str(error))
        else:
            _note(MAIL, down)
        wait = min(wait * 2, MAX_WAIT) if down else IDLE
        stop.wait(wait)


def _rest(tenant: str, before: Rest, troubles: Sequence[str]) -> Rest:
    """Return how long a tenant rests for its own troubles, which are logged once."""
    for trouble in troubles:
        if trouble not in before.troubles:
            log.warning("tenant %s: %s; trying again", tenant, trouble)
    if before.troubles and not troubles:
        log.warning("tenant %s: messages are sent again", tenant)
    longer = min(before.last * 2, MAX_WAIT) if troubles else IDLE
    return Rest(longer if troubles else 0.0, longer, tuple(troubles))


def _note(what: Outage, down: Sequence[str]) -> None:
    if down:
        what.began(down[0])
    else:
        what.ended()


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
