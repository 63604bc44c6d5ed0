"""Own views, what was put aside, undo, since you last looked, many at once, and settings."""

import re

import pytest

from api.http.auth import sign_in
from api.http.auth.keys import Role
from api.pages.desk import bulk
from ledger.facts.books import book_id
from ledger.facts.debtor_events import DebtorItemTakenUp, DebtorResumed
from ledger.facts.invoice.follow_up import ItemDone, ItemPostponed
from ledger.facts.invoice.holds import FollowUpHeld, FollowUpResumed
from ledger.facts.invoice.promises import PromiseWithdrawn
from ledger.facts.invoice.taking_up import ItemTakenUp
from support.desk import DeskUser, desk_user, hidden, plain
from support.http_clients import HttpClients, Person

OVERDUE = {"amount": "1210.00", "due_on": "2026-02-01", "on": "2026-01-02", "debtor": "D-7"}
FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"
UNDO = re.compile(r'<form method="post" action="/undo">.*?</form>', re.DOTALL)


@pytest.fixture
def keeper(http: HttpClients, anna: Person) -> DeskUser:
    """A collector named bram, with three overdue invoices of a debtor."""
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakkerij Jansen", "email": "j@d.example"})
    for number in ("F-1", "F-2", "F-3"):
        last = anna.record("/invoices", {"invoice": number, **OVERDUE})
    user = desk_user(http, Role.COLLECTOR, "bram")
    user.page(f"/today?at_least={last['position']}")
    return user


def undo_form(page: str) -> dict[str, str]:
    """Return the fields of the form that undoes what was just done; empty if there is none."""
    found = UNDO.search(page)
    return hidden(found[0]) if found else {}


def undone(user: DeskUser, page: str) -> str:
    answer = user.send("/undo", undo_form(page))
    assert answer.status_code == 303, plain(answer.text)
    return user.page(answer.headers["location"])


def tasks(page: str, noun: str) -> list[str]:
    return re.findall(rf'href="(/tasks/[^/"]+/{noun})', page)


def test_a_view_is_kept_renamed_and_deleted(keeper: DeskUser) -> None:
    address = "/today?action=chase+debtor&debtor=D-7"
    assert "Keep this view" not in keeper.page("/today"), "everything is a view already"
    kept = keeper.fill(address, "/views", name="  Bakery,  first ")
    assert kept.headers["location"] == address
    page = keeper.page(address)
    assert "Bakery, first 3" in plain(page), "with its number of tasks"
    assert re.search(r'aria-current="page">Bakery, first', page)
    assert "Keep this view" not in page
    [view] = re.findall(r'action="/views/([^/"]+)/name"', page)
    keeper.fill(address, f"/views/{view}/name", name="Bakery")
    assert "Bakery 3" in plain(keeper.page("/today"))
    assert keeper.fill(address, f"/views/{view}/name", name=" ").status_code == 422
    keeper.fill(address, f"/views/{view}/deletion")
    assert "Bakery 3" not in plain(keeper.page("/today"))


@pytest.mark.parametrize(
    "back", ["/today?collector=%00", "/today?collector=" + "x" * 201, "//[", "/mine?collector=bram"]
)
def test_what_is_no_filter_of_the_list_is_no_view_and_matches_nothing(
    keeper: DeskUser, back: str
) -> None:
    form = hidden(keeper.page("/today")) | {"back": back}
    assert keeper.send("/views", form | {"name": "Odd"}).status_code == 422
    every = keeper.send("/bulk", form | {"act": "holds", "all": "1"})
    assert every.status_code == 422, "the whole list is not meant"


@pytest.mark.parametrize("path", ["/today?collector=", "/invoices?number=", "/debtors?after="])
def test_a_character_that_no_database_takes_is_no_page(keeper: DeskUser, path: str) -> None:
    assert keeper.get(f"{path}%00").status_code == 404


