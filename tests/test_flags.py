"""What looks odd is recorded, flagged for good, and neither refused nor dropped."""

from typing import Any

import pytest

from commands.debtors.money import ReceiveMoney
from commands.disputes.resolutions import RecordOutcomeNotice, ResolveDispute
from commands.disputes.resolvers import AssignResolver
from commands.follow_up.promises import MakePromise
from commands.invoices.contacts import AddNote, LogContact, RecordReminder
from commands.invoices.delivery import RecordSending
from commands.invoices.registration import RegisterInvoice
from ledger.facts.codes import Channel, Direction, Outcome
from ledger.facts.invoice.handoff import Recalled
from ledger.policy.anomalies import Flag, find_flags
from support.examples import (
    CASE,
    DEB,
    DUE,
    HANDOFF,
    INV,
    NOW,
    SAM,
    cancelled,
    handed_off,
    known,
    money,
    open_it,
    opened,
    paid,
    pay,
    registered,
    sent,
    written,
)
from support.given import day, given


def flags_of(past: tuple[Any, ...], *commands: Any, on: str = "2026-03-02") -> list[set[str]]:
    """Of each entry that the commands add."""
    return [set(entry.flags) for entry in written(given(*past), *commands, on=on)]


def test_what_is_usual_has_no_flags() -> None:
    assert flags_of((registered, sent), open_it, pay(40)) == [set(), set(), set()]


def test_overpayment() -> None:
    assert flags_of((registered,), pay("100.01")) == [{Flag.OVERPAID}]
    assert flags_of((registered,), pay(100)) == [set()]


def test_payment_of_nothing() -> None:
    assert flags_of((registered,), pay("0.00")) == [{Flag.ZERO_AMOUNT}]
    assert flags_of((registered, paid(100)), pay(0, "P2")) == [{Flag.ZERO_AMOUNT}]


def test_payment_of_what_was_paid() -> None:
    assert flags_of((registered, paid(100)), pay(10, "P2")) == [
        {Flag.AFTER_SETTLEMENT, Flag.OVERPAID}
    ]


@pytest.mark.parametrize(
    "wish",
    [
        pay(10),
        open_it,
        RecordReminder(invoice=INV, channel=Channel.PHONE, anyway=True),
        MakePromise(invoice=INV, promised_for=day("2026-03-09")),
    ],
    ids=lambda wish: wish.verb(),
)
def test_after_the_hand_off(wish: Any) -> None:
    assert flags_of((registered, handed_off), wish) == [{Flag.AFTER_HAND_OFF}]


def test_assignment_after_the_hand_off() -> None:
    wish = AssignResolver(invoice=INV, resolver=SAM)
    assert flags_of((registered, opened(), handed_off), wish) == [{Flag.AFTER_HAND_OFF}]
    back = Recalled(on=NOW, handoff_id=HANDOFF, why="They pay us.")
    assert flags_of((registered, opened(), handed_off, back), wish) == [set()]


@pytest.mark.parametrize("past", [(registered,), (registered, handed_off)])
def test_a_result_and_a_resolver_before_the_opening(past: tuple[Any, ...]) -> None:
    agency = {Flag.AFTER_HAND_OFF} if handed_off in past else set()
    told = AssignResolver(invoice=INV, case_id=CASE, resolver=SAM, unopened=True)
    assert flags_of(past, told) == [{Flag.ASSIGNED_BEFORE_OPENING} | agency]
    result = ResolveDispute(invoice=INV, case_id=CASE, outcome=Outcome.PAID, unopened=True)
    assert flags_of(past, told, result)[1] == {Flag.RESULT_BEFORE_OPENING}
    assert flags_of(past, result, open_it) == [{Flag.RESULT_BEFORE_OPENING}, agency]


def test_a_notice_without_a_dispute() -> None:
    for case in (None, CASE):
        wish = RecordOutcomeNotice(invoice=INV, case_id=case, unopened=True)
        assert flags_of((registered,), wish) == [{Flag.NOT_DISPUTED}]
    wish = RecordOutcomeNotice(invoice=INV, case_id=CASE)
    assert flags_of((registered, opened()), wish) == [set()]


