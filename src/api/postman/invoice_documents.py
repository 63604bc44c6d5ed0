"""The documents attached to an e-mail: a copy of its invoices, or the file of a dispute.

They are read as of the request for the e-mail, so that every attempt sends the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from api.postman.email.compose import Copy
from api.postman.outbox import PendingMessage
from api.session import TenantSession
from ledger.database import documents
from ledger.facts.books import INVOICE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.invoice.original import FILE_TYPES, REGISTERED
from ledger.facts.invoice.registration import DocumentAttached
from ledger.store.reading import entries_of_many

TEMPLATE = "invoice-copy"
MAX_BYTES = 7_000_000  # of documents; in base64 that is an e-mail of less than 10 MB
Choice = Callable[[Iterable[Any]], list[DocumentAttached]]


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
    """Return the documents that are the invoice itself, the PDF before the XML.

    Only what the registration names by SHA-256 or a collector named as the invoice counts: nothing
    that came by a link, a form or a mailbox, whatever its name.
    """
    invoice, attached = INVOICE.start(UUID(int=0)), dict[str, DocumentAttached]()
    for event in happened:
        invoice = INVOICE.after(invoice, event)
        match event:
            case DocumentAttached():
                attached[event.sha256] = event
    ordered = (invoice.originals.sent.get(kind, "") for kind in (REGISTERED, *FILE_TYPES))
    return [attached[sha256] for sha256 in ordered if sha256 in attached]


def _that_fit(
    found: dict[str, list[DocumentAttached]], sizes: dict[str, int]
) -> Iterator[tuple[str, DocumentAttached]]:
    left = MAX_BYTES
    for number, several in found.items():
        size = sum(sizes.get(document.sha256, MAX_BYTES + 1) for document in several)
        if size <= left:
            left -= size
            yield from ((number, document) for document in several)
