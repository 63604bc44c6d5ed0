"""Approval after the fact: what was given away without it, and by whom it was approved later."""

from decimal import Decimal
from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.parts import Unapproved
from ledger.facts.invoice.state import Invoice


class ApprovalMissing(Event, topic="approval-missing.v1"):
    """Line ``line`` gave away ``amount`` more than ``who`` may decide; an approver must look."""

    line: int
    amount: Decimal
    who: Personal[str]


class ApprovedAfterwards(Event, topic="approved-afterwards.v1"):
    """An approver approved what line ``line`` gave away."""

    line: int
    amount: Decimal


ApprovalEvent = ApprovalMissing | ApprovedAfterwards


def evolve_approval(invoice: Invoice, event: ApprovalEvent) -> Invoice:
    match event:
        case ApprovalMissing() as e:
            missing = Unapproved(e.line, e.amount, e.on, e.who)
            return but(invoice, unapproved={**invoice.unapproved, e.line: missing})
        case ApprovedAfterwards() as e:
            left = {line: part for line, part in invoice.unapproved.items() if line != e.line}
            return but(invoice, unapproved=left)
        case _:
            assert_never(event)
