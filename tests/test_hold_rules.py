"""The rules of follow-up: held, released, planned."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.follow_up.holds import HoldFollowUp, ReleaseHold, ScheduleFollowUp
from ledger.facts.invoice.follow_up import FollowUpScheduled
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.policy.refusal import NotFound, Refused
from support.examples import CONTACT, HOLD, INV, NOW, in_three, money, paid, registered, resumed
from support.given import day, given

UNTIL = day("2026-03-16")
hold = HoldFollowUp(invoice=INV, hold_id=HOLD, reason="Director is ill.", until=UNTIL)
release = ReleaseHold(invoice=INV)


def held(**more: Any) -> FollowUpHeld:
    facts: dict[str, Any] = {
        "on": NOW,
        "hold_id": HOLD,
        "amount": None,
        "reason": "Director is ill.",
        "until": UNTIL,
        "release_by": (),
    }
    return FollowUpHeld(**(facts | more))


def test_follow_up_is_held_once() -> None:
    given(registered).when(hold).then(held())
    given(registered, held()).when(hold).then()


def test_a_ticket_holds_once_until_its_day() -> None:
    wish = HoldFollowUp(invoice=INV, hold_id=CONTACT, reason="Asked.", ticket="zammad/4711")
    linked = held(ticket="zammad/4711")
    again = held(on=UNTIL, hold_id=CONTACT, reason="Asked.", ticket="zammad/4711", until=None)
    given(registered, linked).when(wish).then()
    given(registered, held(ticket="zammad/4712")).when(wish, on=str(UNTIL)).then(again)
    given(registered, linked).when(wish, on=str(UNTIL)).then(again)
    given(registered, linked, resumed(None, HOLD)).when(wish, on=str(UNTIL)).then(again)


def test_a_hold_can_be_for_a_part_and_open_ended() -> None:
    wish = hold.model_copy(update={"amount": money(40), "until": None})
    given(registered).when(wish).then(held(amount=money(40), until=None))
    finer = hold.model_copy(update={"amount": money("1.001")})
    given(registered).when(finer).refused(Refused, "2 decimals", "amount")
    given(registered, paid(70)).when(wish).refused(Refused, "Only 30.00 is open", "amount")


def test_a_hold_until_today_would_hold_nothing() -> None:
    given(registered).when(hold.model_copy(update={"until": NOW})).refused(
        Refused, "has no days", "until"
    )


def test_a_released_hold_lets_follow_up_go_on() -> None:
    given(registered, held()).when(release).then(resumed(None, HOLD))
    given(registered, held(amount=money(40))).when(release).then(resumed(None, HOLD))
    assert given(registered, held(), resumed(None, HOLD)).becomes().holds == {}


def test_follow_up_after_a_hold_waits_for_the_due_date() -> None:
    [event] = given(in_three, paid(100), held()).when(release).decided()
    assert event.next_step_on == day("2026-03-29")


def test_only_who_was_named_may_release_it() -> None:
    past = given(registered, held(release_by=("eva", "bert")))
    past.when(release, by="anna").refused(Refused, "Only eva or bert")
    past.when(release, by="eva").then(resumed(None, HOLD))


def test_with_two_holds_one_must_be_named() -> None:
    other = held(hold_id=CONTACT)
    past = given(registered, held(), other)
    past.when(release).refused(Refused, "several holds", "hold_id")
    past.when(release.model_copy(update={"hold_id": HOLD})).then(resumed(None, HOLD))


def test_a_hold_that_is_not_there_is_unknown() -> None:
    given(registered).when(release).refused(NotFound, "no such hold")
    given(registered, held(), resumed(None, HOLD)).when(
        release.model_copy(update={"hold_id": HOLD})
    ).refused(NotFound, "no such hold")


def test_the_next_step_is_planned_once() -> None:
    wish = ScheduleFollowUp(invoice=INV, next_step_on=UNTIL, step="Call.")
    planned = FollowUpScheduled(on=NOW, next_step_on=UNTIL, step="Call.")
    given(registered).when(wish).then(planned)
    given(registered, planned).when(wish).then()


@pytest.mark.parametrize(
    "wish", [hold, release, ScheduleFollowUp(invoice=INV, next_step_on=NOW, step="Call.")]
)
def test_follow_up_needs_an_invoice(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"amount": 0}, {"release_by": [" "]}])
def test_bad_input_is_no_hold(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HoldFollowUp(**{"invoice": INV, "reason": "Ill."} | wrong)
    with pytest.raises(ValidationError):
        ReleaseHold(invoice=INV, hold_id="first")
    with pytest.raises(ValidationError):
        ScheduleFollowUp(invoice=INV, next_step_on=NOW, step="")
