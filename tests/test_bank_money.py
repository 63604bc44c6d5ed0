"""Whatever order payments, allocations, undoing, returns and credits come in: no cent is lost, and
none is there twice, in any currency."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.bank.allocation import allocation, automatic_allocation, returned, undone
from commands.bank.transactions import RecordBankTransaction, SetBankTransactionAside
from commands.command import Command
from commands.context import Context, Reactions
from commands.debtors.money import AllocateMoney
from commands.debtors.registration import RegisterDebtor
from commands.execute import preview
from commands.invoices.registration import RegisterInvoice
from commands.payments.payments import IssueCreditNote, ReceivePayment, ReversePayment
from ledger.facts.bank import BankTransaction, BankTransactionRecorded, Share
from ledger.facts.books import BANK_TRANSACTION, DEBTOR, INVOICE, Book, BookKind, book_id, replay
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.policy.payments.matching import Evidence, Proposal
from ledger.policy.refusal import NotFound, Refused
from support.given import moment

DAY = date(2026, 3, 2)
CURRENCIES = ("EUR", "USD")
INVOICES = {
    f"{currency}-{n}": (currency, f"D-{n % 2}") for currency in CURRENCIES for n in range(3)
}
NUMBERS = ["T0", "T1"]
BACK = [f"R{n}" for n in range(2)]


class Memory:
    """The books of a tenant in memory: what a batch of an import reads."""

    def __init__(self) -> None:
        self.lines = defaultdict[UUID, list[Entry]](list)

    def today(self, at: datetime) -> date:
        return at.date()

    def history(self, id_: UUID) -> list[Entry]:
        return self.lines[id_]

    def book(self, kind: BookKind[Any], number: str) -> Book[Any]:
        id_ = book_id("t", kind.name, number)
        return replay(kind, id_, [line for line in self.lines[id_]])

    def state(self, kind: BookKind[Any], number: str) -> Any:
        return self.book(kind, number).state

    def does(
        self, plan: Sequence[Command] | Callable[[Any], Sequence[Command]], day: int = 2
    ) -> bool:
        """Carry a plan out, or nothing of it when a rule refuses it."""
        context = Context("anna", moment(f"2026-03-{day:02}"), reactions=Reactions.NONE)
        try:
            entries = preview(self, plan, context)
        except (Refused, NotFound):
            return False
        for entry in entries:
            self.lines[entry.book_id].append(entry)
        return True


def transaction(number: str, amount: Decimal, currency: str) -> BankTransactionRecorded:
    return BankTransactionRecorded(
        on=DAY, transaction=number, account="A", statement="S", file="0" * 64, place="1",
        amount=amount, currency=currency, booked_on=DAY, iban="NL02",
    )  # fmt: skip


amounts = st.decimals("0.01", "120", places=2)
numbers, invoices = st.sampled_from(NUMBERS), st.sampled_from([*INVOICES])
days = st.integers(2, 20)
on_transactions = st.one_of(
    st.tuples(st.just("back"), st.sampled_from(BACK), numbers),
    st.tuples(st.just("allocate"), numbers, st.lists(invoices, max_size=3), amounts | st.none()),
    st.tuples(st.just("by itself"), numbers, invoices),
    st.tuples(st.just("undo"), numbers),
    st.tuples(st.just("aside"), numbers),
    st.tuples(st.just("rest"), numbers, invoices, amounts),
)
on_invoices = st.one_of(
    st.tuples(st.just("pay"), invoices, st.sampled_from(["P1", "P2"]), amounts),
    st.tuples(st.just("reverse"), invoices, st.sampled_from(["P1", "P2", *NUMBERS])),
    st.tuples(st.just("credit"), invoices, st.sampled_from(["C1", "C2"]), amounts),
)
steps = on_transactions | on_transactions | on_transactions | on_invoices
received_first = st.tuples(amounts, st.sampled_from(CURRENCIES))


def carry_out(books: Memory, step: tuple[Any, ...], day: int) -> None:  # noqa: C901
    match step:
        case "back", number, original:
            before: BankTransaction = books.state(BANK_TRANSACTION, original)
            if before.recorded:
                recorded = transaction(number, -before.amount, before.recorded.currency)
                books.does([RecordBankTransaction(transaction=number, recorded=recorded)])
                books.does(lambda work: returned(work, number, original), day)
        case "allocate", number, some, amount:
            stated = {some[0]: amount} if some and amount else {}
            books.does(lambda work: allocation(work, number, some, stated, "D-0"), day)
        case "by itself", number, invoice:
            state: BankTransaction = books.state(BANK_TRANSACTION, number)
            share = (Share(invoice, state.amount),)
            debtor = INVOICES[invoice][1]
            guess = Proposal(debtor, "", share, Decimal(0), 99, (Evidence.NUMBER,))
            if state.known:
                books.does(lambda work: automatic_allocation(work, number, guess), day)
        case "undo", number:
            books.does(lambda work: undone(work, number, "Wrong."), day)
        case "aside", number:
            books.does([SetBankTransactionAside(transaction=number, why="Costs.")], day)
        case "rest", number, invoice, amount:
            for debtor in ("D-0", "D-1"):
                command = AllocateMoney(
                    debtor=debtor, reference=number, invoice=invoice, amount=amount
                )
                books.does([command], day)
        case "pay", invoice, reference, amount:
            books.does([ReceivePayment(invoice=invoice, reference=reference, amount=amount)], day)
        case "reverse", invoice, reference:
            books.does([ReversePayment(invoice=invoice, reference=reference, why="Back.")], day)
        case "credit", invoice, credit_note, amount:
            note = IssueCreditNote(invoice=invoice, credit_note=credit_note, amount=amount)
            books.does([note], day)


def begun() -> Memory:
    books = Memory()
    for debtor in ("D-0", "D-1"):
        assert books.does([RegisterDebtor(debtor=debtor, name="Bakery")])
    for number, (currency, debtor) in INVOICES.items():
        bill = RegisterInvoice(
            invoice=number, debtor=debtor, amount=Decimal(100), currency=currency, due_on=DAY
        )
        assert books.does([bill])
    return books


def received(invoice: Invoice, reference: str) -> Decimal:
    counts = reference not in invoice.reversed_refs
    return invoice.payments.get(reference, Decimal(0)) if counts else Decimal(0)


@given(
    st.tuples(received_first, received_first),
    st.lists(st.tuples(steps, days), min_size=6, max_size=20),
)
@settings(max_examples=150)
def test_every_cent_of_a_transaction_is_somewhere_once(
    came: tuple[tuple[Decimal, str], ...], life: list[tuple[Any, int]]
) -> None:
    books = begun()
    for number, (amount, currency) in zip(NUMBERS, came, strict=True):
        recorded = transaction(number, amount, currency)
        assert books.does([RecordBankTransaction(transaction=number, recorded=recorded)])
    for step, day in life:
        carry_out(books, step, day)
        check(books, reversed_by_hand={s[2] for s, _ in life if s[0] == "reverse"})


def check(books: Memory, reversed_by_hand: set[str]) -> None:
    bills: list[Invoice] = [books.state(INVOICE, number) for number in INVOICES]
    debtors: list[Debtor] = [books.state(DEBTOR, number) for number in ("D-0", "D-1")]
    for bill in bills:
        paid = sum((received(bill, reference) for reference in bill.payments), Decimal(0))
        credited = sum(bill.credit_notes.values(), Decimal(0))
        assert bill.open_amount == bill.amount - paid - credited
    for number in NUMBERS:
        state: BankTransaction = books.state(BANK_TRANSACTION, number)
        kept = [d.money[ref] for d in debtors for ref in d.money if ref.split(" (")[0] == number]
        left = sum((money.left for money in kept), Decimal(0))
        moved = sum((sum(money.allocated.values(), Decimal(0)) for money in kept), Decimal(0))
        on_invoices = sum(
            (received(bill, ref) for bill in bills for ref in bill.payments
             if ref.split(" (")[0] == number),
            Decimal(0),
        )  # fmt: skip
        assert left >= 0
        if number in reversed_by_hand:
            continue  # somebody took a payment off an invoice, beside the transaction
        there = state.amount if state.status == "allocated" else Decimal(0)
        assert left + on_invoices == there, (number, state.status, left, on_invoices, moved)
        same = {bill.currency for bill in bills for ref in bill.payments if ref == number}
        assert same <= {state.recorded.currency if state.recorded else ""}
