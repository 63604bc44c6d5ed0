"""A book that was read before is remembered, and nobody can tell."""

from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest

from commands.context import Context
from commands.disputes.opening import OpenDispute
from commands.execute import execute
from commands.invoices.contacts import AddNote
from commands.invoices.registration import CancelInvoice, RegisterInvoice
from commands.payments.payments import ReceivePayment
from ledger.facts.books import INVOICE, replay
from ledger.facts.codes import Reason
from ledger.policy.refusal import Refused
from ledger.store.ledger import Ledger

BY = Context("anna", datetime(2026, 3, 2, 9, tzinfo=UTC))
REGISTER = RegisterInvoice(
    invoice="1", amount=Decimal(100), on=date(2026, 3, 1), due_on=date(2026, 4, 1)
)
CANCEL = CancelInvoice(invoice="1", why="never ordered")
DISPUTE = OpenDispute(invoice="1", reason=Reason.PRICE, comment="too much")
PAY = ReceivePayment(invoice="1", amount=Decimal(40), reference="p")


def test_what_others_wrote_since_is_in_it(ledger: Ledger, other_ledger: Ledger) -> None:
    for writer, command in (
        (ledger, REGISTER),
        (other_ledger, DISPUTE),
        (ledger, PAY),
        (other_ledger, DISPUTE),
    ):
        execute(writer, [command], BY)
        id_ = ledger.id_of(INVOICE, "1")
        for line in range(1, len(ledger.history(id_)) + 1):
            told = replay(INVOICE, id_, ledger.history(id_, upto=line))
            assert ledger.book(INVOICE, "1", line) == told
        assert ledger.book(INVOICE, "1") == other_ledger.book(INVOICE, "1") == told


def test_a_rule_sees_what_others_wrote_since(ledger: Ledger, other_ledger: Ledger) -> None:
    execute(ledger, [REGISTER], BY)
    assert ledger.book(INVOICE, "1").state.open_amount == 100
    execute(other_ledger, [CANCEL], BY)
    with pytest.raises(Refused, match="is cancelled"):
        execute(ledger, [DISPUTE], BY)


@pytest.mark.parametrize("went_on", [False, True])
def test_a_database_that_was_put_back_is_believed(
    ledger: Ledger, other_ledger: Ledger, database: str, went_on: bool
) -> None:
    execute(ledger, [REGISTER], BY)
    execute(ledger, [DISPUTE], BY)
    assert ledger.book(INVOICE, "1").state.disputes
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("delete from ledger.entry where position = 2")
        owner.execute("update ledger.tenant_head set position = 1")
    if went_on:
        execute(other_ledger, [PAY], BY)
    assert not ledger.book(INVOICE, "1").state.disputes
    execute(ledger, [AddNote(invoice="1", text="still here")], BY)
    assert ledger.book(INVOICE, "1").state.line == (3 if went_on else 2)
