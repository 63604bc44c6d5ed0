"""The part of a dispute case on an invoice: its amounts, people and dates.

After every event: original = disputed + paid + credited + rejected + written_off.
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
    opened: bool = False  # False: only a result or a resolver was recorded so far
    status: DisputeStatus = "open"
    reason: Reason = Reason.OTHER
    comment: str = ""
    contested: Decimal | None = None  # None: all of the invoice
    rests_whole: bool = False  # follow-up of the undisputed part pauses too
    payment: str = ""  # the short payment that opened it
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
    escalated_to: str = ""
    credit_requested: Decimal | None = None  # not decided yet
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
    resumed_on: date | None = None  # T6: follow-up resumed; T7, paid, is the invoice's
    open_since: date | None = None  # start of the present open period
    worked_days: int = 0  # days of the earlier open periods

    @property
    def is_open(self) -> bool:
        return self.status == "open" and self.opened
