"""Compares a full list of open items with the ledger, and plans what would change."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from threading import Event
from typing import Any, LiteralString
from uuid import uuid4

from api.importing.formats import staging, waiting
from api.importing.formats.layout import Layout
from api.importing.formats.open_items import in_order
from api.importing.formats.rows import Item as Row
from api.importing.formats.rows import ListReader
from api.importing.line_commands import (
    CannotImport,
    InvalidLine,
    LineCommand,
    LineCommands,
    Reject,
)
from api.importing.source import Source
from api.session import TenantSession
from commands.payments.erp import ClosePerErp
from ledger.database.pool import Conn, connect
from ledger.engine.catch_up import catch_up, position
from ledger.engine.fold import Model
from ledger.engine.projector import Projector
from ledger.engine.rebuild import catch_up_in_bulk
from ledger.store.reading import head
from projections.debtors import DEBTORS
from projections.invoices import INVOICES

OPEN_ITEMS: LiteralString = "full_list"  # the table of their days
SHOWN_REJECTS = 10  # of the plan; all are in the file of rejects
MAX_CLOSING_SHARE = Decimal("0.20")  # of the open invoices, that may close without --close-most
READ_MODEL_TIMEOUT = 600.0  # seconds until the read model shows all that is in the ledger


@dataclass
class SnapshotChange:
    """A number of invoices and their amount in each currency."""

    count: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def add(self, found: staging.Found) -> None:
        self.count += found.many
        if found.currency:
            before = self.amounts.get(found.currency, Decimal(0))
            self.amounts[found.currency] = before + found.amount


@dataclass
class SnapshotPlan:
    """What a full list would change."""

    as_of: date
    lines: int = 0  # of the file
    open_before: int = 0
    new: SnapshotChange = field(default_factory=SnapshotChange)
    settled: SnapshotChange = field(default_factory=SnapshotChange)  # the list has less open
    emptied: int = 0  # of the settled: nothing stays open
    higher: SnapshotChange = field(default_factory=SnapshotChange)  # it has more open: only noted
    changed: SnapshotChange = field(
        default_factory=SnapshotChange
    )  # it has another due date, debtor or currency
    closed: SnapshotChange = field(default_factory=SnapshotChange)  # open here, not in the list
    left_open: SnapshotChange = field(
        default_factory=SnapshotChange
    )  # the same, when the list is not whole
    money: SnapshotChange = field(default_factory=SnapshotChange)  # credit notes and payments
    gone: SnapshotChange = field(
        default_factory=SnapshotChange
    )  # the same, here but not in the list: allocated or paid back in the ERP
    same: SnapshotChange = field(default_factory=SnapshotChange)
    special: int = 0  # of the same: decided one by one, as they name a dispute or a settlement
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)  # the first of them
    items: LineCommands = field(default=iter(()), repr=False)
    closings: Iterator[tuple[LineCommand, ...]] = field(default=iter(()), repr=False)

    close_anyway: bool = False

    @property
    def unchanged(self) -> int:
        """Return the number of lines that say what is here already."""
        return self.same.count - self.special

    @property
    def missing(self) -> int:
        """Return the number of open invoices that the list does not have."""
        return self.closed.count + self.left_open.count

    def whole_unless(self, rejected: int) -> bool:
        """Return whether invoices that are missing may be closed."""
        return self.close_anyway or not rejected

    def guard(self) -> None:
        """Raise ``CannotImport`` when the list seems incomplete."""
        if self.closed.count + self.emptied > MAX_CLOSING_SHARE * self.open_before:
            also = f", and {self.emptied} have nothing open in it" if self.emptied else ""
            raise CannotImport(
                f"{self.closed.count} of the {self.open_before} open invoices are not in the list"
                f"{also}; they would be closed: more than {MAX_CLOSING_SHARE:.0%}."
                " If this is the full list, set --close-most."
            )


@contextmanager
def plan(
    session: TenantSession, source: Source, layout: Layout, as_of: date, close_anyway: bool = False
) -> Iterator[SnapshotPlan]:
    """Compare the list with what is in the ledger now; the plan is valid within the context.

    A list with a rejected line, or whose last line has no end, is not whole: it closes nothing,
    unless ``close_anyway``. Raise ``CannotImport``.
    """
    reader, tenant = ListReader(source, layout), session.tenant
    with closing(connect(session.pool)) as conn:
        refuse_earlier(conn, tenant, as_of, OPEN_ITEMS)
        staging.stage(conn, tenant, reader, _rows(reader, close_anyway))
        show_all(session, [INVOICES, DEBTORS])
        before = staging.open_before(conn, tenant)
        found = SnapshotPlan(as_of, source.count, before, close_anyway=close_anyway)
        for part in staging.compare(conn, tenant, as_of):
            if part.kind == "rejected":
                found.rejected += part.many
            else:
                getattr(found, "same" if part.kind == "special" else part.kind).add(part)
            found.special += part.many if part.kind == "special" else 0
            found.emptied += part.emptied if part.kind == "settled" else 0
        if found.rejected and not close_anyway:
            found.closed, found.left_open = found.left_open, found.closed
        gone = [*waiting.not_listed(session, conn, staging.money_listed(conn, tenant))]
        for money in gone:
            found.gone.add(staging.Found("gone", money.currency, 1, money.left, 0))
        found.rejects = [*staging.rejected(conn, tenant, reader, SHOWN_REJECTS)]
        found.items = in_order(staging.differences(conn, tenant, reader), reader, as_of)
        found.closings = chain(
            _closings(conn, tenant, source, layout, as_of),
            waiting.closings(gone, source, layout, as_of),
        )
        yield found


def record(session: TenantSession, as_of: date, days: LiteralString = OPEN_ITEMS) -> None:
    """Remember in the table ``days`` that a full list of this day is taken in."""
    with session.pool.connection() as conn:
        conn.execute(
            f"insert into {days} (tenant_id, as_of, at) values (%s, %s, %s) on conflict do nothing",
            [session.tenant, as_of, session.clock()],
        )


def refuse_earlier(conn: Conn, tenant: str, as_of: date, days: LiteralString) -> None:
    """Raise ``CannotImport`` when a list of a later day was taken in."""
    later = conn.execute(
        f"select max(as_of) from {days} where tenant_id = %s and as_of > %s", [tenant, as_of]
    ).fetchone()
    if later and later[0]:
        raise CannotImport(
            f"The full list of {later[0]} was imported already; the list of {as_of}"
            " is older, and would undo it."
        )


def _rows(reader: ListReader, close_anyway: bool) -> Iterator[tuple[list[str], Row] | Reject]:
    for row in reader.rows():
        if isinstance(row, Reject):
            yield row
            continue
        try:
            if reader.cut_off and not close_anyway:
                raise InvalidLine("the last line has no end: the file may be cut off")
            yield row[1], reader.item(*row)
        except InvalidLine as error:
            yield reader.reject(*row, error)


def show_all(session: TenantSession, models: Sequence[Model]) -> None:
    """Wait until these read models show all that is in the ledger now. Raise ``CannotImport``."""
    with session.pool.connection() as conn:
        target = head(conn, session.tenant)
    name = f"import:{uuid4()}"
    catch_up_in_bulk(session.pool, session.tenant, models, session.clock())
    worker = Projector(session.pool, session.tenant, models, name, session.clock)
    for model in models:
        catch_up(worker, model.name, Event(), READ_MODEL_TIMEOUT)
        if position(session.pool, session.tenant, model.name) < target:
            why = f"The read model of the {model.name} does not keep up: see dossier status."
            raise CannotImport(why)


def _closings(
    conn: Conn, tenant: str, source: Source, layout: Layout, as_of: date
) -> Iterator[tuple[LineCommand, ...]]:
    for line, number in staging.missing(conn, tenant):
        close = ClosePerErp(on=as_of, invoice=number, source=f"{source.name}: not listed")
        cause = f"{layout.name}:{number}:closed:{as_of}"
        yield (LineCommand(line, {"invoice": number}, number, cause, _always(close)),)


def _always(close: ClosePerErp) -> Any:
    return lambda _: (close,)
