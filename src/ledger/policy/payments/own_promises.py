"""Which promises a debtor may make by themselves; all others a person judges."""

from datetime import date, timedelta
from decimal import Decimal

from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Invoice

LONGEST = timedelta(days=60)  # ahead
MOST_BROKEN = 2  # promises of the invoice, before a person must agree to another
NOT_KEPT = ("broken", "partially kept")


def may_promise(invoice: Invoice) -> bool:
    """Return whether the debtor may promise by themselves: something is due, nothing promised."""
    broken = sum(promise.status in NOT_KEPT for promise in invoice.promises.values())
    due = invoice.collectable and promisable(invoice) > ZERO
    return due and not invoice.open_promises and broken < MOST_BROKEN


def promisable(invoice: Invoice) -> Decimal:
    """Return how much a debtor may promise: what is open and not disputed."""
    return invoice.undisputed_amount


def last_day(today: date) -> date:
    return today + LONGEST
