"""What comes next for an invoice and why, now and as it was known then: a rule, a day, entries."""

from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace as but

from ledger.facts import debtor_events as dev
from ledger.facts.books import DEBTOR, replay
from ledger.facts.codes import Direction, Outcome, TaskKind
from ledger.facts.invoice.follow_up import ItemPostponed, StepTaken
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import InvoiceCorrected
from ledger.facts.playbook import Playbook
from ledger.policy.playbook.in_force import shipped
from projections.explain.causes import OF_ACTION
from projections.explain.why import Dossier, Explanation, answer, parse_moment
from support.examples import (
    CASE,
    HOLD,
    NOW,
    assigned,
    called,
    cancelled,
    handed_off,
    known,
    money,
    opened,
    paid,
    promised,
    registered,
    resolved,
    resumed,
)
from support.given import BOOK, TODAY, day, given

ZONE = ZoneInfo("Europe/Amsterdam")

RULES = shipped()
held = FollowUpHeld(
    on=NOW, hold_id=HOLD, amount=None, reason="Talks.", until=day("2026-03-16"), release_by=()
)
debtor_held = dev.DebtorHeld(on=NOW, hold_id=HOLD, reason="Flood.", until=None, release_by=())
first = StepTaken(
    on=day("2026-03-03"),
    step="first reminder",
    times=1,
    planned_on=day("2026-03-03"),
    message="follow-up/D-7/2026-03-03",
    playbook=0,
)


def why(
    *events: Any,
    debtor: Any = (known,),
    on: str = TODAY,
    rules: Any = RULES,
    version: int = 1,
) -> Explanation:
    book, of_debtor = given(registered, *events), given(*debtor)
    file = Dossier(
        entries=book.entries(),
        invoice=book.becomes(),
        debtor_entries=of_debtor.entries(),
        debtor=replay(DEBTOR, BOOK, of_debtor.entries()).state,
        playbook=Playbook(BOOK, line=version, version=version),
        rules=rules,
        at=parse_moment(on, ZONE),
        today=day(on),
    )
    return answer(file)


def lines_of(causes: Any) -> list[int]:
    return [cause.line for cause in causes]


def test_the_next_step_its_day_its_rule_and_what_it_stands_on() -> None:
    told = why()
    assert told.says == "Next, since 2026-03-01: chase debtor."
    [step] = [one for one in told.next if one.by_clock]
    assert (step.what, step.on, step.amount) == ("first reminder", day("2026-03-03"), money(100))
    assert step.rule == "/ladders/business/steps/1"
    assert step.why == ["first reminder: 3 days after it was due on 2026-02-28"]
    assert lines_of(step.causes) == [1]
    assert step.causes[0].what.startswith("Invoice 2026-001 of EUR 100.00 was registered")
    assert told.stops == []


def test_the_step_after_it_names_the_one_before() -> None:
    [step] = [one for one in why(first, on="2026-03-04").next if one.by_clock]
    assert (step.what, step.on) == ("second reminder", day("2026-03-13"))
    assert lines_of(step.causes) == [1, 2]


def test_the_cause_of_an_answer_is_the_mail_of_the_debtor() -> None:
    """F14: a resolver's mail that came later is in the same book."""
    wrote = but(called, direction=Direction.IN, awaits_answer=True, summary="Hello?")
    of_resolver = but(wrote, contact_id=HOLD, awaits_answer=False)
    [task] = [one for one in why(wrote, of_resolver).next if one.what == "answer debtor"]
    assert lines_of(task.causes) == [2]


def test_a_step_is_taken_on_a_day_that_is_worked() -> None:
    easter = but(registered, instalments=(Instalment(day("2026-04-02"), money(100)),))
    corrected = InvoiceCorrected(on=NOW, why="Later.", instalments=easter.instalments)
    [copy] = [one for one in why(corrected).next if one.by_clock]
    assert (copy.what, copy.on) == ("invoice copy", day("2026-03-30"))  # of the 28th, a Saturday
    [step] = [one for one in why(corrected, on="2026-04-03").next if one.by_clock]
    assert (step.what, step.on) == ("first reminder", day("2026-04-07"))  # Easter Monday is the 6th
    assert lines_of(step.causes) == [1, 2]


@pytest.mark.parametrize(
    ("events", "says", "causes"),
    [
        ((paid(60), paid(40, "P2")), "it is paid", [2, 3]),
        ((cancelled,), "it is cancelled", [2]),
        ((handed_off,), "it is handed off", [2]),
        ((promised(100),), "100 is promised for 2026-03-10", [2]),
    ],
)
def test_what_stops_it(events: Any, says: str, causes: list[int]) -> None:
    told = why(*events)
    [stop] = told.stops
    assert (stop.why, lines_of(stop.causes)) == (says, causes)
    assert [one for one in told.next if one.what == "first reminder"] == []


