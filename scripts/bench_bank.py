"""A day of a bank account against many open invoices: a command of `dossier` in its own process."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from api.session import now
from bench_data import Market, number
from bench_items import spend, tell
from ledger.engine.rebuild import rebuild_together
from projections import READ_MODELS
from sample_data import TENANT, copy, empty
from timing import Bench

OPEN, MORE = 100_000, 10  # invoices; so many times as many transactions
ACCOUNT = "NL91ABNA0417164300"
HEAD = ":20:{id}\r\n:25:{account}\r\n:28C:{n}/1\r\n:60F:C{day:%y%m%d}EUR0,00\r\n"
LINE = ":61:{day:%y%m%d}{day:%m%d}C{amount:.2f}NTRFNONREF//{key}\r\n"
TEXT = ":86:/IBAN/{iban}/NAME/{name}/REMI/{text}/\r\n"
FOOT = ":62F:C{day:%y%m%d}EUR{total:.2f}\r\n-\r\n"


def run(bench: Bench) -> None:
    market = Market(min(bench.size.open, OPEN), now())
    with bench.owner() as conn:
        empty(conn)
        copy(conn, market.entries())
        amounts = dict(
            conn.execute(
                "select state::json->'event'->>'number',"
                " (state::json->'event'->>'amount')::numeric from ledger.entry"
                " where tenant_id = %s and topic = 'invoice-registered.v1'",
                [TENANT],
            ).fetchall()
        )
        conn.execute("vacuum analyze entry")
    rebuild_together(bench.pool, READ_MODELS, market.at)
    with bench.owner() as conn:
        conn.execute("vacuum analyze")
    day = max(market.invoices // MORE // MORE, 1)
    for nth, count in enumerate((day, day * MORE)):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"day{nth}.sta")
            file.write_text("".join(_lines(market, amounts, count, nth)), "ascii", newline="")
            took = spend(bench, "bank", "import", str(file))
        tell(f"a day of {count:,} transactions, {market.invoices:,} open invoices", took, count)
    spend(bench, "bank", "match")  # which waits for the read models
    with bench.owner() as conn:
        found = conn.execute(
            "select status, count(*) from bank_transactions where tenant_id = %s group by status",
            [TENANT],
        )
        print(f"  {dict(found.fetchall())}")


def _lines(market: Market, amounts: dict[str, Decimal], count: int, nth: int) -> Iterator[str]:
    """Yield a statement: of ten payments seven name their invoice, one has a typing error, one
    names nothing, and one is a stranger's."""
    day, total = market.today, Decimal(0)
    yield HEAD.format(id=f"D{nth}", account=ACCOUNT, n=nth + 1, day=day)
    for at in range(count):
        n = (at * 7919 + nth) % market.invoices  # a prime: neighbours differ
        name, amount = number(n), amounts[number(n)]
        texts = {7: name[:-1] + "X", 8: "thank you", 9: "for the club"}
        total += amount
        yield LINE.format(day=day, amount=amount, key=f"K{nth}{at}").replace(".", ",")
        who, text = n % market.debtors, texts.get(at % 10, f"invoice {name}")
        yield TEXT.format(iban=f"NL00XXXX{who:010}", name=f"Bakery {who}", text=text)
    yield FOOT.format(day=day, total=total).replace(".", ",")
