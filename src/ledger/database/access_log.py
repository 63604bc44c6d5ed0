"""The access log of a tenant: sign-ins, refusals, and looks at personal data."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from ledger.database.query import Query

EVENTS = ("signed-in", "sign-in-failed", "signed-out", "refused", "looked", "purged")
LONGEST = 300  # characters of a field
COLUMNS = "entry_id, at, event, who, role, how, what, about, address, request"


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody did, or tried."""

    tenant: str
    event: str
    who: str = ""
    role: str = ""
    how: str = ""
    what: str = ""
    about: str = ""
    address: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A line of the log."""

    entry_id: UUID
    at: datetime
    event: str
    who: str
    role: str
    how: str
    what: str
    about: str
    address: str
    request: str


def note(access: Access, at: datetime) -> Query[None]:
    """Return the query that adds the line."""
    given = {name: value[:LONGEST].replace("\0", "") for name, value in asdict(access).items()}
    return Query(
        "select note_access(%(tenant)s, %(at)s, %(entry)s, %(event)s, %(who)s, %(role)s, %(how)s,"
        " %(what)s, %(about)s, %(address)s, %(request)s)",
        {**given, "at": at, "entry": uuid4()},
        lambda _: None,
        by_name=False,
    )


def purge(tenant: str, before: datetime, at: datetime) -> Query[int]:
    """Return the query that deletes the lines before a moment, and counts them."""
    return Query(
        "select purge_access(%(tenant)s, %(before)s, %(at)s, %(entry)s)",
        {"tenant": tenant, "before": before, "at": at, "entry": uuid4()},
        int,
        by_name=False,
    )


def find(
    tenant: str,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    event: str | None = None,
    who: str | None = None,
    since: datetime | None = None,
) -> Query[AccessRow]:
    """List the lines of a tenant, the latest first."""
    conditions = ["true"]
    given: dict[str, Any] = {"tenant": tenant, "limit": limit, "event": event, "who": who}
    if event:
        conditions.append("event = %(event)s")
    if who:
        conditions.append("who = %(who)s")
    if since:
        conditions.append("at >= %(since)s")
        given["since"] = since
    if after:
        conditions.append("(at, entry_id) < (%(after_at)s, %(after_id)s)")
        given |= {"after_at": after[0], "after_id": after[1]}
    return Query(
        f"select {COLUMNS} from access_log"
        f" where tenant_id = %(tenant)s and {' and '.join(conditions)}"
        " order by at desc, entry_id desc limit %(limit)s",
        given,
        AccessRow,
    )
