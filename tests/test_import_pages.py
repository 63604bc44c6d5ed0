"""Imports on pages: a file or pasted rows, their columns, the check and the import."""

import csv
import io
import re
from threading import Event
from typing import Any
from uuid import UUID

import pytest

from api.http.auth.keys import Role
from api.importing import drafts
from api.importing.job_runner import run_next_job
from ledger.engine.projector import Projector
from projections import READ_MODELS
from support.desk import DeskUser, desk_user, faults, hidden, plain
from support.http_clients import HttpClients
from support.import_files import chosen, workbook_of

pytestmark = pytest.mark.no_worker

DUTCH = (
    "Factuurnummer;Klantnr;Klantnaam;Openstaand;Factuurdatum;Vervaldatum\n"
    "F-1;D-7;Bakkerij Jansen;1.210,00;05-01-2026;04-02-2026\n"
    "F-2;D-7;Bakkerij Jansen;99,50;06-01-2026;05-02-2026\n"
    "F-3;D-8;Smit;veel;06-01-2026;05-02-2026\n"
)


@pytest.fixture
def importer(http: HttpClients) -> DeskUser:
    return desk_user(http, Role.COLLECTOR, "bram")


def upload(user: DeskUser, content: bytes | str, name: str = "list.csv", **fields: str) -> Any:
    form = hidden(user.page("/import")) | fields
    raw = content.encode() if isinstance(content, str) else content
    return user.request("POST", "/import", data=form, files={"file": (name, raw, "text/csv")})


def paste(user: DeskUser, rows: str) -> Any:
    form = hidden(user.page("/import")) | {"rows": rows}
    return user.request("POST", "/import", data=form, files={"file": ("", b"", "text/csv")})


def work(http: HttpClients) -> bool:
    return run_next_job(http.pool, "default", "worker", Event(), http.clock)


def catch_up(http: HttpClients) -> None:
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()


def check(http: HttpClients, user: DeskUser, draft: str, **fields: str) -> str:
    """Check all lines with what is chosen; return the page of what would come of them."""
    form = chosen(user.page(draft)) | fields | {"do": "check"}
    answer = user.send(draft, form)
    assert answer.status_code == 303, faults(answer.text)
    assert work(http)
    return user.page(answer.headers["location"])


def bring(http: HttpClients, user: DeskUser, draft: str, page: str, **fields: str) -> str:
    """Import what was checked; return the page of the job."""
    answer = user.send(f"{draft}/jobs", hidden(page) | fields)
    assert answer.status_code == 303, answer.text
    assert work(http)
    return user.page(answer.headers["location"])


def test_a_dutch_list_is_recognised_checked_and_imported_once(
    http: HttpClients, importer: DeskUser
) -> None:
    answer = upload(importer, DUTCH)
    assert answer.status_code == 303, answer.text
    draft = answer.headers["location"]
    page = importer.page(draft)
    form = chosen(page)
    assert (form["kind"], form["invoice"], form["open_amount"], form["date_format"]) == (
        *("invoices", "Factuurnummer", "Openstaand"),
        "%d-%m-%Y",
    )
    words = plain(page)
    assert "2 new F-1 D-7 Bakkerij Jansen 1,210.00 EUR" not in words
    assert "new F-1 D-7 Bakkerij Jansen 1,210.00 5 January 4 February" in words
    assert "rejected Openstaand 'veel' is not an amount" in words
    checked = check(http, importer, draft)
    assert "To record 2" in plain(checked)
    assert http.entries() == [], "a check writes nothing"
    sent = hidden(checked)
    first = importer.send(f"{draft}/jobs", sent)
    again = importer.send(f"{draft}/jobs", sent)
    assert first.headers["location"] == again.headers["location"], "a form sent twice is one job"
    assert work(http)
    assert not work(http)
    done = importer.page(first.headers["location"])
    assert "2 lines were imported." in plain(done)
    catch_up(http)
    assert "F-1" in importer.page("/invoices")
    assert {entry.by for entry in http.entries()} == {"bram"}
    assert importer.person
    assert {entry.via for entry in http.entries()} == {str(importer.person.key.key_id)}


