"""No word of a library reaches people: every field of every body and query gets wrong values."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic_core.core_schema import ErrorType

from api.app import create_app
from api.http.auth.keys import Role
from commands.field_texts import LONGEST, OTHER, TEXTS, reason
from ledger.policy.playbook.fault_words import in_words
from support.cli import CliUser
from support.http_clients import HttpClients, Person
from support.routes import every_route

LIBRARY = re.compile(
    r"Field required|Input should|String should|List should|Tuple should|Value error|Extra inputs"
    r"|should (be|have|match)|valid (string|integer|UUID|decimal|boolean|date|number|dictionary)"
    r"|validation error|pydantic|typer|msgspec|psycopg|starlette|fastapi|Expected `"
    r"|, got `|JSON decode"
    r"|unable to parse|unable to interpret|Traceback|<class|\bNone\b|\bTrue\b|\bFalse\b"
    r"|Decimal\(|\bstr\b|\bint\b|\bdict\b|strptime|isoformat|object at 0x|codec|regex|\bnan\b"
    r"|Invalid (isoformat|literal|enum)|not a valid|does not match the format"
)
WRONG: tuple[Any, ...] = (
    *("", "x", "1.210,00", "2026-02-30", "31-03-2026", "a\0b", "é" * 3_000, "NaN", "-1", "\ud800"),
    *(None, True, 7, -1.5, 10**30, [], [None], {}, {"a": 1}, [{"a": 1}], ["x"] * 2_000),
)
TYPED = ("", "x", "1.210,00", "2026-02-30", "-1", "9" * 40, "é" * 300, "true ", "1e5", "%00")


def texts(problem: dict[str, Any]) -> Iterator[str]:
    yield problem["detail"]
    yield from (fault["rule"] for fault in problem.get("errors", ()))


def without_given(text: str) -> str:
    """Return the text without what was given, in quotation marks."""
    return re.sub(r"'[^']*'", "''", text)


def send(who: Person, route: Any, path: str, body: Any = None, /, **query: str) -> list[str]:
    """Send it, and return the texts of a refusal that have a library's words."""
    content = json.dumps(body).encode() if body is not None else None
    headers = who.headers({}) | {"Content-Type": "application/json"}
    answer = who.client.request(
        route.method, path, content=content, headers=headers, params=query or None
    )
    assert answer.status_code < 500, f"{route} {body} {query}: {answer.text}"
    if answer.status_code < 400:
        return []
    return [text for text in texts(answer.json()) if LIBRARY.search(without_given(text))]


