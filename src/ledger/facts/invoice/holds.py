"""Holds: pauses of follow-up, and how it resumes."""

from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.entry import Event
from ledger.facts.invoice.parts import Hold
from ledger.facts.invoice.state import Invoice


class FollowUpHeld(Event, topic="follow-up-held.v1"):
    """Follow-up was paused, of all or of ``amount``, until the day ``until``, when it resumes."""

    hold_id: UUID
    amount: Decimal | None  # None: the whole invoice
    reason: str
    until: date | None
    release_by: tuple[str, ...]  # who may release it; anybody when empty
    note: str = ""
    ticket: str = ""  # in another system, that it waits for


class FollowUpHoldExpired(Event, topic="follow-up-hold-expired.v1"):
    """A hold reached its last day; the ladder decides the next step."""

    hold_id: UUID


class FollowUpResumed(Event, topic="follow-up-resumed.v1"):
    """A hold was released, or the last open dispute (``case_id``) ended."""

    hold_id: UUID | None
    case_id: UUID | None
    next_step_on: date


HoldEvent = FollowUpHeld | FollowUpHoldExpired | FollowUpResumed


def evolve_hold(invoice: Invoice, event: HoldEvent) -> Invoice:
    match event:
        case FollowUpHeld() as e:
            hold = Hold(e.hold_id, e.amount, e.reason, e.until, e.release_by, e.ticket)
            return but(invoice, holds={**invoice.holds, e.hold_id: hold})
        case FollowUpHoldExpired() as e:  # kept: the agenda asks to resume follow-up
            holds = {
                key: but(hold, expired=True) if key == e.hold_id else hold
                for key, hold in invoice.holds.items()
            }
            return but(invoice, holds=holds)
        case FollowUpResumed() as e:
            return _resumed(invoice, e)
        case _:
            assert_never(event)


def _resumed(invoice: Invoice, e: FollowUpResumed) -> Invoice:
    holds = {key: hold for key, hold in invoice.holds.items() if key != e.hold_id}
    disputed = bool(invoice.open_disputes)
    disputes = {
        key: but(dispute, resumed_on=dispute.resumed_on or e.on)
        if dispute.resolved_on and not disputed
        else dispute
        for key, dispute in invoice.disputes.items()
    }
    return but(
        invoice,
        holds=holds,
        disputes=disputes,
        next_step_on=e.next_step_on,
        resumed_on=e.on if e.case_id else invoice.resumed_on,
    )
