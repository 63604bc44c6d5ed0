"""What a book asks of somebody next, why, and how urgently. Here, as rules and views both ask."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from ledger.case_actions import about_dispute, credits_due, unanswered
from ledger.chasing import about_debtor
from ledger.codes import Action
from ledger.debtor import Debtor
from ledger.details import odd
from ledger.dispute import ZERO
from ledger.invoice import Invoice, Postponed
from ledger.policy.reachability import USES, channel_for
from ledger.todo import CHASING, Todo

DATA_ITEM = "contact details"  # of a debtor, which are missing
STEP_ITEM = "where to write"  # by the channels of his step
MAIL_ITEM = "mail"  # of ours that will not arrive


def todos(invoice: Invoice) -> list[Todo]:
    """Most urgent first; nothing for an invoice that asks nothing of anybody."""
    if not invoice.number:  # nobody registered it
        return []
    disputes = invoice.open_disputes
    found = [about_dispute(invoice, one) for one in disputes]
    found += credits_due(invoice)
    if invoice.open_amount < 0:
        found.append(_overpaid(invoice))
    elif invoice.collectable:
        rests = any(one.rests_whole for one in disputes)
        about = about_debtor(invoice)
        found += [todo for todo in about if not (rests and todo.action in CHASING)]
    if invoice.failed and invoice.open_amount > 0:
        found += _mail_failed(invoice)
    if invoice.reply and invoice.open_amount > 0:
        found.append(unanswered(invoice, invoice.reply))
    if invoice.postponed:
        found = [_not_before(todo, invoice.postponed) for todo in found]
    return sorted(found, key=lambda todo: (-todo.priority, todo.on))


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
    return [_not_before(todo, debtor.postponed) for todo in found]


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


def _not_before(todo: Todo, postponed: Mapping[str, Postponed]) -> Todo:
    """Another action is a new cause, which was not postponed."""
    found = postponed.get(todo.item)
    if found is None or found.action is not todo.action or found.until <= todo.on:
        return todo
    why = [*todo.why, f"postponed to {found.until}: {found.why}"]
    return replace(todo, on=found.until, why=why)


def _mail_failed(invoice: Invoice) -> Iterator[Todo]:
    """Until somebody was in touch since, or says that it is seen to."""
    done, contact = invoice.done.get(MAIL_ITEM, date.min), invoice.last_contact_on or date.min
    if failed := {name: on for name, on in invoice.failed.items() if done < on >= contact}:
        why = [f"{name} did not arrive on {on}" for name, on in failed.items()]
        on = min(failed.values())
        yield Todo(Action.MAIL_FAILED, MAIL_ITEM, on, invoice.open_amount, why=why)


def _overpaid(invoice: Invoice) -> Todo:
    too_much = -invoice.open_amount
    on = invoice.settled_on or invoice.issued_on
    return Todo(Action.ALLOCATE_MONEY, "money", on, too_much, why=[f"{too_much} too much was paid"])
