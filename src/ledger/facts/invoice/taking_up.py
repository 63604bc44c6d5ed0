"""Taking up a task that was postponed or completed: the event, and how it changes an invoice."""

from msgspec.structs import replace as but

from ledger.facts.entry import Event
from ledger.facts.invoice.state import Invoice


class ItemTakenUp(Event, topic="item-taken-up.v1"):
    """A task that was postponed, or completed manually, is on the list again."""

    item: str


TakingUpEvent = ItemTakenUp


def evolve_taking_up(invoice: Invoice, event: TakingUpEvent) -> Invoice:
    return but(
        invoice,
        postponed={item: day for item, day in invoice.postponed.items() if item != event.item},
        tasks_done={item: day for item, day in invoice.tasks_done.items() if item != event.item},
    )
