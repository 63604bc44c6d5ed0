"""Which promises a debtor may make by themselves; all others a person judges."""

from datetime import date, timedelta
from decimal import Decimal

from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import OwnPromises

NOT_KEPT = ("broken", "partially kept")


def may_promise(invoice: Invoice, limits: OwnPromises) -> bool:
    """Return whether the debtor may promise by themselves: something is due, nothing promised."""
    broken = sum(promise.status in NOT_KEPT for promise in invoice.promises.values())
    due = invoice.collectable and promisable(invoice) > ZERO
    allowed = limits.days > 0 and broken < limits.broken
    return due and allowed and not invoice.open_promises


def promisable(invoice: Invoice) -> Decimal:
    """Return how much a debtor may promise: what is open and not disputed."""
    return invoice.undisputed_amount


def last_day(today: date, limits: OwnPromises) -> date:
    return today + timedelta(days=limits.days)
