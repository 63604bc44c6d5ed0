"""The rules of a dispute's end: resolved, told, reopened, voided."""

from typing import Any

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from commands.disputes.resolutions import (
    RecordOutcomeNotice,
    ReopenDispute,
    ResolveDispute,
    VoidDispute,
)
from ledger.facts.books import DEBTOR
from ledger.facts.codes import Channel, Outcome, Part, Purpose, RootCause
from ledger.facts.invoice.dispute_endings import DisputeReopened, DisputeVoided, OutcomeNotified
from ledger.facts.invoice.holds import FollowUpResumed
from ledger.facts.invoice.payments import CreditNoteIssued
from ledger.facts.invoice.state import Dispute
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.playbook.in_force import shipped
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    CASE,
    HANDOFF,
    INV,
    NOW,
    OTHER_CASE,
    cancelled,
    handed_off,
    in_three,
    money,
    opened,
    paid,
    reduced,
    registered,
    resolved,
    resumed,
)
from support.given import Given, day, given

part = opened(contested=40)
disputed = given(registered, part)
other = opened(contested=30, case_id=OTHER_CASE)
note = CreditNoteIssued(on=NOW, number="C1", amount=money(40), case_id=CASE)


def resolve(outcome: Outcome, **more: Any) -> ResolveDispute:
    return ResolveDispute(invoice=INV, outcome=outcome, **more)


def case_of(past: Given) -> Dispute:
    case = past.becomes().disputes[CASE]
    assert isinstance(case, Dispute)
    return case


def parts(case: Dispute) -> tuple[int, ...]:
    """Original, disputed, paid, credited, rejected."""
    return tuple(map(int, (case.original, case.disputed, case.paid, case.credited, case.rejected)))


@pytest.mark.parametrize(
    ("outcome", "amounts"),
    [
        (Outcome.CREDITED, {"credited": 40}),
        (Outcome.REPLACED, {"credited": 40}),
        (Outcome.PAID, {"paid": 40}),
        (Outcome.CORRECTED, {"rejected": 40}),
        (Outcome.REJECTED, {"rejected": 40}),
        (Outcome.WITHDRAWN, {"rejected": 40}),
    ],
)
def test_resolving_says_where_the_disputed_amount_goes(
    outcome: Outcome, amounts: dict[str, int]
) -> None:
    disputed.when(resolve(outcome)).then(resolved(outcome, **amounts), resumed())


def test_a_partial_credit_leaves_the_rest_to_be_paid_or_rejected() -> None:
    [event, _] = disputed.when(resolve(Outcome.CREDITED, credited=money(15))).decided()
    assert event == resolved(Outcome.CREDITED, credited=15, rejected=25)
    [event, _] = disputed.when(resolve(Outcome.PAID, credited=money(15))).decided()
    assert event == resolved(Outcome.PAID, credited=15, paid=25)


def test_notes_already_issued_count_in_the_credit() -> None:
    met = reduced(30, Part.CREDITED)
    [event, _] = (
        given(registered, part, met).when(resolve(Outcome.CREDITED, credited=money(35))).decided()
    )
    assert event == resolved(Outcome.CREDITED, credited=5, rejected=5)
    for wrong in ("29.99", "40.01"):
        wish = resolve(Outcome.CREDITED, credited=money(wrong))
        given(registered, part, met).when(wish).refused(Refused, "between 30 and 40", "credited")


def test_resolving_twice_happens_once_but_otherwise_is_refused() -> None:
    cause = RootCause.PRICING
    [event, _] = disputed.when(resolve(Outcome.CREDITED, root_cause=cause)).decided()
    over = given(registered, part, event)
    over.when(resolve(Outcome.CREDITED, case_id=CASE)).then()
    same = resolve(Outcome.CREDITED, case_id=CASE, root_cause=cause, credited=money(40))
    over.when(same).then()
    for wish in (
        resolve(Outcome.REJECTED, case_id=CASE),
        resolve(Outcome.CREDITED, case_id=CASE, credited=money(10)),
        resolve(Outcome.CREDITED, case_id=CASE, root_cause=RootCause.SERVICE),
    ):
        over.when(wish).refused(Refused, "reopen it first")


