"""Requests that others would read differently are refused, and no answer is written by a name."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from api.http.kit.uploads import as_download
from support.cli import CliUser
from support.http_clients import INVOICE, HttpClients, Person, refused

pytestmark = pytest.mark.no_worker

ODD = ["Ж-1", "日本-1", 'X>; rel="next", <\\\\evil.example\\x', "100%-1"]


@pytest.mark.parametrize("length", [19, 5_000])
def test_an_etag_of_any_length_is_no_error(http: HttpClients, length: int) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    answer = anna.post("/invoices/F-1/notes", {"text": "x"}, If_Match=f'"{"9" * length}"')
    refused(answer, 422, "invalid", "/If-Match")


@pytest.mark.parametrize("number", ODD)
@pytest.mark.parametrize("what", ["statement", "contact-log"])
def test_the_next_page_is_ours_whatever_a_debtor_is_called(
    http: HttpClients, number: str, what: str
) -> None:
    anna = http.collector()
    anna.record("/debtors", {"debtor": number, "name": "Bakery", "on": "2026-02-01"})
    for nth in range(2):
        anna.record("/invoices", INVOICE | {"invoice": f"F-{nth}", "debtor": number})
        anna.record(f"/debtors/{quote(number, safe='')}/notes", {"text": "x", "on": "2026-02-01"})
    path = f"/debtors/{quote(number, safe='')}/{what}?limit=1"
    answer = anna.get(path)
    assert answer.status_code == 200, answer.text
    for raw in (path, f"/debtors/{number}/{what}?limit=1"):
        link = anna.get(raw).headers.get("link", "")
        assert "evil" not in link.partition("?")[0].replace(quote(number, safe=""), "")
        assert link.isascii()
        assert link.count("rel=") <= 1


def test_a_name_that_stands_twice_is_refused(http: HttpClients) -> None:
    anna = http.collector()
    body = json.dumps(INVOICE)[:-1] + ', "amount": "1.00"}'
    assert (
        "more than once"
        in refused(anna.send("/invoices", body.encode()), 422, "invalid", "")["detail"]
    )
    nested = b'{"invoices": [{"invoice": "F-1", "invoice": "F-2"}], "reason": "price"}'
    refused(anna.send("/disputes", nested), 422, "invalid", "")
    assert http.topics() == []


def test_a_body_is_in_utf_8(http: HttpClients) -> None:
    answer = http.collector().send("/invoices", json.dumps(INVOICE).encode("utf-16"))
    refused(answer, 422, "invalid", "")


@pytest.mark.parametrize("name", ["Idempotency-Key", "If-Match"])
def test_a_condition_stands_once(http: HttpClients, name: str) -> None:
    anna = http.collector()
    headers = [*anna.headers({}).items(), (name, "1"), (name, "2")]
    answer = anna.client.post("/v1/invoices", json=INVOICE, headers=headers)
    refused(answer, 422, "invalid", f"/{name}")


@pytest.mark.parametrize("day", ["0", "1767225600", "2026-01-01T00:00:00", "2026-1-1"])
def test_a_day_is_no_number(http: HttpClients, day: str) -> None:
    refused(http.collector().get(f"/agenda?on={day}"), 422, "invalid", "/on")


HIDDEN = ["N-1\u200b", "N\u202e-1", "N\x1b[31m-1", "N\n-1", "N-1\ufeff-2"]


@pytest.mark.parametrize("number", HIDDEN)
def test_a_new_number_has_nothing_that_nobody_sees(http: HttpClients, number: str) -> None:
    anna = http.collector()
    refused(anna.post("/invoices", INVOICE | {"invoice": number}), 422, "invalid", "/invoice")
    debtor = {"debtor": number, "name": "Bakery"}
    refused(anna.post("/debtors", debtor), 422, "invalid", "/debtor")
    assert http.topics() == []


def test_what_looks_the_same_is_the_same(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE | {"invoice": "Caf\u00e9-1"})
    anna.record("/invoices", INVOICE | {"invoice": "Cafe\u0301-1"})
    assert http.topics() == ["invoice-registered.v1"]
    anna.record("/invoices/Cafe%CC%81-1/notes", {"text": "x"})
    assert http.topics() == ["invoice-registered.v1", "note-added.v1"]


def test_a_name_is_kept_without_what_nobody_sees(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakery\u202eneslo\u200b\x1b"})
    assert http.entries()[0].event.name == "Bakeryneslo"
    refused(anna.post("/debtors", {"debtor": "D-8", "name": "\u200b"}), 422, "invalid", "/name")


def test_a_file_is_called_what_it_looks_like(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    files = {"file": ("a\u202efdp.exe", b"x", "application/pdf")}
    answer = anna.client.post("/v1/invoices/F-1/documents", files=files, headers=anna.headers({}))
    assert answer.status_code == 201, answer.text
    assert answer.json()["entries"][0]["data"]["name"] == "afdp.exe"


def test_a_position_that_was_never_written_is_refused_at_once(http: HttpClients) -> None:
    anna = http.collector()
    answer = anna.get("/invoices?at_least=1000000")
    assert "There is no position" in refused(answer, 503, "behind")["detail"]


def allowed(who: Person, path: str, method: str) -> Any:
    return who.client.request(method, path, headers=who.headers({})).headers["allow"]


@pytest.mark.parametrize("method", ["DELETE", "OPTIONS"])
def test_a_refused_method_names_those_that_there_are(http: HttpClients, method: str) -> None:
    anna = http.collector()
    assert allowed(anna, "/v1/invoices", method) == "GET, POST"
    assert allowed(anna, "/v1/playbook", method) == "GET, POST"
    assert allowed(anna, "/v1/agenda", method) == "GET"


def test_a_media_type_ends_where_it_ends() -> None:
    for kind in ("text/plain\n", "text/html\r\nX: y"):
        assert as_download(b"", "a", kind, "0").media_type == "application/octet-stream"


def test_the_command_line_takes_the_same_numbers(cli: CliUser) -> None:
    answer = cli.record("register-invoice", invoice="N-1\u200b", amount="1", due_on="2026-03-01")
    answer.refused("U+200B", code=2)
