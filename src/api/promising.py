"""A promise to pay has the grace of the playbook, unless who records it says another."""

from collections.abc import Sequence

from api.playbook.file import in_force
from commands.command import Command
from commands.context import Context
from commands.handling import decide_all
from commands.promises import MakePromise
from ledger import workdays
from ledger.events import Entry
from ledger.store import Ledger


def graced(ledger: Ledger, wish: Command) -> Command:
    """The playbook counts working days; the promise keeps as many days as they take."""
    if not isinstance(wish, MakePromise) or wish.grace_days is not None:
        return wish
    _, rules = in_force(ledger)
    over = workdays.after(wish.promised_for, rules.grace, rules.calendar)
    return wish.model_copy(update={"grace_days": (over - wish.promised_for).days})


def decide_graced(ledger: Ledger, wishes: Sequence[Command], context: Context) -> list[Entry]:
    return decide_all(ledger, [graced(ledger, wish) for wish in wishes], context)