def test_a_view_is_its_persons_own(http: HttpClients, keeper: DeskUser) -> None:
    address = "/today?debtor=D-7"
    keeper.fill(address, "/views", name="Bakery")
    [view] = re.findall(r'action="/views/([^/"]+)/name"', keeper.page(address))
    carla = desk_user(http, Role.COLLECTOR, "carla")
    assert "Bakery 3" not in plain(carla.page("/today"))
    carla.fill(address, f"/views/{view}/deletion")
    assert carla.fill(address, f"/views/{view}/name", name="Mine").status_code == 422
    assert "Bakery 3" in plain(keeper.page("/today"))
    assert (
        keeper.fill(address, "/views", name="Bakery", back="/today?debtor=D-8").status_code == 422
    )
    assert keeper.fill(address, "/views", name="All", back="/today").status_code == 422, "no filter"


def test_what_is_put_aside_has_a_place_and_a_count(http: HttpClients, keeper: DeskUser) -> None:
    [first, *_] = tasks(keeper.page("/today"), "snoozes")
    page = keeper.does(first, until="2026-03-20", why="Away until then.")
    assert "Put aside 1" in plain(page)
    place = keeper.page("/today/aside")
    assert "Away until then." in place
    assert "20 March" in place
    assert "1,210.00 EUR" in plain(place)
    [back] = tasks(place, "return")
    page = keeper.does(f"{back}?back=/today")
    assert len(http.recorded(ItemTakenUp)) == 1
    assert "3 to do" in plain(page)
    assert "Put aside 0" in plain(page)
    assert "Nothing is put aside." in keeper.page("/today/aside")
    assert tasks(desk_user(http, Role.AUDITOR).page("/today/aside"), "return") == []


def test_what_comes_back_by_itself_is_not_aside_any_more(
    http: HttpClients, keeper: DeskUser
) -> None:
    [first, *_] = tasks(keeper.page("/today"), "snoozes")
    keeper.does(first, until="2026-03-04", why="Away.")
    http.clock.advance(days=2)
    carla = desk_user(http, Role.COLLECTOR, "carla")
    assert "Put aside 0" in plain(carla.page("/today"))
    assert "3 to do" in plain(carla.page("/today"))


@pytest.mark.parametrize("noun", ["snoozes", "closure"])
def test_a_task_that_was_put_aside_or_done_can_be_undone(
    http: HttpClients, keeper: DeskUser, noun: str
) -> None:
    [first, *_] = tasks(keeper.page("/today"), noun)
    page = keeper.does(first, until="2026-03-20", why="Away.", text="Spoke to them.")
    assert "2 to do" in plain(page)
    page = undone(keeper, page)
    assert "3 to do" in plain(page)
    assert "taken up again" in plain(page)
    assert undo_form(page) == {}, "an undo has none"
    [entry] = [e for e in http.entries() if isinstance(e.event, ItemTakenUp)]
    assert entry.by == "bram"


def test_a_hold_and_a_promise_can_be_undone(http: HttpClients, keeper: DeskUser) -> None:
    page = undone(keeper, keeper.does(f"{FILE}/holds", reason="Waits"))
    assert len(http.recorded(FollowUpResumed)) == 1
    assert "3 to do" in plain(page)
    undone(keeper, keeper.does(f"{FILE}/promises", promised_for="2026-03-06"))
    assert len(http.recorded(PromiseWithdrawn)) == 1
    [debtor] = re.findall(r'href="(/debtors/[0-9a-f-]{36})', keeper.page(FILE))[:1]
    undone(keeper, keeper.does(f"{debtor}/holds", reason="Moving house"))
    assert len(http.recorded(DebtorResumed)) == 1


def test_what_has_no_undo_shows_none(keeper: DeskUser) -> None:
    """What was spoken or noted happened; a dispute has asked people already."""
    assert undo_form(keeper.does(f"{FILE}/notes", text="Ask for Claire.")) == {}
    page = keeper.does(f"{FILE}/calls", summary="Pays.", promised_for="2026-03-06")
    assert undo_form(page) == {}, "the promise could be undone, the call could not"
    assert undo_form(keeper.does(f"{FILE}/disputes", reason="price", comment="Less.")) == {}


