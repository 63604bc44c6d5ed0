"""The state of an invoice's book: facts and their sums."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, TaskKind
from ledger.facts.entry import BookState
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.registration_events import Instalment, InvoiceLine

PromiseStatus = Literal["open", "kept", "partially kept", "broken", "withdrawn"]


class Hold(Struct, frozen=True):
    """A hold on follow-up of the whole invoice or of ``amount``, until the day ``until``."""

    hold_id: UUID
    amount: Decimal | None
    reason: str
    until: date | None
    release_by: tuple[str, ...]
    ticket: str = ""  # in another system, that it waits for
    expired: bool = False  # ``until`` is reached


class Promise(Struct, frozen=True):
    """A promise to pay; ``paid_before`` is what was received before it."""

    promise_id: UUID
    amount: Decimal
    made_on: date
    promised_for: date
    grace_days: int
    paid_before: Decimal
    status: PromiseStatus = "open"
    judged_on: date | None = None


class Postponement(Struct, frozen=True):
    """A postponed task, until the day ``until`` or until the action of its item changes."""

    action: TaskKind
    until: date
    why: str


class UnansweredReply(Struct, frozen=True):
    """Replies of the debtor without an answer; ``words`` are the first of the last reply."""

    since: date
    on: date
    who: str
    words: str
    times: int = 1
    resolved_case: UUID | None = None


class StepRecord(Struct, frozen=True):
    """A step of the dunning ladder that was taken, and the due date at that time."""

    step: str
    times: int
    on: date
    due_on: date
    message: str = ""


class Invoice(BookState, frozen=True):
    """The state of an invoice. Amounts are in ``currency``."""

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
    charges: Decimal = ZERO  # sending, late fees, interest; less waived amounts
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
    settled_on: date | None = None  # nothing is open since
    disputes: Mapping[UUID, Dispute] = field(default_factory=dict)
    holds: Mapping[UUID, Hold] = field(default_factory=dict)
    promises: Mapping[UUID, Promise] = field(default_factory=dict)
    payments: Mapping[str, Decimal] = field(default_factory=dict)
    reversed: Mapping[str, date] = field(default_factory=dict)  # last day of each
    reversed_refs: frozenset[str] = frozenset()  # reversed, and not received again
    credit_notes: Mapping[str, Decimal] = field(default_factory=dict)
    contacts: frozenset[UUID] = frozenset()
    documents: frozenset[str] = frozenset()
    handoffs: frozenset[UUID] = frozenset()
    agency: str = ""  # that collects it now
    handoff_id: UUID | None = None  # to that agency
    steps: tuple[StepRecord, ...] = ()  # in the order in which they were taken
    undeliverable: Mapping[str, date] = field(default_factory=dict)  # by message: failed on
    next_step: str = ""
    next_step_on: date | None = None
    tasks_done: Mapping[str, date] = field(default_factory=dict)  # by item: done manually on
    postponed: Mapping[str, Postponement] = field(default_factory=dict)  # by item of the agenda
    resumed_on: date | None = None  # after a dispute
    reply: UnansweredReply | None = None
    reminders: int = 0  # in writing; phone calls do not count
    last_contact_on: date | None = None
    last_chased_on: date | None = None  # last reminder or outbound contact
    last_manual_contact_on: date | None = None  # the same, without what the clock sent

    @property
    def open_amount(self) -> Decimal:
        """Return the amount still open; below zero the invoice is overpaid."""
        if self.cancelled:
            return -self.paid
        met = self.paid + self.settled_per_erp + self.credited + self.written_off
        return self.amount + self.charges - met

    @property
    def received(self) -> Decimal:
        """Return what counts for promises: payments, and what was settled according to the ERP."""
        return self.paid + self.settled_per_erp

    @property
    def open_disputes(self) -> list[Dispute]:
        return [dispute for dispute in self.disputes.values() if dispute.is_open]

    def has_amount_in_dispute(self, dispute: Dispute) -> bool:
        """Return whether the dispute is open and an amount is left to dispute.

        Nothing is left when all of it was paid, credited or written off, or when the invoice was
        settled after the dispute was opened; a reversed payment makes it count again.
        """
        if not dispute.is_open:
            return False
        if self.settled_on is None:
            return dispute.disputed > 0 or dispute.contested is None
        return dispute.disputed > 0 and (dispute.open_since or date.max) >= self.settled_on

    @property
    def disputed_amount(self) -> Decimal:
        """Return the part of the open amount in open disputes."""
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
        """Return the holds that were neither released nor reached their day."""
        return [hold for hold in self.holds.values() if not hold.expired]

    @property
    def open_promises(self) -> list[Promise]:
        return [promise for promise in self.promises.values() if promise.status == "open"]

    @property
    def credit_due(self) -> Decimal:
        """Return the sum of the pending credit notes."""
        return sum((dispute.to_credit for dispute in self.disputes.values()), ZERO)

    @property
    def sole_case_awaiting_credit(self) -> UUID | None:
        """Return the only case with a pending credit note; None when there are several."""
        due = [case for case, dispute in self.disputes.items() if dispute.to_credit]
        return due[0] if len(due) == 1 else None

    @property
    def open_promise(self) -> Promise | None:
        """Return the open promise with the first day."""
        return min(self.open_promises, key=lambda made: made.promised_for, default=None)

    @property
    def open_instalments(self) -> list[Instalment]:
        """Return the open part of each instalment, oldest first; charges belong to the first."""
        claim = self.amount + self.charges
        left, dues = max(claim - max(self.open_amount, ZERO), ZERO), list[Instalment]()
        for nth, due in enumerate(self.instalments):
            amount = due.amount + (self.charges if nth == 0 else ZERO)
            met = min(left, amount)
            left -= met
            if amount > met:
                dues.append(Instalment(due.due_on, amount - met))
        return dues

    @property
    def short_amount(self) -> Decimal:
        """Return what is short of a partly paid instalment, less disputes and pending credits."""
        if self.received <= 0 or not (dues := self.open_instalments):
            return ZERO
        nth = len(self.instalments) - len(dues)
        whole = self.instalments[nth].amount + (ZERO if nth else self.charges)
        left = max(self.undisputed_amount - self.credit_due, ZERO)
        return min(dues[0].amount, left) if dues[0].amount < whole else ZERO

    @property
    def due_on(self) -> date:
        """Return the due date of the oldest open instalment, else of the last."""
        if len(self.instalments) > 1 and (dues := self.open_instalments):
            return dues[0].due_on
        return self.instalments[-1].due_on if self.instalments else date.max

    @property
    def collectable(self) -> bool:
        """Return whether the debtor may be asked to pay it."""
        return self.open_amount > 0 and not self.cancelled and not self.agency


def with_money(invoice: Invoice, on: date, **changes: object) -> Invoice:
    """Return the changed invoice, with the day since which nothing is open."""
    moved = but(invoice, **changes)
    settled_on = None if moved.open_amount > 0 else invoice.settled_on or on
    return moved if moved.settled_on == settled_on else but(moved, settled_on=settled_on)


def with_case(invoice: Invoice, dispute: Dispute) -> Invoice:
    return but(invoice, disputes={**invoice.disputes, dispute.case_id: dispute})
