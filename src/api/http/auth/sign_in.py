"""Signing in without a password: by a code that was mailed, or by a link of an administrator.

A code has six digits, is valid for 15 minutes, once, with five tries in all. The secret that
belongs to it stays in the browser that asked for it, so a code alone opens nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import quote, unquote

from api.http.auth.people import Person, by_id, call
from ledger.database.pool import Conn

VALID_FOR = timedelta(minutes=15)
MOST_TRIES = 5
MOST_IN_AN_HOUR = 10  # attempts of a person; further ones are not mailed
KEPT = timedelta(days=2)


def begin(conn: Conn, person: Person, at: datetime, secret: str) -> str | None:
    """Begin a sign-in by a mailed code. Return the code; None when too many were asked for."""
    code = f"{secrets.randbelow(1_000_000):06}"
    return code if _keep(conn, person, at, secret, code) else None


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def link_token(conn: Conn, person: Person, at: datetime, valid_for: timedelta = VALID_FOR) -> str:
    """Return a token that signs the person in once."""
    secret = new_secret()
    _keep(conn, person, at, secret, None, valid_for)
    return f"{quote(person.tenant_id, safe='')}.{secret}"


def by_link(conn: Conn, token: str, at: datetime) -> Person | None:
    """Use the token of a link. Return the person; None when it is wrong, used or too old."""
    tenant, hashed = tenant_of(token), _hashed(token.rpartition(".")[2])
    person_id = call(conn, "use_link", [tenant, hashed, at])
    return by_id(tenant, person_id).first(conn) if person_id else None


def is_open(conn: Conn, token: str, at: datetime) -> bool:
    """Return whether the token of a link would sign somebody in."""
    hashed = _hashed(token.rpartition(".")[2])
    return bool(call(conn, "is_link_open", [tenant_of(token), hashed, at]))


def tenant_of(token: str) -> str:
    """Return the tenant that a link or cookie names; it proves nothing."""
    tenant = unquote(token.rpartition(".")[0])
    return tenant if tenant.isprintable() else ""


@dataclass(frozen=True, slots=True)
class Try:
    """A try of a code, in a tenant that mailed one to the browser."""

    person: Person
    fits: bool


def by_code(conn: Conn, secret: str, code: str, at: datetime) -> list[Try]:
    """Use a code. Return whom it was tried for; nothing when there is none to try any more.

    The database counts the try before it compares, so that two at once cannot both be the last.
    """
    tried = conn.execute(
        "select of_tenant, person, fits from ledger.try_code(%s, %s, %s, %s)",
        [_hashed(secret), _code_hash(secret, code), at, MOST_TRIES],
    ).fetchall()
    found = [(by_id(tenant, person_id).first(conn), fits) for tenant, person_id, fits in tried]
    return [Try(person, fits) for person, fits in found if person]


def _keep(
    conn: Conn,
    person: Person,
    at: datetime,
    secret: str,
    code: str | None,
    valid_for: timedelta = VALID_FOR,
) -> bool:
    """Keep the hashes of a link or a code. Return False for one code too many."""
    hashed = _code_hash(secret, code) if code else None
    given = [
        *(person.tenant_id, _hashed(secret), person.person_id, hashed, at, at + valid_for),
        *(at - KEPT, at - timedelta(hours=1), MOST_IN_AN_HOUR),
    ]
    return bool(call(conn, "keep_sign_in", given))


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _code_hash(secret: str, code: str) -> bytes:
    """Hash the code with its secret: six digits alone could be tried out from the hash."""
    return sha256(f"{secret}\n{code}".encode()).digest()
