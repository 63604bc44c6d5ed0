"""Credit notes and payments in a list of open items are what they are, never invoices."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from api.importing.formats.layout import Layout
from api.importing.formats.profiles import PROFILES, layout_of
from api.importing.formats.snapshot import SnapshotPlan
from api.importing.line_commands import CannotImport
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.importing.summary import Summary
from api.session import TenantSession
from commands.context import Context
from commands.debtors.money import AllocateCredit, AllocateMoney, ReceiveMoney
from commands.execute import execute
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import MoneyKind
from ledger.policy.refusal import Refused

AS_OF = date(2026, 3, 1)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = {
    "invoice": "No",
    "debtor": "Customer",
    "open_amount": "Open",
    "issued": "Date",
    "due": "Due",
    "type": "Type",
    "for_invoice": "About",
}
HEADER = "No,Customer,Open,Date,Due,Type,About"
LAYOUT = replace(layout_of(None, COLUMNS, {"GS": "credit-note"}, None, None), name="erp")


def row(number: str, amount: object, type_: str = "", about: str = "", debtor: str = "D-7") -> str:
    return f"{number},{debtor},{amount},2026-01-05,2026-02-04,{type_},{about}"


@pytest.fixture
def bring_list(session: TenantSession, tmp_path: Path) -> Any:
    """Imports these rows; with ``as_of`` they are all that is open."""

    def bring_in(*rows: str, layout: Layout = LAYOUT, header: str = HEADER, **how: Any) -> Summary:
        path = tmp_path / "list.csv"
        path.write_text("\n".join([header, *rows, ""]), "utf-8")
        return import_file(session, Source(str(path)), Options(layout, by="anna"), **how)

    return bring_in


def debtor(session: TenantSession, number: str = "D-7") -> Any:
    return session.ledger.book(DEBTOR, number).state


def invoice(session: TenantSession, number: str) -> Any:
    return session.ledger.book(INVOICE, number).state


def left(session: TenantSession, number: str = "D-7") -> Any:
    return {key: money.left for key, money in debtor(session, number).money.items()}


@pytest.mark.parametrize(
    ("type_", "amount", "kind"),
    [
        ("", "-30.00", MoneyKind.CREDIT_NOTE),
        ("Gutschrift", "30.00", MoneyKind.CREDIT_NOTE),
        ("Gutschrift", "-30.00", MoneyKind.CREDIT_NOTE),
        ("creditnota", "30.00", MoneyKind.CREDIT_NOTE),
        ("GS", "30.00", MoneyKind.CREDIT_NOTE),
        ("Zahlung", "-30.00", MoneyKind.PAYMENT),
        ("Betaling", "30.00", MoneyKind.PAYMENT),
        ("payment on account", "30.00", MoneyKind.PAYMENT),
        ("Rechnung", "-30.00", MoneyKind.CREDIT_NOTE),
    ],
)
def test_it_waits_with_its_debtor(
    session: TenantSession, bring_list: Any, type_: str, amount: str, kind: MoneyKind
) -> None:
    summary = bring_list(row("G-1", amount, type_), row("F-1", "100.00", "Factuur"))
    assert (summary.imported, summary.rejected, summary.debtors) == (2, 0, 1)
    money = debtor(session).money["G-1"]
    assert (money.kind, money.left, money.received_on) == (kind, 30, date(2026, 1, 5))
    assert not invoice(session, "G-1").known
    assert invoice(session, "F-1").open_amount == 100
    assert bring_list(row("G-1", amount, type_), row("F-1", "100.00", "Factuur")).entries == 0


def test_a_type_that_nobody_knows_is_rejected(session: TenantSession, bring_list: Any) -> None:
    summary = bring_list(row("G-1", "30.00", "Sonstiges"))
    assert (summary.rejected, left(session)) == (1, {})
    [reject] = Path(summary.rejects or "").read_text("utf-8").splitlines()
    assert json.loads(reject)["field"] == "Type"
    assert "--type Sonstiges=invoice" in json.loads(reject)["reason"]


def test_without_a_debtor_nobody_knows_whose_it_is(session: TenantSession, bring_list: Any) -> None:
    summary = bring_list(row("G-1", "-30.00", debtor=""))
    [reject] = Path(summary.rejects or "").read_text("utf-8").splitlines()
    assert json.loads(reject)["field"] == "Customer"


@pytest.mark.parametrize("type_", ["Gutschrift", "Zahlung"])
def test_one_that_names_an_invoice_of_the_list_is_on_it(
    session: TenantSession, bring_list: Any, type_: str
) -> None:
    rows = [row("G-1", "30.00", type_, "F-1"), row("F-1", "100.00"), row("F-2", "10.00")]
    for how in ({}, {"as_of": AS_OF}, {}):
        bring_list(*rows, **how)
        assert invoice(session, "F-1").open_amount == 70
        assert left(session) == {}
    assert bring_list(*rows).entries == 0
    assert bring_list(*rows, as_of=AS_OF).entries == 0
    found = invoice(session, "F-1")
    assert (found.credited, found.received) == ((30, 0) if type_ == "Gutschrift" else (0, 30))


def test_one_for_an_invoice_that_is_not_in_the_list_waits_with_the_debtor(
    session: TenantSession, bring_list: Any
) -> None:
    gone = [row(f"F-{nth}", "10.00") for nth in range(2, 9)]
    bring_list(row("F-1", "100.00"), row("G-1", "-30.00", "", "F-1"), *gone)
    later = date(2026, 3, 2)
    bring_list(row("G-1", "-30.00", "", "F-1"), *gone, as_of=later)
    assert (invoice(session, "F-1").open_amount, left(session)) == (0, {"G-1": 30})
    bring_list(row("F-9", "100.00"), row("G-1", "-30.00", "", "F-9"), *gone, as_of=later)
    assert (invoice(session, "F-9").open_amount, left(session)) == (70, {"G-1": 0})


def test_a_credit_note_of_another_debtor_stays_with_that_debtor(
    session: TenantSession, bring_list: Any
) -> None:
    rows = [row("F-1", "100.00"), row("G-1", "-30.00", "", "F-1", "D-8")]
    bring_list(*rows)
    assert (invoice(session, "F-1").open_amount, left(session, "D-8")) == (100, {"G-1": 30})


def test_what_is_less_or_gone_was_allocated_in_the_erp(
    session: TenantSession, bring_list: Any
) -> None:
    rows = [row(f"F-{nth}", "10.00") for nth in range(6)]
    bring_list(*rows, row("G-1", "-30.00"), row("Z-1", "-50.00", "Zahlung"))
    execute(
        session.ledger,
        [ReceiveMoney(debtor="D-7", reference="BANK-1", amount=Decimal(5))],
        Context("anna", AT),
    )
    bring_list(*rows, row("G-1", "-12.50"), as_of=AS_OF, confirm=lambda _: True)
    assert left(session) == {"G-1": Decimal("12.50"), "Z-1": 0, "BANK-1": 5}
    sources = [
        entry.event.source
        for entry in session.ledger.since(0, 1000)
        if entry.event.topic == "money-settled-per-erp.v1"
    ]
    assert sources == ["list.csv:8", "list.csv: not listed"]
    assert bring_list(*rows, row("G-1", "-12.50"), as_of=AS_OF).entries == 0
    bring_list(*rows, row("G-1", "-20.00"), as_of=date(2026, 3, 2))
    assert left(session)["G-1"] == Decimal("12.50")  # more than here is only noted
    assert session.ledger.history(debtor(session).id)[-1].event.topic == "debtor-note-added.v1"


def test_a_broken_list_settles_none(session: TenantSession, bring_list: Any) -> None:
    rows = [row(f"F-{nth}", "10.00") for nth in range(6)]
    bring_list(*rows, row("G-1", "-30.00"))
    plans = list[SnapshotPlan]()

    def look(planned: SnapshotPlan) -> bool:
        plans.append(planned)
        return True

    bring_list(*rows, row("G-2", "x"), as_of=AS_OF, confirm=look)
    assert left(session) == {"G-1": 30}
    assert (plans[0].rejected, plans[0].gone.count) == (1, 1)
    bring_list(*rows, row("G-2", "x"), as_of=AS_OF, close_anyway=True)
    assert left(session) == {"G-1": 0}


def test_numbers_of_payments_and_invoices_are_apart(
    session: TenantSession, bring_list: Any
) -> None:
    rows = [row("17", "100.00"), row("17", "-30.00", "Zahlung"), row("18", "10.00")]
    assert bring_list(*rows).rejected == 0
    assert (invoice(session, "17").open_amount, left(session)) == (100, {"17": 30})
    assert bring_list(*rows, as_of=AS_OF).entries == 0


def test_the_signs_of_sap_say_what_is_owed(
    session: TenantSession, tmp_path: Path, bring_list: Any
) -> None:
    layout = replace(PROFILES["sap-fbl5n"], terms=30)
    header = "BUKRS;KUNNR;BELNR;BLART;BLDAT;FAEDT;WRSHB;WAERS;REBZG"
    summary = bring_list(
        "NL01;0000017;1800000001;RV;20260105;20260204;100,00;EUR;",
        "NL01;0000017;1600000001;DG;20260110;;30,00-;EUR;1800000001",
        "NL01;0000017;1400000001;DZ;20260112;;25,00-;EUR;",
        "NL01;0000017;1400000002;DZ;20260112;20260113;5,00;EUR;",  # a payment that fell short
        layout=replace(layout, delimiter=";"),
        header=header,
    )
    assert summary.rejected == 0
    assert invoice(session, "1800000001").open_amount == 70
    assert invoice(session, "1400000002").open_amount == 5
    money = debtor(session, "0000017").money
    assert [(key, part.kind) for key, part in money.items()] == [("1400000001", MoneyKind.PAYMENT)]


def test_a_list_that_is_read_twice_is_a_file(session: TenantSession) -> None:
    with pytest.raises(CannotImport, match="standard input"):
        import_file(session, Source("-"), Options(LAYOUT, by="anna"))


def test_a_waiting_credit_note_is_credited_on_an_invoice(
    session: TenantSession, bring_list: Any
) -> None:
    bring_list(row("F-1", "100.00"), row("G-1", "-30.00"), row("Z-1", "-20.00", "Zahlung"))
    context = Context("anna", AT)
    wrong = AllocateMoney(debtor="D-7", reference="G-1", invoice="F-1", amount=Decimal(30))
    with pytest.raises(Refused, match="credit note"):
        execute(session.ledger, [wrong], context)
    credit = AllocateCredit(debtor="D-7", reference="G-1", invoice="F-1", amount=Decimal(30))
    execute(session.ledger, [credit], context)
    execute(
        session.ledger,
        [wrong.model_copy(update={"reference": "Z-1", "amount": Decimal(20)})],
        context,
    )
    found = invoice(session, "F-1")
    assert (found.credited, found.received, found.open_amount) == (30, 20, 50)
    assert left(session) == {"G-1": 0, "Z-1": 0}


# a property: after each full list the balance of every debtor is the sum of their lines


class Line:
    """An open item of a random ERP: what is open of it shrinks, and then it is gone."""

    def __init__(self, number: int, debtor: int, cents: int, kind: str, about: int | None) -> None:
        self.number, self.debtor, self.cents = f"N-{number}", f"D-{debtor}", cents
        self.kind, self.about = kind, "" if about is None else f"N-{about}"

    def row(self) -> str:
        sign = 1 if self.kind == "factuur" else -1
        return row(
            self.number, Decimal(sign * self.cents) / 100, self.kind, self.about, self.debtor
        )

    @property
    def owed(self) -> Decimal:
        return Decimal(self.cents if self.kind == "factuur" else -self.cents) / 100


DAYS = count()  # a list of an earlier day is refused
lines = st.tuples(
    st.integers(1, 3),
    st.integers(1, 20_000),
    st.sampled_from(["factuur", "factuur", "creditnota", "betaling"]),
    st.none() | st.integers(0, 9),
)
days = st.lists(
    st.tuples(st.lists(lines, max_size=5), st.lists(st.integers(0, 100), max_size=4)),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # what fails is small, and shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@whatever(days)
def test_the_balance_of_each_debtor_is_the_sum_of_the_list(
    session: TenantSession, bring_list: Any, given_days: Sequence[Any]
) -> None:
    run, there = uuid4().hex[:6], list[Line]()
    layout, number = replace(LAYOUT, name=f"erp-{run}"), 0
    for new, shrinking in given_days:
        for debtor_, cents, kind, about in new:
            line = Line(number, debtor_, cents, kind, about)
            line.number, line.debtor = f"{run}-{line.number}", f"{run}-{line.debtor}"
            line.about = f"{run}-{line.about}" if line.about else ""
            owner = next((other for other in there if other.number == line.about), None)
            if owner is None or owner.kind != "factuur" or kind == "factuur":
                line.about = ""
            else:
                line.debtor = owner.debtor
            there.append(line)
            number += 1
        for nth in shrinking:
            if there:
                shrink(there[nth % len(there)], there)
        there = [line for line in there if line.cents]
        bring_list(
            *[line.row() for line in there],
            layout=layout,
            as_of=AS_OF + timedelta(next(DAYS)),
            close_most=True,
        )
        for debtor_number in {line.debtor for line in there}:
            owed = sum(line.owed for line in there if line.debtor == debtor_number)
            assert balance(session, debtor_number, number, run) == owed


def shrink(line: Line, there: Sequence[Line]) -> None:
    """Allocate half of it in the ERP: a credit note that names an invoice, to that invoice."""
    less = line.cents - line.cents // 2
    owner = next((other for other in there if other.number == line.about), None)
    if owner and owner.cents < less:
        return
    line.cents -= less
    if owner:
        owner.cents -= less


def balance(session: TenantSession, number: str, many: int, run: str) -> Decimal:
    """Return what the debtor owes by the books: their invoices, less what waits."""
    found = [invoice(session, f"{run}-N-{nth}") for nth in range(many)]
    owed = sum((each.open_amount for each in found if each.debtor == number), Decimal(0))
    return owed - sum(left(session, number).values(), Decimal(0))
