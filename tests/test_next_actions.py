"""What an invoice asks of somebody next, from which day, and about how much of it."""

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from ledger.facts.codes import Answer, Outcome, Purpose, TaskKind
from ledger.facts.invoice.dispute_handling import ResolverAnswered
from ledger.facts.invoice.follow_up import EmailSent, FollowUpScheduled, ItemDone, ItemPostponed
from ledger.facts.invoice.handoff import Recalled
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.payments import (
    CreditNoteIssued,
    InterestCharged,
    PaymentReversed,
    WrittenOff,
)
from ledger.facts.invoice.promises import PromiseWithdrawn
from support.examples import (
    CASE,
    HANDOFF,
    HOLD,
    NOW,
    OTHER_CASE,
    OTHER_PROMISE,
    PROMISE,
    assigned,
    called,
    cancelled,
    handed_off,
    in_three,
    money,
    opened,
    paid,
    promised,
    registered,
    resolved,
    resumed,
)
from support.given import day
from support.task_examples import asked, broken, held, over, reminder, todo_of

SINCE_DUE = ("chase debtor", "2026-03-01", 100)
A_WEEK_LATER = ("chase debtor", "2026-03-17", 100)  # than the reminder of the tenth
withdrawn = PromiseWithdrawn(on=NOW, promise_id=PROMISE, why="")


def why(*events: Any, of: Any = registered) -> list[str]:
    return todo_of(*events, of=of)[0].why


def test_the_debtor_is_chased_from_the_day_after_the_due_date() -> None:
    assert asked() == [SINCE_DUE]


def test_a_planned_step_says_the_day() -> None:
    planned = FollowUpScheduled(on=NOW, next_step_on=day("2026-03-09"), step="Call him")
    assert asked(planned) == [("chase debtor", "2026-03-09", 100)]
    assert why(planned) == ["100.00 is due since 2026-02-28", "planned: Call him"]
    early = replace(planned, next_step_on=day("2026-02-20"))
    assert why(early)[0] == "100.00 falls due on 2026-02-28"


def test_a_plan_that_a_reminder_carried_out_is_no_plan_any_more() -> None:
    planned = FollowUpScheduled(on=NOW, next_step_on=day("2026-03-09"), step="Remind him")
    assert why(planned, reminder) == [
        "100.00 is due since 2026-02-28",
        "the debtor was reminded once",
    ]


def test_of_instalments_it_says_what_is_due_and_what_comes_later() -> None:
    assert asked(of=in_three) == [("chase debtor", "2026-03-01", 100)]
    assert why(of=in_three) == ["100 is due since 2026-02-28, 200 in later instalments"]
    assert asked(paid(100), of=in_three) == [("chase debtor", "2026-03-29", 100)]
    late = replace(reminder, on=day("2026-03-27"))
    assert asked(late, of=in_three) == [("chase debtor", "2026-04-03", 200)], "two are due then"


credited = (resolved(Outcome.CREDITED, credited=100), resumed())


@pytest.mark.parametrize(
    ("events", "item"),
    [
        ([opened(contested=40)], ("chase debtor", "2026-03-01", 60)),
        ([opened(contested=100)], ("chase debtor", "2026-03-29", 100)),
        ([opened(contested=150)], ("chase debtor", "2026-03-29", 50)),
        ([opened(contested=100), paid(100)], ("chase debtor", "2026-04-29", 100)),
        ([opened(contested=100), *credited], ("resume after dispute", "2026-03-29", 100)),
        ([opened(contested=100), promised(), broken], ("broken promise", "2026-03-29", 200)),
        ([promised(100)], ("chase debtor", "2026-03-29", 100)),
        ([promised(), broken], ("broken promise", "2026-03-14", 300)),
        ([held(amount=100)], ("chase debtor", "2026-03-29", 100)),
        ([held("2026-03-05", 100)], ("hold expired", "2026-03-05", 100)),
        ([opened(contested=100), held("2026-03-05")], ("hold expired", "2026-03-29", 200)),
    ],
)
def test_when_the_oldest_instalment_rests_the_next_one_is_asked_for_in_time(
    events: Any, item: Any
) -> None:
    assert item in asked(*events, of=in_three)


