"""Tasks about a debtor: allocate money, complete contact details."""

from collections.abc import Iterator

from ledger.facts.codes import DATA_ITEM, REPLY_ITEM, STEP_ITEM, ZERO, TaskKind
from ledger.facts.debtor import Debtor
from ledger.policy.debtor_data import find_issues
from ledger.policy.reachability import USES, channel_for
from ledger.policy.tasks.task import Task, last_words, postponed


def debtor_tasks(debtor: Debtor) -> list[Task]:
    """Return the tasks about the debtor's messages, contact details and unallocated money."""
    found = [*_reply(debtor), *_missing(debtor), *_unreachable(debtor), *_unallocated(debtor)]
    return [postponed(task, debtor.postponed) for task in found]


def _reply(debtor: Debtor) -> Iterator[Task]:
    """Yield a task to answer what the debtor wrote about no particular invoice."""
    if debtor.replies and REPLY_ITEM not in debtor.money:  # no item twice
        since = min(reply.on for reply in debtor.replies)
        why = [last_words(debtor.replies)]
        yield Task(TaskKind.ANSWER_DEBTOR, REPLY_ITEM, since, ZERO, why=why)


def _missing(debtor: Debtor) -> Iterator[Task]:
    why = [f"{issue.finding}: {issue.consequence}" for issue in find_issues(debtor)]
    if not channel_for(debtor, USES):
        why.insert(0, "no e-mail address and no postal address can be used: nothing can be sent")
    if why and debtor.registered_on and DATA_ITEM not in debtor.money:  # no item twice
        yield Task(TaskKind.COMPLETE_DATA, DATA_ITEM, debtor.registered_on, ZERO, why=why)


def _unreachable(debtor: Debtor) -> Iterator[Task]:
    """Yield a task when a step could not reach a debtor who can be reached by another channel."""
    missed = debtor.unreached
    if missed is None or STEP_ITEM in debtor.money:  # no item twice
        return
    if channel_for(debtor, USES) and not channel_for(debtor, missed.channels):
        channels = " or ".join(missed.channels)
        why = [f"{missed.step} is sent by {channels}, and the debtor has no address for it"]
        yield Task(TaskKind.COMPLETE_DATA, STEP_ITEM, missed.on, ZERO, why=why)


def _unallocated(debtor: Debtor) -> Iterator[Task]:
    for reference, money in debtor.money.items():
        if money.left > 0:
            why = [f"{money.left} of {money.kind} {reference} names no invoice"]
            yield Task(TaskKind.ALLOCATE_MONEY, reference, money.received_on, money.left, why=why)
