"""Part of an invoice is disputed: all of it rests, or the rest goes on, wherever one looks."""

from typing import Any

import pytest

from api.postman.template_context import context
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.messages.delivery import RecordEmailSent
from ledger.facts.codes import Outcome, Reason
from ledger.policy.tasks.invoice import tasks_for
from projections.explain.why import Explanation, why
from support.clock_case import ClockCase
from support.examples import CASE, SHA, money

WHOLE, PART = Reason.PRICE, Reason.DISCOUNT  # by the rules of clock_case


@pytest.fixture(autouse=True)
def overdue(owing: ClockCase) -> None:
    """The invoice fell due yesterday, on Wednesday 30 September."""
    owing.now = owing.now.replace(month=10, day=1)


def disputed(clock_case: ClockCase, reason: Reason) -> None:
    facts: dict[str, Any] = {"invoice": "A-1", "case_id": CASE, "comment": "Too much."}
    clock_case.execute(OpenDispute(reason=reason, contested=money(30), **facts))


def actions(clock_case: ClockCase) -> list[tuple[str, str]]:
    return [(str(one.action), str(one.amount)) for one in tasks_for(clock_case.state())]


def reasons(clock_case: ClockCase) -> Explanation:
    return why(
        clock_case.ledger, clock_case.ledger.history(clock_case.id_of("A-1")), clock_case.now
    )


def test_all_of_it_rests(clock_case: ClockCase) -> None:
    disputed(clock_case, WHOLE)
    clock_case.tick("2026-10-05")
    assert clock_case.messages() == []
    assert actions(clock_case) == [("assign resolver", "30.00")], (
        "nobody is asked to chase the rest"
    )
    told = reasons(clock_case)
    assert [stop.why for stop in told.stops] == ["30.00 is disputed: price"]
    assert [one.what for one in told.next] == ["assign resolver"]


def test_what_is_not_disputed_goes_on(clock_case: ClockCase) -> None:
    disputed(clock_case, PART)
    assert actions(clock_case) == [("assign resolver", "30.00"), ("chase debtor", "70.00")]
    told = reasons(clock_case)
    assert told.stops == []
    [step] = [one for one in told.next if one.by_clock]
    assert (step.what, str(step.amount)) == ("first", "70.00")
    assert "the remaining 30.00 is not requested for now; 30.00 is disputed" in step.why
    clock_case.tick("2026-10-05")
    [asked] = clock_case.messages()
    assert [one.open_amount for one in asked.about] == [money(70)]
    assert context(asked, "Us", "Them")["total"] == "€\xa070,00"


def test_who_was_reminded_of_the_rest_is_not_reminded_again_because_it_is_solved(
    clock_case: ClockCase,
) -> None:
    disputed(clock_case, PART)
    clock_case.tick("2026-10-05")
    [asked] = clock_case.messages()
    clock_case.execute(
        RecordEmailSent(
            invoice="A-1",
            message=asked.message,
            purpose=asked.purpose,
            to=asked.to,
            subject="Reminder",
            message_id="<1@seller.example>",
            document=SHA,
            open_amount=money(70),
            step="first",
        )
    )
    clock_case.execute(
        ResolveDispute(invoice="A-1", outcome=Outcome.REJECTED, case_id=CASE), on="2026-10-06"
    )
    clock_case.tick("2026-10-07")
    assert len(clock_case.messages()) == 1
    clock_case.tick("2026-10-12")
    assert [one.open_amount for one in clock_case.messages()[1].about] == [money(100)]
