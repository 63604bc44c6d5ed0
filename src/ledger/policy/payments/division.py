"""How one amount is divided over several invoices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.refusal import Refused


def divide(
    amount: Decimal, invoices: Sequence[Invoice], stated: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """Return the share of each invoice, as stated, else the oldest due date first.

    The shares never exceed the amount together. Raises ``Refused``.
    """
    if not stated:
        return oldest_first(amount, invoices)
    currency, numbers = invoices[0].currency, [invoice.number for invoice in invoices]
    if others := [number for number in stated if number not in numbers]:
        raise Refused("split-of-other-invoice", "split", invoice=others[0])
    shares = {number: in_cents(share, currency, "split") for number, share in stated.items()}
    if (total := sum(shares.values(), ZERO)) > amount or min(shares.values()) <= 0:
        raise Refused("split-above-amount", "split", total=total, amount=amount)
    return shares


def oldest_first(amount: Decimal, invoices: Sequence[Invoice]) -> dict[str, Decimal]:
    """Return what each invoice gets when the oldest due date is met first; none gets nothing."""
    shares, left = dict[str, Decimal](), amount
    for invoice in sorted(invoices, key=lambda invoice: (invoice.due_on, invoice.number)):
        share = min(max(invoice.open_amount, ZERO), left)
        if share > 0:
            shares[invoice.number] = share
            left -= share
    return shares
