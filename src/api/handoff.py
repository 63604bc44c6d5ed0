"""The hand-off to a collection agency: a folder that tells the whole file, and its record.

For each invoice: every event (JSON Lines of CloudEvents), the contact log in plain sentences and
the documents; over all of it a manifest with counts and SHA-256 sums. The folder is made beside
its place and renamed into it; then the hand-off is recorded, with the manifest's sum, at the very
next line of each book: what was written meanwhile makes it all begin again.
"""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from api.cloudevents import cloud_event
from api.handoff_files import folder_name, name_of, one_line, sums, sync, write
from api.wiring import Desk
from commands.command import Now, Refused, Unknown
from commands.handling import Context, decide
from commands.handoffs import HandOff
from ledger import documents
from ledger.append import Stale
from ledger.books import DEBTOR, INVOICE, replay
from ledger.events import Entry
from ledger.invoice import Invoice
from ledger.pages import hashes
from projections import contact_log

MANIFEST = "manifest.json"
ATTEMPTS = 5


@dataclass(frozen=True)
class Handed:
    """What was handed off, and where it lies."""

    handoff_id: UUID
    folder: Path
    manifest_sha256: str
    invoices: int
    events: int
    documents: int


@dataclass(frozen=True)
class _File:
    """One invoice's book as it was read."""

    invoice: Invoice
    entries: list[Entry]


class _Part(msgspec.Struct):
    invoice: str


class _Manifest(msgspec.Struct):
    """What must be known of a hand-off that lies there already."""

    handoff_id: UUID
    tenant: str
    invoices: list[_Part]


def hand_off(desk: Desk, numbers: list[str], to: Path, agency: str, context: Context) -> Handed:
    """Raises ``Unknown``, ``Refused``, ``FileExistsError`` or ``Stale``; then nothing is left."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _once(desk, list(dict.fromkeys(numbers)), to, agency, context)
        except Stale:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _once(desk: Desk, numbers: list[str], to: Path, agency: str, context: Context) -> Handed:
    files = [_read(desk, number) for number in numbers]
    _free(desk, to)
    made = to.with_name(f"{to.name}.partial-{uuid4().hex[:8]}")
    try:
        handed, entries = _make(desk, files, made, to, agency, context)
        _free(desk, to)
        if to.exists():
            shutil.rmtree(to)
        made.rename(to)
        sync(to.parent)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    try:
        desk.ledger.write(entries)
    except Stale:  # on any other failure it may have been recorded all the same: keep the folder
        shutil.rmtree(to)
        raise
    return handed


def _read(desk: Desk, number: str) -> _File:
    id_ = desk.ledger.id_of(INVOICE, number)
    entries = desk.ledger.history(id_)
    if not entries:
        raise Unknown(f"There is no invoice {number}.")
    invoice = replay(INVOICE, id_, entries).state
    if invoice.open_amount <= 0:
        raise Refused(f"Nothing is open of invoice {number}.")
    return _File(invoice, entries)


def _free(desk: Desk, to: Path) -> None:
    """A folder whose hand-off was never recorded (a kill between the two) may be replaced."""
    if not to.exists() or (to.is_dir() and not any(to.iterdir())):
        return
    try:
        there = msgspec.json.decode((to / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise FileExistsError(f"{to} is there already and is no hand-off; say another") from error
    books = [desk.ledger.book(INVOICE, part.invoice) for part in there.invoices]
    if there.tenant != desk.tenant or any(there.handoff_id in b.state.handoffs for b in books):
        raise FileExistsError(
            f"{to} holds hand-off {there.handoff_id} already, which is recorded; say another folder"
        )


def _make(
    desk: Desk, files: list[_File], made: Path, to: Path, agency: str, context: Context
) -> tuple[Handed, list[Entry]]:
    handoff_id = uuid4()
    parts = [_write_file(desk, file, made) for file in files]
    manifest = {
        "handoff_id": handoff_id,
        "agency": agency,
        "tenant": desk.tenant,
        "made_at": context.at,
        "made_by": context.by,
        "counts": {
            "invoices": len(parts),
            "events": sum(part["events"] for part in parts),
            "documents": sum(part["documents"] for part in parts),
        },
        "invoices": parts,
        "files": sums(made),
    }
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    write(made / MANIFEST, content)
    summed = sha256(content).hexdigest()
    now = Now(desk.ledger.today(context.at), context.by)
    entries = list[Entry]()
    for file in files:
        command = HandOff(
            invoice=file.invoice.number,
            agency=agency,
            manifest_sha256=summed,
            handoff_id=handoff_id,
        )
        entries += decide(file.invoice, command, now, context)[1]
    counts = manifest["counts"]
    assert isinstance(counts, dict)
    return Handed(handoff_id, to, summed, **counts), entries


def _write_file(desk: Desk, file: _File, made: Path) -> dict[str, Any]:
    """One invoice's folder; its part of the manifest."""
    invoice, entries = file.invoice, file.entries
    folder = made / folder_name(invoice.number)
    subject, zone = f"invoice/{invoice.number}", desk.ledger.zone
    with desk.pool.connection() as conn:
        hashed = hashes(conn, desk.tenant, invoice.id)
    lines = [
        msgspec.json.encode(cloud_event(desk.tenant, zone, subject, entry, hashed[entry.line]))
        for entry in entries
    ]
    write(folder / "events.jsonl", b"\n".join(lines) + b"\n")
    write(folder / "contact-log.txt", _told(entries).encode())
    kept, missing = _documents(desk, entries, folder / "documents")
    debtor = desk.ledger.book(DEBTOR, invoice.debtor).state
    return {
        "invoice": invoice.number,
        "folder": folder.name,
        "debtor": {
            name: getattr(debtor, name)
            for name in ("name", "address", "country", "email", "phone", "vat_id")
        }
        | {"number": invoice.debtor},
        "currency": invoice.currency,
        "principal": invoice.amount,
        "charges": invoice.charges,
        "paid": invoice.received,
        "credited": invoice.credited,
        "claim": invoice.open_amount,
        "disputed": invoice.disputed_amount,
        "events": len(entries),
        "documents": kept,
        "missing_documents": missing,
        "last_line": invoice.line,
        "first_position": entries[0].position,
        "last_position": entries[-1].position,
    }


def _told(entries: list[Entry]) -> str:
    """A line each: what somebody wrote over several lines must not look like another entry."""
    rows = [contact_log.show(entry) for entry in entries]
    lines = [
        f"{row.line:>4}  {row.happened_on}  {row.by}: {row.what}"
        + (f"  [looks odd: {', '.join(row.flags)}]" if row.flags else "")
        for row in rows
    ]
    return "".join(one_line(line) + "\n" for line in lines)


def _documents(desk: Desk, entries: list[Entry], folder: Path) -> tuple[int, list[str]]:
    """How many documents that an entry names were put in, and the SHA-256 of those we never had."""
    named: dict[str, str] = {}
    for entry in entries:
        for address in getattr(entry.event, "documents", ()):
            named.setdefault(address, "document")
        if address := getattr(entry.event, "document", None):
            named.setdefault(address, "invoice")
        if address := getattr(entry.event, "sha256", None):
            named[address] = entry.event.name
    with desk.pool.connection() as conn:
        kept = documents.kept(conn, desk.tenant, named)
        for address in kept:
            content = documents.fetch(conn, desk.tenant, address)
            write(folder / name_of(address, named[address]), content)
    return len(kept), sorted(address for address in named if address not in kept)
