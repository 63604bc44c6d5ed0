"""The manifest of a hand-off: what its file set holds, so that every byte of it can be proved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes it, as he is known."""

    name: str
    address: str | None
    country: str | None
    email: str | None
    phone: str | None
    vat_id: str | None
    number: str


@dataclass(frozen=True, slots=True)
class Part:
    """One invoice: its folder, what is claimed, and how far its book had come."""

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
    """Of the set, or of the part of it that is seen."""

    invoices: int
    events: int
    documents: int  # that were put in; what we never had is not among them


@dataclass(frozen=True, slots=True, order=True)
class File:
    """One file but the manifest; its content is kept under the SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the set holds, for whom, and who made it."""

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
