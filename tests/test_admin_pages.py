"""Administration on pages: people, keys, sessions, read models and imports."""

import json
import logging
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from api.http.auth import people
from api.http.auth.keys import Role
from api.http.server import security_log
from support.desk import DeskUser, browser, desk_user, faults, hidden, plain
from support.http_clients import HttpClients
from support.waiting import wait_for


@pytest.fixture
def eva(http: HttpClients) -> DeskUser:
    """An administrator at the desk."""
    return desk_user(http, Role.ADMIN, "eva")


@pytest.fixture
def admin_log(caplog: pytest.LogCaptureFixture) -> Any:
    """The lines of the security log that administration writes."""
    security_log.log.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, logger="dossier.security")

    def written() -> list[dict[str, Any]]:
        lines = [json.loads(record.getMessage()) for record in caplog.records]
        return [line for line in lines if line.get("by") == "eva"]

    yield written
    security_log.log.removeHandler(caplog.handler)


def secret_in(page: str) -> str:
    [secret] = re.findall(r'class="secret-text">([^<]+)<', page)
    return str(secret)


def test_a_person_is_added_signs_in_and_is_ended(
    http: HttpClients, eva: DeskUser, admin_log: Any
) -> None:
    person = {"name": "bram", "role": "collector", "email": "Bram@x.example", "language": "nl"}
    added = eva.fill("/admin", "/admin/people", **person, units="north, south,north")
    link = secret_in(added.text)
    assert "bram@x.example" in plain(added.text)
    assert "north, south" in plain(added.text)
    bram = browser(http)
    path = link.removeprefix("http://testserver")
    assert bram.send(path).status_code == 303
    assert "Vandaag" in plain(bram.page("/today"))
    assert bram.get("/admin").status_code == 403
    assert link not in eva.page("/admin"), "a link is shown once"
    eva.fill("/admin", "/admin/people/ends", name="bram")
    assert bram.get("/today").status_code == 303
    assert "1 person whose access has ended" in plain(eva.page("/admin"))
    assert [line["event"] for line in admin_log()] == [
        *("person-added", "sign-in-link-made", "person-ended")
    ]
    assert {line["name"] for line in admin_log()} == {"bram"}


def test_what_cannot_be_added_keeps_what_was_typed(eva: DeskUser, admin_log: Any) -> None:
    answer = eva.fill("/admin", "/admin/people", name="eva", role="collector")
    assert answer.status_code == 422
    assert faults(answer.text)[-1] == "A person has this name or address already."
    assert 'value="eva"' in answer.text
    for field, value, fault in (
        ("email", "nonsense", "That is not a mail address."),
        ("role", "", "Choose a role."),
        ("role", "agency", "Name the agency, as the hand-offs name it."),
        ("name", "", "1 to 200 visible characters."),
    ):
        form = {"name": "bram", "role": "collector"} | {field: value}
        assert faults(eva.fill("/admin", "/admin/people", **form).text)[-1] == fault
    assert admin_log() == []


def test_a_link_is_made_and_nobody_ends_themselves(eva: DeskUser, admin_log: Any) -> None:
    made = eva.fill("/admin", "/admin/people/links", name="eva")
    assert "/sign-in/link/default." in secret_in(made.text)
    assert eva.fill("/admin", "/admin/people/links", name="nobody").status_code == 404
    refused = eva.fill("/admin", "/admin/people/ends", name="eva")
    assert refused.status_code == 409
    assert "You cannot end yourself" in plain(refused.text)
    eva.page("/admin")
    assert [line["event"] for line in admin_log()] == ["sign-in-link-made"]


def test_a_key_is_made_rotated_once_and_revoked(
    http: HttpClients, eva: DeskUser, admin_log: Any
) -> None:
    def status(secret: str) -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        return http.client.get("/v1/playbook", headers=headers).status_code

    made = eva.fill("/admin/keys", name="erp", role="collector", expires="")
    first = secret_in(made.text)
    assert status(first) == 200
    assert first not in eva.page("/admin/keys"), "a secret is shown once"
    form = hidden(made.text) | {"name": "erp", "state": "new"}
    second = secret_in(eva.send("/admin/keys/rotations", form).text)
    assert second != first
    assert [status(first), status(second)] == [200, 200], "the first works for a day"
    again = eva.send("/admin/keys/rotations", form)
    assert again.status_code == 409
    assert "Nothing was done" in plain(again.text)
    eva.fill("/admin/keys", "/admin/keys/revocations", name="erp")
    words = plain(eva.page("/admin/keys"))
    assert "1 key that has ended" in words
    assert "erp revoked eva" in words
    assert [line["event"] for line in admin_log()] == ["key-made", "key-rotated", "key-revoked"]


