"""A bank import that is killed at any moment is finished by a second run, as if it had been one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from api.bank.import_ import import_bank_file
from api.session import open_session
from commands.debtors.registration import RegisterDebtor
from commands.execute import execute
from commands.invoices.registration import RegisterInvoice
from ledger.database.pool import open_pool
from ledger.engine.rebuild import prepare
from ledger.facts.bank import BankTransactionAllocated, BankTransactionRecorded
from ledger.store.reading import head, iter_books
from projections import READ_MODELS
from support.cli import CliUser
from support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("read_models")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
INVOICES = 600
ACCOUNT = "NL91ABNA0417164300"


def mt940() -> str:
    """Return a statement with a payment of each invoice, and as many of strangers."""
    lines = [":20:S1", f":25:{ACCOUNT}", ":28C:1/1", ":60F:C260301EUR0,00"]
    for nth in range(INVOICES):
        lines += [
            f":61:2603010301C{100 + nth},00NTRFNONREF//B{nth}",
            f":86:/NAME/Bakery/REMI/invoice F-{nth:05}/",
            f":61:2603010301C0,{nth % 90 + 10}NTRFNONREF//S{nth}",
            ":86:/NAME/Somebody/REMI/for nothing/",
        ]
    total = sum(100 + nth + Decimal(nth % 90 + 10) / 100 for nth in range(INVOICES))
    lines += [f":62F:C260301EUR{total:.2f}".replace(".", ","), "-"]
    return "\r\n".join(lines) + "\r\n"


def bill(url: str) -> None:
    with open_pool(url) as pool:
        prepare(pool, READ_MODELS, AT)
    with open_session(url, clock=lambda: AT) as opened:
        context = opened.context("anna")
        execute(opened.ledger, [RegisterDebtor(debtor="D-1", name="Bakery")], context)
        bills = [
            RegisterInvoice(
                invoice=f"F-{nth:05}", debtor="D-1", amount=100 + nth, due_on=date(2026, 4, 1)
            )
            for nth in range(INVOICES)
        ]
        for at in range(0, INVOICES, 100):
            execute(opened.ledger, bills[at : at + 100], context)


def run(path: Path, url: str) -> Any:
    with open_session(url, clock=lambda: AT) as opened:
        context = opened.context("anna")
        return import_bank_file(opened, context, path.name, path.read_bytes(), lambda done: None)


def books(url: str) -> dict[Any, list[Any]]:
    """Return all of every book but when it was recorded, by whom, and where in the ledger."""
    with open_session(url, clock=lambda: AT) as opened, opened.pool.connection() as conn:
        return {
            id_: [(entry.line, entry.event) for entry in entries]
            for id_, entries in iter_books(conn, opened.tenant, 2**62)
        }


def position(url: str) -> int:
    with open_session(url, clock=lambda: AT) as opened, opened.pool.connection() as conn:
        return head(conn, opened.tenant)


@pytest.mark.parametrize("entries", [300, 2 * INVOICES + 400], ids=["recording", "allocating"])
def test_killed_half_way(entries: int, tmp_path: Path, database: str, other_database: str) -> None:
    path = tmp_path / "day.sta"
    path.write_text(mt940())
    for url in (database, other_database):
        bill(url)
    begun = position(database)
    with CliUser(database).started("bank", "import", path) as process:
        wait_for(lambda: position(database) >= begun + entries or process.poll() is not None)
    left = position(database) - begun
    assert run(path, other_database).allocated == INVOICES
    run(path, database)
    assert left < position(database) - begun, "it was killed before its end"
    assert _days(books(database)) == _days(books(other_database))
    events = [event for lines in books(database).values() for _, event in lines]
    assert sum(isinstance(event, BankTransactionRecorded) for event in events) == 2 * INVOICES
    assert sum(isinstance(event, BankTransactionAllocated) for event in events) == INVOICES


def _days(found: dict[Any, list[Any]]) -> dict[Any, list[Any]]:
    """Return the books without the day on which the process decided."""
    return {
        id_: [(line, type(event), getattr(event, "amount", None)) for line, event in lines]
        for id_, lines in found.items()
    }
