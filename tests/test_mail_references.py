"""Which numbers a text may mention."""
# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.normalise import reference
from ledger.policy.references import candidates


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Re: invoice 2026-0017", "2026-0017"),
        ("your INV/2026/0017.", "INV/2026/0017"),
        ("factuur INV 2026 0017 is kapot", "INV-2026-0017"),
        ("Rechnung Nr.4711", "4711"),
        ("Rechnungsnr. RE–2026–17", "RE-2026-17"),
        ("nr:00123, please", "00123"),
        ("#F2026.0017", "f2026-0017"),
    ],
)
def test_however_it_is_written(text: str, number: str) -> None:
    assert reference(number) in candidates(text)


def test_words_and_short_figures_are_no_numbers() -> None:
    assert candidates("Thanks, on Monday") == ()
    assert candidates("3 of 12") == ("3OF", "3OF12", "OF12")


def test_each_once_in_the_order_of_the_texts() -> None:
    assert candidates("26-17", "26/18 26-17")[:3] == ("2617", "2618", "261826")
    assert len(candidates("17 17 17\n" * 1_000)) < 10
    assert len(candidates("word " * 10_000)) == 0


@given(st.text())
def test_leading_zeros_and_signs(text: str) -> None:
    found = candidates(text)
    assert all(reference(one) == one and any(c.isdigit() for c in one) for one in found)
    assert len(set(found)) == len(found)
