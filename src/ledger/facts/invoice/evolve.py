"""How each event changes an invoice. No event is refused, so replay cannot fail."""

from collections.abc import Callable
from typing import Any, get_args

from ledger.facts.invoice.dispute_events import CaseEvent
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.evolve_disputes import evolve_dispute
from ledger.facts.invoice.evolve_follow_up import evolve_follow_up
from ledger.facts.invoice.evolve_handoff import evolve_handoff
from ledger.facts.invoice.evolve_payments import evolve_payment
from ledger.facts.invoice.evolve_promises import evolve_promise
from ledger.facts.invoice.evolve_registration import evolve_registration
from ledger.facts.invoice.follow_up_events import FollowUpEvent
from ledger.facts.invoice.handoff_events import HandoffEvent
from ledger.facts.invoice.payment_events import PaymentEvent
from ledger.facts.invoice.promise_events import PromiseEvent
from ledger.facts.invoice.registration_events import RegistrationEvent
from ledger.facts.invoice.state import Invoice

EVOLVE: dict[type, Callable[[Invoice, Any], Invoice]] = {
    event: evolve
    for events, evolve in (
        (RegistrationEvent, evolve_registration),
        (FollowUpEvent, evolve_follow_up),
        (CaseEvent, evolve_dispute),
        (PaymentEvent, evolve_payment),
        (PromiseEvent, evolve_promise),
        (HandoffEvent, evolve_handoff),
    )
    for event in get_args(events)
}


def evolve(invoice: Invoice, event: InvoiceEvent) -> Invoice:
    """Return the next state."""
    return EVOLVE[type(event)](invoice, event)
