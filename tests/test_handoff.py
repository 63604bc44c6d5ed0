"""What a collection agency gets: the whole file, and sums that prove it."""

import re
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from api.handoff.naming import name_of
from commands.debtors.registration import RegisterDebtor
from commands.payments.payments import ReceivePayment
from ledger.policy.refusal import NotFound, Refused
from support.examples import money
from support.handoff_case import LETTER, Folder, HandOffCase

NAME = re.compile("^[a-z0-9]{1,20}$")
REQUIRED = {"specversion", "id", "source", "type"}
ODD = [
    "../x",
    "a/b",
    "..",
    ".",
    "with space",
    "é€漢",
    "é" * 100,
    "é" * 99 + "x",
    "%2F",
    "-rf",
    "a\\b",
]


@pytest.fixture
def handed(handoff_case: HandOffCase, tmp_path: Path) -> Folder:
    """A-1 with a letter, a call that names it, and a photo of the same name as the letter."""
    handoff_case.execute(RegisterDebtor(debtor="D-7", name="Bäckerei Jansen", country="DE"))
    handoff_case.register(debtor="D-7")
    letter = handoff_case.attach("A-1", "a letter.pdf")
    handoff_case.log_call("A-1", "Will pay.\n   9  2026-01-01  eva: Paid.", letter)
    handoff_case.attach("A-1", "a letter.pdf", b"photo")
    handoff_case.execute(ReceivePayment(invoice="A-1", reference="P", amount=money("20.50")))
    handoff_case.hand_off(tmp_path / "out", "A-1")
    return Folder(tmp_path / "out")


def test_every_event_is_a_cloudevent(handed: Folder) -> None:
    for event in handed.events("A-1"):
        assert set(event) >= REQUIRED | {"time", "subject", "datacontenttype", "data"}
        assert all(NAME.match(name) for name in event)
        assert all(isinstance(value, str | int | bool) for n, value in event.items() if n != "data")
        assert event["specversion"] == "1.0"
        assert event["subject"] == "invoice/A-1"
        assert event["type"].startswith("dossier.")
        assert datetime.fromisoformat(event["time"]).utcoffset() is not None


def test_the_events_are_the_whole_book_in_order(handoff_case: HandOffCase, handed: Folder) -> None:
    """All that was written before the hand-off; the hand-off itself is the next line."""
    events, book = handed.events("A-1"), handoff_case.book("A-1")
    assert [event["bookline"] for event in events] == list(range(1, len(book)))
    assert [event["type"] for event in events] == [f"dossier.{e.event.topic}" for e in book[:-1]]
    assert [event["sequence"] for event in events] == [f"{e.position:020}" for e in book[:-1]]
    assert [event["id"] for event in events] == [f"default:{e.position}" for e in book[:-1]]
    assert [event["authid"] for event in events] == [e.by for e in book[:-1]]


def test_both_times_are_told_and_the_business_date_is_a_day_in_amsterdam(
    handoff_case: HandOffCase, handed: Folder
) -> None:
    first = handed.events("A-1")[0]
    assert first["time"] == "2026-03-03T00:00:00+01:00"
    assert first["recordedtime"] == "2026-03-02T23:30:00+00:00"


def test_the_content_hash_is_the_ledgers_own(handoff_case: HandOffCase, handed: Folder) -> None:
    told = [event["contenthash"] for event in handed.events("A-1")]
    assert told == handoff_case.hashes("A-1")[:-1]


def test_the_contact_log_has_a_line_for_every_entry(handed: Folder) -> None:
    text = (handed.of("A-1") / "contact-log.txt").read_text("utf-8")
    lines = text.splitlines()
    assert len(lines) == len(handed.events("A-1"))
    assert [int(line.split()[0]) for line in lines] == list(range(1, len(lines) + 1))
    assert "Will pay. /    9  2026-01-01  eva: Paid." in lines[2]


def test_documents_are_there_once_and_byte_for_byte(handed: Folder) -> None:
    kept = sorted((handed.of("A-1") / "documents").iterdir())
    assert sorted(path.read_bytes() for path in kept) == [LETTER, b"photo"]
    assert all(path.name.endswith("-a%20letter.pdf") for path in kept)


@pytest.mark.parametrize(
    ("name", "media_type", "ending"),
    [
        ("mail", "message/rfc822", "mail.eml"),
        ("letter", "application/pdf", "letter.pdf"),
        ("document", "application/json; charset=utf-8", "document.json"),
        ("scan.tiff", "image/png", "scan.tiff"),
        ("document", "application/x-unheard-of", "document"),
    ],
)
def test_a_name_says_what_kind_of_document_it_is(name: str, media_type: str, ending: str) -> None:
    assert name_of("a" * 64, name, media_type) == f"{'a' * 12}-{ending}"


