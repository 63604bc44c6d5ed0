"""What was written stays readable; what cannot be read is refused, and nothing is skipped."""

import json
from datetime import UTC
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.database.pool import Pool
from ledger.engine.rebuild import prepare
from ledger.facts.books import KINDS
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice.registration import NoteAdded
from ledger.facts.upcasts import UPCASTS
from ledger.store.append import make_line
from ledger.store.codec import decode, encode
from ledger.store.errors import Unreadable
from ledger.store.ledger import Ledger
from support.histories import AT, EVENTS, LINES, MODELS, any_of, folded, note, shown, worker

A, B = UUID(int=1), UUID(int=2)
STATE = '{"at":"2026-03-01T09:00:00Z","by":"anna","event":{"on":"2026-03-01","text":"Hello."}}'


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_every_event_is_read_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    words = st.none() | st.text(max_size=5)
    entry = Entry(
        book_id=A,
        line=3,
        at=data.draw(st.datetimes(timezones=st.just(UTC))),
        by=data.draw(st.text(max_size=5)),
        event=data.draw(any_of(kind)),
        position=7,
        correlation=data.draw(words),
        causation=data.draw(words),
        flags=tuple(data.draw(st.lists(st.text(max_size=3), max_size=2))),
    )
    assert decode(A, 3, kind.topic, encode(entry), 7) == entry


def test_every_event_is_of_one_kind_of_book_and_in_the_closed_registry() -> None:
    missing = set(Event.by_topic.values()) ^ set(KINDS)
    assert missing == set(), "add the union of the event to its kind in src/ledger/facts/books.py"
    kinds = {kind.name: kind for kind in KINDS.values()}
    assert sum(len(kind.events) for kind in kinds.values()) == len(KINDS)


@pytest.mark.parametrize("topic", [*Event.by_topic, *UPCASTS])
def test_every_topic_says_its_version(topic: str) -> None:
    name, _, version = topic.rpartition(".v")
    assert name.replace("-", "").isalpha()
    assert name == name.lower()
    assert version.isdigit()


def test_a_topic_is_taken_once() -> None:
    with pytest.raises(TypeError, match="taken by NoteAdded"):
        type("Again", (Event,), {}, topic="note-added.v1")


def test_what_is_stored_can_be_read_by_an_auditor() -> None:
    assert json.loads(encode(note(A, 1, "Hello."))) == json.loads(STATE)


@pytest.mark.parametrize(
    ("topic", "why"),
    [
        ("from-the-future.v1", "does not know.*[Uu]pgrade"),
        ("note-added.v2", "version 2 .* only as note-added.v1.* newer Dossier wrote it: upgrade"),
        ("os.system", "does not know.*[Uu]pgrade"),
        ("", "does not know.*[Uu]pgrade"),
    ],
)
def test_what_this_code_does_not_know_is_refused_with_what_to_do(topic: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        decode(A, 1, topic, STATE, 1)


@pytest.mark.parametrize(
    "state",
    [
        "",
        "{}",
        "not json",
        STATE[:-1],
        STATE.replace("2026-03-01T", "yesterday"),
        STATE.replace('"text"', '"words"'),
        STATE.replace('"Hello."', "7"),
    ],
)
def test_a_state_that_does_not_fit_is_unreadable_and_named(state: str) -> None:
    with pytest.raises(Unreadable, match=rf"Line 4 of book {A} \(position 9\)"):
        decode(A, 4, "note-added.v1", state, 9)


@pytest.fixture
def old_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before ``note-added.v1`` there were two others."""

    def second(old: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "note-added.v1", {"on": old["on"], "text": old["words"]}

    def first(old: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "note-written.v2", {"on": old["day"], "words": old["words"]}

    monkeypatch.setitem(UPCASTS, "note-written.v1", first)
    monkeypatch.setitem(UPCASTS, "note-written.v2", second)


@pytest.mark.usefixtures("old_notes")
def test_old_handwriting_is_read_step_by_step() -> None:
    old = {"at": AT, "by": "anna", "event": {"day": "2026-03-01", "words": "Hello."}, "flags": []}
    entry = decode(A, 1, "note-written.v1", msgspec.json.encode(old), 5)
    assert entry == Entry(A, 1, AT, "anna", NoteAdded(on=AT.date(), text="Hello."), 5)


@pytest.mark.usefixtures("old_notes")
@pytest.mark.parametrize("state", ["{}", "[]", '{"event":{}}', '{"event":[]}', "7", "nonsense"])
def test_old_handwriting_that_does_not_fit_is_unreadable_and_named(state: str) -> None:
    with pytest.raises(Unreadable, match=rf"Line 4 of book {A} \(position 9\)"):
        decode(A, 4, "note-written.v1", state, 9)


@pytest.mark.usefixtures("old_notes")
def test_a_version_between_known_ones_and_newer_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"only as note-written\.v1, note-written\.v2"):
        decode(A, 1, "note-written.v3", STATE, 1)


@pytest.mark.parametrize("topic", ["from-the-future.v1", "note-added.v2"])
def test_a_follower_stops_at_what_it_cannot_read_until_the_code_is_newer(
    pool: Pool, ledger: Ledger, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(pool, MODELS, AT)
    follows = worker(pool, batch=1)
    ledger.write([note(A, 1)])
    ledger.ours.appender.append([make_line("default", B, 1, topic, STATE)])
    ledger.write([note(A, 2)])
    for _ in range(2):
        with pytest.raises(Unreadable):
            follows.catch_up()
        with pool.connection() as conn:
            assert conn.execute("select distinct position from follower").fetchall() == [(1,)]
            assert [(row.book_id, row.line) for row in shown(conn, LINES)] == [(A, 1)]
            assert conn.execute("select count(*) from parked").fetchone() == (0,)
    monkeypatch.setitem(UPCASTS, topic, lambda fields: ("note-added.v1", fields))
    assert follows.catch_up() == 2
    with pool.connection() as conn:
        assert shown(conn, LINES) == folded(LINES, ledger.since(0, 10))
