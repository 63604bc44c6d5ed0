"""Hand-offs over HTTP: made once, seen by whom they concern, and the same files each time."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import psycopg
import pytest

from api.handoff import folder as handoff
from api.handoff.zip_stream import CHUNK
from api.http.auth.keys import Role
from api.session import TenantSession, now
from commands.context import Context
from commands.handoffs import HandOff
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.examples import HANDOFF, SHA
from support.handoff_case import WAITING, Folder
from support.http_clients import INVOICE, START, HttpClients, Person, refused
from support.served import make_key, serving
from support.two_units import TwoUnits

AGENCY = "Incasso BV"
LETTER = b"%PDF-1.7 " + bytes(range(256)) * 20_000  # 5 MB


@pytest.fixture
def two_invoices(anna: Person) -> None:
    """The first has a letter, and a call."""
    anna.record("/invoices", INVOICE | {"business_unit": "north"})
    anna.record("/invoices", INVOICE | {"invoice": "F/2", "business_unit": "south"})
    attach(anna, "F-1", "letter ø.pdf", LETTER)
    anna.record(
        "/invoices/F-1/contacts", {"channel": "phone", "direction": "out", "summary": "No."}
    )


def attach(who: Person, invoice: str, name: str, content: bytes) -> None:
    files = {"file": (name, content, "application/pdf")}
    path = f"/v1/invoices/{invoice}/documents"
    answer = who.client.post(path, files=files, headers=who.headers({}))
    assert answer.status_code == 201, answer.text


def hand_off(who: Person, *invoices: str, **headers: str) -> Any:
    body = {"invoices": invoices or ("F-1", "F/2"), "agency": AGENCY, "on": "2026-03-01"}
    return who.record("/handoffs", body, **headers)


def path_of(made: Any, more: str = "") -> str:
    return f"/handoffs/{made['handoff_id']}{more}?at_least={made['position']}"


def unzipped(content: bytes, to: Path) -> Folder:
    """What is in it, once its names, its sums and its manifest were proved."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(to)
    folder = Folder(to)
    listed = {one["path"]: (one["size"], one["sha256"]) for one in folder.manifest["files"]}
    assert listed == folder.sums()
    return folder


@pytest.mark.usefixtures("two_invoices")
def test_a_hand_off_is_written_to_every_book_and_told(http: HttpClients, anna: Person) -> None:
    made = hand_off(anna, "F-1", "F/2", "F-1")
    assert [entry["topic"] for entry in made["entries"]] == ["handed-off.v1"] * 2
    assert {entry["data"]["manifest_sha256"] for entry in made["entries"]} == {
        made["manifest_sha256"]
    }
    told = anna.get(path_of(made)).json()
    assert told.pop("recorded") == START.isoformat().replace("+00:00", "Z")
    ids = [entry["book_id"] for entry in made["entries"]]
    owed = {"claim": "1210.00", "agency": AGENCY}
    assert told == {
        "handoff_id": made["handoff_id"],
        "agency": AGENCY,
        "on": "2026-03-01",
        "by": "anna",
        "position": made["position"],
        "manifest_sha256": made["manifest_sha256"],
        "counts": {"invoices": 2, "events": 4, "documents": 1},
        "invoices": [
            {"id": ids[0], "invoice": "F-1", "line": 4} | owed,
            {"id": ids[1], "invoice": "F/2", "line": 2} | owed,
        ],
    }
    assert http.topics().count("handed-off.v1") == 2


@pytest.mark.usefixtures("two_invoices")
def test_the_files_are_those_of_the_manifest_whose_sum_is_in_the_log(
    anna: Person, tmp_path: Path
) -> None:
    made = hand_off(anna)
    answer = anna.get(path_of(made, "/files"))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert f"handoff-{made['handoff_id']}.zip" in answer.headers["content-disposition"]
    assert answer.headers["etag"] == f'"{made["manifest_sha256"]}"'
    folder = unzipped(answer.content, tmp_path)
    assert folder.manifest_sha256 == made["manifest_sha256"]
    assert folder.manifest["handoff_id"] == made["handoff_id"]
    assert [event["bookline"] for event in folder.events("F-1")] == [1, 2, 3]
    [document] = (folder.of("F-1") / "documents").iterdir()
    assert document.read_bytes() == LETTER


@pytest.mark.usefixtures("two_invoices")
def test_the_same_bytes_come_again_whatever_was_written_since(anna: Person) -> None:
    made = hand_off(anna)
    first = anna.get(path_of(made, "/files")).content
    anna.record("/debtors", {"debtor": "D-7", "name": "Another name"})
    anna.record("/invoices/F-1/notes", {"text": "They phoned."})
    attach(anna, "F-1", "late.pdf", b"late")
    anna.record("/invoices/F-1/payments", {"reference": "P", "amount": "10.00"})
    anna.record("/invoices/F-1/recall", {"why": "They pay us."})
    assert anna.get(path_of(made, "/files")).content == first
    again = hand_off(anna, "F-1")
    assert again["handoff_id"] != made["handoff_id"]
    assert anna.get(path_of(again, "/files")).content != first
    assert anna.get(path_of(made, "/files")).content == first


