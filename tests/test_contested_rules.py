"""How much is contested: an amount, a percentage, or lines, shipping and tax that add up to it."""

from typing import Any

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from commands.disputes.opening import OpenDispute
from ledger.facts.codes import PercentOf, Reason
from ledger.facts.invoice.parts import DisputedLine, InvoiceLine
from ledger.policy.refusal import Refused
from support.examples import CASE, INV, money, opened, paid, registered
from support.given import given

LINES = (
    InvoiceLine("1", "Chairs", money(3), "piece", money("12.00"), money("33.33")),  # discounted
    InvoiceLine("2", "Table", unit_price=money("20.00")),
    InvoiceLine("3", "Lamps", money(2), "piece", money("7.50")),
    InvoiceLine("4", "Bonus", amount=money("-5.00")),
    InvoiceLine("5", "Advice"),
)
billed = replace(registered, lines=LINES)


def wish(**said: Any) -> OpenDispute:
    facts = {
        "invoice": INV,
        "case_id": CASE,
        "reason": Reason.PRICE,
        "comment": "Agreed 10 % less.",
    }
    return OpenDispute(**(facts | said))


def test_a_percentage_of_the_original_amount_or_of_what_is_open() -> None:
    half = given(registered, paid(50))
    of_all: dict[str, Any] = {"percent": money("12.5"), "percent_of": PercentOf.ORIGINAL}
    half.when(wish(percent="12.5")).then(opened(contested="12.50", **of_all))
    of_open: dict[str, Any] = {"percent": money("12.5"), "percent_of": PercentOf.OPEN}
    half.when(wish(percent="12.5", percent_of="open")).then(opened(contested="6.25", **of_open))


@pytest.mark.parametrize(
    ("amount", "currency", "percent", "contested"),
    [
        ("100.10", "EUR", "5", "5.01"),  # 5.005: a half up
        ("99.99", "EUR", "33.3333", "33.33"),
        ("1001", "JPY", "10", "100"),
        ("1.005", "KWD", "50", "0.503"),
        ("100.00", "EUR", "100", "100.00"),
    ],
)
def test_a_percentage_is_exact_in_the_decimals_of_the_currency(
    amount: str, currency: str, percent: str, contested: str
) -> None:
    bill = replace(registered, amount=money(amount), currency=currency)
    [event] = given(bill).when(wish(percent=percent)).decided()
    assert str(event.contested) == str(event.disputed) == contested


def test_lines_shipping_and_tax_add_up() -> None:
    said = wish(lines=[{"number": "1"}, {"number": "3", "quantity": 1}], shipping="4.5", tax="8.40")
    lines = (DisputedLine("1", money("33.33")), DisputedLine("3", money("7.50"), money(1)))
    parts: dict[str, Any] = {"lines": lines, "shipping": money("4.50"), "tax": money("8.40")}
    given(billed).when(said).then(opened(contested="53.73", **parts))


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ({"number": "1", "amount": "10"}, "10.00"),
        ({"number": "1", "quantity": "1"}, "11.11"),  # of what was billed, not of the list price
        ({"number": "1", "quantity": "2", "amount": "5"}, "5.00"),
        ({"number": "2", "quantity": "2"}, "40.00"),
        ({"number": "2", "amount": "7"}, "7.00"),
        ({"number": "3"}, "15.00"),
        ({"number": "5", "amount": "7"}, "7.00"),
    ],
)
def test_of_a_line_an_amount_a_quantity_or_all(line: dict[str, str], amount: str) -> None:
    [event] = given(billed).when(wish(lines=[line])).decided()
    assert str(event.contested) == str(event.lines[0].amount) == amount


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"number": "9"}, "has no line 9: 1, 2, 3, 4, 5"),
        ({"number": "1", "amount": "33.34"}, "is 33.33"),
        ({"number": "1", "amount": "1.005"}, "2 decimals"),
        ({"number": "1", "quantity": "4"}, "of line 1 is 3"),
        ({"number": "1", "quantity": "0.0001"}, "charges nothing"),
        ({"number": "2"}, "is not known"),
        ({"number": "4"}, "charges nothing"),
        ({"number": "5", "quantity": "1"}, "is not known"),
    ],
)
def test_no_more_of_a_line_than_was_billed(line: dict[str, str], why: str) -> None:
    given(billed).when(wish(lines=[line])).refused(Refused, why, "lines")


def test_a_line_counts_once_and_must_be_known() -> None:
    twice = wish(lines=[{"number": "1"}, {"number": "1", "amount": "1"}])
    given(billed).when(twice).refused(Refused, "given twice", "lines")
    given(registered).when(wish(lines=[{"number": "1"}])).refused(Refused, "not known", "lines")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"contested": 5, "percent": 5}, "percent"),
        ({"contested": 5, "lines": [{"number": "1"}]}, "lines"),
        ({"percent": 5, "shipping": 5, "tax": 3}, "shipping"),
        ({"contested": 5, "tax": 5}, "tax"),
        ({"percent_of": "open"}, "percent"),
        ({"percent_of": "open", "tax": 5}, "percent"),
        ({"tax": "1.005"}, "tax"),
        ({"tax": "100.01"}, "tax"),
        ({"shipping": "100.01"}, "shipping"),
        ({"percent": "0.0001"}, "percent"),
    ],
)
def test_ways_that_do_not_go_together(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        given(billed).when(wish(**said)).decided()
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": 0},
        {"percent": "100.01"},
        {"percent": "1.00001"},
        {"percent_of": "rest"},
        {"lines": [{"amount": "1"}]},
        {"lines": [{"number": "1", "amount": "0"}]},
        {"lines": [{"number": "1", "colour": "red"}]},
        {"tax": "-1"},
    ],
)
def test_bad_input_contests_nothing(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        wish(**wrong)


def test_a_case_that_is_open_already_is_not_judged_again() -> None:
    given(billed, opened()).when(wish(lines=[{"number": "9"}])).then()