def test_nothing_happens_to_what_is_paid() -> None:
    told = why(paid(100))
    assert (told.says, told.next) == ("Nothing happens: it is paid.", [])


def test_a_dispute_stops_it_and_its_resolver_is_next() -> None:
    told = why(called, opened(rests_whole=True), assigned)
    [stop] = told.stops
    assert (stop.why, lines_of(stop.causes)) == ("100 is disputed: price", [3])
    [chase] = told.next
    assert (chase.what, chase.on, chase.by_clock) == ("chase resolver", day("2026-03-09"), True)
    assert (chase.rule, lines_of(chase.causes)) == ("/reasons/price", [3, 4])
    told = why(opened(), rules=but(RULES, reasons={}))
    assert [one.rule for one in told.next] == ["/disputes"]


def test_a_dispute_that_is_over_stops_nothing() -> None:
    told = why(opened(), resolved(Outcome.REJECTED, rejected=100), resumed())
    assert told.stops == []
    assert "resume after dispute" in [one.what for one in told.next]
    [resume] = [one for one in told.next if one.what == "resume after dispute"]
    assert lines_of(resume.causes) == [3, 4]


def test_who_writes_after_a_decision_and_the_decision_ask_whether_to_reopen() -> None:
    wrote = but(called, direction=Direction.IN, awaits_answer=True, resolved_case=CASE)
    told = why(opened(), resolved(Outcome.REJECTED, rejected=100), wrote)
    [reopen] = [one for one in told.next if one.what == "reopen dispute"]
    assert lines_of(reopen.causes) == [3, 4]


def test_a_hold_moves_the_step_to_its_end() -> None:
    told = why(held)
    [stop] = told.stops
    assert (stop.why, stop.until) == ("held: Talks.", day("2026-03-16"))
    assert lines_of(stop.causes) == [2]
    [step] = [one for one in told.next if one.what == "first reminder"]
    assert step.on == day("2026-03-16")


def test_a_debtor_who_is_held_is_not_chased() -> None:
    told = why(debtor=(known, debtor_held))
    [stop] = told.stops
    assert stop.why == "the debtor is held: Flood."
    assert [(cause.book, cause.line) for cause in stop.causes] == [("debtor", 2)]
    assert (told.next, told.says) == ([], "Nothing happens: the debtor is held: Flood.")
    until = but(debtor_held, until=day("2026-03-20"))
    on = {one.on for one in why(debtor=(known, until)).next}
    assert on == {day("2026-03-20")}


def test_what_chases_nobody_is_no_cause() -> None:
    asked = but(called, direction=Direction.IN)
    [chase] = [one for one in why(asked).next if one.what == "chase debtor"]
    assert lines_of(chase.causes) == [1]


def test_what_was_said_by_hand_of_another_item_is_no_cause() -> None:
    later = ItemPostponed(
        on=NOW,
        item="debtor",
        action=TaskKind.CHASE_DEBTOR,
        due_on=NOW,
        until=day("2026-03-09"),
        why="On holiday.",
    )
    other = but(later, item=str(uuid4()))
    [chase] = [one for one in why(other, later).next if one.what == "chase debtor"]
    assert (chase.on, lines_of(chase.causes)) == (day("2026-03-09"), [1, 3])


def test_the_ladder_ends() -> None:
    steps = RULES.ladders["business"].steps[1:2]
    short = but(RULES, ladders={"business": but(RULES.ladders["business"], steps=steps)})
    short = but(short, ladders={"business": but(short.ladders["business"], repeat=None)})
    assert [one for one in why(first, on="2026-03-04", rules=short).next if one.by_clock] == []


def test_before_a_playbook_is_applied_nothing_goes_by_itself() -> None:
    told = why(version=0)
    assert [stop.why for stop in told.stops] == [
        "no playbook was applied, so nothing is sent automatically"
    ]
    assert {one.by_clock for one in told.next} == {False}


def test_who_cannot_be_written_to_is_told() -> None:
    nowhere = but(known, email=None, address=None)
    told = why(debtor=(nowhere,))
    [stop] = told.stops
    assert stop.why == "the debtor has no usable e-mail or postal address"
    assert [(cause.book, cause.line) for cause in stop.causes] == [("debtor", 1)]
    assert {one.by_clock for one in told.next} == {False}
    by_letter = but(nowhere, address="Kade 1, Utrecht")
    assert why(debtor=(by_letter,)).stops == []


def test_every_action_has_its_causes() -> None:
    assert set(OF_ACTION) <= set(TaskKind)