def test_an_undo_is_of_ones_own_act_and_recorded_once(http: HttpClients, keeper: DeskUser) -> None:
    form = undo_form(keeper.does(f"{FILE}/holds", reason="Waits"))
    carla = desk_user(http, Role.COLLECTOR, "carla")
    theirs = hidden(carla.page("/me")) | {"position": form["position"]}
    assert carla.send("/undo", theirs).status_code == 404
    assert http.recorded(FollowUpResumed) == []
    assert [keeper.send("/undo", form).status_code for _ in range(2)] == [303, 303]
    assert len(http.recorded(FollowUpResumed)) == 1
    late = hidden(keeper.page("/me")) | {"position": form["position"], "form": ""}
    assert keeper.send("/undo", late).status_code == 409, "the hold is gone: its own rule answers"
    assert keeper.send("/undo", late | {"position": "x"}).status_code == 404


def test_a_task_that_another_put_aside_since_is_theirs(http: HttpClients, keeper: DeskUser) -> None:
    [mine, other, _] = tasks(keeper.page("/today"), "snoozes")
    forms = [
        undo_form(keeper.does(address, until="2026-03-20", why="Away."))
        for address in (mine, other)
    ]
    carla = desk_user(http, Role.COLLECTOR, "carla")
    carla.does(mine, until="2026-03-25", why="On holiday.")
    late = keeper.send("/undo", forms[0])
    assert late.status_code == 409
    assert "It has changed since you saw it." in plain(late.text)
    both = forms[0] | {"position": [form["position"] for form in forms], "form": ""}
    page = plain(keeper.send("/undo", both).text)
    assert "1 recorded, 1 not recorded" in page
    assert len(http.recorded(ItemTakenUp)) == 1


def test_a_second_tap_records_nothing_more_for_any_task(
    http: HttpClients, keeper: DeskUser
) -> None:
    page = keeper.page("/today")
    form = hidden(page) | {"act": "holds", "all": "1", "back": "/today"}
    asked = keeper.send("/bulk", form).text
    items = re.findall(r'name="item" value="([^"]+)"', asked)
    filled = hidden(asked) | {"item": items, "reason": "Fair week"}
    assert "3 recorded" in plain(keeper.send("/bulk/holds", filled).text)
    assert "3 unchanged" in plain(keeper.send("/bulk/holds", filled).text)
    changed = plain(keeper.send("/bulk/holds", filled | {"reason": "Other"}).text)
    assert "This form was sent already." in changed
    assert len(http.recorded(FollowUpHeld)) == 3


def test_all_that_match_at_once_with_a_preview_and_a_result_each(
    http: HttpClients, anna: Person, keeper: DeskUser
) -> None:
    for nth in range(60):
        last = anna.record("/invoices", {"invoice": f"G-{nth}", **OVERDUE, "debtor": "D-8"})
    page = keeper.page(f"/today?debtor=D-8&at_least={last['position']}")
    assert "All 60 that match" in plain(page)
    assert page.count('name="item"') == 50, "a page has fewer"
    form = hidden(page) | {"act": "holds", "all": "1", "back": "/today?debtor=D-8"}
    asked = keeper.send("/bulk", form).text
    assert "60 tasks" in plain(asked)
    assert "and 48 more" in plain(asked)
    items = re.findall(r'name="item" value="([^"]+)"', asked)
    filled = hidden(asked) | {"item": items, "reason": "Fair week"}
    before = len(http.entries())
    shown = keeper.send("/bulk/holds", filled | {"check": "1"}).text
    assert "60 recorded" in plain(shown)
    assert "Fair week" in shown
    assert len(http.entries()) == before
    done = keeper.send("/bulk/holds", filled).text
    assert done.count('class="badge paid"') == 60
    assert len(http.recorded(FollowUpHeld)) == 60
    back = UNDO.search(done)
    assert back
    positions = re.findall(r'name="position" value="(\d+)"', back[0])
    undone_ = keeper.send("/undo", hidden(back[0]) | {"position": positions}).text
    assert "60 recorded" in plain(undone_)
    assert len(http.recorded(FollowUpResumed)) == 60


