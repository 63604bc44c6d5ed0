"""Where a hand-off goes: what is there already, what gets in between, and what is killed."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from commands.invoices.contacts import AddNote
from ledger.database.pool import Conn
from support.cli import CliUser
from support.handoff_case import WAITING, Folder, HandOffCase

AGREED = ("--agency", "Incasso BV", "--yes")


@pytest.fixture(autouse=True)
def two_letters(handoff_case: HandOffCase) -> None:
    for number in ("A-1", "A-2"):
        handoff_case.register(number)
        handoff_case.attach(number, "letter.pdf")


def open_as_owner(cli: CliUser) -> Conn:
    return psycopg.connect(cli.url, options="-c search_path=ledger")


def topics(handoff_case: HandOffCase, number: str = "A-1") -> list[str]:
    return [entry.event.topic for entry in handoff_case.book(number)]


def test_the_command_says_where_it_is_and_its_sum(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    told = cli("handoff", "A-1", "A-2", *AGREED, "--to", to).ok().out
    assert str(to) in told
    assert "Incasso BV" in told
    assert Folder(to).manifest_sha256 in told
    assert topics(handoff_case)[-1] == "handed-off.v1"


def test_the_command_answers_in_json(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    said = cli("handoff", "A-1", *AGREED, "--to", to, "--json").ok().json
    assert said["folder"] == str(to)
    assert said["manifest_sha256"] == Folder(to).manifest_sha256


def test_an_empty_folder_is_filled(handoff_case: HandOffCase, tmp_path: Path) -> None:
    handoff_case.hand_off(tmp_path, "A-1")
    assert (tmp_path / "manifest.json").exists()


@pytest.mark.parametrize("content", [b"my thesis", b"{}", b'{"handoff_id": 7}', b"[]"])
def test_a_folder_of_something_else_is_left_alone(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    cli("handoff", "A-1", *AGREED, "--to", tmp_path).refused(str(tmp_path), "is no hand-off")
    assert (tmp_path / "manifest.json").read_bytes() == content
    assert topics(handoff_case)[-1] == "document-attached.v1"


def test_a_file_in_its_place_is_left_alone(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    (tmp_path / "out").write_bytes(b"my thesis")
    cli("handoff", "A-1", *AGREED, "--to", tmp_path / "out").refused("is no hand-off")
    assert (tmp_path / "out").read_bytes() == b"my thesis"


@pytest.mark.parametrize("number", ["A-1", "A-2"])
def test_a_recorded_handoff_is_never_written_over(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path, number: str
) -> None:
    """Not by another invoice's either."""
    to = tmp_path / "out"
    handed = handoff_case.hand_off(to, "A-1")
    handoff_case.execute(*[AddNote(invoice="A-1", text="They got it.")])
    cli("record", "recall-hand-off", "--invoice", "A-1", "--why", "Mistake.").ok()
    asked = cli("handoff", number, *AGREED, "--to", to)
    asked.refused(f"holds hand-off {handed.handoff_id} already")
    assert Folder(to).manifest_sha256 == handed.manifest_sha256


def test_another_tenants_handoff_is_never_written_over(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    handoff_case.hand_off(tmp_path / "out", "A-1")
    cli("tenant", "add", "acme").ok()
    acme = CliUser(cli.url, "acme")
    acme.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
    acme("handoff", "A-1", *AGREED, "--to", tmp_path / "out").refused("already")


def test_what_is_written_meanwhile_makes_it_begin_again(
    handoff_case: HandOffCase, database: str, tmp_path: Path
) -> None:
    """It has read the book, and waits for its document, when a note comes in."""
    with (
        psycopg.connect(database, options="-c search_path=ledger") as other,
        ThreadPoolExecutor() as threads,
    ):
        other.execute("lock table document in access exclusive mode")
        going = threads.submit(handoff_case.hand_off, tmp_path / "out", "A-1", "A-2")
        while other.execute(WAITING).fetchone() == (0,):
            assert not going.done(), going.result()
        handoff_case.execute(AddNote(invoice="A-2", text="Wait!"))
        other.commit()
        handed = going.result()
    assert topics(handoff_case, "A-2")[-2:] == ["note-added.v1", "handed-off.v1"]
    assert topics(handoff_case).count("handed-off.v1") == 1
    folder = Folder(tmp_path / "out")
    assert folder.events("A-2")[-1]["type"] == "dossier.note-added.v1"
    assert handoff_case.book("A-1")[-1].event.manifest_sha256 == folder.manifest_sha256
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert handed.events == 5


def test_killed_before_it_was_recorded_the_same_again_works(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    with open_as_owner(cli) as other:
        _kill_before_record(cli, other, to)
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'"
        )
    left = Folder(to).manifest_sha256
    assert topics(handoff_case)[-1] == "document-attached.v1"
    cli("handoff", "A-1", *AGREED, "--to", to).ok()
    assert Folder(to).manifest_sha256 != left
    assert handoff_case.book("A-1")[-1].event.manifest_sha256 == Folder(to).manifest_sha256


def test_killed_when_the_database_records_it_all_the_same_the_folder_is_the_right_one(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    with open_as_owner(cli) as other:
        _kill_before_record(cli, other, to)
    while topics(handoff_case)[-1] != "handed-off.v1":
        pass  # the server does what it was asked, though nobody waits for the answer
    assert handoff_case.book("A-1")[-1].event.manifest_sha256 == Folder(to).manifest_sha256
    cli("handoff", "A-1", *AGREED, "--to", to).refused("is with Incasso BV")


def _kill_before_record(cli: CliUser, other: Conn, to: Path) -> None:
    """The head is held, so that the record waits."""
    other.execute("select from tenant_head for update")
    with cli.started("handoff", "A-1", *AGREED, "--to", to) as process:
        while not to.exists() or other.execute(WAITING).fetchone() == (0,):
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_place_that_cannot_be_written_is_named(
    handoff_case: HandOffCase, cli: CliUser, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    cli("handoff", "A-1", *AGREED, "--to", tmp_path / "file" / "out").refused("Not a directory")
    assert topics(handoff_case)[-1] == "document-attached.v1"
