"""How promises to pay change an invoice."""

from decimal import Decimal
from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.invoice.promise_events import (
    PromiseBroken,
    PromiseEvent,
    PromiseKept,
    PromiseMade,
    PromiseWithdrawn,
)
from ledger.facts.invoice.state import Invoice, Promise, PromiseStatus


def evolve_promise(invoice: Invoice, event: PromiseEvent) -> Invoice:
    match event:
        case PromiseMade() as e:
            promise = Promise(
                e.promise_id, e.amount, e.on, e.promised_for, e.grace_days, invoice.received
            )
            return but(invoice, promises={**invoice.promises, promise.promise_id: promise})
        case PromiseKept() as e:
            return _judged(invoice, e, "kept", invoice.received)
        case PromiseBroken() as e:
            return _judged(invoice, e, "partially kept" if e.paid else "broken", e.paid)
        case PromiseWithdrawn() as e:
            return _judged(invoice, e, "withdrawn", ZERO)
        case _:
            assert_never(event)


def _judged(
    invoice: Invoice,
    e: PromiseKept | PromiseBroken | PromiseWithdrawn,
    status: PromiseStatus,
    paid: Decimal,
) -> Invoice:
    """Close a promise. What it took of the ``paid`` money keeps no other promise."""
    judged = invoice.promises.get(e.promise_id)
    if judged is None:
        return invoice
    taken = min(judged.paid_before + min(paid, judged.amount), invoice.received)
    promises = {
        key: but(one, paid_before=max(one.paid_before, taken)) if one.status == "open" else one
        for key, one in invoice.promises.items()
    }
    promises[e.promise_id] = but(judged, status=status, judged_on=e.on)
    return but(invoice, promises=promises)
