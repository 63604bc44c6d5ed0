"""Bad input over HTTP is told where it is bad, is never a 500, and writes nothing."""

import pytest

from api.http.auth.keys import Role
from support.http_clients import INVOICE, HttpClients, refused

pytestmark = pytest.mark.no_worker

BAD: list[tuple[bytes, str | None]] = [
    (b"", ""),
    (b"{", ""),
    (b"\xff\xfe", None),
    (b"[]", ""),
    (b"null", ""),
    (b"7", ""),
    (b'{"text": "a\\u0000b"}', "/text"),
    (b'{"text": "\\ud800"}', "/text"),
    (b'{"text": 7}', "/text"),
    (b'{"text": ""}', "/text"),
    (b'{"text": "x", "more": 1}', "/more"),
    (b'{"text": "x", "\\ud800": 1}', ""),
    (b'{"text": "x", "a/b": 1}', "/a~1b"),
    (b'{"text": "x", "invoice": "F-2"}', "/invoice"),
    (b'{"text": "x", "on": 0}', "/on"),
    (b'{"text": "x", "on": "0"}', "/on"),
    (b'{"text": "x", "on": "2026-02-30"}', "/on"),
    (b'{"text": "x", "on": "2026-02-01T00:00:00"}', "/on"),
    (b'{"text": "x", "on": "0001-01-01"}', "/on"),
    (b"[" * 100_000, None),
    (b'{"text": ' + b"9" * 10_000 + b"}", None),
    (b'{"text": NaN}', None),
]


@pytest.mark.parametrize(("body", "pointer"), BAD)
def test_bad_input_is_told_where(http: HttpClients, body: bytes, pointer: str | None) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    answer = anna.send("/invoices/F-1/notes", body)
    refused(
        answer, 422, "invalid", pointer if pointer is not None else answer.json().get("pointer")
    )
    assert http.topics() == ["invoice-registered.v1"]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "the body is missing; send a JSON object"),
        (b'{"text":', "the body is not JSON, or was cut off"),
        (b"[]", "a JSON object is needed"),
        (b'{"text": "x", "more": 1}', "/more: there is no such field"),
    ],
)
def test_bad_input_is_explained_without_words_of_python(
    http: HttpClients, body: bytes, detail: str
) -> None:
    pointer = detail.partition(":")[0] if detail.startswith("/") else ""
    problem = refused(http.collector().send("/invoices/F-1/notes", body), 422, "invalid", pointer)
    assert problem["detail"] == detail


def test_each_field_that_is_wrong_says_by_a_code_what_is_wrong(http: HttpClients) -> None:
    problem = refused(
        http.collector().post("/invoices", {"invoice": "F-2", "amount": "-1"}),
        422,
        "invalid",
        "/amount",
    )
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
        ("/amount", "greater_than_equal")
    ]


@pytest.mark.parametrize(
    "amount",
    ["NaN", "Infinity", "1e5", "-1", "1_000", " 1", "9" * 30, "", None, True, 1, 1.5, [], {}],
)
def test_an_amount_is_text_with_a_point(http: HttpClients, amount: object) -> None:
    anna = http.collector()
    refused(anna.post("/invoices", INVOICE | {"amount": amount}), 422, "invalid", "/amount")


def test_an_amount_in_another_form_is_shown_in_ours(http: HttpClients) -> None:
    answer = http.collector().post("/invoices", INVOICE | {"amount": "1.210,00"})
    assert "1.210,00 is not an amount; write 1210.00" in answer.json()["detail"]


@pytest.mark.parametrize("number", ["%00", "x" * 101, "%20"])
def test_no_such_number_can_be(http: HttpClients, number: str) -> None:
    answer = http.collector().post(f"/invoices/{number}/notes", {"text": "x"})
    refused(answer, 422, "invalid", "/invoice")


def test_times_need_an_offset(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    said = {"channel": "phone", "direction": "in", "summary": "Hi."}
    bare = said | {"time": "2026-03-01T10:00:00"}
    refused(anna.post("/invoices/F-1/contacts", bare), 422, "invalid", "/time")
    anna.record("/invoices/F-1/contacts", said | {"time": "2026-03-01T10:00:00+01:00"})


def test_a_body_too_large(http: HttpClients) -> None:
    anna = http.collector()
    answer = anna.send("/invoices/F-1/notes", b'{"text": "' + b"x" * 1_000_000 + b'"}')
    refused(answer, 413, "too-large")


def test_a_body_that_does_not_say_how_large_it_is(http: HttpClients) -> None:
    anna = http.collector()
    said = anna.headers({}) | {"Content-Type": "application/json"}
    pieces = (b" " * 100_000 for _ in range(11))
    answer = anna.client.post("/v1/invoices/F-1/notes", content=pieces, headers=said)
    refused(answer, 413, "too-large")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/agenda?as_of=2026-10-12", "as_of"),
        ("/reports/items-status?resolver=nobody", "resolver"),
        ("/invoices?statu=open", "statu"),
        ("/invoices?status=open&status=paid", "status"),
        ("/events?type=x", "type"),
        ("/playbook?v=1", "v"),
    ],
)
def test_a_query_parameter_that_is_not_known_is_refused(
    http: HttpClients, path: str, name: str
) -> None:
    """F17: a misspelt filter answered with everything."""
    problem = refused(http.person(Role.ADMIN).get(path), 422, "invalid", f"/{name}")
    assert [fault["code"] for fault in problem["errors"]] == ["query"]


def test_a_write_has_no_query_parameters(http: HttpClients) -> None:
    refused(http.collector().post("/invoices?dry=1", INVOICE), 422, "invalid", "/dry")
    assert http.topics() == []
