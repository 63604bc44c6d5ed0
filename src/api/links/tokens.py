"""Signed links: anyone who has one may act as the person it was sent to, for one purpose.

The signature is that of itsdangerous (HMAC of SHA-256, with its time) by a secret of the tenant.
There are at most two secrets: ``rotate`` makes a new one, and the oldest is deleted with all links
it signed. Links signed by SHA-1, as they were before, are valid until they are too old.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha1, sha256
from typing import Any, TypeVar
from uuid import UUID

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from msgspec import Struct, convert, to_builtins

from api.environment import limit
from api.links.secrets import rotate, signing_keys
from ledger.database.pool import Pool

AT = re.compile(r"https?://[^\s/?#]+")
MAX_TOKEN_LENGTH = 4000


class NoSuchLink(Exception):
    """The link is not signed by us. The cause is not given."""


class Expired(Exception):
    """The link is signed by us, and too old."""


class CaseLink(Struct, frozen=True):
    """A case, and the resolver or approver that the link was sent to."""

    tenant: str
    case: UUID
    resolver: str


class ForCalendar(Struct, frozen=True):
    """All open cases of a resolver, to read only."""

    tenant: str
    resolver: str


Link = CaseLink | ForCalendar
SALTS: dict[type, str] = {  # of links that were sent: never change them
    CaseLink: "dossier ForCase",
    ForCalendar: "dossier ForCalendar",
}
L = TypeVar("L", CaseLink, ForCalendar)


class _Signer(TimestampSigner):
    """A signer with a given time."""

    def __init__(self, *given: Any, at: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.at = at

    def get_timestamp(self) -> int:
        return int(self.at.timestamp())


def token(pool: Pool, link: Link, at: datetime) -> str:
    """Return the token of a link, fit for a path."""
    with pool.connection() as conn:
        keys = signing_keys(conn, link.tenant) or [rotate(conn, link.tenant, at)]
    signed = _serializer(keys, link, at).dumps(to_builtins(link))
    encoded = urlsafe_b64encode(link.tenant.encode()).decode().rstrip("=")
    return f"{encoded}~{signed!s}"


def case_of(pool: Pool, token: str, at: datetime) -> CaseLink:
    """Return the case of a token. Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, CaseLink, at, timedelta(days=limit("DOSSIER_LINK_DAYS")))


def calendar_of(pool: Pool, token: str, at: datetime) -> ForCalendar:
    """Return the calendar of a token. Raises ``NoSuchLink`` or ``Expired``."""
    return _read(pool, token, ForCalendar, at, timedelta(days=limit("DOSSIER_CALENDAR_DAYS")))


def _read(pool: Pool, token: str, kind: type[L], at: datetime, good_for: timedelta) -> L:
    encoded, _, signed = token.partition("~")
    try:
        tenant = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        raise NoSuchLink from None
    if len(token) > MAX_TOKEN_LENGTH or not tenant.isprintable():
        raise NoSuchLink
    with pool.connection() as conn:
        keys = signing_keys(conn, tenant)
    if not keys:
        raise NoSuchLink
    try:
        fields = _serializer(keys, kind, at).loads(signed, max_age=int(good_for.total_seconds()))
    except SignatureExpired as error:
        raise Expired from error
    except BadData as error:
        raise NoSuchLink from error
    link = convert(fields, kind)
    if link.tenant != tenant:
        raise NoSuchLink
    return link


def _serializer(keys: list[str], kind: Any, at: datetime) -> URLSafeTimedSerializer:
    salt = SALTS[kind if isinstance(kind, type) else type(kind)]
    return URLSafeTimedSerializer(
        keys,
        salt=salt,
        signer=_Signer,
        signer_kwargs={"at": at, "digest_method": sha256},
        fallback_signers=[{"at": at, "digest_method": sha1}],
    )
