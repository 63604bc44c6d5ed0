"""A debtor opens one invoice by the link in our message: what they see, and nobody else."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from api.http.auth.keys import Role
from api.http.server import security_log
from api.links.secrets import rotate
from api.links.urls import PORTAL
from ledger.database import access_log
from support.desk import desk_user, plain
from support.http_clients import INVOICE, HttpClients, Person
from support.portal import ACCOUNT, JAN, LINES, link_to, set_up_portal

IBAN = "NL91 ABNA 0417 1643 00"


@pytest.fixture(autouse=True)
def portal_of_mueller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PORTAL, "default M%C3%BCller")


@pytest.fixture
def owed_link(http: HttpClients, anna: Person, admin: Person) -> str:
    set_up_portal(http, anna, lines=LINES, purchase_order="PO-38120")
    admin.record(
        "/creditor", {"name": "Korenaar BV", "phone": "030 555", "bank_accounts": [ACCOUNT]}
    )
    return link_to(http)


@pytest.fixture
def security_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], list[Any]]]:
    """Return the lines of the security log so far."""
    path = tmp_path / "security.jsonl"
    monkeypatch.setenv(security_log.SETTING, str(path))
    security_log.open_log()
    yield lambda: [json.loads(line) for line in path.read_text().splitlines()]
    monkeypatch.undo()
    security_log.open_log()


def test_it_shows_what_is_open_and_where_to_pay(http: HttpClients, owed_link: str) -> None:
    before = len(http.entries())
    answer = http.client.get(owed_link)
    words = plain(answer.text)
    for expected in (
        "Invoice F-1",
        "Bakery Jansen",
        "To pay by 31 March 2026 €1,210.00",
        "due 31 March",
        IBAN,
        "Korenaar BV",
        "Amount €1,210.00",
        "Reference RF63 FX1",
        "Butter 10 kg",
        "PO-38120",
        "If a mail names another one, do not pay before you have called us. Call us: 030 555.",
        "The invoice was made: €1,210.00",
    ):
        assert expected in words, expected
    page = ElementTree.fromstring(answer.text)
    assert page.findtext(".//title") == "Invoice F-1"
    assert list(page.iter("script")) == []
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert len(http.entries()) == before, "a look changes nothing"


def test_partly_paid_and_disputed_and_late_stand_side_by_side(
    http: HttpClients, anna: Person, owed_link: str
) -> None:
    anna.record("/invoices/F-1/payments", {"reference": "B-1", "amount": "210.00"})
    anna.record(
        "/disputes",
        {
            "invoices": [{"invoice": "F-1", "contested": "149.00"}],
            "reason": "quantity_short",
            "comment": "Our man saw four boxes.",
        },
    )
    http.clock.advance(days=40)
    words = plain(http.client.get(link_to(http)).text)
    assert "To pay now €851.00 11 days late partly paid partly disputed" in words
    assert "You do not agree with €149.00. You need not pay it until you hear from us." in words
    assert "We received €210.00" in words
    assert "Our man saw four boxes" not in words, "a colleague wrote that down"


def test_only_the_instalment_that_is_over_is_late(http: HttpClients, anna: Person) -> None:
    http.applies_the_playbook()
    http.client.headers["Accept-Language"] = "en-GB"
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakery Jansen", "email": JAN})
    parts = [{"due_on": "2026-03-10", "amount": "400"}, {"due_on": "2026-06-10", "amount": "810"}]
    anna.record(
        "/invoices", {"invoice": "F-1", "amount": "1210", "debtor": "D-7", "instalments": parts}
    )
    http.clock.advance(days=10)
    words = plain(http.client.get(link_to(http)).text)
    assert "To pay now €400.00 2 days late" in words
    assert "To pay by" not in words
    assert "Another €810.00 is due on 10 June 2026." in words
    anna.record("/invoices/F-1/payments", {"reference": "B-1", "amount": "400.00"})
    words = plain(http.client.get(link_to(http)).text)
    assert "To pay by 10 June 2026 €810.00 partly paid due 10 June" in words
    assert "late" not in words.partition("What happened so far")[0]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        (
            "payments",
            {"reference": "B", "amount": "1210.00"},
            "Nothing is left to pay nothing open",
        ),
        ("payments", {"reference": "B", "amount": "1310.00"}, "You paid €100.00 too much."),
        (
            "cancellation",
            {"why": "Twice."},
            "This invoice was cancelled cancelled You do not have to",
        ),
    ],
)
def test_what_is_over_asks_for_nothing(
    http: HttpClients, anna: Person, owed_link: str, path: str, body: Any, expected: str
) -> None:
    anna.record(f"/invoices/F-1/{path}", body)
    words = plain(http.client.get(owed_link).text)
    assert expected in words
    assert IBAN not in words
    assert "Twice." not in words


def test_nothing_internal_is_shown(http: HttpClients, anna: Person, owed_link: str) -> None:
    anna.record("/invoices/F-1/notes", {"text": "SECRET-1 a bad payer"})
    contact = {"channel": "phone", "direction": "out", "summary": "SECRET-2 angry", "who": "Jan"}
    anna.record("/invoices/F-1/contacts", contact)
    anna.record("/invoices/F-1/contacts", contact | {"channel": "e-mail", "direction": "in"})
    made = anna.record(
        "/disputes",
        {"invoices": [{"invoice": "F-1"}], "reason": "price", "comment": "SECRET-3"},
    )
    [case] = {e["data"]["case_id"] for e in made["entries"] if "case_id" in e["data"]}
    anna.record(f"/disputes/{case}/assign", {"resolver": "secret-sam@seller.example"})
    anna.record("/invoices/F-1/holds", {"reason": "SECRET-4"})
    page = http.client.get(owed_link).text
    assert not re.search("secret", page, re.IGNORECASE)
    assert "Nothing to pay until you hear from us" in plain(page)


def test_a_copy_is_the_invoice_itself_and_nothing_else(
    http: HttpClients, anna: Person, owed_link: str
) -> None:
    for name, kind in (("F-1.pdf", {"document_kind": "invoice"}), ("inside.pdf", {})):
        file = {"file": (name, name.encode(), "application/pdf")}
        url, headers = "/v1/invoices/F-1/documents", anna.headers({})
        assert anna.client.post(url, files=file, data=kind, headers=headers).status_code == 201
    shown, hidden = (sha256(name).hexdigest() for name in (b"F-1.pdf", b"inside.pdf"))
    page = http.client.get(owed_link).text
    assert "F-1.pdf" in page
    assert "inside.pdf" not in page
    answer = http.client.get(f"{owed_link}/documents/{shown}")
    assert (answer.status_code, answer.content) == (200, b"F-1.pdf")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert http.client.get(f"{owed_link}/documents/{hidden}").status_code == 404


def test_a_link_is_for_one_invoice_of_its_debtor(
    http: HttpClients, anna: Person, owed_link: str
) -> None:
    http.tenant("Müller")
    anna.record("/invoices", INVOICE | {"invoice": "F-2"})
    anna.record("/debtors", {"debtor": "D-8", "name": "Rival", "email": "r@rival.example"})
    nowhere = http.client.get("/i/nothing")
    assert nowhere.status_code == 404
    strange = [
        owed_link[:-2] + ("AA" if not owed_link.endswith("AA") else "BB"),
        link_to(http, "F-9"),
        link_to(http, "F-1", "r@rival.example", "D-8"),
        link_to(http, "F-1", tenant="Müller"),
    ]
    for path in strange:
        answer = http.client.get(path)
        assert answer.status_code in (404, 410), path
        assert "1,210" not in answer.text
        assert "F-1" not in answer.text
    anna.record("/invoices/F-1/corrections", {"why": "Sold.", "debtor": "D-8"})
    assert http.client.get(owed_link).text == nowhere.text, "it is another's invoice now"
    assert "Invoice F-2" in plain(http.client.get(link_to(http, "F-2")).text)


def test_an_address_that_is_theirs_no_more_opens_nothing(
    http: HttpClients, anna: Person, owed_link: str
) -> None:
    anna.record("/debtors/D-7/corrections", {"why": "Jan left.", "email": "new@bakery.example"})
    answer = http.client.get(owed_link)
    assert answer.status_code == 410
    assert "Send me a fresh link" in answer.text
    assert "F-1" not in answer.text
    people = [{"name": "Jan", "email": "JAN@bakery.example"}]
    anna.record("/debtors/D-7/corrections", {"why": "He is back.", "persons": people})
    assert http.client.get(owed_link).status_code == 200


def test_it_ends(http: HttpClients, owed_link: str) -> None:
    http.clock.advance(days=90)
    assert http.client.get(owed_link).status_code == 200
    http.clock.advance(seconds=1)
    answer = http.client.get(owed_link)
    assert answer.status_code == 410
    assert "This link has ended" in answer.text
    fresh = link_to(http)
    with http.pool.connection() as conn:
        for later in (1, 2):
            rotate(conn, "default", http.clock() + timedelta(seconds=later))
    assert http.client.get(fresh).status_code == 404


def test_where_there_is_no_portal_there_is_none(
    http: HttpClients, owed_link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    http.client.app.state.portals = frozenset()  # type: ignore[attr-defined]
    assert http.client.get(owed_link).text == http.client.get("/i/nothing").text


def test_each_look_is_a_line_and_one_of_staff_is_theirs(
    http: HttpClients, owed_link: str, security_lines: Callable[[], list[Any]]
) -> None:
    assert http.client.get(owed_link).status_code == 200
    sam = desk_user(http, Role.COLLECTOR, "sam")
    page = sam.page(owed_link)
    assert "you may look, and not act for the debtor" in page
    assert "Something is not right" not in page
    http.client.get("/i/nothing")
    theirs, staff, refused = (line for line in security_lines() if line["event"] != "signed-in")
    assert (theirs["event"], theirs["via"], theirs["name"]) == ("read", "portal link", JAN)
    assert (theirs["tenant"], theirs["debtor"], theirs["invoice"]) == ("default", "D-7", "F-1")
    assert (staff["name"], staff["invoice"], staff.get("via")) == ("sam", "F-1", None)
    assert refused["event"] == "refused"
    token = owed_link.removeprefix("/i/")
    assert token not in str(security_lines()), "it is a secret"


def test_the_access_log_has_the_looks_of_an_auditor_and_no_token(
    http: HttpClients, owed_link: str
) -> None:
    from_elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = http.client.post(f"{owed_link}/message", data={"words": "x"}, headers=from_elsewhere)
    assert answer.status_code == 403
    auditor = desk_user(http, Role.AUDITOR, "eva")
    assert auditor.get(owed_link).status_code == 200
    assert auditor.send(f"{owed_link}/message", {"words": "x"}).status_code == 403
    with http.pool.connection() as conn:
        found = access_log.find("default", 100).fetch(conn)
    assert owed_link.rpartition("/")[2] not in repr(found)
    lines = {(row.event, row.who, row.role, row.what, row.about) for row in found if row.about}
    assert lines == {
        ("refused", JAN, "", "POST /i/{token}/message", "F-1"),
        ("looked", "eva", "auditor", "GET /i/{token}", "F-1"),
        ("refused", "eva", "auditor", "POST /i/{token}/message", "F-1"),
    }
