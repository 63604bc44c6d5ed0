"""A resolver who does not answer is reminded at the interval, and then somebody higher is told."""

import pytest
from msgspec.structs import replace as but

from api.clock.tick import TickReport
from commands.context import Context
from commands.disputes.approvals import ApproveCredit, RequestCredit
from commands.disputes.reminders import ChaseResolver, EscalateUnsolved
from commands.disputes.resolutions import ReopenDispute, ResolveDispute
from commands.disputes.resolvers import AssignResolver, MoveFollowUpDate, RecordAnswer
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Answer, Channel, Outcome, Purpose
from ledger.facts.invoice.dispute_handling import ResolverReminded
from ledger.facts.playbook_rules import Approver
from ledger.policy.refusal import Refused
from support.clock_case import HANDLING, RULES, WHO, ClockCase, at, open_dispute
from support.examples import CASE, INV, SAM, assigned, money, opened, registered, resolved
from support.given import day, given


@pytest.fixture
def asked_sam(clock_case: ClockCase) -> None:
    """A case over two invoices; its resolver is to answer by Monday 5 October."""
    clock_case.debtor()
    for number in ("A-1", "A-2"):
        clock_case.invoice(number)
    clock_case.now = at("2026-09-28")
    open_dispute(clock_case, "A-1")
    open_dispute(clock_case, "A-2")


def names(clock_case: ClockCase) -> list[str]:
    return [one.message.removesuffix(f"/{CASE}") for one in clock_case.messages()]


def reminded(clock_case: ClockCase, number: str = "A-1") -> int:
    return clock_case.state(number).disputes[CASE].reminders


@pytest.mark.usefixtures("asked_sam")
def test_reminded_at_the_interval_and_each_time_once(clock_case: ClockCase) -> None:
    assert clock_case.tick("2026-10-02") == TickReport()
    for hour in (8, 9, 10):
        clock_case.tick(f"2026-10-05T{hour:02}:00+00:00")
    assert [reminded(clock_case), reminded(clock_case, "A-2")] == [1, 1]
    [first] = clock_case.messages()
    assert first.message == f"resolver-reminder/{CASE}/{WHO}/2026-10-05"
    assert (first.to, first.template) == ((WHO,), "resolver-reminder")
    assert [one.invoice for one in first.about] == ["A-1", "A-2"]
    assert first.facts["asks"] == HANDLING.asks
    assert first.facts["answer_by"] == "2026-10-08"
    assert clock_case.tick("2026-10-07") == TickReport()
    assert clock_case.tick("2026-10-08").reminders == 1
    assert clock_case.messages()[1].facts["times"] == "2"


@pytest.mark.usefixtures("asked_sam")
def test_an_answer_or_another_day_ends_it(clock_case: ClockCase) -> None:
    clock_case.execute(RecordAnswer(invoice="A-1", case_id=CASE, answer=Answer.SOLVED))
    clock_case.execute(
        RecordAnswer(
            invoice="A-2", case_id=CASE, answer=Answer.NOT_SOLVED, follow_up_on="2026-10-12"
        )
    )
    assert clock_case.tick("2026-10-09") == TickReport()
    assert clock_case.tick("2026-10-12").reminders == 1
    assert [reminded(clock_case), reminded(clock_case, "A-2")] == [0, 1]
    clock_case.execute(
        MoveFollowUpDate(invoice="A-2", case_id=CASE, follow_up_on="2026-11-02", why="Ill.")
    )
    assert clock_case.tick("2026-10-20").reminders == 0


@pytest.mark.usefixtures("asked_sam")
def test_after_two_reminders_it_goes_higher_and_he_is_reminded_on(clock_case: ClockCase) -> None:
    for on in ("2026-10-05", "2026-10-08"):
        assert clock_case.tick(on).escalations == 0
    report = clock_case.tick("2026-10-13")
    assert (report.escalations, report.reminders) == (1, 1)
    assert clock_case.tick("2026-10-13") == TickReport()
    told = next(one for one in clock_case.messages() if one.purpose is Purpose.ESCALATION)
    assert told.message == f"escalation/{CASE}/boss@seller.example/2026-10-13"
    assert told.to == ("boss@seller.example",)
    assert told.facts["why"] == f"{WHO} was reminded 2 times and did not answer"
    assert clock_case.state("A-2").disputes[CASE].escalated_to == "boss@seller.example"
    assert clock_case.tick("2026-11-30").escalations == 0


