"""The id of an item of the agenda: opaque, stable, and safe in a path."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from commands.command import Unknown


def item_id(book_id: UUID, item: str) -> str:
    return urlsafe_b64encode(book_id.bytes + item.encode()).decode().rstrip("=")


# The same, of a row that Postgres makes.
ITEM_ID = (
    "translate(encode(uuid_send(book_id) || convert_to(item, 'UTF8'), 'base64'), E'+/=\\n', '-_')"
)


def of_id(given: str) -> tuple[UUID, str]:
    """The book, and which of its items. Raises ``Unknown`` for what no row carries."""
    try:
        told = urlsafe_b64decode(given + "=" * (-len(given) % 4))
        book_id, item = UUID(bytes=told[:16]), told[16:].decode()
    except ValueError:
        raise no_such(given) from None
    if item_id(book_id, item) != given or not item or item != item.strip() or "\0" in item:
        raise no_such(given)
    return book_id, item


def no_such(given: str) -> Unknown:
    return Unknown(f"There is no item {given} on the agenda.")
