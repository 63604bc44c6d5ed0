"""The documents attached to an e-mail: a copy of its invoices, or the file of a dispute.

They are read as of the request for the e-mail, so that every attempt sends the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from api.postman.email.compose import Copy
from api.postman.outbox import PendingMessage
from api.session import TenantSession
from ledger.database import documents
from ledger.facts.codes import Channel, Direction, Purpose
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.registration import DocumentAttached, InvoiceRegistered
from ledger.policy.normalise import reference
from ledger.store.reading import entries_of_many

TEMPLATE = "invoice-copy"
MAX_BYTES = 7_000_000  # of documents; in base64 that is an e-mail of less than 10 MB
KINDS = ("pdf", "xml")  # for people, and UBL for machines
Choice = Callable[[Iterable[Any]], list[DocumentAttached]]
WORDS = ("", "INVOICE", "FACTUUR", "RECHNUNG", "FACTURE", "UBL")  # in a name, with the number


def attachments(session: TenantSession, pending: PendingMessage, linked: bool) -> list[Copy]:
    """Return the documents to attach, until the e-mail is too large: all of an invoice or none.

    A copy of invoices has them with it, and a request to a resolver their whole file, if no page
    is ``linked`` that has it. Raises ``CorruptDocument``.
    """
    asked = pending.asked
    is_copy = asked.purpose is Purpose.INVOICE_COPY or asked.template.replace(" ", "-") == TEMPLATE
    is_file = asked.purpose is Purpose.REQUEST and not linked
    if asked.channel is not Channel.EMAIL or not (is_copy or is_file):
        return []
    found = _found(session, pending, invoice_document if is_copy else documents_in)
    with session.pool.connection() as conn:
        addresses = {document.sha256 for several in found.values() for document in several}
        sizes = documents.sizes(conn, session.tenant, addresses)
        return [
            Copy(
                invoice=number,
                sha256=document.sha256,
                name=_name(document),
                media_type=document.media_type,
                content=documents.fetch(conn, session.tenant, document.sha256),
            )
            for number, document in _that_fit(found, sizes)
        ]


def document_names(session: TenantSession, pending: PendingMessage) -> list[str]:
    """Return the names of the documents in the files of its invoices."""
    found = _found(session, pending, documents_in)
    return [_name(document) for several in found.values() for document in several]


def _found(
    session: TenantSession, pending: PendingMessage, choose: Choice
) -> dict[str, list[DocumentAttached]]:
    """Return the chosen documents of each invoice, as of the request."""
    ids = [invoice.id for invoice in pending.invoices]
    with session.pool.connection() as conn:
        books = entries_of_many(conn, session.tenant, ids, pending.position)
    return {
        invoice.number: choose(line.event for line in books.get(invoice.id, ()))
        for invoice in pending.invoices
    }


def _name(document: DocumentAttached) -> str:
    return " ".join(document.name.split())


def documents_in(happened: Iterable[Any]) -> list[DocumentAttached]:
    """Return all documents, each once under its last name."""
    attached = (event for event in happened if isinstance(event, DocumentAttached))
    return [*{document.sha256: document for document in attached}.values()]


def invoice_document(happened: Iterable[Any]) -> list[DocumentAttached]:
    """Find the document that the invoice's registration names, by SHA-256 or by name; else the last
    PDF and the last XML named after the invoice number.

    An inbound document never counts: a file of that name from a debtor is not our invoice.
    """
    number, reference = "", None
    inbound, ours = set[str](), list[DocumentAttached]()
    for event in happened:
        match event:
            case InvoiceRegistered():
                number, reference = event.number, event.document
            case ContactLogged() if event.direction is Direction.IN:
                inbound.update(event.documents)
            case DocumentAttached() if event.sha256 not in inbound:
                ours.append(event)
    if named := [file for file in ours if reference and reference in (file.sha256, file.name)]:
        return named[-1:]
    by_kind = {
        file.name.rpartition(".")[2].lower(): file for file in ours if _has_name(file.name, number)
    }
    return [by_kind[kind] for kind in KINDS if kind in by_kind]


def _has_name(name: str, number: str) -> bool:
    """Return whether it is like ``Factuur 2026-001.pdf``, and not like ``Claim 2026-001.pdf``."""
    plain, stem = reference(number), reference(name.rpartition(".")[0])
    return bool(plain) and plain in stem and stem.replace(plain, "", 1) in WORDS


def _that_fit(
    found: dict[str, list[DocumentAttached]], sizes: dict[str, int]
) -> Iterator[tuple[str, DocumentAttached]]:
    left = MAX_BYTES
    for number, several in found.items():
        size = sum(sizes.get(document.sha256, MAX_BYTES + 1) for document in several)
        if size <= left:
            left -= size
            yield from ((number, document) for document in several)