def test_of_an_instalment_that_rests_it_says_what_falls_due_instead() -> None:
    [told] = [task.why[0] for task in todo_of(opened(contested=150), of=in_three)[1:]]
    assert told == "50 is due since 2026-03-28, 100 in later instalments"
    planned = FollowUpScheduled(on=NOW, next_step_on=day("2026-03-09"), step="Call him")
    calls = ("chase debtor", "2026-03-09", 50)
    assert calls in asked(opened(contested=150), planned, of=in_three)


def test_a_promise_is_looked_at_when_its_grace_ends() -> None:
    assert asked(promised()) == [("promise due", "2026-03-13", 100)]


def test_what_is_not_promised_is_chased() -> None:
    part = ("promise due", "2026-03-13", 40)
    assert asked(promised(40)) == [part, ("chase debtor", "2026-03-01", 60)]
    assert asked(promised(40), paid(30)) == [
        ("promise due", "2026-03-13", 10),
        ("chase debtor", "2026-03-01", 60),
    ]
    rest = promised(60, promise_id=OTHER_PROMISE, promised_for=day("2026-03-20"))
    assert asked(promised(40), rest) == [part]


def test_a_broken_promise_comes_first() -> None:
    assert asked(promised(), broken) == [("broken promise", "2026-03-14", 100)]
    assert why(promised(), broken) == ["the promise of 100 for 2026-03-10 was broken"]


def test_a_promise_kept_in_part_is_broken_for_the_rest() -> None:
    in_part = replace(broken, paid=money(30))
    assert asked(promised(), paid(30), in_part) == [("broken promise", "2026-03-14", 70)]


def test_a_new_promise_is_waited_for_though_one_was_broken() -> None:
    again = promised(promise_id=OTHER_PROMISE, on=day("2026-03-15"), promised_for=day("2026-03-20"))
    assert asked(promised(), broken, again) == [("promise due", "2026-03-23", 100)]


def test_a_contact_after_a_broken_promise_leaves_an_ordinary_chase() -> None:
    for contact in (replace(reminder, on=broken.on), replace(called, on=broken.on)):
        assert asked(promised(), broken, contact) == [("chase debtor", "2026-03-21", 100)]
    assert asked(promised(), reminder, broken) == [("broken promise", "2026-03-14", 100)]


def test_a_broken_promise_stays_first_though_the_clock_reminded() -> None:
    """The collector would never see it: the clock reminds in the minute in which it is broken."""
    mail = EmailSent(
        on=broken.on,
        message="m",
        purpose=Purpose.REMINDER,
        to=("ap@bakery.example",),
        subject="Reminder",
        message_id="<m@seller.example>",
        document="0" * 64,
        open_amount=money(100),
    )
    assert asked(promised(), broken, mail) == [("broken promise", "2026-03-14", 100)]


def test_a_withdrawn_promise_is_waited_for_no_more() -> None:
    assert asked(promised(), withdrawn) == [SINCE_DUE]


def test_a_hold_ends_on_its_day_and_not_before() -> None:
    assert asked(held("2026-03-09")) == [("hold expired", "2026-03-09", 100)]
    assert why(held("2026-03-09")) == ["held until 2026-03-09: Talks."]


def test_an_open_ended_hold_asks_nothing() -> None:
    assert asked(held()) == []


def test_of_two_holds_the_longer_counts() -> None:
    other = held("2026-03-20", hold_id=UUID(int=9))
    assert asked(held("2026-03-09"), other) == [("hold expired", "2026-03-20", 100)]
    assert asked(held(), other) == []


def test_a_hold_that_ends_before_the_due_date_asks_nothing_before_it_is_over() -> None:
    late = replace(registered, instalments=(Instalment(day("2026-04-30"), money(100)),))
    assert asked(held("2026-03-09"), of=late) == [("hold expired", "2026-05-01", 100)]


