"""What is disputed is one figure: in the ageing, the dispute report, the agenda and the account."""

from datetime import date
from decimal import Decimal

from commands.disputes.opening import OpenDispute
from commands.payments.charges import ChargeLateFee
from commands.payments.payments import ReceivePayment
from ledger.facts.codes import Reason
from ledger.policy.visibility import EVERYTHING
from projections.reports.ageing import ageing
from support.creditor import Creditor, debtor, invoice
from support.given import TODAY


def figures(creditor: Creditor) -> dict[str, Decimal]:
    """The disputed amount, as each of them says it."""
    tenant = {"tenant": creditor.tenant}
    with creditor.reading() as conn:
        sums = {
            "report": "select sum(disputed) from disputes where tenant_id = %(tenant)s",
            "agenda": "select sum(amount) from agenda where tenant_id = %(tenant)s"
            " and case_id is not null",
            "invoices": "select sum(disputed_amount) from invoices where tenant_id = %(tenant)s",
        }
        found = {name: conn.execute(sql.encode(), tenant).fetchone() for name, sql in sums.items()}
        buckets = ageing(creditor.tenant, date.fromisoformat(TODAY), scope=EVERYTHING).fetch(conn)
    aged = sum((bucket.disputed for bucket in buckets), Decimal())
    return {name: row[0] for name, row in found.items() if row} | {"ageing": aged}


def dispute(number: str, amount: int | None = None) -> OpenDispute:
    return OpenDispute(invoice=number, reason=Reason.PRICE, comment="Less.", contested=amount)


def test_a_later_fee_is_not_what_was_disputed(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("A"), dispute("A"))
    creditor.execute(ChargeLateFee(invoice="A", amount=40))
    assert {*figures(creditor).values()} == {100}
    with creditor.reading() as conn:
        row = conn.execute("select open_amount, undisputed_amount from invoices").fetchone()
    assert row == (140, 40)


def test_a_payment_is_for_the_fee_first_and_the_dispute_stays(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("A"), dispute("A"))
    creditor.execute(ChargeLateFee(invoice="A", amount=40))
    creditor.execute(ReceivePayment(invoice="A", amount=40, reference="B-1"))
    assert {*figures(creditor).values()} == {100}
    creditor.execute(ReceivePayment(invoice="A", amount=30, reference="B-2"))
    assert {*figures(creditor).values()} == {70}


def test_no_more_is_disputed_than_is_open(creditor: Creditor) -> None:
    """Contested above the invoice, and twice over the same money: each cent counts once."""
    creditor.execute(debtor(), invoice("A"), dispute("A", 150), invoice("B"), dispute("B", 80))
    creditor.execute(dispute("B", 60))
    assert {*figures(creditor).values()} == {200}