def spoilt(example: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the example with each field wrong in each way, without it, and with one too many."""
    for name, value in example.items():
        yield from (example | {name: wrong} for wrong in WRONG)
        yield {other: kept for other, kept in example.items() if other != name}
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from (example | {name: [part]} for part in spoilt(value[0]))
    yield example | {"more": 1}


def bodies(document: dict[str, Any], example: Any, path: str, method: str) -> dict[str, Any]:
    """Return an example with every field that the body may have."""
    content = document["paths"][path][method.lower()]["requestBody"]["content"]
    schema = content["application/json"]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return dict.fromkeys(schema.get("properties", {}), "x") | (example or {})


def test_no_field_of_a_body_answers_in_a_librarys_words(http: HttpClients) -> None:
    app = create_app("postgresql://nobody.invalid/none")
    document, who = app.openapi(), http.person(Role.ADMIN)
    http.client.app.state.keyring.buckets.clear()  # type: ignore[attr-defined]
    http.client.app.state.keyring.a_minute = 10_000_000  # type: ignore[attr-defined]
    wrong, tried = dict[str, str](), 0
    for route in every_route(app):
        if not isinstance(route.body, dict):
            continue
        path = re.sub(r"\{(invoice|debtor)\}", "A-1", route.path)
        path = re.sub(r"\{\w+\}", "00000000-0000-4000-8000-000000000001", path)
        whole = bodies(document, route.body, route.path, route.method)
        for body in spoilt(whole):
            tried += 1
            wrong |= {text: str(route) for text in send(who, route, path, body)}
    assert wrong == {}
    assert tried > 3_000


def test_no_query_parameter_and_no_path_answers_in_a_librarys_words(http: HttpClients) -> None:
    app = create_app("postgresql://nobody.invalid/none")
    document, who = app.openapi(), http.person(Role.ADMIN)
    http.client.app.state.keyring.buckets.clear()  # type: ignore[attr-defined]
    http.client.app.state.keyring.a_minute = 10_000_000  # type: ignore[attr-defined]
    wrong, tried = dict[str, str](), 0
    for route in every_route(app):
        operation = document["paths"].get(route.path, {}).get(route.method.lower())
        if route.method != "GET" or operation is None:
            continue
        names = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
        plain = re.sub(r"\{\w+\}", "A-1", route.path)
        for value in TYPED:
            for name in names:
                tried += 1
                found = send(who, route, plain, **{name: value})
                wrong |= {text: f"{route} ?{name}" for text in found}
            if "{" in route.path:
                path = re.sub(r"\{\w+\}", value or "%20", route.path)
                wrong |= {text: str(route) for text in send(who, route, path)}
    assert wrong == {}
    assert tried > 400


def test_every_type_of_error_has_a_text_of_ours() -> None:
    for kind in get_args(ErrorType):
        limits = {name: 3 for name in re.findall(r"\{(\w+)\}", TEXTS.get(kind, OTHER))}
        fault: Any = {"type": kind, "msg": "ours", "input": "x" * 99, "ctx": limits, "loc": ()}
        if kind == "string_pattern_mismatch":
            fault["ctx"] = {"pattern": "^[A-Z]{3}$"}
        assert not LIBRARY.search(without_given(reason(fault))), kind
        assert len(reason(fault)) < LONGEST + 100


@pytest.mark.parametrize(
    ("library", "ours"),
    [
        ("Expected `int`, got `str`", "a whole number is needed, not text"),
        ("Expected `int | null`, got `str`", "a whole number or nothing is needed, not text"),
        ("Expected `int` >= 0", "a whole number >= 0 is needed"),
        ("Expected `str` of length >= 1", "the length must be >= 1"),
        ("Object missing required field `step`", "step is missing"),
        ("Object contains unknown field `steps`", "there is no field steps"),
        ("of our own", "of our own"),
    ],
)
def test_a_fault_of_a_playbook_is_in_our_words(library: str, ours: str) -> None:
    assert in_words(library) == ours


def test_the_texts_say_what_to_write(http: HttpClients) -> None:
    who = http.collector()
    body = {"invoice": "F-1", "amount": "1.210,00", "due_on": "31-03-2026", "currency": "euro"}
    problem = who.post("/invoices", body).json()
    assert {fault["pointer"]: fault["rule"] for fault in problem["errors"]} == {
        "/amount": "1.210,00 is not an amount; write 1210.00",
        "/due_on": "'31-03-2026' is not a date; write it as 2026-03-31",
        "/currency": "'euro' is not a currency; write its three letters, such as EUR",
    }
    problem = who.get("/invoices?status=sleeping&limit=many&overdue=perhaps").json()
    rules = {fault["pointer"]: fault["rule"] for fault in problem["errors"]}
    assert rules["/limit"] == "'many' is not a whole number; write it as 14"
    assert rules["/overdue"] == "'perhaps' is neither true nor false"
    assert rules["/status"].startswith("'sleeping' is none of 'open', ")


@pytest.mark.parametrize(
    "typed",
    [
        ("agenda", "--on", "31-03-2026"),
        ("agenda", "--limit", "many"),
        ("agenda", "--limit", "0"),
        ("agenda", "--status", "sleeping"),
        ("history", "A-1", "--upto", "x"),
        ("import", "/nowhere.csv", "--format", "open-items"),
        ("import", __file__, "--format", "sideways"),
        ("record", "register-invoice", "--invoice", "A-1", "--amount", "x", "--due-on", "x"),
        ("record", "register-invoice", "--invoice", "A-1", "--amount", "1", "--currency", "euro"),
        ("record", "make-promise", "--invoice", "A-1", "--instalments", "[1]"),
        ("record", "make-promise", "--invoice", "A-1", "--instalments", "{"),
        ("record", "open-dispute", "--invoice", "A-1", "--reason", "weather", "--comment", "x"),
        ("inbox", "show", "not-an-id"),
        ("user", "add", "anna", "--role", "king"),
        ("serve", "--port", "abc"),
        ("simulate", "--playbook", "/nowhere", "--from", "x", "--to", "y"),
        ("search",),
        ("agenda", "--colector", "anna"),
        ("agendas",),
    ],
    ids=" ".join,
)
def test_the_command_line_says_it_in_our_words(cli: CliUser, typed: tuple[str, ...]) -> None:
    said = cli(*typed)
    assert said.code in (1, 2)
    assert not LIBRARY.search(without_given(" ".join(said.err.split()))), said.err