def test_the_manifest_counts_and_sums_every_file(handed: Folder) -> None:
    manifest = handed.manifest
    assert {one["path"]: (one["size"], one["sha256"]) for one in manifest["files"]} == handed.sums()
    assert manifest["counts"] == {
        "invoices": 1,
        "events": len(handed.events("A-1")),
        "documents": 2,
    }
    assert (manifest["agency"], manifest["made_by"]) == ("Incasso BV", "anna")


def test_the_manifest_says_who_owes_what(handed: Folder) -> None:
    [part] = handed.manifest["invoices"]
    assert part["debtor"]["name"] == "Bäckerei Jansen"
    assert (part["principal"], part["paid"], part["claim"]) == ("100.00", "20.50", "79.50")


def test_the_handoff_is_the_next_line_and_carries_the_manifests_sum(
    handoff_case: HandOffCase, handed: Folder
) -> None:
    [part] = handed.manifest["invoices"]
    last = handoff_case.book("A-1")[-1]
    assert last.event.topic == "handed-off.v1"
    assert last.line == part["last_line"] + 1 == handed.events("A-1")[-1]["bookline"] + 1
    assert last.event.manifest_sha256 == handed.manifest_sha256
    assert str(last.event.handoff_id) == handed.manifest["handoff_id"]
    assert last.event.claim == money("79.50")


def test_several_invoices_go_in_one_folder_under_one_handoff(
    handoff_case: HandOffCase, tmp_path: Path
) -> None:
    for number in ("A-1", "A-2", "A-3"):
        handoff_case.register(number)
        handoff_case.attach(number, "terms.pdf")
    answer = handoff_case.hand_off(tmp_path / "out", "A-1", "A-2", "A-3", "A-1")
    assert (answer.invoices, answer.events, answer.documents) == (3, 6, 3)
    last = [handoff_case.book(number)[-1] for number in ("A-1", "A-2", "A-3")]
    assert {entry.event.handoff_id for entry in last} == {answer.handoff_id}
    assert {entry.event.manifest_sha256 for entry in last} == {answer.manifest_sha256}
    assert [entry.position for entry in last] == [7, 8, 9]


def test_whatever_a_number_looks_like_its_files_stay_inside(
    handoff_case: HandOffCase, tmp_path: Path
) -> None:
    for number in ODD:
        handoff_case.register(number)
        handoff_case.attach(number, f"{number}/../{number}.pdf"[:200])
    to = tmp_path / "deep" / "out"
    handoff_case.hand_off(to, *ODD)
    folder = Folder(to)
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in to.parent.iterdir()] == ["out"]
    assert len({part["folder"] for part in folder.manifest["invoices"]}) == len(ODD)
    for number in ODD:
        assert folder.of(number).resolve().parent == to.resolve()
        assert [event["subject"] for event in folder.events(number)] == [f"invoice/{number}"] * 2
        [document] = (folder.of(number) / "documents").iterdir()
        assert document.read_bytes() == LETTER
    assert len(folder.sums()) == 3 * len(ODD)


@pytest.mark.parametrize("why", ["paid", "unknown", "handed off"])
def test_what_cannot_be_handed_off_leaves_nothing_behind(
    handoff_case: HandOffCase, tmp_path: Path, why: str
) -> None:
    handoff_case.register("A-1")
    handoff_case.register("A-2")
    if why == "paid":
        handoff_case.execute(ReceivePayment(invoice="A-2", reference="P", amount=money(100)))
    if why == "handed off":
        handoff_case.hand_off(tmp_path / "before", "A-2")
    before = handoff_case.session.ledger.head(), sorted(tmp_path.iterdir())
    bad = "nope" if why == "unknown" else "A-2"
    with pytest.raises(NotFound if why == "unknown" else Refused, match=bad):
        handoff_case.hand_off(tmp_path / "out", "A-1", bad)
    assert (handoff_case.session.ledger.head(), sorted(tmp_path.iterdir())) == before


def test_a_document_that_was_changed_is_not_handed_off(
    handoff_case: HandOffCase, tmp_path: Path, database: str
) -> None:
    handoff_case.register()
    handoff_case.attach("A-1", "letter.pdf")
    with psycopg.connect(database) as owner:
        owner.execute("update ledger.document set content = 'x'")
    with pytest.raises(LookupError, match="was changed"):
        handoff_case.hand_off(tmp_path / "out", "A-1")
    assert list(tmp_path.iterdir()) == []
    assert len(handoff_case.book("A-1")) == 2
