"""How promises to pay change an invoice."""

from decimal import Decimal
from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.invoice import promise_events as ev
from ledger.facts.invoice.state import Invoice, Promise, PromiseStatus


def evolve_promise(invoice: Invoice, event: ev.PromiseEvent) -> Invoice:
    match event:
        case ev.PromiseMade() as e:
            id_, paid = e.promise_id, invoice.received
            promise = Promise(id_, e.amount, e.on, e.promised_for, e.grace_days, paid)
            return but(invoice, promises={**invoice.promises, id_: promise})
        case ev.PromiseKept() as e:
            return _judged(invoice, e, "kept", invoice.received)
        case ev.PromiseBroken() as e:
            return _judged(invoice, e, "partially kept" if e.paid else "broken", e.paid)
        case ev.PromiseWithdrawn() as e:
            return _judged(invoice, e, "withdrawn", ZERO)
        case _:
            assert_never(event)


def _judged(
    invoice: Invoice,
    e: ev.PromiseKept | ev.PromiseBroken | ev.PromiseWithdrawn,
    status: PromiseStatus,
    paid: Decimal,
) -> Invoice:
    """Close a promise. The part of ``paid`` that counted for it counts for no other promise."""
    judged = invoice.promises.get(e.promise_id)
    if judged is None:
        return invoice
    taken = min(judged.paid_before + min(paid, judged.amount), invoice.received)
    promises = {
        key: but(other, paid_before=max(other.paid_before, taken))
        if other.status == "open"
        else other
        for key, other in invoice.promises.items()
    }
    promises[e.promise_id] = but(judged, status=status, judged_on=e.on)
    return but(invoice, promises=promises)
