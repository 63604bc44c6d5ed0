"""What a resolver has to do, in his own calendar; and the command line's part in it."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from hashlib import sha1, sha256
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from api.links.link import CaseLink, ForCalendar, NoSuchLink
from api.links.secrets import rotate
from api.links.tokens import case_of as case_of_token
from api.links.tokens import token
from ledger.database.pool import Conn
from ledger.facts.books import INVOICE
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from support.cli import CliUser
from support.disputing import (
    EVA,
    SAM,
    case_link,
    case_of,
    link_of_before,
    message_names,
    run_dispute,
    send_answer,
    set_up_disputes,
)
from support.http_clients import HttpClients, Person


@pytest.fixture
def resolvers(http: HttpClients, anna: Person) -> None:
    """The playbook says who solves what."""
    set_up_disputes(http, anna)


def feed(http: HttpClients, resolver: str = SAM) -> str:
    made = token(http.pool, ForCalendar("default", resolver), http.clock())
    return f"/calendar/{made}.ics"


def tasks(
    http: HttpClients, position: int, anna: Person, resolver: str = SAM, kind: str = "VTODO"
) -> list[Any]:
    anna.get(f"/disputes?at_least={position}")
    answer = http.client.get(feed(http, resolver))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk(kind))


@pytest.mark.usefixtures("resolvers")
def test_a_task_for_each_open_case(http: HttpClients, anna: Person) -> None:
    first = run_dispute(anna, "F-1", "F-2", comment="Ten, not twenty;\nreally.", resolver=SAM)
    run_dispute(anna, "F-3", unit="south")
    position = run_dispute(anna, "F-4", reason="damaged")["position"]
    one, two = sorted(tasks(http, position, anna), key=lambda task: str(task["summary"]))
    assert str(one["uid"]) == f"{case_of(first)}@dossier"
    assert str(one["summary"]) == "Dispuut over factuur F-1, F-2: prijs"
    assert "Ten, not twenty;\nreally." in str(one["description"])
    assert str(one.decoded("due")) == "2026-03-09"
    assert str(one["status"]) == "NEEDS-ACTION"
    assert str(two["summary"]) == "Dispuut over factuur F-4: beschadigd"
    assert "/a/" not in http.client.get(feed(http)).text, "whoever has the calendar cannot answer"
    assert [len(tasks(http, position, anna, EVA)), len(tasks(http, position, anna, "x"))] == [
        1,
        0,
    ]


@pytest.mark.usefixtures("resolvers")
def test_each_task_has_an_event_on_its_day_until_it_is_answered(
    http: HttpClients, anna: Person
) -> None:
    """Outlook and Google show no tasks of a feed."""
    case = case_of(run_dispute(anna, "F-1", reason="damaged", expected="What do we offer?"))
    words = {"answer": "not_solved", "text": "I ask.", "follow_up_on": "2026-03-20"}
    position = anna.record(f"/disputes/{case}/answer", words)["position"]
    [event] = tasks(http, position, anna, kind="VEVENT")
    [task] = tasks(http, position, anna)
    assert str(event["uid"]) != str(task["uid"]), "a calendar keeps one component of a UID"
    assert str(event["summary"]) == str(task["summary"])
    assert event["dtstart"].to_ical() == b"20260320"
    assert str(event["dtstart"].params["value"]) == "DATE"
    assert "What do we offer?" in str(event["description"])
    assert str(task["status"]) == "NEEDS-ACTION"
    solved = anna.record(f"/disputes/{case}/answer", {"answer": "solved"})["position"]
    assert tasks(http, solved, anna, kind="VEVENT") == []
    assert len(tasks(http, solved, anna)) == 1


@pytest.mark.usefixtures("resolvers")
def test_an_answer_completes_it_and_a_reopening_asks_again(http: HttpClients, anna: Person) -> None:
    case = case_of(made := run_dispute(anna, "F-1"))
    moved = {"follow_up_on": "2026-03-20", "why": "Away."}
    position = anna.record(f"/disputes/{case}/reschedule", moved)["position"]
    [task] = tasks(http, position, anna)
    assert str(task.decoded("due")) == "2026-03-20"
    answered = {"answer": "solved", "text": "Yes."}
    position = anna.record(f"/disputes/{case}/answer", answered)["position"]
    [done] = tasks(http, position, anna)
    assert (str(done["uid"]), str(done["status"])) == (str(task["uid"]), "COMPLETED")
    ended = anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected"})["position"]
    assert tasks(http, ended, anna) == []
    again = anna.record(f"/disputes/{case}/reopen", {"why": "No."})["position"]
    [task] = tasks(http, again, anna)
    assert (str(task["status"]), task["uid"]) == ("NEEDS-ACTION", f"{case_of(made)}@dossier")


@pytest.mark.usefixtures("resolvers")
def test_of_what_was_written_off_there_is_no_task_and_the_link_says_so(
    http: HttpClients, anna: Person
) -> None:
    case = case_of(run_dispute(anna, "F-1"))
    position = anna.record("/invoices/F-1/write-off", {"why": "Bankrupt."})["position"]
    assert tasks(http, position, anna) == []
    page = http.client.get(case_link(http, case), headers={"Accept-Language": "en"})
    assert page.status_code == 410
    assert "Nothing is left to dispute" in page.text


@pytest.mark.usefixtures("resolvers")
def test_one_kind_of_link_is_no_other(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1"))
    page, calendar = case_link(http, case), feed(http)
    assert http.client.get(page.replace("/a/", "/calendar/") + ".ics").status_code == 404
    swapped = calendar.replace("/calendar/", "/a/").removesuffix(".ics")
    assert http.client.get(swapped).status_code == 404
    assert http.client.get("/calendar/x.ics").status_code == 404


def test_the_address_of_a_calendar_ends(http: HttpClients) -> None:
    address = feed(http)
    http.clock.advance(days=365)
    assert http.client.get(address).status_code == 200
    http.clock.advance(seconds=1)
    assert http.client.get(address).status_code == 410
    assert http.client.get(feed(http)).status_code == 200


@pytest.mark.usefixtures("resolvers")
def test_a_link_is_opened_so_many_times_a_minute(http: HttpClients, anna: Person) -> None:
    """Each link by itself, also that of a calendar; the form of a page counts too."""
    http.client.app.state.links.a_minute = 2  # type: ignore[attr-defined]  # half a minute each
    page = case_link(http, case_of(run_dispute(anna, "F-1")))
    for address in (page, feed(http)):
        answers = [http.client.get(address).status_code for _ in range(3)]
        assert answers == [200, 200, 429]
    assert send_answer(http, page, "solved", outcome="rejected").status_code == 429
    assert http.client.get(feed(http, EVA)).status_code == 200


@pytest.mark.usefixtures("resolvers")
@pytest.mark.parametrize("digest", [sha1, sha256])
def test_links_of_before_open_until_they_end(http: HttpClients, anna: Person, digest: Any) -> None:
    path = link_of_before(http, case_of(run_dispute(anna, "F-1")), digest)
    http.clock.advance(days=60)
    assert http.client.get(path).status_code == 200
    http.clock.advance(seconds=1)
    assert http.client.get(path).status_code == 410


@pytest.mark.usefixtures("resolvers")
def test_a_token_tells_nothing_of_what_it_is_for(http: HttpClients, anna: Person) -> None:
    """Not the tenant, the case or the address, however it is decoded, nor does the database tell
    the token."""
    case = case_of(run_dispute(anna, "F-1"))
    at = http.clock()
    links = CaseLink("default", UUID(case), SAM), ForCalendar("default", SAM)
    for made in (token(http.pool, link, at) for link in links):
        bytes_ = urlsafe_b64decode(made)
        assert len(bytes_) == 36
        for hidden in (b"default", SAM.encode(), case.encode(), UUID(case).bytes):
            assert hidden not in bytes_
            assert hidden not in made.encode()
        with http.pool.connection() as conn:
            rows = conn.execute("select link::text from ledger.link").fetchall()
        assert not any(made in row or bytes_[16:].hex() in row for (row,) in rows)
    other = ForCalendar(http.tenant("other"), SAM)
    assert token(http.pool, other, at)[:21] != made[:21], "each tenant has a handle of its own"


def test_what_is_altered_in_the_database_opens_nothing(http: HttpClients, owner: Conn) -> None:
    """A row by itself makes no link: the token is a keyed hash of what it says."""
    made = token(http.pool, CaseLink("default", UUID(int=1), SAM), http.clock())
    assert case_of_token(http.pool, made, http.clock()).resolver == SAM
    owner.execute("update ledger.link set person = %s", [EVA])
    with pytest.raises(NoSuchLink):
        case_of_token(http.pool, made, http.clock())


@pytest.mark.usefixtures("resolvers")
def test_a_secret_lasts_for_two_rotations(http: HttpClients, anna: Person) -> None:
    path = case_link(http, case_of(run_dispute(anna, "F-1")))
    with http.pool.connection() as conn:
        for expected in (200, 404):
            http.clock.advance(minutes=1)
            rotate(conn, "default", http.clock())
            assert http.client.get(path).status_code == expected
        [(kept,)] = conn.execute("select count(*) from link_key").fetchall()
    assert kept == 2


def test_two_who_need_the_first_secret_use_the_same(http: HttpClients) -> None:
    one = CaseLink("default", UUID(int=1), SAM)
    made = {token(http.pool, one, http.clock()) for _ in range(3)}
    assert len(made) == 1, "the same mail, whenever it is made"


@pytest.mark.usefixtures("resolvers")
def test_a_dispute_on_the_command_line(
    http: HttpClients, anna: Person, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli, before = CliUser(database), len(http.entries())
    typed = ("--reason", "price", "--comment", "Ten per cent less.")
    cli("dispute", "F-1", *typed).refused("F-1")
    assert len(http.entries()) == before
    for number in ("F-1", "F-2"):
        anna.record(
            "/invoices",
            {"invoice": number, "amount": "100.00", "due_on": "2026-03-31", "debtor": "D-7"},
        )
    before = len(http.entries())
    shown = cli("dispute", "F-1", "F-2", *typed, "--dry-run").ok()
    assert len(http.entries()) == before, "nothing is written"
    for words in (
        "100.00 of invoice F-2 is disputed",
        f"{SAM} must answer by",
        "Which price was agreed?",
        "jan@bakker.example",
        f"To: {SAM}\nSubject: Graag oplossen: Bakkerij Jansen, factuur F-1, F-2",
        "100,00 betwist van",
        "Je kunt ook gewoon deze e-mail beantwoorden",
    ):
        assert words in shown.out
    also = cli("dispute", "F-1", *typed, "--dry-run", "--ask-also", "And who agreed?").ok()
    assert "Which price was agreed?\nAnd who agreed?" in also.out
    cli("dispute", "F-1", "F-2", *typed, "--contested", "5").refused("--contested", code=2)
    more = ("--resolver", EVA, "--expected", "True?", "--follow-up-on", "2030-01-07")
    by = ("--by", "bo", "--because", "Bo asked.")
    raised = ("--raised-on", "2026-02-20")
    entries = cli("dispute", "F-1", "F-2", *typed, *more, *by, *raised, "--json").ok().json
    assert [one["topic"].partition(".v")[0] for one in entries].count("resolver-assigned") == 2
    [case] = {one["event"]["case_id"] for one in entries if "case_id" in one["event"]}
    assert message_names(http) == [f"receipt/{case}", f"request/{case}/1"]
    assert entries[0]["event"]["raised_on"] == "2026-02-20"
    [first, _] = [e for e in http.entries() if isinstance(e.event, ResolverAssigned)]
    assert (first.event.resolver, first.event.expected, first.by) == (EVA, "True?", "bo")
    assert http.ledgers["default"].id_of(INVOICE, "F-1") == first.book_id
    assert "names no resolver" in cli("dispute", "F-1", "--reason", "other", "--comment", "x").out


@pytest.mark.usefixtures("resolvers")
def test_links_on_the_command_line(
    http: HttpClients, anna: Person, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = CliUser(database)
    cli("links", "calendar", SAM).refused("DOSSIER_PUBLIC_URL", code=2)
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://acme.example/")
    address = cli("links", "calendar", SAM).ok().out.strip()
    assert address.startswith("https://acme.example/calendar/")
    path = address.removeprefix("https://acme.example")
    http.clock.at = datetime.now(UTC)  # the command line has its own clock
    assert http.client.get(path).status_code == 200
    for expected in (200, 404):
        cli("links", "rotate").ok()
        assert http.client.get(path).status_code == expected
