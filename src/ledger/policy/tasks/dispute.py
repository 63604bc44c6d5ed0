"""What a dispute asks of a person next: the resolver, the approver, or who decides."""

from collections.abc import Iterator
from datetime import date

from ledger.facts.codes import REPLY_ITEM, ZERO, TaskKind
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice, UnansweredReply
from ledger.policy.follow_up.schedule import CHASE_AGAIN
from ledger.policy.tasks.task import Task, times_in_words

TO_CLOSE = -40  # urgency of what is to be closed, and waits for nobody


def dispute_task(invoice: Invoice, one: Dispute) -> Task:
    """Return what is to be done about an open dispute."""
    assert one.opened_on
    item = str(one.case_id)
    reason = one.reason.replace("_", " ")
    why = [f"{one.disputed} of {invoice.open_amount} open is disputed: {reason}"]
    if not invoice.has_amount_in_dispute(one):
        on = invoice.settled_on or one.opened_on
        why.append("nothing is left to dispute: resolve-dispute closes it")
        return Task(TaskKind.DECIDE_DISPUTE, item, on, ZERO, one, TO_CLOSE, why)
    more = 0
    if one.reminders:
        why.append(f"its resolver was reminded {times_in_words(one.reminders)}")
        more += min(2 * one.reminders, 10)
    if one.escalated_to:
        why.append(f"escalated to {one.escalated_to}")
        more += 10
    if one.credit_requested is not None:
        why.append(f"a credit of {one.credit_requested} waits for {one.credit_asked_of}")
        on = _chased_again(invoice, item, one.credit_by or one.opened_on, why)
        return Task(TaskKind.CHASE_APPROVER, item, on, one.disputed, one, more, why)
    if one.credit_refused:
        why.append(f"its credit was refused: {one.credit_refused}")
    if one.credit_approved:
        why.append(f"a credit of {one.credit_approved} is approved")
    if one.answer == "solved":
        why.append(f"{one.resolver} says it is solved")
    if one.answer == "solved" or one.credit_approved:
        return Task(TaskKind.DECIDE_DISPUTE, item, one.opened_on, one.disputed, one, more, why)
    if not one.resolver or one.answer == "not_mine":
        why.append("nobody is asked to solve it")
        return Task(TaskKind.ASSIGN_RESOLVER, item, one.opened_on, one.disputed, one, more, why)
    why.append(f"{one.resolver} has it; a resolver was first asked on {one.assigned_on}")
    on = _chased_again(invoice, item, one.follow_up_on or one.opened_on, why)
    return Task(TaskKind.CHASE_RESOLVER, item, on, one.disputed, one, more, why)


def unanswered_reply(invoice: Invoice, reply: UnansweredReply) -> Task:
    """Return the task to answer the debtor. A reply soon after a decision may object to it."""
    often = "" if reply.times == 1 else f" ({reply.times} times; this was the last)"
    why = [f"from {reply.who or 'the debtor'} on {reply.on}{often}: {reply.words}"]
    case = invoice.disputes.get(reply.resolved_case) if reply.resolved_case else None
    if case is None or case.status != "resolved":
        case, action = None, TaskKind.ANSWER_DEBTOR
    else:
        action = TaskKind.REOPEN_DISPUTE
        why.append(f"its dispute was {case.outcome} on {case.resolved_on}: reopen-dispute, if so")
    return Task(action, REPLY_ITEM, reply.since, invoice.open_amount, case, why=why)


def _chased_again(invoice: Invoice, item: str, on: date, why: list[str]) -> date:
    """Return the day ``on``, or a week after a person of ours chased them since."""
    done = invoice.tasks_done.get(item)
    if not done or done < on:
        return on
    why.append(f"last chased on {done}")
    return done + CHASE_AGAIN


def credit_note_tasks(invoice: Invoice) -> Iterator[Task]:
    """Yield the credits that wait for their credit note; none once the invoice is cancelled."""
    for one in () if invoice.cancelled else invoice.disputes.values():
        if one.to_credit and one.resolved_on:
            item, reason = f"credit {one.case_id}", one.reason.replace("_", " ")
            why = [f"{one.to_credit} is to be credited: {reason}, decided on {one.resolved_on}"]
            on = one.resolved_on
            yield Task(TaskKind.ISSUE_CREDIT_NOTE, item, on, one.to_credit, one, why=why)
