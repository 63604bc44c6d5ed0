"""Signing in without a password: by a code that was mailed, or by a link of an administrator.

A code has six digits, is valid for 15 minutes, once, with five tries in all. The secret that
belongs to it stays in the browser that asked for it, so a code alone opens nothing.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import quote, unquote

from api.http.auth.people import COLUMNS, Person, as_person
from ledger.database.pool import Conn
from ledger.database.query import Query

VALID_FOR = timedelta(minutes=15)
MOST_TRIES = 5
MOST_IN_AN_HOUR = 10  # attempts of a person; further ones are not mailed
KEPT = timedelta(days=2)


def begin(conn: Conn, person: Person, at: datetime, secret: str) -> str | None:
    """Begin a sign-in by a mailed code. Return the code; None when too many were asked for."""
    recent = conn.execute(
        "select count(*) from sign_in where tenant_id = %s and person_id = %s and made_at > %s"
        " and code is not null",
        [person.tenant_id, person.person_id, at - timedelta(hours=1)],
    ).fetchone()
    if recent and recent[0] >= MOST_IN_AN_HOUR:
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    _keep(conn, person, at, secret, code)
    return code


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def link_token(conn: Conn, person: Person, at: datetime, valid_for: timedelta = VALID_FOR) -> str:
    """Return a token that signs the person in once."""
    secret = new_secret()
    _keep(conn, person, at, secret, None, valid_for)
    return f"{quote(person.tenant_id, safe='')}.{secret}"


def by_link(conn: Conn, token: str, at: datetime) -> Person | None:
    """Use the token of a link. Return the person; None when it is wrong, used or too old."""
    tenant, _, secret = token.rpartition(".")
    return _use(conn, unquote(tenant), _hashed(secret), at)


def is_open(conn: Conn, token: str, at: datetime) -> bool:
    """Return whether the token of a link would sign somebody in."""
    tenant, _, secret = token.rpartition(".")
    found = conn.execute(
        "select 1 from sign_in where tenant_id = %s and sha256 = %s and code is null"
        " and used_at is null and ends_at > %s",
        [unquote(tenant), _hashed(secret), at],
    )
    return found.fetchone() is not None


def by_code(conn: Conn, secret: str, code: str, at: datetime) -> Person | None:
    """Use a code. Return the person; None when it is wrong, used, too old or tried too often.

    The try is counted before the code is compared, so that two at once cannot both be the last.
    """
    tried = conn.execute(
        "update sign_in set tries = tries + 1 where sha256 = %s and code is not null"
        " and used_at is null and ends_at > %s and tries < %s returning tenant_id, code",
        [_hashed(secret), at, MOST_TRIES],
    ).fetchall()
    given = _code_hash(secret, code)
    for tenant, kept in tried:
        if secrets.compare_digest(bytes(kept), given):
            return _use(conn, tenant, _hashed(secret), at, given)
    return None


def _use(
    conn: Conn, tenant: str, hashed: bytes, at: datetime, code: bytes | None = None
) -> Person | None:
    used = conn.execute(
        "update sign_in set used_at = %s where tenant_id = %s and sha256 = %s"
        " and code is not distinct from %s and used_at is null and ends_at > %s"
        " returning person_id",
        [at, tenant, hashed, code, at],
    ).fetchone()
    if not used:
        return None
    found = Query(
        f"select {COLUMNS} from person where tenant_id = %(tenant)s and person_id = %(person)s"
        " and ended_at is null",
        {"tenant": tenant, "person": used[0]},
        as_person,
    ).fetch(conn)
    return found[0] if found else None


def _keep(
    conn: Conn,
    person: Person,
    at: datetime,
    secret: str,
    code: str | None,
    valid_for: timedelta = VALID_FOR,
) -> None:
    conn.execute(
        "delete from sign_in where tenant_id = %s and ends_at < %s", [person.tenant_id, at - KEPT]
    )
    hashed = _code_hash(secret, code) if code else None
    conn.execute(
        "insert into sign_in (tenant_id, sha256, person_id, code, made_at, ends_at)"
        " values (%s, %s, %s, %s, %s, %s)",
        [person.tenant_id, _hashed(secret), person.person_id, hashed, at, at + valid_for],
    )


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _code_hash(secret: str, code: str) -> bytes:
    """Hash the code with its secret: six digits alone could be tried out from the hash."""
    return sha256(f"{secret}\n{code}".encode()).digest()
