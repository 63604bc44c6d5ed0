"""A resolver who does not answer is reminded at the interval, and then somebody higher is told."""

import pytest
from msgspec.structs import replace as but

from api.clock.strike import Struck
from commands.approvals import ApproveCredit, RequestCredit
from commands.command import Refused
from commands.disputes import AssignResolver, MoveFollowUpDate, OpenDispute, RecordAnswer
from commands.handling import Context, handle
from commands.playbook import ApplyPlaybook
from commands.reminders import ChaseResolver, EscalateUnsolved
from commands.resolutions import ReopenDispute, ResolveDispute
from ledger import invoice_events as ev
from ledger.codes import Answer, Outcome, Purpose, Reason
from ledger.pool import Pool
from ledger.rules import Approver
from ledger.store import Ledger
from support.clock_case import HANDLING, RULES, House, at
from support.examples import CASE, INV, SAM, assigned, money, opened, registered, resolved
from support.given import day, given

WHO = "sam@seller.example"


@pytest.fixture
def house(pool: Pool, ledger: Ledger) -> House:
    """A case over two invoices; its resolver is to answer by Monday 5 October."""
    house = House(pool, ledger)
    house.debtor()
    for number in ("A-1", "A-2"):
        house.invoice(number)
    house.now = at("2026-09-28")
    disputed(house, "A-1")
    disputed(house, "A-2")
    return house


def disputed(house: House, number: str, resolver: str = WHO, case: object = CASE) -> None:
    one = {"invoice": number, "case_id": case}
    house.does(
        OpenDispute(reason=Reason.PRICE, comment="10 % less.", **one),
        AssignResolver(resolver=resolver, follow_up_on="2026-10-05", **one),
    )


def names(house: House) -> list[str]:
    return [one.message.removesuffix(f"/{CASE}") for one in house.messages()]


def reminded(house: House, number: str = "A-1") -> int:
    return house.state(number).disputes[CASE].reminders


def test_reminded_at_the_interval_and_each_time_once(house: House) -> None:
    assert house.strikes("2026-10-02") == Struck()
    for hour in (8, 9, 10):
        house.strikes(f"2026-10-05T{hour:02}:00+00:00")
    assert [reminded(house), reminded(house, "A-2")] == [1, 1]
    [first] = house.messages()
    assert first.message == f"resolver-reminder/{CASE}/{WHO}/2026-10-05"
    assert (first.to, first.template) == ((WHO,), "resolver-reminder")
    assert [one.invoice for one in first.about] == ["A-1", "A-2"]
    assert first.facts["asks"] == HANDLING.asks
    assert first.facts["answer_by"] == "2026-10-08"
    assert house.strikes("2026-10-07") == Struck()
    assert house.strikes("2026-10-08").reminders == 1
    assert house.messages()[1].facts["times"] == "2"


def test_an_answer_or_another_day_ends_it(house: House) -> None:
    house.does(RecordAnswer(invoice="A-1", case_id=CASE, answer=Answer.SOLVED))
    house.does(
        RecordAnswer(
            invoice="A-2", case_id=CASE, answer=Answer.NOT_SOLVED, follow_up_on="2026-10-12"
        )
    )
    assert house.strikes("2026-10-09") == Struck()
    assert house.strikes("2026-10-12").reminders == 1
    assert [reminded(house), reminded(house, "A-2")] == [0, 1]
    house.does(MoveFollowUpDate(invoice="A-2", case_id=CASE, follow_up_on="2026-11-02", why="Ill."))
    assert house.strikes("2026-10-20").reminders == 0


def test_after_two_reminders_it_goes_higher_and_he_is_reminded_on(house: House) -> None:
    for on in ("2026-10-05", "2026-10-08"):
        assert house.strikes(on).escalations == 0
    struck = house.strikes("2026-10-13")
    assert (struck.escalations, struck.reminders) == (1, 1)
    assert house.strikes("2026-10-13") == Struck()
    told = next(one for one in house.messages() if one.purpose is Purpose.ESCALATION)
    assert told.message == f"escalation/{CASE}/boss@seller.example/2026-10-13"
    assert told.to == ("boss@seller.example",)
    assert told.facts["why"] == f"{WHO} was reminded 2 times and did not answer"
    assert house.state("A-2").disputes[CASE].escalated_to == "boss@seller.example"
    assert house.strikes("2026-11-30").escalations == 0


def test_who_takes_a_case_over_was_not_reminded_yet(house: House) -> None:
    for on in ("2026-10-05", "2026-10-08"):
        house.strikes(on)
    other = {"resolver": "eva@seller.example", "follow_up_on": "2026-10-13"}
    for number in ("A-1", "A-2"):
        house.does(AssignResolver(invoice=number, case_id=CASE, **other))
    struck = house.strikes("2026-10-13")
    assert (struck.escalations, struck.reminders, reminded(house)) == (0, 1, 1)


def test_past_the_day_to_be_resolved_it_goes_higher(house: House) -> None:
    """20 working days after 28 September; it was answered, and not decided."""
    for number in ("A-1", "A-2"):
        house.does(RecordAnswer(invoice=number, case_id=CASE, answer=Answer.SOLVED))
    assert house.strikes("2026-10-26").escalations == 0
    assert house.strikes("2026-10-27") == Struck(escalations=1)


