"""Amounts as people write them, the same on the page, the command line and in lists."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.importing.formats.layout import Layout
from api.importing.line_commands import InvalidLine
from ledger.policy.amount_text import read_amount, readings, strict_form, unambiguous
from ledger.policy.refusal import Refused


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1750", "1750"),
        ("1.750,00", "1750.00"),
        ("1,750.00", "1750.00"),
        ("1 750,00", "1750.00"),
        ("1\u202f750,00", "1750.00"),
        ("1\u00a0750,00", "1750.00"),
        ("1'750.00", "1750.00"),
        ("1\u2019750.00", "1750.00"),
        ("€ 1750", "1750"),
        ("€1.750,50", "1750.50"),
        ("1750 €", "1750"),
        ("EUR 1750", "1750"),
        ("1750,-", "1750.00"),
        ("1.750,-", "1750.00"),
        ("1.750,--", "1750.00"),
        ("1750,\u2013", "1750.00"),
        ("1.75", "1.75"),
        ("1,75", "1.75"),
        ("0.750", "0.750"),
        (",50", "0.50"),
        ("12.", "12"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("-12,50", "-12.50"),
        ("12,50-", "-12.50"),
        ("€ -12,50", "-12.50"),
        ("\u221212", "-12"),
    ],
)
def test_read_in_euros(text: str, amount: str) -> None:
    assert read_amount(text, "EUR") == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "ten", "1 2", "1.2.3", "1.234,567.8", "1.75,0.0", "--5", "-5-", "1e3", "NaN"),
        *("\u0663", "Pieces 12", "1" * 61, "1" * 19, "1.75.0000", "01.750.00"),
    ],
)
def test_not_an_amount(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_amount(text, "EUR", field="amount")
    assert (refused.value.code, refused.value.field) == ("amount-not-readable", "amount")


@pytest.mark.parametrize("text", ["1.750", "1,750", "€ 1.750", "999.990", "1.215"])
def test_an_ambiguous_amount_is_asked_back_with_both_readings(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_amount(text, "EUR", field="credited")
    assert refused.value.code == "amount-ambiguous"
    first, second = (Decimal(str(refused.value.facts[name])) for name in ("first", "second"))
    assert first == second * 1000
    for asked in (first, second):
        assert read_amount(str(asked), "EUR") == asked, "what is proposed is not ambiguous"


def test_the_currency_decides_what_it_can_mean() -> None:
    assert read_amount("1.750", "JPY") == 1750
    with pytest.raises(Refused, match=r"can be 1234\.00 or 1\.2340"):
        read_amount("1.234", "KWD")
    assert read_amount("1.2340", "KWD") == Decimal("1.234")


def test_an_amount_of_another_currency_is_refused() -> None:
    with pytest.raises(Refused, match="in \\$, not in EUR") as refused:
        read_amount("$ 1750", "EUR")
    assert refused.value.code == "other-currency"
    assert read_amount("CHF 1'750.00", "CHF") == read_amount("Fr. 1'750.00", "CHF") == 1750
    assert read_amount("12 kr.", "SEK") == 12


@given(
    st.decimals(0, 10**12, places=2),
    st.sampled_from([",.", ".,", " ,", "',", "\u2019.", "\u202f,"]),
)
def test_what_a_locale_writes_is_read(amount: Decimal, signs: str) -> None:
    text = f"{amount:,.2f}".translate(str.maketrans(",.", signs))
    assert readings(text) == [amount]


@given(st.text("0123456789.,' -€", max_size=20))
def test_nothing_else_than_an_amount_or_a_refusal(text: str) -> None:
    try:
        found = readings(text, "EUR")
    except Refused:
        return
    assert 1 <= len(found) <= 2
    digits = [sign for sign in text if sign.isdigit()]
    for amount in found:
        assert str(abs(amount)).replace(".", "").strip("0") == "".join(digits).strip("0")


def test_where_one_form_is_allowed_the_message_shows_it() -> None:
    assert strict_form("1.210,00") == "1.210,00 is not an amount; write 1210.00"
    assert strict_form("1,750") == "1,750 is not an amount; write 1750.00 or 1.75"
    assert "such as 1210.00" in strict_form("a lot")
    assert str(unambiguous(Decimal("1.5"))) == "1.50"


def test_a_list_states_its_decimal_sign_or_asks() -> None:
    assert replace(Layout(), decimal=",").money("1.750", "amount") == 1750
    assert replace(Layout(), decimal=".").money("1.750", "amount") == Decimal("1.75")
    assert Layout().money("1.750,00", "amount") == 1750
    for text in ("1.750", "1.215"):
        with pytest.raises(InvalidLine, match="set --decimal"):
            Layout().money(text, "amount", "EUR")
    with pytest.raises(InvalidLine, match="not in EUR"):
        Layout().money("$ 5", "amount", "EUR")
