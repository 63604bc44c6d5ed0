"""Every route is asked by every role, by nobody, and by those whose key is no good."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.auth.keys import Role, revoke
from ledger.database.pool import Pool, connect_to
from support.postgres import new_database
from support.routes import Route, create_samples, every_route, kind_of_refusal
from support.served import LONG_AGO, bearer, in_process, make_key, make_tenant

OPEN = {
    "/",
    "/docs",
    "/docs/oauth2-redirect",
    "/metrics",
    "/openapi.json",
    "/v1/health",
    "/v1/ready",
}
BY_LINK = {"/a/{token}", "/a/{token}/documents/{sha256}", "/calendar/{token}.ics"}
UNLESS_SET = {"/v1/webhooks/whatsapp", "/contact/{tenant}"}  # are not there
ROUTES = list(every_route(create_app("")))
OF_DEBTORS = ("/i/", "/portal/")  # tests/test_portal_*.py hold who gets in
GUARDED = [
    route
    for route in ROUTES
    if route.path not in OPEN | BY_LINK | UNLESS_SET and not route.path.startswith(OF_DEBTORS)
]
PLENTY = 1_000_000


class EveryRole(NamedTuple):
    """Two tenants; the first has an invoice in dispute."""

    http: TestClient
    keys: dict[Role, str]
    foreign: str  # an admin of the other tenant
    dead: dict[str, str]  # keys that are no good
    ids: dict[str, str]


@pytest.fixture(scope="module")
def every_role(postgres: str) -> Iterator[EveryRole]:
    with new_database(postgres) as url, in_process(url, a_minute=PLENTY) as http:
        make_tenant(url, "other")
        keys = {role: make_key(url, role) for role in Role}
        http.app.state.keyring.wrong_a_minute = PLENTY  # type: ignore[attr-defined]
        yield EveryRole(
            http,
            keys,
            make_key(url, Role.ADMIN, tenant="other"),
            _dead(url),
            create_samples(http, keys[Role.ADMIN]),
        )


def _dead(url: str) -> dict[str, str]:
    over = make_key(url, Role.ADMIN, "over", expires_at=LONG_AGO + timedelta(days=1))
    taken = make_key(url, Role.ADMIN, "taken")
    with connect_to(url) as conn:
        assert revoke(conn, "default", "taken", datetime.now(UTC), "root")
    wrong = over[:-64] + "0" * 64
    return {
        "expired": over,
        "revoked": taken,
        "wrong": wrong,
        "no key": "abc",
        "no tenant": "_" * 9,
        "odd tenant": f"dossier_%00_{'0' * 64}",
    }


def test_every_route_says_whom_it_serves() -> None:
    assert len(GUARDED) > 40
    assert [str(route) for route in GUARDED if not route.roles] == []
    assert [str(route) for route in GUARDED if Role.ADMIN not in (route.roles or ())] == []
    assert [str(route) for route in ROUTES if route.path in OPEN and route.roles] == []


def test_an_auditor_writes_nothing() -> None:
    writes = [route for route in GUARDED if route.method != "GET"]
    assert [str(route) for route in writes if Role.AUDITOR in (route.roles or ())] == []


@pytest.mark.parametrize("role", Role)
def test_exactly_the_declared_roles_get_in(every_role: EveryRole, role: Role) -> None:
    wrong = []
    for route in GUARDED:
        answer = route.ask(every_role.http, every_role.keys[role], **every_role.ids)
        declared = role in (route.roles or ())
        if answer.status_code >= 500 or (answer.status_code in (401, 403)) == declared:
            wrong.append(f"{route}: {answer.status_code} {answer.text[:200]}")
    assert wrong == []


def test_nobody_gets_in_without_a_key(every_role: EveryRole) -> None:
    wrong = [str(route) for route in GUARDED if _status(route, every_role) != 401]
    assert wrong == []


@pytest.mark.parametrize(
    "why", ["expired", "revoked", "wrong", "no key", "no tenant", "odd tenant"]
)
def test_a_key_that_is_no_good_does_not_say_why(every_role: EveryRole, why: str) -> None:
    without = GUARDED[0].ask(every_role.http).json()
    for route in GUARDED:
        answer = route.ask(every_role.http, every_role.dead[why], **every_role.ids)
        assert (answer.status_code, answer.json()) == (401, without), route
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", sorted(OPEN))
def test_what_is_open_needs_no_key(every_role: EveryRole, path: str) -> None:
    assert every_role.http.get(path).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_no_key_opens_what_a_signed_link_opens(every_role: EveryRole, role: Role) -> None:
    signed = [route for route in ROUTES if route.path in BY_LINK | UNLESS_SET]
    assert {route.path for route in signed} == BY_LINK | UNLESS_SET
    for route in signed:
        assert route.roles is None
        assert route.ask(every_role.http, every_role.keys[role]).status_code == 404


def test_a_foreign_tenant_cannot_tell_whether_a_thing_exists(every_role: EveryRole) -> None:
    wrong = []
    for route in GUARDED:
        if not route.names_a_thing:
            continue
        there = route.ask(every_role.http, every_role.foreign, **every_role.ids)
        not_there = route.ask(every_role.http, every_role.foreign, invoice="Z-9", debtor="D-99")
        if kind_of_refusal(there) != kind_of_refusal(not_there) or there.status_code >= 500:
            wrong.append(f"{route}: {there.text[:200]} but {not_there.text[:200]}")
    assert wrong == []


def test_a_foreign_tenant_sees_nothing_of_it(every_role: EveryRole) -> None:
    for route in GUARDED:
        if route.method == "GET" and not route.names_a_thing:
            answer = route.ask(every_role.http, every_role.foreign)
            assert "D-17" not in answer.text, route
            assert every_role.ids["case"] not in answer.text, route


def _status(route: Route, every_role: EveryRole) -> int:
    code: int = route.ask(every_role.http, **every_role.ids).status_code
    return code


@pytest.fixture
def few(database: str) -> Iterator[TestClient]:
    """Three requests a minute."""
    with in_process(database, a_minute=3, with_worker=False) as http:
        http.headers.update(bearer(make_key(database, Role.COLLECTOR)))
        yield http


def test_each_answer_says_how_many_more_there_may_be(few: TestClient) -> None:
    answers = [few.get("/v1/invoices") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"key";q=3;w=60'}
    left = [answer.headers["ratelimit"].split(";")[1] for answer in answers]
    assert left == ["r=2", "r=1", "r=0", "r=0"]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].json()["type"] == "urn:dossier:problem:too-many-requests"


def test_one_who_asks_too_often_does_not_stop_another(few: TestClient, database: str) -> None:
    for _ in range(4):
        few.get("/v1/invoices")
    other = bearer(make_key(database, Role.AUDITOR))
    assert few.get("/v1/invoices", headers=other).status_code == 200


def test_a_revoked_key_stops_working_while_it_is_used(few: TestClient, pool: Pool) -> None:
    assert few.get("/v1/invoices").status_code == 200
    few.app.state.keyring.keys.clear()  # type: ignore[attr-defined]  # it remembers for two seconds
    with pool.connection() as conn:
        assert revoke(conn, "default", "collector", datetime.now(UTC), "root")
    assert few.get("/v1/invoices").status_code == 401


def test_the_last_use_of_a_key_is_kept_and_its_secret_is_not(few: TestClient, pool: Pool) -> None:
    few.get("/v1/invoices")
    secret = few.headers["authorization"].removeprefix("Bearer ")
    with pool.connection() as conn:
        query = "select sha256, last_used_at, api_key::text from api_key"
        [(hashed, used, whole)] = conn.execute(query).fetchall()
    assert bytes(hashed) == sha256(secret.encode()).digest()
    assert secret[-64:] not in whole
    assert abs(datetime.now(UTC) - used) < timedelta(minutes=1)


@pytest.mark.parametrize("tenant", ["Müller & Söhne", "a_b", "50%", "日本"])
def test_a_tenant_may_have_any_name(few: TestClient, database: str, tenant: str) -> None:
    make_tenant(database, tenant)
    key = bearer(make_key(database, Role.AUDITOR, tenant=tenant))
    assert few.get("/v1/invoices", headers=key).json() == []
