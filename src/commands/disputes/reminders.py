"""Commands of the clock about an unanswered dispute: remind the resolver, escalate, and remind the
approver of its credit."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from commands.command import Command, DecisionContext, InvoiceCommand
from commands.disputes.case_messages import amounts, message_of_case, question_facts
from commands.fields import RequiredText
from commands.follow_up.steps import RequestMessageStrict
from ledger.facts.codes import Channel, Purpose
from ledger.facts.invoice.dispute_handling import (
    ApproverReminded,
    DisputeEscalated,
    ResolverReminded,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook import Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import CasePart
from ledger.policy.disputes.deadlines import (
    answer_overdue,
    decision_overdue,
    escalation_reason,
    next_reminder_on,
)
from ledger.policy.refusal import Refused
from ledger.policy.validation import is_sendable

log = logging.getLogger(__name__)


class ScheduledCaseCommand(InvoiceCommand, frozen=True, arbitrary_types_allowed=True):
    """A command about an invoice's part of a case, under these rules."""

    case_id: UUID
    rules: Rules

    def part(self, invoice: Invoice) -> Dispute:
        return invoice.disputes.get(self.case_id) or Dispute(self.case_id)


class ChaseResolver(ScheduledCaseCommand, frozen=True):
    """Remind the resolver once their day has passed; their next day follows from the rules."""

    resolver: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.part(invoice)
        if not answer_overdue(invoice, dispute, on) or dispute.resolver != self.resolver:
            raise Refused("no-reminder-due", case=self.case_id, on=on)
        yield ResolverReminded(
            on=on,
            case_id=dispute.case_id,
            resolver=dispute.resolver,
            times=dispute.reminders + 1,
            follow_up_on=next_reminder_on(dispute, self.rules, on),
            channel=Channel.EMAIL if is_sendable(self.resolver) else None,
            unsent="" if is_sendable(self.resolver) else f"{self.resolver} is no mail address",
        )


class ChaseApprover(ScheduledCaseCommand, frozen=True):
    """Remind the approver once their day has passed, at the interval for resolvers."""

    approver: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.part(invoice)
        if not decision_overdue(invoice, dispute, on) or dispute.credit_asked_of != self.approver:
            raise Refused("no-approver-reminder-due", case=self.case_id, on=on)
        yield ApproverReminded(
            on=on,
            case_id=dispute.case_id,
            approver=dispute.credit_asked_of,
            times=dispute.credit_reminders + 1,
            decide_by=next_reminder_on(dispute, self.rules, on),
        )


class EscalateUnsolved(ScheduledCaseCommand, frozen=True):
    """Escalate a dispute that takes longer than the rules allow."""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.part(invoice)
        why = escalation_reason(invoice, dispute, self.rules, on)
        if not why:
            raise Refused("no-escalation-due", case=self.case_id, on=on)
        to = self.rules.handling(dispute.reason).escalate_to
        yield DisputeEscalated(on=on, case_id=dispute.case_id, to=to, why=why)


class CaseJob(NamedTuple):
    """The clock's action for a case that waits too long."""

    is_due: Callable[[CasePart, Rules, date], object]  # for a single part of the case
    make_commands: Callable[[UUID, Sequence[CasePart], Playbook, date], list[Command]]


def _reminder(
    case_id: UUID, parts: Sequence[CasePart], playbook: Playbook, on: date
) -> list[Command]:
    """Return a reminder of the first late resolver; others of the case follow in the next run."""
    rules, late = rules_of(playbook), [part for part in parts if answer_overdue(*part, on)]
    if not late:
        return []
    resolver = late[0].dispute.resolver
    late = [part for part in late if part.dispute.resolver == resolver]
    commands = [
        ChaseResolver(invoice=part.invoice.number, case_id=case_id, rules=rules, resolver=resolver)
        for part in late
    ]
    facts = {
        "times": str(max(part.dispute.reminders for part in late) + 1),
        "answer_by": str(next_reminder_on(late[0].dispute, rules, on)),
    }
    name = f"resolver-reminder/{case_id}/{resolver}/{on}"
    return [*_message(name, Purpose.RESOLVER_REMINDER, resolver, late, playbook, facts), *commands]


def _escalation(
    case_id: UUID, parts: Sequence[CasePart], playbook: Playbook, on: date
) -> list[Command]:
    rules = rules_of(playbook)
    late = [part for part in parts if escalation_reason(*part, rules, on)]
    if not late:
        return []
    to = rules.handling(late[0].dispute.reason).escalate_to
    late = [part for part in late if rules.handling(part.dispute.reason).escalate_to == to]
    commands = [
        EscalateUnsolved(invoice=part.invoice.number, case_id=case_id, rules=rules) for part in late
    ]
    name, facts = f"escalation/{case_id}/{to}/{on}", {"why": escalation_reason(*late[0], rules, on)}
    return [*_message(name, Purpose.ESCALATION, to, late, playbook, facts), *commands]


def _approval(
    case_id: UUID, parts: Sequence[CasePart], playbook: Playbook, on: date
) -> list[Command]:
    """Return a reminder of the first late approver; others of the case follow in the next run."""
    rules, late = rules_of(playbook), [part for part in parts if decision_overdue(*part, on)]
    if not late:
        return []
    approver = late[0].dispute.credit_asked_of
    late = [part for part in late if part.dispute.credit_asked_of == approver]
    commands = [
        ChaseApprover(invoice=part.invoice.number, case_id=case_id, rules=rules, approver=approver)
        for part in late
    ]
    facts = {
        "times": str(late[0].dispute.credit_reminders + 1),
        "answer_by": str(next_reminder_on(late[0].dispute, rules, on)),
        "credit": amounts(late, "credit_requested"),
    }
    name = f"approval-reminder/{case_id}/{approver}/{on}"
    return [*_message(name, Purpose.APPROVAL_REQUEST, approver, late, playbook, facts), *commands]


JOBS = (
    CaseJob(lambda part, rules, on: escalation_reason(*part, rules, on), _escalation),
    CaseJob(lambda part, _, on: answer_overdue(*part, on), _reminder),
    CaseJob(lambda part, _, on: decision_overdue(*part, on), _approval),
)


def _message(
    name: str,
    purpose: Purpose,
    to: str,
    parts: Sequence[CasePart],
    playbook: Playbook,
    facts: Mapping[str, str],
) -> Iterator[RequestMessageStrict]:
    rules, dispute = rules_of(playbook), parts[0].dispute
    if not is_sendable(to):
        log.warning("case %s: %r is no mail address, nothing is sent", dispute.case_id, to)
        return
    facts = question_facts(parts, rules) | dict(facts)
    version = playbook.version
    yield message_of_case(RequestMessageStrict, purpose, name, parts, (to,), facts, rules, version)


def rules_of(playbook: Playbook) -> Rules:
    assert playbook.rules is not None
    return playbook.rules
