"""Sessions of people in a browser. Only the hash of a cookie is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

from api.http.auth.people import Person, as_person
from ledger.database.pool import Conn
from ledger.database.query import Query

IDLE, LONGEST = timedelta(hours=3), timedelta(hours=14)  # a working day at most
SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class WebSession:
    """A session of a person, and the secret of its cookie."""

    person: Person
    firm: str  # the creditor's name
    secret: str
    seen_at: datetime

    @property
    def id(self) -> str:
        """Return how administrators name the session."""
        return _hashed(self.secret).hex()

    @property
    def csrf(self) -> str:
        """Return the token that each form of the session carries."""
        return sha256(f"dossier form\n{self.secret}".encode()).hexdigest()

    def wrote(self, given: str) -> bool:
        """Return whether a form with this token is a form of this session."""
        return secrets.compare_digest(self.csrf.encode(), given.encode())


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as administrators see it; ``id`` is the hash of its cookie."""

    id: str
    name: str
    role: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    browser: str


def begin(conn: Conn, person: Person, at: datetime, browser: str) -> str:
    """Begin a session. Return the value of its cookie, which no session had before."""
    conn.execute(
        "delete from web_session where tenant_id = %s and ends_at < %s",
        [person.tenant_id, at - KEPT],
    )
    secret = f"{quote(person.tenant_id, safe='')}.{secrets.token_urlsafe(32)}"
    conn.execute(
        "insert into web_session (tenant_id, sha256, person_id, made_at, seen_at, ends_at, browser)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        [person.tenant_id, _hashed(secret), person.person_id, at, at, at + LONGEST, browser[:200]],
    )
    return secret


def find(secret: str, at: datetime) -> Query[WebSession] | None:
    """Find the session of a cookie, unless it is over. None for no cookie of ours."""
    tenant = unquote(secret.rpartition(".")[0])
    if not tenant.isprintable() or not tenant or len(secret) > 500:
        return None

    def row(seen_at: datetime, firm: str, **columns: Any) -> WebSession:
        return WebSession(as_person(**columns), firm, secret, seen_at)

    return Query(
        "select s.seen_at, t.name as firm, p.tenant_id, p.person_id, p.name, p.role,"
        " p.business_units, p.agency, p.email, p.language, p.created_at, p.ended_at"
        " from web_session s join person p using (tenant_id, person_id)"
        " join tenant t using (tenant_id)"
        " where s.tenant_id = %(tenant)s and s.sha256 = %(sha256)s and s.ended_at is null"
        " and s.ends_at > %(at)s and s.seen_at > %(idle)s and p.ended_at is null",
        {"tenant": tenant, "sha256": _hashed(secret), "at": at, "idle": at - IDLE},
        row,
    )


def seen(session: WebSession, at: datetime) -> Query[WebSession]:
    return Query(
        "update web_session set seen_at = %(at)s"
        " where tenant_id = %(tenant)s and sha256 = %(sha256)s",
        {"at": at, "tenant": session.person.tenant_id, "sha256": _hashed(session.secret)},
        WebSession,
    )


def end(session: WebSession, at: datetime) -> Query[WebSession]:
    return Query(
        "update web_session set ended_at = %(at)s"
        " where tenant_id = %(tenant)s and sha256 = %(sha256)s and ended_at is null",
        {"at": at, "tenant": session.person.tenant_id, "sha256": _hashed(session.secret)},
        WebSession,
    )


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def open_of(tenant: str, at: datetime) -> Query[OpenSession]:
    """List the sessions of all people of a tenant that are not over, the last seen first."""
    return Query(
        "select encode(s.sha256, 'hex') as id, p.name, p.role, s.made_at, s.seen_at, s.ends_at,"
        " s.browser from web_session s join person p using (tenant_id, person_id)"
        " where s.tenant_id = %(tenant)s and s.ended_at is null and s.ends_at > %(at)s"
        " and s.seen_at > %(idle)s and p.ended_at is null order by s.seen_at desc, s.sha256",
        {"tenant": tenant, "at": at, "idle": at - IDLE},
        OpenSession,
    )


def revoke(conn: Conn, tenant: str, id_: str, at: datetime) -> str | None:
    """End a session by its id. Return whose it was; None when there is none that is open."""
    try:
        hashed = bytes.fromhex(id_)
    except ValueError:
        return None
    ended = conn.execute(
        "update web_session s set ended_at = %s from person p"
        " where s.tenant_id = %s and s.sha256 = %s and s.ended_at is null"
        " and p.tenant_id = s.tenant_id and p.person_id = s.person_id returning p.name",
        [at, tenant, hashed],
    ).fetchone()
    return str(ended[0]) if ended else None
