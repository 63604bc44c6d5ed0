"""Tasks about an invoice."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from ledger.facts.codes import MAIL_ITEM, ORIGINAL_ITEM, TaskKind
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.pauses import pausing_dispute
from ledger.policy.follow_up.replies import rest_ends
from ledger.policy.tasks.collection import collection_tasks, with_what_falls_due
from ledger.policy.tasks.dispute import credit_note_tasks, dispute_task, unanswered_reply
from ledger.policy.tasks.task import CHASING, Task, postponed

_last = deque[tuple[Invoice, list[Task]]](maxlen=2)


def tasks_for(invoice: Invoice) -> list[Task]:
    """Return the tasks of the invoice, the most urgent first.

    The last two answers are remembered: several read models show the tasks of the same states.
    """
    for known, tasks in tuple(_last):
        if known is invoice:
            return tasks
    found = _tasks(invoice) if invoice.number else []  # without a number it is not registered
    _last.append((invoice, found))
    return found


def _tasks(invoice: Invoice) -> list[Task]:
    found = [dispute_task(invoice, dispute) for dispute in invoice.open_disputes]
    found += credit_note_tasks(invoice)
    found += _to_approve(invoice)
    if invoice.open_amount < 0:
        too_much, on = -invoice.open_amount, invoice.settled_on or invoice.issued_on
        why = [f"{too_much} too much was paid"]
        found.append(Task(TaskKind.ALLOCATE_MONEY, "money", on, too_much, why=why))
    elif invoice.collectable:
        rest = date.max if pausing_dispute(invoice) else rest_ends(invoice)
        found += _not_before(rest, collection_tasks(invoice))
    if invoice.undeliverable and invoice.open_amount > 0:
        found += _mail_failed(invoice)
    if invoice.replies:
        found += unanswered_reply(invoice)
    if invoice.originals.doubted:
        found += _second_original(invoice)
    if invoice.postponed:
        found = [postponed(task, invoice.postponed) for task in found]
    if len(invoice.instalments) > 1 and invoice.collectable:
        found = [with_what_falls_due(invoice, task) for task in found]
    return sorted(found, key=lambda task: (-task.priority, task.on))


def _not_before(rest: date, tasks: Iterable[Task]) -> Iterator[Task]:
    """Yield the tasks; those that ask for money not before the day ``rest``, if it ever comes."""
    for task in tasks:
        if task.action not in CHASING or task.on >= rest:
            yield task
        elif rest < date.max:
            yield replace(task, on=rest)


def _to_approve(invoice: Invoice) -> Iterator[Task]:
    """Yield a task for each amount that was given away without approval."""
    for part in invoice.unapproved.values():
        why = [f"{part.amount} was given away by {part.who} without approval (line {part.line})"]
        item = f"approval {part.line}"
        yield Task(TaskKind.APPROVE_AFTERWARDS, item, part.on, part.amount, why=why)


def _second_original(invoice: Invoice) -> Iterator[Task]:
    """Yield a task until a document replaces the invoice document, or until it was done."""
    doubted = invoice.originals.doubted
    done, since = invoice.tasks_done.get(ORIGINAL_ITEM, date.min), max(doubted.values())
    if done < since:
        why = [f"document {sha256} was named as the invoice too" for sha256 in doubted]
        yield Task(TaskKind.CHOOSE_ORIGINAL, ORIGINAL_ITEM, since, invoice.open_amount, why=why)


def _mail_failed(invoice: Invoice) -> Iterator[Task]:
    """Yield a task until a contact with the debtor, or until it was done."""
    done, contact = invoice.tasks_done.get(MAIL_ITEM, date.min), invoice.last_contact_on or date.min
    if failed := {name: on for name, on in invoice.undeliverable.items() if done < on >= contact}:
        why = [f"{name} did not arrive on {on}" for name, on in failed.items()]
        on = min(failed.values())
        yield Task(TaskKind.MAIL_FAILED, MAIL_ITEM, on, invoice.open_amount, why=why)
