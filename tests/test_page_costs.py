"""Pages cost the same number of statements whatever they show, and stay small."""

import gzip
from typing import Any
from unittest.mock import patch

import pytest

from api.http.auth.keys import Role
from ledger.database.query import Query
from ledger.database.read_pool import ReadPool
from ledger.facts.books import DEBTOR, book_id
from support.desk import DeskUser, desk_user
from support.http_clients import HttpClients

MOST = 60_000  # bytes of a page, compressed
FEW, MANY = 5, 60  # invoices: less than a page, and more


def billed(http: HttpClients, first: int, last: int) -> None:
    admin = http.person(Role.ADMIN)
    rows = [
        {"invoice": f"F-{n:03}", "debtor": "D-7", "amount": "100.00", "due_on": "2026-01-15"}
        for n in range(first, last)
    ]
    for row in rows:
        admin.record("/invoices", row)
    for n in range(first, last, 2):
        opened = {"invoices": [{"invoice": f"F-{n:03}"}], "reason": "price", "comment": "Too much."}
        admin.record("/disputes", opened)


def cost(user: DeskUser, path: str) -> tuple[int, int]:
    """Return the statements of a page, and its compressed bytes."""
    asked, ask = list[str](), ReadPool.ask

    async def counted(pool: ReadPool, query: Query[Any]) -> list[Any]:
        asked.append(query.sql)
        return await ask(pool, query)

    with patch.object(ReadPool, "ask", counted):
        page = user.page(path)
    return len(asked), len(gzip.compress(page.encode()))


@pytest.mark.parametrize(
    "path", ["/today", "/invoices", "/disputes", "/debtors", "/debtors/{debtor}"]
)
def test_a_page_of_many_rows_asks_no_more_than_a_page_of_few(http: HttpClients, path: str) -> None:
    path = path.format(debtor=f"{book_id('default', DEBTOR.name, 'D-7')}?number=D-7")
    user = desk_user(http, Role.COLLECTOR)
    billed(http, 0, FEW)
    last = http.entries()[-1].position
    more = "&" if "?" in path else "?"
    cost(user, f"{path}{more}at_least={last}")
    few, _ = cost(user, path)
    billed(http, FEW, MANY)
    last = http.entries()[-1].position
    cost(user, f"{path}{more}at_least={last}")
    many, size = cost(user, path)
    assert few > 1
    assert many <= few + 1, "a page asks again for each row"
    assert size < MOST
