"""The creditor's details, and what they touch besides their book: the logo and the time zone."""

from typing import Any

import msgspec

from api.session import TenantSession
from commands.logo import ShowLogo
from ledger.database import documents, tenants
from ledger.facts.books import CREDITOR
from ledger.facts.creditor import DETAILS, NUMBER, Creditor
from ledger.policy.logo import media_type_of


def creditor_of(session: TenantSession, unnamed: str = "") -> Creditor:
    """Return the creditor's details; the name is ``unnamed``, else the tenant's, where none was
    recorded."""
    creditor: Creditor = session.ledger.book(CREDITOR, NUMBER).state
    if creditor.name or unnamed:
        return creditor.named(creditor.name or unnamed)
    with session.pool.connection() as conn:
        return creditor.named(tenants.get(conn, session.tenant).name)


def logo_of(session: TenantSession, creditor: Creditor, *kinds: str) -> bytes:
    """Return the logo, if there is one of these kinds. Raises ``CorruptDocument``."""
    if creditor.logo.media_type not in kinds:
        return b""
    with session.pool.connection() as conn:
        return documents.fetch(conn, session.tenant, creditor.logo.sha256)


def keep_logo(session: TenantSession, command: ShowLogo) -> None:
    """Save the picture that the command names. Raise ``Refused`` for one that is not safe."""
    if picture := command.picture:
        media_type = media_type_of(picture)
        with session.pool.connection() as conn:
            documents.save(conn, session.tenant, picture, media_type)


def follow_time_zone(session: TenantSession) -> None:
    """Let business dates follow the recorded time zone; recorded dates stay."""
    creditor: Creditor = session.ledger.book(CREDITOR, NUMBER).state
    if creditor.time_zone and creditor.time_zone != session.ledger.zone.key:
        with session.pool.connection() as conn:
            tenants.change_time_zone(conn, session.tenant, creditor.time_zone)
        session.ledger.read_zone()


def details(session: TenantSession) -> dict[str, Any]:
    """Return the details by name, and the language and name of each own template."""
    creditor: Creditor = session.ledger.book(CREDITOR, NUMBER).state
    shown = {name: msgspec.to_builtins(getattr(creditor, name)) for name in DETAILS}
    own = sorted(f"{language}/{name}" for name, language in creditor.templates)
    return shown | {"time_zone": session.ledger.zone.key, "templates": own}
