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
from api.links.link import CaseLink, Expired, ForCalendar, InvoiceLink, Link, NoSuchLink
from api.links.secrets import rotate, signing_keys
from ledger.database.pool import Conn, Pool

LENGTH = 48  # characters of a token: 16 bytes of the handle and 20 of the hash
HASHED = 20
PURPOSE = b"dossier link\n"  # other signatures of the same secret are not valid here
L = TypeVar("L", CaseLink, ForCalendar)
Fields = tuple[str, UUID | None, UUID | None, str | None, str]  # of its row


def token(pool: Pool, link: Link, at: datetime) -> str:
    """Return the token of a link, fit for a path, and keep what it is for.

    It is the same for the same time.
    """
    with pool.connection() as conn, conn.transaction():
        keys = signing_keys(conn, link.tenant) or [rotate(conn, link.tenant, at)]
        made = _token(keys[-1], _handle(conn, link.tenant), link, at)
        conn.execute(
            "insert into ledger.link"
            " (tenant_id, sha256, kind, case_id, invoice_id, debtor, person, made_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (tenant_id, sha256) do nothing",
            [link.tenant, _hashed(made), *_fields(link), at],
        )
    return made


def case_of(pool: Pool, token: str, at: datetime) -> CaseLink:
    """Return the case of a token. Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, CaseLink, at, timedelta(days=limit("DOSSIER_LINK_DAYS")))


def calendar_of(pool: Pool, token: str, at: datetime) -> ForCalendar:
    """Return the calendar of a token. Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, ForCalendar, at, timedelta(days=limit("DOSSIER_CALENDAR_DAYS")))


def invoice_of(pool: Pool, token: str, at: datetime) -> InvoiceLink:
    """Return the invoice of a token. Raises ``NoSuchLink``, or ``Expired`` with its link."""
    link, made_at = _signed(pool, token)
    if not isinstance(link, InvoiceLink):
        raise NoSuchLink
    if not timedelta() <= at - made_at <= timedelta(days=limit("DOSSIER_PORTAL_DAYS")):
        raise Expired(link)
    return link


def _read(pool: Pool, token: str, kind: type[L], at: datetime, good_for: timedelta) -> L:
    if signed_tokens.SEPARATOR in token:
        with pool.connection() as conn:
            return signed_tokens.read(conn, token, kind, at, good_for)
    link, made_at = _signed(pool, token)
    if not isinstance(link, kind):
        raise NoSuchLink
    if not timedelta() <= at - made_at <= good_for:
        raise Expired
    return link


def _signed(pool: Pool, token: str) -> tuple[Link, datetime]:
    """Return what a token of ours is for, and when it was made. Raises ``NoSuchLink``."""
    with pool.connection() as conn:
        handle = _handle_in(token)
        tenant = _tenant_of(conn, handle)
        link, made_at = _find(conn, tenant, token)
        keys = signing_keys(conn, tenant)
    if not _is_signed(keys, handle, link, made_at, token):
        raise NoSuchLink
    return link, made_at


def _find(conn: Conn, tenant: str, token: str) -> tuple[Link, datetime]:
    found: Any = conn.execute(
        "select kind, case_id, invoice_id, debtor, person, made_at from ledger.link"
        " where tenant_id = %s and sha256 = %s",
        [tenant, _hashed(token)],
    ).fetchone()
    if found is None:
        raise NoSuchLink
    *fields, made_at = found
    return _link(tenant, *fields), made_at


def _fields(link: Link) -> Fields:
    match link:
        case CaseLink():
            return "case", link.case, None, None, link.resolver
        case ForCalendar():
            return "calendar", None, None, None, link.resolver
        case InvoiceLink():
            return "invoice", None, link.invoice, link.debtor, link.person


def _link(tenant: str, kind: str, case: UUID, invoice: UUID, debtor: str, person: str) -> Link:
    match kind:
        case "case":
            return CaseLink(tenant, case, person)
        case "calendar":
            return ForCalendar(tenant, person)
        case "invoice":
            return InvoiceLink(tenant, invoice, debtor, person)
    raise NoSuchLink


def _is_signed(
    keys: Sequence[str], handle: UUID, link: Link, made_at: datetime, token: str
) -> bool:
    """Return whether a secret that is still valid made the token."""
    return any(hmac.compare_digest(token, _token(key, handle, link, made_at)) for key in keys)


def _token(key: str, handle: UUID, link: Link, at: datetime) -> str:
    kind, case, invoice, debtor, person = _fields(link)
    about = f"{kind} {invoice} {debtor}" if invoice else case or ""
    content = f"{link.tenant}\n{about}\n{at.astimezone(UTC).isoformat()}\n{person}".encode()
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
