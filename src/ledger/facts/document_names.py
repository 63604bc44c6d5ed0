"""The documents that an event names by their SHA-256."""

import re
from collections.abc import Sequence
from typing import TypeGuard

from ledger.facts.entry import Event

SHA256 = re.compile("[0-9a-f]{64}")


def is_sha256(given: str | None) -> TypeGuard[str]:
    """Return whether it names a document; a registration may have another reference there."""
    return bool(given and SHA256.fullmatch(given))


def documents_of(event: Event) -> Sequence[str]:
    """Return the documents that belong to the file of the event's book; of a hand-off the manifest
    is not among them, as it holds other books too."""
    single = (getattr(event, name, None) for name in ("document", "sha256"))
    several = (getattr(event, name, ()) for name in ("documents", "attached", "attachments"))
    return (*filter(None, single), *(address for names in several for address in names))
