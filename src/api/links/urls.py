"""The public addresses of our pages."""

import os
import re
from datetime import datetime
from uuid import UUID

from api.links.link import CaseLink, ForCalendar, Link
from api.links.tokens import token
from ledger.database.pool import Pool

AT = re.compile(r"https?://[^\s/?#]+")


def public_url() -> str:
    """Return ``$DOSSIER_PUBLIC_URL``, if set. Raises ``ValueError`` if it is no address."""
    given = os.environ.get("DOSSIER_PUBLIC_URL", "").rstrip("/")
    if given and not AT.match(given):
        raise ValueError(
            f"DOSSIER_PUBLIC_URL: {given!r} is no address such as https://acme.example"
        )
    return given


def answer_url(
    pool: Pool, tenant: str, case: UUID, resolver: str, at: datetime, base: str | None = None
) -> str:
    """Return the address of the resolver's answer page; empty without a public address.

    ``base`` is the public address; that of the settings by default.
    """
    return _url(pool, "/a/", CaseLink(tenant, case, resolver), at, base)


def hidden_answer_url() -> str:
    """Return the address with ``…`` for the token, for those who must not answer by it."""
    return f"{base}/a/…" if (base := public_url()) else ""


def calendar_url(
    pool: Pool, tenant: str, resolver: str, at: datetime, base: str | None = None
) -> str:
    """Return the address of the resolver's calendar."""
    return _url(pool, "/calendar/", ForCalendar(tenant, resolver), at, base, ".ics")


def _url(
    pool: Pool, path: str, link: Link, at: datetime, base: str | None, ending: str = ""
) -> str:
    base = public_url() if base is None else base
    return f"{base}{path}{token(pool, link, at)}{ending}" if base else ""
