"""The rules of an item of the agenda: what may be called done, and what may wait until when."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st
from pydantic import ValidationError

from commands.command import Command, DecisionContext, decide
from commands.context import Context
from commands.follow_up.tasks import (
    ENDED_BY,
    CompleteDebtorTask,
    CompleteTask,
    PostponeDebtorTask,
    PostponeTask,
    TakeUpDebtorTask,
    TakeUpTask,
)
from ledger.facts import debtor_events as dev
from ledger.facts.codes import REPLY_ITEM, Answer, TaskKind
from ledger.facts.invoice.dispute_handling import ResolverAnswered
from ledger.facts.invoice.follow_up import ItemDone, ItemPostponed
from ledger.facts.invoice.state import Invoice
from ledger.facts.invoice.taking_up import ItemTakenUp
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.tasks.invoice import tasks_for
from support.examples import (
    CASE,
    DEB,
    INV,
    NOW,
    assigned,
    known,
    money,
    opened,
    paid,
    promised,
    registered,
)
from support.given import TODAY, day, given, moment
from support.random_lives import BEGIN, DatedCommand, States, random_commands, run_commands

SINCE = day("2026-03-01")
finish = CompleteTask(invoice=INV, text="Left a message.")
finish_case = CompleteTask(invoice=INV, item=str(CASE))
postpone = PostponeTask(invoice=INV, until="2026-03-20", why="On holiday.")
was_done = ItemDone(
    on=NOW, item="debtor", action=TaskKind.CHASE_DEBTOR, due_on=SINCE, text="Left a message."
)
put_off = ItemPostponed(
    on=NOW,
    item="debtor",
    action=TaskKind.CHASE_DEBTOR,
    due_on=SINCE,
    until=day("2026-03-20"),
    why="On holiday.",
)
solved = ResolverAnswered(on=NOW, case_id=CASE, resolver="sam", answer=Answer.SOLVED, text="")
waiting = dev.MoneyReceived(on=NOW, reference="R/1", amount=money(80), currency="EUR")


def test_a_call_is_done_by_hand() -> None:
    given(registered).when(finish).then(was_done)


def test_a_resolver_is_chased_by_hand_from_the_day_of_his_follow_up() -> None:
    given(registered, opened(), assigned).when(finish_case, on="2026-03-09").then(
        ItemDone(
            on=day("2026-03-09"),
            item=str(CASE),
            action=TaskKind.CHASE_RESOLVER,
            due_on=day("2026-03-09"),
        )
    )


def test_nothing_is_done_before_it_is_on_the_agenda() -> None:
    given(registered).when(finish, on="2026-02-28").refused(Refused, "before 2026-03-01", "on")
    again = given(registered, was_done)
    again.when(finish).refused(Refused, "before 2026-03-09", "on")
    again.when(finish, on="2026-03-09").decided()


@pytest.mark.parametrize(
    ("past", "item", "command"),
    [
        ([promised()], "promise", "judge-promise"),
        ([opened()], str(CASE), "assign-resolver"),
        ([opened(), assigned, solved], str(CASE), "resolve-dispute"),
        ([paid(130)], "money", "reverse-payment"),
    ],
)
def test_what_its_own_fact_ends_is_not_done_by_hand(past: Any, item: str, command: str) -> None:
    wish = CompleteTask(invoice=INV, item=item)
    given(registered, *past).when(wish, on="2026-04-30").refused(Refused, command)


def test_money_that_waits_is_not_done_by_hand() -> None:
    wish = CompleteDebtorTask(debtor=DEB, item="R/1")
    given(known, waiting).when(wish).refused(Refused, "allocate-money")
    given(known).when(wish).refused(NotFound, "R/1")


def test_what_is_not_on_the_agenda_is_unknown() -> None:
    for gone in (given(registered, paid(100)), given(registered, opened())):
        gone.when(finish).refused(NotFound, "There is no item debtor")
        gone.when(postpone).refused(NotFound, "There is no item debtor")
    given().when(finish).refused(NotFound, INV)


def test_anything_may_wait() -> None:
    given(registered).when(postpone).then(put_off)
    early = given(registered).when(postpone, on="2026-02-10").decided()
    assert [(one.due_on, one.until) for one in early] == [(SINCE, day("2026-03-20"))]
    wish = PostponeTask(invoice=INV, item=str(CASE), until="2026-03-20", why="Sam is ill.")
    [event] = given(registered, opened()).when(wish).decided()
    assert event.action == "assign resolver"


def test_money_may_wait() -> None:
    wish = PostponeDebtorTask(debtor=DEB, item="R/1", until="2026-03-20", why="They look it up.")
    put_off = dev.DebtorItemPostponed(
        on=NOW,
        item="R/1",
        action=TaskKind.ALLOCATE_MONEY,
        due_on=NOW,
        until=day("2026-03-20"),
        why="They look it up.",
    )
    given(known, waiting).when(wish).then(put_off)
    given(known, waiting, put_off).when(wish).then()
    given(known).when(wish).refused(NotFound, "R/1")


def test_what_waits_or_was_done_is_taken_up_once() -> None:
    take_up, taken = TakeUpTask(invoice=INV), ItemTakenUp(on=NOW, item="debtor")
    for event in (put_off, was_done):
        given(registered, event).when(take_up).then(taken)
        given(registered, event, taken).when(finish).then(was_done)
        given(registered, event, taken).when(take_up).then()
    given(registered).when(take_up).then()
    given(registered, put_off).when(TakeUpTask(invoice=INV, item=REPLY_ITEM)).then()
    wait = PostponeDebtorTask(debtor=DEB, item="R/1", until="2026-03-20", why="They look it up.")
    [waits] = given(known, waiting).when(wait).decided()
    take_up_money = TakeUpDebtorTask(debtor=DEB, item="R/1")
    taken_up = dev.DebtorItemTakenUp(on=NOW, item="R/1")
    given(known, waiting, waits).when(take_up_money).then(taken_up)
    given(known, waiting, waits, taken_up).when(wait).then(waits)
    given(known, waiting, waits, taken_up).when(take_up_money).then()


def test_waiting_must_make_a_difference() -> None:
    today = postpone.model_copy(update={"until": NOW})
    given(registered).when(today).refused(Refused, "cannot return", "until")
    on_its_day = postpone.model_copy(update={"until": SINCE})
    given(registered).when(on_its_day, on="2026-02-10").refused(Refused, "anyway", "until")
    given(registered, was_done).when(
        postpone.model_copy(update={"until": day("2026-03-09")})
    ).refused(Refused, "before 2026-03-09 anyway", "until")


def test_postponing_twice_happens_once_and_may_be_taken_back() -> None:
    waits = given(registered, put_off)
    waits.when(postpone).then()
    for until in (day("2026-03-10"), day("2026-04-10")):
        [event] = waits.when(postpone.model_copy(update={"until": until})).decided()
        assert (event.due_on, event.until) == (day("2026-03-20"), until)


@pytest.mark.parametrize("wrong", [{"until": None}, {"why": " "}, {"item": ""}])
def test_bad_input_postpones_nothing(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PostponeTask(**{"invoice": INV, "until": "2026-03-20", "why": "Away."} | wrong)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@for_all(life=random_commands, later=st.integers(0, 30))
def test_what_is_done_or_put_off_leaves_that_day_and_comes_back(
    life: list[DatedCommand], later: int
) -> None:
    states: States = {}
    run_commands("default", states, [*BEGIN, *life])
    for state in states.values():
        if not isinstance(state, Invoice):
            continue
        for task in tasks_for(state):
            on = task.on + timedelta(days=later)
            until = on + timedelta(days=1)
            put_off = PostponeTask(invoice=state.number, item=task.item, until=until, why="x")
            assert _next(state, put_off, on) == until
            if task.action not in ENDED_BY:
                finish = CompleteTask(invoice=state.number, item=task.item)
                again = _next(state, finish, on)
                assert again is None or again > on


def _next(invoice: Invoice, wish: Command, on: date) -> date | None:
    """When the item is due after that, unless its work is now another's."""
    item = wish.item  # type: ignore[attr-defined]
    after, [_] = decide(invoice, wish, DecisionContext(on, "anna"), Context("anna", moment(TODAY)))
    return next((task.on for task in tasks_for(after) if task.item == item), None)
