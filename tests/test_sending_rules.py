"""The rules of sending an invoice, and when it falls due."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.invoices.delivery import RecordDelivery, RecordDeliveryFailure, RecordSending
from ledger.facts.codes import Channel
from ledger.facts.invoice.payments import LateFeeCharged
from ledger.facts.invoice.registration import DeliveryFailed, InvoiceDelivered, InvoiceSent
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    INV,
    NOW,
    in_three,
    money,
    paid,
    registered,
    sent,
)
from support.given import day, given


def test_sending_is_recorded_with_its_cost() -> None:
    wish = RecordSending(invoice=INV, channel=Channel.LETTER, to="Jansen", charge=money("2.50"))
    event = InvoiceSent(on=NOW, channel=Channel.LETTER, to="Jansen", charge=money("2.50"))
    given(registered).when(wish).then(event)
    assert given(registered, event).becomes().open_amount == money("102.50")
    assert given(registered, sent, event).becomes().sent_on == sent.on


def test_delivery_and_its_failure_are_recorded() -> None:
    arrived = InvoiceDelivered(on=NOW, channel=Channel.PORTAL)
    came_back = DeliveryFailed(on=NOW, why="Mailbox full.", to="a@b.nl")
    given(registered).when(RecordDelivery(invoice=INV, channel=Channel.PORTAL)).then(arrived)
    given(registered).when(
        RecordDeliveryFailure(invoice=INV, why="Mailbox full.", to="a@b.nl")
    ).then(came_back)
    assert given(registered, came_back).becomes().delivery_failed_on == NOW
    assert given(registered, came_back, arrived).becomes().delivery_failed_on is None


@pytest.mark.parametrize(
    "wish",
    [
        RecordSending(invoice=INV),
        RecordDelivery(invoice=INV),
        RecordDeliveryFailure(invoice=INV, why="Gone."),
    ],
)
def test_nothing_is_sent_of_an_unknown_invoice(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)


def test_a_charge_has_the_decimals_of_the_currency() -> None:
    wish = RecordSending(invoice=INV, charge=money("2.505"))
    given(registered).when(wish).refused(Refused, field="charge")
    with pytest.raises(ValidationError):
        RecordSending(invoice=INV, charge=money(0))
    with pytest.raises(ValidationError):
        RecordDeliveryFailure(invoice=INV, why="")


def test_due_is_the_oldest_instalment_that_is_not_paid() -> None:
    assert given(in_three).becomes().due_on == day("2026-02-28")
    part = given(in_three, paid(150)).becomes()
    assert part.due_on == day("2026-03-28")
    assert [due.amount for due in part.open_instalments] == [50, 100]
    assert given(in_three, paid(300)).becomes().due_on == day("2026-04-28")


def test_costs_fall_due_with_the_first_instalment() -> None:
    fee = LateFeeCharged(on=NOW, amount=money(10), why="")
    invoice = given(in_three, fee, paid(100)).becomes()
    assert [due.amount for due in invoice.open_instalments] == [10, 100, 100]
