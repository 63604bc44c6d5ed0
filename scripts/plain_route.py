"""The other side of the comparison: the agenda behind a plain sync route with a response model."""

import os
import socket
import sys
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import uvicorn
from fastapi import FastAPI
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool
from pydantic import BaseModel

from ledger.database.pool import conninfo, take_role
from ledger.policy.visibility import EVERYTHING
from projections import agenda
from sample_data import TENANT


class Row(BaseModel):
    """What the page shows of one thing to do."""

    rank: int
    book_id: UUID
    item: str
    action: str
    invoice: str
    status: str
    debtor: str
    debtor_name: str
    collector: str
    business_unit: str
    resolver: str
    case_id: UUID | None
    reason: str
    amount: Decimal
    currency: str
    due_on: date
    invoice_due_on: date | None
    why: list[str]
    held: bool
    held_until: date | None


app = FastAPI()
pool = ConnectionPool(
    conninfo(os.environ["DOSSIER_DATABASE_URL"]),
    configure=take_role,
    kwargs={"autocommit": True},
    min_size=2,
    max_size=12,
    open=False,
)


@app.get("/agenda", response_model=list[Row])
def due(
    on: date,
    collector: str | None = None,
    business_unit: str | None = None,
    reason: str | None = None,
    held: bool = False,
    limit: int = 50,
    rank: int | None = None,
    due_on: date | None = None,
    book_id: UUID | None = None,
    item: str | None = None,
) -> Any:
    """The last four say where the page before ended."""
    after = None
    if rank is not None and due_on and book_id and item:
        after = agenda.Cursor(rank, due_on, book_id, item)
    filters = {"collector": collector, "business_unit": business_unit, "reason": reason}
    query = agenda.list_due(TENANT, on, filters, after, limit, held, scope=EVERYTHING)
    with pool.connection() as conn, conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.sql.encode(), query.parameters).fetchall()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as door, pool:
        print(f"http://127.0.0.1:{door.getsockname()[1]}", file=sys.stderr, flush=True)
        config = uvicorn.Config(app, http="httptools", log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[door])
