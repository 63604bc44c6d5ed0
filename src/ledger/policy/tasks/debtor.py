"""Tasks about a debtor as a whole."""

from collections.abc import Iterator

from ledger.facts.codes import DATA_ITEM, STEP_ITEM, ZERO, Action
from ledger.facts.debtor import Debtor
from ledger.policy.debtor_data import odd
from ledger.policy.reachability import USES, channel_for
from ledger.policy.tasks.task import Todo, not_before


def todos_of_debtor(debtor: Debtor) -> list[Todo]:
    """Money of his that waits, and what must be known to write to him."""
    found = [*_missing(debtor), *_unreached(debtor)]
    found += [
        Todo(
            Action.ALLOCATE_MONEY,
            reference,
            money.received_on,
            money.left,
            why=[f"{money.left} of payment {reference} names no invoice"],
        )
        for reference, money in debtor.money.items()
        if money.left > 0
    ]
    return [not_before(todo, debtor.postponed) for todo in found]


def _missing(debtor: Debtor) -> Iterator[Todo]:
    """Until it is there. Without an e-mail address what we send goes by letter."""
    why = [f"{one.found}: {one.then}" for one in odd(debtor)]
    if not channel_for(debtor, USES):
        why.insert(0, "neither an e-mail address nor an address can be used: nothing can be sent")
    if why and debtor.registered_on and DATA_ITEM not in debtor.money:  # no name twice
        yield Todo(Action.COMPLETE_DATA, DATA_ITEM, debtor.registered_on, ZERO, why=why)


def _unreached(debtor: Debtor) -> Iterator[Todo]:
    """What a step of the ladder needs, of a debtor who could be written to otherwise."""
    missed = debtor.unreached
    if missed is None or STEP_ITEM in debtor.money:  # no name twice
        return
    if channel_for(debtor, USES) and not channel_for(debtor, missed.channels):
        ways = " or ".join(missed.channels)
        why = [f"{missed.step} goes by {ways}, and it is not known where to"]
        yield Todo(Action.COMPLETE_DATA, STEP_ITEM, missed.on, ZERO, why=why)