def test_a_contact_after_the_end_of_a_hold_closes_it() -> None:
    assert asked(held("2026-03-10"), reminder) == [A_WEEK_LATER]
    assert asked(held("2026-03-10", 40), reminder) == [A_WEEK_LATER]
    assert asked(held("2026-03-11"), reminder) == [("hold expired", "2026-03-17", 100)]


def test_a_partial_hold_rests_and_the_remainder_is_chased() -> None:
    remainder = ("chase debtor", "2026-03-01", 60)
    assert asked(held(amount=40)) == [remainder]
    assert asked(held("2026-03-09", 40)) == [("hold expired", "2026-03-09", 40), remainder]
    assert "follow-up of the other 40.00 pauses" in why(held(amount=40))


def test_a_partial_hold_ends_with_the_whole_one_at_the_earliest() -> None:
    part = held("2026-03-09", 40, UUID(int=9))
    assert asked(held("2026-03-20"), part) == [
        ("hold expired", "2026-03-20", 40),
        ("hold expired", "2026-03-20", 60),
    ]
    assert asked(held(), part) == []


def test_a_broken_promise_rests_as_long_as_the_invoice_is_held() -> None:
    assert asked(promised(), broken, held("2026-03-20")) == [("broken promise", "2026-03-20", 100)]
    assert asked(promised(), broken, held()) == []


def test_a_promise_is_looked_at_in_time_though_the_invoice_is_held() -> None:
    for hold in (held("2026-03-05"), held("2026-04-30"), held()):
        assert asked(promised(), hold) == [("promise due", "2026-03-13", 100)]


def test_a_dispute_over_all_of_it_stops_the_chasing() -> None:
    assert asked(opened()) == [("assign resolver", "2026-03-02", 100)]
    assert asked(opened(), promised()) == [("assign resolver", "2026-03-02", 100)]


def test_of_a_partial_dispute_the_remainder_is_chased() -> None:
    assert asked(opened(contested=40)) == [
        ("assign resolver", "2026-03-02", 40),
        ("chase debtor", "2026-03-01", 60),
    ]


def test_what_is_disputed_of_a_promise_is_not_waited_for() -> None:
    assert asked(promised(), opened(contested=40)) == [
        ("assign resolver", "2026-03-02", 40),
        ("promise due", "2026-03-13", 60),
    ]


def test_after_its_dispute_the_invoice_is_taken_up_again_until_a_reminder() -> None:
    assert asked(opened(), *over) == [("resume after dispute", "2026-03-02", 100)]
    assert asked(opened(), *over, reminder) == [A_WEEK_LATER]


def test_a_next_dispute_stops_what_the_last_one_set_going() -> None:
    again = (opened(), *over, opened(case_id=OTHER_CASE))
    assert asked(*again) == [("assign resolver", "2026-03-02", 100)]


@pytest.mark.parametrize(
    "done",
    [
        paid(100),
        WrittenOff(on=NOW, amount=money(100), why=""),
        CreditNoteIssued(on=NOW, number="C1", amount=money(100)),
        cancelled,
        handed_off,
    ],
    ids=lambda event: event.topic,
)
def test_what_is_over_or_elsewhere_is_never_chased(done: Any) -> None:
    for before in ([], [promised(), broken], [held("2026-03-09")], [opened(), *over]):
        assert asked(*before, done) == []


def test_a_recalled_invoice_is_chased_again() -> None:
    assert asked(handed_off, Recalled(on=NOW, handoff_id=HANDOFF, why="")) == [SINCE_DUE]


def test_a_payment_that_goes_back_brings_the_chasing_back() -> None:
    back = PaymentReversed(on=NOW, reference="P1", amount=money(100), why="")
    assert asked(paid(100), back) == [SINCE_DUE]


def test_a_dispute_outlives_the_payment() -> None:
    assert asked(opened(), assigned, paid(100)) == [
        ("chase resolver", "2026-03-09", 0)
    ]  # nothing is open


