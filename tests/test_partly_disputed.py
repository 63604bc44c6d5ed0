"""Part of an invoice is disputed: all of it rests, or the rest goes on, wherever one looks."""

from typing import Any

import pytest

from api.postman.saying import context
from api.why import Why, why
from commands.disputes import OpenDispute
from commands.emails import RecordEmailSent
from commands.resolutions import ResolveDispute
from ledger.codes import Outcome, Reason
from ledger.next_actions import todos
from ledger.pool import Pool
from ledger.store import Ledger
from support.clock_case import House
from support.examples import CASE, SHA, money

WHOLE, PART = Reason.PRICE, Reason.DISCOUNT  # by the rules of the house


@pytest.fixture
def house(pool: Pool, ledger: Ledger) -> House:
    """An invoice of 100.00 that fell due on Wednesday 30 September."""
    house = House(pool, ledger)
    house.debtor()
    house.invoice()
    house.now = house.now.replace(month=10, day=1)
    return house


def disputed(house: House, reason: Reason) -> None:
    facts: dict[str, Any] = {"invoice": "A-1", "case_id": CASE, "comment": "Too much."}
    house.does(OpenDispute(reason=reason, contested=money(30), **facts))


def actions(house: House) -> list[tuple[str, str]]:
    return [(str(one.action), str(one.amount)) for one in todos(house.state())]


def reasons(house: House) -> Why:
    return why(house.ledger, house.ledger.history(house.id_of("A-1")), house.now)


def test_all_of_it_rests(house: House) -> None:
    disputed(house, WHOLE)
    house.strikes("2026-10-05")
    assert house.messages() == []
    assert actions(house) == [("assign resolver", "30.00")], "nobody is asked to chase the rest"
    told = reasons(house)
    assert [stop.why for stop in told.stops] == ["30.00 is disputed: price"]
    assert [one.what for one in told.next] == ["assign resolver"]


def test_what_is_not_disputed_goes_on(house: House) -> None:
    disputed(house, PART)
    assert actions(house) == [("assign resolver", "30.00"), ("chase debtor", "70.00")]
    told = reasons(house)
    assert told.stops == []
    [step] = [one for one in told.next if one.by_clock]
    assert (step.what, str(step.amount)) == ("first", "70.00")
    assert "the other 30.00 is not asked for now; 30.00 is disputed" in step.why
    house.strikes("2026-10-05")
    [asked] = house.messages()
    assert [one.open_amount for one in asked.about] == [money(70)]
    assert context(asked, "Us", "Them")["total"] == "€\xa070,00"


def test_who_was_reminded_of_the_rest_is_not_reminded_again_because_it_is_solved(
    house: House,
) -> None:
    disputed(house, PART)
    house.strikes("2026-10-05")
    [asked] = house.messages()
    house.does(
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
    house.does(
        ResolveDispute(invoice="A-1", outcome=Outcome.REJECTED, case_id=CASE), on="2026-10-06"
    )
    house.strikes("2026-10-07")
    assert len(house.messages()) == 1
    house.strikes("2026-10-12")
    assert [one.open_amount for one in house.messages()[1].about] == [money(100)]
