"""How a hand-off to a collection agency changes an invoice."""

from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.invoice.handoff_events import HandedOff, HandoffEvent, Recalled
from ledger.facts.invoice.state import Invoice


def evolve_handoff(invoice: Invoice, event: HandoffEvent) -> Invoice:
    match event:
        case HandedOff() as e:
            handoffs = invoice.handoffs | {e.handoff_id}
            return but(invoice, agency=e.agency, handoff_id=e.handoff_id, handoffs=handoffs)
        case Recalled():
            return but(invoice, agency="", handoff_id=None)
        case _:
            assert_never(event)
