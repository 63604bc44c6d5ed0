"""The rules of the credit that is asked for in a dispute."""

from typing import Any

import pytest

from commands.command import Refused
from commands.disputes import ApproveCredit, RefuseCredit, RequestCredit
from facts import (
    CASE,
    EVA,
    INV,
    NOW,
    money,
    opened,
    registered,
)
from ledger import invoice_events as ev
from story import given

disputed = given(registered, opened())
request = RequestCredit(invoice=INV, amount=money(40), approver=EVA)
requested = ev.CreditRequested(on=NOW, case_id=CASE, amount=money(40), approver=EVA)
asked = given(registered, opened(), requested)


def test_a_credit_is_requested_once() -> None:
    disputed.when(request).then(requested)
    asked.when(request).then()


def test_no_more_credit_is_requested_than_is_disputed() -> None:
    wish = request.model_copy(update={"amount": money(101)})
    disputed.when(wish).refused(Refused, "Only 100 is still disputed", "amount")
    disputed.when(request.model_copy(update={"amount": money("1.005")})).refused(
        Refused, "2 decimals", "amount"
    )


def test_a_credit_is_approved_in_full_or_in_part_but_not_above() -> None:
    def approved(amount: int) -> ev.CreditApproved:
        return ev.CreditApproved(on=NOW, case_id=CASE, amount=money(amount))

    asked.when(ApproveCredit(invoice=INV)).then(approved(40))
    asked.when(ApproveCredit(invoice=INV, amount=money(30))).then(approved(30))
    asked.when(ApproveCredit(invoice=INV, amount=money(41))).refused(Refused, field="amount")
    asked.when(ApproveCredit(invoice=INV, amount=money("1.005"))).refused(Refused, field="amount")


def test_a_refused_credit_can_be_requested_again() -> None:
    refused = ev.CreditRefused(on=NOW, case_id=CASE, why="Not agreed.")
    asked.when(RefuseCredit(invoice=INV, why="Not agreed.")).then(refused)
    given(registered, opened(), requested, refused).when(request).then(requested)


@pytest.mark.parametrize("wish", [ApproveCredit(invoice=INV), RefuseCredit(invoice=INV, why="No.")])
def test_a_credit_that_nobody_requested_is_not_decided(wish: Any) -> None:
    disputed.when(wish).refused(Refused, "No credit was requested")
