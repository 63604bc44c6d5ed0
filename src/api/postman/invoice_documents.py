"""The invoice itself, from its own file: what goes with a mail that is a copy of it.

As the file was when the mail was asked for, so that a second try has the same bytes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from api.postman.email.compose import Copy
from api.postman.outbox import PendingMessage
from api.session import TenantSession
from ledger.database import documents
from ledger.facts.codes import Channel, Direction, Purpose
from ledger.facts.invoice.follow_up_events import ContactLogged
from ledger.facts.invoice.registration_events import DocumentAttached, InvoiceRegistered
from ledger.policy.normalise import reference
from ledger.store.reading import entries_of_many

TEMPLATE = "invoice-copy"
MAX_BYTES = 7_000_000  # bytes of documents; in base64 that is a mail of less than 10 MB
KINDS = ("pdf", "xml")  # for people, and UBL for machines
CALLED = ("", "INVOICE", "FACTUUR", "RECHNUNG", "FACTURE", "UBL")  # besides the number


def attachments(session: TenantSession, one: PendingMessage) -> list[Copy]:
    """What goes with it; of an invoice all or nothing, as long as the mail is not too large.

    Raises ``Damaged``.
    """
    asked = one.asked
    of_invoice = (
        asked.purpose is Purpose.INVOICE_COPY or asked.template.replace(" ", "-") == TEMPLATE
    )
    if asked.channel is not Channel.EMAIL or not of_invoice:
        return []
    with session.pool.connection() as conn:
        ids = [invoice.id for invoice in one.invoices]
        books = entries_of_many(conn, session.tenant, ids, one.position)
        found = {
            invoice.number: invoice_document(line.event for line in books.get(invoice.id, ()))
            for invoice in one.invoices
        }
        named = {each.sha256 for several in found.values() for each in several}
        sizes = documents.sizes(conn, session.tenant, named)
        return [
            Copy(
                invoice=number,
                sha256=each.sha256,
                name=" ".join(each.name.split()),
                media_type=each.media_type,
                content=documents.fetch(conn, session.tenant, each.sha256),
            )
            for number, each in _that_fit(found, sizes)
        ]


def invoice_document(happened: Iterable[Any]) -> list[DocumentAttached]:
    """Of what is attached to an invoice the document that its registration names, by SHA-256 or
    by name; else the PDF and the XML that are called by its number, the last of each.

    Never what came in: who sends us a file of that name did not send our invoice.
    """
    number, reference = "", None
    came, ours = set[str](), list[DocumentAttached]()
    for event in happened:
        match event:
            case InvoiceRegistered():
                number, reference = event.number, event.document
            case ContactLogged() if event.direction is Direction.IN:
                came.update(event.documents)
            case DocumentAttached() if event.sha256 not in came:
                ours.append(event)
    if named := [one for one in ours if reference and reference in (one.sha256, one.name)]:
        return named[-1:]
    called = {_kind(one): one for one in ours if _is_called(one.name, number)}
    return [called[kind] for kind in KINDS if kind in called]


def _kind(one: DocumentAttached) -> str:
    return one.name.rpartition(".")[2].lower()


def _is_called(name: str, number: str) -> bool:
    """Such as ``Factuur 2026-001.pdf``, and not ``Claim 2026-001.pdf``."""
    plain, said = reference(number), reference(name.rpartition(".")[0])
    return bool(plain) and plain in said and said.replace(plain, "", 1) in CALLED


def _that_fit(
    found: dict[str, list[DocumentAttached]], sizes: dict[str, int]
) -> Iterator[tuple[str, DocumentAttached]]:
    left = MAX_BYTES
    for number, several in found.items():
        size = sum(sizes.get(one.sha256, MAX_BYTES + 1) for one in several)
        if size <= left:
            left -= size
            yield from ((number, one) for one in several)
