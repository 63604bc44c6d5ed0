"""What users and their programs hold on to, as plain data: HTTP, the command line, the events.

Only names and shapes; prose may be written again. ``tests/test_pinned.py`` compares them with
their samples.
"""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import typer
from fastapi.routing import iter_route_contexts
from typer.main import get_command

from api.app import create_app
from api.cli.app import app as command_line
from api.http.server.problems import TYPES as PROBLEMS
from ledger.facts.books import KINDS
from ledger.policy.anomalies import Flag
from projections.cloud_event import SYSTEM_ACTORS
from support.neutral import Shapes

SOURCE = Path(__file__).parents[2] / "src"
NOWHERE = "postgresql://nobody.invalid/none"  # the document is made without a database
PROBLEM = re.compile(r"urn:dossier:problem:([a-z-]+)")
Data = dict[str, Any]


def http() -> Data:
    """Return the OpenAPI document: paths, operations, parameters, fields, statuses, problems."""
    app = create_app(NOWHERE)
    document = app.openapi()
    components = document["components"]
    shapes = Shapes(components["schemas"], "#/components/schemas/")
    operations = {
        f"{method.upper()} {path}": _operation(shapes, f"{method.upper()} {path}", said)
        for path, methods in sorted(document["paths"].items())
        for method, said in sorted(methods.items())
    }
    problems = {slug: status for slug, (status, _) in sorted(PROBLEMS.items())}
    security = {
        name: _but(one, "description") for name, one in components["securitySchemes"].items()
    }
    return {
        "openapi": document["openapi"],
        "version": document["info"]["version"],
        "security": security,
        "problems": problems,
        "routes": sorted(
            f"{' '.join(sorted(route.methods or ()))} {route.path}"
            for route in iter_route_contexts(app.routes)
        ),
        "operations": operations,
        "shapes": dict(sorted(shapes.named.items())),
    }


def _operation(shapes: Shapes, place: str, said: Data) -> Data:
    body = said.get("requestBody", {})
    return {
        **_but(said, "summary", "description", "parameters", "requestBody", "responses"),
        "parameters": {
            f"{one['in']} {one['name']}": {
                "required": one.get("required", False),
                "schema": shapes.of(one["schema"], f"{place} ?{one['name']}"),
            }
            for one in sorted(said.get("parameters", []), key=lambda one: (one["in"], one["name"]))
        },
        "body": {
            "required": body.get("required", False),
            **_contents(shapes, f"{place} body", body),
        },
        "answers": {
            status: _answer(shapes, f"{place} {status}", answer)
            for status, answer in sorted(said["responses"].items())
        },
    }


def _answer(shapes: Shapes, place: str, answer: Data) -> Data:
    headers = {
        name: shapes.of(one.get("schema"), f"{place} {name}")
        for name, one in sorted(answer.get("headers", {}).items())
    }
    problems = sorted(set(PROBLEM.findall(str(answer.get("content", {})))))
    return {
        **_contents(shapes, place, answer),
        **({"headers": headers} if headers else {}),
        **({"problems": problems} if problems else {}),
    }


def _contents(shapes: Shapes, place: str, said: Data) -> Data:
    return {
        kind: shapes.of(content.get("schema", {}), place)
        for kind, content in sorted(said.get("content", {}).items())
    }


def _but(said: Data, *keys: str) -> Data:
    return {key: value for key, value in sorted(said.items()) if key not in keys}


def topics() -> list[str]:
    """Return the topic of every event, with the kind of book that it belongs to."""
    return sorted(f"{kind.name} {_topic(event)}" for event, kind in KINDS.items())


def events() -> Data:
    """Return the JSON schema of every event's stored data by topic, and the shapes within."""
    classes = sorted(KINDS, key=_topic)
    made, definitions = msgspec.json.schema_components(classes, ref_template="#/$defs/{name}")
    shapes = Shapes(definitions, "#/$defs/")
    fields = {
        _topic(event): shapes.fields(schema, _topic(event))
        for event, schema in zip(classes, made, strict=True)
    }
    return {"events": fields, "shapes": dict(sorted(shapes.named.items()))}


def _topic(event: Any) -> str:
    return str(event.topic)


def verbs() -> list[str]:
    """Return the verb of every ``dossier record``, and the id of every operation over HTTP."""
    record = help_tree()["commands"]["record"]["commands"]
    operations = (one["operationId"] for one in http()["operations"].values())
    return sorted(
        [f"record {name}" for name in record] + [f"operation {one}" for one in operations]
    )


def help_tree() -> Data:
    """Return every command of ``dossier`` with its options and arguments."""
    return _help(get_command(command_line))


def _help(command: Any) -> Data:
    context = typer.Context(command)
    parameters = sorted(command.params, key=_place)
    made: Data = {"parameters": dict(_parameter(one, context) for one in parameters)}
    if command.hidden:
        made["hidden"] = True
    if hasattr(command, "commands"):
        made["commands"] = {name: _help(one) for name, one in sorted(command.commands.items())}
    return made


def _place(one: Any) -> tuple[str, ...]:
    """Return what sorts options by their spelling; the order of arguments matters, and stays."""
    return (one.param_type_name, *(one.opts if one.param_type_name == "option" else ()))


def _parameter(one: Any, context: typer.Context) -> tuple[str, Data]:
    """Return its spelling, and its kind of value and default; an option's variable is ours."""
    spelling = f"{one.param_type_name} {' '.join([*one.opts, *one.secondary_opts])}"
    said = {
        "type": one.display_type(context),
        "flag": getattr(one, "is_flag", False),
        "required": one.required,
        "many": one.multiple or one.nargs != 1,
        "default": one.default.value if isinstance(one.default, Enum) else one.default,
        "least": one.min,
        "most": one.max,
        "environment": one.envvar,
        "hidden": one.hidden,
    }
    return spelling, {name: value for name, value in said.items() if value not in (None, False, [])}


def flag_codes() -> list[str]:
    """Return the code of every flag."""
    return sorted(flag.value for flag in Flag)


def actors() -> list[str]:
    """Return the names by which our own programs act."""
    return sorted(SYSTEM_ACTORS)


def environment() -> list[str]:
    """Return the name of every environment variable that our code asks for."""
    return sorted(
        {name for text in _sources() for name in re.findall(r"\bDOSSIER_[A-Z_]+\b", text)}
    )


def _sources() -> Iterator[str]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file.read_text("utf-8")
