"""A message that waits, with the same names on the command line and over HTTP."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.facts.contact_ids import contact_id_of
from projections.inbox import InboxRow


@dataclass(frozen=True, slots=True)
class MailSuggestion:
    """A possible subject of a mail. An empty invoice means the debtor."""

    invoice: str
    debtor: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class InboxMail:
    """A mail that waits: `why` is the reason, `invoices` are those that already log it.

    A dispute that names its `contact_id` was opened from it, and ends its waiting.
    """

    id: UUID
    contact_id: UUID
    mail: str
    received_on: date
    channel: str
    mailbox: str
    sender: str
    sent_by: str
    name: str
    subject: str
    text: str
    document: str
    attachments: list[str]
    invoices: list[str]
    debtor: str
    why: str
    flags: list[str]
    suggestions: list[MailSuggestion]


SAME = InboxMail.__dataclass_fields__.keys() - {"contact_id", "sent_by", "suggestions"}


def waiting_mail(row: InboxRow) -> InboxMail:
    suggestions = zip(
        row.suggested_invoices,
        row.suggested_debtors,
        row.suggested_reasons,
        row.suggestions,
        strict=True,
    )
    return InboxMail(
        **{name: getattr(row, name) for name in SAME},
        contact_id=contact_id_of(row.mail),
        sent_by=row.from_,
        suggestions=[MailSuggestion(*parts) for parts in suggestions],
    )
