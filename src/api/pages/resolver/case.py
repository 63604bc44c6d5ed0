"""The file of a case, for the person who has to solve it or to approve its credit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from api.links.link import CaseLink
from api.pages.kit.brand import Brand, brand_of
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INCOMING, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailReceived
from ledger.facts.invoice import follow_up, registration
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.events import CONTACTS
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import has_amount_in_dispute
from ledger.policy.messages.withdrawal import OF_OPEN_CASE
from ledger.policy.visibility import approves, solves
from ledger.store.reading import entries_of_many

SENT = (follow_up.EmailSent, follow_up.LetterPrinted)


class LinkClosed(Exception):
    """The case waits for nothing from this person."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True)
class Part:
    """An invoice of the case, its dispute, and its log."""

    invoice: Invoice
    dispute: Dispute
    log: Sequence[Entry]

    @property
    def disputed_lines(self) -> dict[str, Decimal]:
        """The disputed amounts by the number of the line."""
        return {line.number: line.amount for line in self.dispute.contested_parts.lines}

    @property
    def share(self) -> int:
        """The requested credit as a part of the invoice, in per cent; at least 1."""
        asked, whole = self.dispute.credit_requested or Decimal(0), self.invoice.amount
        return max(1, min(100, round(asked * 100 / whole))) if whole else 100


@dataclass(frozen=True)
class Document:
    """A document of the file, and the invoice that names it."""

    invoice: str
    sha256: str
    name: str


@dataclass(frozen=True)
class Case:
    """A case, with its parts that wait for this person, to solve or to approve."""

    link: CaseLink
    parts: Sequence[Part]
    debtor: Debtor
    documents: Sequence[Document]
    rules: Rules
    asked_again: str  # why it was reopened
    brand: Brand

    @property
    def first(self) -> Part:
        return self.parts[0]

    @property
    def to_solve(self) -> list[Part]:
        return [part for part in self.parts if to_solve(part.invoice, self.link)]

    @property
    def credits(self) -> list[Part]:
        return [part for part in self.parts if to_approve(part.invoice, self.link)]

    @property
    def asks(self) -> str:
        dispute = self.first.dispute
        return dispute.expected or self.rules.handling(dispute.reason).asks

    @property
    def own_reason(self) -> str:
        """The creditor's own name of the reason, if any."""
        return self.rules.handling(self.first.dispute.reason).name

    @property
    def answer_by(self) -> date | None:
        dispute = self.first.dispute
        return dispute.follow_up_on if self.first in self.to_solve else dispute.credit_by

    @property
    def limit(self) -> Decimal | None:
        """The approval limit of this person, if any."""
        limits = {approver.approver: approver.up_to for approver in reversed(self.rules.approvers)}
        return limits.get(self.link.resolver)


def load_case(session: TenantSession, link: CaseLink, numbers: Sequence[str]) -> Case:
    """Return the case over the invoices ``numbers``. Raises ``LinkClosed``."""
    invoices = waiting([session.ledger.book(INVOICE, number).state for number in numbers], link)
    entries = {invoice.number: _about(session, invoice, link) for invoice in invoices}
    return Case(
        link,
        [
            Part(invoice, invoice.disputes[link.case], entries[invoice.number])
            for invoice in invoices
        ],
        session.ledger.book(DEBTOR, invoices[0].debtor).state,
        list(_documents(entries, _subjects(session, entries))),
        session.playbook()[1],
        _asked_again(entries[invoices[0].number]),
        brand_of(session),
    )


def waiting(invoices: Sequence[Invoice], link: CaseLink) -> list[Invoice]:
    """Return the invoices whose dispute or credit waits for this person. Raises ``LinkClosed``."""
    if waits := [bill for bill in invoices if to_solve(bill, link) or to_approve(bill, link)]:
        return waits
    if any(has_amount_in_dispute(invoice, invoice.disputes[link.case]) for invoice in invoices):
        raise LinkClosed(403, "Nothing is asked of you here any more")
    if any(invoice.disputes[link.case].is_open for invoice in invoices):
        raise LinkClosed(410, "Nothing is left to dispute")
    raise LinkClosed(410, "This dispute is closed")


def to_solve(invoice: Invoice, link: CaseLink) -> bool:
    return solves(invoice, invoice.disputes[link.case], link.resolver)


def to_approve(invoice: Invoice, link: CaseLink) -> bool:
    return approves(invoice, invoice.disputes[link.case], link.resolver)


def _about(session: TenantSession, invoice: Invoice, link: CaseLink) -> list[Entry]:
    """Return the entries of the case, and the contacts about the invoice without any case."""
    return [
        entry
        for entry in session.ledger.history(invoice.id)
        if (case := getattr(entry.event, "case_id", None)) == link.case
        or (case is None and isinstance(entry.event, CONTACTS))
    ]


def _asked_again(entries: Sequence[Entry]) -> str:
    """Return why the case was reopened last; empty when it was not."""
    reasons = [entry.event.why for entry in entries if isinstance(entry.event, DisputeReopened)]
    return reasons[-1] if reasons else ""


def _documents(
    entries: Mapping[str, Sequence[Entry]], subjects: Mapping[str, str]
) -> Iterator[Document]:
    """Yield each document of an invoice once, with its name or subject; ``subjects`` by SHA-256."""
    for number, lines in entries.items():
        found = dict[str, str]()
        for event in (entry.event for entry in lines):
            for address in _named(event):
                subject = subjects.get(address) or getattr(event, "subject", "")
                name = f"{subject} ({event.on})" if subject else f"document {len(found) + 1}"
                found.setdefault(address, name)
            if isinstance(event, registration.DocumentAttached):
                found[event.sha256] = event.name
        yield from (Document(number, address, name) for address, name in found.items())


def _subjects(session: TenantSession, entries: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """Return the subjects of inbound messages by SHA-256, from their own books."""
    contacts = [
        entry.event
        for lines in entries.values()
        for entry in lines
        if isinstance(entry.event, follow_up.ContactLogged) and entry.event.documents
    ]
    names = {
        name for contact in contacts for name in (contact.message_id, contact.documents[0]) if name
    }
    with session.pool.connection() as conn:
        ids = [session.ledger.id_of(INCOMING, name) for name in names]
        books = entries_of_many(conn, session.tenant, ids)
    firsts = (lines[0].event for lines in books.values())
    return {mail.document: mail.subject for mail in firsts if isinstance(mail, MailReceived)}


def _named(event: Any) -> Sequence[str]:
    """Return documents, without messages to colleagues: older ones have the link of a colleague."""
    ours = isinstance(event, SENT) and event.purpose not in OF_OPEN_CASE
    return (*getattr(event, "documents", ()), *([event.document] if ours else []))
