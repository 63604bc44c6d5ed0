"""The command that opens a dispute."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import DecisionContext
from commands.disputes.contested import ContestedAmount
from commands.fields import BusinessDate, RequiredText, Text
from ledger.facts.codes import ZERO, Reason
from ledger.facts.invoice.dispute_events import DisputeOpened
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import Refused


class OpenDispute(ContestedAmount, frozen=True):
    """Open a dispute: the debtor states why they will not pay, and follow-up pauses."""

    depends_on_playbook = True
    reason: Reason
    comment: RequiredText = Field(description="the debtor's complaint in full")
    raised_on: BusinessDate | None = Field(
        None, description="when the debtor complained; the date of opening when left out"
    )
    case_id: UUID = Field(
        default_factory=uuid4, description="the same id for all invoices of the case"
    )
    contact_id: UUID | None = Field(None, description="the contact it came from")
    original_code: Text | None = Field(None, description="reason code of the debtor's system")
    original_list: Text | None = Field(None, description="code list of that code")
    payment: Text | None = Field(None, description="reference of the short payment")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        before = invoice.disputes.get(self.case_id)
        if before and before.opened:
            return
        if invoice.cancelled:
            raise Refused("cancelled-not-disputable", invoice=self.invoice)
        disputed = sum((dispute.disputed for dispute in invoice.open_disputes), ZERO)
        rests = now.rules.handling(self.reason).rests if now.rules else "disputed amount"
        contested = self.amounts(invoice)
        yield self.event(
            DisputeOpened,
            on,
            raised_on=self.raised_on or on,
            disputed=contested["contested"] or max(invoice.open_amount - disputed, ZERO),
            rests_whole=rests == "invoice",
            **contested,
        )
