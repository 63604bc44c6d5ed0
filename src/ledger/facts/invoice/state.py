"""An invoice as its events left it. Facts only, and sums of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, TaskKind
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.registration_events import Instalment, InvoiceLine

PromiseStatus = Literal["open", "kept", "partially kept", "broken", "withdrawn"]


class Hold(Struct, frozen=True):
    """Follow-up rests until the day ``until``, wholly or for ``amount``."""

    hold_id: UUID
    amount: Decimal | None
    reason: str
    until: date | None
    release_by: tuple[str, ...]
    ticket: str = ""  # elsewhere, that it waits for
    expired: bool = False  # its day has come


class Promise(Struct, frozen=True):
    """A promise to pay; ``paid_before`` is what had been paid when it was made."""

    promise_id: UUID
    amount: Decimal
    made_on: date
    promised_for: date
    grace_days: int
    paid_before: Decimal
    status: PromiseStatus = "open"
    judged_on: date | None = None


class Postponement(Struct, frozen=True):
    """An item of the agenda is not shown before ``until``, unless something else is to be done."""

    action: TaskKind
    until: date
    why: str


class UnansweredReply(Struct, frozen=True):
    """The debtor wrote or called, and nobody answered; ``words`` is how the last time began."""

    since: date
    on: date
    who: str
    words: str
    times: int = 1
    resolved_case: UUID | None = None


class StepRecord(Struct, frozen=True):
    """A step of the follow-up ladder that was taken, and when the invoice was due then."""

    step: str
    times: int
    on: date
    due_on: date
    message: str = ""


class Invoice(Struct, frozen=True):
    """Amounts in ``currency``; ``line`` is the last one written in its book."""

    id: UUID
    line: int = 0
    number: str = ""
    debtor: str = ""
    business_unit: str = ""
    collector: str = ""
    purchase_order: str | None = None
    currency: str = ""
    issued_on: date = date.min
    instalments: tuple[Instalment, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    amount: Decimal = ZERO  # as registered and corrected
    charges: Decimal = ZERO  # sending, late fees, interest; less what was waived
    late_fees: Decimal = ZERO  # of the charges
    interest: Decimal = ZERO  # of the charges
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    written_off: Decimal = ZERO
    settled_per_erp: Decimal = ZERO
    cancelled: bool = False
    sent_on: date | None = None
    delivered_on: date | None = None
    delivery_failed_on: date | None = None
    settled_on: date | None = None  # nothing open since
    disputes: Mapping[UUID, Dispute] = field(default_factory=dict)
    holds: Mapping[UUID, Hold] = field(default_factory=dict)
    promises: Mapping[UUID, Promise] = field(default_factory=dict)
    payments: Mapping[str, Decimal] = field(default_factory=dict)
    reversed: Mapping[str, date] = field(default_factory=dict)  # when last
    reversed_refs: frozenset[str] = (
        frozenset()
    )  # payments that were reversed and did not come again
    credit_notes: Mapping[str, Decimal] = field(default_factory=dict)
    contacts: frozenset[UUID] = frozenset()
    documents: frozenset[str] = frozenset()
    handoffs: frozenset[UUID] = frozenset()
    agency: str = ""  # that chases it now
    handoff_id: UUID | None = None  # by which the agency has it
    steps: tuple[StepRecord, ...] = ()  # of the ladder, in the order they were taken
    undeliverable: Mapping[str, date] = field(
        default_factory=dict
    )  # mails that will not arrive, when
    next_step: str = ""
    next_step_on: date | None = None
    tasks_done: Mapping[str, date] = field(
        default_factory=dict
    )  # by hand: item of the agenda, when
    postponed: Mapping[str, Postponement] = field(default_factory=dict)  # by item of the agenda
    resumed_on: date | None = None  # after a dispute, and not reminded since
    reply: UnansweredReply | None = None
    reminders: int = 0  # in writing; a phone call chases too, and is no reminder
    last_contact_on: date | None = None
    last_chased_on: date | None = None  # last reminder, or contact that we sought
    last_manual_contact_on: date | None = None  # the same, but for what the clock sent

    @property
    def known(self) -> bool:
        return self.line > 0

    @property
    def open_amount(self) -> Decimal:
        """What is still claimed. Below zero it was overpaid. The only such sum there is."""
        if self.cancelled:
            return -self.paid
        met = self.paid + self.settled_per_erp + self.credited + self.written_off
        return self.amount + self.charges - met

    @property
    def received(self) -> Decimal:
        """What keeps a promise: payments, and what the ERP says was settled."""
        return self.paid + self.settled_per_erp

    @property
    def open_disputes(self) -> list[Dispute]:
        return [dispute for dispute in self.disputes.values() if dispute.is_open]

    def has_amount_in_dispute(self, one: Dispute) -> bool:
        """Is anybody to be asked about it? Not when it is over, nor while nothing is left of it:
        all that it contests was met, or the invoice is settled since. Money that goes back asks
        again. One answer for the clock, the agenda, the postman, the links and the calendar."""
        if not one.is_open:
            return False
        if self.settled_on is None:
            return one.disputed > 0 or one.contested is None
        return one.disputed > 0 and (one.open_since or date.max) >= self.settled_on

    @property
    def disputed_amount(self) -> Decimal:
        """Of the open amount; an open dispute over all of it leaves nothing undisputed."""
        disputed = ZERO
        for dispute in self.open_disputes:
            if dispute.contested is None:
                return max(self.open_amount, ZERO)
            disputed += dispute.disputed
        return min(disputed, max(self.open_amount, ZERO)) if disputed else disputed

    @property
    def undisputed_amount(self) -> Decimal:
        return max(self.open_amount, ZERO) - self.disputed_amount

    @property
    def lasting_holds(self) -> list[Hold]:
        """Those that were neither released nor ended by their day."""
        return [hold for hold in self.holds.values() if not hold.expired]

    @property
    def open_promises(self) -> list[Promise]:
        return [promise for promise in self.promises.values() if promise.status == "open"]

    @property
    def credit_due(self) -> Decimal:
        """What was decided to be credited and still awaits its credit note."""
        return sum((one.to_credit for one in self.disputes.values()), ZERO)

    @property
    def sole_case_awaiting_credit(self) -> UUID | None:
        """The case that waits for its credit note, when no other does."""
        due = [one.case_id for one in self.disputes.values() if one.to_credit]
        return due[0] if len(due) == 1 else None

    @property
    def open_promise(self) -> Promise | None:
        """The one whose day comes first."""
        made = self.open_promises
        return min(made, key=lambda promise: promise.promised_for) if made else None

    @property
    def open_instalments(self) -> list[Instalment]:
        """What is still open of each, oldest first; charges fall due with the first."""
        open_, claim = self.open_amount, self.amount + self.charges
        left, dues = max(claim - max(open_, ZERO), ZERO), list[Instalment]()
        for nth, due in enumerate(self.instalments):
            amount = due.amount + (self.charges if nth == 0 else ZERO)
            met = min(left, amount)
            left -= met
            if amount > met:
                dues.append(Instalment(due.due_on, amount - met))
        return dues

    @property
    def short_amount(self) -> Decimal:
        """What is missing of an instalment that was paid in part, neither disputed nor credited."""
        if self.received <= 0 or not (dues := self.open_instalments):
            return ZERO
        nth = len(self.instalments) - len(dues)
        whole = self.instalments[nth].amount + (ZERO if nth else self.charges)
        left = max(self.undisputed_amount - self.credit_due, ZERO)
        return min(dues[0].amount, left) if dues[0].amount < whole else ZERO

    @property
    def due_on(self) -> date:
        """Of the oldest instalment still open, else of the last."""
        if len(self.instalments) > 1 and (dues := self.open_instalments):
            return dues[0].due_on
        return self.instalments[-1].due_on if self.instalments else date.max

    @property
    def collectable(self) -> bool:
        """May it be chased at all? One answer for the agenda, every report and every job."""
        return self.open_amount > 0 and not self.cancelled and not self.agency


def with_money(invoice: Invoice, on: date, **changes: object) -> Invoice:
    """Return the invoice after money moved: whether, and since when, nothing is open any more."""
    moved = but(invoice, **changes)
    settled_on = None if moved.open_amount > 0 else invoice.settled_on or on
    return moved if moved.settled_on == settled_on else but(moved, settled_on=settled_on)


def with_case(invoice: Invoice, dispute: Dispute) -> Invoice:
    return but(invoice, disputes={**invoice.disputes, dispute.case_id: dispute})
