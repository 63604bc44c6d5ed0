"""The documents that a page lists, and whether a picture of each may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ledger.facts.document_names import documents_of, is_sha256
from ledger.facts.entry import Event
from ledger.facts.invoice.registration import DocumentAttached
from ledger.policy.messages.withdrawal import OF_OPEN_CASE
from ledger.store.entry_queries import Line

PICTURED = ("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class File:
    """A document of the book ``id``."""

    id: UUID
    sha256: str
    name: str
    has_picture: bool  # by what its sender stated


def attached(lines: Sequence[Line]) -> list[File]:
    """Return the documents that were attached, each once."""
    found = dict[str, File]()
    for line in lines:
        event = line.entry.event
        if isinstance(event, DocumentAttached):
            pictured = event.media_type.partition(";")[0].strip().lower() in PICTURED
            file = File(line.entry.book_id, event.sha256, event.name, pictured)
            found.setdefault(event.sha256, file)
    return [*found.values()]


def readable(event: Event) -> list[str]:
    """Return the documents of an entry, without messages to colleagues: older ones have the link by
    which a colleague answers."""
    if getattr(event, "purpose", None) in OF_OPEN_CASE:
        return []
    return [*dict.fromkeys(filter(is_sha256, documents_of(event)))]
