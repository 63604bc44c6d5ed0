"""The base of commands about one dispute of an invoice."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from commands.command import InvoiceCommand
from commands.work import Work
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.refusal import NotFound, Refused

FOLLOW_UP_DAYS = 7  # a resolver who has not answered by then is reminded


class CaseCommand(InvoiceCommand, frozen=True):
    """A command about one dispute of the invoice."""

    skips_parts_over: ClassVar[bool] = False  # of a case that is open on other invoices
    case_id: UUID | None = Field(None, description="the only open dispute when left out")

    def find(self, invoice: Invoice, status: str = "open") -> Dispute:
        """Return the named dispute, else the only dispute in that status.

        Raises ``NotFound``, or ``Refused`` when several disputes are in that status.
        """
        if self.case_id:
            if self.case_id not in invoice.disputes:
                raise NotFound("no-dispute-on-invoice", case=self.case_id, invoice=self.invoice)
            return invoice.disputes[self.case_id]
        found = [
            case for case in invoice.disputes.values() if case.opened and case.status == status
        ]
        if not found:
            raise NotFound("no-dispute-in-status", status=status, invoice=self.invoice)
        if len(found) > 1:
            cases = ", ".join(str(dispute.case_id) for dispute in found)
            raise Refused("several-disputes", "case_id", invoice=self.invoice, cases=cases)
        return found[0]

    def find_open(self, invoice: Invoice) -> Dispute:
        dispute = self.find(invoice)
        if dispute.status != "open":
            raise Refused("dispute-not-open", case=dispute.case_id, status=dispute.status)
        return dispute


def case_or_new(command: CaseCommand, invoice: Invoice) -> Dispute:
    """Return the named case, also when its opening was never recorded. Raises ``Refused``."""
    if command.case_id is None:
        raise Refused("case-missing", "case_id")
    return invoice.disputes.get(command.case_id) or Dispute(command.case_id)


def of_open_parts(commands: Sequence[CaseCommand], work: Work) -> Sequence[CaseCommand]:
    """Return the commands about the parts of a case that are not over; all, if all of them are."""
    return [command for command in commands if not _over(command, work)] or commands


def _over(command: CaseCommand, work: Work) -> bool:
    dispute = work.state(INVOICE, command.invoice).disputes.get(command.case_id)
    return command.skips_parts_over and dispute is not None and dispute.status != "open"