def test_a_refusal_stops_no_other(
    http: HttpClients, keeper: DeskUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    form = hidden(keeper.page("/today")) | {"act": "closure", "all": "1"}
    asked = keeper.send("/bulk", form).text
    items = re.findall(r'name="item" value="([^"]+)"', asked)
    assert len(items) == 2, "no more than can be worked through"
    keeper.does(f"/tasks/{items[0]}/snoozes", until="2026-03-20", why="Away.")
    done = plain(keeper.send("/bulk/closure", hidden(asked) | {"item": items}).text)
    assert "1 recorded, 1 not recorded" in done
    assert len(http.recorded(ItemDone)) == 1


def test_since_you_last_looked_counts_exactly(http: HttpClients, anna: Person) -> None:
    for number, collector in (("F-1", "bram"), ("F-2", "bram"), ("F-3", "anna")):
        anna.record("/invoices", {"invoice": number, **OVERDUE, "collector": collector})
    bram = desk_user(http, Role.COLLECTOR, "bram")
    bram.page("/today")
    assert "/since" not in bram.page("/today"), "who never looked begins now"
    anna.record("/invoices/F-1/notes", {"text": "They moved."})
    anna.record("/invoices/F-2/notes", {"text": "They call back."})
    anna.record("/invoices/F-2/notes", {"text": "They did."})
    last = anna.record("/invoices/F-3/notes", {"text": "Not bram's."})
    bram.does(f"{FILE}/notes", text="My own.")
    today = plain(bram.page(f"/today?at_least={last['position']}"))
    assert "3 changes on 2 of your invoices since today" in today
    assert "3 changes" in plain(bram.page("/today")), "looking at the list moves nothing"
    page = bram.page("/since")
    words = plain(page)
    assert [text in words for text in ("They moved.", "They did.", "Not bram's.", "My own.")] == [
        True,
        True,
        False,
        False,
    ]
    form = hidden(page)
    anna.record("/invoices/F-1/notes", {"text": "Meanwhile."})
    bram.send("/since", form)
    last = anna.record("/invoices/F-3/notes", {"text": "Nor this."})
    today = plain(bram.page(f"/today?at_least={last['position']}"))
    assert "1 change on an invoice of yours since today" in today, "none is lost between"


def test_changes_of_disputes_are_named_with_the_day(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices", {"invoice": "F-1", **OVERDUE})
    bram = desk_user(http, Role.COLLECTOR, "bram")
    bram.page("/today")
    dispute = {"invoices": [{"invoice": "F-1"}], "reason": "price", "comment": "Less."}
    opened = anna.record("/disputes", dispute)
    case = opened["entries"][0]["data"]["case_id"]
    last = anna.record(f"/disputes/{case}/assign", {"resolver": "bram"})
    http.clock.advance(days=1)
    assert bram.person
    with http.pool.connection() as conn:
        token = sign_in.link_token(conn, bram.person, http.clock())
    bram.send(f"/sign-in/link/{token}")
    today = plain(bram.page(f"/today?at_least={last['position']}"))
    assert "2 changes on a dispute of yours since Monday 2 March" in today


def test_settings_are_kept(http: HttpClients, keeper: DeskUser) -> None:
    assert 'data-keys="off"' not in keeper.page("/today")
    page = keeper.does("/me", "/me/settings", digest_at="7", zone="Europe/Lisbon")
    assert "Your settings are kept." in page
    assert 'data-keys="off"' in page
    assert 'value="7" selected' in page
    assert "<option selected>Europe/Lisbon" in page
    keeper.does("/me", "/me/settings", keys="on")
    page = keeper.page("/me")
    assert 'data-keys="off"' not in page
    assert 'value="7" selected' not in page
    for wrong in ({"zone": "Mars/Base"}, {"digest_at": "25"}, {"digest_at": "seven"}):
        assert keeper.fill("/me", "/me/settings", **wrong).status_code == 422


def test_a_debtors_task_is_taken_up(http: HttpClients, anna: Person, keeper: DeskUser) -> None:
    last = anna.record("/debtors/D-7/money", {"reference": "B-1", "amount": "10.00"})
    page = keeper.page(f"/today?action=unallocated+money&at_least={last['position']}")
    [task] = tasks(page, "snoozes")
    undone(keeper, keeper.does(task, until="2026-03-20", why="Ask them."))
    assert len(http.recorded(DebtorItemTakenUp)) == 1
    assert len(http.recorded(ItemPostponed)) == 0
