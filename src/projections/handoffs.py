"""Hand-offs: the invoices handed to an agency together, and which of them it still has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
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
    """An invoice of a hand-off; its book holds the actor."""

    handoff_id: Key[UUID]
    book_id: Key[UUID]
    invoice: str
    business_unit: str
    agency: str  # that has it by this hand-off; empty after a recall
    handed_to: str
    handed_on: date
    claim: Decimal


def show(invoice: Invoice) -> Iterator[HandOffRow]:
    for handoff_id, handed in invoice.handoffs.items():
        yield HandOffRow(
            handoff_id=handoff_id,
            book_id=invoice.id,
            invoice=invoice.number,
            business_unit=invoice.business_unit,
            agency=invoice.agency if invoice.handoff_id == handoff_id else "",
            handed_to=handed.agency,
            handed_on=handed.on,
            claim=handed.claim,
        )


INDEXES = (("handed_on", "handoff_id"),)
HANDOFFS = Fold("handoffs", HandOffRow, (INVOICE,), show, indexes=INDEXES)


def of_handoff(tenant: str, handoff_id: UUID, *, scope: Scope) -> Query[HandOffRow]:
    """Find the invoices of a hand-off by number; an agency sees only those that it still has."""
    return Query(
        f"select {HANDOFFS.table.columns} from handoffs where tenant_id = %(tenant)s"
        f" and handoff_id = %(handoff)s{handoffs_seen(scope)} order by invoice",
        {"tenant": tenant, "handoff": handoff_id, **scope_parameters(scope)},
        HandOffRow,
    )


@dataclass(frozen=True, slots=True)
class HandOffSummary:
    """A hand-off: to whom, when, how many invoices, and how many of them the agency still has."""

    handoff_id: UUID
    agency: str
    on: date
    invoices: int
    collecting: int


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    on: date
    handoff_id: UUID


def summaries(
    tenant: str, before: Cursor | None = None, limit: int = 50, *, scope: Scope
) -> Query[HandOffSummary]:
    """Find hand-offs, the latest first, a page at a time, of the invoices that are visible."""
    beyond = " having (min(handed_on), handoff_id) < (%(on)s, %(handoff)s)" if before else ""
    return Query(
        "select handoff_id, min(handed_to) as agency, min(handed_on) as on, count(*) as invoices,"
        " count(*) filter (where agency <> '') as collecting"
        f" from handoffs where tenant_id = %(tenant)s{handoffs_seen(scope)} group by handoff_id"
        f"{beyond} order by min(handed_on) desc, handoff_id desc limit %(limit)s",
        {
            "tenant": tenant,
            "limit": limit,
            "on": before and before.on,
            "handoff": before and before.handoff_id,
            **scope_parameters(scope),
        },
        HandOffSummary,
    )
