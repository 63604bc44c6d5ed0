"""A year of a creditor, with a clock that runs when it likes: what had to be asked was asked, once.

``DOSSIER_YEAR=5000 pytest -s tests/test_clock_year.py`` lives it with as many invoices.
"""

import os
from collections import Counter
from random import Random
from time import perf_counter

import pytest

from ledger.database.pool import Pool
from ledger.store.ledger import Ledger
from support.clock_case import ClockCase
from support.random_year import Year

INVOICES = int(os.environ.get("DOSSIER_YEAR", "300"))


@pytest.mark.parametrize("seed", [1] if INVOICES > 300 else [1, 2])
def test_a_year_of_random_runs(pool: Pool, ledger: Ledger, seed: int) -> None:
    start = perf_counter()
    year = Year(ClockCase(pool, ledger), Random(seed), INVOICES)
    runs = year.lives()
    model = year.model
    model.together()
    steps = Counter(step for bill in model.bills.values() for step, _, _ in bill.taken)
    assert steps.keys() == {"copy", "first", "second", "final"}
    assert model.steps > INVOICES
    print(  # noqa: T201
        f"\n{len(model.bills)} invoices, {runs} runs, {year.read} entries, {model.steps} steps in"
        f" {len(model.asked)} messages: {dict(steps)}; {len(model.inside)} to resolvers and above;"
        f" {perf_counter() - start:.0f} s"
    )
