"""The file set of a hand-off: made from the ledger, kept for good, given out as often as asked.

For each invoice: every event (JSON Lines of CloudEvents), the contact log in plain sentences and
the documents; over all of it a manifest with counts and SHA-256 sums, whose own sum the hand-off
records at the very next line of each book. Texts and manifest are kept beside the documents, under
their SHA-256: a later version, with other words for the same event, still gives out these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from api.handoff.manifest import MANIFEST, Debtor, File, Manifest, Part, counts
from api.handoff.naming import folder_name, name_of, one_line
from commands.authorise import authorise
from commands.handoffs import HandOff
from commands.unit_of_work import UnitOfWork, decide
from ledger.database import documents
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.entry import Entry
from ledger.facts.invoice.follow_up_events import EmailSent, LetterPrinted
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound, Refused
from ledger.store.ledger import Ledger
from ledger.store.reading import hashes
from projections.cloud_event import cloud_event
from projections.contact_log import log

KINDS: dict[type, str] = {EmailSent: "mail", LetterPrinted: "letter"}  # of what an entry names


@dataclass(frozen=True)
class _Read:
    """One invoice's book as it was read."""

    invoice: Invoice
    entries: list[Entry]


def create(ledger: Ledger, commands: Sequence[HandOff], work: UnitOfWork) -> list[HandOff]:
    """Keep the file set of one hand-off, and return the commands that record it.

    Raises ``NotFound``, ``Refused`` or ``CorruptDocument``.
    """
    context = work.context
    authorise(work.state, context.scope, commands)
    books = [_read(ledger, command, work) for command in commands]
    made = [_part(ledger, book) for book in books]
    parts = [part for part, _ in made]
    manifest = Manifest(
        commands[0].handoff_id,
        commands[0].agency,
        ledger.tenant,
        context.at,
        context.by,
        counts(parts),
        parts,
        sorted(file for _, files in made for file in files),
    )
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    summed = _keep(ledger, MANIFEST, content, "application/json").sha256
    return [command.model_copy(update={"manifest_sha256": summed}) for command in commands]


def find(ledger: Ledger, manifest_sha256: str) -> Manifest | None:
    """None when it is none of ours: it was told to the ledger, and made elsewhere."""
    with ledger.pool.connection() as conn:
        if not documents.sizes(conn, ledger.tenant, [manifest_sha256]):
            return None
    try:
        return msgspec.json.decode(_fetch(ledger, manifest_sha256), type=Manifest)
    except msgspec.MsgspecError:
        return None


def verify(ledger: Ledger, manifest: Manifest) -> None:
    """That every file is there as it was kept; the database reckons. Raises ``CorruptDocument``."""
    with ledger.pool.connection() as conn:
        there = documents.sizes(conn, ledger.tenant, [file.sha256 for file in manifest.files])
    for file in manifest.files:
        if there.get(file.sha256) != file.size:
            raise documents.CorruptDocument(
                f"document {file.sha256} ({file.path}) is no longer there"
            )


def contents(ledger: Ledger, manifest_sha256: str) -> Iterator[tuple[str, bytes]]:
    """Path and content, the manifest first; one file is in memory at a time.

    Raises ``CorruptDocument`` for what is not what its SHA-256 says.
    """
    content = _fetch(ledger, manifest_sha256)
    yield MANIFEST, content
    for file in msgspec.json.decode(content, type=Manifest).files:
        yield file.path, _fetch(ledger, file.sha256)


def _fetch(ledger: Ledger, address: str) -> bytes:
    with ledger.pool.connection() as conn:
        return documents.fetch(conn, ledger.tenant, address)


def _read(ledger: Ledger, command: HandOff, work: UnitOfWork) -> _Read:
    """Raises ``NotFound`` or ``Refused``, so that nothing is kept of what cannot be handed off."""
    invoice: Invoice = work.state(INVOICE, command.invoice)
    if not invoice.known:
        raise NotFound("no-invoice", invoice=command.invoice)
    if invoice.open_amount <= 0:
        raise Refused("nothing-to-hand-off", invoice=command.invoice)
    decide(invoice, command, work.now, work.context)
    return _Read(invoice, ledger.history(invoice.id, upto=invoice.line))


def _part(ledger: Ledger, book: _Read) -> tuple[Part, list[File]]:
    """One invoice's folder: its part of the manifest, and its files."""
    invoice, entries = book.invoice, book.entries
    folder = folder_name(invoice.number)
    found, missing = _documents(ledger, entries, f"{folder}/documents")
    debtor = ledger.book(DEBTOR, invoice.debtor).state
    part = Part(
        invoice=invoice.number,
        folder=folder,
        debtor=Debtor(
            debtor.name,
            debtor.address,
            debtor.country,
            debtor.email,
            debtor.phone,
            debtor.vat_id,
            invoice.debtor,
        ),
        currency=invoice.currency,
        principal=invoice.amount,
        charges=invoice.charges,
        paid=invoice.received,
        credited=invoice.credited,
        claim=invoice.open_amount,
        disputed=invoice.disputed_amount,
        events=len(entries),
        documents=len(found),
        missing_documents=missing,
        last_line=invoice.line,
        first_position=entries[0].position,
        last_position=entries[-1].position,
    )
    events, told = _events(ledger, book), _told(entries)
    texts = [
        _keep(ledger, f"{folder}/events.jsonl", events, "application/jsonl"),
        _keep(ledger, f"{folder}/contact-log.txt", told, "text/plain; charset=utf-8"),
    ]
    return part, texts + found


def _keep(ledger: Ledger, path: str, content: bytes, media_type: str) -> File:
    with ledger.pool.connection() as conn:
        address = documents.save(conn, ledger.tenant, content, media_type)
    return File(path, len(content), address)


def _events(ledger: Ledger, book: _Read) -> bytes:
    subject = f"invoice/{book.invoice.number}"
    with ledger.pool.connection() as conn:
        hashed = hashes(conn, ledger.tenant, book.invoice.id)
    lines = [
        msgspec.json.encode(
            cloud_event(ledger.tenant, ledger.zone, subject, entry, hashed[entry.line])
        )
        for entry in book.entries
    ]
    return b"\n".join(lines) + b"\n"


def _told(entries: list[Entry]) -> bytes:
    """A line each: what somebody wrote over several lines must not look like another entry."""
    rows = [log.show(entry) for entry in entries]
    lines = [
        f"{row.line:>4}  {row.happened_on}  {row.by}: {row.what}"
        + (f"  [looks odd: {', '.join(row.flags)}]" if row.flags else "")
        for row in rows
    ]
    return "".join(one_line(line) + "\n" for line in lines).encode()


def _documents(ledger: Ledger, entries: list[Entry], folder: str) -> tuple[list[File], list[str]]:
    """The documents that an entry names, and the SHA-256 of those we never had."""
    named: dict[str, str] = {}
    for entry in entries:
        for address in getattr(entry.event, "documents", ()):
            named.setdefault(address, "document")
        if address := getattr(entry.event, "document", None):
            named.setdefault(address, KINDS.get(type(entry.event), "invoice"))
        if address := getattr(entry.event, "sha256", None):
            named[address] = entry.event.name
    with ledger.pool.connection() as conn:
        sizes = documents.sizes(conn, ledger.tenant, named)
        types = documents.media_types(conn, ledger.tenant, named)
    found = [
        File(f"{folder}/{name_of(address, named[address], types[address])}", size, address)
        for address, size in sizes.items()
    ]
    return found, sorted(named.keys() - sizes.keys())
