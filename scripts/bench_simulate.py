"""Replaying a quarter under other rules: invoices a second, and the memory that it takes."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from msgspec.structs import replace as but

from api.session import TenantSession, now
from api.simulation import simulate
from ledger.engine.rebuild import rebuild
from ledger.facts import debtor_events as dev
from ledger.facts.books import DEBTOR, INVOICE, BookKind, book_id
from ledger.facts.codes import Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.payments import PaymentReceived
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.policy.playbook.in_force import shipped
from ledger.store.ledger import Ledger
from projections.invoices import INVOICES
from sample_data import CASE, OPENED, RESOLVED, RESUMED, TENANT, copy, empty
from timing import Bench, explain, seconds

FIRST = date(2026, 1, 1)
QUARTER = 91  # days
EACH = 5  # invoices of a debtor


def run(bench: Bench) -> None:
    """Every invoice of the quarter, on each of its days, and all that happened to it."""
    count = bench.size.past
    with bench.owner() as conn:
        empty(conn)
        copy(conn, entries(count))
        conn.execute("vacuum analyze entry")
    rebuild(bench.pool, INVOICES, now())
    ledger = Ledger(bench.pool)
    desk = TenantSession(bench.pool, ledger, now)
    messages = list[int]()

    def replayed() -> None:
        last = FIRST + timedelta(days=QUARTER - 1)
        messages.append(sum(1 for _ in simulate(desk, shipped(), FIRST, last)))

    bench.compare(
        f"a quarter with {count:,} invoices, replayed",
        ("invoices", lambda: count / seconds(replayed)),
    )
    tracemalloc.start()
    replayed()
    print(f"  {'messages':44}{messages[-1]:12,}")
    print(f"  {'most memory of Python':44}{tracemalloc.get_traced_memory()[1] / 2**20:12,.0f} MB")
    tracemalloc.stop()
    if bench.size.explain:
        explain("replay", replayed)
    ledger.close()


def entries(count: int) -> Iterator[Entry]:
    """One in four is disputed for two weeks; most are paid, some before they are due."""
    dice = Random(1)
    for nth in range(count):
        debtor, number = f"S-{nth // EACH:06}", f"S-{nth:06}"
        if nth % EACH == 0:
            known = dev.DebtorRegistered(on=FIRST, number=debtor, name=debtor, email="a@b.example")
            yield _line(DEBTOR, debtor, 1, known)
        for line, event in enumerate(_life(dice, debtor, number), 1):
            yield _line(INVOICE, number, line, event)


def _life(dice: Random, debtor: str, number: str) -> Iterator[Any]:
    on, amount = FIRST + timedelta(days=dice.randrange(QUARTER)), Decimal(dice.randrange(50, 9000))
    due_on = on + timedelta(days=14)
    yield InvoiceRegistered(
        on=on,
        number=number,
        debtor=debtor,
        business_unit="",
        collector="",
        amount=amount,
        currency="EUR",
        instalments=(Instalment(due_on, amount),),
    )
    if dice.random() < 0.25:
        since, until = due_on + timedelta(days=4), due_on + timedelta(days=18)
        yield but(OPENED, on=since, case_id=CASE, reason=Reason.DAMAGED, disputed=amount)
        yield but(RESOLVED, on=until, credited=Decimal(0), rejected=amount)
        yield but(RESUMED, on=until, next_step_on=until)
    if dice.random() < 0.9:
        paid_on = due_on + timedelta(days=dice.randrange(-5, 40))
        yield PaymentReceived(on=paid_on, reference=number, amount=amount)


def _line(kind: BookKind[Any], number: str, line: int, event: Any) -> Entry:
    at = datetime.combine(event.on, time(9), UTC)
    return Entry(book_id(TENANT, kind.name, number), line, at, "anna", event)
