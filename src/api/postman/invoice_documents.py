"""The documents attached to an e-mail that is a copy of its invoices.

They are read as of the request for the e-mail, so that every attempt sends the same bytes.
"""

from collections.abc import Iterable, Iterator
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


def attachments(session: TenantSession, pending: PendingMessage) -> list[Copy]:
    """Return the documents to attach, until the e-mail is too large: all of an invoice or none.

    Raises ``CorruptDocument``.
    """
    asked = pending.asked
    is_copy = asked.purpose is Purpose.INVOICE_COPY or asked.template.replace(" ", "-") == TEMPLATE
    if asked.channel is not Channel.EMAIL or not is_copy:
        return []
    with session.pool.connection() as conn:
        ids = [invoice.id for invoice in pending.invoices]
        books = entries_of_many(conn, session.tenant, ids, pending.position)
        found = {
            invoice.number: invoice_document(line.event for line in books.get(invoice.id, ()))
            for invoice in pending.invoices
        }
        addresses = {document.sha256 for several in found.values() for document in several}
        sizes = documents.sizes(conn, session.tenant, addresses)
        return [
            Copy(
                invoice=number,
                sha256=document.sha256,
                name=" ".join(document.name.split()),
                media_type=document.media_type,
                content=documents.fetch(conn, session.tenant, document.sha256),
            )
            for number, document in _that_fit(found, sizes)
        ]


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
