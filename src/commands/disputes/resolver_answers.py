"""What a resolver says of a case on the page behind his link, as commands. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from commands.command import Amount, BusinessDate, Command, DecisionContext, RequiredText, Text
from commands.disputes.approvals import RequestCredit
from commands.disputes.resolvers import AssignResolver, RecordAnswer
from commands.invoices.contacts import AttachDocument
from ledger.facts.codes import ZERO, Answer, Outcome, RootCause
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.assignment import is_colleague
from ledger.policy.disputes.credit_approval import approvers, within_limit
from ledger.policy.refusal import Refused


class ResolverAnswer(BaseModel, frozen=True):
    """Which of these belong together depends on ``answer``."""

    answer: Answer
    text: Annotated[Text, Field(max_length=10_000)] = ""
    outcome: Outcome | None = None  # of what is solved
    root_cause: RootCause | None = None
    credited: Mapping[str, Amount] = Field(default_factory=dict)  # by invoice
    follow_up_on: BusinessDate | None = None  # of what is not solved
    who: Annotated[RequiredText, Field(max_length=100)] | None = None  # of what is somebody else's
    document: Mapping[str, str | int] | None = None  # its fields in ``AttachDocument``


def answer_commands(
    invoices: Sequence[Invoice],
    case: UUID,
    said: ResolverAnswer,
    rules: Rules,
    now: DecisionContext,
) -> Iterator[Command]:
    """For each invoice of the case that waits for this resolver. Raises ``Refused``.

    What is solved still waits for the collector's decision. What is somebody else's goes to him
    at once when he is ``is_colleague``, else the collector is asked whom to ask.
    """
    _check(said, now)
    for invoice in invoices:
        number, one = invoice.number, invoice.disputes[case]
        if said.answer is Answer.SOLVED and said.credited.get(number, ZERO) > one.disputed:
            raise Refused("above-disputed", "credited", amount=one.disputed)
        if said.document:
            yield AttachDocument.model_validate({"invoice": number, **said.document})
        yield RecordAnswer(
            invoice=number,
            case_id=case,
            answer=said.answer,
            text=_in_words(said, invoice),
            follow_up_on=said.follow_up_on if said.answer is Answer.NOT_SOLVED else None,
        )
        credited, chain = said.credited.get(number), approvers(rules)
        if (
            said.answer is Answer.SOLVED
            and credited
            and chain
            and within_limit(chain[-1], one, credited)
        ):
            yield RequestCredit(invoice=number, case_id=case, amount=credited)
        if (
            said.answer is Answer.NOT_MINE
            and said.who
            and is_colleague(rules, one.resolver, said.who)
        ):
            yield AssignResolver(invoice=number, case_id=case, resolver=said.who, why=said.text)


def _check(said: ResolverAnswer, now: DecisionContext) -> None:
    match said.answer:
        case Answer.SOLVED:
            if not said.outcome:
                raise Refused("answer-needs-outcome", "outcome")
        case Answer.NOT_SOLVED:
            if not said.text.strip():
                raise Refused("answer-needs-reason", "text")
            if not said.follow_up_on:
                raise Refused("answer-needs-day", "follow_up_on")
            if said.follow_up_on < now.today:
                raise Refused("answer-day-over", "follow_up_on")
        case Answer.NOT_MINE:
            if not (said.who or said.text.strip()):
                raise Refused("answer-needs-somebody", "who")


def _in_words(said: ResolverAnswer, invoice: Invoice) -> str:
    """What is proposed, before what he wrote himself."""
    proposed = list[str]()
    if said.answer is Answer.SOLVED:
        proposed += [f"outcome: {said.outcome}"]
        if said.root_cause:
            proposed += [f"root cause: {said.root_cause.replace('_', ' ')}"]
        if credited := said.credited.get(invoice.number):
            proposed += [f"credit: {credited} {invoice.currency}"]
    if said.answer is Answer.NOT_MINE and said.who:
        proposed += [f"ask: {said.who}"]
    return ". ".join(filter(None, ["; ".join(proposed), said.text.strip()]))
