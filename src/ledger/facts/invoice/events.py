"""All events of an invoice.

Amounts are in the invoice's currency. A dispute case (``case_id``) may span several invoices; the
book of each invoice has its own part of the case.
"""

from ledger.facts.invoice import follow_up, registration
from ledger.facts.invoice.approval import ApprovalEvent
from ledger.facts.invoice.dispute_endings import EndingEvent
from ledger.facts.invoice.dispute_handling import HandlingEvent
from ledger.facts.invoice.dispute_opening import OpeningEvent
from ledger.facts.invoice.follow_up import FollowUpEvent
from ledger.facts.invoice.handoff import HandoffEvent
from ledger.facts.invoice.holds import HoldEvent
from ledger.facts.invoice.original import OriginalEvent
from ledger.facts.invoice.payments import PaymentEvent
from ledger.facts.invoice.promises import PromiseEvent
from ledger.facts.invoice.registration import RegistrationEvent
from ledger.facts.invoice.taking_up import TakingUpEvent

CaseEvent = OpeningEvent | HandlingEvent | EndingEvent
InvoiceEvent = (
    RegistrationEvent
    | OriginalEvent
    | FollowUpEvent
    | HoldEvent
    | CaseEvent
    | PaymentEvent
    | PromiseEvent
    | HandoffEvent
    | ApprovalEvent
    | TakingUpEvent
)
CONTACTS = (  # events about the invoice as a whole that help to solve a dispute
    registration.InvoiceSent,
    registration.InvoiceDelivered,
    registration.DeliveryFailed,
    registration.DocumentAttached,
    follow_up.ReminderSent,
    follow_up.EmailSent,
    follow_up.LetterPrinted,
    follow_up.ContactLogged,
)
