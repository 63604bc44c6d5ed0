"""The id of a task of the agenda: opaque, stable, and safe in a path."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from uuid import UUID

from ledger.policy.refusal import NotFound


def encode(book_id: UUID | str, item: str) -> str:
    return f"{book_id}.{_safe(item)}"


@lru_cache(4096)
def _safe(item: str) -> str:
    """Encode the task's name: a payment's reference may have any character."""
    return urlsafe_b64encode(item.encode()).decode().rstrip("=")


def decode(given: str) -> tuple[UUID, str]:
    """Return the book and the task. Raises ``NotFound`` for an id that is not ours."""
    try:
        book, _, name = given.partition(".")
        book_id, item = UUID(book), urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    except ValueError:
        raise not_found(given) from None
    if encode(book_id, item) != given or not item or item != item.strip() or "\0" in item:
        raise not_found(given)
    return book_id, item


def not_found(given: str) -> NotFound:
    return NotFound("no-agenda-item", item=given)