def test_a_dispute_raised_before_the_invoice_was_sent() -> None:
    early = open_it.model_copy(update={"raised_on": day("2026-02-01")})
    assert flags_of((registered, sent), early) == [{Flag.DISPUTED_BEFORE_SENT}]
    sending = RecordSending(invoice=INV)
    assert flags_of((registered,), early, sending) == [set(), {Flag.DISPUTED_BEFORE_SENT}]


def test_a_copy_sent_after_a_dispute_is_nothing_odd() -> None:
    copy = RecordSending(invoice=INV, on=day("2026-03-09"))
    assert flags_of((registered, sent, opened()), copy, on="2026-03-09") == [set()]


def test_a_dispute_about_more_than_is_open() -> None:
    much = open_it.model_copy(update={"contested": money(80)})
    assert flags_of((registered, paid(30)), much) == [{Flag.CONTESTED_ABOVE_OPEN}]
    assert flags_of((registered, paid(100)), open_it) == [{Flag.AFTER_SETTLEMENT}]


def test_two_events_on_one_day_are_both_kept() -> None:
    assert flags_of((registered,), pay(10), pay(10, "P2"), pay(10, "P3")) == [set()] * 3
    note = AddNote(invoice=INV, text="Moved.")
    assert flags_of((registered,), note, note) == [set(), set()]


def test_a_date_in_the_future() -> None:
    assert flags_of((registered,), pay(10, on=day("2026-03-03"))) == [{Flag.DATED_IN_FUTURE}]
    assert flags_of((registered,), pay(10, on=day("2026-03-02"))) == [set()]
    wish = ReceiveMoney(debtor=DEB, reference="B", amount=money(1), on=day("2026-03-03"))
    assert flags_of((known,), wish) == [{Flag.DATED_IN_FUTURE}]


@pytest.mark.parametrize(
    "wish",
    [
        RecordSending(invoice=INV),
        LogContact(invoice=INV, channel=Channel.PHONE, direction=Direction.IN, summary="Why?"),
    ],
    ids=lambda wish: wish.verb(),
)
def test_after_cancellation(wish: Any) -> None:
    assert flags_of((registered, cancelled), wish) == [{Flag.AFTER_CANCELLATION}]


def test_payment_after_cancellation_is_to_be_paid_back() -> None:
    assert flags_of((registered, cancelled), pay(10)) == [
        {Flag.AFTER_CANCELLATION, Flag.AFTER_SETTLEMENT, Flag.OVERPAID}
    ]
    assert given(registered, cancelled, paid(10)).becomes().open_amount == -10


def test_a_note_after_cancellation_is_nothing_odd() -> None:
    assert flags_of((registered, cancelled), AddNote(invoice=INV, text="Sorry.")) == [set()]


def test_chasing_what_was_paid() -> None:
    wish = RecordReminder(invoice=INV, channel=Channel.PHONE, anyway=True)
    assert flags_of((registered, paid(100)), wish) == [{Flag.AFTER_SETTLEMENT}]
    settled = given(registered, paid(100)).becomes()
    assert find_flags(settled, handed_off, NOW) == (Flag.AFTER_SETTLEMENT,)


def test_a_debtor_not_known_and_an_amount_of_nothing() -> None:
    wish = RegisterInvoice(invoice=INV, on=registered.on, amount=money(0), due_on=DUE)
    assert flags_of((), wish) == [{Flag.UNKNOWN_DEBTOR, Flag.ZERO_AMOUNT}]
    wish = RegisterInvoice(invoice=INV, on=registered.on, amount=money(1), due_on=DUE, debtor=DEB)
    assert flags_of((), wish) == [set()]


def test_money_of_nothing_without_an_invoice() -> None:
    wish = ReceiveMoney(debtor=DEB, reference="B1", amount=money(0))
    assert flags_of((known,), wish) == [{Flag.ZERO_AMOUNT}]
