"""The manifest of a hand-off: all files of the set with their SHA-256, as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Debtor:
    """The debtor's details at the time of the hand-off."""

    name: str
    address: str | None
    country: str | None
    email: str | None
    phone: str | None
    vat_id: str | None
    number: str


@dataclass(frozen=True, slots=True)
class Part:
    """An invoice: its folder, the claim, and the last entry of its book."""

    invoice: str
    folder: str
    debtor: Debtor
    currency: str
    principal: Decimal
    charges: Decimal
    paid: Decimal
    credited: Decimal
    claim: Decimal
    disputed: Decimal
    events: int
    documents: int
    missing_documents: list[str]
    last_line: int
    first_position: int
    last_position: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of the set, or of the part of it that the caller may see."""

    invoices: int
    events: int
    documents: int  # without the missing ones


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file other than the manifest; its content is stored under the SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest: the contents of the set, its agency, and who made it."""

    handoff_id: UUID
    agency: str
    tenant: str
    made_at: datetime
    made_by: str
    counts: Counts
    invoices: list[Part]
    files: list[File]


def counts(parts: Sequence[Part]) -> Counts:
    return Counts(
        len(parts), sum(part.events for part in parts), sum(part.documents for part in parts)
    )
