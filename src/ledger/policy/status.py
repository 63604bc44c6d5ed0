"""The status of an invoice."""

from ledger.facts.codes import Status
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.schedule import awaits_resumption


def status(invoice: Invoice) -> Status:
    """Return the most important status. Overdue is not among them: it depends on the day."""
    if invoice.cancelled:
        return Status.CANCELLED
    if invoice.open_amount <= 0:
        return _how_settled(invoice)
    if invoice.agency:
        return Status.HANDED_OFF
    if invoice.open_disputes:
        return Status.DISPUTED
    if invoice.holds and any(hold.amount is None for hold in invoice.lasting_holds):
        return Status.HELD
    if invoice.open_promise:
        return Status.PROMISED
    return Status.DISPUTE_RESOLVED if awaits_resumption(invoice) else Status.OPEN


def _how_settled(invoice: Invoice) -> Status:
    if invoice.open_amount < 0:
        return Status.OVERPAID
    if invoice.written_off:
        return Status.WRITTEN_OFF
    return Status.PAID if invoice.received or not invoice.credited else Status.CREDITED
