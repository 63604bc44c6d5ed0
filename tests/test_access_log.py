"""The access log: who signed in, was refused, and which auditor or agency looked at whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from psycopg import Error

from api.clock.access_log import DAYS
from api.clock.tick import run
from api.http.auth import people, sign_in
from api.http.auth.keys import Role
from api.session import TenantSession
from ledger.database import access_log
from ledger.store.ledger import Ledger
from support.desk import browser, desk_user, plain
from support.http_clients import HttpClients, Person
from support.two_units import AGENCY, TwoUnits

INVOICE = {"invoice": "F-1", "amount": "1210.00", "due_on": "2026-03-31", "debtor": "D-7"}


def lines(http: HttpClients, tenant: str = "default", **only: Any) -> list[access_log.AccessRow]:
    """Return the lines, the first to come first."""
    with http.pool.connection() as conn:
        return access_log.find(tenant, 100, **only).fetch(conn)[::-1]


def test_sign_in_sign_out_and_failures_stand_there(http: HttpClients) -> None:
    user = desk_user(http, Role.COLLECTOR, "bob")
    http.clock.advance(seconds=1)
    assert user.fill("/me", "/sign-out").status_code == 303
    http.clock.advance(seconds=1)
    assert browser(http).send("/sign-in/link/default.nothing").status_code == 410
    http.clock.advance(seconds=1)
    with http.pool.connection() as conn:
        eva = people.add(conn, "default", "eva", Role.AUDITOR, http.clock())
        sign_in.begin(conn, eva, http.clock(), "s" * 43)
    form = {"secret": "s" * 43, "code": "000000x"}
    assert browser(http).send("/sign-in/code", form).status_code == 422
    found = [(row.event, row.who, row.role, row.how, row.what) for row in lines(http)]
    assert found == [
        ("signed-in", "bob", "collector", "link", ""),
        ("signed-out", "bob", "collector", "", ""),
        ("sign-in-failed", "", "", "link", "used or too old"),
        ("sign-in-failed", "eva", "auditor", "code", "a wrong code"),
    ]
    assert {row.address for row in lines(http)} == {"testclient"}


def test_a_stranger_cannot_write_for_a_tenant_that_is_not_there(http: HttpClients) -> None:
    assert browser(http).send("/sign-in/link/no-such-firm.x").status_code == 410
    assert browser(http).send("/sign-in/code", {"secret": "x", "code": "1"}).status_code == 422
    assert lines(http, "no-such-firm") == lines(http) == []


def test_a_refusal_stands_there_and_a_form_of_another_session(http: HttpClients) -> None:
    auditor = desk_user(http, Role.AUDITOR, "eva")
    assert auditor.get("/admin").status_code == 403
    assert auditor.send("/sign-out", {"csrf": "00"}).status_code == 403
    found = [(row.who, row.role, row.what) for row in lines(http, event="refused")]
    assert sorted(found) == [
        ("eva", "auditor", "GET /admin"),
        ("eva", "auditor", "POST /sign-out"),
    ]


def test_each_look_of_an_auditor_or_agency_stands_there(two_units: TwoUnits) -> None:
    http = two_units.http
    two_units.catch_up()
    people_there = [
        desk_user(http, Role.AUDITOR, "eva"),
        desk_user(http, Role.AGENCY, "max", agency=AGENCY),
        desk_user(http, Role.COLLECTOR, "bob"),
    ]
    auditor, agency, collector = people_there
    for user in (auditor, collector):
        assert user.get("/debtors/by-number?number=D-9").status_code == 303
        where = user.get("/debtors/by-number?number=D-9").headers["location"]
        assert user.get(where).status_code == 200
        assert user.get("/invoices").status_code == 200, "a list is no look at somebody"
    page = agency.page("/invoices")
    [path] = {p for p in _links(page) if p.startswith("/invoices/")}
    assert agency.get(path).status_code == 200
    assert agency.get("/debtors").status_code == 403
    program = http.person(Role.AUDITOR, "checker")
    assert program.get("/debtors/D-9").status_code == 200
    assert program.get("/debtors/D-9/contact-log", Accept="text/csv").status_code == 200
    assert program.get("/debtors/D-99").status_code == 404
    found = {(row.who, row.what, row.about) for row in lines(http, event="looked")}
    assert found == {
        ("eva", "GET /debtors/{debtor}", "D-9"),
        ("max", "GET /invoices/{invoice}", "H-1"),
        ("checker", "GET /v1/debtors/{debtor}", "D-9"),
        ("checker", "GET /v1/debtors/{debtor}/contact-log", "D-9"),
    }


def _links(page: str) -> set[str]:
    return {part.partition('"')[0].partition("?")[0] for part in page.split('href="')[1:]}


def test_what_cannot_be_recorded_is_not_shown(two_units: TwoUnits, owner: Any) -> None:
    two_units.catch_up()
    auditor = two_units.http.person(Role.AUDITOR, "eva")
    owner.execute(
        "alter table ledger.access_log add constraint full_disk check (event <> 'looked')"
    )
    with pytest.raises(Error):
        auditor.get("/debtors/D-9")


def test_an_administrator_reads_it_over_http_in_pages_and_as_csv(
    http: HttpClients, admin: Person
) -> None:
    for name in ("bob", "eva", "kim"):
        desk_user(http, Role.COLLECTOR, name)
        http.clock.advance(minutes=1)
    first = admin.get("/access-log?limit=2&event=signed-in")
    assert [row["who"] for row in first.json()] == ["pat", "kim"]
    following = first.links["next"]["url"].partition("/v1")[2]
    assert [row["who"] for row in admin.get(following).json()] == ["eva", "bob"]
    assert [row["who"] for row in admin.get("/access-log?who=eva").json()] == ["eva"]
    since = http.clock().isoformat().replace("+", "%2B")
    assert [row["who"] for row in admin.get(f"/access-log?since={since}").json()] == ["pat"]
    csv = admin.get("/access-log?who=eva&format=csv").text.splitlines()
    assert csv[0] == "entry_id,at,event,who,role,how,what,about,address,request"
    assert ",signed-in,eva,collector,link," in csv[1]
    assert http.collector().get("/access-log").status_code == 403


def test_nobody_reads_that_of_another_tenant(http: HttpClients) -> None:
    http.tenant("acme")
    desk_user(http, Role.COLLECTOR, "bob")
    neighbour = http.person(Role.ADMIN, "ned", "acme")
    assert {row["who"] for row in neighbour.get("/access-log").json()} == {"ned"}


def test_an_administrator_reads_it_on_a_page(http: HttpClients) -> None:
    admin = desk_user(http, Role.ADMIN, "pat")
    assert browser(http).send("/sign-in/link/default.nothing").status_code == 410
    page = plain(admin.page("/admin/access"))
    assert "pat admin Signed in by a link" in page
    assert "nobody known Sign-in failed by a link" in page
    assert "Lines are kept for 400 days" in page
    assert "Signed in by" not in plain(admin.page("/admin/access?event=sign-in-failed"))
    assert "No line fits" in plain(admin.page("/admin/access?who=nobody"))
    assert admin.get("/admin/access?cursor=x").status_code == 422


def test_the_page_has_pages(http: HttpClients) -> None:
    admin = desk_user(http, Role.ADMIN, "pat")
    for number in range(60):
        http.clock.advance(seconds=1)
        with http.pool.connection() as conn:
            access = access_log.Access("default", "refused", f"n{number}")
            access_log.note(access, http.clock()).fetch(conn)
    first = admin.page("/admin/access?event=refused")
    assert first.count("<tr><th") == 50 + 1
    [following] = [link for link in first.split('href="') if "cursor=" in link[:200]]
    last = admin.page(following.partition('"')[0].replace("&amp;", "&"))
    assert "n0" in plain(last)
    assert 'rel="next"' not in last


def test_lines_are_deleted_after_their_days_and_that_stands_there(
    session: TenantSession, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DAYS, "30")
    begin = session.clock()

    def note(who: str, days: int) -> None:
        with session.pool.connection() as conn:
            access = access_log.Access("default", "signed-in", who)
            access_log.note(access, begin + timedelta(days=days)).fetch(conn)

    def clock_on(day: int) -> list[tuple[str, str, str]]:
        at = begin + timedelta(days=day)
        run(TenantSession(session.pool, ledger, lambda: at))
        with session.pool.connection() as conn:
            rows = access_log.find("default", 100).fetch(conn)
        return [(row.event, row.who, row.what) for row in rows]

    for who, days in (("bob", 0), ("eva", 1), ("kim", 2)):
        note(who, days)
    kept = [("signed-in", "kim", ""), ("signed-in", "eva", ""), ("signed-in", "bob", "")]
    assert clock_on(30) == kept
    assert clock_on(31) == [
        ("purged", "clock", f"1 before {_midnight(begin.date())} UTC"),
        *kept[:2],
    ]
    assert len(clock_on(31)) == 3, "once"


def _midnight(first: date) -> str:
    """Return the beginning of the day after, in Amsterdam in March, by the clock of UTC."""
    return f"{first} 23:00"


@pytest.mark.parametrize(
    "statement",
    [
        "insert into access_log select * from access_log",
        "update access_log set who = 'anna'",
        "delete from access_log",
        "truncate access_log",
        "drop function purge_access",
    ],
)
def test_the_application_cannot_change_it(http: HttpClients, statement: str) -> None:
    desk_user(http, Role.COLLECTOR, "bob")
    with http.pool.connection() as conn, pytest.raises(Error, match=r"permission|owner"):
        conn.execute(statement.encode())
    assert len(lines(http)) == 1
