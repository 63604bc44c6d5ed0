"""Commands about the collection agency: hand an invoice off, recall it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import RequiredText, Sha256, Text
from ledger.facts.codes import ZERO
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.handoff import HandedOff, Recalled
from ledger.facts.invoice.state import Invoice
from ledger.policy.handoff import obstacles
from ledger.policy.refusal import Refused


class HandOff(InvoiceCommand, frozen=True):
    """Hand the invoice off to a collection agency: the agency follows it up from now on.

    A hold, an open promise, an unanswered message and an open dispute stand in the way.
    """

    agency: RequiredText
    manifest_sha256: Sha256 | None = Field(
        None, description="SHA-256 of the manifest of the file set"
    )
    handoff_id: UUID = Field(default_factory=uuid4)
    override: Text = Field("", description="reason to hand it off whatever stands in the way")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.handoff_id in invoice.handoffs:
            return
        if invoice.agency:
            raise Refused("with-agency", invoice=self.invoice, agency=invoice.agency)
        if invoice.cancelled:
            raise Refused("cancelled", invoice=self.invoice)
        if not now.reports:
            self._ensure_ready(invoice, on)
        yield HandedOff(
            on=on,
            handoff_id=self.handoff_id,
            agency=self.agency,
            claim=max(invoice.open_amount, ZERO),
            manifest_sha256=self.manifest_sha256,
            override=self.override.strip() or None,
        )

    def _ensure_ready(self, invoice: Invoice, on: date) -> None:
        if invoice.open_amount <= 0:
            raise Refused("nothing-to-hand-off", invoice=self.invoice)
        why = "; ".join(obstacles(invoice, on))
        if why and not self.override.strip():
            raise Refused("hand-off-not-ready", "override", invoice=self.invoice, why=why)


class RecallHandOff(InvoiceCommand, frozen=True):
    """Recall the invoice from the agency: we follow it up again."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if invoice.handoff_id is None:
            raise Refused("with-no-agency", invoice=self.invoice)
        yield Recalled(on=on, handoff_id=invoice.handoff_id, why=self.why)
