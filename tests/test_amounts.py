"""Whatever is done to an invoice, its amounts add up at every step. By random lives."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as but

from commands.command import Command, DecisionContext
from commands.context import Context
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ReopenDispute, ResolveDispute, VoidDispute
from commands.disputes.resolvers import AssignResolver
from commands.follow_up.promises import JudgePromise, MakePromise
from commands.invoices.delivery import RecordSending
from commands.invoices.registration import CancelInvoice, CorrectInvoice, Due, RegisterInvoice
from commands.payments.charges import ChargeLateFee, WaiveLateFee
from commands.payments.erp import ClosePerErp, SettlePerErp
from commands.payments.payments import IssueCreditNote, ReceivePayment, ReversePayment, WriteOff
from ledger.facts.books import INVOICE, Book, apply_entries, replay
from ledger.facts.codes import ZERO, Outcome, Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.policy.anomalies import find_flags
from ledger.policy.refusal import NotFound, Refused
from support.given import BOOK, moment
from support.histories import any_of

START = date(2026, 3, 1)
CASES = [UUID(int=n) for n in (1, 2)]  # few, so that they are met often
few = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

cents = st.integers(1, 15_000).map(lambda n: Decimal(n) / 100)
round_ = st.sampled_from([Decimal(n) for n in (10, 40, 50, 60, 100, 150)])
amount = st.one_of(round_, cents)
case = st.sampled_from(CASES)
reference = st.sampled_from(["P1", "P2"])


def a(kind: type[Command], **fields: st.SearchStrategy[Any] | Any) -> st.SearchStrategy[Command]:
    strategies = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fields.items()
    }
    return st.builds(kind, invoice=st.just("1"), **strategies)


open_it = a(
    OpenDispute, case_id=case, reason=Reason.PRICE, comment="No.", contested=st.none() | amount
)
wishes = st.one_of(
    open_it,
    a(ResolveDispute, case_id=case, outcome=st.sampled_from(Outcome), unopened=st.booleans())
    | a(
        ResolveDispute,
        case_id=case,
        outcome=st.sampled_from(Outcome),
        credited=amount,
        unopened=st.booleans(),
    ),
    a(ReopenDispute, case_id=case, why="Still.", contested=st.none() | amount),
    a(VoidDispute, case_id=case, why="Mistake."),
    a(AssignResolver, case_id=case, resolver="sam", unopened=st.booleans()),
    a(ReceivePayment, reference=reference, amount=amount | st.just(ZERO)),
    a(ReversePayment, reference=reference, why="Bounced."),
    a(
        IssueCreditNote,
        credit_note=st.sampled_from(["C1", "C2", "C3"]),
        amount=amount,
        case_id=st.none() | case,
    ),
    a(CorrectInvoice, why="Typo.", amount=amount, due_on=st.none() | st.just(START)),
    a(WriteOff, why="Gone.", amount=st.none() | amount),
    a(ChargeLateFee, amount=amount),
    a(WaiveLateFee, why="Friend.", amount=st.none() | amount),
    a(RecordSending, charge=amount),
    a(SettlePerErp, open_amount=amount, source="a.csv:1"),
    a(MakePromise, promised_for=START + timedelta(days=99), amount=st.none() | amount),
    a(JudgePromise, on=st.just(START + timedelta(days=200))),
)
last = st.one_of(a(ClosePerErp, source="a.csv"), a(CancelInvoice, why="Never mind."))
lives = st.tuples(
    st.lists(wishes, min_size=8, max_size=30), st.none() | last, st.lists(wishes, max_size=4)
).map(lambda parts: [*parts[0], *([parts[1]] if parts[1] else []), *parts[2]])

plain = RegisterInvoice(invoice="1", amount=Decimal(100), due_on=START, on=START)
by_parts = RegisterInvoice(
    invoice="1",
    amount=Decimal(100),
    instalments=tuple(
        Due(due_on=START + timedelta(days=30 * n), amount=Decimal(x))
        for n, x in enumerate((40, 60))
    ),
    on=START,
)


def balanced(invoice: Invoice) -> None:
    for one in invoice.disputes.values():
        parts = (one.disputed, one.paid, one.credited, one.rejected, one.written_off)
        assert one.original == sum(parts), one
        assert min(parts) >= 0, one
        assert 0 <= one.to_credit <= one.credited, one
        assert 0 <= one.to_pay <= one.paid, one
        assert one.disputed == 0 or one.status == "open", one
    claimed = max(invoice.open_amount, ZERO)
    assert invoice.disputed_amount + invoice.undisputed_amount == claimed
    assert min(invoice.disputed_amount, invoice.undisputed_amount) >= 0
    assert sum(due.amount for due in invoice.open_instalments) == claimed
    assert all(due.amount > 0 for due in invoice.open_instalments)
    assert (invoice.settled_on is None) == (invoice.open_amount > 0)
    assert min(invoice.paid, invoice.late_fees, invoice.charges) >= 0


def lived(register: Command, life: Sequence[Command]) -> list[Entry]:
    """The entries; what a rule refuses does not happen. Balanced after every one of them."""
    book, entries = Book(Invoice(BOOK)), list[Entry]()
    context = Context("anna", moment("2026-03-01"))
    for n, wish in enumerate([register, *life]):
        now = DecisionContext(START + timedelta(days=n), "anna")
        try:
            events = list(wish.decide(book.state, now))
        except (Refused, NotFound):
            continue
        for event in events:
            odd = find_flags(book.state, event, now.today)
            line = len(entries) + 1
            entries.append(Entry(BOOK, line, context.at, "anna", event, flags=odd))
            book = apply_entries(INVOICE, book, entries[-1:])
            balanced(book.state)
    assert replay(INVOICE, BOOK, entries) == book
    return entries


@settings(few, max_examples=2500)
@given(st.sampled_from([plain, by_parts]), lives)
def test_the_amounts_of_every_case_and_of_the_invoice_add_up_at_every_step(
    register: Command, life: list[Command]
) -> None:
    lived(register, life)


@settings(few, max_examples=200)
@given(lives)
def test_money_that_is_told_twice_counts_once(life: list[Command]) -> None:
    payments = [wish for wish in life if isinstance(wish, ReceivePayment | IssueCreditNote)]
    once = replay(INVOICE, BOOK, lived(plain, payments)).state
    twice = replay(INVOICE, BOOK, lived(plain, payments + payments)).state
    assert (once.paid, once.credited) == (twice.paid, twice.credited)


anything = st.lists(st.one_of(*map(any_of, sorted(INVOICE.events, key=str))), max_size=30)


@settings(few, max_examples=250)
@given(anything)
def test_no_history_is_too_strange_to_replay(history: list[Any]) -> None:
    invoice = Invoice(BOOK)
    for event in history:
        find_flags(invoice, event, START)
        invoice = but(INVOICE.after(invoice, event), line=invoice.line + 1)
        shown = (invoice.open_instalments, invoice.due_on, invoice.open_promise)
        assert shown is not None
        assert invoice.disputed_amount + invoice.undisputed_amount == max(invoice.open_amount, ZERO)