def test_a_key_that_cannot_be_made(eva: DeskUser) -> None:
    answer = eva.fill("/admin/keys", name="erp", role="auditor", expires="2020-01-01")
    assert faults(answer.text)[-1] == "That day has passed."
    for day in ("soon", "9999-12-31"):
        assert eva.fill("/admin/keys", name="x", role="auditor", expires=day).status_code < 500
    eva.fill("/admin/keys", name="erp", role="auditor")
    twice = eva.fill("/admin/keys", name="erp", role="auditor")
    assert "A key has this name already" in faults(twice.text)[-1]


def test_a_session_is_revoked(http: HttpClients, eva: DeskUser, admin_log: Any) -> None:
    bram = desk_user(http, Role.COLLECTOR, "bram")
    page = eva.page("/admin/sessions")
    assert "eva you, here" in plain(page)
    found = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    assert len(found) == 2
    [his] = [id_ for id_ in found if id_ in page.partition(">bram<")[2].partition("</tr>")[0]]
    eva.fill("/admin/sessions", "/admin/sessions/revocations", session=his)
    assert bram.get("/today").status_code == 303
    assert [line["name"] for line in admin_log()] == ["bram"]
    eva.fill("/admin/sessions", "/admin/sessions/revocations", session="no such session")
    assert len(admin_log()) == 1


def test_sessions_of_another_tenant_stay(http: HttpClients, eva: DeskUser) -> None:
    with http.pool.connection() as conn:
        conn.execute("insert into tenant values ('acme', 'Acme', 'UTC', %s)", [http.clock()])
    other = desk_user(http, Role.ADMIN, "olaf", tenant="acme")
    [his] = re.findall(r'name="session" value="([0-9a-f]{64})"', other.page("/admin/sessions"))
    assert his not in eva.page("/admin/sessions")
    eva.fill("/admin/sessions", "/admin/sessions/revocations", session=his)
    eva.fill("/admin", "/admin/people/ends", name="olaf")
    other.page("/today")


def test_read_models_and_parked_books_are_shown(http: HttpClients, eva: DeskUser) -> None:
    words = plain(eva.page("/admin/system"))
    assert "Every book is shown: none is parked." in words
    assert "agenda" in words
    with http.pool.connection() as conn:
        conn.execute(
            "insert into parked values ('default', 'agenda', gen_random_uuid(), 7,"
            " 'KeyError: <b>', now())"
        )
    page = eva.page("/admin/system")
    assert "KeyError: &lt;b&gt;" in page
    assert "1 book parked" in plain(page)
    assert "dossier rebuild NAME" in plain(page)


def test_imports_and_their_rejects(http: HttpClients, eva: DeskUser) -> None:
    assert "Nothing was imported" in plain(eva.page("/admin/imports"))
    key = secret_in(eva.fill("/admin/keys", name="erp", role="collector").text)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "text/csv"}
    sent = http.client.post(
        "/v1/import?format=open-items&name=list.csv&map=invoice=no&map=open_amount=amount",
        headers=headers,
        content=b"no,debtor,amount,due_on\nF-9,D-9,much,2026-02-01\n",
    )
    assert sent.status_code == 202, sent.text
    job = sent.json()["id"]
    address = f"/admin/imports/{job}"
    wait_for(lambda: "finished" in plain(eva.page(address)))
    assert "list.csv" in plain(eva.page("/admin/imports"))
    assert "2 amount 'much' is not an amount" in plain(eva.page(address))
    rejected = json.loads(eva.get(f"{address}/rejects").content)
    assert (rejected["line"], rejected["raw"]["no"]) == (2, "F-9")
    assert eva.get(f"/admin/imports/{'0' * 8}-0000-0000-0000-{'0' * 12}").status_code == 404


def test_only_administrators_of_all_units_administer(http: HttpClients, eva: DeskUser) -> None:
    north = desk_user(http, Role.ADMIN, "nora", business_units=["north"])
    for user in (north, desk_user(http, Role.COLLECTOR), desk_user(http, Role.AUDITOR)):
        assert "/admin" not in user.page("/today")
        for path in ("/admin", "/admin/keys", "/admin/sessions", "/admin/system"):
            assert user.get(path).status_code == 403
        form = hidden(user.page("/me")) | {"name": "eve", "role": "admin"}
        for path in ("/admin/people", "/admin/keys", "/admin/people/links"):
            assert user.send(path, form).status_code == 403
    assert 'href="/admin"' in eva.page("/today")


