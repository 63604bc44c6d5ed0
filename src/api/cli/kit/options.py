"""What the reading commands have in common: their options, and a view of now or of then."""

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

Json = Annotated[bool, typer.Option("--json", help="For programs.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Business date; today if left out.")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="As it was at the end of that business date."),
]
KnownAt = Annotated[
    int | None,
    typer.Option(min=0, help="As it was known when the ledger was that long (a position)."),
]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help="Most rows to show.")]


@contextmanager
def view(
    session: TenantSession, models: tuple[Model, ...], as_of: datetime | None, known_at: int | None
) -> Iterator[Conn]:
    """A connection whose tables are the live ones, or those of a past day or position."""
    with session.pool.connection() as conn, conn.transaction(force_rollback=True):
        if as_of or known_at is not None:
            upto = head(conn, session.tenant) if known_at is None else known_at
            last = as_of.date() if as_of else date.max

            def keep(entry: Entry) -> bool:
                return bool(entry.event.on <= last)

            use_as_of(conn, session.tenant, models, session.clock(), keep, upto)
        yield conn


def today(session: TenantSession) -> datetime:
    """Midnight of the business date, as the date options have it."""
    return datetime.combine(session.ledger.today(session.clock()), datetime.min.time())
