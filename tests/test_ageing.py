"""Ageing: every open euro stands in exactly one bucket of its own currency."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.command import Command
from commands.disputes.opening import OpenDispute
from commands.invoices.registration import CancelInvoice
from commands.payments.charges import ChargeLateFee
from commands.payments.payments import IssueCreditNote, ReceivePayment, WriteOff
from ledger.database.pool import Pool
from ledger.facts.codes import Reason
from ledger.policy.refusal import Refused
from ledger.policy.visibility import EVERYTHING
from projections import invoices
from projections.reports.ageing import Bucket, ageing
from support.creditor import Creditor, invoice, new_creditor
from support.examples import DUE, NOW, money
from support.given import day


def aged(creditor: Creditor, on: date) -> list[Bucket]:
    with creditor.reading() as conn:
        return ageing(creditor.tenant, on, scope=EVERYTHING).fetch(conn)


def dispute(number: str, contested: Any = None) -> OpenDispute:
    return OpenDispute(invoice=number, reason=Reason.PRICE, comment="Less.", contested=contested)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-1, "current"),
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91+"),
        (4000, "91+"),
    ],
)
def test_the_bucket_follows_from_the_days_past_due(
    creditor: Creditor, days: int, bucket: str
) -> None:
    creditor.execute(invoice("F1"))
    [one] = aged(creditor, DUE + timedelta(days))
    assert one == Bucket("EUR", bucket, 1, money(100), money(0), money(100))


def test_disputed_and_undisputed_are_two_columns_of_the_same_bucket(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2"), dispute("F1", 40), dispute("F2"))
    assert aged(creditor, NOW) == [Bucket("EUR", "1-30", 2, money(200), money(140), money(60))]


def test_instalments_stand_each_in_its_own_bucket(creditor: Creditor) -> None:
    dues = [{"due_on": f"2026-0{month}-01", "amount": 50} for month in (1, 3, 5)]
    creditor.execute(invoice("F1", 150, instalments=dues), dispute("F1", 60))
    assert aged(creditor, day("2026-03-10")) == [
        Bucket("EUR", "current", 1, money(50), money(0), money(50)),
        Bucket("EUR", "1-30", 1, money(50), money(10), money(40)),
        Bucket("EUR", "61-90", 1, money(50), money(50), money(0)),
    ]


def test_currencies_are_never_mixed_and_what_is_not_open_is_not_aged(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2", 7, currency="USD"), invoice("F3"), invoice("F4"))
    creditor.execute(ReceivePayment(invoice="F3", reference="P1", amount=130))
    creditor.execute(CancelInvoice(invoice="F4", why="Ordered twice."))
    assert aged(creditor, NOW) == [
        Bucket("EUR", "1-30", 1, money(100), money(0), money(100)),
        Bucket("USD", "1-30", 1, money(7), money(0), money(7)),
    ]


amounts = st.decimals(Decimal("0.01"), 500, places=2)
dues = st.lists(
    st.tuples(st.dates(date(2025, 10, 1), date(2026, 5, 1)), amounts), min_size=1, max_size=4
)
afterwards = st.lists(
    st.one_of(
        amounts.map(lambda much: ("pay", much)),
        amounts.map(lambda much: ("credit", much)),
        amounts.map(lambda much: ("charge", much)),
        amounts.map(lambda much: ("dispute", much)),
        st.sampled_from([("dispute", None), ("write off", None), ("cancel", None)]),
    ),
    max_size=4,
)
portfolios = st.lists(st.tuples(st.sampled_from(["EUR", "USD"]), dues, afterwards), max_size=6)


def live(creditor: Creditor, number: str, nth: int, what: str, much: Decimal | None) -> None:
    """A wish that the rules refuse does not happen."""
    wishes: dict[str, Callable[[], Command]] = {
        "pay": lambda: ReceivePayment(invoice=number, reference=f"P{nth}", amount=much),
        "credit": lambda: IssueCreditNote(invoice=number, credit_note=f"C{nth}", amount=much),
        "charge": lambda: ChargeLateFee(invoice=number, amount=much),
        "dispute": lambda: dispute(number, much),
        "write off": lambda: WriteOff(invoice=number, why="."),
        "cancel": lambda: CancelInvoice(invoice=number, why="."),
    }
    try:
        creditor.execute(wishes[what]())
    except Refused:
        return


@given(portfolio=portfolios, on=st.dates(date(2025, 9, 1), date(2026, 9, 1)))
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example has its tenant
)
def test_every_open_euro_stands_in_exactly_one_bucket(
    pool: Pool, portfolio: list[Any], on: date
) -> None:
    with new_creditor(pool) as creditor:
        for n, (currency, parts, wishes) in enumerate(portfolio):
            number, total = f"F{n}", sum(part for _, part in parts)
            plan = [{"due_on": due_on, "amount": part} for due_on, part in parts]
            creditor.execute(invoice(number, total, currency=currency, instalments=plan))
            for nth, (what, much) in enumerate(wishes):
                live(creditor, number, nth, what, much)
        buckets = aged(creditor, on)
        with creditor.reading() as conn:
            rows = invoices.find(creditor.tenant, scope=EVERYTHING).fetch(conn)
    open_, disputed = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    for row in rows:
        assert row.disputed_amount + row.undisputed_amount == max(row.open_amount, 0)
        assert sum(row.due_amounts) == max(row.open_amount, 0)
        if row.open_amount > 0:
            open_[row.currency] += row.open_amount
            disputed[row.currency] += row.disputed_amount
    for bucket in buckets:
        assert 0 <= bucket.disputed <= bucket.open_amount
        assert bucket.disputed + bucket.undisputed == bucket.open_amount
        open_[bucket.currency] -= bucket.open_amount
        disputed[bucket.currency] -= bucket.disputed
    assert not any(open_.values())
    assert not any(disputed.values())
