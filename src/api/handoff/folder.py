"""The hand-off to a collection agency in a folder: the file set, and its record.

The folder is written beside its destination and renamed; then the hand-off is recorded with the
manifest's sum. When a book changes meanwhile, everything is done again.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from api.durable_files import sync, write
from api.handoff.file_set import contents, create
from api.handoff.manifest import MANIFEST, Manifest
from api.session import TenantSession
from commands.context import Context
from commands.execute import UnitOfWork, execute
from commands.handoffs import HandOff
from ledger.facts.books import INVOICE
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale


@dataclass(frozen=True)
class HandOffResult:
    """A hand-off: its folder and what it holds."""

    handoff_id: UUID
    folder: Path
    manifest_sha256: str
    invoices: int
    events: int
    documents: int


def hand_off(
    session: TenantSession, given: Sequence[HandOff], to: Path, context: Context
) -> HandOffResult:
    """Write the folder and record the hand-off; leave no folder when it is not recorded.

    Raises ``NotFound``, ``Refused``, ``FileExistsError`` or ``Stale``.
    """
    handoff_id = uuid4()
    commands = [command.model_copy(update={"handoff_id": handoff_id}) for command in given]
    written = False

    def plan(work: UnitOfWork) -> list[HandOff]:
        nonlocal written
        _check_destination(session, to)
        sealed = create(session.ledger, commands, work)
        _write(session, str(sealed[0].manifest_sha256), to)
        written = True
        return sealed

    try:
        [entry, *_] = execute(session.ledger, plan, context).entries
    except (Stale, Refused, NotFound):  # another error may come after the append: keep the folder
        if written:
            shutil.rmtree(to)
        raise
    counts = _manifest(to).counts
    summed = entry.event.manifest_sha256
    return HandOffResult(handoff_id, to, summed, counts.invoices, counts.events, counts.documents)


def _write(session: TenantSession, summed: str, to: Path) -> None:
    partial = to.with_name(f"{to.name}.partial-{uuid4().hex[:8]}")
    try:
        for path, content in contents(session.ledger, summed):
            write(partial / path, content)
        _check_destination(session, to)
        if to.exists():
            shutil.rmtree(to)
        partial.rename(to)
        sync(to.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _check_destination(session: TenantSession, to: Path) -> None:
    """Raise ``FileExistsError`` unless ``to`` is free or holds a hand-off that was not recorded."""
    if not to.exists() or (to.is_dir() and not any(to.iterdir())):
        return
    try:
        manifest = _manifest(to)
    except (OSError, msgspec.MsgspecError) as error:
        raise FileExistsError(f"{to} exists and is no hand-off; choose another") from error
    books = [session.ledger.book(INVOICE, part.invoice) for part in manifest.invoices]
    id_ = manifest.handoff_id
    if manifest.tenant != session.tenant or any(id_ in book.state.handoffs for book in books):
        raise FileExistsError(
            f"{to} holds hand-off {id_} already, which is recorded; choose another folder"
        )


def _manifest(folder: Path) -> Manifest:
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
