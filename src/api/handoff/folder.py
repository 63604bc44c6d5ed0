"""The hand-off to a collection agency in a folder: the file set, and its record.

The folder is made beside its place and renamed into it; then the hand-off is recorded, with the
manifest's sum: what was written to a book meanwhile makes it all begin again.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from api.durable_files import sync, write
from api.handoff.file_set import contents, create
from api.handoff.manifest import MANIFEST, Manifest
from api.session import TenantSession
from commands.context import Context
from commands.execute import execute
from commands.handoffs import HandOff
from commands.unit_of_work import UnitOfWork
from ledger.facts.books import INVOICE
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale


@dataclass(frozen=True)
class HandOffResult:
    """What was handed off, and where it lies."""

    handoff_id: UUID
    folder: Path
    manifest_sha256: str
    invoices: int
    events: int
    documents: int


def hand_off(
    session: TenantSession, numbers: list[str], to: Path, agency: str, context: Context
) -> HandOffResult:
    """Raises ``NotFound``, ``Refused``, ``FileExistsError`` or ``Stale``, and leaves no folder."""
    handoff_id = uuid4()
    commands = [
        HandOff(invoice=one, agency=agency, handoff_id=handoff_id) for one in dict.fromkeys(numbers)
    ]
    written = False

    def plan(work: UnitOfWork) -> list[HandOff]:
        nonlocal written
        _free(session, to)
        sealed = create(session.ledger, commands, work)
        _write(session, str(sealed[0].manifest_sha256), to)
        written = True
        return sealed

    try:
        [entry, *_] = execute(session.ledger, plan, context).entries
    except (Stale, Refused, NotFound):  # on any other it may have been recorded: keep the folder
        if written:
            shutil.rmtree(to)
        raise
    there = _manifest(to).counts
    summed = entry.event.manifest_sha256
    return HandOffResult(handoff_id, to, summed, there.invoices, there.events, there.documents)


def _write(session: TenantSession, summed: str, to: Path) -> None:
    """Make the folder beside its place, and rename it into that."""
    made = to.with_name(f"{to.name}.partial-{uuid4().hex[:8]}")
    try:
        for path, content in contents(session.ledger, summed):
            write(made / path, content)
        _free(session, to)
        if to.exists():
            shutil.rmtree(to)
        made.rename(to)
        sync(to.parent)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _free(session: TenantSession, to: Path) -> None:
    """A folder whose hand-off was never recorded (a kill between the two) may be replaced."""
    if not to.exists() or (to.is_dir() and not any(to.iterdir())):
        return
    try:
        there = _manifest(to)
    except (OSError, msgspec.MsgspecError) as error:
        raise FileExistsError(f"{to} is there already and is no hand-off; say another") from error
    books = [session.ledger.book(INVOICE, part.invoice) for part in there.invoices]
    if there.tenant != session.tenant or any(there.handoff_id in b.state.handoffs for b in books):
        raise FileExistsError(
            f"{to} holds hand-off {there.handoff_id} already, which is recorded; say another folder"
        )


def _manifest(folder: Path) -> Manifest:
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
