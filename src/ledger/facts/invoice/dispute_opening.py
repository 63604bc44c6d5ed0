"""How a dispute is opened, and how money that moves changes its amounts.

After every event of a dispute: original = disputed + paid + credited + rejected + written_off.
"""

from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, Outcome, Part, PercentOf, Reason
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.parts import DisputedLine, DisputedParts
from ledger.facts.invoice.replies import after_taking_up
from ledger.facts.invoice.state import Dispute, Invoice, case_on, with_case


class DisputeOpened(Event, topic="dispute-opened.v1"):
    """A dispute was opened; ``disputed`` is the amount on that day.

    ``percent``, ``lines``, ``shipping`` and ``tax`` are how ``contested`` was given.
    """

    case_id: UUID
    reason: Reason
    raised_on: date
    contested: Decimal | None  # None: the whole invoice
    disputed: Decimal
    comment: Personal[str]
    contact_id: UUID | None = None
    original_code: str | None = None  # of the debtor's system
    original_list: str | None = None
    percent: Decimal | None = None
    percent_of: PercentOf | None = None
    lines: tuple[DisputedLine, ...] = ()
    shipping: Decimal | None = None
    tax: Decimal | None = None
    payment: str | None = None  # the short payment that opened it
    rests_whole: bool = False  # follow-up of the whole invoice pauses, by the playbook of that day


class DisputedAmountReduced(Event, topic="disputed-amount-reduced.v1"):
    """A part of the disputed amount was paid, credited or written off."""

    case_id: UUID
    part: Part
    amount: Decimal


class DisputedAmountRestored(Event, topic="disputed-amount-restored.v1"):
    """A payment, credit or write-off was reversed: its part is disputed again."""

    case_id: UUID
    part: Part
    amount: Decimal


OpeningEvent = DisputeOpened | DisputedAmountReduced | DisputedAmountRestored


def evolve_opening(invoice: Invoice, event: OpeningEvent) -> Invoice:
    dispute = case_on(invoice, event.case_id)
    match event:
        case DisputeOpened() as e:
            left = after_taking_up(invoice.replies, e.contact_id)
            return with_case(but(invoice, replies=left), _opened(dispute, e))
        case DisputedAmountReduced() as e:
            return with_case(invoice, _moved(dispute, e.part, e.amount))
        case DisputedAmountRestored() as e:
            return with_case(invoice, _moved(dispute, e.part, -e.amount))
        case _:
            assert_never(event)


def _opened(dispute: Dispute, e: DisputeOpened) -> Dispute:
    """Open the case, or find it decided when its result was recorded before its opening."""
    gone = dispute.paid + dispute.credited + dispute.rejected + dispute.written_off
    rest = max(e.disputed - gone, ZERO)
    is_open = dispute.status == "open"
    case = but(
        dispute,
        opened=True,
        reason=e.reason,
        comment=e.comment,
        contested=e.contested,
        rests_whole=e.rests_whole,
        payment=e.payment or "",
        contested_parts=DisputedParts(e.lines, e.shipping or ZERO, e.tax or ZERO),
        original=gone + rest,
        disputed=rest,
        raised_on=e.raised_on,
        opened_on=e.on,
        open_since=e.on if is_open else None,
    )
    return case if is_open else _as_decided(case)


def _as_decided(dispute: Dispute) -> Dispute:
    """Give the amount to the early result, which had none."""
    rest, given = dispute.disputed, dispute.outcome in (Outcome.CREDITED, Outcome.REPLACED)
    decided = but(dispute, disputed=ZERO)
    if given and not dispute.credited:
        return but(decided, credited=rest, to_credit=rest)
    if dispute.outcome is Outcome.PAID:
        return but(decided, paid=dispute.paid + rest, to_pay=dispute.to_pay + rest)
    return but(decided, rejected=dispute.rejected + rest)


def _moved(dispute: Dispute, part: Part, amount: Decimal) -> Dispute:
    name = part.value
    there = getattr(dispute, name)
    return but(dispute, disputed=dispute.disputed - amount, **{name: there + amount})
