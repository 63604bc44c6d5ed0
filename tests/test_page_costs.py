"""Pages cost the same number of statements whatever they show, and stay small."""

import gzip
import re
from typing import Any
from unittest.mock import patch

import pytest

from api.http.auth.keys import Role
from api.pages.desk import statement, today
from api.pages.desk.timeline import SHOWN
from ledger.database.query import Query
from ledger.database.read_pool import ReadPool
from ledger.facts.books import DEBTOR, INVOICE, book_id
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
        if "session_seen" not in query.sql:  # once a minute
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


def test_a_book_of_many_entries_is_shown_by_pages(http: HttpClients) -> None:
    user, calls = desk_user(http, Role.COLLECTOR), SHOWN + 30
    billed(http, 1, 2)
    path = f"/invoices/{book_id('default', INVOICE.name, 'F-001')}"
    debtor = f"/debtors/{book_id('default', DEBTOR.name, 'D-7')}?number=D-7"
    cost(user, path)
    few, _ = cost(user, path)
    for nth in range(calls):
        call = {"channel": "phone", "direction": "out", "who": "Jo", "summary": f"Call {nth}."}
        http.person(Role.ADMIN).record("/invoices/F-001/contacts", call)
    last = http.entries()[-1].position
    many, size = cost(user, f"{path}?at_least={last}")
    assert many <= few + 1
    assert size < MOST
    newest = user.page(path)
    assert len(_lines(newest)) == SHOWN
    assert f"{calls + 2} entries" in newest
    assert len(_lines(user.page(f"{path}?first={SHOWN}"))) == calls + 2 - SHOWN
    assert len(_lines(user.page(f"{path}?channel=phone&first={SHOWN}"))) == calls - SHOWN
    assert len(re.findall('<li class="entry', user.page(f"{debtor}&at_least={last}"))) == SHOWN


def _lines(page: str) -> list[str]:
    return re.findall('<li class="entry [^"]*" id="e([0-9]+)"', page)


def test_what_would_take_the_whole_table_stops(
    http: HttpClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "MOST", 2)
    monkeypatch.setattr(statement, "MOST", 2)
    user = desk_user(http, Role.COLLECTOR)
    billed(http, 0, FEW)
    last = http.entries()[-1].position
    page = user.page(f"/today?at_least={last}")
    assert "<b>1+</b> to do, the first 2 worth <b>" in re.sub(r"\s+", " ", page)
    sheet = user.page(f"/debtors/{book_id('default', DEBTOR.name, 'D-7')}/statement?number=D-7")
    assert sheet.count('<th scope="row">') == 2
    assert f'<span class="count">{FEW}</span>' in sheet
    assert "the PDF has all" in sheet
