"""The rules of a result that arrives before the opening of its case."""

from typing import Any

import pytest

from commands.disputes.resolutions import ResolveDispute
from ledger.facts.codes import Outcome
from ledger.facts.invoice.state import Dispute
from ledger.policy.refusal import Refused
from support.examples import (
    CASE,
    INV,
    opened,
    registered,
    resolved,
)
from support.given import Given, given


def resolve(outcome: Outcome, **more: Any) -> ResolveDispute:
    return ResolveDispute(invoice=INV, outcome=outcome, **more)


def case_of(past: Given) -> Dispute:
    case = past.becomes().disputes[CASE]
    assert isinstance(case, Dispute)
    return case


def parts(case: Dispute) -> tuple[int, ...]:
    """Original, disputed, paid, credited, rejected."""
    return tuple(map(int, (case.original, case.disputed, case.paid, case.credited, case.rejected)))


early = resolve(Outcome.CREDITED, case_id=CASE, unopened=True)


def test_a_result_before_the_opening_is_recorded_and_resumes_nothing() -> None:
    given(registered).when(early).then(resolved(Outcome.CREDITED))
    given(registered).when(resolve(Outcome.CREDITED, unopened=True)).refused(
        Refused, "Name the case", "case_id"
    )


@pytest.mark.parametrize(
    ("outcome", "told", "expected"),
    [
        (Outcome.CREDITED, {}, (100, 0, 0, 100, 0)),
        (Outcome.CREDITED, {"credited": 40}, (100, 0, 0, 40, 60)),
        (Outcome.CREDITED, {"credited": 140}, (140, 0, 0, 140, 0)),
        (Outcome.PAID, {}, (100, 0, 100, 0, 0)),
        (Outcome.REJECTED, {}, (100, 0, 0, 0, 100)),
    ],
)
def test_a_late_opening_goes_the_way_of_its_result(
    outcome: Outcome, told: dict[str, int], expected: tuple[int, ...]
) -> None:
    wish = resolve(outcome, case_id=CASE, unopened=True, **told)
    [event] = given(registered).when(wish).decided()
    late = case_of(given(registered, event, opened()))
    assert late.status == "resolved"
    assert parts(late) == expected
