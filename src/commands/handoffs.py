"""Commands about the collection agency: hand an invoice off, recall it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import RequiredText, Sha256
from ledger.facts.codes import ZERO
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.handoff import HandedOff, Recalled
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import Refused


class HandOff(InvoiceCommand, frozen=True):
    """Hand the invoice off to a collection agency: the agency follows it up from now on."""

    agency: RequiredText
    manifest_sha256: Sha256 | None = Field(
        None, description="SHA-256 of the manifest of the file set"
    )
    handoff_id: UUID = Field(default_factory=uuid4)

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.handoff_id in invoice.handoffs:
            return
        if invoice.agency:
            raise Refused("with-agency", invoice=self.invoice, agency=invoice.agency)
        if invoice.cancelled:
            raise Refused("cancelled", invoice=self.invoice)
        yield HandedOff(
            on=on,
            handoff_id=self.handoff_id,
            agency=self.agency,
            claim=max(invoice.open_amount, ZERO),
            manifest_sha256=self.manifest_sha256,
        )


class RecallHandOff(InvoiceCommand, frozen=True):
    """Recall the invoice from the agency: we follow it up again."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if invoice.handoff_id is None:
            raise Refused("with-no-agency", invoice=self.invoice)
        yield Recalled(on=on, handoff_id=invoice.handoff_id, why=self.why)
