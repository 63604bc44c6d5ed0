"""What goes to a debtor on a day: one message, with all invoices whose step can go with it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.ladder import Due, next_step
from ledger.policy.reachability import channel_for


class Letter(NamedTuple):
    """One template, by one channel."""

    channel: Channel
    template: str
    overdue: bool
    steps: Sequence[tuple[Invoice, Due]]  # the furthest on the ladder first

    @property
    def purpose(self) -> Purpose:
        return Purpose.REMINDER if self.overdue else Purpose.INVOICE_COPY


def name_of(debtor: str, on: date) -> str:
    return f"follow-up/{debtor}/{on}"


def due_on(invoice: Invoice, debtor: str, owes: Debtor, rules: Rules, on: date) -> Due | None:
    """The step that is to be taken on that day, if the invoice is still this ``debtor``'s."""
    due = next_step(invoice, owes, rules, on) if invoice.debtor == debtor else None
    return due if due and due.planned_on <= on else None


def letter(debtor: Debtor, due: Sequence[tuple[Invoice, Due]]) -> Letter | None:
    """Of the furthest step, and all that can go with it; the others go another day."""
    found = dict[tuple[Channel, str, bool], list[tuple[Invoice, Due]]]()
    for invoice, one in sorted(due, key=lambda pair: (-pair[1].place, -pair[1].times)):
        if channel := channel_for(debtor, one.step.channels):
            kind = (channel, one.step.template, one.overdue)
            found.setdefault(kind, []).append((invoice, one))
    for kind, steps in found.items():
        return Letter(*kind, steps)
    return None
