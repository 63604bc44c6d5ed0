"""The rules of the invoice itself: registered, corrected, cancelled, sent, delivered."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.invoices.registration import (
    BilledLine,
    CancelInvoice,
    CorrectInvoice,
    Due,
    RegisterInvoice,
)
from ledger.facts.codes import Outcome, Part
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.parts import Instalment, InvoiceLine
from ledger.facts.invoice.promises import PromiseWithdrawn
from ledger.facts.invoice.registration import InvoiceCancelled, InvoiceCorrected
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    CASE,
    DEB,
    DUE,
    INV,
    NOW,
    PROMISE,
    cancelled,
    in_three,
    money,
    opened,
    paid,
    promised,
    reduced,
    registered,
)
from support.given import day, given

register: dict[str, Any] = {
    "on": registered.on,
    "invoice": INV,
    "debtor": DEB,
    "business_unit": "north",
    "collector": "anna",
    "amount": money(100),
    "due_on": DUE,
}
JAN, MAR = Due(due_on=day("2026-01-31"), amount=money(40)), Due(due_on=NOW, amount=money(60))


def test_an_invoice_is_registered_on_its_issue_date() -> None:
    given().when(RegisterInvoice(**register)).then(registered)


def test_an_invoice_without_a_date_is_of_today() -> None:
    [event] = given().when(RegisterInvoice(invoice=INV, amount=money(1), due_on=DUE)).decided()
    assert (event.on, event.currency, event.debtor) == (NOW, "EUR", "")


def test_instalments_are_kept_oldest_first() -> None:
    wish = RegisterInvoice(invoice=INV, amount=money(100), instalments=(MAR, JAN))
    [event] = given().when(wish).decided()
    assert [due.due_on for due in event.instalments] == [JAN.due_on, MAR.due_on]


def test_billed_lines_are_kept() -> None:
    line = BilledLine(number="1", description="Flour", quantity=money("2.5"), amount=money(100))
    [event] = given().when(RegisterInvoice(**register, lines=(line,))).decided()
    assert event.lines == (InvoiceLine("1", "Flour", quantity=money("2.5"), amount=money(100)),)


def test_registering_the_same_invoice_twice_happens_once() -> None:
    given(registered).when(RegisterInvoice(**register)).then()
    given(registered, paid(40)).when(RegisterInvoice(**register | {"debtor": " D-7 "})).then()


@pytest.mark.parametrize(
    ("field", "value"), [("amount", money(90)), ("currency", "USD"), ("debtor", "D-8")]
)
def test_the_same_number_with_something_else_is_refused(field: str, value: Any) -> None:
    wish = RegisterInvoice(**register | {field: value})
    given(registered).when(wish).refused(Refused, "correct it instead", field)


def test_yen_have_no_decimals_and_dinars_three() -> None:
    yen = RegisterInvoice(**register | {"currency": "JPY", "amount": money("100.5")})
    given().when(yen).refused(Refused, "0 decimals of JPY", "amount")
    dinar = RegisterInvoice(**register | {"currency": "KWD", "amount": money("100.125")})
    [event] = given().when(dinar).decided()
    assert event.amount == money("100.125")


def test_instalments_have_no_parts_of_a_cent() -> None:
    dues = (Due(due_on=DUE, amount=money("33.335")), Due(due_on=NOW, amount=money("66.665")))
    wish = RegisterInvoice(invoice=INV, amount=money(100), instalments=dues)
    given().when(wish).refused(Refused, "2 decimals", "instalments")


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": None},
        {"instalments": (JAN, MAR)},
        {"due_on": None, "instalments": (JAN,)},
        {"amount": -1},
        {"amount": "0.00001"},
        {"currency": "euro"},
        {"invoice": "  "},
        {"invoice": "x" * 101},
        {"due_on": "9999-12-31"},
        {"colour": "red"},
    ],
)
def test_bad_input_is_no_invoice(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RegisterInvoice(**register | wrong)


def corrected(**told: Any) -> InvoiceCorrected:
    return InvoiceCorrected(on=NOW, why="Typing error.", **told)


def correct(**wrong: Any) -> CorrectInvoice:
    return CorrectInvoice(invoice=INV, why="Typing error.", **wrong)


def test_a_correction_changes_only_what_it_names() -> None:
    given(registered).when(correct(debtor=" D-8 ")).then(corrected(debtor="D-8"))
    invoice = given(registered, corrected(debtor="D-8")).becomes()
    assert (invoice.debtor, invoice.amount, invoice.collector) == ("D-8", 100, "anna")


def test_a_new_due_date_is_for_all_of_the_corrected_amount() -> None:
    wish = correct(due_on=NOW, amount=money(80))
    given(registered).when(wish).then(
        corrected(amount=money(80), instalments=(Instalment(NOW, money(80)),))
    )


def test_a_lower_amount_takes_from_the_last_instalments_first() -> None:
    invoice = given(in_three, corrected(amount=money(150))).becomes()
    assert [due.amount for due in invoice.open_instalments] == [100, 50]


def test_a_higher_amount_falls_due_with_the_last_instalment() -> None:
    invoice = given(in_three, corrected(amount=money(350))).becomes()
    assert [due.amount for due in invoice.open_instalments] == [100, 100, 150]


def test_a_lower_amount_meets_the_undisputed_part_first() -> None:
    given(registered, opened(contested=60)).when(correct(amount=money(50))).then(
        reduced(10, Part.CREDITED),
        corrected(amount=money(50)),
    )


def test_a_correction_below_what_was_paid_leaves_money_to_pay_back() -> None:
    invoice = given(registered, paid(80), corrected(amount=money(50))).becomes()
    assert invoice.open_amount == -30
    assert not invoice.collectable
    assert invoice.open_instalments == []
    assert invoice.settled_on == NOW


def test_a_correction_without_a_reason_or_of_nothing_known_is_refused() -> None:
    given().when(correct(amount=money(1))).refused(NotFound, INV)
    given(registered).when(correct(amount=money("1.005"))).refused(Refused, field="amount")
    with pytest.raises(ValidationError):
        CorrectInvoice(invoice=INV, why=" ")


cancel = CancelInvoice(invoice=INV, why="Ordered twice.")


def test_a_cancelled_invoice_claims_nothing() -> None:
    given(registered).when(cancel, on="2026-02-20").then(cancelled)
    invoice = given(registered, cancelled).becomes()
    assert (invoice.open_amount, invoice.collectable, invoice.open_instalments) == (0, False, [])


def test_cancelling_twice_happens_once_and_an_unknown_invoice_never() -> None:
    given(registered, cancelled).when(cancel).then()
    given().when(cancel).refused(NotFound)
    with pytest.raises(ValidationError):
        CancelInvoice(invoice=INV, why="")


def test_what_was_paid_on_a_cancelled_invoice_is_to_be_paid_back() -> None:
    assert given(registered, paid(60), cancelled).becomes().open_amount == -60


def test_cancelling_ends_disputes_and_promises() -> None:
    given(registered, opened(contested=40), promised(60)).when(cancel).then(
        DisputeResolved(
            on=NOW,
            case_id=CASE,
            outcome=Outcome.CORRECTED,
            root_cause=None,
            credited=money(40),
            paid=money(0),
            rejected=money(0),
            explanation="Invoice cancelled: Ordered twice.",
        ),
        PromiseWithdrawn(on=NOW, promise_id=PROMISE, why="Invoice cancelled."),
        InvoiceCancelled(on=NOW, why="Ordered twice."),
    )


def test_a_lower_amount_of_a_disputed_invoice_that_is_paid_reduces_nothing() -> None:
    given(registered, opened(contested=40), paid(100), reduced(40)).when(
        correct(amount=money(90))
    ).then(corrected(amount=money(90)))
