"""Wishes about an open dispute: open it, and have it solved by who can."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import BusinessDate, DecisionContext, RequiredText, Text
from commands.disputes.contested import ContestedAmount
from ledger.facts.codes import ZERO, Reason
from ledger.facts.invoice.dispute_events import DisputeOpened
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import Refused


class OpenDispute(ContestedAmount, frozen=True):
    """The debtor will not pay, and says why: follow-up rests from here."""

    depends_on_playbook = True
    reason: Reason
    comment: RequiredText = Field(description="what the debtor says, in full")
    raised_on: BusinessDate | None = Field(
        None, description="the debtor's own date; else that of opening"
    )
    case_id: UUID = Field(default_factory=uuid4, description="one for all invoices of the case")
    contact_id: UUID | None = Field(None, description="the contact it came from")
    original_code: Text | None = Field(None, description="as the debtor's system said it")
    original_list: Text | None = None
    payment: Text | None = Field(None, description="reference of a payment that is short of it")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        there = invoice.disputes.get(self.case_id)
        if there and there.opened:
            return
        if invoice.cancelled:
            raise Refused("cancelled-not-disputable", invoice=self.invoice)
        disputed = sum((one.disputed for one in invoice.open_disputes), ZERO)
        rests = now.rules.handling(self.reason).rests if now.rules else "disputed amount"
        said = self.amounts(invoice)
        yield DisputeOpened(
            on=on,
            case_id=self.case_id,
            reason=self.reason,
            raised_on=self.raised_on or on,
            disputed=said["contested"] or max(invoice.open_amount - disputed, ZERO),
            comment=self.comment,
            contact_id=self.contact_id,
            original_code=self.original_code,
            original_list=self.original_list,
            payment=self.payment,
            rests_whole=rests == "invoice",
            **said,
        )
