"""Messages about a dispute: receipt and outcome to the debtor, request and reminder to the resolver
with copies to others, and request for approval of a credit to the approver."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from commands.disputes.case_messages import amounts, message_of_case, question_facts, undisputed
from commands.disputes.workflow import Workflow, by_approver, by_debtor, by_resolver, cases
from commands.messages.outbox import RequestMessage
from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute_endings import DisputeReopened, DisputeResolved
from ledger.facts.invoice.dispute_handling import (
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.policy.disputes.case_part import CaseChange, CasePart, Parts
from ledger.policy.reachability import can_reach
from ledger.policy.validation import is_sendable

DebtorLookup = Callable[[str], Debtor]  # by number; returns an unknown debtor when there is none
UniqueName = Callable[[str], str]  # makes "request/17" unique: "request/17/1", "request/17/2" …


def notices(
    run: Workflow, happened: Sequence[CaseChange], find: DebtorLookup, free: UniqueName
) -> Iterator[RequestMessage]:
    """Return the messages to request. Requesting a name again changes nothing."""
    for parts in cases(happened, DisputeOpened, by_debtor):
        debtor, dispute = find(parts[0].invoice.debtor), parts[0].dispute
        if can_reach(debtor, Channel.EMAIL) and run.rules.handling(dispute.reason).acknowledge:
            name = f"receipt/{dispute.case_id}"
            facts = {"undisputed": undisputed(_of(parts))}
            yield _message(run, Purpose.RECEIPT, name, parts, debtor, facts)
    asking = (ResolverAssigned, ResolverChanged, DisputeReopened)
    for parts in cases(happened, asking, by_resolver):
        if is_sendable(parts[0].dispute.resolver):
            yield from _to_resolver(run, parts, find(parts[0].invoice.debtor), free)
    for parts in cases(happened, ResolverReminded, by_resolver):
        yield from _reminder(run, parts, free)
    for parts in cases(happened, DisputeResolved, by_debtor):
        debtor, dispute = find(parts[0].invoice.debtor), parts[0].dispute
        if can_reach(debtor, Channel.EMAIL) and dispute.opened:
            name = free(f"outcome/{dispute.case_id}")
            yield _message(run, Purpose.OUTCOME, name, parts, debtor, _outcome(parts))
    yield from _about_credits(run, happened, free)


def _about_credits(
    run: Workflow, happened: Sequence[CaseChange], free: UniqueName
) -> Iterator[RequestMessage]:
    for parts in cases(happened, (CreditRequested, CreditPassedOn), by_approver):
        dispute = parts[0].dispute
        if is_sendable(to := dispute.credit_asked_of):
            facts = {
                "reason_name": run.rules.handling(dispute.reason).name,
                "credit": amounts(_of(parts), "credit_requested"),
                "resolver": dispute.credit_requester or dispute.resolver,
                "approved_by": getattr(parts[0].event, "previous", ""),
                "answer_by": str(dispute.credit_by or ""),
            }
            name = free(f"approval/{dispute.case_id}")
            yield _message(run, Purpose.APPROVAL_REQUEST, name, parts, (to,), facts)
    for parts in cases(happened, CreditRefused, by_resolver):
        dispute = parts[0].dispute
        if is_sendable(to := dispute.resolver):
            reason = run.rules.handling(dispute.reason).name
            facts = {"reason_name": reason, "why": dispute.credit_refused}
            name = free(f"credit-refusal/{dispute.case_id}")
            yield _message(run, Purpose.CREDIT_REFUSAL, name, parts, (to,), facts)


def _to_resolver(
    run: Workflow, parts: Parts, debtor: Debtor, free: UniqueName
) -> Iterator[RequestMessage]:
    """Return the request, and a separate message for the copies: it must not contain the link, by
    which anyone who has it can answer for the resolver."""
    dispute, event = parts[0].dispute, parts[0].event
    handling = run.rules.handling(dispute.reason)
    facts = question_facts(_of(parts), run.rules) | {
        "answer_by": str(dispute.follow_up_on or run.answer_by(dispute.reason)),
        "department": handling.department,
        "debtor_name": debtor.name,
        "why": getattr(event, "why", ""),
        "again": str(dispute.reopened) if isinstance(event, DisputeReopened) else "",
    }
    copy_to = [to for to in handling.copy_to if is_sendable(to) and to != dispute.resolver]
    for purpose, to in ((Purpose.REQUEST, (dispute.resolver,)), (Purpose.COPY, tuple(copy_to))):
        if to:
            yield _message(run, purpose, free(f"{purpose}/{dispute.case_id}"), parts, to, facts)


def _reminder(run: Workflow, parts: Parts, free: UniqueName) -> Iterator[RequestMessage]:
    """Return the reminder of a resolver that a person asked for."""
    dispute, event = parts[0].dispute, parts[0].event
    if isinstance(event, ResolverReminded) and event.channel is Channel.EMAIL:
        facts = question_facts(_of(parts), run.rules) | {
            "times": str(event.times),
            "answer_by": str(event.follow_up_on),
        }
        name, to = free(f"resolver-reminder/{dispute.case_id}"), (event.resolver,)
        yield _message(run, Purpose.RESOLVER_REMINDER, name, parts, to, facts)


def _of(parts: Parts) -> list[CasePart]:
    return [change.part for change in parts]


def _message(
    run: Workflow,
    purpose: Purpose,
    name: str,
    parts: Parts,
    to: Debtor | tuple[str, ...],
    facts: Mapping[str, str],
) -> RequestMessage:
    rules, version = run.rules, run.version
    return message_of_case(RequestMessage, purpose, name, _of(parts), to, facts, rules, version)


def _outcome(parts: Parts) -> dict[str, str]:
    event = parts[0].event
    assert isinstance(event, DisputeResolved)
    return {
        "outcome": event.outcome.value,
        "explanation": event.explanation,
        "credited": amounts(_of(parts), "credited"),
    }
