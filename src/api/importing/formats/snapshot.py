"""Compares a full list of open items with the ledger, and plans what would change."""

from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from api.importing.formats.layout import Layout
from api.importing.formats.open_items import of_item
from api.importing.formats.rows import Item as Row
from api.importing.formats.rows import items, number_of
from api.importing.line_commands import CannotImport, LineCommand, Reject
from api.importing.pipeline import Item
from api.importing.source import Source
from api.session import TenantSession
from commands.payments.erp import ClosePerErp
from ledger.facts.books import INVOICE, kind_of_event, replay
from ledger.facts.invoice.state import Invoice
from ledger.store.reading import NEWEST, iter_books

MAX_CLOSING_SHARE = Decimal("0.20")  # of the open invoices, that may close without --close-most


@dataclass
class SnapshotChange:
    """A number of invoices and their amount in each currency."""

    count: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def add(self, amount: Decimal, currency: str) -> None:
        self.count += 1
        self.amounts[currency] = self.amounts.get(currency, Decimal(0)) + amount


@dataclass
class SnapshotPlan:
    """What a full list would change."""

    as_of: date
    open_before: int = 0
    new: SnapshotChange = field(default_factory=SnapshotChange)
    settled: SnapshotChange = field(default_factory=SnapshotChange)  # the list has less open
    higher: SnapshotChange = field(default_factory=SnapshotChange)  # it has more open: only noted
    closed: SnapshotChange = field(default_factory=SnapshotChange)  # open here, not in the list
    same: SnapshotChange = field(default_factory=SnapshotChange)
    rejected: int = 0
    items: list[Item] = field(default_factory=list, repr=False)

    def guard(self) -> None:
        """Raise ``CannotImport`` when the list seems incomplete."""
        if self.closed.count > MAX_CLOSING_SHARE * self.open_before:
            raise CannotImport(
                f"{self.closed.count} of the {self.open_before} open invoices are not in the list"
                f" and would be closed: more than {MAX_CLOSING_SHARE:.0%}."
                " If this is the full list, set --close-most."
            )


def plan(session: TenantSession, source: Source, layout: Layout, as_of: date) -> SnapshotPlan:
    """Compare the list with the ledger itself, because a read model may lag.

    Raise ``CannotImport``, also when a row has no number: its invoice would be closed.
    """
    here, found, listed = _invoices(session), SnapshotPlan(as_of), set[str]()
    for item in items(source, layout):
        if isinstance(item, Reject):
            found.rejected += 1
            found.items.append(item)
            if not (number := number_of(item, layout)):
                raise CannotImport(f"Line {item.line} has no number: its invoice would be closed.")
            listed.add(number)
        else:
            listed.add(item.invoice)
            _compare(found, item, here.get(item.invoice))
            found.items.append(of_item(item, layout, as_of))
    found.open_before = sum(1 for invoice in here.values() if invoice.open_amount > 0)
    for invoice in here.values():  # the list lacks an invoice that was issued after its date
        if invoice.open_amount > 0 and invoice.issued_on <= as_of and invoice.number not in listed:
            found.closed.add(invoice.open_amount, invoice.currency)
            line = -found.closed.count
            found.items.append((_closing(source, layout, invoice.number, as_of, line),))
    return found


def _invoices(session: TenantSession) -> dict[str, Invoice]:
    with (
        session.pool.connection() as conn,
        closing(iter_books(conn, session.tenant, NEWEST)) as books,
    ):
        states = (
            replay(INVOICE, id_, entries).state
            for id_, entries in books
            if kind_of_event(entries[0].event) is INVOICE
        )
        return {state.number: state for state in states}


def _compare(found: SnapshotPlan, row: Row, invoice: Invoice | None) -> None:
    if invoice is None:
        open_ = row.amount if row.open_amount is None else row.open_amount
        found.new.add(open_ or Decimal(0), row.currency)
        return
    if row.currency != invoice.currency:
        found.rejected += 1  # the amounts are not compared; its line says why
        return
    change = Decimal(0) if row.open_amount is None else row.open_amount - invoice.open_amount
    kind = found.settled if change < 0 else found.higher if change > 0 else found.same
    kind.add(abs(change) if change else invoice.open_amount, invoice.currency)


def _closing(source: Source, layout: Layout, number: str, as_of: date, line: int) -> LineCommand:
    close = ClosePerErp(on=as_of, invoice=number, source=f"{source.name}: not listed")
    cause = f"{layout.name}:{number}:closed:{as_of}"
    return LineCommand(line, {"invoice": number}, number, cause, lambda _: (close,))
