"""Visibility of invoices, disputes, debtors and entries, for reading and writing by all channels.

``projections/scope.py`` has the same rules in SQL; a property test compares the two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from ledger.facts.codes import Channel, Direction, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice import (
    dispute_endings,
    dispute_opening,
    follow_up,
    payments,
    promises,
    registration,
)
from ledger.facts.invoice.events import CONTACTS
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.case_part import has_amount_in_dispute

TO_DEBTORS = (Purpose.INVOICE_COPY, Purpose.REMINDER, Purpose.RECEIPT, Purpose.OUTCOME)
OF_THE_INVOICE = (  # events that every debtor of the invoice may learn of
    registration.InvoiceRegistered,
    registration.InvoiceCancelled,
    registration.InvoiceSent,
    payments.PaymentReceived,
    payments.PaymentReversed,
    payments.CreditNoteIssued,
    payments.LateFeeCharged,
    payments.LateFeeWaived,
    payments.InterestCharged,
    payments.InterestWaived,
    payments.SettledPerErp,
    payments.ClosedPerErp,
)
OF_DEBTORS = (  # events of their invoice that a debtor may learn of
    *OF_THE_INVOICE,
    promises.PromiseMade,
    promises.PromiseKept,
    promises.PromiseBroken,
    promises.PromiseWithdrawn,
    dispute_opening.DisputeOpened,
    dispute_endings.DisputeResolved,
    dispute_endings.DisputeReopened,
    dispute_endings.DisputeVoided,
)


class InUnit(Protocol):
    """An invoice, or a row of a read model, that belongs to a business unit."""

    @property
    def business_unit(self) -> str: ...


class HasResolver(Protocol):
    """A dispute, or a row of a read model, that names its resolver and tells whether it is over."""

    @property
    def resolver(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def resolved_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """What a user may see: a debtor their own invoices, a resolver their own disputes until these
    are over, a collection agency the invoices that it has, all others their business units.

    The first of debtor, resolver, agency and units that is given decides; an empty name sees
    nothing.
    """

    business_units: tuple[str, ...] = ()  # none means all of them
    resolver: str | None = None
    agency: str | None = None
    debtor: str | None = None

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is hidden, also not what has no unit, such as inbound mails."""
        return self.is_of_units and not self.business_units

    @property
    def is_resolver(self) -> bool:
        """Return whether a resolver has it, who acts on their own part of a case only."""
        return self.resolver is not None and not self.is_debtor

    @property
    def is_debtor(self) -> bool:
        """Return whether a debtor has it, who sees of an invoice what concerns them only."""
        return self.debtor is not None

    @property
    def is_of_units(self) -> bool:
        """Return whether a colleague of all or some business units has it."""
        return self.resolver is None and self.agency is None and self.debtor is None

    def covers(self, unit: str) -> bool:
        """Return whether the business unit is visible."""
        return self.is_of_units and (not self.business_units or unit in self.business_units)

    def sees(self, invoice: Invoice) -> bool:
        """Return whether the invoice is visible, with its file; never a book without entries."""
        if not invoice.known:
            return False
        if self.debtor is not None:
            return self.owes(invoice.debtor)
        if self.resolver is not None:
            return any(self.sees_dispute(invoice, case) for case in invoice.disputes.values())
        if self.agency is not None:
            return self._has(invoice)
        return self.covers(invoice.business_unit)

    def sees_dispute(self, invoice: InUnit, dispute: HasResolver) -> bool:
        """Return whether a dispute is visible in reports and may be changed. An agency sees the
        disputes of its invoices in their files only, and so does a debtor."""
        if self.is_debtor:
            return False
        if self.resolver is not None:
            mine = bool(self.resolver) and dispute.resolver == self.resolver
            return mine and dispute.resolved_on is None and dispute.status != "voided"
        return self.covers(invoice.business_unit)

    def sees_case(self, invoice: Invoice, case: UUID | None) -> bool:
        """Return whether what belongs to this case of a visible invoice is visible."""
        if not self.is_resolver:
            return self.sees(invoice)
        dispute = invoice.disputes.get(case) if case else None
        return dispute is not None and self.sees_dispute(invoice, dispute)

    def sees_event(self, invoice: Invoice, event: Event) -> bool:
        """Return whether an event of a visible invoice is visible: to a resolver that is what
        belongs to their own disputes, and the contacts about the invoice as a whole, to a debtor
        what they did themselves, what we wrote to them, and what changed what they owe."""
        if self.is_debtor:
            return self.sees(invoice) and _concerns_debtor(event)
        case = getattr(event, "case_id", None)
        if case is None and self.is_resolver:
            return isinstance(event, CONTACTS)
        return self.sees_case(invoice, case)

    def sees_debtor(self, units: Collection[str]) -> bool:
        """Return whether a debtor with invoices in these business units is visible."""
        return self.is_everything or any(self.covers(unit) for unit in units)

    def changes_debtor(self, units: Collection[str]) -> bool:
        """Return whether the details and holds of that debtor, which concern all of their
        invoices, may be changed."""
        return self.sees_debtor(units) and all(self.covers(unit) for unit in units)

    def sees_handoff(self, invoice: Invoice, handoff_id: UUID) -> bool:
        """Return whether the invoice is visible as part of the hand-off. An agency sees the
        invoices that it still has by it; a resolver sees no hand-off."""
        if handoff_id not in invoice.handoffs or self.is_debtor or self.resolver is not None:
            return False
        if self.agency is not None:
            return invoice.handoff_id == handoff_id and self._has(invoice)
        return self.covers(invoice.business_unit)

    def owes(self, debtor: str) -> bool:
        """Return whether it is the scope of this debtor."""
        return bool(self.debtor) and debtor == self.debtor

    def _has(self, invoice: Invoice) -> bool:
        return bool(self.agency) and invoice.agency == self.agency


def _concerns_debtor(event: Event) -> bool:
    """Return whether a debtor may learn of the event. What is not listed stays with us."""
    if isinstance(event, follow_up.EmailSent | follow_up.LetterPrinted):
        return event.purpose in TO_DEBTORS
    if isinstance(event, follow_up.ContactLogged):
        return (event.channel, event.direction) == (Channel.PORTAL, Direction.IN)
    return isinstance(event, OF_DEBTORS)


def since_theirs(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of an invoice without what another debtor, who had it before, did and
    was sent: of that time only what the invoice came to is left."""
    debtor, since = "", 0
    for nth, entry in enumerate(entries):
        if isinstance(entry.event, registration.InvoiceRegistered | registration.InvoiceCorrected):
            given = entry.event.debtor
            if given is not None and given != debtor:
                debtor, since = given, nth
    earlier = [entry for entry in entries[:since] if isinstance(entry.event, OF_THE_INVOICE)]
    return [*earlier, *entries[since:]]


def scope_of_debtor(number: str) -> Scope:
    """Return what a debtor may see, and write about."""
    return Scope(debtor=number)


EVERYTHING = Scope()
NOTHING = Scope(agency="")


def speaks_for(debtor: Debtor, address: str) -> bool:
    """Return whether who reads mail at the address may act for the debtor: it is on record."""
    return bool(address) and address.casefold() in _addresses(debtor)


def reads_mail(debtor: Debtor) -> bool:
    """Return whether a mail address that speaks for the debtor is on record, and takes mail."""
    return any(address not in debtor.refused for address in _addresses(debtor))


def _addresses(debtor: Debtor) -> set[str]:
    known = (debtor.email, *(person.email for person in debtor.persons))
    return {mail.casefold() for mail in known if mail}


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