@pytest.mark.usefixtures("two_invoices")
def test_what_the_command_line_handed_off_is_given_out_too(
    http: HttpClients, anna: Person, tmp_path: Path
) -> None:
    ledger = Ledger(http.pool)
    try:
        two_units = TenantSession(http.pool, ledger, now)
        context = Context("anna", START)
        commands = [HandOff(invoice=number, agency=AGENCY) for number in ("F-1", "F/2")]
        handed = handoff.hand_off(two_units, commands, tmp_path / "folder", context)
        made = {"handoff_id": handed.handoff_id, "position": ledger.head()}
    finally:
        ledger.close()
    folder = unzipped(anna.get(path_of(made, "/files")).content, tmp_path / "zip")
    assert folder.sums() == Folder(handed.folder).sums()
    assert folder.manifest_sha256 == handed.manifest_sha256


@pytest.mark.usefixtures("two_invoices")
def test_a_repeated_request_hands_off_once(http: HttpClients, anna: Person) -> None:
    first = hand_off(anna, Idempotency_Key="k")
    body = {"invoices": ["F-1", "F/2"], "agency": AGENCY, "on": "2026-03-01"}
    again = anna.post("/handoffs", body, Idempotency_Key="k")
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first
    other = anna.post("/handoffs", body | {"agency": "Rival BV"}, Idempotency_Key="k")
    refused(other, 422, "key-reused")
    assert http.topics().count("handed-off.v1") == 2


@pytest.mark.usefixtures("two_invoices")
def test_it_is_on_the_line_that_was_read(http: HttpClients, anna: Person) -> None:
    body = {"invoices": ["F-1"], "agency": AGENCY}
    refused(anna.post("/handoffs", body, If_Match='"2"'), 412, "moved")
    assert "handed-off.v1" not in http.topics()
    assert anna.post("/handoffs", body, If_Match='"3"').headers["etag"] == '"4"'


@pytest.mark.usefixtures("two_invoices")
@pytest.mark.parametrize(
    ("body", "status", "slug", "pointer"),
    [
        ({"invoices": ["F-1", "none"]}, 404, "unknown", None),
        ({"invoices": ["F-1", "paid"]}, 409, "refused", None),
        ({"invoices": ["F-1", "gone"]}, 409, "refused", None),
        ({"invoices": []}, 422, "invalid", "/invoices"),
        ({"invoices": ["F-1"] * 101}, 422, "invalid", "/invoices"),
        ({"invoices": "F-1"}, 422, "invalid", "/invoices"),
        ({"invoices": ["F-1"], "agency": " "}, 422, "invalid", "/agency"),
        ({"invoices": ["F-1"], "manifest_sha256": SHA}, 422, "invalid", "/manifest_sha256"),
    ],
)
def test_what_is_refused_is_written_nowhere(
    http: HttpClients, anna: Person, body: Any, status: int, slug: str, pointer: str | None
) -> None:
    for number in ("paid", "gone"):
        anna.record("/invoices", INVOICE | {"invoice": number})
    anna.record("/invoices/paid/payments", {"reference": "P", "amount": "1210.00"})
    hand_off(anna, "gone")
    before = http.entries(), kept(http)
    refused(anna.post("/handoffs", {"agency": AGENCY} | body), status, slug, pointer)
    assert (http.entries(), kept(http)) == before


def kept(http: HttpClients) -> int:
    with http.pool.connection() as conn:
        return len(conn.execute("select sha256 from document").fetchall())


@pytest.mark.usefixtures("two_invoices")
def test_what_is_written_meanwhile_is_in_it(
    http: HttpClients, anna: Person, database: str, tmp_path: Path
) -> None:
    """It has read the books, and waits to keep the first text, when a note comes in."""
    with (
        psycopg.connect(database, options="-c search_path=ledger") as other,
        ThreadPoolExecutor() as threads,
    ):
        other.execute("lock table document in access exclusive mode")
        going = threads.submit(hand_off, anna)
        while other.execute(WAITING).fetchone() == (0,):
            assert not going.done(), going.result()
        anna.record("/invoices/F-1/notes", {"text": "Wait!"})
        other.commit()
        made = going.result()
    folder = unzipped(anna.get(path_of(made, "/files")).content, tmp_path)
    assert folder.events("F-1")[-1]["type"] == "dossier.note-added.v1"
    assert made["line"] == folder.events("F-1")[-1]["bookline"] + 1
    assert folder.manifest_sha256 == made["manifest_sha256"]