def test_too_much_money_waits_since_it_came() -> None:
    assert asked(paid(130)) == [("unallocated money", "2026-03-02", 30)]
    assert asked(paid(30), cancelled) == [("unallocated money", "2026-02-20", 30)]


def test_of_a_book_that_nobody_registered_nothing_is_asked() -> None:
    fee = InterestCharged(on=NOW, amount=money(5), why="")
    assert asked(of=fee) == asked(of=opened()) == []


def done(on: str = "2026-03-02", item: str = "debtor") -> ItemDone:
    action = TaskKind.CHASE_RESOLVER if item == str(CASE) else TaskKind.CHASE_DEBTOR
    return ItemDone(on=day(on), item=item, action=action, due_on=NOW)


def postponed(
    until: str, item: str = "debtor", action: TaskKind = TaskKind.CHASE_DEBTOR
) -> ItemPostponed:
    return ItemPostponed(
        on=NOW, item=item, action=action, due_on=NOW, until=day(until), why="Away."
    )


def test_what_was_done_by_hand_is_asked_again_a_week_later() -> None:
    assert asked(done()) == [("chase debtor", "2026-03-09", 100)]
    assert asked(opened(), assigned, done("2026-03-10", str(CASE))) == [
        ("chase resolver", "2026-03-17", 100)
    ]
    assert "last reminded on 2026-03-10" in why(opened(), assigned, done("2026-03-10", str(CASE)))


def test_what_was_done_before_it_was_due_anew_is_not_done() -> None:
    assert asked(opened(), assigned, done("2026-03-08", str(CASE))) == [
        ("chase resolver", "2026-03-09", 100)
    ]
    assert asked(done(), promised(), broken) == [("broken promise", "2026-03-14", 100)]


def test_done_after_a_broken_promise_a_hold_or_a_dispute_leaves_an_ordinary_chase() -> None:
    assert asked(promised(), broken, done("2026-03-14")) == [("chase debtor", "2026-03-21", 100)]
    assert asked(held("2026-03-09"), done("2026-03-09")) == [("chase debtor", "2026-03-16", 100)]
    assert asked(opened(), *over, done()) == [("chase debtor", "2026-03-09", 100)]


def test_only_what_was_done_is_done() -> None:
    part = held("2026-03-09", 40)
    assert asked(part, done("2026-03-09")) == [
        ("hold expired", "2026-03-16", 40),
        ("chase debtor", "2026-03-16", 60),
    ]
    assert asked(part, done("2026-03-09", f"hold {HOLD}")) == [("chase debtor", "2026-03-01", 100)]


def test_what_was_postponed_comes_back_on_its_day() -> None:
    assert asked(postponed("2026-03-20")) == [("chase debtor", "2026-03-20", 100)]
    assert why(postponed("2026-03-20"))[-1] == "postponed to 2026-03-20: Away."
    assert asked(postponed("2026-03-20"), postponed("2026-03-10")) == [
        ("chase debtor", "2026-03-10", 100)
    ]
    assert asked(postponed("2026-02-20")) == [SINCE_DUE]


def test_a_new_cause_was_not_postponed() -> None:
    later = postponed("2026-05-01")
    assert asked(later, promised(), broken) == [("broken promise", "2026-03-14", 100)]
    waits = postponed("2026-05-01", str(CASE), TaskKind.CHASE_RESOLVER)
    assert asked(opened(), assigned, waits) == [("chase resolver", "2026-05-01", 100)]
    solved = ResolverAnswered(on=NOW, case_id=CASE, resolver="sam", answer=Answer.SOLVED, text="")
    assert asked(opened(), assigned, waits, solved) == [("decide dispute", "2026-03-02", 100)]


def test_what_comes_due_after_the_day_it_was_postponed_to_is_not_hastened() -> None:
    assert asked(postponed("2026-03-12"), reminder) == [A_WEEK_LATER]
