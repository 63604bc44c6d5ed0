"""The e-mails and letters that commands would request, as text, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.postman.build import build_email, build_letter
from api.postman.outbox import PendingMessage
from api.postman.settings import PLAIN, paper, who_sends
from api.postman.templates import own_folder
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel
from ledger.facts.entry import Entry
from ledger.facts.outbound import MessageAsked, OutboundMessage


@dataclass(frozen=True, slots=True)
class EmailText:
    """A message to be: purpose, recipients and text; the token of a link is ``…``."""

    purpose: str
    to: tuple[str, ...]
    subject: str
    text: str


def email_texts(session: TenantSession, entries: Sequence[Entry]) -> Iterator[EmailText]:
    """Yield the e-mails that previewed entries request. Raises ``BadTemplate``."""
    for entry in entries:
        if isinstance(entry.event, MessageAsked) and entry.event.channel is Channel.EMAIL:
            pending = _pending(session, entry, entry.event)
            mail = build_email(session, pending, who_sends(), own_folder(), hidden=True)
            purpose = entry.event.purpose.value
            yield EmailText(purpose, mail.recipients, mail.subject, mail.text)


def letter_texts(session: TenantSession, entries: Sequence[Entry]) -> Iterator[EmailText]:
    """Yield the letters that previewed entries request. Raises ``BadTemplate``."""
    for entry in entries:
        if isinstance(entry.event, MessageAsked) and entry.event.channel is Channel.LETTER:
            pending = _pending(session, entry, entry.event)
            made = build_letter(session, pending, who_sends(), paper() or PLAIN, own_folder())
            purpose = entry.event.purpose.value
            yield EmailText(purpose, made.to, made.subject, made.text)


def _pending(session: TenantSession, entry: Entry, asked: MessageAsked) -> PendingMessage:
    ledger = session.ledger
    return PendingMessage(
        message=OutboundMessage(entry.book_id, status="asked", asked=asked),
        asked=asked,
        at=entry.at,
        debtor=ledger.book(DEBTOR, asked.debtor).state,
        invoices=[ledger.book(INVOICE, about.invoice).state for about in asked.about],
        position=ledger.head(),
    )
