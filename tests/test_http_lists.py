"""Every list over HTTP is CSV too, and every operation is named in one form."""

import csv
import io
import json
import re
from typing import Any

import pytest

from api.app import create_app
from api.csv_table import csv_text
from commands.invoices.contacts import AddNote
from support.creditor import invoice
from support.two_units import TwoUnits

DOCUMENT = create_app("postgresql://nobody.invalid/none").openapi()
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
FILLED = {"{invoice}": "N-1", "{debtor}": "D-7"}
NAME = re.compile(r"[a-z]+(-[a-z]+)+")


def kinds(operation: dict[str, Any]) -> set[str]:
    return {*operation["responses"].get("200", {}).get("content", {})}


def is_list(operation: dict[str, Any]) -> bool:
    contents = operation["responses"].get("200", {}).get("content", {}).values()
    schemas = [content.get("schema", {}) for content in contents]
    parts = [part for schema in schemas for part in (schema, *schema.get("anyOf", ()))]
    return any(part.get("type") == "array" for part in parts)


def test_every_operation_has_a_verb_a_noun_a_summary_and_a_tag() -> None:
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len({*names}) == len(names)
    assert [name for name in names if not NAME.fullmatch(name)] == []
    for route, operation in OPERATIONS:
        assert operation["summary"][:1].isupper(), route
        [tag] = operation["tags"]
        assert tag == tag.lower(), route


def test_every_list_is_documented_as_csv_too() -> None:
    lists = [(route, operation) for route, operation in OPERATIONS if is_list(operation)]
    assert len(lists) > 12
    for route, operation in lists:
        assert "text/csv" in kinds(operation), route
        assert "format" in [given["name"] for given in operation["parameters"]], route


def paths() -> list[str]:
    gets = [item for item in OPERATIONS if item[0].startswith("GET ")]
    found = [route.removeprefix("GET ") for route, operation in gets if is_list(operation)]
    for name, value in FILLED.items():
        found = [path.replace(name, value) for path in found]
    return [path for path in found if "{" not in path]


@pytest.mark.parametrize("path", paths())
def test_a_list_has_the_same_columns_and_rows_in_both_forms(two_units: TwoUnits, path: str) -> None:
    person, short = two_units.people["admin"], path.removeprefix("/v1")
    short += "?q=a" if path.endswith("/search") else ""
    csv_too = f"{short}{'&' if '?' in short else '?'}format=csv"
    shown = person.get(short)
    assert shown.status_code == 200, shown.text
    assert shown.headers["vary"] == "Accept"
    for answer in (person.get(csv_too), person.get(short, accept="text/csv")):
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
        found = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))
        assert len(found) == len(shown.json())
        for row, line in zip(found, shown.json(), strict=True):
            assert [name for name in row if name in line] == [*line]
            texts = {name: value for name, value in line.items() if isinstance(value, str)}
            assert {name: row[name].removeprefix("'") for name in texts} == {
                name: value.removeprefix("'") for name, value in texts.items()
            }


def test_the_preferred_form_is_answered(two_units: TwoUnits) -> None:
    person = two_units.people["anna"]
    for accept, kind in (
        ("text/csv;q=0.5, application/json", "application/json"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/csv;q=0", "application/json"),
        ("*/*", "application/json"),
    ):
        assert person.get("/invoices", accept=accept).headers["content-type"].startswith(kind)
    assert person.get("/invoices?format=json", accept="text/csv").json()


def test_another_format_and_a_format_of_no_list_are_refused(two_units: TwoUnits) -> None:
    person = two_units.people["anna"]
    wrong = person.get("/invoices?format=xlsx")
    assert (wrong.status_code, wrong.json()["detail"]) == (422, "/format: json or csv is needed")
    assert person.get("/invoices/N-1?format=csv").status_code == 422


def test_the_next_page_is_csv_too(two_units: TwoUnits) -> None:
    answer = two_units.people["anna"].get("/invoices?limit=1&format=csv")
    assert "format=csv" in answer.headers["link"]


def test_a_spreadsheet_runs_no_cell(two_units: TwoUnits) -> None:
    formula = '=HYPERLINK("http://evil.example")'
    two_units.execute(
        invoice("-1", business_unit="+north", debtor="=D"), AddNote(invoice="-1", text=formula)
    )
    person = two_units.people["anna"]
    assert "'-1,'=D,'+north" in person.get("/invoices?format=csv").text
    read = csv.DictReader(io.StringIO(person.get("/invoices/-1/history?format=csv").text))
    last = [*read][-1]
    assert formula in json.loads(last["data"])["text"]  # JSON begins with a brace


def test_amounts_may_be_negative_and_texts_may_not_begin_a_formula() -> None:
    row = {"amount": "-5.00", "text": "-5.00", "words": ["=a", "b"], "parts": [{"n": "=1"}]}
    made = csv_text([*row], [row], {"amount"})
    assert made == 'amount,text,words,parts\r\n-5.00,\'-5.00,\'=a b,"[{""n"": ""=1""}]"\r\n'
