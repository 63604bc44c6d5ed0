"""Carries the dispute run out: what is decided, and what follows by the playbook, in one append."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from api.playbook.file import in_force
from commands import short_payments
from commands.approvals import ApproveCredit, RefuseCredit, RequestCredit
from commands.command import Command
from commands.context import Context, Overrides
from commands.debtors import AllocateMoney
from commands.dispute_messages import messages
from commands.dispute_run import Happened, Run, Turn
from commands.disputes import AssignResolver
from commands.handling import Books, Receipt, decide_all, persist, rest_on_rules
from commands.payments import ReceivePayment, ReversePayment
from ledger.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK, Kind
from ledger.debtor import Debtor
from ledger.events import Entry
from ledger.invoice import Invoice
from ledger.invoice_events import PaymentReceived, PaymentReversed
from ledger.playbook import NUMBER
from ledger.store import Ledger

BY_PLAYBOOK = Overrides()
FOLLOWED = (  # by what the playbook says of credits and short payments
    RequestCredit,
    ApproveCredit,
    RefuseCredit,
    ReceivePayment,
    ReversePayment,
    AllocateMoney,
)


def handle_run(
    ledger: Ledger, *commands: Command, context: Context, asked: Overrides = BY_PLAYBOOK
) -> Receipt:
    """As ``handle``, and what follows by the playbook."""
    attempt = partial(decide_run, ledger, commands, context, asked)
    written = persist(ledger, attempt, by_rules=rest_on_rules(commands))
    return Receipt(written[-1].position if written else 0, written)


def decide_run(
    ledger: Ledger,
    commands: Sequence[Command],
    context: Context,
    asked: Overrides = BY_PLAYBOOK,
) -> list[Entry]:
    """The lines that the commands and the playbook lead to. Writes nothing."""
    books: Books = {}
    playbook, rules = in_force(ledger)
    run = Run(rules, playbook.version, ledger.today(context.at))
    decided = partial(decide_all, ledger, context=context, books=books)
    entries = decided([_dated(one, ledger, run) for one in commands])
    entries += decided([*short_payments.follow(_paid(entries, books), rules.short_payments)])
    entries += decided([*run.follow(_happened(entries, books), asked)])
    named = set[str]()

    def find(number: str) -> Debtor:
        found: Debtor = _state(ledger, books, DEBTOR, number)
        return found

    def free(name: str) -> str:
        n = 1
        while f"{name}/{n}" in named or _state(ledger, books, MESSAGE, f"{name}/{n}").known:
            n += 1
        named.add(f"{name}/{n}")
        return f"{name}/{n}"

    return entries + decided([*messages(run, _happened(entries, books), find, free)])


def decide_by_default(ledger: Ledger, commands: Sequence[Command], context: Context) -> list[Entry]:
    """As ``decide_run``; before a playbook was applied nobody is told anything unasked."""
    applied = ledger.book(PLAYBOOK, NUMBER).state.known
    return (decide_run if applied else decide_all)(ledger, commands, context)


def usual(kind: type[Command]) -> Callable[[Ledger, Sequence[Command], Context], list[Entry]]:
    """How such commands become lines, when nobody says otherwise."""
    return decide_by_default if kind in FOLLOWED else decide_all


def handle_by_default(ledger: Ledger, *commands: Command, context: Context) -> Receipt:
    """As ``handle``, and what ``decide_by_default`` adds."""
    attempt = partial(decide_by_default, ledger, commands, context)
    written = persist(ledger, attempt, by_rules=rest_on_rules(commands))
    return Receipt(written[-1].position if written else 0, written)


def _invoices(books: Books) -> dict[UUID, Invoice]:
    return {book.state.id: book.state for (kind, _), book in books.items() if kind == "invoice"}


def _paid(entries: Sequence[Entry], books: Books) -> list[short_payments.Paid]:
    invoices = _invoices(books)
    return [
        (invoices[entry.book_id], entry.event)
        for entry in entries
        if isinstance(entry.event, PaymentReceived | PaymentReversed)
    ]


def _happened(entries: Sequence[Entry], books: Books) -> list[Happened]:
    invoices = _invoices(books)
    return [
        Happened(invoices[entry.book_id], entry.event)
        for entry in entries
        if isinstance(entry.event, Turn)
    ]


def _state(ledger: Ledger, books: Books, kind: Kind[Any], number: str) -> Any:
    return (books.get((kind.name, number)) or ledger.book(kind, number)).state


def _dated(command: Command, ledger: Ledger, run: Run) -> Command:
    """A resolver who is asked without a day is given one by the playbook."""
    if not isinstance(command, AssignResolver) or command.follow_up_on or not command.case_id:
        return command
    dispute = ledger.book(INVOICE, command.invoice).state.disputes.get(command.case_id)
    if dispute is None:
        return command
    return command.model_copy(update={"follow_up_on": run.answer_by(dispute.reason)})
