"""Sessions of people in a browser. Only the hash of a cookie is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from api.http.auth.people import COLUMNS, Person, as_person, call
from api.http.auth.sign_in import tenant_of
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
        """Return how administrators name the session: the hash of its hash opens nothing."""
        return sha256(_hashed(self.secret)).hexdigest()

    @property
    def csrf(self) -> str:
        """Return the token that each form of the session carries."""
        return sha256(f"dossier form\n{self.secret}".encode()).hexdigest()

    def wrote(self, given: str) -> bool:
        """Return whether a form with this token is a form of this session."""
        return secrets.compare_digest(self.csrf.encode(), given.encode())


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as administrators see it."""

    id: str
    name: str
    role: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    browser: str


def begin(conn: Conn, person: Person, at: datetime, browser: str, before: str = "") -> str:
    """Begin a session. Return the value of its cookie, which no session had before.

    The session of the cookie ``before`` ends: a browser has one.
    """
    secret = f"{quote(person.tenant_id, safe='')}.{secrets.token_urlsafe(32)}"
    given = [
        *(person.tenant_id, _hashed(secret), person.person_id, at, at + LONGEST, at - KEPT),
        *(browser[:200], tenant_of(before), _hashed(before)),
    ]
    call(conn, "begin_session", given)
    return secret


def find(secret: str, at: datetime) -> Query[WebSession] | None:
    """Find the session of a cookie, unless it is over. None for no cookie of ours."""
    tenant = tenant_of(secret)
    if not tenant or len(secret) > 500:
        return None

    def row(seen_at: datetime, firm: str, **columns: Any) -> WebSession:
        return WebSession(as_person(**columns), firm, secret, seen_at)

    return Query(
        f"select seen_at, firm, {COLUMNS} from session_of("
        "%(tenant)s, %(sha256)s, %(at)s, %(idle)s)",
        {"tenant": tenant, "sha256": _hashed(secret), "at": at, "idle": at - IDLE},
        row,
    )


def seen(session: WebSession, at: datetime) -> Query[None]:
    return _change("select session_seen(%(tenant)s, %(sha256)s, %(at)s)", session, at)


def end(session: WebSession, at: datetime) -> Query[None]:
    return _change("select end_session(%(tenant)s, %(sha256)s, %(at)s)", session, at)


def _change(sql: str, session: WebSession, at: datetime) -> Query[None]:
    given = {"at": at, "tenant": session.person.tenant_id, "sha256": _hashed(session.secret)}
    return Query(sql, given, lambda _: None, by_name=False)


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def open_of(tenant: str, at: datetime) -> Query[OpenSession]:
    """List the sessions of all people of a tenant that are not over, the last seen first."""
    return Query(
        "select id, name, role, made_at, seen_at, ends_at, browser"
        " from sessions_of(%(tenant)s, %(at)s, %(idle)s)",
        {"tenant": tenant, "at": at, "idle": at - IDLE},
        OpenSession,
    )


def revoke(conn: Conn, tenant: str, id_: str, at: datetime) -> str | None:
    """End a session by its id. Return whose it was; None when there is none that is open."""
    whose: str | None = call(conn, "revoke_session", [tenant, id_, at])
    return whose
