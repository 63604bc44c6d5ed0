"""Every route of the application: whom it serves, and a request that it may understand."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from api.http.auth.authentication import roles_of
from api.http.auth.keys import Role
from api.http.kit.task_ids import encode
from api.pages.desk.act_routes import TASKS
from api.pages.desk.bank_acts import BANK_ACTS
from api.pages.desk.book_acts import ACTS, OF_DEBTORS
from api.pages.desk.case_acts import CASE_ACTS
from api.pages.desk.inbox_acts import INBOX_ACTS
from api.pages.desk.money_acts import MONEY_ACTS
from api.pages.desk.outbox_acts import OUTBOX_ACTS

NOBODY = str(UUID(int=1))
SKIPPED = {"HEAD"}
PAGES = (
    "api.pages.desk",
    "api.pages.admin",
    "api.pages.importing",
    "api.pages.playbook",
    "api.pages.sign_in",
    "api.pages.texts",
    "api.pages.kit.static",
)
NOUNS = {  # what an address for many is for
    "/invoices/{about}/{noun}": tuple(ACTS),
    "/debtors/{about}/{noun}": OF_DEBTORS,
    "/tasks/{about}/{noun}": tuple(TASKS),
    "/disputes/{about}/{noun}": tuple(CASE_ACTS),
    "/inbox/{about}/{noun}": tuple(INBOX_ACTS),
    "/outbox/{about}/{noun}": tuple(OUTBOX_ACTS),
    "/money/{about}/{noun}": tuple(MONEY_ACTS),
    "/bank/{about}/{noun}": tuple(BANK_ACTS),
    "/bulk/{noun}": ("snoozes",),
}
INVOICE = {
    "invoice": "A-1",
    "amount": "100.00",
    "due_on": "2026-02-20",
    "on": "2026-01-20",
    "debtor": "D-17",
}
DISPUTE = {
    "invoices": [{"invoice": "A-1"}],
    "reason": "price",
    "comment": "Too much.",
    "on": "2026-02-01",
}
HANDOFF = {"invoices": ["A-2"], "agency": "Incasso BV"}


class Route(NamedTuple):
    """One method of one path."""

    method: str
    path: str
    roles: frozenset[Role] | None  # None: for anybody
    body: Any  # as the OpenAPI document's example has it

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names_a_thing(self) -> bool:
        return "{" in self.path

    def ask(self, http: TestClient, key: str = "", **ids: str) -> Any:
        """Send the request; ``ids`` fill the path, and what is not given is unknown."""
        path = re.sub(r"\{(\w+)[^}]*\}", lambda found: ids.get(found[1], NOBODY), self.path)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return http.request(self.method, path, headers=headers, json=self.body)


def every_route(app: FastAPI) -> Iterator[Route]:
    """Yield the routes for programs, and the pages that a signed link opens."""
    yield from (route for is_page, route in _all(app) if not is_page)


def every_page(app: FastAPI) -> Iterator[Route]:
    """Yield the routes for people who sign in."""
    yield from (route for is_page, route in _all(app) if is_page)


def every_look(app: FastAPI) -> Iterator[str]:
    """Yield what a browser may open: desk, portal, resolver's page, sign-in, and each act."""
    for route in iter_route_contexts(app.routes):
        module = getattr(getattr(route, "endpoint", None), "__module__", "")
        if module.startswith("api.pages.") and "GET" in (route.methods or set()):
            for noun in NOUNS.get(str(route.path), ("",)):
                yield str(route.path).replace("{noun}", noun)


def _all(app: FastAPI) -> Iterator[tuple[bool, Route]]:
    document = app.openapi()
    for route in iter_route_contexts(app.routes):
        module = getattr(getattr(route, "endpoint", None), "__module__", "")
        is_page = module.startswith(PAGES)
        dependant = getattr(route, "dependant", None)
        for method in sorted((route.methods or set()) - SKIPPED):
            roles = _roles(dependant) if dependant else None
            path = str(route.path)
            yield is_page, Route(method, path, roles, _body(document, method, path))


def create_samples(http: Any, admin: str) -> dict[str, str]:
    """Create an invoice in dispute, a hand-off and an import, and return the ids for a path."""
    headers = {"Authorization": f"Bearer {admin}"}
    made = http.post("/v1/invoices", json=INVOICE, headers=headers)
    assert made.status_code == 201, made.text
    opened = http.post("/v1/disputes", json=DISPUTE, headers=headers)
    assert opened.status_code == 201, opened.text
    [case] = {one["data"]["case_id"] for one in opened.json()["entries"]}
    handed = http.post("/v1/invoices", json=INVOICE | {"invoice": "A-2"}, headers=headers)
    assert handed.status_code == 201, handed.text
    handed = http.post("/v1/handoffs", json=HANDOFF, headers=headers)
    assert handed.status_code == 201, handed.text
    handoff = handed.json()["handoff_id"]
    item = encode(UUID(made.json()["id"]), case)
    plain = headers | {"Content-Type": "text/plain"}
    asked = http.post("/v1/import?format=history", json="D-17?", headers=plain)
    assert asked.status_code == 202, asked.text
    return {
        "invoice": "A-1",
        "debtor": "D-17",
        "case": case,
        "item": item,
        "handoff": handoff,
        "job": asked.json()["id"],
    }


def _roles(dependant: Dependant) -> frozenset[Role] | None:
    """Return the roles that every dependency of a route admits."""
    found = [roles_of(dependant.call)] if dependant.call else []
    found += [_roles(inner) for inner in dependant.dependencies]
    doors = [roles for roles in found if roles is not None]
    return frozenset.intersection(*doors) if doors else None


def _body(document: dict[str, Any], method: str, path: str) -> Any:
    operation = document["paths"].get(path, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    schema = content.get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return content.get("example", schema.get("example", {}))


def kind_of_refusal(answer: Any) -> tuple[int, str]:
    """Return the status and the problem type of an answer."""
    body = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    return answer.status_code, body.get("type", "") if isinstance(body, dict) else ""
