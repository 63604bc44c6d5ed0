"""The dispute run: what follows, by the playbook, from what happened to a dispute.

What is opened gets a resolver and a working day to answer by; what is reopened another day. Whom
that is told is in ``dispute_messages``. All of it is pure, and goes in the append of what it
follows from.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.command import Command
from commands.context import Overrides
from commands.disputes.resolvers import AssignResolver, MoveFollowUpDate
from ledger.facts.codes import Reason
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import DisputeOpened, DisputeReopened
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days
from ledger.policy.disputes.assignment import resolver_of
from ledger.policy.disputes.case_part import CaseChange
from ledger.policy.refusal import Refused


@dataclass(frozen=True)
class Workflow:
    """The rules in force, and the business date."""

    rules: Rules
    version: int
    today: date

    def answer_by(self, reason: Reason) -> date:
        """The working day by which a resolver who is asked today must have answered."""
        days = self.rules.handling(reason).answer_within
        return business_days.add(self.today, days, self.rules.calendar)

    def reactions(self, happened: Sequence[CaseChange], overrides: Overrides) -> Iterator[Command]:
        """Who is to solve what was opened, and another day for what was reopened.

        Raises ``Refused``.
        """
        for parts in cases(happened, DisputeOpened):
            debtors = sorted({one.invoice.debtor for one in parts})
            if len(debtors) > 1:
                raise Refused("several-debtors", "invoices", debtors=", ".join(debtors))
            for one in parts:
                _refuse_duplicate(one.invoice, one.dispute)
            resolver = overrides.resolver or resolver_of(self.rules, parts)
            for one in parts if resolver else ():
                yield AssignResolver(
                    invoice=one.invoice.number,
                    case_id=one.case_id,
                    resolver=resolver,
                    expected=overrides.expected or self.rules.handling(one.dispute.reason).asks,
                    follow_up_on=overrides.follow_up_on or self.answer_by(one.dispute.reason),
                )
        for one in happened:
            if isinstance(one.event, DisputeReopened) and one.dispute.resolver:
                yield MoveFollowUpDate(
                    invoice=one.invoice.number,
                    case_id=one.case_id,
                    follow_up_on=self.answer_by(one.dispute.reason),
                    why=one.event.why,
                )


def _refuse_duplicate(invoice: Invoice, new: Dispute) -> None:
    """Who sends the same twice must not have everybody written to twice. Raises ``Refused``."""
    for one in invoice.open_disputes:
        same = (one.reason, one.comment, one.contested) == (new.reason, new.comment, new.contested)
        if same and one.case_id != new.case_id and not new.payment:
            raise Refused("same-dispute-open", "comment", invoice=invoice.number, case=one.case_id)


def by_debtor(one: CaseChange) -> Hashable:
    return one.case_id, one.invoice.debtor


def by_resolver(one: CaseChange) -> Hashable:
    return one.case_id, one.dispute.resolver


def by_approver(one: CaseChange) -> Hashable:
    return one.case_id, one.dispute.credit_asked_of


def by_case(one: CaseChange) -> Hashable:
    return one.case_id


def cases(
    happened: Sequence[CaseChange],
    kind: Any,
    key: Callable[[CaseChange], Hashable] = by_case,
) -> list[list[CaseChange]]:
    """What is of that kind, an invoice once, and what belongs together together."""
    found = dict[Hashable, dict[str, CaseChange]]()
    for one in happened:
        if isinstance(one.event, kind):
            found.setdefault(key(one), {})[one.invoice.number] = one
    return [list(parts.values()) for parts in found.values()]
