"""Wishes of the clock about a dispute that nobody answers: remind its resolver, then go higher;
and remind who has to approve its credit."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from commands.command import Command, DecisionContext, InvoiceCommand, RequiredText
from commands.follow_up.steps import RequestMessageStrict
from commands.messages.outbox import snapshot
from ledger.facts.codes import Channel, Purpose
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import ApproverReminded, DisputeEscalated, ResolverReminded
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook import Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import CasePart
from ledger.policy.disputes.deadlines import (
    answer_overdue,
    decision_overdue,
    escalation_reason,
    next_reminder_on,
)
from ledger.policy.messages.languages import language_in
from ledger.policy.refusal import Refused
from ledger.policy.validation import is_sendable

log = logging.getLogger(__name__)


class ScheduledCaseCommand(InvoiceCommand, frozen=True, arbitrary_types_allowed=True):
    """One invoice's part of a case, under these rules."""

    case_id: UUID
    rules: Rules

    def part(self, invoice: Invoice) -> Dispute:
        return invoice.disputes.get(self.case_id) or Dispute(self.case_id)


class ChaseResolver(ScheduledCaseCommand, frozen=True):
    """He is reminded when his day is over, and has the interval of the rules from then."""

    resolver: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.part(invoice)
        if not answer_overdue(invoice, one, on) or one.resolver != self.resolver:
            raise Refused("no-reminder-due", case=self.case_id, on=on)
        yield ResolverReminded(
            on=on,
            case_id=one.case_id,
            resolver=one.resolver,
            times=one.reminders + 1,
            follow_up_on=next_reminder_on(one, self.rules, on),
        )


class ChaseApprover(ScheduledCaseCommand, frozen=True):
    """He is reminded when his day is over, at the interval at which resolvers are."""

    approver: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.part(invoice)
        if not decision_overdue(invoice, one, on) or one.credit_asked_of != self.approver:
            raise Refused("no-approver-reminder-due", case=self.case_id, on=on)
        yield ApproverReminded(
            on=on,
            case_id=one.case_id,
            approver=one.credit_asked_of,
            times=one.credit_reminders + 1,
            decide_by=next_reminder_on(one, self.rules, on),
        )


class EscalateUnsolved(ScheduledCaseCommand, frozen=True):
    """It took too long, by the rules."""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.part(invoice)
        why = escalation_reason(invoice, one, self.rules, on)
        if not why:
            raise Refused("no-escalation-due", case=self.case_id, on=on)
        to = self.rules.handling(one.reason).escalate_to
        yield DisputeEscalated(on=on, case_id=one.case_id, to=to, why=why)


MakeCommands = Callable[[UUID, Sequence[CasePart], Playbook, date], list[Command]]


class CaseJob(NamedTuple):
    """What the clock does about a case that waits too long."""

    is_due: Callable[[CasePart, Rules, date], object]  # for one part of the case by itself
    make_commands: MakeCommands


def _reminder(
    case_id: UUID, parts: Sequence[CasePart], playbook: Playbook, on: date
) -> list[Command]:
    """To the first resolver who owes an answer; another of the same case is next."""
    rules, late = rules_of(playbook), [one for one in parts if answer_overdue(*one, on)]
    if not late:
        return []
    resolver = late[0].dispute.resolver
    late = [one for one in late if one.dispute.resolver == resolver]
    commands = [
        ChaseResolver(invoice=one.invoice.number, case_id=case_id, rules=rules, resolver=resolver)
        for one in late
    ]
    more = {
        "times": str(max(one.dispute.reminders for one in late) + 1),
        "answer_by": str(next_reminder_on(late[0].dispute, rules, on)),
    }
    name = f"resolver-reminder/{case_id}/{resolver}/{on}"
    return [*_message(name, Purpose.RESOLVER_REMINDER, resolver, late, playbook, **more), *commands]


def _escalation(
    case_id: UUID, parts: Sequence[CasePart], playbook: Playbook, on: date
) -> list[Command]:
    rules = rules_of(playbook)
    late = [one for one in parts if escalation_reason(*one, rules, on)]
    if not late:
        return []
    to = rules.handling(late[0].dispute.reason).escalate_to
    late = [one for one in late if rules.handling(one.dispute.reason).escalate_to == to]
    commands = [
        EscalateUnsolved(invoice=one.invoice.number, case_id=case_id, rules=rules) for one in late
    ]
    name, why = f"escalation/{case_id}/{to}/{on}", escalation_reason(*late[0], rules, on)
    return [*_message(name, Purpose.ESCALATION, to, late, playbook, why=why), *commands]


def _approval(
    case_id: UUID, parts: Sequence[CasePart], playbook: Playbook, on: date
) -> list[Command]:
    """To the first approver who owes a decision; another of the same case is next."""
    rules, late = rules_of(playbook), [one for one in parts if decision_overdue(*one, on)]
    if not late:
        return []
    approver = late[0].dispute.credit_asked_of
    late = [one for one in late if one.dispute.credit_asked_of == approver]
    commands = [
        ChaseApprover(invoice=one.invoice.number, case_id=case_id, rules=rules, approver=approver)
        for one in late
    ]
    more = {
        "times": str(late[0].dispute.credit_reminders + 1),
        "answer_by": str(next_reminder_on(late[0].dispute, rules, on)),
        "credit": ", ".join(
            f"{one.dispute.credit_requested} {one.invoice.currency}" for one in late
        ),
    }
    name = f"approval-reminder/{case_id}/{approver}/{on}"
    return [*_message(name, Purpose.APPROVAL_REQUEST, approver, late, playbook, **more), *commands]


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
    **more: str,
) -> Iterator[RequestMessageStrict]:
    if not is_sendable(to):
        log.warning("case %s: %r is no mail address, nothing is sent", parts[0].dispute.case_id, to)
        return
    rules, one = rules_of(playbook), parts[0].dispute
    handling = rules.handling(one.reason)
    facts = {
        "case": str(one.case_id),
        "reason": one.reason.value,
        "reason_name": handling.name,
        "comment": one.comment,
        "resolver": one.resolver,
        "asks": one.expected or handling.asks,
        "disputed": ", ".join(f"{part.dispute.disputed} {part.invoice.currency}" for part in parts),
    }
    yield RequestMessageStrict(
        message=name,
        purpose=purpose,
        channel=Channel.EMAIL,
        to=(to,),
        template=purpose.value.replace(" ", "-"),
        language=language_in(rules.calendar.country),
        about=tuple(snapshot(part.invoice) for part in parts),
        debtor=parts[0].invoice.debtor,
        case_id=one.case_id,
        facts={key: told for key, told in (facts | more).items() if told},
        playbook=playbook.version,
    )


def rules_of(playbook: Playbook) -> Rules:
    assert playbook.rules is not None
    return playbook.rules
