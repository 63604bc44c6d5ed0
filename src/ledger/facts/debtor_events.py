"""Everything that can happen to a debtor as such, apart from any one invoice."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.facts.codes import Channel, Direction, TaskKind
from ledger.facts.entry import Event, Personal


class DebtorRegistered(Event, topic="debtor-registered.v1"):
    """Who owes. ``number`` is the creditor's own number, leading zeros and all."""

    number: str
    name: Personal[str]
    email: Personal[str] | None = None
    phone: Personal[str] | None = None
    address: Personal[str] | None = None
    language: str | None = None  # BCP 47
    country: str | None = None  # ISO 3166-1
    vat_id: str | None = None
    segment: str | None = None  # whose ladder he is followed up by


class DebtorCorrected(Event, topic="debtor-corrected.v1"):
    """A field that is None stays as it was."""

    why: str
    name: Personal[str] | None = None
    email: Personal[str] | None = None
    phone: Personal[str] | None = None
    address: Personal[str] | None = None
    language: str | None = None
    country: str | None = None
    vat_id: str | None = None
    segment: str | None = None  # whose ladder he is followed up by


class DebtorContactLogged(Event, topic="debtor-contact-logged.v1"):
    contact_id: UUID
    channel: Channel
    direction: Direction
    who: Personal[str]
    summary: Personal[str]
    time: str | None = None
    message_id: str | None = None
    documents: tuple[str, ...] = ()


class DebtorNoteAdded(Event, topic="debtor-note-added.v1"):
    text: Personal[str]


class DebtorHeld(Event, topic="debtor-held.v1"):
    """Follow-up of every invoice of this debtor rests until ``until``."""

    hold_id: UUID
    reason: str
    until: date | None
    release_by: tuple[str, ...]
    note: str = ""


class DebtorResumed(Event, topic="debtor-resumed.v1"):
    hold_id: UUID
    why: str


class MoneyReceived(Event, topic="money-received.v1"):
    """Money from this debtor that names no invoice: it waits to be allocated."""

    reference: str
    amount: Decimal
    currency: str
    method: str | None = None
    payer_name: Personal[str] | None = None
    payer_iban: Personal[str] | None = None


class MoneyAllocated(Event, topic="money-allocated.v1"):
    """``amount`` of it was put on an invoice, whose book says so with the same reference."""

    reference: str
    invoice: str
    amount: Decimal


class MoneyReturned(Event, topic="money-returned.v1"):
    """``amount`` of it went back to the payer."""

    reference: str
    amount: Decimal
    why: str


class DebtorItemPostponed(Event, topic="debtor-item-postponed.v1"):
    """What the agenda asks since ``due_on`` is not shown before ``until``."""

    item: str
    action: TaskKind
    due_on: date
    until: date
    why: str


class DebtorUnreachable(Event, topic="debtor-unreachable.v1"):
    """``step`` of the ladder was due, and for none of its channels is it known where to write."""

    step: str
    channels: tuple[Channel, ...]


class CreditChecked(Event, topic="credit-checked.v1"):
    """What somebody found the debtor good for; ``limit`` is what he may owe at most."""

    result: str
    limit: Decimal | None
    currency: str
    source: str = ""


DebtorEvent = (
    DebtorRegistered
    | DebtorCorrected
    | DebtorContactLogged
    | DebtorNoteAdded
    | DebtorHeld
    | DebtorResumed
    | MoneyReceived
    | MoneyAllocated
    | MoneyReturned
    | DebtorItemPostponed
    | DebtorUnreachable
    | CreditChecked
)
