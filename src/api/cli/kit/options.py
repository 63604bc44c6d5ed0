"""Options that commands share, and the view of a past day or position."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

from typer import Option

from api.cli.kit.session import caught_up_session
from api.session import TenantSession
from ledger.database.pool import Conn
from ledger.engine.fold import Model
from ledger.engine.rebuild import use_as_of
from ledger.facts.entry import Entry
from ledger.store.reading import head
from projections.matching import Match, debtors_of, match_of, weigh

DAY = ["%Y-%m-%d"]
By = Annotated[str | None, Option(help="Who decided it; you if left out. For admins.")]
Because = Annotated[str | None, Option(help="Why you record it for --by; kept with it.")]
Json = Annotated[bool, Option("--json", help="Print JSON.")]
Csv = Annotated[bool, Option("--csv", help="Print CSV, with the columns of the JSON.")]
On = Annotated[datetime | None, Option(formats=DAY, help="Business date; today if left out.")]
AsOf = Annotated[
    datetime | None, Option(formats=DAY, help="State at the end of this business date.")
]
KnownAt = Annotated[
    int | None, Option(min=0, help="State as known at this position of the ledger.")
]
Search = Annotated[str | None, Option(help="Starts of words in numbers and the debtor's name.")]
Limit = Annotated[int, Option(min=1, max=100_000, help="Maximum number of rows.")]


def match(conn: Conn, tenant: str, text: str | None) -> Match | None:
    """Return what ``--search`` searches for; None without it."""
    if text is None:
        return None
    found = match_of(text, weigh(tenant, text).fetch(conn))
    return found if found.is_rare else replace(found, found=debtors_of(tenant, found).fetch(conn))


@contextmanager
def reading(
    *models: Model,
    on: datetime | None = None,
    as_of: datetime | None = None,
    known_at: int | None = None,
) -> Iterator[tuple[TenantSession, Conn, date]]:
    """Yield a session, a connection and a business date, today if none is given.

    The tables of the models are the live ones, or those of a past day or position.
    """
    with (
        caught_up_session() as session,
        session.pool.connection() as conn,
        conn.transaction(force_rollback=True),
    ):
        if as_of or known_at is not None:
            last_position = head(conn, session.tenant)
            if known_at is not None and known_at > last_position:
                raise ValueError(f"--known-at {known_at}: the ledger ends at {last_position}")
            upto = last_position if known_at is None else known_at
            last = as_of.date() if as_of else date.max

            def keep(entry: Entry) -> bool:
                return bool(entry.event.on <= last)

            use_as_of(conn, session.tenant, models, session.clock(), keep, upto)
        day = on or as_of
        yield session, conn, day.date() if day else session.ledger.today(session.clock())
