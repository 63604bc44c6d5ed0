"""Bringing a history in: JSON Lines through validation, rules and append, in one process."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.importing.formats.history_commands import Terms
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.session import TenantSession, now
from ledger.store.ledger import Ledger
from sample_data import empty
from timing import Bench, explain

TURN = 100  # invoices whose facts take turns
PAID, REMINDED, DISPUTED = (
    ("invoice-issued", "invoice-sent", "payment-received"),
    ("invoice-issued", "invoice-sent", "reminded", "payment-received"),
    (
        "invoice-issued",
        "invoice-sent",
        "dispute-opened",
        "resolver-assigned",
        "resolved",
        "payment-received",
    ),
)
LIVES = (PAID, REMINDED, PAID, DISPUTED)  # four lines an invoice


def bulk(bench: Bench) -> None:
    """Entries a second, from the file to the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "history.jsonl"
        with file.open("w") as out:
            out.writelines(json.dumps(fact) + "\n" for fact in history(bench.size.invoices))
        ledger = Ledger(bench.pool)
        rates = list[float]()
        bench.compare(
            f"import of {4 * bench.size.invoices:,} lines",
            ("entries", lambda: bring_in(bench, ledger, file, rates)),
        )
        if bench.size.explain:
            explain("import", lambda: bring_in(bench, ledger, file, []))
        ledger.close()
    bench.target("import, one process", sorted(rates)[len(rates) // 2], 20_000, "/s")


def bring_in(bench: Bench, ledger: Ledger, file: Path, rates: list[float]) -> float:
    with bench.owner() as conn:
        empty(conn)
    desk = TenantSession(bench.pool, ledger, now)
    summary = import_file(desk, Source(str(file)), Options(Terms(days=30)))
    if summary.rejected or summary.noted:
        print(f"  {summary.rejected} lines were rejected, {summary.noted} noted")
    rates.append(summary.entries / summary.seconds)
    return rates[-1]


def history(invoices: int) -> Iterator[dict[str, Any]]:
    for first in range(0, invoices, TURN):
        some = range(first, min(first + TURN, invoices))
        for seq in range(max(map(len, LIVES))):
            for n in some:
                life = LIVES[n % len(LIVES)]
                if seq < len(life):
                    yield fact_of(n, seq, life[seq])


def fact_of(invoice: int, seq: int, what: str) -> dict[str, Any]:
    line = {
        "source": "bench",
        "invoice": f"INV-{invoice:07}",
        "seq": seq + 1,
        "type": what,
        "at": f"2026-01-{seq + 10}T09:00:00+01:00",
        "customer": f"D-{invoice % 500}",
        "data": {},
    }
    match what:
        case "invoice-issued":
            return line | {"amount": "1250.00", "currency": "EUR", "data": {"company": "Benelux"}}
        case "payment-received":
            return line | {"amount": "1250.00", "data": {"reference": f"R-{invoice}"}}
        case "dispute-opened":
            data = {"reason": "damaged", "comment": "The pallets came in wet."}
            return line | {"amount": "250.00", "data": data}
        case "resolver-assigned":
            return line | {"data": {"resolver": "sam"}}
        case "resolved":
            return line | {"data": {"outcome": "rejected", "comment": "They were dry."}}
        case "reminded":
            return line | {"data": {"channel": "e-mail"}}
    return line
