"""Which acts can be undone: each entry with the command that compensates it, if there is one.

Entries stay. What was sent, spoken, paid or noted has no such command. A promise or hold that
somebody else changed meanwhile is refused by its own rules; a task that was put aside or done again
is theirs to undo.
"""

from collections.abc import Sequence

from commands.command import Command
from commands.debtors.holds import ReleaseDebtor
from commands.follow_up.holds import ReleaseHold
from commands.follow_up.promises import WithdrawPromise
from commands.follow_up.tasks import TakeUpDebtorTask, TakeUpTask
from ledger.facts.bank import BankTransactionAllocated, BankTransactionSetAside
from ledger.facts.codes import REPLY_ITEM
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorHeld, DebtorItemPostponed
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice.follow_up import ItemDone, ItemPostponed
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.state import Invoice

ON_TASKS = (ItemPostponed, DebtorItemPostponed, ItemDone)
AT_BANK = (BankTransactionAllocated, BankTransactionSetAside)
CAN = (*ON_TASKS, *AT_BANK, FollowUpHeld, DebtorHeld, PromiseMade)
WHY = "Undone right after it was recorded."


def undoable(entries: Sequence[Entry]) -> list[int]:
    """Return the positions of the entries if all of them can be undone, else none."""
    can = all(_can(entry.event) for entry in entries)
    return [entry.position for entry in entries] if can else []


def has_moved_on(entry: Entry, history: Sequence[Entry]) -> bool:
    """Return whether the task of an entry was put aside or done again after it."""
    event = entry.event
    return isinstance(event, ON_TASKS) and any(
        isinstance(later.event, ON_TASKS) and later.event.item == event.item
        for later in history
        if later.position > entry.position
    )


def _can(event: Event) -> bool:
    answered = isinstance(event, ItemDone) and event.item == REPLY_ITEM
    return isinstance(event, CAN) and not answered


def undo(book: Invoice | Debtor, event: Event) -> Command | None:
    """Return the command that compensates an entry of the book; None if there is none."""
    if not _can(event):
        return None
    number = {"debtor" if isinstance(book, Debtor) else "invoice": book.number}
    match event:
        case ItemPostponed() | ItemDone():
            return TakeUpTask.model_validate({**number, "item": event.item})
        case DebtorItemPostponed():
            return TakeUpDebtorTask.model_validate({**number, "item": event.item})
        case FollowUpHeld():
            return ReleaseHold.model_validate({**number, "hold_id": event.hold_id})
        case DebtorHeld():
            return ReleaseDebtor.model_validate({**number, "hold_id": event.hold_id, "why": WHY})
        case PromiseMade():
            given = {**number, "promise_id": event.promise_id, "why": WHY}
            return WithdrawPromise.model_validate(given)
        case _:
            return None
