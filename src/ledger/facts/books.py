"""Books: the streams of entries of an invoice, a debtor, a message of ours, an inbound mail, the
playbook, or a request that must not be executed twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts import debtor, debtor_events, idempotency, inbound, outbound, playbook
from ledger.facts.debtor import Debtor
from ledger.facts.entry import BookState, Entry
from ledger.facts.idempotency import AnsweredRequest, RequestAnswered
from ledger.facts.inbound import InboundMessage
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.evolve import evolve
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import OutboundMessage
from ledger.facts.playbook import Playbook, PlaybookApplied

S = TypeVar("S", bound=BookState)
_NAMESPACE = UUID("5d4c6f1e-3f0b-5c0a-9a55-d0551e200001")


@dataclass(frozen=True)
class BookKind(Generic[S]):
    """A kind of book. ``events`` are the classes of its union."""

    name: str
    start: Callable[[UUID], S]
    evolve: Callable[[S, Any], S]
    events: frozenset[type]


INVOICE = BookKind("invoice", Invoice, evolve, frozenset(get_args(InvoiceEvent)))
DEBTOR = BookKind("debtor", Debtor, debtor.evolve, frozenset(get_args(debtor_events.DebtorEvent)))
MESSAGE = BookKind(
    "message", OutboundMessage, outbound.evolve, frozenset(get_args(outbound.MessageEvent))
)
INCOMING = BookKind(
    "incoming", InboundMessage, inbound.evolve, frozenset(get_args(inbound.IncomingEvent))
)
PLAYBOOK = BookKind("playbook", Playbook, playbook.evolve, frozenset([PlaybookApplied]))
REQUEST = BookKind("request", AnsweredRequest, idempotency.evolve, frozenset([RequestAnswered]))
KINDS = {
    event: kind
    for kind in (INVOICE, DEBTOR, MESSAGE, INCOMING, PLAYBOOK, REQUEST)
    for event in kind.events
}


class Book(Struct, Generic[S], frozen=True):
    """A book's state, and the causes of its lines: the same cause acts once."""

    state: S
    causes: frozenset[str] = frozenset()


def book_id(tenant: str, kind: str, number: str) -> UUID:
    """Return the id that follows from the natural key: importing twice finds the same book."""
    return uuid5(_NAMESPACE, f"{len(tenant)}:{tenant}/{kind}/{number}")


def kind_of_event(event: object) -> BookKind[Any]:
    return KINDS[type(event)]


def replay(kind: BookKind[S], id_: UUID, entries: Iterable[Entry]) -> Book[S]:
    return apply_entries(kind, Book(kind.start(id_)), entries)


def apply_entries(kind: BookKind[S], book: Book[S], entries: Iterable[Entry]) -> Book[S]:
    """Return the book after more of its lines."""
    state, line, evolve, causes = book.state, book.state.line, kind.evolve, list[str]()
    for entry in entries:
        state, line = evolve(state, entry.event), entry.line
        if entry.causation:
            causes.append(entry.causation)
    return Book(but(state, line=line), book.causes.union(causes) if causes else book.causes)
