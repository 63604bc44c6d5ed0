"""What a book asks of somebody next, why, and how urgently. Here, as rules and views both ask."""

from collections.abc import Iterator
from datetime import date

from ledger.facts.codes import MAIL_ITEM, Action
from ledger.facts.invoice.state import Invoice
from ledger.policy.tasks.collection import about_debtor
from ledger.policy.tasks.dispute import about_dispute, credits_due, unanswered
from ledger.policy.tasks.task import CHASING, Todo, not_before


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
        found = [not_before(todo, invoice.postponed) for todo in found]
    return sorted(found, key=lambda todo: (-todo.priority, todo.on))


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
