"""One payment, credit note or write-off over several invoices, in one append.

It is divided as stated, else the oldest due date first. What is left of a payment waits with the
debtor, under the same reference, to be allocated.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from commands.command import Command
from commands.debtors.money import ReceiveMoney
from commands.payments.payments import IssueCreditNote, ReceivePayment, WriteOff
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE, PLAYBOOK
from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook import NUMBER
from ledger.policy.approval import limit_left
from ledger.policy.money import in_cents
from ledger.policy.payments.division import divide
from ledger.policy.refusal import NotFound, Refused

Divisible = ReceivePayment | IssueCreditNote | WriteOff


def divided(
    work: Work, command: Divisible, numbers: Sequence[str], stated: Mapping[str, Decimal]
) -> list[Command]:
    """Return the command of each invoice with its share; none when it is recorded already.

    Raises ``NotFound`` or ``Refused``.
    """
    invoices = [_invoice(work, number) for number in dict.fromkeys(numbers)]
    if len({invoice.currency for invoice in invoices}) > 1:
        raise Refused("several-currencies")
    amount = in_cents(command.amount or ZERO, invoices[0].currency, "amount")
    if _recorded(work, command, invoices, amount):
        return []
    _ensure_within_limit(work, command, amount)
    shares = divide(amount, invoices, stated)
    parts: list[Command] = [
        command.model_copy(update={"invoice": number, "amount": share})
        for number, share in shares.items()
    ]
    if rest := amount - sum(shares.values(), ZERO):
        parts.append(_kept(work, command, invoices, rest, bool(stated)))
    return parts


def _invoice(work: Work, number: str) -> Invoice:
    work.assert_unchanged(INVOICE, number)
    invoice: Invoice = work.state(INVOICE, number)
    if not invoice.known:
        raise NotFound("no-invoice", invoice=number)
    return invoice


def _ensure_within_limit(work: Work, command: Divisible, amount: Decimal) -> None:
    """Raise ``Refused`` when all shares together are more than their author may give away."""
    if isinstance(command, ReceivePayment) or getattr(command, "case_id", None):
        return
    work.assert_unchanged(PLAYBOOK, NUMBER)
    limit = limit_left(Invoice(UUID(int=0)), work.now.by, work.playbook.rules)
    if limit is not None and amount > limit and not command.is_report():
        raise Refused("beyond-approval", amount=amount, limit=limit)


def _recorded(work: Work, command: Divisible, invoices: Sequence[Invoice], amount: Decimal) -> bool:
    """Return whether the whole amount is there already. Raise ``Refused`` if another amount is."""
    match command:
        case ReceivePayment(reference=key):
            what, before = "Payment", [_paid(invoice, key) for invoice in invoices]
            debtors = {invoice.debtor for invoice in invoices}
            books = [work.state(DEBTOR, debtor) for debtor in debtors if debtor]
            before += [book.money[key].amount for book in books if key in book.money]
        case IssueCreditNote(credit_note=key):
            what = "Credit note"
            before = [invoice.credit_notes.get(key, ZERO) for invoice in invoices]
        case _:
            return False
    if (total := sum(before, ZERO)) not in (ZERO, amount):
        raise Refused("recorded-otherwise", "amount", what=what, key=key, amount=total)
    return bool(total)


def _paid(invoice: Invoice, reference: str) -> Decimal:
    counts = reference not in invoice.reversed_refs
    return invoice.payments.get(reference, ZERO) if counts else ZERO


def _kept(
    work: Work, command: Divisible, invoices: Sequence[Invoice], rest: Decimal, stated: bool
) -> Command:
    """Return the command that keeps the rest of a payment with the debtor. Raises ``Refused``."""
    if not isinstance(command, ReceivePayment):
        total = (command.amount or ZERO) - rest
        if stated:
            raise Refused("split-below-amount", "split", amount=total)
        raise Refused("above-open", "amount", amount=total)
    debtors = {invoice.debtor for invoice in invoices}
    if len(debtors) > 1 or not work.state(DEBTOR, debtor := debtors.pop()).known:
        raise Refused("rest-without-debtor", "amount", rest=rest)
    given = command.model_dump(include={"on", "reference", "method", "payer_name", "payer_iban"})
    return ReceiveMoney(**given, debtor=debtor, amount=rest, currency=invoices[0].currency)