def test_follow_up_rests_while_another_dispute_is_open() -> None:
    wish = resolve(Outcome.REJECTED, case_id=CASE)
    given(registered, part, other).when(wish).then(resolved(Outcome.REJECTED, rejected=40))


@pytest.mark.parametrize("past", [paid(100), handed_off])
def test_what_is_paid_or_at_the_agency_is_not_followed_up(past: Any) -> None:
    events = given(registered, part, past).when(resolve(Outcome.REJECTED)).decided()
    assert not any(isinstance(event, FollowUpResumed) for event in events)


def test_follow_up_waits_for_the_due_date() -> None:
    [_, event] = given(in_three, paid(100), part).when(resolve(Outcome.REJECTED)).decided()
    assert event.next_step_on == day("2026-03-29")


def test_the_first_of_two_cases_is_not_resumed_by_the_release_of_a_hold() -> None:
    over = resolved(Outcome.REJECTED, rejected=40)
    past = given(registered, part, other, over, resumed(None, HANDOFF))
    assert case_of(past).resumed_on is None
    assert case_of(given(registered, part, over, resumed())).resumed_on == NOW


def test_the_debtor_is_told_how_it_ended() -> None:
    over = given(registered, part, resolved(Outcome.REJECTED, rejected=40))
    told = OutcomeNotified(on=NOW, case_id=CASE, channel=Channel.LETTER)
    over.when(RecordOutcomeNotice(invoice=INV, channel=Channel.LETTER)).then(told)
    disputed.when(RecordOutcomeNotice(invoice=INV)).refused(NotFound, "no resolved dispute")


def test_an_outcome_that_waits_is_not_sent_once_its_case_is_open_again() -> None:
    over = given(registered, part, resolved(Outcome.REJECTED, rejected=40))
    again = given(*over.events, *over.when(reopen).decided())
    asked = MessageAsked(
        on=NOW,
        message="outcome/1",
        purpose=Purpose.OUTCOME,
        channel=Channel.EMAIL,
        to=("jan@bakery.example",),
        template="outcome",
        language="nl",
        about=(),
        case_id=CASE,
    )
    debtor = DEBTOR.start(CASE)
    assert withdrawal_reason(asked, debtor, [over.becomes()], shipped(), NOW) == ""
    why = withdrawal_reason(asked, debtor, [again.becomes()], shipped(), NOW)
    assert why == "The dispute is open again."


def test_a_source_may_tell_of_a_notice_without_a_dispute() -> None:
    wish = RecordOutcomeNotice(invoice=INV, unopened=True)
    given(registered).when(wish).then(OutcomeNotified(on=NOW, case_id=None))
    with pytest.raises(ValidationError):
        RecordOutcomeNotice(invoice=INV, channel="pigeon")


reopen = ReopenDispute(invoice=INV, why="Still wrong.")


def reopened(amount: int) -> DisputeReopened:
    return DisputeReopened(on=NOW, case_id=CASE, why="Still wrong.", disputed=money(amount))


def test_what_was_rejected_is_disputed_again() -> None:
    over = (registered, part, resolved(Outcome.REJECTED, rejected=40))
    given(*over).when(reopen).then(reopened(40))
    again = case_of(given(*over, reopened(40)))
    assert (again.is_open, parts(again)) == (True, (40, 40, 0, 0, 0))


def test_a_credit_that_was_decided_and_not_given_is_disputed_again() -> None:
    over = (registered, part, resolved(Outcome.CREDITED, credited=25, rejected=15))
    given(*over).when(reopen).then(reopened(40))
    assert parts(case_of(given(*over, reopened(40)))) == (40, 40, 0, 0, 0)


