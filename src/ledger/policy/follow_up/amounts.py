"""What a debtor may be asked for. Each cent is counted once: it is disputed, to be credited, held,
promised, or the rest that is asked for, of which some falls due later."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.facts.codes import ZERO
from ledger.facts.invoice.registration_events import Instalment
from ledger.facts.invoice.state import Hold, Invoice
from ledger.policy.follow_up.holds import lasting_holds


class Split(NamedTuple):
    """What is neither disputed nor to be credited."""

    held: Sequence[tuple[Hold, Decimal]]  # nothing of a hold over the whole invoice
    promised: Decimal
    rest: Decimal


def split(invoice: Invoice, holds: Iterable[Hold]) -> Split:
    """Return what these holds take, then what is promised, then the rest."""
    left, held = max(invoice.undisputed_amount - invoice.credit_due, ZERO), []
    for hold in holds:
        part = ZERO if hold.amount is None else min(hold.amount, left)
        held.append((hold, part))
        left -= part
    promised = min(promised_amount(invoice), left) if invoice.promises else ZERO
    return Split(held, promised, left - promised)


def amount_to_ask(invoice: Invoice, today: date) -> Decimal:
    """Return what a message asks for: of the rest, what is due ``today``, or falls due next."""
    rest, due_on = split(invoice, lasting_holds(invoice, today)).rest, max(today, invoice.due_on)
    return sum((one.amount for one in portions(invoice, rest) if one.due_on <= due_on), ZERO)


def portions(invoice: Invoice, amount: Decimal) -> list[Instalment]:
    """Return which part of ``amount`` is of which instalment, oldest first. What is open besides is
    of the instalments before."""
    if len(invoice.instalments) < 2:
        return [Instalment(invoice.due_on, amount)]
    before, found = invoice.open_amount - amount, list[Instalment]()
    for one in invoice.open_instalments:
        if one.amount > before:
            found.append(Instalment(one.due_on, one.amount - before))
        before = max(before - one.amount, ZERO)
    return found or [Instalment(invoice.due_on, amount)]


def promised_amount(invoice: Invoice) -> Decimal:
    """Return what the open promises make us wait for: less what came in since the first of them."""
    made = invoice.open_promises
    if not made:
        return ZERO
    came_in = invoice.received - min(one.paid_before for one in made)
    return max(sum((one.amount for one in made), ZERO) - max(came_in, ZERO), ZERO)
