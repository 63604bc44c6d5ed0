"""The rules of costs on top of the principal, and of what the ERP lists."""

from typing import Any

import pytest

from commands.payments.charges import ChargeInterest, ChargeLateFee, WaiveInterest, WaiveLateFee
from commands.payments.erp import ClosePerErp, SettlePerErp
from ledger.facts.invoice.payments import (
    ClosedPerErp,
    InterestCharged,
    InterestWaived,
    LateFeeCharged,
    LateFeeWaived,
    SettledPerErp,
)
from ledger.facts.invoice.promises import PromiseKept
from ledger.facts.invoice.registration import NoteAdded
from ledger.policy.refusal import Refused
from support.examples import (
    INV,
    NOW,
    PROMISE,
    money,
    opened,
    promised,
    reduced,
    registered,
)
from support.given import given

part = opened(contested=40)
kept = PromiseKept(on=NOW, promise_id=PROMISE)

COSTS: list[tuple[Any, Any, Any, Any]] = [
    (ChargeLateFee, LateFeeCharged, WaiveLateFee, LateFeeWaived),
    (ChargeInterest, InterestCharged, WaiveInterest, InterestWaived),
]


@pytest.mark.parametrize(("charge", "charged", "waive", "waived"), COSTS)
def test_costs_are_charged_and_waived_apart_from_the_principal(
    charge: Any, charged: Any, waive: Any, waived: Any
) -> None:
    cost = charged(on=NOW, amount=money(10), why="8 % a year")
    given(registered).when(charge(invoice=INV, amount=money(10), why="8 % a year")).then(cost)
    due = given(registered, cost)
    assert (due.becomes().open_amount, due.becomes().amount) == (110, 100)
    due.when(waive(invoice=INV, why="Good customer.")).then(
        waived(on=NOW, amount=money(10), why="Good customer.")
    )
    some = waive(invoice=INV, why="Half of it.", amount=money(4))
    due.when(some).then(waived(on=NOW, amount=money(4), why="Half of it."))
    due.when(waive(invoice=INV, why="More.", amount=money(11))).refused(
        Refused, "Only 10 was charged", "amount"
    )
    given(registered).when(waive(invoice=INV, why="?")).refused(Refused, field="amount")


def test_a_late_fee_and_interest_are_not_waived_for_each_other() -> None:
    fee = LateFeeCharged(on=NOW, amount=money(10), why="")
    given(registered, fee).when(WaiveInterest(invoice=INV, why="No.")).refused(
        Refused, field="amount"
    )


def test_the_erp_may_list_less_as_open() -> None:
    def settle(rest: int) -> SettlePerErp:
        return SettlePerErp(invoice=INV, open_amount=money(rest), source="a.csv:7")

    settled = SettledPerErp(on=NOW, amount=money(75), source="a.csv:7")
    given(registered).when(settle(25)).then(settled)
    given(registered, settled).when(settle(25)).then()
    given(registered, part).when(settle(25)).then(settled, reduced(15))
    given(registered, promised(60)).when(settle(25)).then(settled, kept)
    given(registered, settled).when(settle(100)).then(
        NoteAdded(on=NOW, text="a.csv:7 lists 100 as open; here it is 25.00.")
    )


def test_the_erp_may_no_longer_list_it() -> None:
    wish = ClosePerErp(invoice=INV, source="a.csv")
    closed = ClosedPerErp(on=NOW, amount=money(100), source="a.csv")
    given(registered, part, promised()).when(wish).then(closed, reduced(40), kept)
    given(registered, closed).when(wish).then()
    assert given(registered, closed).becomes().settled_on == NOW
