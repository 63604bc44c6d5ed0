"""Visibility of invoices and disputes, for reading and writing by all channels.

``projections/scope.py`` has the same rules in SQL; a property test compares the two.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.case_part import has_amount_in_dispute


class InUnit(Protocol):
    """An invoice, or a row of a read model, that belongs to a business unit."""

    @property
    def business_unit(self) -> str: ...


class HasResolver(Protocol):
    """A dispute, or a row of a read model, that names its resolver."""

    @property
    def resolver(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """What a user may see: a resolver their own disputes, a collection agency the invoices that it
    has, all others their business units.

    The first of resolver, agency and units that is given decides; an empty name sees nothing.
    """

    business_units: tuple[str, ...] = ()  # none means all of them
    resolver: str | None = None
    agency: str | None = None

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is hidden, also not what has no unit, such as inbound mails."""
        return self.resolver is None and self.agency is None and not self.business_units

    @property
    def is_resolver(self) -> bool:
        """Return whether a resolver has it, who acts on their own part of a case only."""
        return self.resolver is not None

    def covers(self, unit: str) -> bool:
        """Return whether the business unit is visible."""
        if self.resolver is not None or self.agency is not None:
            return False
        return not self.business_units or unit in self.business_units

    def sees(self, invoice: Invoice) -> bool:
        """Return whether the invoice is visible, with its file; never a book without entries."""
        if not invoice.known:
            return False
        if self.resolver is not None:
            return any(self.sees_dispute(invoice, case) for case in invoice.disputes.values())
        if self.agency is not None:
            return self._has(invoice)
        return self.covers(invoice.business_unit)

    def sees_dispute(self, invoice: InUnit, dispute: HasResolver) -> bool:
        """Return whether a dispute is visible in reports and may be changed. An agency sees the
        disputes of its invoices in their files only."""
        if self.resolver is not None:
            return bool(self.resolver) and dispute.resolver == self.resolver
        return self.covers(invoice.business_unit)

    def sees_handoff(self, invoice: Invoice, handoff_id: UUID) -> bool:
        """Return whether the invoice is visible as part of the hand-off. An agency sees the
        invoices that it still has by it; a resolver sees no hand-off."""
        if handoff_id not in invoice.handoffs or self.resolver is not None:
            return False
        if self.agency is not None:
            return invoice.handoff_id == handoff_id and self._has(invoice)
        return self.covers(invoice.business_unit)

    def _has(self, invoice: Invoice) -> bool:
        return bool(self.agency) and invoice.agency == self.agency


EVERYTHING = Scope()
NOTHING = Scope(agency="")


def assigned_to(invoice: Invoice, dispute: Dispute, who: str) -> bool:
    """Return whether ``who`` is the resolver of a dispute that is not settled."""
    return has_amount_in_dispute(invoice, dispute) and who == dispute.resolver


def solves(invoice: Invoice, dispute: Dispute, who: str) -> bool:
    """Return whether ``who`` is asked to resolve the dispute, also by escalation."""
    asked = (dispute.resolver, dispute.escalated_to)
    return has_amount_in_dispute(invoice, dispute) and who in asked


def approves(invoice: Invoice, dispute: Dispute, who: str) -> bool:
    """Return whether the credit of the dispute waits for the approval of ``who``."""
    return has_amount_in_dispute(invoice, dispute) and who == dispute.credit_asked_of
