"""The OpenAPI document has an example of every body, answer and refusal, each of them valid."""

from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator

from api.app import create_app
from api.http.server.problems import TYPES
from ledger.policy.refusal_texts import TEXTS

NOWHERE = "postgresql://nobody.invalid/none"  # the document is made without a database
OF_NO_ROUTE = {
    *("no-such-method", "unsupported-media-type", "unreadable", "failed", "not-ready"),
    *("malformed", "head-too-large", "too-slow"),  # of a request that is not one yet
}
DOCUMENT = create_app(NOWHERE).openapi()
Content = dict[str, Any]


def contents() -> Iterator[tuple[str, Content]]:
    """Where a body, an answer or a refusal is told, and what is told of it."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            parts = {"body": operation.get("requestBody", {}), **operation["responses"]}
            for part, told in parts.items():
                for kind, content in told.get("content", {}).items():
                    if "json" in kind or part == "body":
                        yield f"{method} {path} {part} {kind}", content


def examples(content: Content) -> list[Any]:
    """A model of a body brings its own."""
    name = content["schema"].get("$ref", "").rpartition("/")[2]
    models = [content, DOCUMENT["components"]["schemas"].get(name, {})]
    found = [one["value"] for one in content.get("examples", {}).values()]
    return found + [model["example"] for model in models if "example" in model]


def test_everything_has_an_example() -> None:
    told = dict(contents())
    assert len(told) > 500
    assert [where for where, content in told.items() if not examples(content)] == []


def test_every_example_is_true_to_its_schema() -> None:
    wrong = []
    for where, content in contents():
        schema = {**content["schema"], "components": DOCUMENT["components"]}
        check = Draft202012Validator(schema, validate_formats=True)
        faults = [one.message for shown in examples(content) for one in check.iter_errors(shown)]
        wrong += [f"{where}: {fault}" for fault in faults]
    assert wrong == []


def test_every_problem_is_shown_with_its_status() -> None:
    shown = {
        (example["type"].rpartition(":")[2], example["status"], where.split()[2])
        for where, content in contents()
        if "problem+json" in where
        for example in examples(content)
    }
    expected = {(slug, status, str(status)) for slug, (status, _) in TYPES.items()}
    assert {one for one in expected - shown if one[0] not in OF_NO_ROUTE} == set()
    assert shown <= expected


def test_every_code_is_that_of_a_rule_or_the_problem_itself() -> None:
    for where, content in contents():
        if "problem+json" in where:
            for example in examples(content):
                assert example["code"] in {*TEXTS, example["type"].rpartition(":")[2]}
