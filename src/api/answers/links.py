"""Signed links: whoever has one is, for one thing only, the person it was sent to.

The signature is itsdangerous' (HMAC, with the time it was signed) by a secret of the tenant, of
which there are two at most: ``rotate`` makes a new one, and then the one before the last is gone,
with all links it signed.
"""

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from msgspec import Struct, convert, to_builtins

from api.wiring import limit
from ledger.pool import Conn, Pool

AT = re.compile(r"https?://[^\s/?#]+")
LONGEST = 4000  # characters of a token
KEPT = 2  # secrets


class NoSuchLink(Exception):
    """We signed no such link. Why, is not told."""


class Expired(Exception):
    """It was good once."""


class ForCase(Struct, frozen=True):
    """One case, and whom it was sent to: its resolver, or who approves its credit."""

    tenant: str
    case: UUID
    resolver: str


class ForCalendar(Struct, frozen=True):
    """All open cases of a resolver, to look at."""

    tenant: str
    resolver: str


Link = ForCase | ForCalendar
L = TypeVar("L", ForCase, ForCalendar)


class _Signer(TimestampSigner):
    """Whose clock is handed to it."""

    def __init__(self, *given: Any, at: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.at = at

    def get_timestamp(self) -> int:
        return int(self.at.timestamp())


def public_url() -> str:
    """Where resolvers reach us: ``$DOSSIER_PUBLIC_URL``; empty when they cannot.

    Raises ``ValueError`` when what is said there is no address at all.
    """
    given = os.environ.get("DOSSIER_PUBLIC_URL", "").rstrip("/")
    if given and not AT.match(given):
        raise ValueError(
            f"DOSSIER_PUBLIC_URL: {given!r} is no address such as https://acme.example"
        )
    return given


def answer_url(
    pool: Pool, tenant: str, case: UUID, resolver: str, at: datetime, base: str | None = None
) -> str:
    """The page on which ``resolver`` answers; empty when we have no public address.

    ``base`` is that address where it is known; the setting is asked when left out.
    """
    return _url(pool, "/a/", ForCase(tenant, case, resolver), at, base)


def calendar_url(
    pool: Pool, tenant: str, resolver: str, at: datetime, base: str | None = None
) -> str:
    """The feed of what ``resolver`` has to do."""
    return _url(pool, "/calendar/", ForCalendar(tenant, resolver), at, base, ".ics")


def _url(
    pool: Pool, path: str, link: Link, at: datetime, base: str | None, ending: str = ""
) -> str:
    base = public_url() if base is None else base
    return f"{base}{path}{token(pool, link, at)}{ending}" if base else ""


def token(pool: Pool, link: Link, at: datetime) -> str:
    """To stand in a path."""
    with pool.connection() as conn:
        keys = _keys(conn, link.tenant) or [rotate(conn, link.tenant, at)]
    signed = _serializer(keys, link, at).dumps(to_builtins(link))
    encoded = urlsafe_b64encode(link.tenant.encode()).decode().rstrip("=")
    return f"{encoded}~{signed!s}"


def case_of(pool: Pool, token: str, at: datetime) -> ForCase:
    """Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, ForCase, at, timedelta(days=limit("DOSSIER_LINK_DAYS")))


def calendar_of(pool: Pool, token: str, at: datetime) -> ForCalendar:
    """It is good until its secret is gone. Raises ``NoSuchLink``."""
    return _read(pool, token, ForCalendar, at, None)


def rotate(conn: Conn, tenant: str, at: datetime) -> str:
    """A new secret. What the one before the present one signed is no good any more."""
    secret = secrets.token_urlsafe(32)
    with conn.transaction():
        conn.execute(
            "insert into link_key (tenant_id, made_at, secret) values (%s, %s, %s)"
            " on conflict (tenant_id, made_at) do nothing",
            [tenant, at, secret],
        )
        present = _keys(conn, tenant)
        conn.execute(
            "delete from link_key where tenant_id = %s and not secret = any(%s)", [tenant, present]
        )
    return present[-1]


def _keys(conn: Conn, tenant: str) -> list[str]:
    """The newest last, by which is signed."""
    found = conn.execute(
        "select secret from link_key where tenant_id = %s order by made_at desc limit %s",
        [tenant, KEPT],
    ).fetchall()
    return [secret for (secret,) in reversed(found)]


def _read(pool: Pool, token: str, kind: type[L], at: datetime, good_for: timedelta | None) -> L:
    encoded, _, signed = token.partition("~")
    try:
        tenant = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        raise NoSuchLink from None
    if len(token) > LONGEST or not tenant.isprintable():
        raise NoSuchLink
    with pool.connection() as conn:
        keys = _keys(conn, tenant)
    if not keys:
        raise NoSuchLink
    seconds = None if good_for is None else int(good_for.total_seconds())
    try:
        said = _serializer(keys, kind, at).loads(signed, max_age=seconds)
    except SignatureExpired as error:
        raise Expired from error
    except BadData as error:
        raise NoSuchLink from error
    link = convert(said, kind)
    if link.tenant != tenant:
        raise NoSuchLink
    return link


def _serializer(keys: list[str], kind: Any, at: datetime) -> URLSafeTimedSerializer:
    """A link of one kind is none of another: each has its own salt."""
    name = kind.__name__ if isinstance(kind, type) else type(kind).__name__
    return URLSafeTimedSerializer(
        keys, salt=f"dossier {name}", signer=_Signer, signer_kwargs={"at": at}
    )
