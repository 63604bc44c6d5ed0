"""The matrix of rights: every route, asked by everybody about things of every unit and tenant.

``rights_matrix.txt`` has a row for each route. ``WRITE_PINS=1`` writes the answers of now; the
rules below then tell whether such a table may be. With ``-s`` the counts are shown.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.http.auth.keys import Role
from api.http.kit.task_ids import encode
from ledger.facts.books import book_id
from support.bookings import Booking, mt940, number_of
from support.examples import CASE, HANDOFF, OTHER_CASE
from support.http_clients import Person
from support.postgres import new_database
from support.routes import Route, every_route
from support.two_units import TwoUnits, open_two_units

TABLE = Path(__file__).parent / "rights_matrix.txt"
ALLOWED, HIDDEN, REFUSED, NO_KEY = "+.-!"
FAMILIES = {"N": "north", "S": "south", "H": "south", "A": "another tenant"}  # H: with the agency
NUMBERS = {"N": ("N-1", "D-8"), "S": ("S-2", "D-9"), "H": ("H-1", "D-9"), "A": ("A-1", "A-D")}
NORTH: dict[str, Any] = {"business_units": ["north"]}
MORE_PEOPLE: dict[str, dict[str, Any]] = {
    "auditor of north": {"role": Role.AUDITOR, **NORTH},
    "admin of north": {"role": Role.ADMIN, **NORTH},
}
CALLERS = {  # column of the table: person
    "nobody": "",
    "collector": "anna",
    "collector of north": "nora",
    "auditor": "auditor",
    "auditor of north": "auditor of north",
    "admin": "admin",
    "admin of north": "admin of north",
    "resolver of N-1": "sam",
    "another resolver": "zoe",
    "agency of H-1": "agency",
    "another agency": "rival",
    "admin of another tenant": "neighbour",
}
CODES = {
    HIDDEN: {
        *("no-invoice", "no-debtor", "no-dispute", "no-hand-off", "no-job", "no-mail"),
        *("no-agenda-item", "no-invoice-document", "no-mail-document", "no-message", "no-key"),
        "no-bank-transaction",
    },
    REFUSED: {
        *("not-allowed", "other-business-unit", "number-taken", "needs-all-units"),
        "debtor-of-other-units",
    },
    NO_KEY: {"not-authenticated"},
}
CREATES = {"POST /v1/invoices", "POST /v1/debtors"}  # another tenant's number is free here
OF_AN_INVOICE = (
    *("", "/documents/{sha256}", "/dispute", "/disputes/{case}"),
    *("/promise", "/payment", "/message"),
)
OF_A_DEBTOR = (
    *("", "/sign-in", "/sign-in/code", "/sign-out"),
    *("/statement.pdf", "/details", "/message"),
)
WITHOUT_KEY = {  # what is open to all, and what a signed link or a setting opens
    **dict.fromkeys(("/", "/docs", "/docs/oauth2-redirect", "/openapi.json"), "open"),
    **dict.fromkeys(("/metrics", "/v1/health", "/v1/ready"), "open"),
    **dict.fromkeys(("/a/{token}", "/a/{token}/documents/{sha256}"), "link"),
    **dict.fromkeys(("/calendar/{token}.ics", "/i/{token}/fresh"), "link"),
    **dict.fromkeys((f"/i/{{token}}{page}" for page in OF_AN_INVOICE), "link"),
    **dict.fromkeys((f"/portal/{{tenant}}{page}" for page in OF_A_DEBTOR), "setting"),
    **dict.fromkeys(
        (f"/portal/{{tenant}}/invoices/{{invoice}}{page}" for page in OF_AN_INVOICE), "setting"
    ),
    **dict.fromkeys(("/v1/webhooks/whatsapp", "/contact/{tenant}"), "setting"),
}
QUERIES = {"/v1/search": {"q": "n"}}
BODIES = {
    "/v1/playbook/simulate": {"first": "2026-01-01", "last": "2026-02-01"},
    "/v1/bank/transactions/{transaction}/allocations": {"invoices": []},
    "/v1/keys": {"name": "made by the matrix", "role": "auditor"},
    "/v1/keys/rotate": {"name": "in use by nobody"},
    "/v1/keys/revoke": {"name": "in use by nobody"},
}
Ids = dict[str, str]


class Asked(NamedTuple):
    """The cells of a route by caller, one letter for each family or one for all."""

    route: Route
    cells: dict[str, str]


def routes(app: FastAPI) -> list[Route]:
    return [route for route in every_route(app) if not route.path.startswith("/static")]


ROUTES = routes(create_app(""))
GUARDED = [route for route in ROUTES if route.path not in WITHOUT_KEY]


def table() -> dict[str, list[str]]:
    rows = (line for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    parts = (row.split() for row in rows)
    return {f"{method} {path}": cells for method, path, *cells in parts}


@pytest.fixture(scope="module")
def units(postgres: str) -> Iterator[TwoUnits]:
    with new_database(postgres) as url, open_two_units(url) as units:
        units.http.client.app.state.keyring.a_minute = 1_000_000  # type: ignore[attr-defined]
        for name, key in MORE_PEOPLE.items():
            units.people[name] = units.http.person(**key)
        yield units


@pytest.fixture(scope="module")
def asked(units: TwoUnits) -> list[Asked]:
    """Every answer of the application; no write is carried out, but for imports and uploads."""
    ids = {family: _ids(units, family) for family in FAMILIES}
    units.catch_up()
    return [_ask(units, route, ids) for route in GUARDED]


def _ids(units: TwoUnits, family: str) -> Ids:
    tenant = "acme" if family == "A" else "default"
    who = units.people["neighbour" if family == "A" else "anna"]
    number, owing = NUMBERS[family]
    who.record("/debtors", {"debtor": owing, "name": "Smit"})
    file = {"file": ("a.pdf", number.encode(), "application/pdf")}
    path = f"/v1/invoices/{number}/documents"
    [entry] = who.client.post(path, files=file, headers=who.headers({})).json()["entries"]
    [mail, *_] = who.record("/inbox", {"channel": "phone", "text": f"about {family}"})["entries"]
    job = who.send("/import?format=history", b"x", Content_Type="text/plain").json()["id"]
    nth = ord(family)
    who.send("/bank/statements", mt940([Booking("1.00", family)], nth), Content_Type="text/plain")
    cases = {"N": CASE, "S": OTHER_CASE}
    if family == "A":
        body = {"invoices": [{"invoice": number}], "reason": "price", "comment": "x"}
        case = next(e["data"]["case_id"] for e in who.record("/disputes", body)["entries"])
    else:
        case = str(cases.get(family, ""))
    handoff = HANDOFF
    if family != "H":
        mine = {"invoice": f"{family}-9", "amount": "9.00", "due_on": "2026-04-01"}
        who.record("/invoices", mine | {"business_unit": FAMILIES[family]})
        body = {"invoices": [f"{family}-9"], "agency": "A third"}
        handoff = who.record("/handoffs", body)["handoff_id"]
    return {
        "invoice": number,
        "debtor": owing,
        "case": case or str(HANDOFF),
        "item": encode(book_id(tenant, "invoice", number), "debtor"),
        "handoff": str(handoff),
        "job": job,
        "mail": mail["book_id"],
        "message": str(UUID(int=1)),
        "sha256": entry["data"]["sha256"],
        "unit": FAMILIES[family],
        "transaction": str(book_id(tenant, "bank transaction", number_of("1.00", nth))),
        "inbox document": mail["data"]["document"],
    }


def _ask(units: TwoUnits, route: Route, ids: dict[str, Ids]) -> Asked:
    cells = {}
    for caller, name in CALLERS.items():
        person = units.people.get(name)
        about = FAMILIES if _names_a_thing(route) else ("N",)
        cells[caller] = "".join(_answer(units, person, route, ids[family]) for family in about)
    return Asked(route, cells)


def _names_a_thing(route: Route) -> bool:
    body = route.body if isinstance(route.body, dict) else {}
    return "{" in route.path or bool(body.keys() & {"invoice", "invoices", "debtor"})


def _answer(units: TwoUnits, person: Person | None, route: Route, ids: Ids) -> str:
    """Ask with an ``If-Match`` that never fits: who may write gets no further than that."""
    headers = {"If-Match": '"999999"'} | (person.headers({}) if person else {})
    path = route.path
    if path.startswith("/v1/inbox"):
        path = path.replace("{sha256}", ids["inbox document"])
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    sent: dict[str, Any] = {"json": BODIES.get(route.path) or _about(route.body, ids)}
    sent["params"] = QUERIES.get(route.path)
    if str(route) == "POST /v1/invoices":
        sent["json"]["business_unit"] = ids["unit"]
    if route.method == "POST" and path.endswith("/documents"):
        sent = {"files": {"file": ("a.pdf", b"x", "application/pdf")}}
    elif route.path == "/v1/import":
        sent = {"content": b"x", "params": {"format": "history"}}
        headers["Content-Type"] = "text/plain"
    elif str(route) == "POST /v1/bank/statements":
        sent = {"content": mt940([])}
    answer = units.http.client.request(route.method, path, headers=headers, **sent)
    assert answer.status_code < 500, f"{route}: {answer.text}"
    problem = "problem" in answer.headers.get("content-type", "")
    code = answer.json()["code"] if problem else ""
    assert code != "invalid", f"{route}: {answer.text}"
    return next((letter for letter, codes in CODES.items() if code in codes), ALLOWED)


def _about(body: Any, ids: Ids) -> Any:
    """Return the example of the documentation about the things of a family."""
    if not isinstance(body, dict):
        return body
    left_out = {"resolver", "expected", "follow_up_on"} if "reason" in body else set[str]()
    changed = {
        name: value
        for name, value in body.items()
        if name not in left_out and not name.startswith("document")
    }
    for name in changed.keys() & {"invoice", "debtor"}:
        changed[name] = ids[name]
    if isinstance(several := changed.get("invoices"), list):
        whole = isinstance(several[0], dict)
        changed["invoices"] = [{"invoice": ids["invoice"]} if whole else ids["invoice"]]
    return changed


def test_every_route_has_its_row_and_every_row_a_route() -> None:
    if os.environ.get("WRITE_PINS"):
        pytest.skip("the table is written now")
    missing = {str(route) for route in GUARDED} ^ table().keys()
    assert missing == set(), "write what everybody may do there into rights_matrix.txt"
    open_ = {route.path for route in ROUTES if route.roles is None}
    assert open_ == WITHOUT_KEY.keys(), "a route without a key: say in WITHOUT_KEY why"


def test_the_application_does_what_the_table_says(asked: list[Asked]) -> None:
    if os.environ.get("WRITE_PINS"):
        TABLE.write_text(_written(asked))
    told = table()
    wrong = [
        f"{route} for {caller}: {cells[caller]}, not {row}"
        for route, cells in asked
        for caller, row in zip(CALLERS, told[str(route)], strict=True)
        if cells[caller] != row
    ]
    assert wrong == []
    found = Counter(letter for _, cells in asked for cell in cells.values() for letter in cell)
    print(  # noqa: T201
        f"\n{len(ROUTES)} routes, {len(GUARDED)} of them for keys; {len(CALLERS)} callers;"
        f" {found.total()} requests:"
        f" {found[ALLOWED]} allowed, {found[HIDDEN]} not found, {found[REFUSED]} refused,"
        f" {found[NO_KEY]} without a key"
    )


FORBIDDEN = {  # families that a caller may never get at, whatever the route
    "nobody": "NSHA",
    "collector": "A",
    "collector of north": "SHA",
    "auditor": "A",
    "auditor of north": "SHA",
    "admin": "A",
    "admin of north": "SHA",
    "resolver of N-1": "SHA",
    "another resolver": "NSHA",
    "agency of H-1": "NSA",
    "another agency": "NSHA",
    "admin of another tenant": "NSH",
}
NOBODYS_UNIT = (
    *("/v1/jobs", "/v1/inbox", "/v1/import", "/v1/playbook", "/v1/events", "/v1/creditor"),
)


def test_the_table_gives_nobody_what_is_not_theirs() -> None:
    wrong = []
    for route, cells in table().items():
        for (caller, families), cell in zip(FORBIDDEN.items(), cells, strict=True):
            got = {f for f, letter in zip(FAMILIES, cell, strict=False) if letter == ALLOWED}
            if len(cell) == len(FAMILIES) and got & {*families} and route not in CREATES:
                wrong.append(f"{route} for {caller}: {cell}")
    assert wrong == []


def test_what_has_no_unit_is_for_keys_of_all_units_and_auditors_write_nothing() -> None:
    columns = [*CALLERS]
    for route, cells in table().items():
        by_caller = dict(zip(columns, cells, strict=True))
        method, path = route.split()
        if method != "GET":
            assert ALLOWED not in by_caller["auditor"] + by_caller["auditor of north"], route
        if path.startswith(NOBODYS_UNIT) and (method != "GET" or "{" in path):
            assert ALLOWED not in by_caller["collector of north"], route
            assert ALLOWED not in by_caller["admin of north"], route


def _written(asked: list[Asked]) -> str:
    head = [
        "# Who may do what: a row for each route, a column for each caller, a letter for things of",
        f"# {', '.join(f'{name} ({unit})' for name, unit in FAMILIES.items())};",
        "# one letter where the route names no thing. + allowed  . not found  - refused  ! no key",
        f"# {', '.join(CALLERS)}",
    ]
    width = max(len(str(route)) for route, _ in asked)
    rows = [
        f"{route!s:{width}}  " + " ".join(f"{cell:4}" for cell in cells.values())
        for route, cells in asked
    ]
    return "\n".join([*head, "", *(row.rstrip() for row in rows)]) + "\n"