def page_of(user: DeskUser) -> str:
    """Return the address of the page on which administrators see the person."""
    assert user.person
    return f"/admin/people/{user.person.person_id}"


def test_a_person_is_changed_on_their_page_and_the_change_is_on_record(
    http: HttpClients, eva: DeskUser, admin_log: Any
) -> None:
    bram = desk_user(http, Role.COLLECTOR, "bram", email="bram@x.example")
    address = page_of(bram)
    assert f'href="{address}"' in eva.page("/admin")
    form = {"role": "auditor", "email": "B@y.example", "units": "north, south", "language": "nl"}
    words = plain(eva.does(address, f"{address}/details", **form))
    assert "The changes are kept." in words
    assert "changed : auditor, north, south, b@y.example, Nederlands eva" in words.replace(
        ":", " :"
    )
    assert "Vandaag" in plain(bram.page("/today"))
    assert bram.get("/import").status_code == 403, "from the next click on"
    eva.does(address, f"{address}/details", **form)
    [line] = admin_log()
    assert (line["event"], line["name"], line["role"]) == ("person-changed", "bram", "auditor")
    assert line["changed"] == "role, business_units, email, language"


def test_an_address_that_changes_ends_the_links_and_codes_that_were_made_before(
    http: HttpClients, eva: DeskUser
) -> None:
    bram = desk_user(http, Role.COLLECTOR, "bram", email="bram@x.example")
    made = eva.fill(page_of(bram), "/admin/people/links", name="bram")
    assert "A link that signs bram in" in plain(made.text), "on the same page"
    link = secret_in(made.text).removeprefix("http://testserver")
    form = {"role": "collector", "email": "bram@y.example", "language": "en"}
    eva.does(page_of(bram), f"{page_of(bram)}/details", **form)
    assert browser(http).send(link).status_code == 410


def test_what_no_person_can_have_is_refused_at_its_field(http: HttpClients, eva: DeskUser) -> None:
    bram = desk_user(http, Role.COLLECTOR, "bram", email="bram@x.example")
    desk_user(http, Role.COLLECTOR, "anna", email="anna@x.example")
    for user, field, value, fault in (
        (bram, "email", "anna@x.example", "Another person has this address already."),
        (bram, "email", "nonsense", "That is not a mail address."),
        (bram, "role", "agency", "Name the agency, as the hand-offs name it."),
        (eva, "role", "auditor", "You cannot change your own role: another administrator can."),
    ):
        form = {"role": "collector", "language": "en", field: value}
        answer = eva.fill(page_of(user), f"{page_of(user)}/details", **form)
        assert answer.status_code == 422
        assert faults(answer.text)[-1] == fault
    assert eva.get(f"/admin/people/{UUID(int=0)}").status_code == 404


def test_sessions_and_keys_of_a_person_end_on_their_page(http: HttpClients, eva: DeskUser) -> None:
    bram, anna = (desk_user(http, Role.COLLECTOR, name) for name in ("bram", "anna"))
    made = http.person(Role.ADMIN).record("/keys", {"name": "script of bram", "person": "bram"})
    page = eva.page(page_of(bram))
    assert "script of bram" in plain(page)
    assert "script of bram" not in plain(eva.page(page_of(anna)))
    [session] = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    back = {"back": page_of(bram)}
    ended = eva.fill(page_of(bram), "/admin/sessions/revocations", session=session, **back)
    assert ended.headers["location"] == page_of(bram)
    assert bram.get("/today").status_code == 303
    assert anna.get("/today").status_code == 200
    eva.fill(page_of(bram), "/admin/keys/revocations", name="script of bram", **back)
    words = plain(eva.page(page_of(bram)))
    assert "Not signed in now." in words
    assert "No key of their own." in words
    headers = {"Authorization": f"Bearer {made['secret']}"}
    assert http.client.get("/v1/agenda", headers=headers).status_code == 401


def test_of_a_person_of_a_provider_only_the_language_is_changed(
    http: HttpClients, eva: DeskUser
) -> None:
    who = people.Identity("greta", Role.AUDITOR, ["north"], None, "greta@x.example", "de")
    with http.pool.connection() as conn:
        found = people.of_provider(conn, "default", "https://idp.example", "17", who, http.clock())
    address = f"/admin/people/{found.person_id}"
    form = {"role": "admin", "email": "", "units": "", "language": "fr"}
    words = plain(eva.does(address, f"{address}/details", **form))
    assert "Role, units and address are what the provider knows" in words
    with http.pool.connection() as conn:
        [now] = people.by_id("default", found.person_id).fetch(conn)
    assert now == replace(found, language="fr")
