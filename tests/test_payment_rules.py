"""The rules of money: received, reversed, credited, written off, charged, waived, per ERP."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.payments.charges import ChargeInterest, ChargeLateFee, WaiveInterest, WaiveLateFee
from commands.payments.erp import ClosePerErp, SettlePerErp
from commands.payments.payments import IssueCreditNote, ReceivePayment, ReversePayment, WriteOff
from ledger.facts.codes import Outcome, Part
from ledger.facts.invoice.dispute_opening import DisputedAmountRestored
from ledger.facts.invoice.payments import (
    CreditNoteIssued,
    InterestCharged,
    LateFeeCharged,
    PaymentReceived,
    PaymentReversed,
    WrittenOff,
)
from ledger.facts.invoice.promises import PromiseKept
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    BANK,
    CASE,
    INV,
    NOW,
    OTHER_CASE,
    PROMISE,
    money,
    opened,
    paid,
    pay,
    promised,
    reduced,
    registered,
    resolved,
)
from support.given import day, given

part = opened(contested=40)
kept = PromiseKept(on=NOW, promise_id=PROMISE)


def test_a_payment_is_received_with_its_payer() -> None:
    wish = pay(40, method="transfer", payer_name="Jansen", payer_iban=BANK)
    given(registered).when(wish).then(
        PaymentReceived(
            on=NOW,
            reference="P1",
            amount=money(40),
            method="transfer",
            payer_name="Jansen",
            payer_iban=BANK,
        )
    )
    assert given(registered, paid(40)).becomes().open_amount == 60


def test_the_same_payment_twice_counts_once_and_with_another_amount_not_at_all() -> None:
    given(registered, paid(40)).when(pay(40)).then()
    given(registered, paid(40)).when(pay(41)).refused(Refused, "with amount 40", "amount")


def test_money_meets_the_undisputed_part_first() -> None:
    given(registered, part).when(pay(60)).then(paid(60))
    given(registered, part).when(pay(75)).then(paid(75), reduced(15))
    given(registered, part).when(pay(150)).then(paid(150), reduced(40))


def test_money_meets_the_oldest_case_before_the_next() -> None:
    younger = opened(contested=30, case_id=OTHER_CASE, on=day("2026-03-03"))
    given(registered, part, younger).when(pay(80)).then(
        paid(80), reduced(40), reduced(10, case=OTHER_CASE)
    )


def test_money_for_an_invoice_that_is_disputed_as_a_whole_meets_the_case() -> None:
    given(registered, opened()).when(pay(30)).then(paid(30), reduced(30))
    fee = LateFeeCharged(on=NOW, amount=money(10), why="")
    given(registered, opened(), fee).when(pay(30)).then(paid(30), reduced(20))


def test_a_payment_can_keep_a_promise() -> None:
    given(registered, promised(60)).when(pay(60)).then(paid(60), kept)


def restored(amount: int) -> DisputedAmountRestored:
    return DisputedAmountRestored(on=NOW, case_id=CASE, part=Part.PAID, amount=money(amount))


def back(amount: int, reference: str = "P1") -> PaymentReversed:
    return PaymentReversed(on=NOW, reference=reference, amount=money(amount), why="Bounced.")


reverse = ReversePayment(invoice=INV, reference="P1", why="Bounced.")


def test_a_reversed_payment_is_open_again() -> None:
    given(registered, paid(100)).when(reverse).then(back(100))
    invoice = given(registered, paid(100), back(100)).becomes()
    assert (invoice.open_amount, invoice.settled_on) == (100, None)


def test_what_a_reversed_payment_met_is_disputed_again() -> None:
    past = (registered, part, paid(75), reduced(15))
    given(*past).when(reverse).then(back(75), restored(15))


def test_what_was_paid_too_much_goes_back_before_anything_is_disputed_again() -> None:
    past = (registered, part, paid(100, "P0"), reduced(40), paid(110))
    given(*past).when(reverse).then(back(110))
    past = (registered, part, paid(50, "P0"), paid(75), reduced(40))
    given(*past).when(reverse).then(back(75), restored(40))


def test_a_case_that_is_over_keeps_the_amounts_it_ended_with() -> None:
    past = (registered, part, paid(100), reduced(40), resolved(Outcome.PAID))
    given(*past).when(reverse).then(back(100))


def test_reversing_twice_happens_once_and_what_was_not_paid_never() -> None:
    given(registered, paid(100), back(100)).when(reverse).then()
    given(registered).when(reverse).refused(NotFound, "no payment P1")
    with pytest.raises(ValidationError):
        ReversePayment(invoice=INV, reference="P1", why="")


def test_a_payment_that_comes_again_after_its_reversal_counts_again() -> None:
    past = (registered, paid(100), back(100))
    given(*past).when(pay(100)).then(paid(100))
    given(*past).when(pay(90)).then(paid(90))
    assert given(*past, paid(100)).becomes().open_amount == 0
    given(*past, paid(90)).when(pay(90)).then()
    given(*past, paid(90)).when(reverse).then(back(90))


def test_old_news_of_a_reversed_payment_is_not_taken_for_new_money() -> None:
    past = (registered, paid(100, on="2026-03-01"), back(100))
    wish = pay(100, on=day("2026-03-01"))
    given(*past).when(wish).refused(Refused, "was reversed on 2026-03-02", "reference")
    again = paid(100, on="2026-03-09")
    old = reverse.model_copy(update={"on": day("2026-03-01")})
    given(*past, again).when(old).then()


def credited(amount: str | int, case: Any = None) -> CreditNoteIssued:
    return CreditNoteIssued(on=NOW, number="C1", amount=money(amount), case_id=case)


def test_a_credit_note_lowers_what_is_open_and_counts_once() -> None:
    wish = IssueCreditNote(invoice=INV, credit_note="C1", amount=money(30))
    given(registered).when(wish).then(credited(30))
    given(registered, credited(30)).when(wish).then()
    given(registered, credited(31)).when(wish).refused(Refused, "with amount 31", "amount")
    assert given(registered, credited(30)).becomes().open_amount == 70


def test_a_credit_note_for_a_case_meets_it_before_all_else() -> None:
    wish = IssueCreditNote(invoice=INV, credit_note="C1", amount=money(30), case_id=CASE)
    given(registered, part).when(wish).then(credited(30, CASE), reduced(30, Part.CREDITED))
    plain = IssueCreditNote(invoice=INV, credit_note="C1", amount=money(30))
    given(registered, part).when(plain).then(credited(30))
    over = resolved(Outcome.CREDITED, credited=40)
    given(registered, part, over).when(wish).then(credited(30, CASE))
    given(registered).when(wish).refused(NotFound, str(CASE))


def test_writing_off_takes_all_that_is_open_or_less_never_more() -> None:
    def gone(amount: int) -> WrittenOff:
        return WrittenOff(on=NOW, amount=money(amount), why="Bankrupt.")

    given(registered, paid(30)).when(WriteOff(invoice=INV, why="Bankrupt.")).then(gone(70))
    less = WriteOff(invoice=INV, why="Bankrupt.", amount=money(80))
    given(registered, part).when(less).then(gone(80), reduced(20, Part.WRITTEN_OFF))
    given(registered, paid(30)).when(less).refused(Refused, "Only 70.00 is open", "amount")
    given(registered, gone(100)).when(WriteOff(invoice=INV, why="Again.")).refused(
        Refused, "Nothing is open"
    )


MONEY: list[Any] = [
    pay(1),
    reverse,
    IssueCreditNote(invoice=INV, credit_note="C1", amount=money(1)),
    WriteOff(invoice=INV, why="Gone."),
    ChargeLateFee(invoice=INV, amount=money(1)),
    WaiveLateFee(invoice=INV, why="Fine."),
    ChargeInterest(invoice=INV, amount=money(1), why="8 %"),
    WaiveInterest(invoice=INV, why="Fine."),
    SettlePerErp(invoice=INV, open_amount=money(1), source="a.csv:1"),
    ClosePerErp(invoice=INV, source="a.csv"),
]


@pytest.mark.parametrize("wish", MONEY, ids=lambda wish: wish.verb())
def test_money_needs_an_invoice(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)


@pytest.mark.parametrize("wish", MONEY, ids=lambda wish: wish.verb())
def test_money_has_the_decimals_of_its_currency(wish: Any) -> None:
    for field in {"amount", "open_amount"} & set(type(wish).model_fields):
        fee = LateFeeCharged(on=NOW, amount=money(10), why="")
        interest = InterestCharged(on=NOW, amount=money(10), why="")
        finer = wish.model_copy(update={field: money("1.001")})
        given(registered, fee, interest).when(finer).refused(Refused, "2 decimals", field)


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "Infinity", "1e30", "a lot", "0.00001", None])
def test_bad_amounts_are_no_money(amount: Any) -> None:
    with pytest.raises(ValidationError):
        ReceivePayment(invoice=INV, reference="P1", amount=amount)
    with pytest.raises(ValidationError):
        IssueCreditNote(invoice=INV, credit_note="C1", amount=amount)
