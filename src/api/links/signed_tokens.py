"""Tokens of links that were sent before: they hold what they are for, and open until too old.

The signature is that of itsdangerous (HMAC of SHA-256, before that of SHA-1, with its time) by a
secret of the tenant. None is made any more.
"""

from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from hashlib import sha1, sha256
from typing import Any, TypeVar

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from msgspec import convert

from api.links.link import CaseLink, Expired, ForCalendar, NoSuchLink
from api.links.secrets import signing_keys
from ledger.database.pool import Conn

SEPARATOR = "~"  # of the tenant and what is signed
MAX_LENGTH = 4000
SALTS: dict[type, str] = {  # of links that were sent: never change them
    CaseLink: "dossier ForCase",
    ForCalendar: "dossier ForCalendar",
}
L = TypeVar("L", CaseLink, ForCalendar)


class Signer(TimestampSigner):
    """A signer with a given time."""

    def __init__(self, *given: Any, at: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.at = at

    def get_timestamp(self) -> int:
        return int(self.at.timestamp())


def read(conn: Conn, token: str, kind: type[L], at: datetime, good_for: timedelta) -> L:
    """Return what a token is for. Raises ``NoSuchLink`` or ``Expired``."""
    encoded, _, signed = token.partition(SEPARATOR)
    try:
        tenant = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        raise NoSuchLink from None
    if len(token) > MAX_LENGTH or not tenant.isprintable():
        raise NoSuchLink
    keys = signing_keys(conn, tenant)
    if not keys:
        raise NoSuchLink
    try:
        fields = serializer(keys, kind, at).loads(signed, max_age=int(good_for.total_seconds()))
    except SignatureExpired as error:
        raise Expired from error
    except BadData as error:
        raise NoSuchLink from error
    link = convert(fields, kind)
    if link.tenant != tenant:
        raise NoSuchLink
    return link


def serializer(keys: list[str], kind: type, at: datetime) -> URLSafeTimedSerializer:
    """Return what signed and reads the tokens of a kind."""
    return URLSafeTimedSerializer(
        keys,
        salt=SALTS[kind],
        signer=Signer,
        signer_kwargs={"at": at, "digest_method": sha256},
        fallback_signers=[{"at": at, "digest_method": sha1}],
    )
