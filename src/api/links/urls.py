"""The public addresses of our pages."""

import os
from datetime import datetime
from uuid import UUID

from api.links.tokens import AT, CaseLink, ForCalendar, Link, token
from ledger.database.pool import Pool


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
    return _url(pool, "/a/", CaseLink(tenant, case, resolver), at, base)


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
