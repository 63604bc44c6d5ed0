"""Where to answer a message of ours: an address that names it, and that nobody else can make.

``invoices+TOKEN@seller.example``: the token is the id of the message's book and a signature, in
lower-case base32, as mail servers change the case of what stands before the @.
"""

import hmac
import os
import re
from base64 import b32decode, b32encode
from hashlib import sha256
from uuid import UUID

from api.mail.headers import ID
from commands.inbox.message import ParsedMessage

SETTING = "DOSSIER_REPLY_SECRET"
SIGNED = 10  # bytes of the signature
TOKEN = re.compile(r"(?:^|\+)([a-z2-7]{42})$")  # of 16 and 10 bytes


def secret() -> bytes:
    """Empty when none is set: then no reply address is made, and none is believed."""
    return os.environ.get(SETTING, "").encode()


def reply_address(key: bytes, tenant: str, message: UUID, ours: str) -> str:
    """``ours`` is the mailbox that is read; without a key it is the answer."""
    local, _, domain = ours.rpartition("@")
    return f"{local}+{_token(key, tenant, message)}@{domain}" if key else ours


def named_by_address(key: bytes, tenant: str, mail: ParsedMessage) -> list[UUID]:
    """Messages of ours whose reply address a mail went to."""
    found = dict[UUID, None]()
    for address in (*mail.delivered_to, *mail.to, *mail.cc) if key else ():
        if token := TOKEN.search(address.mail.rpartition("@")[0]):
            id_ = UUID(bytes=b32decode(_padded(token[1]))[:16])
            if hmac.compare_digest(token[1], _token(key, tenant, id_)):
                found[id_] = None
    return list(found)


def named_by_reference(mail: ParsedMessage) -> list[UUID]:
    """Ids that may be those of messages of ours, the one that it answers first."""
    ids = (*mail.about, *mail.in_reply_to, *reversed(mail.references))
    return [id_ for one in dict.fromkeys(ids) for id_ in _uuid(one)]


def _uuid(message_id: str) -> list[UUID]:
    bare = ID.search(message_id)
    try:
        return [UUID((bare[1] if bare else message_id).partition("@")[0])]
    except ValueError:
        return []


def _token(key: bytes, tenant: str, message: UUID) -> str:
    signed = hmac.digest(key, f"{tenant}\n".encode() + message.bytes, sha256)
    return b32encode(message.bytes + signed[:SIGNED]).decode().rstrip("=").lower()


def _padded(token: str) -> bytes:
    return (token.upper() + "=" * (-len(token) % 8)).encode()
