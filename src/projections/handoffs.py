"""Hand-offs: the invoices handed to an agency together, and which of them it still has."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import Scope
from projections.scope import handoffs_seen, scope_parameters


@dataclass(frozen=True, slots=True)
class HandOffRow:
    """An invoice of a hand-off; its book holds the date, the actor and the claim."""

    handoff_id: Key[UUID]
    book_id: Key[UUID]
    invoice: str
    business_unit: str
    agency: str  # that has it by this hand-off; empty after a recall


def show(invoice: Invoice) -> Iterator[HandOffRow]:
    for handoff_id in invoice.handoffs:
        yield HandOffRow(
            handoff_id=handoff_id,
            book_id=invoice.id,
            invoice=invoice.number,
            business_unit=invoice.business_unit,
            agency=invoice.agency if invoice.handoff_id == handoff_id else "",
        )


HANDOFFS = Fold("handoffs", HandOffRow, (INVOICE,), show)


def of_handoff(tenant: str, handoff_id: UUID, *, scope: Scope) -> Query[HandOffRow]:
    """Find the invoices of a hand-off by number; an agency sees only those that it still has."""
    return Query(
        f"select {HANDOFFS.table.columns} from handoffs where tenant_id = %(tenant)s"
        f" and handoff_id = %(handoff)s{handoffs_seen(scope)} order by invoice",
        {"tenant": tenant, "handoff": handoff_id, **scope_parameters(scope)},
        HandOffRow,
    )
