"""API keys over HTTP: of programs and of people, made, rotated and ended by an administrator."""

from typing import Any

import pytest

from api.http.auth import people
from api.http.auth.keys import Role
from support.http_clients import HttpClients, Person, refused


def status_of(admin: Person, secret: str, path: str = "/invoices") -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return admin.client.get(f"/v1{path}", headers=headers).status_code


@pytest.fixture
def key_admin(http: HttpClients) -> people.Person:
    with http.pool.connection() as conn:
        units = ["north"]
        return people.add(
            conn, "default", "eva", Role.COLLECTOR, http.clock(), business_units=units
        )


def test_a_key_is_made_used_rotated_and_revoked(http: HttpClients, admin: Person) -> None:
    made = admin.record("/keys", {"name": "erp", "role": "collector", "business_units": ["north"]})
    first = made["secret"]
    assert status_of(admin, first) == 200
    [row] = [row for row in admin.get("/keys").json() if row["name"] == "erp"]
    assert (row["role"], row["business_units"], row["person"]) == ("collector", ["north"], None)
    assert "secret" not in str(row)
    second = admin.post("/keys/rotate", {"name": "erp", "overlap_hours": 1}).json()["secret"]
    assert [status_of(admin, first), status_of(admin, second)] == [200, 200]
    again = admin.post("/keys/rotate", {"name": "erp"})
    assert refused(again, 409, "refused", "/name")["code"] == "key-just-rotated"
    http.clock.advance(hours=1)
    http.client.app.state.keyring.keys.clear()  # type: ignore[attr-defined]
    assert [status_of(admin, first), status_of(admin, second)] == [401, 200]
    answer = admin.post("/keys/revoke", {"name": "erp"})
    assert {row["name"]: bool(row["revoked_at"]) for row in answer.json()}["erp"] is True
    assert status_of(admin, second) == 401
    assert refused(admin.post("/keys/revoke", {"name": "erp"}), 404, "unknown")["code"] == "no-key"
    assert refused(admin.post("/keys/rotate", {"name": "erp"}), 404, "unknown")["code"] == "no-key"


def test_each_change_stands_with_who_made_it(http: HttpClients, admin: Person) -> None:
    admin.record("/keys", {"name": "erp", "role": "auditor"})
    admin.post("/keys/revoke", {"name": "erp"})
    with http.pool.connection() as conn:
        found = conn.execute(
            "select change, by from api_key_change where tenant_id = 'default' and name = 'erp'"
            " order by nth"
        ).fetchall()
    assert found == [("made", "pat"), ("revoked", "pat")]


def test_a_persons_key_has_their_name_and_rights_of_now_and_ends_with_them(
    http: HttpClients, admin: Person, key_admin: people.Person
) -> None:
    secret = admin.record("/keys", {"name": "eva's notebook", "person": "eva"})["secret"]
    eva_by_key = Person(http.client, key_admin.key, secret)
    body = {"invoice": "N-1", "amount": "10.00", "due_on": "2026-04-01", "business_unit": "north"}
    eva_by_key.record("/invoices", body)
    assert http.entries()[-1].by == "eva"
    other = body | {"invoice": "S-1", "business_unit": "south"}
    assert eva_by_key.post("/invoices", other).json()["code"] == "other-business-unit"
    [row] = [row for row in admin.get("/keys").json() if row["person"]]
    assert (row["name"], row["person"]) == ("eva's notebook", "eva")
    with http.pool.connection() as conn:
        assert people.end(conn, "default", "eva", http.clock(), by="pat")
    http.client.app.state.keyring.keys.clear()  # type: ignore[attr-defined]
    assert eva_by_key.get("/invoices").status_code == 401
    [row] = [row for row in admin.get("/keys").json() if row["name"] == "eva's notebook"]
    assert row["revoked_at"]


def test_a_persons_key_is_listed_with_the_rights_that_it_has_now(
    http: HttpClients, admin: Person
) -> None:
    def signs_in(role: Role, *units: str) -> None:
        who = people.Identity("ira", role, [*units], None, None, "en")
        with http.pool.connection() as conn:
            people.of_provider(conn, "default", "https://acme.example", "7", who, http.clock())

    signs_in(Role.COLLECTOR, "north")
    admin.record("/keys", {"name": "notebook", "person": "ira"})
    signs_in(Role.AUDITOR)
    [row] = [row for row in admin.get("/keys").json() if row["person"]]
    assert (row["role"], row["business_units"]) == ("auditor", [])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": "erp"}, "/role"),
        ({"name": "erp", "role": "collector", "person": "eva"}, "/role"),
        ({"name": "erp", "person": "eva", "business_units": ["south"]}, "/person"),
        ({"name": "clock", "role": "collector"}, "/name"),
        ({"name": "a\u202eb", "role": "collector"}, "/name"),
        ({"name": "x", "role": "agency"}, "/name"),
        ({"name": "x", "role": "owner"}, "/role"),
        ({"name": "x", "role": "admin", "expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
    ],
)
def test_a_key_that_cannot_be_is_refused(
    admin: Person, key_admin: people.Person, body: dict[str, Any], pointer: str
) -> None:
    answer = admin.post("/keys", body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["pointer"] == pointer


def test_a_name_in_use_is_refused_and_a_person_who_is_not_there(admin: Person) -> None:
    admin.record("/keys", {"name": "erp", "role": "collector"})
    answer = admin.post("/keys", {"name": "erp", "role": "collector"})
    assert refused(answer, 409, "refused", "/name")["code"] == "key-name-taken"
    answer = admin.post("/keys", {"name": "notebook", "person": "nobody"})
    assert refused(answer, 404, "unknown")["code"] == "no-person"


def test_an_administrator_of_a_unit_makes_no_key(http: HttpClients) -> None:
    """Else they could give themselves all units."""
    north = http.person(Role.ADMIN, "nora", business_units=["north"])
    for path, body in (
        ("/keys", {"name": "erp", "role": "admin"}),
        ("/keys/rotate", {"name": "nora"}),
        ("/keys/revoke", {"name": "nora"}),
    ):
        assert north.post(path, body).status_code == 403
