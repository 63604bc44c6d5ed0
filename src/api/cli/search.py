"""``dossier search``: invoices, disputes and debtors by parts of names and numbers."""

from typing import Annotated

import typer
from typer import Argument

from api.cli.kit.options import Csv, Json, Limit, match, reading
from api.cli.kit.output import as_list, money, table
from ledger.policy.visibility import EVERYTHING
from projections import search as model

app = typer.Typer()


@app.command(epilog="Examples: `dossier search jans bv`, `dossier search 4711`")
def search(
    words: Annotated[list[str], Argument(help="Starts of words, in any order.")],
    limit: Limit = 10,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Find debtors, invoices and disputes by the starts of words in numbers and names."""
    with reading() as (session, conn, _):
        found = match(conn, session.tenant, " ".join(words))
        assert found is not None
        rows = model.search(session.tenant, found, limit, scope=EVERYTHING).fetch(conn)
    if json or csv:
        return as_list(rows, csv)
    table(
        "Found",
        ("what", "number", "debtor", "name", "status", "amount", "on"),
        [
            (
                row.kind,
                row.number,
                row.debtor,
                row.debtor_name,
                row.status,
                "" if row.amount is None else money(row.amount, row.currency),
                row.on,
            )
            for row in rows
        ],
        right=("amount",),
    )
