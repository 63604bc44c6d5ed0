"""Events of a debtor, apart from single invoices."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from ledger.facts.codes import Channel, Direction, MoneyKind, TaskKind
from ledger.facts.entry import Event, Personal


class ContactPerson(Struct, frozen=True):
    """A person at the debtor, and how they are reached."""

    name: Personal[str] = ""
    role: str = ""
    email: Personal[str] = ""
    phone: Personal[str] = ""


class DebtorRegistered(Event, topic="debtor-registered.v1"):
    """A debtor was registered. ``number`` is the creditor's own, with its leading zeros."""

    number: str
    name: Personal[str]
    email: Personal[str] | None = None
    phone: Personal[str] | None = None
    address: Personal[str] | None = None
    language: str | None = None  # BCP 47
    country: str | None = None  # ISO 3166-1
    vat_id: str | None = None
    segment: str | None = None  # decides the dunning ladder
    persons: tuple[ContactPerson, ...] | None = None
    collector: str | None = None


class DebtorCorrected(Event, topic="debtor-corrected.v1"):
    """A debtor's details were corrected. A field that is None stays as it was."""

    why: str
    name: Personal[str] | None = None
    email: Personal[str] | None = None
    phone: Personal[str] | None = None
    address: Personal[str] | None = None
    language: str | None = None
    country: str | None = None
    vat_id: str | None = None
    segment: str | None = None  # decides the dunning ladder
    persons: tuple[ContactPerson, ...] | None = None  # all of them
    collector: str | None = None


class DebtorCollectorAssigned(Event, topic="debtor-collector-assigned.v1"):
    """The playbook gave the debtor a collector, or took them away: an empty name is nobody."""

    collector: str
    playbook: int  # version
    why: str


class DebtorContactLogged(Event, topic="debtor-contact-logged.v1"):
    contact_id: UUID
    channel: Channel
    direction: Direction
    who: Personal[str]
    summary: Personal[str]
    time: str | None = None
    message_id: str | None = None
    documents: tuple[str, ...] = ()
    awaits_answer: bool = False
    mail: str = ""  # its name in the inbox, if it came in there
    rests_until: date | None = None  # follow-up pauses no longer; None: until it is answered


class DebtorAnswered(Event, topic="debtor-answered.v1"):
    """Messages about no particular invoice need no answer any more; all when none is named."""

    contact_id: UUID | None = None
    text: Personal[str] = ""


class DebtorAddressRefused(Event, topic="debtor-address-refused.v1"):
    """Mail to an address was refused or came back: nothing more is sent to it."""

    address: Personal[str]
    why: str


class DebtorNoteAdded(Event, topic="debtor-note-added.v1"):
    text: Personal[str]


class DebtorHeld(Event, topic="debtor-held.v1"):
    """Follow-up of all invoices of the debtor was paused until the day ``until``."""

    hold_id: UUID
    reason: str
    until: date | None
    release_by: tuple[str, ...]
    note: str = ""


class DebtorResumed(Event, topic="debtor-resumed.v1"):
    hold_id: UUID
    why: str


class MoneyReceived(Event, topic="money-received.v1"):
    """A payment of the debtor came in, or a credit note, that names no invoice: it waits to be
    allocated. ``source`` is the list of open items that has it, if one does."""

    reference: str
    amount: Decimal
    currency: str
    method: str | None = None
    payer_name: Personal[str] | None = None
    payer_iban: Personal[str] | None = None
    kind: MoneyKind = MoneyKind.PAYMENT
    source: str = ""


class MoneyAllocated(Event, topic="money-allocated.v1"):
    """``amount`` of a payment was allocated to an invoice, whose book has the same reference."""

    reference: str
    invoice: str
    amount: Decimal
    kind: MoneyKind = MoneyKind.PAYMENT


class MoneyReturned(Event, topic="money-returned.v1"):
    """``amount`` of a payment was returned to the payer."""

    reference: str
    amount: Decimal
    why: str


class MoneyReversed(Event, topic="money-reversed.v1"):
    """``amount`` of a payment is not the debtor's: the bank took it back, or it was recorded by
    mistake."""

    reference: str
    amount: Decimal
    why: str


class MoneySettledPerErp(Event, topic="money-settled-per-erp.v1"):
    """``amount`` is no longer open in the ERP's list: it was allocated there, or paid back."""

    reference: str
    amount: Decimal
    source: str


class DebtorItemPostponed(Event, topic="debtor-item-postponed.v1"):
    """A task, due since ``due_on``, was postponed to the day ``until``."""

    item: str
    action: TaskKind
    due_on: date
    until: date
    why: str


class DebtorItemTakenUp(Event, topic="debtor-item-taken-up.v1"):
    """A task that was postponed is on the list again."""

    item: str


class DebtorUnreachable(Event, topic="debtor-unreachable.v1"):
    """``step`` of the ladder was due, and the debtor has no address for any of its channels."""

    step: str
    channels: tuple[Channel, ...]


class CreditChecked(Event, topic="credit-checked.v1"):
    """The debtor's credit was checked; ``limit`` is the most that they may owe."""

    result: str
    limit: Decimal | None
    currency: str
    source: str = ""


DebtorEvent = (
    DebtorRegistered
    | DebtorCorrected
    | DebtorCollectorAssigned
    | DebtorContactLogged
    | DebtorAnswered
    | DebtorAddressRefused
    | DebtorNoteAdded
    | DebtorHeld
    | DebtorResumed
    | MoneyReceived
    | MoneyAllocated
    | MoneyReturned
    | MoneyReversed
    | MoneySettledPerErp
    | DebtorItemPostponed
    | DebtorItemTakenUp
    | DebtorUnreachable
    | CreditChecked
)
