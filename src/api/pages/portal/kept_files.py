"""Files of a debtor between the form, the check page and the ledger.

They are kept as strangers' files are, and deleted after the same days; the page names them under a
seal, so that nobody can name a file that they did not send. What is recorded makes them documents.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from api.links.secrets import rotate, signing_keys
from api.pages.kit.limits import has_room, take_bytes
from api.pages.portal.guest import Guest
from commands.inbox.message import Attachment
from commands.invoices.contacts import AttachDocument
from ledger.database import stranger_files
from ledger.policy.refusal import Refused

PURPOSE = "dossier portal file"  # other signatures of the same secret are not valid here


class Kept(NamedTuple):
    """A file that waits to be recorded."""

    sha256: str
    name: str
    media_type: str
    size: int

    def attached(self, invoice: str) -> AttachDocument:
        return AttachDocument(
            invoice=invoice,
            sha256=self.sha256,
            name=self.name,
            media_type=self.media_type,
            size=self.size,
        )


def keep(guest: Guest, files: Sequence[Attachment]) -> list[Kept]:
    """Keep the files. Raises ``Refused`` when they are too much for today."""
    session, size = guest.session, sum(len(file.content) for file in files)
    sender = {"DOSSIER_LINK_BYTES": f"portal {guest.debtor.number}"}
    if size and not (has_room(session, size) and take_bytes(session, size, sender)):
        raise Refused("link-quota", "files")
    with session.pool.connection() as conn:
        for file in files:
            stranger_files.save(conn, session.tenant, file.content, file.media_type, guest.today)
    return [Kept(file.sha256, file.name, file.media_type, len(file.content)) for file in files]


def sealed(guest: Guest, files: Sequence[Kept]) -> str:
    """Return the files as a page names them; empty without any."""
    return str(_seal(guest).dumps([list(file) for file in files])) if files else ""


def unsealed(guest: Guest, text: str) -> list[Kept]:
    """Return the files that a page of this debtor named; none for what is not ours."""
    try:
        return [Kept(*file) for file in _seal(guest).loads(text)] if text else []
    except BadData:
        return []


def make_documents(guest: Guest, files: Sequence[Kept]) -> None:
    """Make the files documents, which are never deleted."""
    with guest.session.pool.connection() as conn:
        stranger_files.file(conn, guest.session.tenant, [file.sha256 for file in files])


def _seal(guest: Guest) -> URLSafeSerializer:
    tenant = guest.session.tenant
    with guest.session.pool.connection() as conn:
        keys = signing_keys(conn, tenant) or [rotate(conn, tenant, guest.app.clock())]
    salt = f"{PURPOSE}\n{tenant}\n{guest.debtor.number}"
    return URLSafeSerializer(keys, salt=salt, signer_kwargs={"digest_method": sha256})
