"""The id of an item of the agenda: opaque, stable, and safe in a path."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from uuid import UUID

from ledger.policy.refusal import NotFound


def encode(book_id: UUID | str, item: str) -> str:
    return f"{book_id}.{_safe(item)}"


@lru_cache(4096)
def _safe(item: str) -> str:
    """Of a payment's reference, which may hold anything."""
    return urlsafe_b64encode(item.encode()).decode().rstrip("=")


def decode(given: str) -> tuple[UUID, str]:
    """The book, and which of its items. Raises ``NotFound`` for what no row carries."""
    try:
        book, _, told = given.partition(".")
        book_id, item = UUID(book), urlsafe_b64decode(told + "=" * (-len(told) % 4)).decode()
    except ValueError:
        raise not_found(given) from None
    if encode(book_id, item) != given or not item or item != item.strip() or "\0" in item:
        raise not_found(given)
    return book_id, item


def not_found(given: str) -> NotFound:
    return NotFound("no-agenda-item", item=given)
