"""What every command about one open dispute shares."""

from uuid import UUID

from pydantic import Field

from commands.command import InvoiceCommand
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound, Refused

FOLLOW_UP_DAYS = 7  # before a resolver who says nothing is chased


class CaseCommand(InvoiceCommand, frozen=True):
    """A wish about one dispute of the invoice."""

    case_id: UUID | None = Field(None, description="the only open one when left out")

    def find(self, invoice: Invoice, status: str = "open") -> Dispute:
        """Raises ``NotFound``, or ``Refused`` when it is not plain which case is meant."""
        if self.case_id:
            if self.case_id not in invoice.disputes:
                raise NotFound("no-dispute-on-invoice", case=self.case_id, invoice=self.invoice)
            return invoice.disputes[self.case_id]
        found = [one for one in invoice.disputes.values() if one.opened and one.status == status]
        if not found:
            raise NotFound("no-dispute-in-status", status=status, invoice=self.invoice)
        if len(found) > 1:
            cases = ", ".join(str(one.case_id) for one in found)
            raise Refused("several-disputes", "case_id", invoice=self.invoice, cases=cases)
        return found[0]

    def find_open(self, invoice: Invoice) -> Dispute:
        one = self.find(invoice)
        if one.status != "open":
            raise Refused("dispute-not-open", case=one.case_id, status=one.status)
        return one


def case_or_new(command: CaseCommand, invoice: Invoice) -> Dispute:
    """The case that a source names, also when its opening was never told. Raises ``Refused``."""
    if command.case_id is None:
        raise Refused("case-missing", "case_id")
    return invoice.disputes.get(command.case_id) or Dispute(command.case_id)
