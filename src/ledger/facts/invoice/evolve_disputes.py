"""How a dispute changes the invoice that it is over."""

from msgspec.structs import replace as but

from ledger.facts.invoice.dispute import Dispute, evolve
from ledger.facts.invoice.dispute_events import CaseEvent, DisputeReopened
from ledger.facts.invoice.state import Invoice, with_case


def evolve_dispute(invoice: Invoice, event: CaseEvent) -> Invoice:
    """Change the invoice's part of the case; an event without a case changes nothing."""
    if event.case_id is None:
        return invoice
    before = invoice.disputes.get(event.case_id) or Dispute(event.case_id)
    reply = invoice.reply
    if reply and isinstance(event, DisputeReopened) and reply.resolved_case == event.case_id:
        invoice = but(invoice, reply=None)
    return with_case(invoice, evolve(before, event))
