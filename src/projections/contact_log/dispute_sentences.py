"""Sentences about disputes."""

from datetime import date
from typing import assert_never

from ledger.facts.codes import Answer, Outcome, Part, PercentOf, RootCause
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
    DisputeOpened,
)
from ledger.facts.invoice.events import CaseEvent
from ledger.facts.invoice.parts import DisputedLine
from projections.contact_log.language import Language
from projections.contact_log.phrasing import clause, join, quote, via

ANSWERS = {
    Answer.SOLVED: "{who} answered that the dispute is solved{quote}.",
    Answer.NOT_SOLVED: "{who} answered that the dispute is not solved{quote}.",
    Answer.NOT_MINE: "{who} answered that somebody else has to solve the dispute{quote}.",
    Answer.IN_WORDS: "{who} answered{quote}.",
}
ENDS = {
    Outcome.CREDITED: "The dispute was resolved with a credit{details}{quote}.",
    Outcome.CORRECTED: "The dispute was resolved with a correction{details}{quote}.",
    Outcome.REPLACED: "The dispute was resolved with a replacement{details}{quote}.",
    Outcome.REJECTED: "The dispute was resolved by rejecting the objection{details}{quote}.",
    Outcome.WITHDRAWN: "The dispute was resolved because the debtor withdrew it{details}{quote}.",
    Outcome.PAID: "The dispute was resolved because the debtor paid{details}{quote}.",
}
REDUCED = {
    Part.PAID: "{amount} of the disputed amount was paid.",
    Part.CREDITED: "{amount} of the disputed amount was credited.",
    Part.WRITTEN_OFF: "{amount} of the disputed amount was written off.",
}
RESTORED = {
    Part.PAID: "{amount} that was paid is disputed again.",
    Part.CREDITED: "{amount} that was credited is disputed again.",
    Part.WRITTEN_OFF: "{amount} that was written off is disputed again.",
}


def about_dispute(event: CaseEvent, words: Language) -> str:  # noqa: C901
    match event:
        case DisputeOpened() as e:
            return _opened(e, words)
        case DisputedAmountReduced() as e:
            return words(REDUCED[e.part], amount=words.money(e.amount))
        case DisputedAmountRestored() as e:
            return words(RESTORED[e.part], amount=words.money(e.amount))
        case ResolverAssigned() as e:
            return words(
                "{who} was asked to solve the dispute{by}{why}{question}.",
                who=e.resolver,
                by=_follow_up(e.follow_up_on, words),
                why=quote(words, e.why, "; why: {quote}"),
                question=quote(words, e.expected),
            )
        case ResolverChanged() as e:
            return words(
                "{who} was asked to solve the dispute in place of {previous}{by}{question}{why}.",
                who=e.resolver,
                previous=e.previous,
                by=_follow_up(e.follow_up_on, words),
                question=quote(words, e.expected, "; the question: {quote}"),
                why=quote(words, e.why),
            )
        case ResolverReminded() as e:
            return _reminded(e, words)
        case ResolverAnswered() as e:
            return words(ANSWERS[e.answer], who=e.resolver, quote=quote(words, e.text))
        case FollowUpDateMoved() as e:
            day, why = words.day(e.follow_up_on), quote(words, e.why)
            return words("Follow-up of the dispute was moved to {day}{why}.", day=day, why=why)
        case DisputeCommentUpdated() as e:
            text = "The comment on the dispute was changed{quote}."
            return words(text, quote=quote(words, e.comment))
        case DisputePauseChanged() as e:
            return words(PAUSES[e.rests_whole], version=str(e.playbook))
        case DisputeEscalated() as e:
            text = "The dispute was escalated to {who}{why}."
            return words(text, who=e.to, why=quote(words, e.why))
        case CreditRequested() as e:
            approver = clause(words, " from {approver}", approver=e.approver)
            text = "A credit of {amount} was requested{approver}."
            return words(text, amount=words.money(e.amount), approver=approver)
        case CreditPassedOn() as e:
            return words(
                PASSED_ON,
                amount=words.money(e.amount),
                previous=e.previous,
                limit=words.money(e.limit),
                approver=e.approver,
            )
        case ApproverReminded() as e:
            text = "{who} was reminded to approve or refuse the credit (reminder {times}){by}."
            by = _follow_up(e.decide_by, words)
            return words(text, who=e.approver, times=str(e.times), by=by)
        case CreditApproved() as e:
            return words("A credit of {amount} was approved.", amount=words.money(e.amount))
        case CreditRefused() as e:
            return words("The requested credit was refused{why}.", why=quote(words, e.why))
        case DisputeResolved() as e:
            return _resolved(e, words)
        case OutcomeNotified() as e:
            return words(INFORMED[bool(e.case_id)], via=via(words, e.channel))
        case DisputeReopened() as e:
            text = "The dispute was reopened over {amount}{why}."
            why = quote(words, words.ours(e.why))
            return words(text, amount=words.money(e.disputed), why=why)
        case DisputeVoided() as e:
            due, why = "", quote(words, words.ours(e.why))
            if e.rejected:
                due = words("; {amount} is no longer disputed", amount=words.money(e.rejected))
            text = "The dispute was voided because it was a mistake{due}{why}."
            return words(text, due=due, why=why)
        case _:
            assert_never(event)


