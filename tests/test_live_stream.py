"""The stream of an open page: whom it tells what, and when it ends."""

from collections.abc import Iterator

import pytest

from api.app import create_app
from api.http.auth import people
from api.http.auth.keys import Role
from api.pages.desk import changes, live
from commands.disputes.resolvers import AssignResolver
from commands.invoices.contacts import AddNote
from ledger.database.pool import Conn
from ledger.facts.books import book_id
from support.desk import DeskUser, desk_user
from support.examples import CASE
from support.listening import listening
from support.living_desk import LiveStream
from support.two_units import TwoUnits

NORTH, SOUTH = (str(book_id("default", "invoice", number)) for number in ("N-1", "S-1"))


@pytest.fixture
def live_port(two_units: TwoUnits, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that looks often."""
    monkeypatch.setattr(changes, "LOOK", 0.05)
    monkeypatch.setattr(changes, "APART", 0.0)
    monkeypatch.setattr(live, "CHECKED", 0.05)
    monkeypatch.setattr(live, "PAUSE", 0.05)
    with listening(create_app(database, two_units.http.clock, with_worker=False)) as port:
        yield port


def hears(port: int, user: DeskUser, **more: str) -> LiveStream:
    """Open a stream; what happens from here on is heard."""
    stream = LiveStream(port, user.cookies, **more)
    assert stream.answer.status == 200, stream.answer.read()
    assert stream.block() == {"retry": "3000"}
    return stream


def heard(stream: LiveStream, last: str) -> dict[str, str]:
    """Return what a stream names until it names the last: changes may come together."""
    changed: dict[str, str] = {}
    while last not in changed:
        changed |= stream.message()["changed"]
    return changed


def note(number: str) -> AddNote:
    return AddNote(invoice=number, text="They call back.")


def test_a_change_is_heard_with_who_made_it(two_units: TwoUnits, live_port: int) -> None:
    user = desk_user(two_units.http, Role.COLLECTOR, "bram")
    stream = hears(live_port, user)
    two_units.execute(note("N-1"))
    assert stream.message() == {"changed": {NORTH: "anna"}, "all": False}
    two_units.execute(AssignResolver(invoice="N-1", case_id=CASE, resolver="zoe"))
    assert heard(stream, str(CASE)) == {NORTH: "anna", str(CASE): "anna"}
    stream.close()


def test_nobody_hears_of_what_they_may_not_see(two_units: TwoUnits, live_port: int) -> None:
    north = desk_user(two_units.http, Role.COLLECTOR, "nel", business_units=["north"])
    sam = desk_user(two_units.http, Role.RESOLVER, "sam")
    neighbour = desk_user(two_units.http, Role.ADMIN, "ned", tenant="acme")
    streams = [hears(live_port, user) for user in (north, sam, neighbour)]
    two_units.execute(note("S-1"))
    two_units.execute(note("N-1"))
    two_units.execute(AssignResolver(invoice="N-1", case_id=CASE, resolver="zoe"))
    both = {NORTH: "anna", str(CASE): "anna"}
    assert heard(streams[0], str(CASE)) == both, "not of the south"
    assert heard(streams[1], str(CASE)) == both, (
        "a note is not for resolvers; a case that is theirs no more is"
    )
    two_units.next_door.execute(note("A-1"))
    two_units.catch_up()
    assert list(streams[2].message()["changed"]) == [str(book_id("acme", "invoice", "A-1"))]
    for stream in streams:
        stream.close()


def test_a_page_that_comes_back_hears_what_it_missed(two_units: TwoUnits, live_port: int) -> None:
    user = desk_user(two_units.http, Role.COLLECTOR, "bram")
    stream = hears(live_port, user)
    two_units.execute(note("N-1"))
    block = stream.block()
    two_units.execute(note("S-1"))
    stream.message()
    again = hears(live_port, user, Last_Event_ID=block["id"])
    assert again.message()["changed"] == {SOUTH: "anna"}
    long_ago = hears(live_port, user, Last_Event_ID="1")
    assert long_ago.message() == {"changed": {}, "all": True}
    for opened in (stream, again, long_ago):
        opened.close()


def test_too_much_at_once_is_not_named(
    two_units: TwoUnits, live_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 2)
    stream = hears(live_port, desk_user(two_units.http, Role.COLLECTOR, "bram"))
    two_units.execute(note("N-1"), note("S-1"), note("S-2"))
    assert stream.message() == {"changed": {}, "all": True}
    stream.close()


@pytest.mark.parametrize("how", ["signs out", "another role", "stays away"])
def test_a_stream_ends_with_its_session(
    two_units: TwoUnits, live_port: int, owner: Conn, how: str
) -> None:
    user = desk_user(two_units.http, Role.COLLECTOR, "bram")
    stream = hears(live_port, user)
    if how == "signs out":
        user.fill("/me", "/sign-out")
    elif how == "another role":
        owner.execute("update person set role = 'auditor' where tenant_id = 'default'")
    else:
        two_units.http.clock.advance(hours=3)
    assert stream.ends()
    stream.close()


def test_a_session_has_four_live_pages(two_units: TwoUnits, live_port: int) -> None:
    user = desk_user(two_units.http, Role.COLLECTOR, "bram")
    streams = [hears(live_port, user) for _ in range(changes.STREAMS)]
    fifth = LiveStream(live_port, user.cookies)
    assert fifth.answer.status == 429
    other = desk_user(two_units.http, Role.COLLECTOR, "carla")
    streams += [hears(live_port, other)]
    for stream in [*streams, fifth]:
        stream.close()


def test_a_stream_that_could_not_begin_counts_for_nothing(
    two_units: TwoUnits, live_port: int, owner: Conn
) -> None:
    user = desk_user(two_units.http, Role.COLLECTOR, "bram")
    owner.execute("alter table follower rename to follower_away")
    try:
        tried = [LiveStream(live_port, user.cookies) for _ in range(changes.STREAMS)]
        assert {stream.answer.status for stream in tried} == {500}
    finally:
        owner.execute("alter table follower_away rename to follower")
    for stream in [*tried, hears(live_port, user)]:
        stream.close()


def test_a_page_that_reads_itself_again_keeps_no_session_open(two_units: TwoUnits) -> None:
    user, clock = desk_user(two_units.http, Role.COLLECTOR, "bram"), two_units.http.clock
    clock.advance(hours=2)
    user.get("/today", headers={"X-Live": "1"})
    clock.advance(hours=1, minutes=1)
    assert user.get("/today").status_code == 303


def test_the_stream_is_for_people_who_signed_in(two_units: TwoUnits, live_port: int) -> None:
    stranger = LiveStream(live_port, {})
    assert stranger.answer.status == 303
    stranger.close()
    user = desk_user(two_units.http, Role.COLLECTOR, "bram")
    assert user.get("/live").status_code == 422, "no browser opens it as a page"
    assert people.named("default", "bram")