def test_rejected_lines_are_mended_and_sent_again(http: HttpClients, importer: DeskUser) -> None:
    draft = upload(importer, DUTCH).headers["location"]
    done = bring(http, importer, draft, check(http, importer, draft))
    [address] = re.findall(r'href="(/import/jobs/[^"]+/rejects)"', done)
    download = importer.get(address)
    assert download.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in download.headers["content-disposition"]
    text = download.content.decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text), delimiter=";")
    assert header == [*DUTCH.splitlines()[0].split(";"), "Line", "Field", "Why"]
    assert row == [
        *DUTCH.splitlines()[3].split(";"),
        *("4", "Openstaand", "'veel' is not an amount"),
    ]
    mended = upload(importer, text.replace("veel", "1,00", 1)).headers["location"]
    words = plain(bring(http, importer, mended, check(http, importer, mended)))
    assert "1 line was imported." in words
    assert "Rejected 0" in words


def test_columns_are_chosen_remembered_and_forgotten(http: HttpClients, importer: DeskUser) -> None:
    odd = "what;who;how much;when\nA-1;D-1;10,00;2026-01-05\n"
    draft = upload(importer, odd).headers["location"]
    form = chosen(importer.page(draft)) | {"kind": "invoices", "do": "check"}
    assert faults(importer.send(draft, form | {"invoice": ""}).text)[-1] == (
        "Choose the column of the amount."
    )
    form |= {"invoice": "what", "debtor": "who", "open_amount": "how much", "issued": "when"}
    refused = importer.send(draft, form | {"do": "show"})
    assert refused.status_code == 303
    assert "is missing: choose its column, or give the term" in plain(importer.page(draft))
    assert importer.send(draft, form | {"terms": "30", "remember": "Odd"}).status_code == 303
    again = upload(importer, odd.replace("A-1", "A-2"), "second.csv").headers["location"]
    kept = chosen(importer.page(again))
    assert (kept["invoice"], kept["issued"], kept["open_amount"]) == ("what", "when", "how much")
    assert "new A-2 D-1 10.00" in plain(importer.page(again))
    assert "Odd bram" in plain(importer.page("/import"))
    assert importer.fill("/import", "/import/profiles/ends", name="Odd").status_code == 303
    assert "Odd bram" not in plain(importer.page("/import"))


def test_rows_are_pasted_from_a_spreadsheet(http: HttpClients, importer: DeskUser) -> None:
    rows = "Customer number\tName\tE-mail\tCountry\nD-7\tJansen\tjo@jansen.example\tNL"
    draft = paste(importer, rows).headers["location"]
    page = importer.page(draft)
    assert chosen(page)["kind"] == "debtors"
    assert "new D-7 Jansen jo@jansen.example NL" in plain(page)
    assert "1 line was imported." in plain(
        bring(http, importer, draft, check(http, importer, draft))
    )
    assert [entry.event.name for entry in http.entries()] == ["Jansen"]
    again = paste(importer, rows + "\tmore").headers["location"]
    assert "rejected" in plain(importer.page(again))


def test_payments_wait_with_their_debtor(http: HttpClients, importer: DeskUser) -> None:
    rows = (
        "Payment date,Payment reference,Customer,Amount,Currency\n2026-01-07,P-1,D-7,250.00,EUR\n"
    )
    draft = upload(importer, rows).headers["location"]
    assert chosen(importer.page(draft))["kind"] == "payments"
    bring(http, importer, draft, check(http, importer, draft))
    catch_up(http)
    assert "P-1" in importer.page("/money")


def test_a_full_list_shows_its_plan_before_it_closes(http: HttpClients, importer: DeskUser) -> None:
    head, first, second, _ = DUTCH.splitlines(keepends=True)
    draft = upload(importer, head + first + second).headers["location"]
    bring(http, importer, draft, check(http, importer, draft))
    shorter = upload(importer, head + first.replace("1.210", "1.000"), "full.csv").headers[
        "location"
    ]
    page = check(http, importer, shorter, full_list="1", as_of="2026-03-01")
    words = plain(page)
    assert "full list as of" in words
    assert "Paid, in part or whole 1 210.00 EUR" in words
    assert "Not in the list: closed 1 99.50 EUR" in words
    assert "Is it really the full list?" in words
    failed = bring(http, importer, shorter, page)
    assert "--close-most" not in plain(failed)
    assert "failed" in plain(failed)
    done = bring(http, importer, shorter, page, close_most="1")
    assert "1 invoice that is not in the list was closed." in plain(done)
    earlier = upload(importer, head + first, "older.csv").headers["location"]
    words = plain(check(http, importer, earlier, full_list="1", as_of="2026-02-01"))
    assert "A later full list was imported already, of 2026-03-01" in words


