"""Reading over HTTP: filters, pages, one of each, how fresh, and what is no such thing."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from api.http.server import state as office_module
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from ledger.facts.books import INVOICE
from ledger.facts.codes import Reason
from ledger.store.hashing import content_hash
from ledger.store.ledger import Ledger
from ledger.store.reading import hashes
from support.creditor import invoice
from support.examples import CASE
from support.http_clients import refused
from support.two_units import TwoUnits


def numbers(two_units: TwoUnits, query: str = "", who: str = "anna") -> list[str]:
    return [row["number"] for row in two_units.get(who, f"/invoices{query}")]


def pages(two_units: TwoUnits, path: str, who: str = "anna") -> Iterator[list[Any]]:
    """Follows ``Link`` to its end."""
    while path:
        answer = two_units.people[who].get(path)
        assert answer.status_code == 200, answer.text
        yield answer.json()
        link = answer.headers.get("link", "")
        path = link[1 : link.index(">")].removeprefix("/v1") if link else ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["H-1", "N-1", "N-2", "S-1", "S-2"]),
        ("?debtor=D-7", ["N-1", "S-1"]),
        ("?collector=bob", ["N-2"]),
        ("?business_unit=south&status=disputed", ["S-1"]),
        ("?status=handed%20off", ["H-1"]),
        ("?reason=price", ["N-1"]),
        ("?resolver=eva", ["S-1"]),
        ("?resolver=eva&reason=price", []),
        ("?overdue=true", ["H-1", "N-1", "N-2", "S-1"]),
        ("?overdue=true&on=2026-02-28", []),
        ("?number=S-", ["S-1", "S-2"]),
        ("?number=%25", []),
        ("?currency=USD", []),
    ],
)
def test_invoices_are_filtered(two_units: TwoUnits, query: str, expected: list[str]) -> None:
    assert numbers(two_units, query) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/invoices?overdue=false",
        "/disputes?status=open",
        "/agenda?on=2026-03-20",
        "/debtors?on=2026-03-20",
        "/debtors/D-7/contact-log?at_least=0",
        "/reports/disputes?collector=anna",
    ],
)
def test_pages_of_any_size_hold_every_row_once(two_units: TwoUnits, path: str) -> None:
    whole = two_units.get("anna", path)
    assert len(whole) > 1
    for size in range(1, len(whole) + 2):
        found = [*pages(two_units, f"{path}&limit={size}")]
        assert all(len(page) <= size for page in found)
        assert [row for page in found for row in page] == whole


def test_an_invoice_as_it_stands_carries_its_line(two_units: TwoUnits) -> None:
    answer = two_units.people["anna"].get("/invoices/N-1")
    told = answer.json()
    assert answer.headers["etag"] == f'"{told["line"]}"' == '"3"'
    assert told["invoice"]["next_action"] == "chase resolver"
    assert told["invoice"]["open_amount"] == "100.00"
    assert [one["case_id"] for one in told["disputes"]] == [str(CASE)]
    assert [one["action"] for one in told["to_do"]] == ["chase resolver"]
    assert told["invoice"] == two_units.get("anna", "/invoices?number=N-1")[0]


def test_an_invoice_is_found_by_its_id_too(two_units: TwoUnits) -> None:
    told = two_units.get("anna", "/invoices/N-1")
    for path in ("", "/history", "/contact-log"):
        by_id = two_units.get("anna", f"/invoices/{told['invoice']['invoice_id']}{path}")
        assert by_id == two_units.get("anna", f"/invoices/N-1{path}")


def test_what_was_written_is_read_at_once_from_its_book(two_units: TwoUnits) -> None:
    two_units.creditor.execute(invoice("N-9"))  # and no read model follows
    assert two_units.get("anna", "/invoices/N-9")["line"] == 1
    assert "N-9" not in numbers(two_units)


def test_history_shows_each_entry_with_its_hash_as_stored(two_units: TwoUnits) -> None:
    lines = two_units.get("auditor", "/invoices/N-1/history")
    assert [line["topic"] for line in lines] == [
        "invoice-registered.v1",
        "dispute-opened.v1",
        "resolver-assigned.v1",
    ]
    assert {line["by"] for line in lines} == {"anna"}
    book = two_units.creditor.ledger.history(two_units.creditor.ledger.id_of(INVOICE, "N-1"))
    with two_units.creditor.pool.connection() as conn:
        stored = hashes(conn, "default", book[0].book_id)
        states = conn.execute(
            "select line, topic, state from entry where tenant_id = %s and book_id = %s",
            ["default", book[0].book_id],
        ).fetchall()
    assert {one["line"]: one["content_hash"] for one in lines} == {
        line: hashed.hex() for line, hashed in stored.items()
    }
    for line, topic, state in states:
        again = content_hash("default", book[0].book_id, line, topic, state)
        assert lines[line - 1]["content_hash"] == again.hex()
    assert lines[0]["data"]["amount"] == "100.00"
    assert datetime.fromisoformat(lines[0]["recorded"]).astimezone(UTC) == book[0].at


def test_history_ends_at_a_line_or_a_day(two_units: TwoUnits) -> None:
    path = "/invoices/N-1/history"
    assert [one["line"] for one in two_units.get("anna", f"{path}?upto=2")] == [1, 2]
    assert [one["line"] for one in two_units.get("anna", f"{path}?as_of=2026-02-10")] == [1]
    assert two_units.get("anna", f"{path}?upto=0") == []


def test_the_contact_log_is_what_the_read_model_holds(two_units: TwoUnits) -> None:
    log = two_units.get("anna", "/invoices/N-1/contact-log")
    assert [one["line"] for one in log] == [1, 2, 3]
    assert "price" in log[1]["what"]
    same = [
        one for one in two_units.get("anna", "/debtors/D-7/contact-log") if one["invoice"] == "N-1"
    ]
    assert [{**one, "invoice": "N-1"} for one in log] == same


def test_a_case_with_its_invoices(two_units: TwoUnits) -> None:
    case = two_units.get("anna", f"/disputes/{CASE}")
    assert [part["invoice"] for part in case["parts"]] == ["N-1"]
    report = two_units.get("anna", "/disputes?reason=price&resolver=sam")
    assert case["parts"] == report


@pytest.mark.parametrize(
    ("path", "said", "body"),
    [
        (f"/disputes/{CASE}", "comment", {"comment": "A tenth."}),
        ("/debtors/D-7", "notes", {"text": "Closed on Monday."}),
    ],
)
def test_what_is_one_book_carries_its_line(
    two_units: TwoUnits, path: str, said: str, body: Any
) -> None:
    anna = two_units.people["anna"]
    seen = anna.get(path).headers["etag"]
    written = anna.record(f"{path}/{said}", body, If_Match=seen)
    assert anna.get(path).headers["etag"] == f'"{written["line"]}"'
    refused(anna.post(f"{path}/{said}", body, If_Match=seen), 412, "moved")


def test_a_case_over_several_invoices_has_no_line(two_units: TwoUnits) -> None:
    two_units.execute(
        OpenDispute(invoice="N-2", case_id=CASE, reason=Reason.PRICE, comment="Less.")
    )
    answer = two_units.people["anna"].get(f"/disputes/{CASE}")
    assert [part["invoice"] for part in answer.json()["parts"]] == ["N-1", "N-2"]
    assert "etag" not in answer.headers


def test_a_case_is_seen_no_more_once_the_book_names_another(two_units: TwoUnits) -> None:
    two_units.creditor.execute(AssignResolver(invoice="N-1", case_id=CASE, resolver="zoe"))
    refused(two_units.people["sam"].get(f"/disputes/{CASE}"), 404, "unknown")


def test_a_ledger_is_not_opened_on_the_event_loop(
    two_units: TwoUnits, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Opened(Ledger):
        """Fails where an event loop would wait for it."""

        def __init__(self, *given: Any) -> None:
            with pytest.raises(RuntimeError, match="no running event loop"):
                asyncio.get_running_loop()
            super().__init__(*given)

    monkeypatch.setattr(office_module, "Ledger", Opened)
    assert two_units.get("anna", "/agenda")
    assert two_units.get("auditor", "/events")


def test_the_agenda_of_a_day_debtor_by_debtor(two_units: TwoUnits) -> None:
    rows = two_units.get("anna", "/agenda?on=2026-03-20")
    assert [row["priority"] for row in rows] == sorted(
        (row["priority"] for row in rows), reverse=True
    )
    assert all(row["why"] for row in rows)
    grouped = two_units.get("anna", "/agenda?on=2026-03-20&group=debtor")
    assert [work["debtor"] for work in grouped] == list(dict.fromkeys(r["debtor"] for r in rows))
    assert sorted(r["item"] for work in grouped for r in work["items"]) == sorted(
        row["item"] for row in rows
    )
    assert [
        row["invoice"] for row in two_units.get("anna", "/agenda?on=2026-03-20&reason=price")
    ] == ["N-1"]
    disputed = two_units.get("anna", "/agenda?on=2026-03-20&status=disputed")
    assert {row["invoice"] for row in disputed} == {"N-1", "S-1"}
    assert {row["status"] for row in rows} == {"disputed", "open", ""}
    assert two_units.get("anna", "/agenda?held=true") == []
    chase = two_units.get("anna", "/agenda?on=2026-03-20&action=chase%20resolver&collector=anna")
    assert {row["resolver"] for row in chase} == {"sam", "eva"}


def test_a_debtor_and_his_statement(two_units: TwoUnits) -> None:
    file = two_units.get("anna", "/debtors/D-7")
    assert file["debtor"]["name"] == "Bakery Jansen"
    assert file["debtor"]["unallocated"] == ["60.00"]
    [balance] = file["balances"]
    assert (balance["balance"], balance["disputed"]) == ("400.00", "400.00")
    assert two_units.get("anna", f"/debtors/{file['debtor']['debtor_id']}") == file
    statement = two_units.get("anna", "/debtors/D-7/statement")
    assert [one["number"] for one in statement["invoices"]] == ["N-1", "S-1"]
    assert statement["balances"] == file["balances"]
    assert two_units.get("anna", "/debtors/D-9")["debtor"] is None


def test_a_read_waits_for_its_position_and_says_when_it_waits_in_vain(
    two_units: TwoUnits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_module, "READ_TIMEOUT", 0.05)
    two_units.creditor.execute(invoice("N-9"))
    position = two_units.creditor.ledger.head()
    answer = two_units.people["anna"].get(f"/invoices?at_least={position}")
    refused(answer, 503, "behind")
    assert answer.headers["retry-after"] == "1"
    two_units.catch_up()
    assert "N-9" in numbers(two_units, f"?at_least={position}")


@pytest.mark.parametrize(
    "path",
    [
        "/invoices/none",
        "/invoices/none/history",
        "/invoices/none/contact-log",
        "/invoices/00000000-0000-0000-0000-0000000000ff",
        "/disputes/00000000-0000-0000-0000-0000000000ff",
        "/debtors/none",
        "/debtors/none/contact-log",
        "/debtors/none/statement",
    ],
)
def test_what_is_not_there_is_unknown(two_units: TwoUnits, path: str) -> None:
    refused(two_units.people["anna"].get(path), 404, "unknown")


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/invoices?limit=0", "/limit"),
        ("/invoices?limit=1001", "/limit"),
        ("/invoices?cursor=what", "/cursor"),
        ("/invoices?cursor=IgBcdTAwMDAi", "/cursor"),
        ("/invoices?cursor=Ilx1ZDgwMCI", "/cursor"),
        ("/invoices?cursor=Ilx1MDAwMCI", "/cursor"),
        ("/invoices?debtor=%00", "/debtor"),
        ("/invoices?reason=none", "/reason"),
        ("/invoices?on=9999-01-01", "/on"),
        ("/invoices?at_least=-1", "/at_least"),
        ("/agenda?cursor=IngI", "/cursor"),
        ("/agenda?action=sleep", "/action"),
        ("/agenda?status=asleep", "/status"),
        ("/invoices?status=asleep", "/status"),
        ("/disputes?status=asleep", "/status"),
        ("/reports/disputes?status=asleep", "/status"),
        ("/agenda?group=none", "/group"),
        ("/disputes/none", "/case"),
        ("/invoices/%00", "/invoice"),
        ("/debtors/%00/statement", "/debtor"),
        ("/reports/cycle-times?by=none", "/by"),
    ],
)
def test_bad_input_is_refused_by_its_name(two_units: TwoUnits, path: str, pointer: str) -> None:
    refused(two_units.people["anna"].get(path), 422, "invalid", pointer)


def test_the_odd_number_is_found(two_units: TwoUnits) -> None:
    two_units.execute(invoice("É 1%?&"))
    assert numbers(two_units, f"?number={quote('É')}") == ["É 1%?&"]
    assert two_units.get("anna", f"/invoices/{quote('É 1%?&')}")["line"] == 1
