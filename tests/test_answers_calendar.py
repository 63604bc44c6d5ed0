"""What a resolver has to do, in his own calendar; and the command line's part in it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from api.answers.links import ForCalendar, ForCase, rotate, token
from ledger.books import INVOICE
from ledger.invoice_events import ResolverAssigned
from support.cli import Dossier
from support.disputing import EVA, SAM, case_of, link, names, ready, runs
from support.http_clients import House, Person, house


@pytest.fixture
def office(database_url: str) -> Iterator[House]:
    with house(database_url) as made:
        yield made


@pytest.fixture
def anna(office: House) -> Person:
    return ready(office)


def feed(office: House, resolver: str = SAM) -> str:
    made = token(office.pool, ForCalendar("default", resolver), office.clock())
    return f"/calendar/{made}.ics"


def tasks(office: House, position: int, anna: Person, resolver: str = SAM) -> list[Any]:
    anna.get(f"/disputes?at_least={position}")
    answer = office.client.get(feed(office, resolver))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VTODO"))


def test_a_task_for_each_open_case(office: House, anna: Person) -> None:
    first = runs(anna, "F-1", "F-2", comment="Ten, not twenty;\nreally.", resolver=SAM)
    runs(anna, "F-3", unit="south")
    position = runs(anna, "F-4", reason="damaged")["position"]
    one, two = sorted(tasks(office, position, anna), key=lambda task: str(task["summary"]))
    assert str(one["uid"]) == f"{case_of(first)}@dossier"
    assert str(one["summary"]) == "Dispute over invoice F-1, F-2: price"
    assert "Ten, not twenty;\nreally." in str(one["description"])
    assert str(one.decoded("due")) == "2026-03-09"
    assert str(one["status"]) == "NEEDS-ACTION"
    assert str(two["summary"]) == "Dispute over invoice F-4: damaged"
    page = office.client.get(str(one["url"]).removeprefix("http://testserver"))
    assert page.status_code == 200
    assert [len(tasks(office, position, anna, EVA)), len(tasks(office, position, anna, "x"))] == [
        1,
        0,
    ]


def test_an_answer_completes_it_and_a_reopening_asks_again(office: House, anna: Person) -> None:
    case = case_of(made := runs(anna, "F-1"))
    moved = {"follow_up_on": "2026-03-20", "why": "Away."}
    position = anna.does(f"/disputes/{case}/reschedule", moved)["position"]
    [task] = tasks(office, position, anna)
    assert str(task.decoded("due")) == "2026-03-20"
    answered = {"answer": "solved", "text": "Yes."}
    position = anna.does(f"/disputes/{case}/answer", answered)["position"]
    [done] = tasks(office, position, anna)
    assert (str(done["uid"]), str(done["status"])) == (str(task["uid"]), "COMPLETED")
    ended = anna.does(f"/disputes/{case}/resolve", {"outcome": "rejected"})["position"]
    assert tasks(office, ended, anna) == []
    again = anna.does(f"/disputes/{case}/reopen", {"why": "No."})["position"]
    [task] = tasks(office, again, anna)
    assert (str(task["status"]), task["uid"]) == ("NEEDS-ACTION", f"{case_of(made)}@dossier")


def test_of_what_was_written_off_there_is_no_task_and_the_link_says_so(
    office: House, anna: Person
) -> None:
    case = case_of(runs(anna, "F-1"))
    position = anna.does("/invoices/F-1/write-off", {"why": "Bankrupt."})["position"]
    assert tasks(office, position, anna) == []
    page = office.client.get(link(office, case), headers={"Accept-Language": "en"})
    assert page.status_code == 410
    assert "Nothing is left to dispute" in page.text


def test_one_kind_of_link_is_no_other(office: House, anna: Person) -> None:
    case = case_of(runs(anna, "F-1"))
    page, calendar = link(office, case), feed(office)
    assert office.client.get(page.replace("/a/", "/calendar/") + ".ics").status_code == 404
    swapped = calendar.replace("/calendar/", "/a/").removesuffix(".ics")
    assert office.client.get(swapped).status_code == 404
    assert office.client.get("/calendar/x.ics").status_code == 404


def test_a_secret_lasts_for_two_rotations(office: House, anna: Person) -> None:
    path = link(office, case_of(runs(anna, "F-1")))
    with office.pool.connection() as conn:
        for expected in (200, 404):
            office.clock.pass_(minutes=1)
            rotate(conn, "default", office.clock())
            assert office.client.get(path).status_code == expected
        [(kept,)] = conn.execute("select count(*) from link_key").fetchall()
    assert kept == 2


def test_two_who_need_the_first_secret_use_the_same(office: House) -> None:
    one = ForCase("default", UUID(int=1), SAM)
    made = {token(office.pool, one, office.clock()) for _ in range(3)}
    assert len(made) == 1, "the same mail, whenever it is made"


def test_a_dispute_on_the_command_line(
    office: House, anna: Person, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, before = Dossier(database_url), len(office.entries())
    typed = ("--reason", "price", "--comment", "Ten per cent less.")
    dossier("dispute", "F-1", *typed).refused("F-1")
    assert len(office.entries()) == before
    for number in ("F-1", "F-2"):
        anna.does(
            "/invoices",
            {"invoice": number, "amount": "100.00", "due_on": "2026-03-31", "debtor": "D-7"},
        )
    before = len(office.entries())
    shown = dossier("dispute", "F-1", "F-2", *typed, "--dry-run").ok()
    assert len(office.entries()) == before, "nothing is written"
    for words in (
        "100.00 of invoice F-2 is disputed",
        f"{SAM} must answer by",
        "Which price was agreed?",
        "jan@bakker.example",
    ):
        assert words in shown.out
    dossier("dispute", "F-1", "F-2", *typed, "--contested", "5").refused("--contested", code=2)
    more = ("--resolver", EVA, "--expected", "True?", "--follow-up-on", "2030-01-07", "--by", "bo")
    raised = ("--raised-on", "2026-02-20")
    entries = dossier("dispute", "F-1", "F-2", *typed, *more, *raised, "--json").ok().json
    assert [one["topic"].partition(".v")[0] for one in entries].count("resolver-assigned") == 2
    [case] = {one["event"]["case_id"] for one in entries if "case_id" in one["event"]}
    assert names(office) == [f"receipt/{case}", f"request/{case}/1"]
    assert entries[0]["event"]["raised_on"] == "2026-02-20"
    [first, _] = [e for e in office.entries() if isinstance(e.event, ResolverAssigned)]
    assert (first.event.resolver, first.event.expected, first.by) == (EVA, "True?", "bo")
    assert office.ledgers["default"].id_of(INVOICE, "F-1") == first.book_id
    assert "names nobody" in dossier("dispute", "F-1", "--reason", "other", "--comment", "x").out


def test_links_on_the_command_line(
    office: House, anna: Person, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = Dossier(database_url)
    dossier("links", "calendar", SAM).refused("DOSSIER_PUBLIC_URL", code=2)
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://acme.example/")
    address = dossier("links", "calendar", SAM).ok().out.strip()
    assert address.startswith("https://acme.example/calendar/")
    path = address.removeprefix("https://acme.example")
    assert office.client.get(path).status_code == 200
    for expected in (200, 404):
        dossier("links", "rotate").ok()
        assert office.client.get(path).status_code == expected
