"""One message a debtor a day, about all invoices whose step can go with it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.reachability import channel_for


class FollowUpBatch(NamedTuple):
    """A message about several invoices: one template, by one channel."""

    channel: Channel
    template: str
    overdue: bool
    steps: Sequence[tuple[Invoice, DueStep]]  # the furthest on the ladder first

    @property
    def purpose(self) -> Purpose:
        return Purpose.REMINDER if self.overdue else Purpose.INVOICE_COPY


def message_key(debtor: str, on: date) -> str:
    """Return the name of the message of that day: who asks for a second finds the first."""
    return f"follow-up/{debtor}/{on}"


def step_due(invoice: Invoice, debtor: str, owes: Debtor, rules: Rules, on: date) -> DueStep | None:
    """Return the step to take on that day, if the invoice is still of this ``debtor``."""
    due = next_step(invoice, owes, rules, on) if invoice.debtor == debtor else None
    return due if due and due.planned_on <= on else None


def batch_for_debtor(
    debtor: Debtor, due: Sequence[tuple[Invoice, DueStep]]
) -> FollowUpBatch | None:
    """Return the furthest step and all that can go with it; the others wait for another day."""
    found = dict[tuple[Channel, str, bool], list[tuple[Invoice, DueStep]]]()
    for invoice, one in sorted(due, key=lambda pair: (-pair[1].place, -pair[1].times)):
        if channel := channel_for(debtor, one.step.channels):
            kind = (channel, one.step.template, one.overdue)
            found.setdefault(kind, []).append((invoice, one))
    for kind, steps in found.items():
        return FollowUpBatch(*kind, steps)
    return None
