"""The parts of an invoice's state: instalments, lines, holds, promises, replies, steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct, field

from ledger.facts.codes import ZERO, TaskKind

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


class DisputedParts(Struct, frozen=True):
    """The lines and costs that a dispute is about; none of them when it is about an amount."""

    lines: tuple[DisputedLine, ...] = ()
    shipping: Decimal = ZERO
    tax: Decimal = ZERO


WHOLE = DisputedParts()


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


class HandOffRecord(Struct, frozen=True):
    """A hand-off of the invoice: to whom, on which day, and how much was to be collected."""

    agency: str
    on: date
    claim: Decimal


class Unapproved(Struct, frozen=True):
    """An amount that line ``line`` gave away without approval; ``who`` recorded it."""

    line: int
    amount: Decimal
    on: date
    who: str


class UnansweredReply(Struct, frozen=True):
    """A message of the debtor without an answer; ``words`` are its first."""

    contact_id: UUID
    on: date
    who: str
    words: str
    mail: str = ""  # its name in the inbox, if it came in there
    rests_until: date | None = None  # follow-up pauses no longer; None: until it is answered
    resolved_case: UUID | None = None  # which it may object to
    about_paid: bool = False  # nothing was open when it came in


class Heard(Struct, frozen=True):
    """The messages of a debtor that a mailed outcome answered, and the name of that mail."""

    replies: tuple[UnansweredReply, ...] = ()
    message: str = ""


NOT_HEARD = Heard()


class StepRecord(Struct, frozen=True):
    """A step of the dunning ladder that was taken, and the due date at that time."""

    step: str
    times: int
    on: date
    due_on: date
    message: str = ""
    sent_on: date | None = None  # its message left
    term: int = 0  # days that a legal notice gives from then


class Originals(Struct, frozen=True):
    """The documents that are the invoice itself, by SHA-256."""

    sent: Mapping[str, str] = field(default_factory=dict)  # to the debtor, by file type
    doubted: Mapping[str, date] = field(default_factory=dict)  # named as such too, on that day


def excerpt(text: str) -> str:
    """Return the first words of a text, in one line."""
    return " ".join(text[:EXCERPT_LENGTH].split())


def unmet(instalments: Sequence[Instalment], charges: Decimal, met: Decimal) -> list[Instalment]:
    """Return what is open of each instalment, oldest first; charges belong to the first."""
    left, dues = met, list[Instalment]()
    for nth, due in enumerate(instalments):
        amount = due.amount + (charges if nth == 0 else ZERO)
        taken = min(left, amount)
        left -= taken
        if amount > taken:
            dues.append(Instalment(due.due_on, amount - taken))
    return dues


def shares(wanted: Mapping[UUID, Decimal], whole: Decimal) -> dict[UUID, Decimal]:
    """Divide the whole among those who want a part of it, the first of them first."""
    found = dict[UUID, Decimal]()
    for name, amount in wanted.items():
        found[name] = min(amount, whole)
        whole -= found[name]
    return found