def test_other_columns_since_the_check_are_noticed(http: HttpClients, importer: DeskUser) -> None:
    draft = upload(importer, DUTCH).headers["location"]
    page = check(http, importer, draft)
    importer.send(draft, chosen(importer.page(draft)) | {"debtor_name": "", "do": "show"})
    answer = importer.send(f"{draft}/jobs", hidden(page))
    assert answer.status_code == 409
    assert "check the lines again" in plain(answer.text)
    assert importer.get(f"{draft}/check").headers["location"] == draft, "that is of other columns"
    assert not work(http)


def test_lines_are_imported_as_they_were_checked_and_not_otherwise(
    http: HttpClients, importer: DeskUser
) -> None:
    draft = upload(importer, DUTCH).headers["location"]
    first = chosen(importer.page(draft))
    check(http, importer, draft)
    importer.send(draft, first | {"debtor_name": "", "do": "show"})
    with http.pool.connection() as conn:
        [now] = drafts.get("default", UUID(draft.rpartition("/")[2])).fetch(conn)
    sent = hidden(importer.page(draft)) | {"version": now.version}
    assert importer.send(f"{draft}/jobs", sent).headers["location"] == f"{draft}/check"
    assert not work(http)
    checked = check(http, importer, draft)
    importer.send(draft, chosen(importer.page(draft)) | {"do": "show"})
    assert "2 lines were imported." in plain(bring(http, importer, draft, checked))


def test_a_page_that_waits_loads_again_until_it_is_stopped(importer: DeskUser) -> None:
    draft = upload(importer, DUTCH).headers["location"]
    importer.send(draft, chosen(importer.page(draft)) | {"do": "check"})
    waiting = importer.get(f"{draft}/check")
    assert waiting.headers["refresh"] == "2"
    assert "Stop that" in plain(waiting.text)
    stopped = importer.get(f"{draft}/check?still=1")
    assert "refresh" not in stopped.headers
    assert "Load this page again" in plain(stopped.text)


def test_a_workbook_is_read(http: HttpClients, importer: DeskUser) -> None:
    draft = upload(importer, workbook(), "list.xlsx").headers["location"]
    words = plain(importer.page(draft))
    assert "new X-1 D-7 1,234.50 5 January 4 February" in words
    bomb = workbook(doctype='<!DOCTYPE x [<!ENTITY a "aaaa">]>')
    answer = upload(importer, bomb, "list.xlsx")
    assert answer.status_code == 422
    assert "document type" in faults(answer.text)[-1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a file, or paste rows."),
        (b"just words", "There is no table in it"),
        (b"PK\x03\x04nonsense", "The workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0old", "save it as .xlsx"),
        (b"\x1f\x8bnonsense", "The packed file cannot be read."),
    ],
)
def test_what_is_no_table_is_refused(importer: DeskUser, content: bytes, why: str) -> None:
    answer = upload(importer, content)
    assert answer.status_code == 422
    assert why in faults(answer.text)[-1]


def test_a_file_of_another_tenant_and_of_a_unit_is_not_there(
    http: HttpClients, importer: DeskUser
) -> None:
    draft = upload(importer, DUTCH).headers["location"]
    with http.pool.connection() as conn:
        conn.execute("insert into tenant values ('acme', 'Acme', 'UTC', %s)", [http.clock()])
    other = desk_user(http, Role.ADMIN, "olaf", tenant="acme")
    assert other.get(draft).status_code == 404
    north = desk_user(http, Role.COLLECTOR, "nora", business_units=["north"])
    assert north.get(draft).status_code == 403
    assert "/import" not in north.page("/today")


def workbook(doctype: str = "") -> bytes:
    """Return a workbook with numbers, days and shared texts, as a spreadsheet saves it."""
    texts = ["Invoice number", "Customer", "Open amount", "Invoice date", "Due date", "X-1", "D-7"]
    shared = "".join(f"<si><r><t>{text}</t></r></si>" for text in texts)
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDE"))
    row = (
        '<c r="A2" t="s"><v>5</v></c><c r="B2" t="s"><v>6</v></c><c r="C2"><v>1234.5</v></c>'
        '<c r="D2" s="1"><v>46027</v></c><c r="E2" s="1"><v>46057</v></c>'
    )
    styles = '<xf numFmtId="0"/><xf numFmtId="14"/>'
    return workbook_of(f"<row>{cells}</row><row>{row}</row>", shared, styles, doctype)