@pytest.mark.usefixtures("asked_sam")
def test_who_takes_a_case_over_was_not_reminded_yet(clock_case: ClockCase) -> None:
    for on in ("2026-10-05", "2026-10-08"):
        clock_case.tick(on)
    other = {"resolver": "eva@seller.example", "follow_up_on": "2026-10-13"}
    for number in ("A-1", "A-2"):
        clock_case.execute(AssignResolver(invoice=number, case_id=CASE, **other))
    report = clock_case.tick("2026-10-13")
    assert (report.escalations, report.reminders, reminded(clock_case)) == (0, 1, 1)


@pytest.mark.usefixtures("asked_sam")
def test_past_the_day_to_be_resolved_it_goes_higher(clock_case: ClockCase) -> None:
    """20 working days after 28 September; it was answered, and not decided."""
    for number in ("A-1", "A-2"):
        clock_case.execute(RecordAnswer(invoice=number, case_id=CASE, answer=Answer.SOLVED))
    assert clock_case.tick("2026-10-26").escalations == 0
    assert clock_case.tick("2026-10-27") == TickReport(escalations=1)


@pytest.mark.usefixtures("asked_sam")
def test_reopened_it_takes_its_time_anew_and_goes_higher_again(clock_case: ClockCase) -> None:
    assert clock_case.tick("2026-10-27").escalations == 1
    for number in ("A-1", "A-2"):
        clock_case.execute(
            ResolveDispute(invoice=number, case_id=CASE, outcome="rejected", on="2026-10-28")
        )
        clock_case.execute(
            ReopenDispute(invoice=number, case_id=CASE, why="Not so.", on="2026-10-29")
        )
    assert reminded(clock_case) == 0
    assert clock_case.tick("2026-11-26").escalations == 0
    assert clock_case.tick("2026-11-27").escalations == 1, "20 working days after 29 October"


@pytest.mark.usefixtures("asked_sam")
def test_a_later_part_of_the_case_is_told_by_itself(clock_case: ClockCase) -> None:
    clock_case.tick("2026-10-27")
    clock_case.invoice("A-3")
    open_dispute(clock_case, "A-3")
    assert clock_case.tick("2026-11-27").escalations == 1
    first, later = [one for one in clock_case.messages() if one.purpose is Purpose.ESCALATION]
    assert first.message != later.message
    assert [one.invoice for one in later.about] == ["A-3"]


@pytest.mark.usefixtures("asked_sam")
def test_a_resolver_without_mail_address_is_reminded_on_record(clock_case: ClockCase) -> None:
    for number in ("A-1", "A-2"):
        clock_case.execute(AssignResolver(invoice=number, case_id=CASE, resolver="Sam, 2nd floor"))
    assert clock_case.tick("2026-10-06").reminders == 1
    assert clock_case.tick("2026-10-06").reminders == 0
    assert clock_case.messages() == []
    assert [reminded(clock_case), reminded(clock_case, "A-2")] == [1, 1]


@pytest.mark.usefixtures("asked_sam")
def test_two_resolvers_of_one_case_are_both_reminded(clock_case: ClockCase) -> None:
    other = "eva@seller.example"
    clock_case.execute(AssignResolver(invoice="A-2", case_id=CASE, resolver=other))
    for on in ("2026-10-06", "2026-10-06", "2026-10-09", "2026-10-09"):
        assert clock_case.tick(on).reminders == 1
    told = [(one.to, one.facts["times"]) for one in clock_case.messages() if one.facts.get("times")]
    assert told == [((WHO,), "1"), ((other,), "1"), ((WHO,), "2"), ((other,), "2")]


@pytest.mark.usefixtures("asked_sam")
def test_nothing_is_asked_of_a_case_that_is_over_until_it_is_reopened(
    clock_case: ClockCase,
) -> None:
    for number in ("A-1", "A-2"):
        clock_case.execute(ResolveDispute(invoice=number, case_id=CASE, outcome=Outcome.REJECTED))
    assert clock_case.tick("2026-10-02") == TickReport()
    clock_case.execute(ReopenDispute(invoice="A-1", case_id=CASE, why="Look again."))
    assert clock_case.tick("2026-10-06").reminders == 1


