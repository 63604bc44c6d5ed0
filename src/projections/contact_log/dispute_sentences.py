"""Sentences about disputes."""

from datetime import date
from typing import assert_never

from ledger.facts.codes import Answer, Outcome, PercentOf, RootCause
from ledger.facts.invoice.dispute_endings import (
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
    OutcomeNotified,
)
from ledger.facts.invoice.dispute_handling import (
    ApproverReminded,
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeCommentUpdated,
    DisputeEscalated,
    DisputePauseChanged,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.dispute_opening import (
    DisputedAmountReduced,
    DisputedAmountRestored,
    DisputedLine,
    DisputeOpened,
)
from ledger.facts.invoice.events import CaseEvent
from projections.contact_log.phrasing import join, money, optional, quote_suffix, via

ANSWERS = {
    Answer.SOLVED: "the dispute is solved",
    Answer.NOT_SOLVED: "the dispute is not solved",
    Answer.NOT_MINE: "somebody else has to solve the dispute",
}
ENDS = {
    Outcome.CREDITED: "with a credit",
    Outcome.CORRECTED: "with a correction",
    Outcome.REPLACED: "with a replacement",
    Outcome.REJECTED: "by rejecting the objection",
    Outcome.WITHDRAWN: "because the debtor withdrew it",
    Outcome.PAID: "because the debtor paid",
}


def about_dispute(event: CaseEvent) -> str:  # noqa: C901
    match event:
        case DisputeOpened() as e:
            return _opened(e)
        case DisputedAmountReduced() as e:
            return f"{money(e.amount)} of the disputed amount was {_words(e.part)}."
        case DisputedAmountRestored() as e:
            return f"{money(e.amount)} that was {_words(e.part)} is disputed again."
        case ResolverAssigned() as e:
            asked = f"{e.resolver} was asked to solve the dispute"
            return f"{asked}{_follow_up(e.follow_up_on)}{quote_suffix(e.expected)}."
        case ResolverChanged() as e:
            asked = f"{e.resolver} was asked to solve the dispute in place of {e.previous}"
            return f"{asked}{_follow_up(e.follow_up_on)}{quote_suffix(e.why)}."
        case ResolverReminded() as e:
            asked = f"{e.resolver} was reminded to solve the dispute (reminder {e.times})"
            return f"{asked}{_follow_up(e.follow_up_on)}."
        case ResolverAnswered() as e:
            return f"{e.resolver} answered that {ANSWERS[e.answer]}{quote_suffix(e.text)}."
        case FollowUpDateMoved() as e:
            return f"Follow-up of the dispute was moved to {e.follow_up_on}{quote_suffix(e.why)}."
        case DisputeCommentUpdated() as e:
            return f"The comment on the dispute was changed{quote_suffix(e.comment)}."
        case DisputePauseChanged() as e:
            part = "the whole invoice" if e.rests_whole else "only the disputed amount"
            return f"Follow-up of {part} pauses, by version {e.playbook} of the playbook."
        case DisputeEscalated() as e:
            return f"The dispute was escalated to {e.to}{quote_suffix(e.why)}."
        case CreditRequested() as e:
            return f"A credit of {money(e.amount)} was requested{optional(' from ', e.approver)}."
        case CreditPassedOn() as e:
            limit = f"the approval limit of {e.previous} ({money(e.limit)})"
            consequence = f"{e.approver} has to approve it"
            return f"The credit of {money(e.amount)} exceeds {limit}, so {consequence}."
        case ApproverReminded() as e:
            asked = f"{e.approver} was reminded to approve or refuse the credit"
            return f"{asked} (reminder {e.times}){_follow_up(e.decide_by)}."
        case CreditApproved() as e:
            return f"A credit of {money(e.amount)} was approved."
        case CreditRefused() as e:
            return f"The requested credit was refused{quote_suffix(e.why)}."
        case DisputeResolved() as e:
            return _resolved(e)
        case OutcomeNotified() as e:
            case = "the dispute" if e.case_id else "a dispute that is not on file"
            return f"The debtor was informed of the outcome of {case}{via(e.channel)}."
        case DisputeReopened() as e:
            return f"The dispute was reopened over {money(e.disputed)}{quote_suffix(e.why)}."
        case DisputeVoided() as e:
            due = f"; {money(e.rejected)} is no longer disputed" if e.rejected else ""
            return f"The dispute was voided because it was a mistake{due}{quote_suffix(e.why)}."
        case _:
            assert_never(event)


def _opened(e: DisputeOpened) -> str:
    code = optional("; the debtor's own code is ", e.original_code)
    code += optional(" from list ", e.original_list) if code else ""
    whole = e.rests_whole and e.contested is not None
    pause = "; follow-up of the whole invoice is paused until it is solved" if whole else ""
    return (
        f"The debtor disputes {_part(e)}, {money(e.disputed)}, since {e.raised_on}"
        f" for the reason {_words(e.reason)}{code}{pause}{quote_suffix(e.comment)}."
    )


def _part(e: DisputeOpened) -> str:
    if e.contested is None:
        return "the whole invoice"
    if e.percent is not None:
        of = "what was open" if e.percent_of is PercentOf.OPEN else "the invoice"
        return f"{e.percent.normalize():f} % of {of}"
    parts = [_line(line) for line in e.lines]
    parts += [f"shipping ({money(e.shipping)})"] if e.shipping is not None else []
    parts += [f"tax ({money(e.tax)})"] if e.tax is not None else []
    return f"{join(parts, 'and')} of the invoice" if parts else "part of the invoice"


def _line(line: DisputedLine) -> str:
    quantity = "" if line.quantity is None else f"quantity {line.quantity.normalize():f}, "
    return f"line {line.number.strip()} ({quantity}{money(line.amount)})"


def _resolved(e: DisputeResolved) -> str:
    amounts = {"credited": e.credited, "paid": e.paid, "still to be paid": e.rejected}
    shares = [f"{money(amount)} {where}" for where, amount in amounts.items() if amount]
    if e.root_cause:
        none_found = e.root_cause is RootCause.NONE_FOUND
        shares.append("no cause found" if none_found else f"cause: {_words(e.root_cause)}")
    details = optional(" (", ", ".join(shares), ")")
    return f"The dispute was resolved {ENDS[e.outcome]}{details}{quote_suffix(e.explanation)}."


def _follow_up(on: date | None) -> str:
    return f", with follow-up on {on}" if on else ""


def _words(code: str) -> str:
    return code.replace("_", " ")
