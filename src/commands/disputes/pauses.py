"""The command that decides again how much of an invoice pauses with a dispute."""

from collections.abc import Iterator
from datetime import date

from commands.command import DecisionContext
from commands.disputes.case import CaseCommand
from ledger.facts.invoice.dispute_handling import DisputePauseChanged
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice


class DecidePause(CaseCommand, frozen=True):
    """Decide by the playbook in force whether the dispute pauses the whole invoice.

    The clock does so for open disputes that other rules decided, or none: imported ones, and those
    opened before a playbook was applied.
    """

    depends_on_playbook = True

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if now.rules is None:
            return
        whole = now.rules.handling(dispute.reason).rests_whole
        if whole != dispute.rests_whole:
            yield DisputePauseChanged(
                on=on, case_id=dispute.case_id, rests_whole=whole, playbook=now.playbook
            )
