"""One message for a debtor a day, about all invoices whose steps fit in it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.reachability import channel_for


class FollowUpBatch(NamedTuple):
    """A message about several invoices, with one template and one channel."""

    channel: Channel
    template: str
    overdue: bool
    steps: Sequence[tuple[Invoice, DueStep]]  # the furthest on the ladder first

    @property
    def purpose(self) -> Purpose:
        return Purpose.REMINDER if self.overdue else Purpose.INVOICE_COPY

    def pay_by(self, today: date) -> date:
        """Return the day by which the message asks to pay: the first of its steps' days."""
        return today + timedelta(days=min(due.step.pay_within for _, due in self.steps))

    @property
    def reminded_on(self) -> date | None:
        """Return when the debtor was last reminded of one of its invoices, if they were."""
        taken = (step for invoice, _ in self.steps for step in invoice.steps)
        return max((step.on for step in taken if step.on > step.due_on), default=None)


def message_key(debtor: str, on: date) -> str:
    """Return the number of the message of that day, so that there is only one."""
    return f"follow-up/{debtor}/{on}"


def step_due(invoice: Invoice, debtor: str, owes: Debtor, rules: Rules, on: date) -> DueStep | None:
    """Return the step to take on that day, if the invoice is still of this ``debtor``."""
    due = next_step(invoice, owes, rules, on) if invoice.debtor == debtor else None
    return due if due and due.planned_on <= on else None


def batch_for_debtor(
    debtor: Debtor, due: Sequence[tuple[Invoice, DueStep]]
) -> FollowUpBatch | None:
    """Return the furthest step and all that fit in its message; the others wait for another day."""
    found = dict[tuple[Channel, str, bool], list[tuple[Invoice, DueStep]]]()
    for invoice, due_step in sorted(due, key=lambda pair: (-pair[1].place, -pair[1].times)):
        if channel := channel_for(debtor, due_step.step.channels):
            kind = (channel, due_step.step.template, due_step.overdue)
            found.setdefault(kind, []).append((invoice, due_step))
    return next((FollowUpBatch(*kind, steps) for kind, steps in found.items()), None)
