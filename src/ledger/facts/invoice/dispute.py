"""One invoice's part of a dispute case: its amounts, its people and its clock points.

The amounts obey, after every event: original = disputed + paid + credited + rejected + written_off.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from ledger.facts.codes import ZERO, Answer, Outcome, Reason, RootCause

DisputeStatus = Literal["open", "resolved", "voided"]


class Dispute(Struct, frozen=True):
    case_id: UUID
    opened: bool = False  # False: we heard of a result or a resolver, never of an opening
    status: DisputeStatus = "open"
    reason: Reason = Reason.OTHER
    comment: str = ""
    contested: Decimal | None = None  # None: all of the invoice
    rests_whole: bool = False  # nobody chases for what is not disputed either
    payment: str = ""  # that was short, and opened it
    edited_by_user: bool = False  # by somebody, since it was opened
    original: Decimal = ZERO
    disputed: Decimal = ZERO  # still
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    rejected: Decimal = ZERO
    written_off: Decimal = ZERO
    to_credit: Decimal = ZERO  # of credited: decided, and no credit note yet
    to_pay: Decimal = ZERO  # of paid: decided, whatever came in
    resolver: str = ""
    expected: str = ""
    follow_up_on: date | None = None
    reminders: int = 0
    answer: Answer | None = None  # of the present resolver, since last asked
    escalated_to: str = ""
    credit_requested: Decimal | None = None  # and neither approved nor refused yet
    credit_asked_of: str = ""  # the approver who has the request now
    credit_by: date | None = None  # the day by which he is to decide
    credit_reminders: int = 0  # of that approver
    credit_refused: str = ""  # why, until it is requested again
    credit_approved: Decimal | None = None  # and not issued yet
    outcome: Outcome | None = None
    root_cause: RootCause | None = None
    reopened: int = 0
    raised_on: date | None = None  # T0: the debtor's own date
    opened_on: date | None = None  # T1: the first opening
    assigned_on: date | None = None  # T2: the first resolver asked
    answered_on: date | None = None  # T3: the first answer
    resolved_on: date | None = None  # T4: the last decision
    settled_on: date | None = None  # T5: credit note, replacement or refusal sent
    resumed_on: date | None = None  # T6: follow-up goes on; T7, paid, is the invoice's
    open_since: date | None = None  # of the span that is open now
    worked_days: int = 0  # days of the spans that are over

    @property
    def is_open(self) -> bool:
        return self.status == "open" and self.opened
