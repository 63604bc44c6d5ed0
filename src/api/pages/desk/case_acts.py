"""Acts on a dispute: they concern all of its invoices that are not over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.pages.desk.acts import Act, Field
from api.pages.kit.posted import Posted
from commands.command import Command
from commands.disputes.case import CaseCommand, of_open_parts
from commands.disputes.resolutions import ReopenDispute, ResolveDispute, VoidDispute
from commands.disputes.resolvers import AssignResolver, RecordAnswer, RemindResolver
from commands.execute import Plan
from commands.work import Work
from ledger.facts.codes import Answer, Outcome, RootCause
from ledger.policy.amount_text import read_amount
from projections.disputes import DisputeRow


@dataclass(frozen=True)
class Case:
    """A dispute with a row for each of its invoices."""

    case_id: UUID
    rows: Sequence[DisputeRow]

    @property
    def first(self) -> DisputeRow:
        return self.rows[0]

    @property
    def number(self) -> str:
        return ", ".join(row.invoice for row in self.rows)

    @property
    def is_open(self) -> bool:
        return any(row.status == "open" for row in self.rows)


def _of_case(kind: type[CaseCommand], *names: str, amount: str = "") -> Callable[[Any, Any], Plan]:
    """Return how a form becomes the command for each invoice of the case."""

    def commands(case: Case, form: Posted) -> Plan:
        given = {name: form[name] for name in names if form.get(name)}
        if amount and form.get(amount):
            currency = case.first.currency
            given[amount] = read_amount(form[amount], currency, field=amount)  # type: ignore[assignment]
        each = [
            kind.model_validate({"invoice": row.invoice, "case_id": case.case_id, **given})
            for row in case.rows
        ]

        def plan(work: Work) -> Sequence[Command]:
            return of_open_parts(each, work) if kind.skips_parts_over else each

        return plan

    return commands


ANSWERS = tuple((answer.value, answer.value) for answer in Answer)
OUTCOMES = tuple((outcome.value, outcome.value) for outcome in Outcome)
CAUSES = tuple((cause.value, cause.value) for cause in RootCause)
WHEN_OPEN = (
    Act(
        "resolver",
        "Ask a resolver",
        "Ask them",
        "send",
        "They get a mail with the question and a link to answer, where the playbook reacts.",
        (
            Field("resolver", "Who can solve it", required=True, hint="A mail address or a name."),
            Field("expected", "What they must answer", "long"),
            Field("follow_up_on", "Answer by", "day", hint="By the playbook when left out."),
        ),
        _of_case(AssignResolver, "resolver", "expected", "follow_up_on"),
        first=lambda case, today: {
            "resolver": case.first.resolver,
        },
    ),
    Act(
        "reminder",
        "Remind the resolver",
        "Remind them now",
        "escalate",
        "They get a mail now, where the playbook reacts; their next day follows from the rules.",
        (),
        _of_case(RemindResolver),
    ),
    Act(
        "answer",
        "Record their answer",
        "Record the answer",
        "pen",
        "The dispute then waits for your decision, or for the person they name.",
        (
            Field("answer", "They say", "choice", required=True, options=ANSWERS),
            Field("text", "In their words", "long"),
        ),
        _of_case(RecordAnswer, "answer", "text"),
    ),
    Act(
        "resolution",
        "Decide the dispute",
        "Decide it",
        "check",
        "The dispute ends. Follow-up of what is not credited continues, and the debtor hears it.",
        (
            Field("outcome", "Outcome", "choice", required=True, options=OUTCOMES),
            Field("root_cause", "What went wrong", "choice", options=CAUSES),
            Field("credited", "To credit", "amount", hint="All of it when left out and credited."),
            Field("explanation", "Explanation to the debtor", "long"),
        ),
        _of_case(ResolveDispute, "outcome", "root_cause", "explanation", amount="credited"),
    ),
    Act(
        "withdrawal",
        "Withdraw the dispute",
        "Withdraw it",
        "undo",
        "It was opened by mistake: it counts in no report, and stays in the file.",
        (Field("why", "Why", required=True),),
        _of_case(VoidDispute, "why"),
    ),
)
WHEN_OVER = (
    Act(
        "reopening",
        "Open it again",
        "Open it again",
        "undo",
        "The dispute continues under its number; follow-up pauses again.",
        (Field("why", "Why", "long", required=True),),
        _of_case(ReopenDispute, "why"),
    ),
)
CASE_ACTS = {act.noun: act for act in (*WHEN_OPEN, *WHEN_OVER)}
