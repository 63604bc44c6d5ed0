"""Printing of pending letters as PDF into a folder, from which a person takes them.

Each is printed at least once and recorded once. It has the same name and the same bytes at every
attempt: after a crash before the record, it is written again over itself.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from typst import TypstError

from api.durable_files import sync, write
from api.firm import creditor_of
from api.postman.build import build_letter
from api.postman.letters.typeset import Letter, Letterhead, address_lines, name_of, part_of_name
from api.postman.outbox import PendingMessage, exclusive, find, list_pending, reason_to_withdraw
from api.postman.record import delayed, fail, record, withdraw
from api.postman.send_emails import NEVER
from api.postman.settings import Settings
from api.postman.templates import BadTemplate
from api.session import TenantSession
from commands.command import Command
from commands.messages.delivery import RecordLetterPrinted
from commands.messages.outbox import RecordMessageSent
from ledger.database import documents
from ledger.facts.codes import Channel
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable

log = logging.getLogger(__name__)


class Jammed(Exception):
    """The folder cannot be written: no fault of a single letter."""


def print_letters(session: TenantSession, settings: Settings, stop: Event = NEVER) -> int:
    """Print what is due and return how many; without paper all wait.

    Raises ``Jammed`` when the folder cannot be written; the letters that remain wait.
    """
    printed, paper = 0, settings.paper
    if paper is None or creditor_of(session).silent:
        return 0
    with exclusive(session.pool, session.tenant, "printer") as ours:
        for number in list_pending(session, Channel.LETTER) if ours else ():
            if stop.is_set():
                break
            try:
                printed += _print(session, settings, paper, number)
            except (Refused, NotFound, Stale, Unreadable) as error:
                log.warning("letter %s was not printed now: %s", number, error)
    return printed


def folder_of(paper: Letterhead, tenant: str) -> Path:
    return paper.folder / part_of_name(tenant)


def _print(session: TenantSession, settings: Settings, paper: Letterhead, number: str) -> bool:
    pending = find(session, number)
    path = folder_of(paper, session.tenant) / name_of(pending.asked, pending.message.id)
    if not pending.may_go(Channel.LETTER, session.clock()):
        return False
    if why := reason_to_withdraw(session, pending):
        _take_back(path)
        withdraw(session, pending, why)
        return False
    if not address_lines(pending.debtor.address or ""):
        _take_back(path)
        fail(session, pending, "no address of the debtor is known any more")
        return False
    try:
        letter = build_letter(session, pending, settings.sender, paper, settings.own)
    except (BadTemplate, TypstError) as error:
        log.error("letter %s waits for its template: %s", number, error)
        delayed(session, pending, str(error)[:500])
        return False
    with session.pool.connection() as conn:
        document = documents.save(conn, session.tenant, letter.pdf, "application/pdf")
    _put(path, letter.pdf)
    record(session, *printed(pending, letter, document))
    return True


def _put(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, and on the disk before it is recorded."""
    part = path.with_name(f".{path.name}.part")
    with _jammed(path.parent):
        write(part, content)
        os.replace(part, path)
        sync(path.parent)


def _take_back(path: Path) -> None:
    """Remove a letter that a crash left printed and not recorded, and that is withdrawn now."""
    with _jammed(path.parent):
        path.unlink(missing_ok=True)


@contextmanager
def _jammed(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Jammed(f"{folder}: {error.strerror or error}") from error


def printed(pending: PendingMessage, letter: Letter, document: str) -> Iterator[Command]:
    """Yield what records a letter as printed, in its book and those of its invoices."""
    asked = pending.asked
    yield RecordMessageSent(
        message=asked.message,
        message_id="",
        subject=letter.subject,
        document=document,
        to=letter.to,
    )
    open_amounts = {line.invoice: line.open_amount for line in asked.about}
    for invoice in pending.invoices:
        yield RecordLetterPrinted(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=letter.to,
            subject=letter.subject,
            document=document,
            open_amount=open_amounts[invoice.number],
            step=asked.step,
            case_id=asked.case_id,
        )
