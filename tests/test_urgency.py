"""What a dispute asks of whom, and how urgent each thing to do is, with its reasons."""

from typing import Any

import pytest
from msgspec.structs import replace

from ledger.facts.codes import Answer
from ledger.facts.invoice.dispute_handling import (
    DisputeEscalated,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverReminded,
)
from ledger.facts.invoice.parts import Instalment
from support.examples import (
    CASE,
    NOW,
    OTHER_CASE,
    SAM,
    assigned,
    money,
    opened,
    paid,
    promised,
    registered,
)
from support.given import day
from support.task_examples import asked, broken, held, over, reminder, todo_of


def answered(answer: Answer) -> ResolverAnswered:
    return ResolverAnswered(on=NOW, case_id=CASE, resolver=SAM, answer=answer, text="")


def test_two_disputes_are_two_things_to_do() -> None:
    both = (opened(contested=40), opened(contested=30, case_id=OTHER_CASE), assigned)
    assert asked(*both) == [
        ("assign resolver", "2026-03-02", 30),
        ("chase resolver", "2026-03-09", 40),
        ("chase debtor", "2026-03-01", 30),
    ]


def test_the_resolver_is_chased_on_the_follow_up_date() -> None:
    moved = FollowUpDateMoved(on=NOW, case_id=CASE, follow_up_on=day("2026-03-12"), why="")
    assert asked(opened(), assigned) == [("chase resolver", "2026-03-09", 100)]
    assert asked(opened(), assigned, moved) == [("chase resolver", "2026-03-12", 100)]
    at_once = replace(assigned, follow_up_on=None)
    assert asked(opened(), at_once) == [("chase resolver", "2026-03-02", 100)]


@pytest.mark.parametrize(
    ("answer", "action", "on"),
    [
        (Answer.SOLVED, "decide dispute", "2026-03-02"),
        (Answer.NOT_SOLVED, "chase resolver", "2026-03-09"),
        (Answer.NOT_MINE, "assign resolver", "2026-03-02"),
    ],
)
def test_what_the_answer_asks(answer: Answer, action: str, on: str) -> None:
    assert asked(opened(), assigned, answered(answer)) == [(action, on, 100)]


@pytest.mark.parametrize(
    ("events", "priority"),
    [
        ([], 45),
        ([paid("0.01")], 40),
        ([reminder], 47),
        ([reminder] * 9, 55),
        ([promised()], 55),
        ([held("2026-03-09")], 65),
        ([opened(), *over], 65),
        ([paid(200)], 70),
        ([promised(), broken], 85),
        ([opened()], 60),
        ([opened(), assigned], 55),
        ([opened(), assigned, answered(Answer.SOLVED)], 75),
    ],
)
def test_the_urgency_is_that_of_the_action_the_amount_and_the_reminders(
    events: list[Any], priority: int
) -> None:
    assert [task.priority for task in todo_of(*events)] == [priority]


@pytest.mark.parametrize(("amount", "points"), [(99, 0), (999, 5), (1000, 10), (10**5, 20)])
def test_more_money_is_more_urgent(amount: int, points: int) -> None:
    due = (Instalment(day("2026-02-28"), money(amount)),)
    [task] = todo_of(of=replace(registered, amount=money(amount), instalments=due))
    assert task.priority == 40 + points


def test_reminders_and_escalation_make_a_dispute_more_urgent_and_say_why() -> None:
    reminded = ResolverReminded(
        on=NOW, case_id=CASE, resolver=SAM, times=2, follow_up_on=day("2026-03-09")
    )
    escalated = DisputeEscalated(on=NOW, case_id=CASE, to="director", why="")
    [task] = todo_of(opened(), assigned, reminded, escalated)
    assert task.priority == 50 + 5 + 2 * 2 + 10
    assert task.why == [
        "100 of 100.00 open is disputed: price",
        "its resolver was reminded 2 times",
        "escalated to director",
        "sam@workshop is asked; a resolver was first asked on 2026-03-02",
    ]
