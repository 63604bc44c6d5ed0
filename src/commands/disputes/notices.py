"""Messages about a dispute: receipt and outcome to the debtor, request to the resolver with copies
to others, and request for approval of a credit to the approver."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from commands.disputes.workflow import Workflow, by_approver, by_debtor, by_resolver, cases
from commands.messages.outbox import RequestMessage, snapshot
from ledger.facts.codes import ZERO, Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute_endings import DisputeReopened, DisputeResolved
from ledger.facts.invoice.dispute_handling import (
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    ResolverAssigned,
    ResolverChanged,
)
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.case_part import CaseChange, Parts
from ledger.policy.messages.languages import language_in, language_of
from ledger.policy.payments.allocation import short_words
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
            facts = {"undisputed": "" if dispute.rests_whole else _undisputed(parts)}
            facts["comment"] = _their_words(parts[0].invoice, dispute)
            yield _message(run, Purpose.RECEIPT, name, parts, debtor, facts)
    asking = (ResolverAssigned, ResolverChanged, DisputeReopened)
    for parts in cases(happened, asking, by_resolver):
        if is_sendable(parts[0].dispute.resolver):
            yield from _to_resolver(run, parts, find(parts[0].invoice.debtor), free)
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
                "credit": _amounts(parts, "credit_requested"),
                "resolver": dispute.resolver,
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
    dispute = parts[0].dispute
    handling = run.rules.handling(dispute.reason)
    facts = {
        "reason_name": handling.name,
        "resolver": dispute.resolver,
        "asks": dispute.expected or handling.asks,
        "answer_by": str(dispute.follow_up_on or run.answer_by(dispute.reason)),
        "department": handling.department,
        "debtor_name": debtor.name,
        "why": getattr(parts[0].event, "why", ""),
    }
    copy_to = [to for to in handling.copy_to if is_sendable(to) and to != dispute.resolver]
    for purpose, to in ((Purpose.REQUEST, (dispute.resolver,)), (Purpose.COPY, tuple(copy_to))):
        if to:
            yield _message(run, purpose, free(f"{purpose}/{dispute.case_id}"), parts, to, facts)


def _message(
    run: Workflow,
    purpose: Purpose,
    name: str,
    parts: Parts,
    to: Debtor | tuple[str, ...],
    facts: Mapping[str, str],
) -> RequestMessage:
    """Return the request for an e-mail to a debtor in their language, or to colleagues in ours."""
    dispute, country = parts[0].dispute, run.rules.calendar.country
    facts = {
        "case": str(dispute.case_id),
        "reason": dispute.reason.value,  # translated when the message is written
        "comment": dispute.comment,
        "disputed": _amounts(parts, "disputed"),
        **facts,
    }
    return RequestMessage(
        message=name,
        purpose=purpose,
        channel=Channel.EMAIL,
        to=(str(to.email),) if isinstance(to, Debtor) else to,
        template=purpose.value,
        language=language_of(to, country) if isinstance(to, Debtor) else language_in(country),
        about=tuple(snapshot(part.invoice) for part in parts),
        debtor=parts[0].invoice.debtor,
        case_id=dispute.case_id,
        facts={key: value for key, value in facts.items() if value},
        playbook=run.version,
    )


def _their_words(invoice: Invoice, dispute: Dispute) -> str:
    """Return the comment, unless it is what we wrote ourselves about a short payment."""
    ours = short_words(dispute.payment, dispute.contested or ZERO, invoice.currency)
    return "" if dispute.payment and dispute.comment == ours else dispute.comment


def _outcome(parts: Parts) -> dict[str, str]:
    event = parts[0].event
    assert isinstance(event, DisputeResolved)
    return {
        "outcome": event.outcome.value,
        "explanation": event.explanation,
        "credited": _amounts(parts, "credited"),
    }


def _amounts(parts: Parts, name: str) -> str:
    """Return text such as ``121.00 EUR``; each amount after its invoice number if several."""
    return ", ".join(
        (f"{part.invoice.number}: " if len(parts) > 1 else "") + f"{amount} {part.invoice.currency}"
        for part in parts
        if (amount := getattr(part.dispute, name))
    )


def _undisputed(parts: Parts) -> str:
    """Return the amounts that the debtor must still pay."""
    return ", ".join(
        f"{part.invoice.number}: {amount} {part.invoice.currency}"
        for part in parts
        if (amount := part.invoice.undisputed_amount)
    )
