"""Options that commands share, and the view of a past day or position."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

import typer

from api.session import TenantSession
from ledger.database.pool import Conn
from ledger.engine.fold import Model
from ledger.engine.rebuild import use_as_of
from ledger.facts.entry import Entry
from ledger.store.reading import head

DAY = ["%Y-%m-%d"]
By = Annotated[str | None, typer.Option(help="Who records it; you if left out.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
On = Annotated[datetime | None, typer.Option(formats=DAY, help="Business date; today if left out.")]
AsOf = Annotated[
    datetime | None, typer.Option(formats=DAY, help="State at the end of this business date.")
]
KnownAt = Annotated[
    int | None, typer.Option(min=0, help="State as known at this position of the ledger.")
]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help="Maximum number of rows.")]


@contextmanager
def view(
    session: TenantSession, models: tuple[Model, ...], as_of: datetime | None, known_at: int | None
) -> Iterator[Conn]:
    """Yield a connection to the live tables, or to those of a past day or position."""
    with session.pool.connection() as conn, conn.transaction(force_rollback=True):
        if as_of or known_at is not None:
            upto = head(conn, session.tenant) if known_at is None else known_at
            last = as_of.date() if as_of else date.max

            def keep(entry: Entry) -> bool:
                return bool(entry.event.on <= last)

            use_as_of(conn, session.tenant, models, session.clock(), keep, upto)
        yield conn


def today(session: TenantSession) -> datetime:
    """Return midnight of the business date, the form in which date options arrive."""
    return datetime.combine(session.ledger.today(session.clock()), datetime.min.time())
