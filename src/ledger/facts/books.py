"""Books: the streams of entries of an invoice, a debtor, a message of ours, an inbound mail, a bank
transaction, a bank account, the playbook, the creditor, or a request that must not be executed
twice."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts import (
    bank,
    creditor,
    debtor,
    debtor_events,
    idempotency,
    inbound,
    outbound,
    playbook,
)
from ledger.facts.bank import BankAccountBook, BankTransaction, StatementImported
from ledger.facts.creditor import Creditor, CreditorEvent
from ledger.facts.debtor import Debtor
from ledger.facts.entry import BookState, Entry
from ledger.facts.idempotency import AnsweredRequest, RequestAnswered
from ledger.facts.inbound import InboundMessage
from ledger.facts.invoice.approval import ApprovalEvent, evolve_approval
from ledger.facts.invoice.dispute_endings import EndingEvent, evolve_ending
from ledger.facts.invoice.dispute_handling import HandlingEvent, evolve_handling
from ledger.facts.invoice.dispute_opening import OpeningEvent, evolve_opening
from ledger.facts.invoice.follow_up import FollowUpEvent, evolve_follow_up
from ledger.facts.invoice.handoff import HandoffEvent, evolve_handoff
from ledger.facts.invoice.holds import HoldEvent, evolve_hold
from ledger.facts.invoice.original import OriginalEvent, evolve_original
from ledger.facts.invoice.payments import PaymentEvent, evolve_payment
from ledger.facts.invoice.promises import PromiseEvent, evolve_promise
from ledger.facts.invoice.registration import RegistrationEvent, evolve_registration
from ledger.facts.invoice.state import Invoice
from ledger.facts.invoice.taking_up import TakingUpEvent, evolve_taking_up
from ledger.facts.outbound import OutboundMessage
from ledger.facts.playbook import Playbook, PlaybookApplied

S = TypeVar("S", bound=BookState)
_NAMESPACE = UUID("5d4c6f1e-3f0b-5c0a-9a55-d0551e200001")


@dataclass(frozen=True)
class BookKind(Generic[S]):
    """A kind of book: its first state, and the function by which each of its events changes it.

    No event is refused, so replay cannot fail.
    """

    name: str
    start: Callable[[UUID], S]
    evolve: Mapping[type, Callable[[S, Any], S]] = field(hash=False)

    @property
    def events(self) -> Set[type]:
        """Return the classes of its events."""
        return self.evolve.keys()

    def after(self, state: S, event: object) -> S:
        """Return the state after the event."""
        return self.evolve[type(event)](state, event)


def _each(evolve: Callable[[S, Any], S], union: Any) -> dict[type, Callable[[S, Any], S]]:
    """Map each event of the union to the function; a union of one event is that event."""
    return dict.fromkeys(get_args(union) or (union,), evolve)


INVOICE = BookKind(
    "invoice",
    Invoice,
    _each(evolve_registration, RegistrationEvent)
    | _each(evolve_follow_up, FollowUpEvent)
    | _each(evolve_hold, HoldEvent)
    | _each(evolve_opening, OpeningEvent)
    | _each(evolve_handling, HandlingEvent)
    | _each(evolve_ending, EndingEvent)
    | _each(evolve_payment, PaymentEvent)
    | _each(evolve_promise, PromiseEvent)
    | _each(evolve_handoff, HandoffEvent)
    | _each(evolve_approval, ApprovalEvent)
    | _each(evolve_original, OriginalEvent)
    | _each(evolve_taking_up, TakingUpEvent),
)
DEBTOR = BookKind("debtor", Debtor, _each(debtor.evolve, debtor_events.DebtorEvent))
MESSAGE = BookKind("message", OutboundMessage, _each(outbound.evolve, outbound.MessageEvent))
INCOMING = BookKind("incoming", InboundMessage, _each(inbound.evolve, inbound.IncomingEvent))
PLAYBOOK = BookKind("playbook", Playbook, _each(playbook.evolve, PlaybookApplied))
CREDITOR = BookKind("creditor", Creditor, _each(creditor.evolve, CreditorEvent))
BANK_TRANSACTION = BookKind(
    "bank transaction", BankTransaction, _each(bank.evolve, bank.BankTransactionEvent)
)
BANK_ACCOUNT = BookKind(
    "bank account", BankAccountBook, _each(bank.evolve_account, StatementImported)
)
REQUEST = BookKind("request", AnsweredRequest, _each(idempotency.evolve, RequestAnswered))
KINDS = {
    event: kind
    for kind in (
        *(INVOICE, DEBTOR, MESSAGE, INCOMING, BANK_TRANSACTION, BANK_ACCOUNT),
        *(PLAYBOOK, CREDITOR, REQUEST),
    )
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
        state, line = evolve[type(entry.event)](state, entry.event), entry.line
        if entry.causation:
            causes.append(entry.causation)
    return Book(but(state, line=line), book.causes.union(causes) if causes else book.causes)
