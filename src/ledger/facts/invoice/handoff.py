"""Hand-off to a collection agency: events, and how they change an invoice."""

from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.entry import Event
from ledger.facts.invoice.parts import HandOffRecord
from ledger.facts.invoice.state import Invoice


class HandedOff(Event, topic="handed-off.v1"):
    """The invoice was handed off to a collection agency, which collects it from then on."""

    handoff_id: UUID
    agency: str
    claim: Decimal
    manifest_sha256: str | None = None
    override: str | None = None  # why it was handed off whatever stood in the way


class Recalled(Event, topic="recalled.v1"):
    handoff_id: UUID
    why: str


HandoffEvent = HandedOff | Recalled


def evolve_handoff(invoice: Invoice, event: HandoffEvent) -> Invoice:
    match event:
        case HandedOff() as e:
            handed = HandOffRecord(e.agency, e.on, e.claim)
            handoffs = {**invoice.handoffs, e.handoff_id: handed}
            return but(invoice, agency=e.agency, handoff_id=e.handoff_id, handoffs=handoffs)
        case Recalled():
            return but(invoice, agency="", handoff_id=None)
        case _:
            assert_never(event)
