"""Letters that a person prints: all in one PDF, and recorded once they say that they are posted."""

import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pypdfium2
from typst import TypstError

from api.firm import creditor_of
from api.postman.build import build_letter
from api.postman.creditor import paper_of
from api.postman.letters.typeset import Letter, address_lines
from api.postman.outbox import PendingMessage, exclusive, find, reason_to_withdraw
from api.postman.print_letters import printed
from api.postman.settings import PLAIN, paper, who_sends
from api.postman.templates import BadTemplate, own_folder
from api.session import TenantSession
from commands.command import Command
from commands.context import Context
from commands.execute import execute
from ledger.database import documents
from ledger.facts.codes import Channel
from ledger.policy.refusal import NotFound, Refused

PDFIUM = threading.Lock()  # PDFium works for one thread at a time
NO_ADDRESS = "Nobody could answer it: set the address on our letters first."


@dataclass(frozen=True)
class Sheet:
    """A letter that waits, as it would be printed now; or ``why`` it is not printed."""

    pending: PendingMessage
    letter: Letter | None
    why: str = ""

    @property
    def mark(self) -> str:
        """Return what changes with the letter."""
        return sha256(self.letter.pdf).hexdigest() if self.letter else ""


def sheets(session: TenantSession, numbers: Sequence[str]) -> Iterator[Sheet]:
    """Yield the letters with these names."""
    creditor = creditor_of(session)
    for number in numbers:
        pending = find(session, number)
        if creditor.silent:
            yield Sheet(pending, None, "Nothing is sent for this tenant.")
        elif not pending.may_go(Channel.LETTER, session.clock()):
            yield Sheet(pending, None, "It does not wait to be printed any more.")
        elif why := reason_to_withdraw(session, pending):
            yield Sheet(pending, None, why)
        elif not address_lines(pending.debtor.address or ""):
            yield Sheet(pending, None, "No address of the debtor is known.")
        else:
            yield _sheet(session, pending)


def _sheet(session: TenantSession, pending: PendingMessage) -> Sheet:
    ours = paper() or PLAIN
    if not paper_of(creditor_of(session), ours).address:
        return Sheet(pending, None, NO_ADDRESS)
    try:
        return Sheet(pending, build_letter(session, pending, who_sends(), ours, own_folder()))
    except (BadTemplate, TypstError) as error:
        return Sheet(pending, None, str(error))


def merged(letters: Sequence[Letter]) -> bytes:
    """Return a PDF with the pages of all letters, in their order."""
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        for letter in letters:
            whole.import_pages(pypdfium2.PdfDocument(letter.pdf))
        made = io.BytesIO()
        whole.save(made)
    return made.getvalue()


def record_printed(session: TenantSession, seen: Mapping[str, str], context: Context) -> int:
    """Record the letters, each once and only as it was seen; return the last position.

    ``seen`` has the mark of each letter by its name. Raises ``Refused``; then none is recorded.
    """
    with exclusive(session.pool, session.tenant, "printer") as ours:
        if not ours:
            raise Refused("not-to-be-sent", why="letters are being printed just now.")
        commands = list[Command]()
        for sheet in sheets(session, [*seen]):
            number = sheet.pending.asked.message
            if sheet.letter is None or sheet.mark != seen[number]:
                why = sheet.why or f"{number} is not what was printed any more."
                raise Refused("not-to-be-sent", why=why)
            with session.pool.connection() as conn:
                pdf = sheet.letter.pdf
                document = documents.save(conn, session.tenant, pdf, "application/pdf")
            commands += printed(sheet.pending, sheet.letter, document)
        return execute(session.ledger, commands, context).position


def named(session: TenantSession, numbers: Sequence[str]) -> list[str]:
    """Return the names that are letters of the tenant, each once."""
    return [number for number in dict.fromkeys(numbers) if _is_letter(session, number)]


def _is_letter(session: TenantSession, number: str) -> bool:
    try:
        return find(session, number).asked.channel is Channel.LETTER
    except NotFound:
        return False