def test_reopened_it_takes_its_time_anew_and_goes_higher_again(house: House) -> None:
    assert house.strikes("2026-10-27").escalations == 1
    for number in ("A-1", "A-2"):
        house.does(
            ResolveDispute(invoice=number, case_id=CASE, outcome="rejected", on="2026-10-28")
        )
        house.does(ReopenDispute(invoice=number, case_id=CASE, why="Not so.", on="2026-10-29"))
    assert reminded(house) == 0
    assert house.strikes("2026-11-26").escalations == 0
    assert house.strikes("2026-11-27").escalations == 1, "20 working days after 29 October"


def test_a_later_part_of_the_case_is_told_by_itself(house: House) -> None:
    house.strikes("2026-10-27")
    house.invoice("A-3")
    disputed(house, "A-3")
    assert house.strikes("2026-11-27").escalations == 1
    first, later = [one for one in house.messages() if one.purpose is Purpose.ESCALATION]
    assert first.message != later.message
    assert [one.invoice for one in later.about] == ["A-3"]


def test_a_resolver_without_mail_address_is_reminded_on_record(house: House) -> None:
    for number in ("A-1", "A-2"):
        house.does(AssignResolver(invoice=number, case_id=CASE, resolver="Sam, 2nd floor"))
    assert house.strikes("2026-10-06").reminders == 1
    assert house.strikes("2026-10-06").reminders == 0
    assert house.messages() == []
    assert [reminded(house), reminded(house, "A-2")] == [1, 1]


def test_two_resolvers_of_one_case_are_both_reminded(house: House) -> None:
    other = "eva@seller.example"
    house.does(AssignResolver(invoice="A-2", case_id=CASE, resolver=other))
    for on in ("2026-10-06", "2026-10-06", "2026-10-09", "2026-10-09"):
        assert house.strikes(on).reminders == 1
    told = [(one.to, one.facts["times"]) for one in house.messages() if one.facts.get("times")]
    assert told == [((WHO,), "1"), ((other,), "1"), ((WHO,), "2"), ((other,), "2")]


def test_nothing_is_asked_of_a_case_that_is_over_until_it_is_reopened(house: House) -> None:
    for number in ("A-1", "A-2"):
        house.does(ResolveDispute(invoice=number, case_id=CASE, outcome=Outcome.REJECTED))
    assert house.strikes("2026-10-02") == Struck()
    house.does(ReopenDispute(invoice="A-1", case_id=CASE, why="Look again."))
    assert house.strikes("2026-10-06").reminders == 1


def test_rules_that_change_meanwhile_count(house: House) -> None:
    slower = but(RULES, disputes=but(HANDLING, remind_every=10))
    house.does(ApplyPlaybook(rules=slower))
    house.strikes("2026-10-05")
    assert house.state().disputes[CASE].follow_up_on == day("2026-10-19")


def test_an_approver_is_reminded_at_the_interval_until_he_decides(house: House) -> None:
    lead, head = "lead@seller.example", "head@seller.example"
    limits = (Approver(lead, money(50)), Approver(head))
    house.does(ApplyPlaybook(rules=but(RULES, approvers=limits)))
    for number in ("A-1", "A-2"):
        house.does(RecordAnswer(invoice=number, case_id=CASE, answer=Answer.SOLVED))
        house.does(RequestCredit(invoice=number, case_id=CASE, amount=60))
    assert house.strikes("2026-10-02") == Struck()
    for _ in range(2):
        house.strikes("2026-10-05")
    [told] = house.messages()
    assert told.message == f"approval-reminder/{CASE}/{lead}/2026-10-05"
    assert (told.purpose, told.to) == (Purpose.APPROVAL_REQUEST, (lead,))
    assert told.facts["credit"] == "60.00 EUR, 60.00 EUR"
    assert (told.facts["times"], told.facts["answer_by"]) == ("1", "2026-10-08")
    assert house.strikes("2026-10-08").approvals == 1
    for number in ("A-1", "A-2"):
        handle(
            house.ledger,
            ApproveCredit(invoice=number, case_id=CASE),
            context=Context(lead, house.now),
        )
    assert house.strikes("2026-10-14").approvals == 0
    assert house.strikes("2026-10-15").approvals == 1
    assert house.messages()[-1].to == (head,)


def test_the_book_decides_whom_to_remind_and_when() -> None:
    chase = ChaseResolver(invoice=INV, case_id=CASE, rules=RULES, resolver=SAM)
    past = (registered, opened(), assigned)
    reminder = ev.ResolverReminded(
        on=day("2026-03-09"),
        case_id=CASE,
        resolver=SAM,
        times=1,
        follow_up_on=day("2026-03-12"),
    )
    given(*past).when(chase, on="2026-03-09").then(reminder)
    given(*past, reminder).when(chase, on="2026-03-09").refused(Refused, "Nobody is to be")
    given(*past).when(chase, on="2026-03-08").refused(Refused)
    given(registered).when(chase, on="2026-03-09").refused(Refused)
    other = chase.model_copy(update={"resolver": "eva"})
    given(*past).when(other, on="2026-03-09").refused(Refused)
    over = resolved(Outcome.REJECTED, rejected=100)
    given(*past, over).when(chase, on="2026-03-09").refused(Refused)


def test_the_book_decides_what_takes_too_long() -> None:
    higher = EscalateUnsolved(invoice=INV, case_id=CASE, rules=RULES)
    past = (registered, opened(), assigned)
    given(*past).when(higher, on="2026-03-30").refused(Refused, "not to be escalated")
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
