"""Tasks about disputes: assign, remind, judge, decide, credit, answer and reopen."""

from collections.abc import Iterator
from datetime import date

from ledger.facts.codes import REPLY_ITEM, ZERO, Answer, TaskKind
from ledger.facts.invoice.parts import UnansweredReply
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.case_part import has_amount_in_dispute
from ledger.policy.follow_up.replies import objected_case
from ledger.policy.follow_up.schedule import CHASE_AGAIN
from ledger.policy.tasks.task import Task, last_words, times_in_words

TO_CLOSE = -40  # urgency of a dispute that only needs to be closed


def dispute_task(invoice: Invoice, dispute: Dispute) -> Task:
    """Return the next task about an open dispute."""
    assert dispute.opened_on
    item = str(dispute.case_id)
    reason = dispute.reason.replace("_", " ")
    disputed = invoice.disputed_amounts.get(dispute.case_id, ZERO)
    why = [f"{disputed} of {invoice.open_amount} open is disputed: {reason}"]
    if not has_amount_in_dispute(invoice, dispute):
        on = invoice.settled_on or dispute.opened_on
        why.append("nothing is left to dispute: resolve-dispute closes it")
        return Task(TaskKind.DECIDE_DISPUTE, item, on, ZERO, dispute, TO_CLOSE, why)
    more = _chased(dispute, why)
    if dispute.answer is Answer.IN_WORDS:
        why.append(f"{dispute.answered_by} answered: {dispute.answer_text}")
        on = dispute.answered_on or dispute.opened_on
        return Task(TaskKind.JUDGE_ANSWER, item, on, disputed, dispute, more, why)
    if dispute.credit_requested is not None:
        why.append(f"a credit of {dispute.credit_requested} waits for {dispute.credit_asked_of}")
        on = _reminded_again(invoice, item, dispute.credit_by or dispute.opened_on, why)
        return Task(TaskKind.CHASE_APPROVER, item, on, disputed, dispute, more, why)
    if dispute.credit_refused:
        why.append(f"its credit was refused: {dispute.credit_refused}")
    if dispute.credit_approved:
        why.append(f"a credit of {dispute.credit_approved} is approved")
    if dispute.answer is Answer.SOLVED:
        why.append(f"{dispute.resolver} answered that it is solved")
    if dispute.answer is Answer.SOLVED or dispute.credit_approved:
        return Task(TaskKind.DECIDE_DISPUTE, item, dispute.opened_on, disputed, dispute, more, why)
    if not dispute.resolver or dispute.answer is Answer.NOT_MINE:
        why.append("no resolver is asked")
        return Task(TaskKind.ASSIGN_RESOLVER, item, dispute.opened_on, disputed, dispute, more, why)
    why.append(f"{dispute.resolver} is asked; a resolver was first asked on {dispute.assigned_on}")
    on = _reminded_again(invoice, item, dispute.follow_up_on or dispute.opened_on, why)
    return Task(TaskKind.CHASE_RESOLVER, item, on, disputed, dispute, more, why)


def _chased(dispute: Dispute, why: list[str]) -> int:
    """Return the urgency by reminders and escalation, and add them to ``why``."""
    more = 0
    if dispute.reminders:
        why.append(f"its resolver was reminded {times_in_words(dispute.reminders)}")
        more += min(2 * dispute.reminders, 10)
    if dispute.escalated_to:
        why.append(f"escalated to {dispute.escalated_to}")
        more += 10
    return more


def unanswered_reply(invoice: Invoice) -> Iterator[Task]:
    """Yield the task to answer the debtor: of a paid invoice what they wrote after that.

    A reply soon after a decision may object to it.
    """
    is_open = invoice.open_amount > 0
    if left := tuple(reply for reply in invoice.replies if is_open or reply.about_paid):
        yield _answer_debtor(invoice, left)


def _answer_debtor(invoice: Invoice, left: tuple[UnansweredReply, ...]) -> Task:
    since, why = min(reply.on for reply in left), [last_words(left)]
    cases = [case for reply in left if (case := objected_case(invoice, reply))]
    if not cases or invoice.open_amount <= 0:
        return Task(TaskKind.ANSWER_DEBTOR, REPLY_ITEM, since, invoice.open_amount, why=why)
    case = cases[-1]
    why.append(
        f"its dispute was {case.outcome} on {case.resolved_on}: reopen-dispute if they object"
    )
    return Task(TaskKind.REOPEN_DISPUTE, REPLY_ITEM, since, invoice.open_amount, case, why=why)


def _reminded_again(invoice: Invoice, item: str, on: date, why: list[str]) -> date:
    """Return the day ``on``, or a week after the task was done since."""
    done = invoice.tasks_done.get(item)
    if not done or done < on:
        return on
    why.append(f"last reminded on {done}")
    return done + CHASE_AGAIN


def credit_note_tasks(invoice: Invoice) -> Iterator[Task]:
    """Yield a task for each pending credit note; none when the invoice is cancelled."""
    for dispute in () if invoice.cancelled else invoice.disputes.values():
        if dispute.to_credit and dispute.resolved_on:
            item, reason = f"credit {dispute.case_id}", dispute.reason.replace("_", " ")
            why = [
                f"{dispute.to_credit} is to be credited: {reason}, decided on {dispute.resolved_on}"
            ]
            on = dispute.resolved_on
            yield Task(TaskKind.ISSUE_CREDIT_NOTE, item, on, dispute.to_credit, dispute, why=why)