PAUSES = {
    True: "Follow-up of the whole invoice pauses, by version {version} of the playbook.",
    False: "Follow-up of only the disputed amount pauses, by version {version} of the playbook.",
}
PASSED_ON = (
    "The credit of {amount} exceeds the approval limit of {previous} ({limit}), so {approver} has"
    " to approve it."
)
INFORMED = {
    True: "The debtor was informed of the outcome of the dispute{via}.",
    False: "The debtor was informed of the outcome of a dispute that is not on file{via}.",
}
OPENED = (
    "The debtor disputes {part}, {amount}, since {day} for the reason {reason}{code}{pause}{quote}."
)
CODE = "; the debtor's own code is {code}"
PAUSED = "; follow-up of the whole invoice is paused until it is solved"


def _opened(e: DisputeOpened, words: Language) -> str:
    code, list_ = e.original_code, e.original_list
    of_list = clause(words, CODE + " from list {list}", code=code, list=list_)
    return words(
        OPENED,
        part=_part(e, words),
        amount=words.money(e.disputed),
        day=words.day(e.raised_on),
        reason=words.code(e.reason),
        code=of_list or clause(words, CODE, code=code),
        pause=words(PAUSED) if e.rests_whole and e.contested is not None else "",
        quote=quote(words, e.comment),
    )


def _part(e: DisputeOpened, words: Language) -> str:
    if e.contested is None:
        return words("the whole invoice")
    if e.percent is not None:
        of_open = e.percent_of is PercentOf.OPEN
        of = "{percent} % of what was open" if of_open else "{percent} % of the invoice"
        return words(of, percent=words.number(e.percent))
    parts = [_line(line, words) for line in e.lines]
    if e.shipping is not None:
        parts.append(words("shipping ({amount})", amount=words.money(e.shipping)))
    if e.tax is not None:
        parts.append(words("tax ({amount})", amount=words.money(e.tax)))
    if not parts:
        return words("part of the invoice")
    return words("{parts} of the invoice", parts=join(words, parts, "and"))


def _line(line: DisputedLine, words: Language) -> str:
    number, amount = line.number.strip(), words.money(line.amount)
    if line.quantity is None:
        return words("line {number} ({amount})", number=number, amount=amount)
    text, quantity = "line {number} (quantity {quantity}, {amount})", words.number(line.quantity)
    return words(text, number=number, quantity=quantity, amount=amount)


def _reminded(e: ResolverReminded, words: Language) -> str:
    """Return the sentence; of older entries it is not known whether something was sent."""
    facts = {"who": e.resolver, "times": str(e.times), "by": _follow_up(e.follow_up_on, words)}
    if why := e.unsent.strip():
        if why.endswith(NO_ADDRESS):
            why = words("{who} is no mail address", who=why.removesuffix(NO_ADDRESS))
        text = (
            "Reminder {times} of {who} to solve the dispute was recorded{by}; nothing was sent:"
            " {why}."
        )
        return words(text, why=words(why), **facts)
    text = "{who} was reminded{via} to solve the dispute (reminder {times}){by}."
    return words(text, via=via(words, e.channel), **facts)


NO_ADDRESS = " is no mail address"


def _resolved(e: DisputeResolved, words: Language) -> str:
    amounts = {
        "{amount} credited": e.credited,
        "{amount} paid": e.paid,
        "{amount} still to be paid": e.rejected,
    }
    parts = [words(text, amount=words.money(part)) for text, part in amounts.items() if part]
    if e.root_cause is RootCause.NONE_FOUND:
        parts.append(words("no cause found"))
    elif e.root_cause:
        parts.append(words("cause: {cause}", cause=words.code(e.root_cause)))
    details = clause(words, " ({details})", details=", ".join(parts))
    explained = quote(words, words.ours(e.explanation))
    return words(ENDS[e.outcome], details=details, quote=explained)


def _follow_up(on: date | None, words: Language) -> str:
    return words(", with follow-up on {day}", day=words.day(on)) if on else ""
