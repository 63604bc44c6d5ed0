"""Plans that allocate a bank transaction, undo it, or match a return with what it returns.

What an invoice gets is a payment in its book, and what is left waits with the debtor, all under one
reference and in one append. A plan reads the books again in each attempt, so that an invoice that
was paid meanwhile is not paid twice.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from commands.bank.transactions import (
    MarkAllocated,
    MarkFreed,
    MarkReturn,
    MarkReturned,
    ensure_free,
)
from commands.command import Command
from commands.debtors.money import ReceiveMoney, ReverseMoney
from commands.payments.payments import ReceivePayment, ReversePayment
from commands.work import Work
from ledger.facts.bank import BankTransaction, BankTransactionRecorded, Share
from ledger.facts.books import BANK_TRANSACTION, DEBTOR, INVOICE
from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency
from ledger.policy.payments.division import divide
from ledger.policy.payments.matching import Evidence, Proposal
from ledger.policy.refusal import NotFound, Refused

METHOD = "bank transfer"
BY_PAYER = {Evidence.STATED, Evidence.DISCOUNT}  # amounts that are not what is open


def allocation(
    work: Work,
    number: str,
    invoices: Sequence[str],
    stated: Mapping[str, Decimal],
    debtor: str | None = None,
    evidence: tuple[str, ...] = (),
    automatic: bool = False,
) -> list[Command]:
    """Return the commands that allocate a transaction to these invoices: as stated, else the
    oldest due date first. The rest waits with ``debtor``, or with the debtor of the invoices.

    Raises ``NotFound`` or ``Refused``.
    """
    transaction = _transaction(work, number)
    recorded = _ensure_incoming(transaction)
    found = [_invoice(work, invoice, recorded) for invoice in dict.fromkeys(invoices)]
    shares = divide(recorded.amount, found, stated) if found else {}
    by_number = {invoice.number: invoice for invoice in found}
    for invoice, share in shares.items():
        if share > (open_amount := by_number[invoice].open_amount):
            raise Refused("above-open", "amount", amount=open_amount)
    rest = recorded.amount - sum(shares.values(), ZERO)
    owner, reference = _owner(work, debtor, found, rest), _reference(transaction)
    marked = MarkAllocated(
        transaction=number,
        reference=reference,
        debtor=owner,
        shares=tuple(Share(invoice, share) for invoice, share in shares.items()),
        rest=rest,
        evidence=evidence,
        automatic=automatic,
    )
    return [
        marked,
        *_payments(recorded, reference, shares),
        *_kept(recorded, reference, owner, rest),
    ]


def automatic_allocation(work: Work, number: str, proposal: Proposal) -> list[Command]:
    """Return the commands of a proposal that needs no person; none when it does not fit any more,
    since the invoices or the transaction changed meanwhile."""
    transaction = _transaction(work, number)
    if transaction.status != "waiting":
        return []
    for share in proposal.shares:
        invoice: Invoice = work.state(INVOICE, share.invoice)
        work.assert_unchanged(INVOICE, share.invoice)
        if not _still_fits(invoice, share.amount, proposal):
            return []
    stated = {share.invoice: share.amount for share in proposal.shares}
    evidence = tuple(reason.value for reason in proposal.evidence)
    return allocation(work, number, [*stated], stated, proposal.debtor, evidence, automatic=True)


def undone(work: Work, number: str, why: str) -> list[Command]:
    """Return the commands that undo the allocation of a transaction exactly. Raises ``Refused``."""
    transaction = _transaction(work, number)
    if transaction.allocated is None:
        raise Refused("not-allocated", "transaction")
    return [MarkFreed(transaction=number, why=why), *_reversals(work, transaction, why)]


def returned(work: Work, number: str, original: str) -> list[Command]:
    """Return the commands that record ``number``, money out, as the return of ``original``.

    Raises ``Refused`` when the amounts differ, or the original is returned already.
    """
    back, before = _transaction(work, number), _transaction(work, original)
    if back.amount != -before.amount or back.amount >= 0:
        raise Refused("no-return-of-it", "original", original=original)
    assert back.recorded
    why = f"Returned by the bank: {back.recorded.return_reason or 'no reason given'}."
    marked = [
        MarkReturn(transaction=number, original=original),
        MarkReturned(transaction=original, by=number, why=why),
    ]
    return [*marked, *_reversals(work, before, why, back.recorded.on)]


def _transaction(work: Work, number: str) -> BankTransaction:
    transaction: BankTransaction = work.state(BANK_TRANSACTION, number)
    if not transaction.known:
        raise NotFound("no-bank-transaction", transaction=number)
    return transaction


def _ensure_incoming(transaction: BankTransaction) -> BankTransactionRecorded:
    ensure_free(transaction)
    recorded = transaction.recorded
    if recorded is None or recorded.amount <= 0:
        raise Refused("money-out", "transaction")
    return recorded


def _invoice(work: Work, number: str, recorded: BankTransactionRecorded) -> Invoice:
    work.assert_unchanged(INVOICE, number)
    invoice: Invoice = work.state(INVOICE, number)
    if not invoice.known:
        raise NotFound("no-invoice", invoice=number)
    ensure_currency(recorded.currency, invoice.currency)
    return invoice


def _still_fits(invoice: Invoice, amount: Decimal, proposal: Proposal) -> bool:
    """Return whether the amount fits the invoice as it stands now."""
    if amount in (invoice.open_amount, invoice.undisputed_amount):
        return True
    return amount <= invoice.open_amount and bool({*proposal.evidence} & BY_PAYER)


def _owner(work: Work, debtor: str | None, invoices: Sequence[Invoice], rest: Decimal) -> str:
    """Return the debtor of the transaction. Raises ``Refused`` when the rest cannot wait there."""
    debtors = {invoice.debtor for invoice in invoices if invoice.debtor}
    owner = debtor or (debtors.pop() if len(debtors) == 1 else "")
    if rest and not (owner and work.state(DEBTOR, owner).known):
        raise Refused("rest-without-debtor", "amount", rest=rest)
    return owner


def _reference(transaction: BankTransaction) -> str:
    """Return the reference of the payments: another one after each undoing, as a payment that was
    reversed is not received again."""
    recorded, times = transaction.recorded, transaction.allocations
    number = recorded.transaction if recorded else ""
    return f"{number} ({times + 1})" if times else number


def _payments(
    recorded: BankTransactionRecorded, reference: str, shares: Mapping[str, Decimal]
) -> list[Command]:
    reason = next(
        (a for d in recorded.documents for a in d.adjustments if a.reason or a.text), None
    )
    return [
        ReceivePayment(
            on=recorded.on,
            invoice=invoice,
            reference=reference,
            amount=share,
            method=METHOD,
            payer_name=recorded.name or None,
            payer_iban=recorded.iban or None,
            remittance=(reason and reason.text) or recorded.remittance or None,
            reason_code=(reason and reason.reason) or None,
        )
        for invoice, share in shares.items()
    ]


def _kept(
    recorded: BankTransactionRecorded, reference: str, debtor: str, rest: Decimal
) -> list[Command]:
    if not rest:
        return []
    return [
        ReceiveMoney(
            on=recorded.on,
            debtor=debtor,
            reference=reference,
            amount=rest,
            currency=recorded.currency,
            method=METHOD,
            payer_name=recorded.name or None,
            payer_iban=recorded.iban or None,
        )
    ]


def _reversals(
    work: Work, transaction: BankTransaction, why: str, on: date | None = None
) -> list[Command]:
    """Return the commands that take the payments of an allocation back."""
    allocated = transaction.allocated
    if allocated is None:
        return []
    reference = allocated.reference
    commands: list[Command] = [
        ReversePayment(on=on, invoice=share.invoice, reference=reference, why=why)
        for share in allocated.shares
    ]
    if allocated.rest:
        commands.append(ReverseMoney(on=on, debtor=allocated.debtor, reference=reference, why=why))
    return commands
