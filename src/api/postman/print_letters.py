"""Prints the letters that wait, one by one, as PDF in a folder that somebody takes them out of.

At least once, and recorded once. A letter has the same name and the same bytes whenever it is
made: killed before it was written down, it is printed again over itself.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from typst import TypstError

from api.durable_files import sync, write
from api.postman import record
from api.postman.build import build_letter
from api.postman.letters.typeset import Letter, Letterhead, address_lines, name_of, part_of_name
from api.postman.outbox import PendingMessage, exclusive, find, list_pending, reason_to_withdraw
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
    """The folder takes no letters: a trouble of ours, not of any letter."""


def print_letters(session: TenantSession, settings: Settings, stop: Event = NEVER) -> int:
    """Prints what may go now; how many were. Without paper all wait.

    Raises ``Jammed`` when the folder takes none; what was not printed then, waits as before.
    """
    printed, paper = 0, settings.paper
    if paper is None:
        return 0
    with exclusive(session.pool, session.tenant, "printer") as ours:
        for number in list_pending(session, Channel.LETTER) if ours else ():
            if stop.is_set():
                break
            try:
                printed += _print(session, settings, paper, number)
            except (Refused, NotFound, Stale, Unreadable) as error:  # the others go all the same
                log.warning("letter %s was not printed now: %s", number, error)
    return printed


def folder_of(paper: Letterhead, tenant: str) -> Path:
    return paper.folder / part_of_name(tenant)


def _print(session: TenantSession, settings: Settings, paper: Letterhead, number: str) -> bool:
    one = find(session, number)
    path = folder_of(paper, session.tenant) / name_of(one.asked, one.message.id)
    if not one.may_go(Channel.LETTER, session.clock()):
        return False
    if why := reason_to_withdraw(session, one):
        _take_back(path)
        record.withdraw(session, one, why)
        return False
    if not address_lines(one.debtor.address or ""):
        _take_back(path)
        record.fail(session, one, "no address of the debtor is known any more")
        return False
    try:
        letter = build_letter(session, one, settings.sender, paper, settings.own)
    except (BadTemplate, TypstError) as error:
        log.error("letter %s waits for its template: %s", number, error)
        record.delayed(session, one, str(error)[:500])
        return False
    with session.pool.connection() as conn:
        document = documents.save(conn, session.tenant, letter.pdf, "application/pdf")
    _put(path, letter.pdf)
    record.sent(session, *_printed(one, letter, document))
    return True


def _put(path: Path, content: bytes) -> None:
    """There whole or not at all, and on the disk before it is written down that it is."""
    part = path.with_name(f".{path.name}.part")
    try:
        write(part, content)
        os.replace(part, path)
        sync(path.parent)
    except OSError as error:
        raise Jammed(f"{path.parent}: {error.strerror or error}") from error


def _take_back(path: Path) -> None:
    """Killed when it was printed and not written down yet, and by now there is no cause for it."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Jammed(f"{path.parent}: {error.strerror or error}") from error


def _printed(one: PendingMessage, letter: Letter, document: str) -> Iterator[Command]:
    asked = one.asked
    yield RecordMessageSent(
        message=asked.message,
        message_id="",
        subject=letter.subject,
        document=document,
        to=letter.to,
    )
    told = {about.invoice: about.open_amount for about in asked.about}
    for invoice in one.invoices:
        yield RecordLetterPrinted(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=letter.to,
            subject=letter.subject,
            document=document,
            open_amount=told[invoice.number],
            step=asked.step,
            case_id=asked.case_id,
        )
