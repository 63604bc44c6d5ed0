"""Currencies are compared wherever an amount meets a book, and never mixed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.importing.formats.history_commands import Terms
from api.importing.formats.layout import Layout
from api.importing.formats.snapshot import plan
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.session import TenantSession
from commands.command import Command
from commands.debtors.money import AllocateMoney, ReceiveMoney
from commands.payments.charges import ChargeLateFee
from commands.payments.erp import SettlePerErp
from commands.payments.payments import IssueCreditNote, ReceivePayment
from ledger.facts.books import INVOICE
from ledger.policy.refusal import Refused
from support.cli import CliUser
from support.creditor import Creditor, debtor, invoice
from support.examples import INV, registered
from support.given import day, given

LAYOUT = Layout(
    columns={
        "invoice": "No",
        "open_amount": "Open",
        "currency": "Currency",
        "issued": "Date",
        "due": "Due",
    }
)
HEAD = "No,Open,Currency,Date,Due\n"
AS_OF = day("2026-02-10")


@pytest.mark.parametrize(
    "command",
    [
        ReceivePayment(invoice=INV, reference="P-1", amount=40, currency="USD"),
        IssueCreditNote(invoice=INV, credit_note="C-1", amount=40, currency="USD"),
        ChargeLateFee(invoice=INV, amount=40, currency="USD"),
        SettlePerErp(invoice=INV, open_amount=40, source="list:2", currency="USD"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_an_amount_in_another_currency_is_refused(command: Command) -> None:
    given(registered).when(command).refused(Refused, "in USD, not in EUR", "currency")
    given(registered).when(command.model_copy(update={"currency": "EUR"})).decided()


def listed(session: TenantSession, tmp_path: Path, *rows: str) -> Any:
    file = tmp_path / "list.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n")
    return Source(str(file))


def test_a_line_of_the_nightly_list_in_another_currency_changes_nothing(
    session: TenantSession, tmp_path: Path
) -> None:
    source = listed(session, tmp_path, "A-1,100.00,EUR,2026-01-05,2026-02-04")
    import_file(session, source, Options(LAYOUT), AS_OF)
    for row in ("A-1,40.00,USD,2026-01-05,2026-02-04", "A-1,400.00,USD,2026-01-05,2026-02-04"):
        source = listed(session, tmp_path, row)
        with plan(session, source, LAYOUT, AS_OF) as planned:
            found = (planned.settled.count, planned.higher.count, planned.closed.count)
            assert (found, planned.rejected) == ((0, 0, 0), 1)
        summary = import_file(session, source, Options(LAYOUT), AS_OF)
        assert (summary.rejected, summary.imported) == (1, 0)
        [reject] = (tmp_path / "list.csv.rejects.jsonl").read_text().splitlines()
        assert "other-currency" in reject
        assert "in USD, not in EUR" in reject
    assert session.ledger.book(INVOICE, "A-1").state.open_amount == 100


def test_a_list_without_a_currency_has_the_one_of_its_layout(
    session: TenantSession, tmp_path: Path
) -> None:
    import_file(
        session,
        listed(session, tmp_path, "A-1,100.00,USD,2026-01-05,2026-02-04"),
        Options(LAYOUT),
    )
    columns = {name: column for name, column in LAYOUT.columns.items() if name != "currency"}
    source = listed(session, tmp_path, "A-1,40.00,,2026-01-05,2026-02-04")
    assert import_file(session, source, Options(replace(LAYOUT, columns=columns))).rejected == 1
    dollars = replace(LAYOUT, columns=columns, currency="USD")
    assert import_file(session, source, Options(dollars)).rejected == 0
    assert session.ledger.book(INVOICE, "A-1").state.open_amount == 40


def test_a_line_of_a_history_in_another_currency_is_rejected(
    session: TenantSession, tmp_path: Path
) -> None:
    head = '{"source":"s","invoice":"A-1","at":"2026-01-05","amount":"40.00","currency":'
    kinds = ("payment-received", "credit-note-issued", "late-fee-added", "dispute-opened")
    lines = [head + '"EUR","seq":1,"type":"invoice-issued"}']
    lines += [f'{head}"USD","seq":{n},"type":"{kind}"}}' for n, kind in enumerate(kinds, 2)]
    file = tmp_path / "history.jsonl"
    file.write_text("\n".join(lines) + "\n")
    summary = import_file(session, Source(str(file)), Options(Terms(30)))
    assert (summary.rejected, summary.imported) == (4, 1)
    assert session.ledger.book(INVOICE, "A-1").state.line == 1


def test_unallocated_money_keeps_its_own_currency(creditor: Creditor) -> None:
    dollars = ReceiveMoney(debtor="D-7", reference="B-1", amount=40, currency="USD")
    creditor.execute(debtor(), invoice("A-1"), invoice("A-2", currency="USD"), dollars)
    allocate = AllocateMoney(debtor="D-7", reference="B-1", invoice="A-1", amount=40)
    with pytest.raises(Refused, match="in USD, not in EUR"):
        creditor.execute(allocate)
    with pytest.raises(Refused, match="in EUR, not in USD"):
        creditor.execute(dollars.model_copy(update={"currency": "EUR"}))
    creditor.execute(allocate.model_copy(update={"invoice": "A-2"}))


def test_one_payment_is_in_one_currency(cli: CliUser) -> None:
    for number, currency in (("A-1", "EUR"), ("A-2", "USD")):
        facts = {"amount": 100, "due_on": "2026-03-01", "currency": currency}
        cli.record("register-invoice", invoice=number, **facts).ok()
    paid = {"reference": "B-1", "amount": "$ 50"}
    cli.record("receive-payment", invoice="A-1", **paid).refused("in $, not in EUR", code=2)
    both = {"invoice": ["A-1", "A-2"], "reference": "B-1", "amount": 50}
    cli.record("receive-payment", **both).refused("several currencies")
    cli.record("receive-payment", invoice="A-2", **paid).ok()