@pytest.mark.usefixtures("asked_sam")
def test_rules_that_change_meanwhile_count(clock_case: ClockCase) -> None:
    slower = but(RULES, disputes=but(HANDLING, remind_every=10))
    clock_case.execute(ApplyPlaybook(rules=slower))
    clock_case.tick("2026-10-05")
    assert clock_case.state().disputes[CASE].follow_up_on == day("2026-10-19")


@pytest.mark.usefixtures("asked_sam")
def test_an_approver_is_reminded_at_the_interval_until_he_decides(clock_case: ClockCase) -> None:
    lead, head = "lead@seller.example", "head@seller.example"
    limits = (Approver(lead, money(50)), Approver(head))
    clock_case.execute(ApplyPlaybook(rules=but(RULES, approvers=limits)))
    for number in ("A-1", "A-2"):
        clock_case.execute(RecordAnswer(invoice=number, case_id=CASE, answer=Answer.SOLVED))
        clock_case.execute(RequestCredit(invoice=number, case_id=CASE, amount=60))
    assert clock_case.tick("2026-10-02") == TickReport()
    for _ in range(2):
        clock_case.tick("2026-10-05")
    [told] = clock_case.messages()
    assert told.message == f"approval-reminder/{CASE}/{lead}/2026-10-05"
    assert (told.purpose, told.to) == (Purpose.APPROVAL_REQUEST, (lead,))
    assert told.facts["credit"] == "A-1: 60.00 EUR, A-2: 60.00 EUR"
    assert (told.facts["times"], told.facts["answer_by"]) == ("1", "2026-10-08")
    assert clock_case.tick("2026-10-08").approvals == 1
    for number in ("A-1", "A-2"):
        execute(
            clock_case.ledger,
            [ApproveCredit(invoice=number, case_id=CASE)],
            Context(lead, clock_case.now),
        )
    assert clock_case.tick("2026-10-14").approvals == 0
    assert clock_case.tick("2026-10-15").approvals == 1
    assert clock_case.messages()[-1].to == (head,)


def test_the_book_decides_whom_to_remind_and_when() -> None:
    chase = ChaseResolver(invoice=INV, case_id=CASE, rules=RULES, resolver=SAM)
    past = (registered, opened(), assigned)
    reminder = ResolverReminded(
        on=day("2026-03-09"),
        case_id=CASE,
        resolver=SAM,
        times=1,
        follow_up_on=day("2026-03-12"),
        channel=Channel.EMAIL,
    )
    given(*past).when(chase, on="2026-03-09").then(reminder)
    given(*past, reminder).when(chase, on="2026-03-09").refused(Refused, "No reminder of")
    given(*past).when(chase, on="2026-03-08").refused(Refused)
    given(registered).when(chase, on="2026-03-09").refused(Refused)
    other = chase.model_copy(update={"resolver": "eva"})
    given(*past).when(other, on="2026-03-09").refused(Refused)
    over = resolved(Outcome.REJECTED, rejected=100)
    given(*past, over).when(chase, on="2026-03-09").refused(Refused)


def test_the_book_decides_what_takes_too_long() -> None:
    higher = EscalateUnsolved(invoice=INV, case_id=CASE, rules=RULES)
    past = (registered, opened(), assigned)
    given(*past).when(higher, on="2026-03-30").refused(Refused, "No escalation of")
    [told] = given(*past).when(higher, on="2026-03-31").decided()
    assert (told.to, told.why) == (
        "boss@seller.example",
        "open since 2026-03-02, longer than 20 working days",
    )
    given(*past, told).when(higher, on="2026-04-30").refused(Refused)
    over = resolved(Outcome.REJECTED, rejected=100)
    given(*past, over).when(higher, on="2026-04-30").refused(Refused)
    nobody = higher.model_copy(update={"rules": but(RULES, disputes=but(HANDLING, escalate_to=""))})
    given(*past).when(nobody, on="2026-03-31").refused(Refused)
    assert money(100) == given(*past).becomes().disputed_amount
