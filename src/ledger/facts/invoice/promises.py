"""Promises to pay: events, and how they change an invoice."""

from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.parts import Promise, PromiseStatus
from ledger.facts.invoice.state import Invoice


class PromiseMade(Event, topic="promise-made.v1"):
    """The debtor promised to pay an amount by a day."""

    promise_id: UUID
    amount: Decimal
    promised_for: date
    grace_days: int
    who: Personal[str] = ""


class PromiseKept(Event, topic="promise-kept.v1"):
    promise_id: UUID


class PromiseBroken(Event, topic="promise-broken.v1"):
    promise_id: UUID
    paid: Decimal  # of the promise; above zero it was partially kept


class PromiseWithdrawn(Event, topic="promise-withdrawn.v1"):
    promise_id: UUID
    why: str


PromiseEvent = PromiseMade | PromiseKept | PromiseBroken | PromiseWithdrawn


def evolve_promise(invoice: Invoice, event: PromiseEvent) -> Invoice:
    match event:
        case PromiseMade() as e:
            id_, paid = e.promise_id, invoice.received
            promise = Promise(id_, e.amount, e.on, e.promised_for, e.grace_days, paid)
            return but(invoice, promises={**invoice.promises, id_: promise})
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
