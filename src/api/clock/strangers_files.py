"""Files that strangers sent and nobody filed: after their days they are deleted, on record."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from api.clock.candidate import Candidate
from api.environment import limit
from api.session import TenantSession
from commands.inbox.triage import DeleteAttachments
from ledger.database import stranger_files
from ledger.facts.books import INCOMING
from ledger.facts.entry import Entry
from ledger.facts.inbound import AttachmentsDeleted, InboundMessage, MailReceived
from ledger.store.reading import entries_naming


def files_over(session: TenantSession, on: date) -> Iterator[Candidate]:
    """Yield the messages of files whose days are over, and delete the files after their record.

    A file becomes a document if its message was filed, or if anything else names it.
    """
    days = limit("DOSSIER_FORM_KEPT_DAYS")
    with session.pool.connection() as conn:
        over = stranger_files.received_before(conn, session.tenant, on - timedelta(days=days))
        naming = entries_naming(conn, session.tenant, over) if over else {}
    for file in over:
        entries = naming.get(file, [])
        if not _is_filed(session, entries):
            for mail in _mails(entries):
                yield Candidate(f"a file of {mail}", [_deletion(mail, file, days)])
        with session.pool.connection() as conn:
            if _is_filed(session, entries):
                stranger_files.file(conn, session.tenant, [file])
            elif all(file not in state.attachments for state in _states(session, entries)):
                stranger_files.delete(conn, session.tenant, [file])


def _deletion(mail: str, file: str, days: int) -> DeleteAttachments:
    return DeleteAttachments(mail=mail, files=(file,), days=days)


def _is_filed(session: TenantSession, entries: Sequence[Entry]) -> bool:
    received = MailReceived | AttachmentsDeleted
    named = any(not isinstance(entry.event, received) for entry in entries)
    return named or any(state.is_filed for state in _states(session, entries))


def _states(session: TenantSession, entries: Sequence[Entry]) -> list[InboundMessage]:
    return [session.ledger.book(INCOMING, mail).state for mail in _mails(entries)]


def _mails(entries: Sequence[Entry]) -> list[str]:
    return [entry.event.mail for entry in entries if isinstance(entry.event, MailReceived)]
