"""Where a hand-off goes: what is there already, what gets in between, and what is killed."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from api import wiring
from api.wiring import Desk
from commands.contacts import AddNote
from ledger.pool import Conn, Pool
from ledger.store import Ledger
from support.cli import Dossier
from support.handoff_case import WAITING, Folder, Office


@pytest.fixture
def office(pool: Pool, ledger: Ledger) -> Office:
    office = Office(Desk(pool, ledger, wiring.now))
    for number in ("A-1", "A-2"):
        office.registers(number)
        office.attaches(number, "letter.pdf")
    return office


@pytest.fixture
def dossier(database_url: str) -> Dossier:
    return Dossier(database_url)


def owner(dossier: Dossier) -> Conn:
    return psycopg.connect(dossier.url, options="-c search_path=ledger")


def topics(office: Office, number: str = "A-1") -> list[str]:
    return [entry.event.topic for entry in office.book(number)]


def test_the_command_says_where_it_is_and_its_sum(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    told = dossier("handoff", "A-1", "A-2", "--to", to, "--agency", "Incasso BV").ok().out
    assert str(to) in told
    assert "Incasso BV" in told
    assert Folder(to).manifest_sha256 in told
    assert topics(office)[-1] == "handed-off.v1"


def test_the_command_answers_in_json(office: Office, dossier: Dossier, tmp_path: Path) -> None:
    to = tmp_path / "out"
    said = dossier("handoff", "A-1", "--to", to, "--json").ok().json
    assert said["folder"] == str(to)
    assert said["manifest_sha256"] == Folder(to).manifest_sha256


def test_an_empty_folder_is_filled(office: Office, tmp_path: Path) -> None:
    office.hands_off(tmp_path, "A-1")
    assert (tmp_path / "manifest.json").exists()


@pytest.mark.parametrize("content", [b"my thesis", b"{}", b'{"handoff_id": 7}', b"[]"])
def test_a_folder_of_something_else_is_left_alone(
    office: Office, dossier: Dossier, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    dossier("handoff", "A-1", "--to", tmp_path).refused(str(tmp_path), "is no hand-off")
    assert (tmp_path / "manifest.json").read_bytes() == content
    assert topics(office)[-1] == "document-attached.v1"


def test_a_file_in_its_place_is_left_alone(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    (tmp_path / "out").write_bytes(b"my thesis")
    dossier("handoff", "A-1", "--to", tmp_path / "out").refused("is no hand-off")
    assert (tmp_path / "out").read_bytes() == b"my thesis"


@pytest.mark.parametrize("number", ["A-1", "A-2"])
def test_a_recorded_handoff_is_never_written_over(
    office: Office, dossier: Dossier, tmp_path: Path, number: str
) -> None:
    """Not by another invoice's either."""
    to = tmp_path / "out"
    handed = office.hands_off(to, "A-1")
    office.does(*[AddNote(invoice="A-1", text="They got it.")])
    dossier("record", "recall-hand-off", "--invoice", "A-1", "--why", "Mistake.").ok()
    asked = dossier("handoff", number, "--to", to)
    asked.refused(f"holds hand-off {handed.handoff_id} already")
    assert Folder(to).manifest_sha256 == handed.manifest_sha256


def test_another_tenants_handoff_is_never_written_over(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    office.hands_off(tmp_path / "out", "A-1")
    dossier("tenant", "add", "acme").ok()
    acme = Dossier(dossier.url, "acme")
    acme.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
    acme("handoff", "A-1", "--to", tmp_path / "out").refused("already")


def test_what_is_written_meanwhile_makes_it_begin_again(
    office: Office, database_url: str, tmp_path: Path
) -> None:
    """It has read the book, and waits for its document, when a note comes in."""
    with (
        psycopg.connect(database_url, options="-c search_path=ledger") as other,
        ThreadPoolExecutor() as threads,
    ):
        other.execute("lock table document in access exclusive mode")
        going = threads.submit(office.hands_off, tmp_path / "out", "A-1", "A-2")
        while other.execute(WAITING).fetchone() == (0,):
            assert not going.done(), going.result()
        office.does(AddNote(invoice="A-2", text="Wait!"))
        other.commit()
        handed = going.result()
    assert topics(office, "A-2")[-2:] == ["note-added.v1", "handed-off.v1"]
    assert topics(office).count("handed-off.v1") == 1
    folder = Folder(tmp_path / "out")
    assert folder.events("A-2")[-1]["type"] == "dossier.note-added.v1"
    assert office.book("A-1")[-1].event.manifest_sha256 == folder.manifest_sha256
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert handed.events == 5


def test_killed_before_it_was_recorded_the_same_again_works(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    with owner(dossier) as other:
        _kill_before_record(dossier, other, to)
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'"
        )
    left = Folder(to).manifest_sha256
    assert topics(office)[-1] == "document-attached.v1"
    dossier("handoff", "A-1", "--to", to).ok()
    assert Folder(to).manifest_sha256 != left
    assert office.book("A-1")[-1].event.manifest_sha256 == Folder(to).manifest_sha256


def test_killed_when_the_database_records_it_all_the_same_the_folder_is_the_right_one(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    with owner(dossier) as other:
        _kill_before_record(dossier, other, to)
    while topics(office)[-1] != "handed-off.v1":
        pass  # the server does what it was asked, though nobody waits for the answer
    assert office.book("A-1")[-1].event.manifest_sha256 == Folder(to).manifest_sha256
    dossier("handoff", "A-1", "--to", to).refused("is recorded")


def _kill_before_record(dossier: Dossier, other: Conn, to: Path) -> None:
    """The head is held, so that the record waits."""
    other.execute("select from tenant_head for update")
    with dossier.started("handoff", "A-1", "--to", to) as process:
        while not to.exists() or other.execute(WAITING).fetchone() == (0,):
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_place_that_cannot_be_written_is_named(
    office: Office, dossier: Dossier, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    dossier("handoff", "A-1", "--to", tmp_path / "file" / "out").refused("Not a directory")
    assert topics(office)[-1] == "document-attached.v1"
