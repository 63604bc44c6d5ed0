"""The state of a debtor's book."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts import debtor_events as ev
from ledger.facts.codes import ZERO, Channel, Direction, MoneyKind
from ledger.facts.entry import BookState
from ledger.facts.invoice import replies
from ledger.facts.invoice.parts import Postponement, UnansweredReply


class DebtorHold(Struct, frozen=True):
    """A hold on follow-up of all invoices of a debtor, until the day ``until``."""

    hold_id: UUID
    reason: str
    until: date | None
    release_by: tuple[str, ...]


class UnallocatedPayment(Struct, frozen=True):
    """A payment or credit note that names no invoice, and the amount left to allocate."""

    amount: Decimal
    currency: str
    left: Decimal
    received_on: date
    allocated: Mapping[str, Decimal] = field(default_factory=dict)  # by invoice
    kind: MoneyKind = MoneyKind.PAYMENT
    listed: bool = False  # by the ERP as an open item


class CreditCheck(Struct, frozen=True):
    """The result of the last credit check."""

    result: str
    limit: Decimal | None
    currency: str
    checked_on: date


class UnreachableStep(Struct, frozen=True):
    """A step that could be sent by none of its channels."""

    step: str
    channels: tuple[Channel, ...]
    on: date


class Debtor(BookState, frozen=True):
    number: str = ""
    name: str = ""
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    language: str | None = None
    country: str | None = None
    vat_id: str | None = None
    segment: str | None = None
    persons: tuple[ev.ContactPerson, ...] = ()
    collector: str | None = None
    collector_by_rule: bool = False  # else a person or the ERP named them
    registered_on: date | None = None
    credit: CreditCheck | None = None
    holds: Mapping[UUID, DebtorHold] = field(default_factory=dict)
    money: Mapping[str, UnallocatedPayment] = field(default_factory=dict)  # by payment reference
    postponed: Mapping[str, Postponement] = field(default_factory=dict)  # by item of the agenda
    unreached: UnreachableStep | None = None  # the last; the debtor may be reachable since
    refused: Mapping[str, date] = field(default_factory=dict)  # mail addresses, in lower case
    replies: tuple[UnansweredReply, ...] = ()  # about no particular invoice
    contacts: frozenset[UUID] = frozenset()
    last_contact_on: date | None = None


def evolve(debtor: Debtor, event: ev.DebtorEvent) -> Debtor:  # noqa: C901
    """Return the next state. Exhaustive: mypy fails when an event is added."""
    match event:
        case ev.DebtorRegistered() as e:
            return _details(but(debtor, number=e.number, registered_on=e.on), e)
        case ev.DebtorCorrected() as e:
            confirmed = (e.email or "").lower()
            refused = {name: on for name, on in debtor.refused.items() if name != confirmed}
            return _details(but(debtor, refused=refused), e)
        case ev.DebtorCollectorAssigned() as e:
            return but(debtor, collector=e.collector or None, collector_by_rule=True)
        case ev.DebtorContactLogged() as e:
            return _contact(debtor, e)
        case ev.DebtorAnswered() as e:
            left = (
                reply for reply in debtor.replies if e.contact_id not in (None, reply.contact_id)
            )
            return but(debtor, replies=tuple(left))
        case ev.DebtorAddressRefused() as e:
            return but(debtor, refused={**debtor.refused, e.address.lower(): e.on})
        case ev.DebtorNoteAdded():
            return debtor
        case ev.DebtorHeld() as e:
            hold = DebtorHold(e.hold_id, e.reason, e.until, e.release_by)
            return but(debtor, holds={**debtor.holds, e.hold_id: hold})
        case ev.DebtorResumed() as e:
            return but(debtor, holds={k: h for k, h in debtor.holds.items() if k != e.hold_id})
        case ev.MoneyReceived() as e:
            money = UnallocatedPayment(
                e.amount, e.currency, e.amount, e.on, kind=e.kind, listed=bool(e.source)
            )
            return but(debtor, money={**debtor.money, e.reference: money})
        case (
            ev.MoneyAllocated()
            | ev.MoneyReturned()
            | ev.MoneyReversed()
            | ev.MoneySettledPerErp() as e
        ):
            before = debtor.money.get(e.reference) or UnallocatedPayment(ZERO, "", ZERO, e.on)
            money = but(before, left=before.left - e.amount)
            if isinstance(e, ev.MoneyAllocated):
                money = but(money, allocated={**before.allocated, e.invoice: e.amount})
            return but(debtor, money={**debtor.money, e.reference: money})
        case ev.DebtorUnreachable() as e:
            return but(debtor, unreached=UnreachableStep(e.step, e.channels, e.on))
        case ev.CreditChecked() as e:
            return but(debtor, credit=CreditCheck(e.result, e.limit, e.currency, e.on))
        case ev.DebtorItemPostponed() as e:
            postponed = Postponement(e.action, e.until, e.why)
            return but(debtor, postponed={**debtor.postponed, e.item: postponed})
        case ev.DebtorItemTakenUp() as e:
            waits = {item: day for item, day in debtor.postponed.items() if item != e.item}
            return but(debtor, postponed=waits)
        case _:
            assert_never(event)


def _contact(debtor: Debtor, e: ev.DebtorContactLogged) -> Debtor:
    left = debtor.replies
    if e.direction is Direction.OUT:
        left = replies.after_contact(left, e.on)
    elif e.awaits_answer:
        left = (*left, replies.waiting(e))
    contacts = debtor.contacts | {e.contact_id}
    return but(debtor, contacts=contacts, last_contact_on=e.on, replies=left)


DETAILS = (
    *("name", "email", "phone", "address", "language", "country", "vat_id", "segment"),
    *("persons", "collector"),
)


def _details(debtor: Debtor, e: ev.DebtorRegistered | ev.DebtorCorrected) -> Debtor:
    given = {name: value for name in DETAILS if (value := getattr(e, name)) is not None}
    by_rule = debtor.collector_by_rule and e.collector is None
    return but(debtor, collector_by_rule=by_rule, **given)