@pytest.mark.usefixtures("two_invoices")
def test_who_sees_a_hand_off(http: HttpClients, anna: Person) -> None:
    made = hand_off(anna)
    nobody = anna.get(f"/handoffs/{uuid4()}").json()

    def asks(who: Person, more: str = "") -> Any:
        return who.get(path_of(made, more))

    for role in (Role.COLLECTOR, Role.AUDITOR, Role.ADMIN):
        who = http.person(role)
        assert [asks(who, more).status_code for more in ("", "/files")] == [200, 200]
    theirs = http.person(Role.AGENCY, agency=AGENCY)
    assert len(asks(theirs).json()["invoices"]) == 2
    assert asks(theirs, "/files").content == asks(anna, "/files").content
    stranger = http.person(Role.ADMIN, tenant=http.tenant("acme"))
    for who in (http.person(Role.AGENCY, agency="Rival BV"), stranger):
        for more in ("", "/files"):
            found = who.get(f"/handoffs/{made['handoff_id']}{more}")
            problem = refused(found, 404, "unknown")
            assert problem["detail"].rpartition(" ")[0] == nobody["detail"].rpartition(" ")[0]
    refused(asks(http.person(Role.RESOLVER)), 403, "not-allowed")
    body = {"invoices": ["F-1"], "agency": AGENCY}
    for role in (Role.AUDITOR, Role.AGENCY, Role.RESOLVER):
        who = http.person(role, agency=AGENCY)
        refused(who.post("/handoffs", body), 403, "not-allowed")


@pytest.mark.usefixtures("two_invoices")
def test_a_key_for_one_unit_sees_its_part_and_takes_no_files(
    http: HttpClients, anna: Person
) -> None:
    north, west = (http.collector(business_units=[one]) for one in ("north", "west"))
    refused(north.post("/handoffs", {"invoices": ["F-1", "F/2"], "agency": "A"}), 404, "unknown")
    made = hand_off(anna)
    told = north.get(path_of(made)).json()
    assert [one["invoice"] for one in told["invoices"]] == ["F-1"]
    assert told["counts"] == {"invoices": 1, "events": 3, "documents": 1}
    refused(north.get(path_of(made, "/files")), 403, "not-allowed")
    refused(west.get(path_of(made)), 404, "unknown")
    refused(west.get(path_of(made, "/files")), 404, "unknown")


@pytest.mark.usefixtures("two_invoices")
def test_what_was_taken_back_is_not_given_to_the_agency_again(
    http: HttpClients, anna: Person
) -> None:
    theirs = http.person(Role.AGENCY, agency=AGENCY)
    made = hand_off(anna)
    made["position"] = anna.record("/invoices/F-1/recall", {"why": "They pay us."})["position"]
    assert [one["invoice"] for one in theirs.get(path_of(made)).json()["invoices"]] == ["F/2"]
    refused(theirs.get(path_of(made, "/files")), 403, "not-allowed")
    agencies = [one["agency"] for one in anna.get(path_of(made)).json()["invoices"]]
    assert agencies == ["", AGENCY]
    id_ = made["entries"][1]["book_id"]
    made["position"] = anna.record(f"/invoices/{id_}/recall", {"why": "This too."})["position"]
    refused(theirs.get(path_of(made)), 404, "unknown")
    refused(theirs.get(path_of(made, "/files")), 404, "unknown")
    assert anna.get(path_of(made, "/files")).status_code == 200


@pytest.mark.usefixtures("two_invoices")
@pytest.mark.parametrize("what", [LETTER, None], ids=["document", "manifest"])
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_files_that_are_not_what_was_kept_are_not_sent(
    anna: Person, database: str, what: bytes | None, how: str
) -> None:
    made = hand_off(anna)
    address = sha256(what).hexdigest() if what else made["manifest_sha256"]
    change = "delete from" if how == "removed" else "update"
    to = "" if how == "removed" else " set content = 'x'"
    with psycopg.connect(database) as owner:
        owner.execute(f"{change} ledger.document{to} where sha256 = %s", [address])
    answer = anna.get(path_of(made, "/files"))
    if what is None and how == "removed":
        refused(answer, 404, "unknown")
    else:
        assert address in refused(answer, 500, "damaged")["detail"]


def test_files_that_were_made_elsewhere_are_not_here(two_units: TwoUnits) -> None:
    told = two_units.get("agency", f"/handoffs/{HANDOFF}")
    assert (told["counts"], told["manifest_sha256"]) == (None, SHA)
    refused(two_units.people["agency"].get(f"/handoffs/{HANDOFF}/files"), 404, "unknown")


def test_big_files_come_in_pieces(database: str, tmp_path: Path) -> None:
    """Through a real server and a real socket."""
    key = make_key(database, Role.ADMIN)
    with serving(CliUser(database), key=key) as served:
        http = served.http
        assert http.post("/v1/invoices", json=INVOICE).status_code == 201
        for n in range(3):
            file = {"file": (f"{n}.bin", bytes([n]) * 20_000_000, "application/octet-stream")}
            assert http.post("/v1/invoices/F-1/documents", files=file).status_code == 201
        made = http.post("/v1/handoffs", json={"invoices": ["F-1"], "agency": AGENCY}).json()
        with http.stream("GET", f"/v1{path_of(made, '/files')}") as answer:
            assert answer.status_code == 200
            assert "content-length" not in answer.headers
            content = b"".join(answer.iter_raw())
    assert len(content) > 60_000_000 > CHUNK
    folder = unzipped(content, tmp_path)
    assert json.loads((tmp_path / "manifest.json").read_bytes()) == folder.manifest
    assert folder.manifest["counts"]["documents"] == 3
