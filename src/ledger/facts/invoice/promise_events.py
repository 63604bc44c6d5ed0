"""Events of promises to pay."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.facts.entry import Event, Personal


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
