"""Reply addresses, which name a message of ours and cannot be forged.

``invoices+TOKEN@seller.example``: the token is the id of the message's book and a signature, in
lower-case base32, as mail servers change the case before the @.
"""

import hmac
import os
import re
from base64 import b32decode, b32encode
from hashlib import sha256
from uuid import UUID

from commands.inbox.message import ParsedMessage

SETTING = "DOSSIER_REPLY_SECRET"
SIGNED = 10  # bytes of the signature
TOKEN = re.compile(r"(?:^|\+)([a-z2-7]{42})$")  # of 16 and 10 bytes


def secret() -> bytes:
    """Return the key; empty if none is set: then no reply address is made or accepted."""
    return os.environ.get(SETTING, "").encode()


def reply_address(key: bytes, tenant: str, message: UUID, ours: str) -> str:
    """Return the reply address at the mailbox ``ours``; without a key that mailbox itself."""
    local, _, domain = ours.rpartition("@")
    return f"{local}+{_token(key, tenant, message)}@{domain}" if key else ours


def named_by_address(key: bytes, tenant: str, mail: ParsedMessage) -> list[UUID]:
    """Return the messages of ours whose reply addresses received the mail."""
    found = dict[UUID, None]()
    for address in (*mail.delivered_to, *mail.to, *mail.cc) if key else ():
        if token := TOKEN.search(address.mail.rpartition("@")[0]):
            id_ = UUID(bytes=b32decode(f"{token[1].upper()}======")[:16])
            if hmac.compare_digest(token[1], _token(key, tenant, id_)):
                found[id_] = None
    return list(found)


def _token(key: bytes, tenant: str, message: UUID) -> str:
    signed = hmac.digest(key, f"{tenant}\n".encode() + message.bytes, sha256)
    return b32encode(message.bytes + signed[:SIGNED]).decode().rstrip("=").lower()
