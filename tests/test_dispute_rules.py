"""The rules of a dispute's way: opened, given to somebody, answered, escalated, credited."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.disputes.approvals import ApproveCredit, RefuseCredit, RequestCredit
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import (
    AssignResolver,
    EscalateDispute,
    MoveFollowUpDate,
    RecordAnswer,
    RemindResolver,
    UpdateDisputeComment,
)
from ledger.facts.codes import Answer, Outcome, Reason
from ledger.facts.invoice.dispute_endings import DisputeVoided
from ledger.facts.invoice.dispute_handling import (
    DisputeCommentUpdated,
    DisputeEscalated,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverChanged,
    ResolverReminded,
)
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    CASE,
    EVA,
    INV,
    NOW,
    OTHER_CASE,
    SAM,
    assigned,
    cancelled,
    money,
    open_it,
    opened,
    paid,
    registered,
    resolved,
)
from support.given import day, given

NEXT_WEEK = day("2026-03-09")
disputed = given(registered, opened())
both = given(registered, opened(contested=40), opened(contested=30, case_id=OTHER_CASE))
over = given(registered, opened(), resolved(Outcome.REJECTED, rejected=100))
voided = DisputeVoided(on=NOW, case_id=CASE, why="Wrong invoice.", rejected=money(100))
assign = AssignResolver(invoice=INV, resolver=SAM)


def test_opening_disputes_all_that_is_open() -> None:
    given(registered).when(open_it).then(opened())
    given(registered, paid(30)).when(open_it).then(opened(70))


def test_opening_for_an_amount_disputes_that_amount() -> None:
    wish = open_it.model_copy(update={"contested": money(40), "raised_on": day("2026-02-25")})
    given(registered).when(wish).then(opened(contested=40, raised_on=day("2026-02-25")))


def test_a_second_dispute_is_about_what_the_first_left() -> None:
    wish = open_it.model_copy(update={"case_id": OTHER_CASE})
    given(registered, opened(contested=40)).when(wish).then(opened(60, case_id=OTHER_CASE))


def test_opening_the_same_case_twice_happens_once() -> None:
    disputed.when(open_it).then()
    over.when(open_it).then()


def test_one_case_over_several_invoices_is_opened_in_the_book_of_each() -> None:
    given(registered).when(open_it.model_copy(update={"invoice": "2026-002"})).then(opened())


def test_what_is_cancelled_or_unknown_cannot_be_disputed() -> None:
    given(registered, cancelled).when(open_it).refused(Refused, "is cancelled")
    given().when(open_it).refused(NotFound, INV)


def test_a_contested_amount_has_the_decimals_of_the_currency() -> None:
    wish = open_it.model_copy(update={"contested": money("1.005")})
    given(registered).when(wish).refused(Refused, "2 decimals", "contested")


@pytest.mark.parametrize(
    "wrong", [{"reason": "unable_to_pay"}, {"comment": " "}, {"contested": 0}, {"case_id": "1"}]
)
def test_bad_input_is_no_dispute(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OpenDispute(**{"invoice": INV, "reason": Reason.PRICE, "comment": "No."} | wrong)


def test_a_resolver_has_a_week_unless_told_otherwise() -> None:
    disputed.when(assign).then(assigned)
    [event] = disputed.when(assign.model_copy(update={"follow_up_on": NOW})).decided()
    assert event.follow_up_on == NOW


def test_asking_the_same_resolver_twice_happens_once() -> None:
    given(registered, opened(), assigned).when(assign).then()


def test_another_resolver_takes_over() -> None:
    wish = AssignResolver(invoice=INV, resolver=EVA, why="On holiday.")
    given(registered, opened(), assigned).when(wish).then(
        ResolverChanged(
            on=NOW,
            case_id=CASE,
            resolver=EVA,
            previous=SAM,
            why="On holiday.",
            follow_up_on=NEXT_WEEK,
        )
    )


def test_a_source_may_tell_of_a_resolver_before_the_opening() -> None:
    wish = AssignResolver(invoice=INV, resolver=SAM, case_id=CASE, unopened=True)
    given(registered).when(wish).then(assigned)
    late = given(registered, assigned, opened()).becomes().disputes[CASE]
    assert (late.is_open, late.resolver, late.disputed) == (True, SAM, 100)
    no_name = AssignResolver(invoice=INV, resolver=SAM, unopened=True)
    given(registered).when(no_name).refused(Refused, "Name the case", "case_id")


def test_a_silent_resolver_is_reminded_and_counted() -> None:
    def reminded(times: int) -> ResolverReminded:
        return ResolverReminded(
            on=NOW,
            case_id=CASE,
            resolver=SAM,
            times=times,
            follow_up_on=NEXT_WEEK,
            unsent="it was only recorded, as the playbook did not react",
        )

    wish = RemindResolver(invoice=INV)
    given(registered, opened(), assigned).when(wish).then(reminded(1))
    given(registered, opened(), assigned, reminded(1)).when(wish).then(reminded(2))


def test_nobody_can_be_reminded_who_was_not_asked() -> None:
    disputed.when(RemindResolver(invoice=INV)).refused(Refused, "no resolver yet", "case_id")


def answered(by: str, answer: Answer = Answer.SOLVED, text: str = "") -> ResolverAnswered:
    return ResolverAnswered(on=NOW, case_id=CASE, resolver=by, answer=answer, text=text)


def test_an_answer_is_of_the_resolver_or_else_of_who_records_it() -> None:
    wish = RecordAnswer(invoice=INV, answer=Answer.SOLVED)
    given(registered, opened(), assigned).when(wish).then(answered(SAM))
    disputed.when(wish, by="bert").then(answered("bert"))


def test_an_answer_can_move_the_follow_up_date() -> None:
    wish = RecordAnswer(
        invoice=INV, answer=Answer.NOT_SOLVED, text="Next week.", follow_up_on=day("2026-03-16")
    )
    moved = FollowUpDateMoved(
        on=NOW, case_id=CASE, follow_up_on=day("2026-03-16"), why="Next week."
    )
    given(registered, opened(), assigned).when(wish).then(
        answered(SAM, Answer.NOT_SOLVED, "Next week."), moved
    )
    [only] = given(registered, opened(), assigned, moved).when(wish).decided()
    assert only == answered(SAM, Answer.NOT_SOLVED, "Next week.")


def test_a_new_question_waits_for_a_new_answer() -> None:
    case = given(registered, opened(), assigned, answered(SAM), assigned).becomes().disputes[CASE]
    assert (case.answer, case.answered_on) == (None, NOW)


def test_the_follow_up_date_moves_once() -> None:
    wish = MoveFollowUpDate(invoice=INV, follow_up_on=NEXT_WEEK, why="Asked for time.")
    moved = FollowUpDateMoved(on=NOW, case_id=CASE, follow_up_on=NEXT_WEEK, why="Asked for time.")
    disputed.when(wish).then(moved)
    given(registered, opened(), moved).when(wish).then()


def test_the_comment_is_updated_once() -> None:
    wish = UpdateDisputeComment(invoice=INV, comment="Agreed 15 % less.")
    updated = DisputeCommentUpdated(on=NOW, case_id=CASE, comment="Agreed 15 % less.")
    disputed.when(wish).then(updated)
    given(registered, opened(), updated).when(wish).then()


def test_a_dispute_is_escalated() -> None:
    wish = EscalateDispute(invoice=INV, to="the director", why="Three weeks of silence.")
    disputed.when(wish).then(
        DisputeEscalated(on=NOW, case_id=CASE, to="the director", why="Three weeks of silence.")
    )


request = RequestCredit(invoice=INV, amount=money(40), approver=EVA)

WORK: list[Any] = [
    assign,
    RemindResolver(invoice=INV),
    RecordAnswer(invoice=INV, answer=Answer.SOLVED),
    MoveFollowUpDate(invoice=INV, follow_up_on=NEXT_WEEK, why="Later."),
    UpdateDisputeComment(invoice=INV, comment="More."),
    EscalateDispute(invoice=INV, to=EVA, why="Stuck."),
    request,
    ApproveCredit(invoice=INV),
    RefuseCredit(invoice=INV, why="No."),
]
each = pytest.mark.parametrize("wish", WORK, ids=lambda wish: wish.verb())


@each
def test_work_on_a_case_needs_an_invoice_and_a_case(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)
    given(registered).when(wish).refused(NotFound, "no open dispute")
    named = wish.model_copy(update={"case_id": OTHER_CASE})
    disputed.when(named).refused(NotFound, str(OTHER_CASE))


@each
def test_with_two_open_cases_one_must_be_named(wish: Any) -> None:
    both.when(wish).refused(Refused, str(OTHER_CASE), "case_id")


@each
def test_a_case_that_is_over_is_not_worked_on(wish: Any) -> None:
    named = wish.model_copy(update={"case_id": CASE})
    over.when(named).refused(Refused, "is resolved already")
    given(registered, opened(), voided).when(named).refused(Refused, "is voided already")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (AssignResolver, {"resolver": " "}),
        (RemindResolver, {"follow_up_on": "soon"}),
        (RecordAnswer, {"answer": "perhaps"}),
        (MoveFollowUpDate, {"follow_up_on": "2026-03-09", "why": ""}),
        (UpdateDisputeComment, {"comment": ""}),
        (EscalateDispute, {"to": "eva", "why": ""}),
        (RequestCredit, {"amount": "-1", "approver": "eva"}),
        (ApproveCredit, {"amount": "0"}),
        (RefuseCredit, {"why": ""}),
    ],
)
def test_bad_input_is_no_work(kind: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind(invoice=INV, **wrong)
