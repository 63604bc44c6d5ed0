"""What follows from what happened to a dispute, by the rules in force."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace as but

from commands.command import DecisionContext
from commands.context import Overrides
from commands.disputes.approvals import RequestCredit
from commands.disputes.notices import notices
from commands.disputes.resolver_answers import ResolverAnswer, answer_commands
from commands.disputes.resolvers import AssignResolver, MoveFollowUpDate, RecordAnswer
from commands.disputes.workflow import Workflow
from commands.messages.outbox import RequestMessage
from ledger.facts.codes import Answer, Outcome, Purpose, Reason
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.disputes.assignment import is_colleague, resolver_of
from ledger.policy.disputes.case_part import CaseChange
from ledger.policy.messages.languages import language_of
from ledger.policy.refusal import Refused
from support.disputing import EVA, LEO, rules
from support.disputing import SAM as SALES
from support.examples import (
    CASE,
    INV,
    NOW,
    OTHER_CASE,
    assigned,
    known,
    money,
    opened,
    registered,
    resolved,
)
from support.given import day, given

RUN = Workflow(rules(), 3, NOW)
APPROVERS = 'approvers: [{approver: team lead, up_to: "500"}, {approver: director}]\n'


def happened(*events: Any, past: Sequence[Any] = (registered,)) -> list[CaseChange]:
    """The events, and the invoice after all of them."""
    invoice: Invoice = given(*past, *events).becomes()
    return [CaseChange(invoice, event) for event in events]


def debtor(**told: Any) -> Debtor:
    made: Debtor = given(known).becomes()
    return but(made, **told)


def told(*events: Any, past: Sequence[Any] = (registered,), **of: Any) -> list[RequestMessage]:
    who = debtor(**({"email": "jan@bakker.example"} | of))
    return list(notices(RUN, happened(*events, past=past), lambda _: who, lambda name: f"{name}/1"))


def test_opened_asks_whom_the_playbook_names() -> None:
    [wish] = RUN.reactions(happened(opened()), Overrides())
    assert wish == AssignResolver(
        invoice=INV,
        case_id=CASE,
        resolver=SALES,
        expected="Which price was agreed?",
        follow_up_on="2026-03-09",
    )


def test_a_public_holiday_is_no_working_day() -> None:
    before_easter = Workflow(rules(), 3, day("2026-04-02"))
    assert before_easter.answer_by(Reason.PRICE) == day("2026-04-13")


@pytest.mark.parametrize(
    ("amount", "unit", "resolver"),
    [("1999.99", "south", EVA), ("2000", "south", LEO), ("100", "north", SALES)],
)
def test_the_first_rule_whose_conditions_all_hold(amount: str, unit: str, resolver: str) -> None:
    bill = InvoiceRegistered(
        on=registered.on,
        number=INV,
        debtor="D-7",
        business_unit=unit,
        collector="",
        amount=money(amount),
        currency="EUR",
        instalments=(Instalment(day("2026-02-28"), money(amount)),),
    )
    assert resolver_of(rules(), happened(opened(amount), past=(bill,))) == resolver


def test_reopened_asks_again_by_another_day() -> None:
    reopened = DisputeReopened(on=NOW, case_id=CASE, why="Not so.", disputed=money(100))
    past = (registered, opened(), assigned, resolved(Outcome.REJECTED, rejected=100))
    [wish] = RUN.reactions(happened(reopened, past=past), Overrides())
    assert wish == MoveFollowUpDate(
        invoice=INV, case_id=CASE, follow_up_on="2026-03-09", why="Not so."
    )
    request, copy = told(reopened, past=past)
    assert (request.message, request.facts["why"]) == (f"request/{CASE}/1", "Not so.")
    assert (copy.message, copy.facts["why"]) == (f"copy/{CASE}/1", "Not so.")


def test_an_opening_is_received_and_asked_about() -> None:
    receipt, request, copy = told(opened(), assigned)
    assert receipt.message == f"receipt/{CASE}"
    assert receipt.to == ("jan@bakker.example",)
    assert request.to == ("sam@workshop",)
    assert request.facts["answer_by"] == "2026-03-09"
    assert request.playbook == 3
    assert (copy.purpose, copy.template, copy.facts) == (Purpose.COPY, "copy", request.facts)
    assert "sam@workshop" not in copy.to, "whoever reads a copy does not answer for him"


def test_of_a_part_the_debtor_hears_that_the_rest_is_due_as_agreed() -> None:
    [receipt] = told(opened(30, 30))
    assert receipt.facts["undisputed"] == f"{INV}: 70.00 EUR"
    for whole in (opened(), opened(30, 30, rests_whole=True)):
        [receipt] = told(whole)
        assert "undisputed" not in receipt.facts


@pytest.mark.parametrize("email", [None, "info at bakery"])
def test_nobody_is_written_to_without_an_address(email: str | None) -> None:
    assert [one.purpose for one in told(opened(), assigned, email=email)] == ["request", "copy"]
    by_name = ResolverAssigned(
        on=NOW, case_id=CASE, resolver="Sam of sales", expected="", follow_up_on=None
    )
    assert [one.purpose for one in told(opened(), by_name)] == ["receipt"]
    assert told(opened(), email=email) == []


def test_the_outcome_of_a_dispute_that_was_never_opened_is_not_told() -> None:
    """An import may bring a result alone."""
    assert told(resolved(Outcome.REJECTED)) == []


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [("fr-BE", "BE", "fr-BE"), (None, "DE", "de"), (None, "GB", "en"), (None, None, "nl")],
)
def test_the_language_of_a_debtor(language: str | None, country: str | None, expected: str) -> None:
    assert language_of(debtor(language=language, country=country), "NL") == expected


def answers(more: str = "", **said: Any) -> list[Any]:
    invoice = given(registered, opened(), assigned).becomes()
    by = DecisionContext(NOW, "sam@workshop")
    return list(
        answer_commands([invoice], CASE, ResolverAnswer.model_validate(said), rules(more), by)
    )


def test_a_credit_goes_up_to_who_may_approve_it() -> None:
    wishes = answers(APPROVERS, answer="solved", outcome="credited", credited={INV: "60"})
    assert [type(one) for one in wishes] == [RecordAnswer, RequestCredit]
    assert (wishes[1].amount, wishes[1].approver) == (money(60), None), "the first of the playbook"
    alone = answers(answer="solved", outcome="credited", credited={INV: "60"})
    assert [one.text for one in alone] == ["outcome: credited; credit: 60 EUR"]


def test_who_may_be_asked_by_a_link() -> None:
    for who, ours in (
        (EVA, True),
        ("x@WORKSHOP", True),
        ("The invoice desk", True),
        ("x@workshop.evil", False),
        ("Somebody", False),
    ):
        assert is_colleague(rules(), "sam@workshop", who) is ours, who
    assert not is_colleague(rules(), "Sam of sales", "Somebody")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"answer": "solved"}, "outcome"),
        ({"answer": "solved", "outcome": "credited", "credited": {INV: "100.01"}}, "credited"),
        ({"answer": "not_solved", "follow_up_on": "2026-03-09"}, "text"),
        ({"answer": "not_solved", "text": "Busy."}, "follow_up_on"),
        ({"answer": "not_solved", "text": "Busy.", "follow_up_on": "2026-03-01"}, "follow_up_on"),
        ({"answer": "not_mine"}, "who"),
    ],
)
def test_an_answer_that_cannot_be(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        answers(**said)
    assert refusal.value.field == field


def test_an_answer_of_one_kind_does_nothing_of_another() -> None:
    """A form may bring more than its answer is about."""
    [one] = answers(
        APPROVERS,
        answer="not_mine",
        text="Ask her.",
        outcome="credited",
        credited={INV: "60"},
        follow_up_on="2026-03-20",
    )
    assert (one.answer, one.text, one.follow_up_on) == (Answer.NOT_MINE, "Ask her.", None)


def test_the_same_dispute_is_not_opened_twice() -> None:
    again = but(opened(), case_id=OTHER_CASE, disputed=money(0))
    with pytest.raises(Refused, match=f"in the same words: case {CASE}"):
        list(RUN.reactions(happened(again, past=(registered, opened())), Overrides()))
    more = but(again, comment="And it is broken.")
    assert list(RUN.reactions(happened(more, past=(registered, opened())), Overrides()))
    over = (registered, opened(), resolved(Outcome.REJECTED, rejected=100))
    assert list(RUN.reactions(happened(again, past=over), Overrides()))


def test_several_debtors_in_one_case() -> None:
    one, other = happened(opened())[0], happened(opened())[0]
    stranger = CaseChange(but(other.invoice, number="other", debtor="D-8"), other.event)
    with pytest.raises(Refused, match="D-7, D-8"):
        list(RUN.reactions([one, stranger], Overrides()))
