"""Who may see what: the only definition, for reading and for writing, whatever the channel.

``projections/scope.py`` says the same in SQL, and a property test holds the two together.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice


class InUnit(Protocol):
    """An invoice, or a row of a read model, that belongs to a business unit."""

    @property
    def business_unit(self) -> str: ...


class HasResolver(Protocol):
    """A dispute, or a row of a read model, that names who resolves it."""

    @property
    def resolver(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may see: a resolver their own disputes, a collection agency the invoices that
    it has, anybody else their business units.

    The first of resolver, agency and units that is given decides; an empty name sees nothing.
    """

    business_units: tuple[str, ...] = ()  # none means all of them
    resolver: str | None = None
    agency: str | None = None

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is hidden.

        Only then is something shown that belongs to no unit yet, such as an inbound message.
        """
        return self.resolver is None and self.agency is None and not self.business_units

    @property
    def is_resolver(self) -> bool:
        """Return whether it is the scope of a resolver, who acts on their own part of a case.

        Anybody else acts on the whole of a case or not at all.
        """
        return self.resolver is not None

    def covers(self, unit: str) -> bool:
        """Return whether all that belongs to the business unit is visible."""
        if self.resolver is not None or self.agency is not None:
            return False
        return not self.business_units or unit in self.business_units

    def sees(self, invoice: Invoice) -> bool:
        """Return whether the invoice is visible, with its file; never a book without entries."""
        if not invoice.known:
            return False
        if self.resolver is not None:
            return any(self.sees_dispute(invoice, each) for each in invoice.disputes.values())
        if self.agency is not None:
            return self._has(invoice)
        return self.covers(invoice.business_unit)

    def sees_dispute(self, invoice: InUnit, dispute: HasResolver) -> bool:
        """Return whether a dispute of the invoice is visible in reports and can be acted on.

        An agency sees the disputes of its invoices in their files only.
        """
        if self.resolver is not None:
            return bool(self.resolver) and dispute.resolver == self.resolver
        return self.covers(invoice.business_unit)

    def sees_handoff(self, invoice: Invoice, handoff_id: UUID) -> bool:
        """Return whether the invoice is visible as part of that hand-off to an agency.

        An agency sees what it still has by that hand-off; a resolver sees no hand-off.
        """
        if handoff_id not in invoice.handoffs or self.resolver is not None:
            return False
        if self.agency is not None:
            return invoice.handoff_id == handoff_id and self._has(invoice)
        return self.covers(invoice.business_unit)

    def _has(self, invoice: Invoice) -> bool:
        """Return whether the agency has the invoice now."""
        return bool(self.agency) and invoice.agency == self.agency


EVERYTHING = Scope()
NOTHING = Scope(agency="")


def assigned_to(invoice: Invoice, dispute: Dispute, who: str) -> bool:
    """Return whether they are the resolver of a dispute that is not over."""
    return invoice.has_amount_in_dispute(dispute) and who == dispute.resolver


def solves(invoice: Invoice, dispute: Dispute, who: str) -> bool:
    """Return whether the dispute waits for them: its resolver, or whom it was escalated to."""
    return invoice.has_amount_in_dispute(dispute) and who in (
        dispute.resolver,
        dispute.escalated_to,
    )


def approves(invoice: Invoice, dispute: Dispute, who: str) -> bool:
    """Return whether the credit of the dispute waits for their approval."""
    return invoice.has_amount_in_dispute(dispute) and who == dispute.credit_asked_of
