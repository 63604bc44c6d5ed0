"""All events of an invoice.

Amounts are in the invoice's currency. A dispute case (``case_id``) may span several invoices; the
book of each invoice has its own part of the case.
"""

from ledger.facts.invoice.dispute_events import CaseEvent
from ledger.facts.invoice.follow_up_events import FollowUpEvent
from ledger.facts.invoice.handoff_events import HandoffEvent
from ledger.facts.invoice.payment_events import PaymentEvent
from ledger.facts.invoice.promise_events import PromiseEvent
from ledger.facts.invoice.registration_events import RegistrationEvent

InvoiceEvent = (
    RegistrationEvent | FollowUpEvent | CaseEvent | PaymentEvent | PromiseEvent | HandoffEvent
)
