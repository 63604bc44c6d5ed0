"""Who is told what in a dispute run: the debtor that his complaint came in and how it ended, the
resolver what he must answer, others a copy of it, and the approver which credit he may give."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from commands.disputes.workflow import Workflow, by_approver, by_debtor, by_resolver, cases
from commands.messages.outbox import RequestMessage, snapshot
from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute_events import (
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeOpened,
    DisputeReopened,
    DisputeResolved,
    ResolverAssigned,
    ResolverChanged,
)
from ledger.policy.disputes.case_part import CaseChange, Parts
from ledger.policy.messages.languages import language_in, language_of
from ledger.policy.reachability import can_reach
from ledger.policy.validation import is_sendable

DebtorLookup = Callable[[str], Debtor]  # by number; one that is not known when there is none
UniqueName = Callable[[str], str]  # "request/17" gives "request/17/2" when the first was asked for


def notices(
    run: Workflow, happened: Sequence[CaseChange], find: DebtorLookup, free: UniqueName
) -> Iterator[RequestMessage]:
    """Who is told, each once: a name that was asked for already asks for nothing."""
    asking = (ResolverAssigned, ResolverChanged, DisputeReopened)
    for parts in cases(happened, DisputeOpened, by_debtor):
        debtor, one = find(parts[0].invoice.debtor), parts[0].dispute
        if can_reach(debtor, Channel.EMAIL) and run.rules.handling(one.reason).acknowledge:
            name = f"receipt/{one.case_id}"
            goes_on = {} if one.rests_whole else {"undisputed": _undisputed(parts)}
            yield _to_debtor(run, Purpose.RECEIPT, name, parts, debtor, **goes_on)
    for parts in cases(happened, asking, by_resolver):
        if is_sendable(parts[0].dispute.resolver):
            yield from _to_resolver(run, parts, find(parts[0].invoice.debtor), free)
    for parts in cases(happened, DisputeResolved, by_debtor):
        debtor, one = find(parts[0].invoice.debtor), parts[0].dispute
        if can_reach(debtor, Channel.EMAIL) and one.opened:
            name = free(f"outcome/{one.case_id}")
            yield _to_debtor(run, Purpose.OUTCOME, name, parts, debtor, **_outcome(parts))
    yield from _about_credits(run, happened, free)


def _about_credits(
    run: Workflow, happened: Sequence[CaseChange], free: UniqueName
) -> Iterator[RequestMessage]:
    """The approver: may he give it? The resolver: that nobody does."""
    language = language_in(run.rules.calendar.country)
    for parts in cases(happened, (CreditRequested, CreditPassedOn), by_approver):
        one = parts[0].dispute
        to, name = one.credit_asked_of, f"approval/{one.case_id}"
        facts = {
            "reason_name": run.rules.handling(one.reason).name,
            "credit": _amounts(parts, "credit_requested"),
            "resolver": one.resolver,
            "approved_by": getattr(parts[0].event, "previous", ""),
            "answer_by": str(one.credit_by or ""),
        }
        if is_sendable(to):
            purpose = Purpose.APPROVAL_REQUEST
            yield _message(run, purpose, free(name), parts, (to,), language, facts)
    for parts in cases(happened, CreditRefused, by_resolver):
        one = parts[0].dispute
        to, name = one.resolver, f"credit-refusal/{one.case_id}"
        if is_sendable(to):
            facts = {
                "reason_name": run.rules.handling(one.reason).name,
                "why": one.credit_refused,
            }
            purpose = Purpose.CREDIT_REFUSAL
            yield _message(run, purpose, free(name), parts, (to,), language, facts)


def _to_debtor(
    run: Workflow, purpose: Purpose, name: str, parts: Parts, debtor: Debtor, **facts: str
) -> RequestMessage:
    language = language_of(debtor, run.rules.calendar.country)
    return _message(run, purpose, name, parts, (str(debtor.email),), language, facts)


def _to_resolver(
    run: Workflow, parts: Parts, debtor: Debtor, free: UniqueName
) -> Iterator[RequestMessage]:
    """To him, and to others a copy that is a message of its own: only he is to answer, by a link
    that is good for whoever has it."""
    one = parts[0].dispute
    handling = run.rules.handling(one.reason)
    facts = {
        "reason_name": handling.name,
        "resolver": one.resolver,
        "asks": one.expected or handling.asks,
        "answer_by": str(one.follow_up_on or run.answer_by(one.reason)),
        "department": handling.department,
        "debtor_name": debtor.name,
        "why": getattr(parts[0].event, "why", ""),
    }
    copy_to = [to for to in handling.copy_to if is_sendable(to) and to != one.resolver]
    language = language_in(run.rules.calendar.country)
    for purpose, to in ((Purpose.REQUEST, (one.resolver,)), (Purpose.COPY, tuple(copy_to))):
        if to:
            name = free(f"{purpose}/{one.case_id}")
            yield _message(run, purpose, name, parts, to, language, facts)


def _message(
    run: Workflow,
    purpose: Purpose,
    name: str,
    parts: Parts,
    to: tuple[str, ...],
    language: str,
    facts: dict[str, str],
) -> RequestMessage:
    one = parts[0].dispute
    said = {
        "case": str(one.case_id),
        "reason": one.reason.value,  # in the reader's language, once it is written
        "comment": one.comment,
        "disputed": _amounts(parts, "disputed"),
    }
    return RequestMessage(
        message=name,
        purpose=purpose,
        channel=Channel.EMAIL,
        to=to,
        template=purpose.value,
        language=language,
        about=tuple(snapshot(part.invoice) for part in parts),
        debtor=parts[0].invoice.debtor,
        case_id=one.case_id,
        facts={key: value for key, value in (said | facts).items() if value},
        playbook=run.version,
    )


def _outcome(parts: Parts) -> dict[str, str]:
    event = parts[0].event
    assert isinstance(event, DisputeResolved)
    return {
        "outcome": event.outcome.value,
        "explanation": event.explanation,
        "credited": _amounts(parts, "credited"),
    }


def _amounts(parts: Parts, name: str) -> str:
    """Such as ``121.00 EUR``; of several invoices each with its number."""
    told = list[str]()
    for one in parts:
        amount: Decimal = getattr(one.dispute, name)
        number = f"{one.invoice.number}: " if len(parts) > 1 else ""
        told += [f"{number}{amount} {one.invoice.currency}"] if amount else []
    return ", ".join(told)


def _undisputed(parts: Parts) -> str:
    """What is asked for all the same."""
    left = [(part.invoice, part.invoice.undisputed_amount) for part in parts]
    return ", ".join(f"{one.number}: {amount} {one.currency}" for one, amount in left if amount)
