"""Signing in of debtors: a mailed code, and the session that follows. Only hashes are kept.

A code has six digits, is valid for 15 minutes, once, with five tries in all. The secret that
belongs to it stays in the browser that asked for it, so a code alone opens nothing.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from ledger.database.pool import Conn

VALID_FOR = timedelta(minutes=15)
MOST_TRIES = 5
MOST_IN_AN_HOUR = 5  # codes to an address; further ones are not mailed
IDLE, LONGEST = timedelta(hours=1), timedelta(hours=12)
KEPT = timedelta(days=90)


def begin_code(conn: Conn, tenant: str, address: str, at: datetime, secret: str) -> str | None:
    """Begin a sign-in. Return the code to mail; None when too many were asked for."""
    conn.execute(
        "delete from portal_sign_in where tenant_id = %s and ends_at < %s", [tenant, at - KEPT]
    )
    code = f"{secrets.randbelow(1_000_000):06}"
    with conn.transaction():
        of_address = [f"portal sign-in\n{tenant}\n{address}"]  # those who ask at once take turns
        conn.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", of_address)
        made = conn.execute(
            "insert into portal_sign_in (tenant_id, sha256, address, code, made_at, ends_at)"
            " select %(tenant)s, %(secret)s, %(address)s, %(code)s, %(at)s, %(ends)s"
            " where (select count(*) from portal_sign_in where tenant_id = %(tenant)s"
            " and address = %(address)s and made_at > %(since)s) < %(most)s",
            {
                "tenant": tenant,
                "secret": _hashed(secret),
                "address": address,
                "code": _code_hash(secret, code),
                "at": at,
                "ends": at + VALID_FOR,
                "since": at - timedelta(hours=1),
                "most": MOST_IN_AN_HOUR,
            },
        )
    return code if made.rowcount else None


def use_code(conn: Conn, tenant: str, secret: str, code: str, at: datetime) -> str | None:
    """Use a code. Return its address; None when it is wrong, used, too old or tried too often.

    The try is counted before the code is compared, so that two at once cannot both be the last.
    """
    tried = conn.execute(
        "update portal_sign_in set tries = tries + 1 where tenant_id = %s and sha256 = %s"
        " and used_at is null and ends_at > %s and tries < %s returning code",
        [tenant, _hashed(secret), at, MOST_TRIES],
    ).fetchone()
    given = _code_hash(secret, code)
    if tried is None or not secrets.compare_digest(bytes(tried[0]), given):
        return None
    used = conn.execute(
        "update portal_sign_in set used_at = %s where tenant_id = %s and sha256 = %s"
        " and used_at is null returning address",
        [at, tenant, _hashed(secret)],
    ).fetchone()
    return str(used[0]) if used else None


def begin(conn: Conn, tenant: str, address: str, at: datetime) -> str:
    """Begin a session. Return the value of its cookie, which no session had before."""
    conn.execute(
        "delete from portal_session where tenant_id = %s and ends_at < %s", [tenant, at - KEPT]
    )
    secret = new_secret()
    conn.execute(
        "insert into portal_session (tenant_id, sha256, address, made_at, seen_at, ends_at)"
        " values (%s, %s, %s, %s, %s, %s)",
        [tenant, _hashed(secret), address, at, at, at + LONGEST],
    )
    return secret


def find(conn: Conn, tenant: str, secret: str, at: datetime) -> str | None:
    """Return the address of a session that is not over, and note that it was seen."""
    found = conn.execute(
        "update portal_session set seen_at = %s where tenant_id = %s and sha256 = %s"
        " and ended_at is null and ends_at > %s and seen_at > %s returning address",
        [at, tenant, _hashed(secret), at, at - IDLE],
    ).fetchone()
    return str(found[0]) if found else None


def end(conn: Conn, tenant: str, secret: str, at: datetime) -> None:
    conn.execute(
        "update portal_session set ended_at = %s"
        " where tenant_id = %s and sha256 = %s and ended_at is null",
        [at, tenant, _hashed(secret)],
    )


def csrf_of(secret: str) -> str:
    """Return the token that each form of the session carries."""
    return sha256(f"dossier portal form\n{secret}".encode()).hexdigest()


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _code_hash(secret: str, code: str) -> bytes:
    """Hash the code with its secret: six digits alone could be tried out from the hash."""
    return sha256(f"{secret}\n{code}".encode()).digest()
