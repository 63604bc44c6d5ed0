"""The workflow of a dispute: what follows from its events by the playbook. Pure.

An opened dispute gets a resolver and a working day to answer by; a reopened dispute gets a new day.
``notices`` requests the messages about it. All commands are decided for the same append.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from commands.command import Command
from commands.context import Overrides
from commands.disputes.resolvers import AssignResolver, MoveFollowUpDate
from ledger.facts.codes import Reason
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days
from ledger.policy.disputes.assignment import resolver_of
from ledger.policy.disputes.case_part import CaseChange
from ledger.policy.refusal import Refused

by_case, by_debtor = attrgetter("case_id"), attrgetter("case_id", "invoice.debtor")
by_resolver = attrgetter("case_id", "dispute.resolver")
by_approver = attrgetter("case_id", "dispute.credit_asked_of")


@dataclass(frozen=True)
class Workflow:
    """The rules in force, and the business date."""

    rules: Rules
    version: int
    today: date

    def answer_by(self, reason: Reason) -> date:
        """Return the working day by which a resolver who is asked today must answer."""
        days = self.rules.handling(reason).answer_within
        return business_days.add(self.today, days, self.rules.calendar)

    def reactions(self, happened: Sequence[CaseChange], overrides: Overrides) -> Iterator[Command]:
        """Return a resolver for each opened dispute, and a new day for each reopened dispute.

        Raises ``Refused``.
        """
        for parts in cases(happened, DisputeOpened):
            debtors = sorted({part.invoice.debtor for part in parts})
            if len(debtors) > 1:
                raise Refused("several-debtors", "invoices", debtors=", ".join(debtors))
            for part in parts:
                _refuse_duplicate(part.invoice, part.dispute)
            resolver = overrides.resolver or resolver_of(self.rules, parts)
            for part in parts if resolver else ():
                yield AssignResolver(
                    invoice=part.invoice.number,
                    case_id=part.case_id,
                    resolver=resolver,
                    expected=self._question(part.dispute.reason, overrides),
                    follow_up_on=overrides.follow_up_on or self.answer_by(part.dispute.reason),
                )
        for part in happened:
            if isinstance(part.event, DisputeReopened) and part.dispute.resolver:
                yield MoveFollowUpDate(
                    invoice=part.invoice.number,
                    case_id=part.case_id,
                    follow_up_on=self.answer_by(part.dispute.reason),
                    why=part.event.why,
                )

    def _question(self, reason: Reason, overrides: Overrides) -> str:
        asks = overrides.expected or self.rules.handling(reason).asks
        return "\n".join(filter(None, [asks, overrides.ask_also.strip()]))


def _refuse_duplicate(invoice: Invoice, new: Dispute) -> None:
    """Raise ``Refused`` for a dispute sent twice, so that no message about it is sent twice."""
    for old in invoice.open_disputes:
        same = (old.reason, old.comment, old.contested) == (new.reason, new.comment, new.contested)
        if same and old.case_id != new.case_id and not new.payment:
            raise Refused("same-dispute-open", "comment", invoice=invoice.number, case=old.case_id)


def cases(
    happened: Sequence[CaseChange], kind: Any, key: Callable[[CaseChange], Hashable] = by_case
) -> list[list[CaseChange]]:
    """Return the changes with an event of that kind, grouped by the key; each invoice once."""
    found = dict[Hashable, dict[str, CaseChange]]()
    for change in happened:
        if isinstance(change.event, kind):
            found.setdefault(key(change), {})[change.invoice.number] = change
    return [list(parts.values()) for parts in found.values()]
