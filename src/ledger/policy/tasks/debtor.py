"""What a debtor's book asks a person to do: place their money, complete their data."""

from collections.abc import Iterator

from ledger.facts.codes import DATA_ITEM, STEP_ITEM, ZERO, TaskKind
from ledger.facts.debtor import Debtor
from ledger.policy.debtor_data import find_issues
from ledger.policy.reachability import USES, channel_for
from ledger.policy.tasks.task import Task, postponed


def debtor_tasks(debtor: Debtor) -> list[Task]:
    """Return tasks about the debtor's unallocated money, and about what must be known to write to
    them."""
    found = [*_missing(debtor), *_unreachable(debtor), *_unallocated(debtor)]
    return [postponed(task, debtor.postponed) for task in found]


def _missing(debtor: Debtor) -> Iterator[Task]:
    """Until it is there. Without an e-mail address what we send goes by letter."""
    why = [f"{one.finding}: {one.consequence}" for one in find_issues(debtor)]
    if not channel_for(debtor, USES):
        why.insert(0, "neither an e-mail address nor an address can be used: nothing can be sent")
    if why and debtor.registered_on and DATA_ITEM not in debtor.money:  # no name twice
        yield Task(TaskKind.COMPLETE_DATA, DATA_ITEM, debtor.registered_on, ZERO, why=why)


def _unreachable(debtor: Debtor) -> Iterator[Task]:
    """What a step of the ladder needs, of a debtor who could be written to otherwise."""
    missed = debtor.unreached
    if missed is None or STEP_ITEM in debtor.money:  # no name twice
        return
    if channel_for(debtor, USES) and not channel_for(debtor, missed.channels):
        ways = " or ".join(missed.channels)
        why = [f"{missed.step} goes by {ways}, and it is not known where to"]
        yield Task(TaskKind.COMPLETE_DATA, STEP_ITEM, missed.on, ZERO, why=why)


def _unallocated(debtor: Debtor) -> Iterator[Task]:
    for reference, money in debtor.money.items():
        if money.left > 0:
            why = [f"{money.left} of payment {reference} names no invoice"]
            yield Task(TaskKind.ALLOCATE_MONEY, reference, money.received_on, money.left, why=why)
