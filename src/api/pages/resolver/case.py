"""Everything that was collected about a case, for who has to solve it or approve its credit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from api.links.tokens import CaseLink
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INCOMING, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailReceived
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.follow_up_events import (
    ContactLogged,
    EmailSent,
    LetterPrinted,
    ReminderSent,
)
from ledger.facts.invoice.registration_events import (
    DeliveryFailed,
    DocumentAttached,
    InvoiceDelivered,
    InvoiceSent,
    NoteAdded,
)
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.messages.withdrawal import OF_OPEN_CASE
from ledger.policy.visibility import approves, solves
from ledger.store.reading import entries_of_many
from projections.contact_log.sentences import sentence

CONTACTS = (  # what else of an invoice's file helps to solve its dispute
    InvoiceSent,
    InvoiceDelivered,
    DeliveryFailed,
    ReminderSent,
    EmailSent,
    LetterPrinted,
    ContactLogged,
    NoteAdded,
    DocumentAttached,
)


class LinkClosed(Exception):
    """The case is there, and nothing is asked of this person any more."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True)
class Part:
    """An invoice of the case, its dispute, and what happened about it."""

    invoice: Invoice
    dispute: Dispute
    log: Sequence[tuple[date, str, str]]  # when, by whom, what


@dataclass(frozen=True)
class Document:
    """A document of the file, and the invoice that names it."""

    invoice: str
    sha256: str
    name: str


@dataclass(frozen=True)
class Case:
    """The parts of it that wait for this person: ``to_solve`` to solve, ``credits`` to approve."""

    link: CaseLink
    parts: Sequence[Part]
    debtor: Debtor
    documents: Sequence[Document]
    rules: Rules

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
        one = self.first.dispute
        return one.expected or self.rules.handling(one.reason).asks

    @property
    def own_reason(self) -> str:
        """The creditor's own name for it, where there is one."""
        return self.rules.handling(self.first.dispute.reason).name

    @property
    def answer_by(self) -> date | None:
        one = self.first.dispute
        return one.follow_up_on if self.first in self.to_solve else one.credit_by

    @property
    def limit(self) -> Decimal | None:
        """Of what he may approve, where there is one."""
        named = (one for one in self.rules.approvers if one.approver == self.link.resolver)
        return next((one.up_to for one in named), None)


def load_case(session: TenantSession, link: CaseLink, numbers: Sequence[str]) -> Case:
    """``numbers``: the invoices that the case is over. Raises ``LinkClosed``."""
    waits = waiting([session.ledger.book(INVOICE, number).state for number in numbers], link)
    entries = {one.number: _about(session, one, link) for one in waits}
    return Case(
        link,
        [Part(one, one.disputes[link.case], _log(entries[one.number])) for one in waits],
        session.ledger.book(DEBTOR, waits[0].debtor).state,
        list(_documents(entries, _subjects(session, entries))),
        session.playbook()[1],
    )


def waiting(invoices: Sequence[Invoice], link: CaseLink) -> list[Invoice]:
    """Return those whose dispute, or its credit, waits for this person. Raises ``LinkClosed``."""
    waits = [one for one in invoices if to_solve(one, link) or to_approve(one, link)]
    if not waits:
        if any(one.has_amount_in_dispute(one.disputes[link.case]) for one in invoices):
            raise LinkClosed(403, "Nothing is asked of you here any more")
        if any(one.disputes[link.case].is_open for one in invoices):
            raise LinkClosed(410, "Nothing is left to dispute")
        raise LinkClosed(410, "This dispute is over")
    return waits


def to_solve(invoice: Invoice, link: CaseLink) -> bool:
    return solves(invoice, invoice.disputes[link.case], link.resolver)


def to_approve(invoice: Invoice, link: CaseLink) -> bool:
    return approves(invoice, invoice.disputes[link.case], link.resolver)


def _about(session: TenantSession, invoice: Invoice, link: CaseLink) -> list[Entry]:
    """Of the case, or of what was said and sent about the invoice apart from any other case."""
    return [
        entry
        for entry in session.ledger.history(invoice.id)
        if (case := getattr(entry.event, "case_id", None)) == link.case
        or (case is None and isinstance(entry.event, CONTACTS))
    ]


def _log(entries: Sequence[Entry]) -> list[tuple[date, str, str]]:
    return [(entry.event.on, entry.by, sentence(entry.event)) for entry in entries]


def _documents(
    entries: Mapping[str, Sequence[Entry]], subjects: Mapping[str, str]
) -> Iterator[Document]:
    """Each once of an invoice, by its name or subject where it has one; ``subjects`` by SHA-256."""
    for number, lines in entries.items():
        found = dict[str, str]()
        for event in (entry.event for entry in lines):
            for address in _named(event):
                subject = subjects.get(address) or getattr(event, "subject", "")
                name = f"{subject} ({event.on})" if subject else f"document {len(found) + 1}"
                found.setdefault(address, name)
            if isinstance(event, DocumentAttached):
                found[event.sha256] = event.name
        yield from (Document(number, address, name) for address, name in found.items())


def _subjects(session: TenantSession, entries: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """Of the mails that came in, by the document that each is; their own books have them."""
    contacts = [
        entry.event
        for lines in entries.values()
        for entry in lines
        if isinstance(entry.event, ContactLogged) and entry.event.documents
    ]
    names = {name for one in contacts for name in (one.message_id, one.documents[0]) if name}
    with session.pool.connection() as conn:
        ids = [session.ledger.id_of(INCOMING, name) for name in names]
        books = entries_of_many(conn, session.tenant, ids)
    came = (lines[0].event for lines in books.values())
    return {one.document: one.subject for one in came if isinstance(one, MailReceived)}


def _named(event: Any) -> Sequence[str]:
    """Not what was written to a colleague: what went before had a link in it, which is his."""
    told = isinstance(event, EmailSent | LetterPrinted) and event.purpose not in OF_OPEN_CASE
    ours = (event.document,) if told else ()
    return (*getattr(event, "documents", ()), *ours)
