"""The file set of a hand-off: made from the ledger once, and stored for good.

For each invoice it holds every event (JSON Lines of CloudEvents), the contact log in sentences and
the documents. A manifest lists counts and SHA-256 sums; the hand-off records the manifest's own sum
at the next line of each book. All files are stored under their SHA-256, so that a later version
with other sentences still delivers these.
"""

from collections.abc import Iterator, Sequence

import msgspec

from api.handoff.manifest import MANIFEST, Debtor, File, Manifest, Part, counts
from api.handoff.naming import folder_name, name_of, single_line
from commands.authorise import authorise
from commands.command import decide
from commands.execute import UnitOfWork
from commands.handoffs import HandOff
from ledger.database import documents
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.entry import Entry
from ledger.facts.invoice.follow_up import EmailSent, LetterPrinted
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound
from ledger.store.ledger import Ledger
from ledger.store.reading import hashes
from projections.cloud_event import cloud_event
from projections.contact_log import log

KINDS: dict[type, str] = {
    EmailSent: "mail",
    LetterPrinted: "letter",
}  # of the documents of an entry


def create(ledger: Ledger, commands: Sequence[HandOff], work: UnitOfWork) -> list[HandOff]:
    """Store the file set of a hand-off, and return the commands that record it.

    Raises ``NotFound``, ``Refused`` or ``CorruptDocument``.
    """
    context = work.context
    if not context.scope.is_everything:
        for command in commands:
            work.state(INVOICE, command.number)  # read before it is authorised, not recalled
        authorise(work, commands)
    books = [_read(ledger, command, work) for command in commands]
    made = [_part(ledger, invoice, entries) for invoice, entries in books]
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
    """Return the manifest, or None when the file set was made elsewhere and only recorded here."""
    with ledger.pool.connection() as conn:
        if not documents.sizes(conn, ledger.tenant, [manifest_sha256]):
            return None
    try:
        return msgspec.json.decode(_fetch(ledger, manifest_sha256), type=Manifest)
    except msgspec.MsgspecError:
        return None


def verify(ledger: Ledger, manifest: Manifest) -> None:
    """Raise ``CorruptDocument`` unless every file is stored as the manifest lists it."""
    with ledger.pool.connection() as conn:
        sizes = documents.sizes(conn, ledger.tenant, [file.sha256 for file in manifest.files])
    for file in manifest.files:
        if sizes.get(file.sha256) != file.size:
            raise documents.CorruptDocument(f"document {file.sha256} ({file.path}) is missing")


def contents(ledger: Ledger, manifest_sha256: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file, the manifest first; only one file is in memory.

    Raises ``CorruptDocument`` when a file does not match its SHA-256.
    """
    content = _fetch(ledger, manifest_sha256)
    yield MANIFEST, content
    for file in msgspec.json.decode(content, type=Manifest).files:
        yield file.path, _fetch(ledger, file.sha256)


def _fetch(ledger: Ledger, address: str) -> bytes:
    with ledger.pool.connection() as conn:
        return documents.fetch(conn, ledger.tenant, address)


def _read(ledger: Ledger, command: HandOff, work: UnitOfWork) -> tuple[Invoice, list[Entry]]:
    """Read a book. Raises ``NotFound`` or ``Refused`` when it cannot be handed off."""
    invoice: Invoice = work.state(INVOICE, command.invoice)
    if not invoice.known:
        raise NotFound("no-invoice", invoice=command.invoice)
    decide(invoice, command, work.now, work.context)
    return invoice, ledger.history(invoice.id, upto=invoice.line)


def _part(ledger: Ledger, invoice: Invoice, entries: list[Entry]) -> tuple[Part, list[File]]:
    """Store an invoice's folder; return its part of the manifest, and its files."""
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
    texts = [
        _keep(
            ledger, f"{folder}/events.jsonl", _events(ledger, invoice, entries), "application/jsonl"
        ),
        _keep(
            ledger, f"{folder}/contact-log.txt", _contact_log(entries), "text/plain; charset=utf-8"
        ),
    ]
    return part, texts + found


def _keep(ledger: Ledger, path: str, content: bytes, media_type: str) -> File:
    with ledger.pool.connection() as conn:
        address = documents.save(conn, ledger.tenant, content, media_type)
    return File(path, len(content), address)


def _events(ledger: Ledger, invoice: Invoice, entries: list[Entry]) -> bytes:
    subject = f"invoice/{invoice.number}"
    with ledger.pool.connection() as conn:
        hashed = hashes(conn, ledger.tenant, invoice.id)
    lines = [
        msgspec.json.encode(
            cloud_event(ledger.tenant, ledger.zone, subject, entry, hashed[entry.line])
        )
        for entry in entries
    ]
    return b"\n".join(lines) + b"\n"


def _contact_log(entries: list[Entry]) -> bytes:
    lines = [
        f"{row.line:>4}  {row.happened_on}  {row.by}: {row.what}"
        + (f"  [flagged: {', '.join(row.flags)}]" if row.flags else "")
        for row in map(log.show, entries)
    ]
    return "".join(single_line(line) + "\n" for line in lines).encode()


def _documents(ledger: Ledger, entries: list[Entry], folder: str) -> tuple[list[File], list[str]]:
    """Return the documents of the entries, and the SHA-256 of those that are not stored."""
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
