"""A resolver's answer on the page behind their link, as commands. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from commands.command import Command, DecisionContext
from commands.disputes.approvals import RequestCredit
from commands.disputes.resolvers import AssignResolver, RecordAnswer
from commands.fields import Amount, BusinessDate, RequiredText, Text
from commands.invoices.contacts import AttachDocument
from ledger.facts.codes import ZERO, Answer, Outcome, RootCause
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.assignment import is_colleague
from ledger.policy.disputes.credit_approval import approvers, within_limit
from ledger.policy.refusal import Refused


class ResolverAnswer(BaseModel, frozen=True):
    """An answer, and what belongs to that answer."""

    answer: Answer
    text: Annotated[Text, Field(max_length=10_000)] = ""
    outcome: Outcome | None = None  # solved
    root_cause: RootCause | None = None  # solved
    credited: Mapping[str, Amount] = Field(default_factory=dict)  # solved; by invoice
    follow_up_on: BusinessDate | None = None  # not solved
    who: Annotated[RequiredText, Field(max_length=100)] | None = None  # not mine: who to ask
    document: Mapping[str, str | int] | None = None  # its fields in ``AttachDocument``


def answer_commands(
    invoices: Sequence[Invoice],
    case: UUID,
    reply: ResolverAnswer,
    rules: Rules,
    now: DecisionContext,
) -> Iterator[Command]:
    """Return the commands for each invoice of the case that awaits this resolver.

    A solved case still awaits the collector's decision. A case of another person is assigned to
    them at once when they are ``is_colleague``; else the collector is asked whom to assign.
    Raises ``Refused``.
    """
    _check(reply, now)
    for invoice in invoices:
        number, dispute = invoice.number, invoice.disputes[case]
        credit, chain = reply.credited.get(number, ZERO), approvers(rules, now.ran_by or now.by)
        solved = reply.answer is Answer.SOLVED
        if solved and credit > dispute.disputed:
            raise Refused("above-disputed", "credited", amount=dispute.disputed)
        if reply.document:
            yield AttachDocument.model_validate({"invoice": number, **reply.document})
        yield RecordAnswer(
            invoice=number,
            case_id=case,
            answer=reply.answer,
            text=_in_words(reply, invoice),
            follow_up_on=reply.follow_up_on if reply.answer is Answer.NOT_SOLVED else None,
        )
        if solved and credit and chain and within_limit(chain[-1], dispute, credit):
            yield RequestCredit(invoice=number, case_id=case, amount=credit)
        who = reply.who if reply.answer is Answer.NOT_MINE else None
        if who and is_colleague(rules, dispute.resolver, who):
            yield AssignResolver(invoice=number, case_id=case, resolver=who, why=reply.text)


def _check(reply: ResolverAnswer, now: DecisionContext) -> None:
    match reply.answer:
        case Answer.SOLVED:
            if not reply.outcome:
                raise Refused("answer-needs-outcome", "outcome")
        case Answer.NOT_SOLVED:
            if not reply.text.strip():
                raise Refused("answer-needs-reason", "text")
            if not reply.follow_up_on:
                raise Refused("answer-needs-day", "follow_up_on")
            if reply.follow_up_on < now.today:
                raise Refused("answer-day-over", "follow_up_on")
        case Answer.NOT_MINE:
            if not (reply.who or reply.text.strip()):
                raise Refused("answer-needs-somebody", "who")


def _in_words(reply: ResolverAnswer, invoice: Invoice) -> str:
    """Return the proposal as text, followed by what the resolver wrote."""
    proposed = list[str]()
    if reply.answer is Answer.SOLVED:
        proposed += [f"outcome: {reply.outcome}"]
        if reply.root_cause:
            proposed += [f"root cause: {reply.root_cause.replace('_', ' ')}"]
        if credited := reply.credited.get(invoice.number):
            proposed += [f"credit: {credited} {invoice.currency}"]
    if reply.answer is Answer.NOT_MINE and reply.who:
        proposed += [f"ask: {reply.who}"]
    return ". ".join(filter(None, ["; ".join(proposed), reply.text.strip()]))
