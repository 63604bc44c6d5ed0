"""The rules of a promise to pay: made, kept, broken, withdrawn, judged."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.follow_up.promises import (
    BreakPromise,
    JudgePromise,
    KeepPromise,
    MakePromise,
    WithdrawPromise,
)
from ledger.facts.invoice.parts import Promise
from ledger.facts.invoice.payments import CreditNoteIssued, PaymentReversed, WrittenOff
from ledger.facts.invoice.promises import PromiseBroken, PromiseKept, PromiseWithdrawn
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    INV,
    NOW,
    OTHER_PROMISE,
    PROMISE,
    cancelled,
    money,
    paid,
    pay,
    promised,
    registered,
)
from support.given import Given, day, given

LATE = "2026-03-14"  # the day after the grace
make = MakePromise(invoice=INV, promise_id=PROMISE, promised_for=day("2026-03-10"))
judge = JudgePromise(invoice=INV)
open_ = given(registered, promised())
later = promised(50, promise_id=OTHER_PROMISE, promised_for=day("2026-04-10"))


def kept(on: str = "2026-03-02", promise: Any = PROMISE) -> PromiseKept:
    return PromiseKept(on=day(on), promise_id=promise)


def broken(amount: str | int = 0, on: str = LATE) -> PromiseBroken:
    return PromiseBroken(on=day(on), promise_id=PROMISE, paid=money(amount))


def withdrawn(why: str, on: str = LATE) -> PromiseWithdrawn:
    return PromiseWithdrawn(on=day(on), promise_id=PROMISE, why=why)


def credited(amount: int) -> CreditNoteIssued:
    return CreditNoteIssued(on=NOW, number="C1", amount=money(amount))


def promise_of(past: Given, id_: Any = PROMISE) -> Promise:
    promise = past.becomes().promises[id_]
    assert isinstance(promise, Promise)
    return promise


def test_a_promise_is_for_all_that_is_open_unless_it_names_an_amount() -> None:
    given(registered).when(make).then(promised())
    given(registered, paid(30)).when(make).then(promised(70))
    given(registered).when(make.model_copy(update={"amount": money(60)})).then(promised(60))


def test_promising_twice_happens_once() -> None:
    open_.when(make).then()
    given(registered, promised(), broken()).when(make).then()


def test_a_promise_for_yesterday_or_too_much_or_nothing_is_refused() -> None:
    past = make.model_copy(update={"promised_for": day("2026-03-01")})
    given(registered).when(past).refused(Refused, "has passed", "promised_for")
    much = make.model_copy(update={"amount": money("100.01")})
    given(registered).when(much).refused(Refused, "Only 100.00 is open", "amount")
    fine = make.model_copy(update={"amount": money("1.001")})
    given(registered).when(fine).refused(Refused, "2 decimals", "amount")
    given(registered, paid(100)).when(make).refused(Refused, "Nothing is open")
    given(registered, cancelled).when(make).refused(Refused, "Nothing is open")


def test_it_can_be_kept_broken_or_withdrawn_by_hand() -> None:
    open_.when(KeepPromise(invoice=INV)).then(kept())
    open_.when(BreakPromise(invoice=INV), on=LATE).then(broken())
    open_.when(WithdrawPromise(invoice=INV, why="Mistake."), on=LATE).then(withdrawn("Mistake."))


def test_a_promise_broken_by_hand_says_what_was_paid_of_it() -> None:
    given(registered, promised(60), paid(20)).when(BreakPromise(invoice=INV), on=LATE).then(
        broken(20)
    )


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (kept(), "kept"),
        (broken(), "broken"),
        (broken(20), "partially kept"),
        (withdrawn("Mistake."), "withdrawn"),
    ],
)
def test_what_became_of_it_is_remembered(event: Any, status: str) -> None:
    promise = promise_of(given(registered, promised(), event))
    assert (promise.status, promise.judged_on) == (status, event.on)


JUDGED: list[Any] = [
    KeepPromise(invoice=INV),
    BreakPromise(invoice=INV),
    WithdrawPromise(invoice=INV, why="Mistake."),
    judge,
]


@pytest.mark.parametrize("wish", JUDGED, ids=lambda wish: wish.verb())
def test_a_promise_that_is_over_stays_so_and_an_unknown_one_is_unknown(wish: Any) -> None:
    given(registered, promised(), broken()).when(
        wish.model_copy(update={"promise_id": PROMISE}), on=LATE
    ).then()
    given(registered, promised(), broken()).when(wish, on=LATE).refused(NotFound, "no open promise")
    open_.when(wish.model_copy(update={"promise_id": OTHER_PROMISE})).refused(
        NotFound, str(OTHER_PROMISE)
    )


@pytest.mark.parametrize("wish", [make, *JUDGED], ids=lambda wish: wish.verb())
def test_a_promise_needs_an_invoice(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)


def test_the_clock_waits_for_the_grace_to_be_over() -> None:
    open_.when(judge, on="2026-03-13").then()
    open_.when(judge, on=LATE).then(broken())
    given(registered, promised(), paid(30)).when(judge, on=LATE).then(broken(30))


def test_a_payment_before_the_promise_does_not_keep_it() -> None:
    given(registered, paid(40), promised(60)).when(judge, on=LATE).then(broken())


def test_a_reversed_payment_does_not_keep_it() -> None:
    back = PaymentReversed(on=NOW, reference="P1", amount=money(60), why="Bounced.")
    given(registered, promised(), paid(60), back).when(judge, on=LATE).then(broken())


def test_a_payment_in_parts_keeps_it() -> None:
    given(registered, promised(60), paid(20)).when(pay(40, "P2")).then(paid(40, "P2"), kept())
    given(registered, promised(60), paid(20)).when(pay(39, "P2")).then(paid(39, "P2"))


def test_who_pays_what_a_credit_note_left_has_kept_his_word() -> None:
    given(registered, promised(), credited(40)).when(pay(60)).then(paid(60), kept())
    given(registered, promised(), paid(60), credited(40)).when(judge).then(kept())


def test_a_promise_of_what_was_credited_in_full_is_not_broken() -> None:
    given(registered, promised(), credited(100)).when(judge, on=LATE).then(
        withdrawn("Nothing is left to pay.")
    )
    given(registered, promised(), credited(100)).when(pay(0)).then(paid(0))


def test_writing_off_does_not_keep_his_promise_for_him() -> None:
    gone = WrittenOff(on=NOW, amount=money(100), why="Bankrupt.")
    given(registered, promised(), gone).when(judge, on=LATE).then(broken())


def test_the_same_money_keeps_one_promise_not_two() -> None:
    first = given(registered, promised(50), later)
    first.when(pay(50)).then(paid(50), kept())
    first.when(pay(100)).then(paid(100), kept(), kept(promise=OTHER_PROMISE))
    second = given(registered, promised(50), later, paid(50), kept())
    second.when(judge, on=LATE).then()
    second.when(pay(49, "P2")).then(paid(49, "P2"))
    second.when(pay(50, "P2")).then(paid(50, "P2"), kept(promise=OTHER_PROMISE))


def test_what_was_paid_of_a_broken_promise_keeps_no_other() -> None:
    past = (registered, promised(50), later, paid(30), broken(30))
    given(*past).when(pay(20, "P2")).then(paid(20, "P2"))
    given(*past).when(pay(50, "P2")).then(paid(50, "P2"), kept(promise=OTHER_PROMISE))


def test_money_is_for_the_promise_whose_day_comes_first() -> None:
    given(registered, later, promised(50)).when(pay(50)).then(paid(50), kept())
    assert given(registered, later, promised(50)).becomes().open_promise.promise_id == PROMISE


@pytest.mark.parametrize(
    "wrong",
    [{"promised_for": "soon"}, {"amount": 0}, {"grace_days": -1}, {"grace_days": 61}],
)
def test_bad_input_is_no_promise(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MakePromise(**{"invoice": INV, "promised_for": NOW} | wrong)
    with pytest.raises(ValidationError):
        WithdrawPromise(invoice=INV, why="")
