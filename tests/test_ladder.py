"""The follow-up ladder: which step comes next, and on which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st
from msgspec.structs import replace as but

from commands.follow_up.steps import RequestMessageStrict, TakeStep
from ledger.facts import debtor_events as dev
from ledger.facts.codes import Channel, Outcome, Purpose, Reason, TaskKind
from ledger.facts.invoice.follow_up import FollowUpScheduled, ItemDone, ItemPostponed, StepTaken
from ledger.facts.invoice.holds import FollowUpHeld, FollowUpResumed
from ledger.facts.invoice.payments import LateFeeCharged, PaymentReversed, WrittenOff
from ledger.facts.invoice.promises import PromiseBroken
from ledger.facts.playbook_rules import Ladder, ReasonPolicy, Repeat, Rules, Step
from ledger.policy import business_days
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason
from ledger.policy.playbook.in_force import shipped
from ledger.policy.refusal import Refused
from support.examples import (
    HOLD,
    INV,
    called,
    cancelled,
    handed_off,
    in_three,
    known,
    money,
    opened,
    paid,
    promised,
    registered,
    resolved,
)
from support.given import day, given

COPY = Step(step="copy", before_due=5, template="invoice-copy")
FIRST = Step(step="first", after_due=3)
SECOND = Step(step="second", after_previous=10)
FINAL = Step(step="final", after_previous=10, template="final-notice")
LADDER = Ladder(
    steps=(COPY, FIRST, SECOND, FINAL), repeat=Repeat(every=14, at_most=2), from_amount=money(5)
)
RULES = Rules(
    ladders={"business": LADDER},
    reasons={Reason.DISCOUNT: ReasonPolicy(rests="disputed amount")},
)
OWES = given(known).becomes()


def rules(*steps: Step, **more: Any) -> Rules:
    return but(RULES, ladders={"business": Ladder(steps=steps, **more)})


def took(step: str, on: str, times: int = 1) -> StepTaken:
    return StepTaken(
        on=day(on), step=step, times=times, planned_on=day(on), message="m", playbook=1
    )


def held(**more: Any) -> FollowUpHeld:
    facts: dict[str, Any] = {
        "on": day("2026-03-02"),
        "hold_id": HOLD,
        "amount": None,
        "reason": "Talks.",
        "until": None,
        "release_by": (),
    }
    return FollowUpHeld(**(facts | more))


@dataclass(frozen=True)
class Asking:
    """What the ladder says of a book on a day."""

    past: Any
    rules: Rules = RULES

    def on(self, today: str) -> DueStep | None:
        return next_step(self.past.becomes(), OWES, self.rules, day(today))

    def plans(self, step: str, planned_on: str, today: str = "2026-03-02", times: int = 1) -> None:
        due = self.on(today)
        assert due
        assert (due.step.step, due.planned_on, due.times) == (step, day(planned_on), times)
        assert due.why

    def rests(self, today: str = "2026-06-01") -> None:
        assert self.on(today) is None


def after(*events: Any, rules: Rules = RULES) -> Asking:
    return Asking(given(registered, *events), rules)  # 100.00, due on 28 February


def test_before_on_and_after_the_due_date() -> None:
    after().plans("copy", "2026-02-23", today="2026-02-02")
    after(took("copy", "2026-02-23")).plans("first", "2026-03-03", today="2026-02-24")


def test_what_comes_before_the_due_date_is_passed_over_when_that_is_over() -> None:
    after().plans("copy", "2026-02-23", today="2026-02-28")
    after().plans("first", "2026-03-03", today="2026-03-01")


def test_the_later_of_two_before_the_due_date_goes_before_the_earlier() -> None:
    sooner = but(COPY, step="options", before_due=2)
    two = rules(COPY, sooner, FIRST)
    after(rules=two).plans("copy", "2026-02-23", today="2026-02-25")
    after(rules=two).plans("options", "2026-02-26", today="2026-02-26")


def test_overdue_starts_the_day_after() -> None:
    """Demand 10: a reminder must not be possible on the due date itself."""
    at_once = rules(but(FIRST, after_due=0))
    after(rules=at_once).plans("first", "2026-03-01", today="2026-02-28")


def test_late_steps_are_not_skipped_and_keep_their_distance() -> None:
    """Demand 4: who looks late takes the step that is next, not the one of the day."""
    after().plans("first", "2026-03-03", today="2026-06-01")
    late = took("first", "2026-06-01")
    after(late).plans("second", "2026-06-11", today="2026-06-01")
    after(late, took("second", "2026-06-20")).plans("final", "2026-06-30", today="2026-06-20")


def test_after_a_step_that_came_early_the_next_keeps_its_distance() -> None:
    """Somebody planned it by hand."""
    after(took("first", "2026-03-01")).plans("second", "2026-03-11")


def test_offsets_from_the_due_date_keep_the_distance_too() -> None:
    fixed = rules(FIRST, but(SECOND, after_previous=None, after_due=13))
    after(took("first", "2026-03-03"), rules=fixed).plans("second", "2026-03-13")
    after(took("first", "2026-03-09"), rules=fixed).plans("second", "2026-03-19")


def test_a_late_copy_does_not_delay_the_reminder() -> None:
    after(took("copy", "2026-02-27")).plans("first", "2026-03-03")


def test_the_last_is_repeated_up_to_the_cap() -> None:
    """Demand 23."""
    past = [took("final", "2026-03-23")]
    after(*past).plans("final", "2026-04-06", times=2)
    past.append(took("final", "2026-04-07", 2))
    after(*past).plans("final", "2026-04-21", times=3)
    past.append(took("final", "2026-04-21", 3))
    after(*past).rests("2027-01-01")
    assert pause_reason(given(registered, *past).becomes(), OWES, RULES, day("2027-01-01")) is None
    after(took("first", "2026-03-03"), rules=rules(FIRST)).rests()


def test_a_plan_made_by_hand_goes_first_but_not_before_it_is_overdue() -> None:
    plan = FollowUpScheduled(on=day("2026-02-20"), next_step_on=day("2026-03-20"), step="mail")
    after(plan).plans("first", "2026-03-20")
    after(but(plan, next_step_on=day("2026-02-20"))).plans("first", "2026-03-01")
    after(took("copy", "2026-02-23"), but(plan, next_step_on=day("2026-03-02"))).plans(
        "first", "2026-03-02"
    )
    again = [took("final", "2026-03-23"), but(plan, next_step_on=day("2026-03-25"))]
    after(*again).plans("final", "2026-03-25", times=2)


def test_a_copy_is_planned_by_hand_until_it_is_due() -> None:
    plan = FollowUpScheduled(on=day("2026-02-10"), next_step_on=day("2026-02-12"), step="mail")
    after(plan).plans("copy", "2026-02-12", today="2026-02-10")


def test_a_dispute_that_is_over_proposes_the_next_step_at_once() -> None:
    over = FollowUpResumed(
        on=day("2026-03-12"), hold_id=None, case_id=None, next_step_on=day("2026-03-12")
    )
    past = [took("first", "2026-03-10"), opened(), resolved(Outcome.REJECTED, rejected=100), over]
    after(*past).plans("second", "2026-03-12", today="2026-03-12")


def test_a_hold_that_is_over_before_the_due_date_brings_nothing_forward() -> None:
    over = FollowUpResumed(
        on=day("2026-02-10"), hold_id=HOLD, case_id=None, next_step_on=day("2026-03-01")
    )
    after(over).plans("copy", "2026-02-23", today="2026-02-10")
    after(over).plans("first", "2026-03-03")


def test_never_on_a_day_on_which_somebody_chased() -> None:
    after(but(called, on=day("2026-03-03"))).plans("first", "2026-03-04")
    after(but(called, on=day("2026-03-02"))).plans("first", "2026-03-03")
    gone = but(FIRST, step="of another playbook", after_due=1)
    after(took("first", "2026-03-03"), rules=rules(gone)).plans(
        "of another playbook", "2026-03-04", today="2026-03-03"
    )


def test_what_was_done_or_postponed_by_hand_counts() -> None:
    facts: dict[str, Any] = {
        "item": "debtor",
        "action": TaskKind.CHASE_DEBTOR,
        "due_on": day("2026-03-01"),
    }
    after(ItemDone(on=day("2026-03-05"), **facts)).plans("first", "2026-03-06")
    wait = ItemPostponed(on=day("2026-03-02"), until=day("2026-03-20"), why="Ill.", **facts)
    after(wait).rests("2026-03-19")
    after(wait).plans("first", "2026-03-03", today="2026-03-20")


def test_steps_are_known_by_name_when_the_playbook_changes() -> None:
    new = Step(step="phone call", after_due=1)
    other = rules(new, FIRST, but(SECOND, after_previous=20))
    after(took("first", "2026-03-03"), rules=other).plans("second", "2026-03-23")


def test_nothing_of_what_is_not_collectable() -> None:
    """Demands 12, 16, 25."""
    after(paid(100)).rests()
    after(cancelled).rests()
    after(handed_off).rests()
    after(WrittenOff(on=day("2026-03-02"), amount=money(100), why="Bankrupt.")).rests()
    Asking(given(called)).rests()
    Asking(given(LateFeeCharged(on=day("2026-03-02"), amount=money(40), why="Late."))).rests()


def test_the_rest_of_a_part_payment_is_asked_for() -> None:
    """Demands 14 and 20."""
    due = after(paid(40)).on("2026-03-10")
    assert due
    assert due.amount == money(60)
    after(paid(96)).rests()
    small = pause_reason(given(registered, paid(96)).becomes(), OWES, RULES, day("2026-03-10"))
    assert small
    assert "the least amount that is followed up" in small.why


def test_an_open_dispute_rests_all_of_it_or_its_part() -> None:
    after(opened(contested=30, rests_whole=True)).rests()
    part = after(opened(contested=30, reason=Reason.DISCOUNT)).on("2026-03-10")
    assert part
    assert part.amount == money(70)
    after(opened(reason=Reason.DISCOUNT)).rests()


def test_a_hold_rests_until_its_day() -> None:
    after(held(until=day("2026-03-20"))).rests("2026-03-19")
    after(held(until=day("2026-03-20"))).plans("first", "2026-03-03", today="2026-03-20")
    after(held()).rests("2027-01-01")
    part = after(held(amount=money(60))).on("2026-03-10")
    assert part
    assert part.amount == money(40)


def test_a_held_debtor_rests_until_his_day() -> None:
    hold = dev.DebtorHeld(
        on=day("2026-03-02"), hold_id=HOLD, reason="Talks.", until=day("2026-03-20"), release_by=()
    )
    debtor = given(known, hold).becomes()
    assert debtor_pause(debtor, day("2026-03-19"))
    assert debtor_pause(debtor, day("2026-03-20")) is None


def test_a_promise_rests_until_it_is_judged() -> None:
    """Demand 26: grace and all; a broken one goes on by itself."""
    broken = PromiseBroken(on=day("2026-03-14"), promise_id=promised().promise_id, paid=money(0))
    after(promised()).rests("2026-03-13")
    after(promised(), broken).plans("first", "2026-03-03", today="2026-03-14")
    part = after(promised(60)).on("2026-03-10")
    assert part
    assert part.amount == money(40)


def test_each_instalment_has_a_ladder_of_its_own() -> None:
    """Demand 17; what falls due later is not asked for."""
    three = Asking(given(in_three))
    due = three.on("2026-03-03")
    assert due
    assert (due.step.step, due.amount) == ("first", money(100))
    past = [in_three, took("copy", "2026-02-23"), took("first", "2026-03-03")]
    Asking(given(*past)).plans("second", "2026-03-13")
    Asking(given(*past, paid(100))).plans("copy", "2026-03-23")
    assert amount_to_ask(given(*past).becomes(), day("2026-03-29")) == money(200)
    reversed_ = PaymentReversed(
        on=day("2026-03-05"), reference="P1", amount=money(100), why="Bounced."
    )
    Asking(given(*past, paid(100), reversed_)).plans("second", "2026-03-13")


def test_the_shipped_ladder_can_be_climbed() -> None:
    after(rules=shipped()).plans("invoice copy", "2026-02-23", today="2026-02-02")
    consumer = but(shipped(), segment="consumer")
    after(took("14-day letter", "2026-03-13"), rules=consumer).plans("final notice", "2026-04-03")


def wish(step: str = "first", **more: Any) -> TakeStep:
    facts: dict[str, Any] = {
        "invoice": INV,
        "rules": RULES,
        "debtor": OWES,
        "step": step,
        "amount": money(100),
        "message": "follow-up/D-7/2026-03-03",
        "playbook": 4,
    }
    return TakeStep(**(facts | more))


def test_the_step_that_is_due_is_taken() -> None:
    taken = StepTaken(
        on=day("2026-03-04"),
        step="first",
        times=1,
        planned_on=day("2026-03-03"),
        message="follow-up/D-7/2026-03-03",
        playbook=4,
    )
    given(registered).when(wish(), on="2026-03-04").then(taken)
    given(registered, taken).when(wish(), on="2026-03-05").refused(Refused, "No step")


@pytest.mark.parametrize(
    ("command", "on", "why"),
    [
        (wish(), "2026-03-02", "No step of invoice"),
        (wish(), "2026-03-07", "not a working day"),
        (wish("second"), "2026-03-04", "is first"),
        (wish(times=2), "2026-03-04", "is first"),
        (wish(amount=money(90)), "2026-03-04", "for 100"),
        (wish(debtor=but(OWES, number="D-8")), "2026-03-04", "another debtor"),
    ],
)
def test_the_book_refuses_what_is_not_due(command: TakeStep, on: str, why: str) -> None:
    given(registered).when(command, on=on).refused(Refused, why)


def test_the_book_refuses_what_rests() -> None:
    for event in (opened(), cancelled, paid(100), held(), promised()):
        given(registered, event).when(wish(), on="2026-03-04").refused(Refused, "No step")


def test_a_message_that_goes_with_steps_is_asked_for_once() -> None:
    ask = RequestMessageStrict(
        message="follow-up/D-7/2026-03-03",
        purpose=Purpose.REMINDER,
        channel=Channel.EMAIL,
        to=("a@b.example",),
        template="reminder",
        language="nl",
        about=(),
    )
    asked_for = given().when(ask, rules=RULES).decided()
    assert len(asked_for) == 1
    assert given().when(ask).decided() == [], "before a playbook was applied"
    given(*asked_for).when(ask).refused(Refused, "already")


ladders = st.builds(
    lambda before, first, gaps, repeat: Ladder(
        steps=(
            *(Step(step=f"b{n}", before_due=n) for n in sorted(before, reverse=True)),
            Step(step="first", after_due=first),
            *(Step(step=f"a{n}", after_previous=gap) for n, gap in enumerate(gaps)),
        ),
        repeat=repeat,
    ),
    st.sets(st.integers(0, 15), max_size=3),
    st.integers(0, 20),
    st.lists(st.integers(0, 20), max_size=4),
    st.none() | st.builds(Repeat, every=st.integers(1, 20), at_most=st.integers(0, 3)),
)


@whatever(ladders, st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_whenever_it_is_looked_at_every_overdue_step_is_taken_in_order(
    ladder: Ladder, pauses: list[int]
) -> None:
    """At random times: none is skipped, none comes twice, no two on one day, none too early.

    Demands 4 and 19: no run date moves a step, and nothing overdue goes before the due date.
    """
    ours = but(RULES, ladders={"business": ladder})
    events, today, due_on = list[StepTaken](), day("2026-02-01"), day("2026-02-28")
    for pause in pauses:
        today += timedelta(days=pause)
        if not business_days.is_business_day(today, ours.calendar):
            continue
        due = next_step(given(registered, *events).becomes(), OWES, ours, today)
        assert due == next_step(given(registered, *events).becomes(), OWES, ours, today)
        if due and due.planned_on <= today:
            taken = took(due.step.step, str(today), due.times)
            assert today > due_on if due.overdue else today <= due_on
            events.append(taken)
    steps = [(one.step, one.times) for one in events]
    overdue = [(one.step, 1) for one in ladder.steps if one.before_due is None]
    if ladder.repeat:
        overdue += [(overdue[-1][0], n + 2) for n in range(ladder.repeat.at_most)]
    late = [step for step in steps if not step[0].startswith("b")]
    assert late == overdue[: len(late)]
    days = [one.on for one in events]
    assert len(days) == len(set(days))
    assert days == sorted(days)
    last: date | None = None
    for one in events:
        gap = next((step.after_previous for step in ladder.steps if step.step == one.step), None)
        if last and gap and one.times == 1:
            assert (one.on - last).days >= gap
        last = one.on
