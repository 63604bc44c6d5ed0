"""Each debtor by the ladder of his segment, and nobody on a quiet day."""

from typing import Any

import pytest
from msgspec.structs import replace as but

from commands.debtors.registration import CorrectDebtor
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool
from ledger.facts.codes import Channel, TaskKind
from ledger.facts.playbook_rules import Ladder, QuietPeriod, Rules, Segment, Step
from ledger.policy.follow_up.contact_days import next_open_day, why_closed
from ledger.policy.follow_up.ladder import next_step
from ledger.policy.follow_up.segments import segment_of
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.playbook.in_force import shipped
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.store.ledger import Ledger
from projections.explain.why import why
from support.clock_case import LADDER, ClockCase, at
from support.examples import known, registered
from support.given import day, given

RULES = Rules(
    ladders={name: LADDER for name in ("business", "consumer", "public")},
    segments=(
        Segment("public", business_unit="north", country="BE"),
        Segment("consumer", vat_id="unknown"),
    ),
    quiet=(
        QuietPeriod("friday"),
        QuietPeriod(first=day("2026-12-28"), last=day("2027-01-04"), why="Shut."),
    ),
)


@pytest.mark.parametrize(
    ("facts", "segment", "why"),
    [
        ({"segment": "public", "vat_id": "NL1"}, "public", "it is the debtor's own"),
        ({"segment": "farm"}, "business", "the debtor's own, farm, has no ladder"),
        ({"segment": "", "country": "BE"}, "public", "by rule /segments/0"),
        ({"country": "NL"}, "consumer", "by rule /segments/1"),
        ({"vat_id": "NL1"}, "business", "the debtor has no segment"),
    ],
)
def test_his_own_segment_then_the_rules_then_the_default(
    facts: Any, segment: str, why: str
) -> None:
    debtor, invoice = given(but(known, **facts)).becomes(), given(registered).becomes()
    assert segment_of(invoice, debtor, RULES) == (segment, why)


def test_the_next_step_is_one_of_his_own_ladder() -> None:
    short = Ladder(steps=(Step(step="only", after_due=1),))
    rules = but(RULES, ladders={**RULES.ladders, "public": short})
    debtor = given(but(known, segment="public")).becomes()
    due = next_step(given(registered).becomes(), debtor, rules, day("2026-03-02"))
    assert due
    assert (due.step.step, due.planned_on) == ("only", day("2026-03-01"))


@pytest.mark.parametrize(
    ("on", "why", "then"),
    [
        ("2026-12-24", "", "2026-12-24"),
        ("2026-12-11", "2026-12-11 is a quiet day", "2026-12-14"),
        ("2026-12-12", "2026-12-12 is not a working day", "2026-12-14"),
        ("2026-12-28", "2026-12-28 is a quiet day: Shut", "2027-01-05"),
    ],
)
def test_quiet_days(on: str, why: str, then: str) -> None:
    assert why_closed(RULES, day(on)) == why
    assert next_open_day(RULES, day(on)) == day(then)


def test_consumers_get_their_letter_and_companies_none(pool: Pool, ledger: Ledger) -> None:
    """End to end: by their own segment, and by the rule that no VAT number is known.

    What follows the letter waits until the letter has left."""
    clock_case = ClockCase(pool, ledger, rules=None)
    rules = but(shipped(), segments=(Segment("consumer", vat_id="unknown"),))
    clock_case.execute(ApplyPlaybook(rules=rules))
    clock_case.debtor("D-1", vat_id="NL123456789B01")
    clock_case.debtor("D-2")
    clock_case.debtor("D-3", vat_id="NL123456789B01", segment="consumer")
    for n in (1, 2, 3):
        clock_case.invoice(f"A-{n}", f"D-{n}")
    for on in ("2026-10-05", "2026-10-15", "2026-10-26", "2026-11-05"):
        clock_case.tick(on)
    told = [(one.debtor, str(one.on), one.template) for one in clock_case.messages()]
    letter = [(debtor, "2026-10-15", "fourteen-days") for debtor in ("D-2", "D-3")]
    late = [("D-1", "2026-10-15", "reminder"), ("D-1", "2026-10-26", "final-notice")]
    assert told == [
        *((f"D-{n}", "2026-10-05", "reminder") for n in (1, 2, 3)),
        late[0],
        *letter,
        late[1],
    ]


def test_the_earliest_step_of_any_ladder_finds_its_invoice(pool: Pool, ledger: Ledger) -> None:
    early = Ladder(steps=(Step(step="copy", before_due=20, template="invoice-copy"),))
    clock_case = ClockCase(pool, ledger, but(RULES, ladders={**RULES.ladders, "public": early}))
    clock_case.debtor(segment="public")
    clock_case.invoice()
    assert clock_case.tick("2026-09-10").steps == 1


def test_a_quiet_day_goes_by_and_a_late_mail_waits_for_another(pool: Pool, ledger: Ledger) -> None:
    clock_case = ClockCase(pool, ledger, RULES)
    clock_case.debtor(vat_id="NL1")
    clock_case.invoice(due_on="2026-10-06")  # its first reminder is of Friday the 9th
    told = why(ledger, ledger.history(clock_case.id_of("A-1")), at("2026-10-01"))
    assert (told.segment, told.segment_why) == ("business", "the debtor has no segment")
    clock_case.tick("2026-10-01")  # its copy
    told = why(ledger, ledger.history(clock_case.id_of("A-1")), at("2026-10-02"))
    [step] = [one for one in told.next if one.rule]
    assert (step.on, step.why[-1]) == (day("2026-10-12"), "2026-10-09 is a quiet day")
    assert clock_case.tick("2026-10-09").messages == 0
    assert clock_case.tick("2026-10-12").messages == 1
    asked = clock_case.messages()[-1]
    state, owes = clock_case.state(), clock_case.owes("D-7")
    assert asked.channel is Channel.EMAIL
    assert "quiet day" in withdrawal_reason(asked, owes, [state], RULES, day("2026-10-16"))
    assert withdrawal_reason(asked, owes, [state], RULES, day("2026-10-12")) == ""


def test_a_step_whose_channel_cannot_be_used_is_told_and_a_task(pool: Pool, ledger: Ledger) -> None:
    by_mail = Ladder(steps=(Step(step="first", after_due=1, channels=(Channel.EMAIL,)),))
    clock_case = ClockCase(pool, ledger, but(RULES, ladders={**RULES.ladders, "consumer": by_mail}))
    clock_case.debtor(email="", address="Kade 1, Delft")
    clock_case.invoice()
    for on in ("2026-10-05", "2026-10-06"):
        assert clock_case.tick(on).unreachable == ("D-7",)
    [task] = debtor_tasks(clock_case.owes("D-7"))
    assert (task.action, task.on) == (TaskKind.COMPLETE_DATA, day("2026-10-05"))
    assert task.why == ["first is sent by e-mail, and the debtor has no address for it"]
    told = why(ledger, ledger.history(clock_case.id_of("A-1")), at("2026-10-05"))
    assert [one.why for one in told.stops] == ["first needs the debtor's email, which is not known"]
    clock_case.execute(CorrectDebtor(debtor="D-7", why="They called.", segment="public"))
    told = why(ledger, ledger.history(clock_case.id_of("A-1")), at("2026-10-06T12:00+00:00"))
    assert told.stops == []
    clock_case.execute(
        CorrectDebtor(debtor="D-7", why="They called.", email="a@b.nl", segment="consumer")
    )
    assert debtor_tasks(clock_case.owes("D-7")) == []
    assert clock_case.tick("2026-10-06").messages == 1
