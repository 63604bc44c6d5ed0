"""The parts of an invoice's state: instalments, lines, holds, promises, replies, steps."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from ledger.facts.codes import TaskKind

EXCERPT_LENGTH = 100  # characters of a reply or an answer that the agenda shows
PromiseStatus = Literal["open", "kept", "partially kept", "broken", "withdrawn"]


class Instalment(Struct, frozen=True):
    """A part of the invoice with its own due date."""

    due_on: date
    amount: Decimal


class InvoiceLine(Struct, frozen=True):
    """A line of the invoice."""

    number: str
    description: str
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None


class DisputedLine(Struct, frozen=True):
    """The disputed part of an invoice line; ``quantity`` where it was given."""

    number: str
    amount: Decimal
    quantity: Decimal | None = None


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


def excerpt(text: str) -> str:
    """Return the first words of a text, in one line."""
    return " ".join(text[:EXCERPT_LENGTH].split())
