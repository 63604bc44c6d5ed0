"""Who may open which page and send which form: every page, asked by everybody, about things of
every unit and tenant. ``desk_rights.txt`` has a row for each; ``WRITE_PINS=1`` writes it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.app import create_app
from api.http.auth import people, sign_in
from api.http.auth.keys import Role
from api.http.kit.task_ids import encode
from ledger.facts.books import book_id
from support.bookings import Booking, mt940, number_of
from support.desk import DeskUser, browser, hidden
from support.examples import CASE, OTHER_CASE
from support.postgres import new_database
from support.routes import NOUNS, Route, every_page
from support.routes import PAGES as MODULES
from support.two_units import AGENCY, TwoUnits, open_two_units

TABLE = Path(__file__).parent / "desk_rights.txt"
ALLOWED, HIDDEN, REFUSED, NOBODY = "+.-!"
FAMILIES = {"N": ("N-1", "D-8"), "S": ("S-1", "D-9"), "H": ("H-1", "D-9"), "A": ("A-1", "A-D")}
CALLERS: dict[str, dict[str, Any]] = {
    "nobody": {},
    "collector": {"role": Role.COLLECTOR},
    "collector of north": {"role": Role.COLLECTOR, "business_units": ["north"]},
    "auditor": {"role": Role.AUDITOR},
    "admin": {"role": Role.ADMIN},
    "sam": {"role": Role.RESOLVER},
    "another resolver": {"role": Role.RESOLVER},
    "agency": {"role": Role.AGENCY, "agency": AGENCY},
    "another agency": {"role": Role.AGENCY, "agency": "Rival BV"},
    "neighbour": {"role": Role.ADMIN, "tenant": "acme"},
}
OPEN = {  # pages for everybody
    "/sign-in", "/sign-in/code", "/sign-in/link/{token}", "/static/{name}",
    "/sign-in/with/{provider}", "/sign-in/with/{provider}/return",
}  # fmt: skip
BY_NUMBER = "/debtors/by-number"
PAGES = [page for page in every_page(create_app("")) if page.path not in OPEN]


@pytest.fixture(scope="module")
def desks(postgres: str) -> Iterator[tuple[TwoUnits, dict[str, DeskUser]]]:
    with new_database(postgres) as url, open_two_units(url) as units:
        yield units, {name: _user(units, name, dict(how)) for name, how in CALLERS.items()}


def _user(units: TwoUnits, name: str, how: dict[str, Any]) -> DeskUser:
    user = browser(units.http)
    if how:
        tenant = how.pop("tenant", "default")
        with units.http.pool.connection() as conn:
            user.person = people.add(conn, tenant, name, at=units.http.clock(), **how)
            token = sign_in.link_token(conn, user.person, units.http.clock())
        units.http.client.app.state.sign_ins.buckets.clear()  # type: ignore[attr-defined]
        assert user.send(f"/sign-in/link/{token}").status_code == 303
    return user


def _ids(units: TwoUnits, family: str) -> dict[str, str]:
    number, owing = FAMILIES[family]
    tenant = "acme" if family == "A" else "default"
    invoice, debtor = book_id(tenant, "invoice", number), book_id(tenant, "debtor", owing)
    who = units.people["neighbour" if family == "A" else "anna"]
    who.record("/debtors", {"debtor": owing, "name": "Smit"})
    [mail, *_] = who.record("/inbox", {"channel": "phone", "text": f"about {family}"})["entries"]
    who.record(f"/debtors/{owing}/money", {"reference": f"B-{family}", "amount": "10.00"})
    nth = ord(family)
    who.send("/bank/statements", mt940([Booking("1.00", family)], nth), Content_Type="text/plain")
    case = {"N": str(CASE), "S": str(OTHER_CASE)}.get(family, str(book_id("", "none", family)))
    return {
        "/invoices": str(invoice),
        "/debtors": str(debtor),
        "/tasks": encode(invoice, "debtor"),
        "/disputes": case,
        "/mine": case,
        "/inbox": mail["book_id"],
        "/outbox": str(book_id(tenant, "message", family)),
        "/money": encode(debtor, f"B-{family}"),
        "/bank": str(book_id(tenant, "bank transaction", number_of("1.00", nth))),
        "number": owing,
    }


def rows() -> Iterator[tuple[str, Route, str]]:
    """Yield each page, and each act of an address for many."""
    for page in PAGES:
        for noun in NOUNS.get(page.path, ("",)):
            path = page.path.replace("{noun}", noun)
            yield f"{page.method} {path}", page, path


def _names_a_thing(page: Route) -> bool:
    """Return whether the address or the form names what it is about."""
    return page.names_a_thing or page.method == "POST" or page.path == BY_NUMBER


def _answer(user: DeskUser, csrf: str, page: Route, path: str, ids: dict[str, str]) -> str:
    kind = f"/{path.split('/')[1]}"
    for name in ("about", "invoice", "debtor", "case", "message", "transaction"):
        path = path.replace(f"{{{name}}}", ids.get(kind, ""))
    path = path.replace("{sha256}", "0" * 64).replace("{template}", "reminder")
    for name in ("job", "view", "draft", "person"):
        path = path.replace(f"{{{name}}}", str(UUID(int=0)))
    if path == BY_NUMBER:
        path += f"?number={ids['number']}"
    if page.method == "GET":
        answer = user.get(path)
    else:
        form = {"csrf": csrf, "item": ids["/tasks"], "act": "snoozes"}
        answer = user.send(path, form | {"check": "1"} if "/bulk" not in path else form)
    assert answer.status_code < 500, f"{page} {answer.text}"
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
        return ALLOWED if path == "/sign-out" and user.person else NOBODY
    return {404: HIDDEN, 403: REFUSED}.get(answer.status_code, ALLOWED)


def test_every_page_does_what_the_table_says(
    desks: tuple[TwoUnits, dict[str, DeskUser]],
) -> None:
    units, users = desks
    ids = {family: _ids(units, family) for family in FAMILIES}
    units.catch_up()
    tokens = {who: hidden(user.get("/me").text).get("csrf", "") for who, user in users.items()}
    found = []
    for name, page, path in rows():
        if path == "/sign-out":
            continue  # it would end the session of the next question
        cells, about = [], FAMILIES if _names_a_thing(page) else ("N",)
        for who, user in users.items():
            letters = [_answer(user, tokens[who], page, path, ids[family]) for family in about]
            cells.append("".join(letters) if "{" in path else "".join(dict.fromkeys(letters)))
        found.append(f"{name:42} " + " ".join(f"{cell:4}" for cell in cells).rstrip())
    if os.environ.get("WRITE_PINS"):
        head = f"# Who may open which page: {', '.join(CALLERS)}; letters: {' '.join(FAMILIES)}"
        TABLE.write_text(
            "\n".join([head, "# + allowed  . not found  - refused  ! sign in", *found]) + "\n"
        )
    expected = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    assert found == expected


def test_nobody_sees_what_the_interface_hides(
    desks: tuple[TwoUnits, dict[str, DeskUser]],
) -> None:
    """An invoice of another tenant or unit is on no list and in no search."""
    _, users = desks
    for caller, hidden_ones in (
        ("collector of north", ("S-1", "S-2", "H-1", "A-1")),
        ("collector", ("A-1",)),
        ("sam", ("S-1", "H-1", "A-1")),
        ("agency", ("N-1", "S-1", "A-1")),
        ("neighbour", ("N-1", "S-1", "H-1")),
    ):
        for path in (
            *("/today", "/invoices", "/disputes", "/debtors", "/find?q=S", "/find?q=A"),
            *("/reports/rows", "/money"),
        ):
            answer = users[caller].get(path)
            if answer.status_code == 200:
                shown = [number for number in hidden_ones if f">{number}<" in answer.text]
                assert shown == [], f"{caller} {path}"


def test_every_form_of_a_person_asks_for_their_token() -> None:
    """The token is checked in one place; each form for people who signed in goes through it."""
    from fastapi.routing import iter_route_contexts

    for route in iter_route_contexts(create_app("").routes):
        module = getattr(getattr(route, "endpoint", None), "__module__", "")
        ours = module.startswith(MODULES) and not module.startswith("api.pages.sign_in")
        if ours and "POST" in (route.methods or set()):
            calls = [inner.call for inner in route.dependant.dependencies]
            assert any(getattr(call, "writes", False) for call in calls), route.path
