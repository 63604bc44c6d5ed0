"""Amounts that a debtor is asked to pay. Each cent counts once: as disputed, to be credited, held,
promised, or as the rest to collect, of which instalments may fall due later."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.facts.codes import ZERO
from ledger.facts.invoice.parts import Hold, Instalment
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.holds import lasting_holds


class Split(NamedTuple):
    """The parts of what is neither disputed nor to be credited."""

    held: Sequence[tuple[Hold, Decimal]]  # zero for a hold over the whole invoice
    promised: Decimal
    rest: Decimal


def split(invoice: Invoice, holds: Iterable[Hold]) -> Split:
    """Return what the holds cover, then what is promised, then the rest."""
    left, held = max(invoice.undisputed_amount - invoice.credit_due, ZERO), []
    for hold in holds:
        part = ZERO if hold.amount is None else min(hold.amount, left)
        held.append((hold, part))
        left -= part
    promised = min(promised_amount(invoice), left) if invoice.promises else ZERO
    return Split(held, promised, left - promised)


def amount_to_ask(invoice: Invoice, today: date) -> Decimal:
    """Return the amount of a message: of the rest, what is due ``today`` or falls due next."""
    rest, due_on = split(invoice, lasting_holds(invoice, today)).rest, max(today, invoice.due_on)
    return sum((due.amount for due in portions(invoice, rest) if due.due_on <= due_on), ZERO)


def portions(invoice: Invoice, amount: Decimal) -> list[Instalment]:
    """Return ``amount`` by instalment, oldest first. The other open amount is of earlier
    instalments."""
    if len(invoice.instalments) < 2:
        return [Instalment(invoice.due_on, amount)]
    before, found = invoice.open_amount - amount, list[Instalment]()
    for due in invoice.open_instalments:
        if due.amount > before:
            found.append(Instalment(due.due_on, due.amount - before))
        before = max(before - due.amount, ZERO)
    return found or [Instalment(invoice.due_on, amount)]


def promised_amount(invoice: Invoice) -> Decimal:
    """Return the sum of open promises, less what was received since the first of them."""
    made = invoice.open_promises
    if not made:
        return ZERO
    received = max(invoice.received - min(promise.paid_before for promise in made), ZERO)
    return max(sum((promise.amount for promise in made), ZERO) - received, ZERO)
