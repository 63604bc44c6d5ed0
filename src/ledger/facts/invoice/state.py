"""The state of an invoice and its disputes: facts and their sums."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, Answer, Outcome, Reason, RootCause
from ledger.facts.entry import BookState
from ledger.facts.invoice import parts

DisputeStatus = Literal["open", "resolved", "voided"]


class Dispute(Struct, frozen=True):
    """The part of a dispute case on an invoice: its amounts, people and dates."""

    case_id: UUID
    opened: bool = False  # False: only a result or a resolver was recorded so far
    status: DisputeStatus = "open"
    reason: Reason = Reason.OTHER
    comment: str = ""
    contested: Decimal | None = None  # None: all of the invoice
    rests_whole: bool = False  # follow-up of the undisputed part pauses too
    payment: str = ""  # the short payment that opened it
    contested_parts: parts.DisputedParts = parts.WHOLE  # as it was opened
    edited_by_user: bool = False  # since it was opened
    original: Decimal = ZERO
    disputed: Decimal = ZERO  # still
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    rejected: Decimal = ZERO
    written_off: Decimal = ZERO
    to_credit: Decimal = ZERO  # pending credit note, part of credited
    to_pay: Decimal = ZERO  # decided to be paid, part of paid
    resolver: str = ""
    expected: str = ""
    follow_up_on: date | None = None
    reminders: int = 0
    answer: Answer | None = None  # of the resolver, since the last request
    answered_by: str = ""
    answer_text: str = ""  # the first words of that answer
    escalated_to: str = ""
    credit_requested: Decimal | None = None  # not decided yet
    credit_requester: str = ""
    credit_asked_of: str = ""  # the approver who has the request now
    credit_by: date | None = None  # the day by which they must decide
    credit_reminders: int = 0  # sent to that approver
    credit_refused: str = ""  # the reason, until the next request
    credit_approved: Decimal | None = None  # without a credit note yet
    outcome: Outcome | None = None
    root_cause: RootCause | None = None
    reopened: int = 0
    raised_on: date | None = None  # T0: the debtor's own date
    opened_on: date | None = None  # T1: the first opening
    assigned_on: date | None = None  # T2: the first request to a resolver
    answered_on: date | None = None  # T3: the first answer
    resolved_on: date | None = None  # T4: the last decision
    settled_on: date | None = None  # T5: credit note, replacement or refusal sent
    settled_by: str = ""  # the message that settled it, if it was a message of ours
    heard: parts.Heard = parts.NOT_HEARD  # the outcome, in a mail of ours
    resumed_on: date | None = None  # T6: follow-up resumed; T7, paid, is the invoice's
    open_since: date | None = None  # start of the present open period
    worked_days: int = 0  # days of the earlier open periods

    @property
    def is_open(self) -> bool:
        return self.status == "open" and self.opened

    @property
    def pauses_whole(self) -> bool:
        """Return whether follow-up of the whole invoice pauses while the dispute is open."""
        return self.rests_whole or self.contested is None


class Invoice(BookState, frozen=True):
    """The state of an invoice. Amounts are in ``currency``."""

    number: str = ""
    debtor: str = ""
    business_unit: str = ""
    collector: str = ""
    collector_by_rule: bool = False  # else a person or the ERP named them
    purchase_order: str | None = None
    currency: str = ""
    issued_on: date = date.min
    instalments: tuple[parts.Instalment, ...] = ()
    lines: tuple[parts.InvoiceLine, ...] = ()
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
    holds: Mapping[UUID, parts.Hold] = field(default_factory=dict)
    promises: Mapping[UUID, parts.Promise] = field(default_factory=dict)
    payments: Mapping[str, Decimal] = field(default_factory=dict)
    reversed: Mapping[str, date] = field(default_factory=dict)  # last day of each
    reversed_refs: frozenset[str] = frozenset()  # reversed, and not received again
    credit_notes: Mapping[str, Decimal] = field(default_factory=dict)
    unapproved: Mapping[int, parts.Unapproved] = field(default_factory=dict)  # by line
    contacts: frozenset[UUID] = frozenset()
    documents: frozenset[str] = frozenset()
    originals: parts.Originals = parts.Originals()
    handoffs: Mapping[UUID, parts.HandOffRecord] = field(default_factory=dict)
    agency: str = ""  # that collects it now
    handoff_id: UUID | None = None  # to that agency
    steps: tuple[parts.StepRecord, ...] = ()  # in the order in which they were taken
    undeliverable: Mapping[str, date] = field(default_factory=dict)  # by message: failed on
    next_step: str = ""
    next_step_on: date | None = None
    tasks_done: Mapping[str, date] = field(default_factory=dict)  # by item: done manually on
    postponed: Mapping[str, parts.Postponement] = field(default_factory=dict)  # by item
    resumed_on: date | None = None  # after a dispute
    replies: tuple[parts.UnansweredReply, ...] = ()  # in the order in which they were logged
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

    @property
    def disputed_amounts(self) -> dict[UUID, Decimal]:
        """Return what each open dispute contests of the open amount; all reports ask this. Money
        is for the oldest first, so the youngest has what is left; later charges belong to none."""
        oldest = sorted(self.open_disputes, key=lambda case: (case.opened_on, case.case_id))
        wanted = {dispute.case_id: dispute.disputed for dispute in reversed(oldest)}
        return parts.shares(wanted, max(self.open_amount, ZERO))

    @property
    def disputed_amount(self) -> Decimal:
        """Return the part of the open amount in open disputes."""
        return sum(self.disputed_amounts.values(), ZERO)

    @property
    def undisputed_amount(self) -> Decimal:
        return max(self.open_amount, ZERO) - self.disputed_amount

    @property
    def lasting_holds(self) -> list[parts.Hold]:
        """Return the holds that were neither released nor reached their day."""
        return [hold for hold in self.holds.values() if not hold.expired]

    @property
    def open_promises(self) -> list[parts.Promise]:
        return [promise for promise in self.promises.values() if promise.status == "open"]

    @property
    def credit_due(self) -> Decimal:
        """Return the sum of the pending credit notes."""
        return sum((dispute.to_credit for dispute in self.disputes.values()), ZERO)

    @property
    def open_promise(self) -> parts.Promise | None:
        """Return the open promise with the first day."""
        return min(self.open_promises, key=lambda made: made.promised_for, default=None)

    @property
    def open_instalments(self) -> list[parts.Instalment]:
        """Return the open part of each instalment, oldest first; charges belong to the first."""
        met = max(self.amount + self.charges - max(self.open_amount, ZERO), ZERO)
        return parts.unmet(self.instalments, self.charges, met)

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


def case_on(invoice: Invoice, case_id: UUID) -> Dispute:
    """Return the part of the case on this invoice; an empty one when nothing is known yet."""
    return invoice.disputes.get(case_id) or Dispute(case_id)


def with_case(invoice: Invoice, dispute: Dispute) -> Invoice:
    return but(invoice, disputes={**invoice.disputes, dispute.case_id: dispute})
