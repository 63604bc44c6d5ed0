"""Holds on follow-up: which still apply, and which are not handled yet."""

from collections.abc import Iterable
from datetime import date

from ledger.facts.codes import DEBTOR_ITEM
from ledger.facts.invoice.parts import Hold
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.schedule import chased_since


def lasts(until: date | None, today: date) -> bool:
    """Return whether a hold until a day, or without end, still applies ``today``."""
    return until is None or today < until


def lasting_holds(invoice: Invoice, today: date) -> list[Hold]:
    """Return the holds that still apply ``today``."""
    return [hold for hold in invoice.holds.values() if lasts(hold.until, today)]


def unsettled_holds(invoice: Invoice) -> list[Hold]:
    """Return the holds after whose end the debtor was not followed up yet, on any day."""
    return [
        hold
        for hold in invoice.holds.values()
        if not chased_since(invoice, hold.until, hold_item(hold))
    ]


def hold_item(hold: Hold) -> str:
    """Return the item of the agenda after the end of the hold."""
    return DEBTOR_ITEM if hold.amount is None else f"hold {hold.hold_id}"


def longest_over_all(holds: Iterable[Hold]) -> Hold | None:
    """Return the hold over the whole invoice that ends last."""
    over_all = (hold for hold in holds if hold.amount is None)
    return max(over_all, key=lambda hold: hold.until or date.max, default=None)
