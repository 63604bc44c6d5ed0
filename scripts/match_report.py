"""How well bank transactions are matched: by kind of payment, and on real statements.

The labelled payments are for the invoices of the demo's year, all of them open. *By itself* is what
was allocated without a person, *right* how much of that went to the invoices that it was for, and
*first* how often the first proposal was right for what waits.
"""

import argparse
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from api.bank.import_ import catch_up_claims, import_statements
from api.bank.proposing import proposed
from api.bank.read import read
from api.bank.statement import UnreadableFile
from api.demo.year import live
from api.postgres import server
from api.session import TenantSession, now, prepare_database
from commands.context import Reactions
from commands.debtors.registration import RegisterDebtor
from commands.execute import execute
from commands.invoices.registration import RegisterInvoice
from ledger.database.pool import Pool, open_pool
from ledger.database.tenants import Tenant, create
from ledger.engine.rebuild import prepare
from ledger.facts.books import BANK_TRANSACTION, DEBTOR, INVOICE
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.store.ledger import Ledger
from match_payments import Invoice, Payment, statements
from projections import READ_MODELS, bank
from sample_data import TENANT

FILE = "0" * 64
CHUNK = 100  # commands in an append


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=1000, help="of the demo's year")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=Path, help="folder of real bank files")
    asked = parser.parse_args()
    os.environ.pop("DOSSIER_OWNER_URL", None)
    with tempfile.TemporaryDirectory(prefix="dossier-match-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        try:
            url = server.start(home)
            prepare_database(url, now())
            with open_pool(url) as pool:
                invoices = _year(pool, asked.seed, asked.invoices)
                _labelled(_tenant(pool, "labelled", invoices), invoices, asked.seed)
                if asked.files:
                    _real(_tenant(pool, "real", invoices), asked.files)
        finally:
            server.remove(home)


def _year(pool: Pool, seed: int, count: int) -> list[Invoice]:
    """Live the demo's year, and return all of its invoices."""
    ledger = Ledger(pool, TENANT)
    world = live(ledger, seed, count, lambda day: None)
    return [*_invoices(ledger, world.numbers)]


def _invoices(ledger: Ledger, numbers: Sequence[str]) -> Iterator[Invoice]:
    names: dict[str, str] = {}
    for number in numbers:
        [first, *_] = ledger.history(ledger.id_of(INVOICE, number))
        event: InvoiceRegistered = first.event
        if event.debtor not in names:
            names[event.debtor] = ledger.book(DEBTOR, event.debtor).state.name
        order = event.purchase_order or ""
        yield Invoice(number, event.debtor, names[event.debtor], event.amount, order)


def _tenant(pool: Pool, name: str, invoices: Sequence[Invoice]) -> TenantSession:
    """Return a tenant in which all these invoices are open."""
    with pool.connection() as conn:
        create(conn, Tenant(name, name, "Europe/Amsterdam", now()))
    prepare(pool, READ_MODELS, now())
    session = TenantSession(pool, Ledger(pool, name), now)
    context = session.context("report", reactions=Reactions.NONE)
    day = session.ledger.today(now())
    debtors = {invoice.debtor: invoice.name for invoice in invoices}
    commands = [
        *(RegisterDebtor(debtor=debtor, name=title) for debtor, title in debtors.items()),
        *(
            RegisterInvoice(
                invoice=invoice.number, debtor=invoice.debtor, amount=invoice.amount, due_on=day,
                purchase_order=invoice.purchase_order or None,
            )
            for invoice in invoices
        ),
    ]  # fmt: skip
    for at in range(0, len(commands), CHUNK):
        execute(session.ledger, commands[at : at + CHUNK], context)
    return session


def _labelled(session: TenantSession, invoices: Sequence[Invoice], seed: int) -> None:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    context, begun, entries = session.context("report"), time.perf_counter(), 0
    for statement, payments in statements(invoices, seed, date(2026, 1, 1)):
        import_statements(session, context, statement.id, FILE, [statement], lambda done: None)
        first = _first_proposals(session, statement.id)
        entries += len(payments)
        for nth, payments_of_entry in enumerate(payments, 1):
            several = len(payments_of_entry) > 1
            for part, payment in enumerate(payments_of_entry, 1):
                place = f"{nth}.{part}" if several else str(nth)
                _count(counted[payment.kind], payment, first[place])
    took = time.perf_counter() - begun
    _print(counted)
    print(f"\n{entries:,} entries in {took:.1f} s, with the proposals of what waits")


def _first_proposals(
    session: TenantSession, statement: str
) -> dict[str, tuple[bool, dict[str, Decimal]]]:
    """Return of each place whether it was allocated, and to which invoices it was or would be."""
    catch_up_claims(session)
    with session.pool.connection() as conn:
        rows = [
            row for status in ("waiting", "allocated")
            for row in bank.in_status(session.tenant, status, limit=100_000).fetch(conn)
            if row.statement == statement
        ]  # fmt: skip
        waiting = [row for row in rows if row.status == "waiting"]
        best = proposed(conn, session.tenant, waiting)
    found = {}
    for row in rows:
        state = session.ledger.book(BANK_TRANSACTION, row.transaction).state
        if state.allocated:
            shares = {share.invoice: share.amount for share in state.allocated.shares}
            found[row.place] = (True, shares)
    for item in best:
        if item.row.place not in found:
            proposals = item.proposals
            shares = {s.invoice: s.amount for s in proposals[0].shares} if proposals else {}
            found[item.row.place] = (False, shares)
    return found


def _count(counter: Counter[str], payment: Payment, found: tuple[bool, dict[str, Decimal]]) -> None:
    allocated, shares = found
    right = shares == payment.truth
    counter["payments"] += 1
    if allocated:
        counter["itself"] += 1
        counter["right"] += right
        if not right:
            print(f"WRONG: {payment.kind}: {payment.part.remittance!r} is for {payment.truth},"
                  f" went to {shares}")  # fmt: skip
    elif payment.truth:
        counter["waits"] += 1
        counter["first"] += right


def _print(counted: dict[str, Counter[str]]) -> None:
    print(f"\n{'payment':28}{'payments':>10}{'by itself':>10}{'right':>8}{'waits':>8}{'first':>8}")
    total = Counter[str]()
    for kind, counter in [*counted.items(), ("all", total)]:
        total += counter if kind != "all" else Counter()
        itself, waits = counter["itself"], counter["waits"]
        right = f"{counter['right'] / itself:.1%}" if itself else ""
        first = f"{counter['first'] / waits:.0%}" if waits else ""
        part = f"{itself / counter['payments']:.0%}" if counter["payments"] else ""
        print(f"{kind:28}{counter['payments']:10}{part:>10}{right:>8}{waits:8}{first:>8}")


def _real(session: TenantSession, folder: Path) -> None:
    """Import real files beside these invoices: none of them is for one."""
    counted, begun = Counter[str](), time.perf_counter()
    context = session.context("report")
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            parsed = [*read(file.name, file.read_bytes())]
        except UnreadableFile:
            counted["not read"] += 1
            continue
        report = import_statements(session, context, file.name, FILE, parsed, lambda done: None)
        counted["files"] += 1
        counted["statements"] += len(report.statements)
        counted["entries"] += sum(part.entries for part in report.statements)
        counted["transactions"] += sum(part.new for part in report.statements)
        counted["seen before"] += sum(part.seen for part in report.statements)
        counted["allocated by itself (each is wrong)"] += report.allocated
        counted["not understood wholly"] += report.troubled
    print(f"\nreal files of {folder.name}, {time.perf_counter() - begun:.1f} s")
    for what, count in counted.items():
        print(f"  {what:40}{count:10,}")


if __name__ == "__main__":
    main()
