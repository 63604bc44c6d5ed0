"""Message-IDs of our mails: nobody can work one out without the tenant's secret.

``<TOKEN@seller.example>``: the message's book and its HMAC, in base64. Before, it was the book
alone, which anybody could work out: such a Message-ID still shows what a reply is about, no more.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from api.links.secrets import rotate, signing_keys
from ledger.database.pool import Pool

SIGNED = 10  # bytes of the signature
LENGTH = 35  # characters of a token
PURPOSE = b"dossier message id\n"  # other signatures of the same secret are not valid here


def message_id(pool: Pool, tenant: str, book: UUID, domain: str, at: datetime) -> str:
    """Return the Message-ID of a message, without brackets; short, as a folded one is lost."""
    with pool.connection() as conn:
        keys = signing_keys(conn, tenant) or [rotate(conn, tenant, at)]
    return f"{_token(keys[-1], tenant, book)}@{domain}"


def book_of(id_: str) -> UUID | None:
    """Return the book that a Message-ID of ours would name."""
    local = id_.partition("@")[0]
    try:
        return UUID(bytes=urlsafe_b64decode(f"{local}=")[:16]) if is_keyed(id_) else UUID(local)
    except (ValueError, Error):
        return None


def is_keyed(id_: str) -> bool:
    """Return whether it has the form of a signed Message-ID."""
    return len(id_.partition("@")[0]) == LENGTH


def is_signed(keys: Sequence[str], tenant: str, id_: str) -> bool:
    """Return whether a secret of the tenant signed it."""
    given, book = id_.partition("@")[0].encode(), book_of(id_)
    return book is not None and any(
        hmac.compare_digest(given, _token(key, tenant, book).encode()) for key in keys
    )


def _token(key: str, tenant: str, book: UUID) -> str:
    signed = hmac.digest(key.encode(), PURPOSE + f"{tenant}\n".encode() + book.bytes, sha256)
    return urlsafe_b64encode(book.bytes + signed[:SIGNED]).decode().rstrip("=")
