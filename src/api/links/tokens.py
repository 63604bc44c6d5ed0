"""Links without a login: anyone who has one may act as the person it was sent to, for one purpose.

A token tells nothing by itself: it is a random number of the tenant (its handle) and the HMAC, by a
secret of the tenant, of what the link is for. That stands in the database, by the token's SHA-256.
There are at most two secrets: ``rotate`` makes a new one, and the oldest is deleted with all links
made by it. Links sent before, which hold what they are for, open until they are too old.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4

from api.environment import limit
from api.links import signed_tokens
from api.links.link import CaseLink, Expired, ForCalendar, Link, NoSuchLink
from api.links.secrets import rotate, signing_keys
from ledger.database.pool import Conn, Pool

LENGTH = 48  # characters of a token: 16 bytes of the handle and 20 of the hash
HASHED = 20
PURPOSE = b"dossier link\n"  # other signatures of the same secret are not valid here
KINDS: dict[str, type[Link]] = {"case": CaseLink, "calendar": ForCalendar}
L = TypeVar("L", CaseLink, ForCalendar)


def token(pool: Pool, link: Link, at: datetime) -> str:
    """Return the token of a link, fit for a path, and keep what it is for.

    It is the same for the same time.
    """
    kind = next(kind for kind, made in KINDS.items() if isinstance(link, made))
    case = link.case if isinstance(link, CaseLink) else None
    with pool.connection() as conn, conn.transaction():
        keys = signing_keys(conn, link.tenant) or [rotate(conn, link.tenant, at)]
        made = _token(keys[-1], _handle(conn, link.tenant), link, at)
        conn.execute(
            "insert into ledger.link (tenant_id, sha256, kind, case_id, person, made_at)"
            " values (%s, %s, %s, %s, %s, %s) on conflict (tenant_id, sha256) do nothing",
            [link.tenant, _hashed(made), kind, case, link.resolver, at],
        )
    return made


def case_of(pool: Pool, token: str, at: datetime) -> CaseLink:
    """Return the case of a token. Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, CaseLink, at, timedelta(days=limit("DOSSIER_LINK_DAYS")))


def calendar_of(pool: Pool, token: str, at: datetime) -> ForCalendar:
    """Return the calendar of a token. Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, ForCalendar, at, timedelta(days=limit("DOSSIER_CALENDAR_DAYS")))


def _read(pool: Pool, token: str, kind: type[L], at: datetime, good_for: timedelta) -> L:
    with pool.connection() as conn:
        if signed_tokens.SEPARATOR in token:
            return signed_tokens.read(conn, token, kind, at, good_for)
        handle = _handle_in(token)
        tenant = _tenant_of(conn, handle)
        link, made_at = _find(conn, tenant, token)
        keys = signing_keys(conn, tenant)
    if not isinstance(link, kind) or not _is_signed(keys, handle, link, made_at, token):
        raise NoSuchLink
    if not timedelta() <= at - made_at <= good_for:
        raise Expired
    return link


def _find(conn: Conn, tenant: str, token: str) -> tuple[Link, datetime]:
    found: Any = conn.execute(
        "select kind, case_id, person, made_at from ledger.link"
        " where tenant_id = %s and sha256 = %s",
        [tenant, _hashed(token)],
    ).fetchone()
    if found is None:
        raise NoSuchLink
    kind, case, person, made_at = found
    link = CaseLink(tenant, case, person) if kind == "case" else ForCalendar(tenant, person)
    return link, made_at


def _is_signed(
    keys: Sequence[str], handle: UUID, link: Link, made_at: datetime, token: str
) -> bool:
    """Return whether a secret that is still valid made the token."""
    return any(hmac.compare_digest(token, _token(key, handle, link, made_at)) for key in keys)


def _token(key: str, handle: UUID, link: Link, at: datetime) -> str:
    case = link.case if isinstance(link, CaseLink) else ""
    content = f"{link.tenant}\n{case}\n{at.astimezone(UTC).isoformat()}\n{link.resolver}".encode()
    signed = hmac.digest(key.encode(), PURPOSE + content, sha256)[:HASHED]
    return urlsafe_b64encode(handle.bytes + signed).decode()


def _handle_in(token: str) -> UUID:
    """Return the handle that a token begins with. Raises ``NoSuchLink``."""
    try:
        if len(token) == LENGTH and token.isascii():
            return UUID(bytes=urlsafe_b64decode(token)[:16])
    except ValueError:
        pass
    raise NoSuchLink


def _handle(conn: Conn, tenant: str) -> UUID:
    """Return the tenant's handle, which is made once."""
    conn.execute(
        "update ledger.tenant set link_handle = %s where tenant_id = %s and link_handle is null",
        [uuid4(), tenant],
    )
    [(handle,)] = conn.execute(
        "select link_handle from ledger.tenant where tenant_id = %s", [tenant]
    ).fetchall()
    return UUID(str(handle))


def _tenant_of(conn: Conn, handle: UUID) -> str:
    found = conn.execute(
        "select tenant_id from ledger.tenant where link_handle = %s", [handle]
    ).fetchone()
    if found is None:
        raise NoSuchLink
    return str(found[0])


def _hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()