def test_a_payment_that_never_came_is_disputed_again() -> None:
    over = (registered, part, resolved(Outcome.PAID, paid=40))
    given(*over).when(reopen).then(reopened(40))
    given(*over, paid(60)).when(reopen).then(reopened(40))
    given(*over, paid(100)).when(reopen).then(reopened(0))


def test_a_credit_that_was_given_stays_given() -> None:
    over = (registered, part, resolved(Outcome.CREDITED, credited=40), note)
    given(*over).when(reopen).then(reopened(0))
    given(*over).when(reopen.model_copy(update={"contested": money(10)})).then(reopened(10))
    assert parts(case_of(given(*over, reopened(10)))) == (50, 10, 0, 40, 0)


def test_a_case_about_all_of_it_is_reopened_for_what_is_named() -> None:
    over = (registered, opened(), resolved(Outcome.REJECTED, rejected=100))
    invoice = given(*over, reopened(30)).becomes()
    assert (invoice.disputed_amount, invoice.undisputed_amount) == (30, 70)


def test_reopening_twice_happens_once() -> None:
    named = reopen.model_copy(update={"case_id": CASE})
    disputed.when(named).then()


def test_what_is_voided_cancelled_or_unknown_is_not_reopened() -> None:
    named = reopen.model_copy(update={"case_id": CASE})
    voided = DisputeVoided(on=NOW, case_id=CASE, why="Mistake.", rejected=money(40))
    given(registered, part, voided).when(named).refused(Refused, "open a new one")
    over = resolved(Outcome.CORRECTED, credited=40)
    given(registered, part, cancelled, over).when(named).refused(Refused, "is cancelled")
    given(registered).when(named).refused(NotFound, str(CASE))
    disputed.when(reopen).refused(NotFound, "no resolved dispute")
    with pytest.raises(ValidationError):
        ReopenDispute(invoice=INV, why="")


void = VoidDispute(invoice=INV, why="Wrong invoice.")


def test_a_voided_dispute_never_was() -> None:
    voided = DisputeVoided(on=NOW, case_id=CASE, why="Wrong invoice.", rejected=money(40))
    disputed.when(void).then(voided, resumed())
    invoice = given(registered, part, voided).becomes()
    assert (invoice.disputed_amount, invoice.disputes[CASE].status) == (0, "voided")
    named = void.model_copy(update={"case_id": CASE})
    given(registered, part, voided).when(named).then()
    given(registered, part, voided).when(resolve(Outcome.PAID, case_id=CASE)).refused(
        Refused, "open a new one"
    )


def test_voiding_a_resolved_dispute_resumes_nothing() -> None:
    over = given(registered, part, resolved(Outcome.REJECTED, rejected=40))
    over.when(void.model_copy(update={"case_id": CASE})).then(
        DisputeVoided(on=NOW, case_id=CASE, why="Wrong invoice.", rejected=money(0))
    )


ENDS: list[Any] = [
    resolve(Outcome.PAID),
    RecordOutcomeNotice(invoice=INV),
    reopen,
    void,
]


@pytest.mark.parametrize("wish", ENDS, ids=lambda wish: wish.verb())
def test_an_end_needs_an_invoice_and_one_case(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)
    given(registered).when(wish).refused(NotFound)
    over = [resolved(Outcome.REJECTED, rejected=40)]
    if isinstance(wish, RecordOutcomeNotice | ReopenDispute):
        over.append(replace(over[0], case_id=OTHER_CASE, rejected=money(30)))
        given(registered, part, other, *over).when(wish).refused(Refused, "several", "case_id")
    else:
        given(registered, part, other).when(wish).refused(Refused, "several", "case_id")


@pytest.mark.parametrize("wrong", [{"outcome": "won"}, {"root_cause": "fate"}, {"credited": -1}])
def test_bad_input_is_no_outcome(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ResolveDispute(**{"invoice": INV, "outcome": Outcome.PAID} | wrong)
    with pytest.raises(ValidationError):
        VoidDispute(invoice=INV, why=" ")
