"""The public addresses of our pages."""

import os
import re
from datetime import datetime
from urllib.parse import quote, unquote
from uuid import UUID

from api.links.link import CaseLink, ForCalendar, InvoiceLink, Link
from api.links.tokens import token
from ledger.database.pool import Pool

PORTAL = "DOSSIER_PORTAL"
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


def portals() -> frozenset[str]:
    """Return the tenants whose debtors have a portal, of ``$DOSSIER_PORTAL``."""
    return frozenset(unquote(name) for name in os.environ.get(PORTAL, "").split())


def invoice_url(pool: Pool, link: InvoiceLink, at: datetime) -> str:
    """Return the address at which a debtor opens an invoice; empty where there is no portal."""
    return _url(pool, "/i/", link, at, None) if link.tenant in portals() else ""


def hidden_invoice_url(tenant: str) -> str:
    """Return the address with ``…`` for the token, for those who must not act as the debtor."""
    return f"{base}/i/…" if tenant in portals() and (base := public_url()) else ""


def portal_path(tenant: str) -> str:
    """Return the path at which the debtors of a tenant sign in."""
    return f"/portal/{quote(tenant, safe='')}"


def account_url(tenant: str) -> str:
    """Return the address at which debtors sign in; empty where there is no portal."""
    base = public_url() if tenant in portals() else ""
    return f"{base}{portal_path(tenant)}" if base else ""


def _url(
    pool: Pool, path: str, link: Link, at: datetime, base: str | None, ending: str = ""
) -> str:
    base = public_url() if base is None else base
    return f"{base}{path}{token(pool, link, at)}{ending}" if base else ""
