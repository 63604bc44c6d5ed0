"""Acts on an invoice, on a debtor, and on a task of either."""

from collections.abc import Sequence
from datetime import date, timedelta

from api.pages.desk.acts import Act, Field, Given
from api.pages.kit.posted import Posted
from commands.command import Command
from commands.debtors.contacts import AddDebtorNote, LogDebtorContact
from commands.debtors.holds import HoldDebtor
from commands.follow_up.holds import HoldFollowUp
from commands.follow_up.promises import MakePromise
from commands.follow_up.tasks import (
    CompleteDebtorTask,
    CompleteTask,
    PostponeDebtorTask,
    PostponeTask,
    TakeUpDebtorTask,
    TakeUpTask,
)
from commands.invoices.contacts import AddNote, LogContact
from ledger.facts.codes import Channel, Direction
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.amount_text import read_amount

Book = Invoice | Debtor
WHO = Field("who", "With whom")
DIRECTION = Field(
    "direction",
    "Who called",
    "choice",
    options=((Direction.OUT, "We called them"), (Direction.IN, "They called us")),
)


def _calls(book: Book, form: Posted) -> Sequence[Command]:
    """Return the contact, and the promise that was made in it."""
    made: list[Command] = []
    shared = {
        "channel": Channel.PHONE,
        "direction": form.get("direction") or Direction.OUT,
        "summary": form.get("summary", ""),
        "who": form.get("who", ""),
    }
    if isinstance(book, Debtor):
        return [LogDebtorContact.model_validate({"debtor": book.number, **shared})]
    made.append(LogContact.model_validate({"invoice": book.number, **shared}))
    if form.get("promised_for"):
        made += _promises(book, form)
    return made


def _promises(book: Book, form: Posted) -> Sequence[Command]:
    assert isinstance(book, Invoice)
    amount = form.get("amount")
    given = {
        "invoice": book.number,
        "promised_for": form.get("promised_for") or None,
        "amount": read_amount(amount, book.currency, field="amount") if amount else None,
        "who": form.get("who", ""),
    }
    return [MakePromise.model_validate(given)]


def _holds(book: Book, form: Posted) -> Sequence[Command]:
    given = {"reason": form.get("reason", ""), "until": form.get("until") or None}
    if isinstance(book, Debtor):
        return [HoldDebtor.model_validate({"debtor": book.number, **given})]
    amount = form.get("amount")
    part = read_amount(amount, book.currency, field="amount") if amount else None
    return [HoldFollowUp.model_validate({"invoice": book.number, "amount": part, **given})]


def _notes(book: Book, form: Posted) -> Sequence[Command]:
    text = form.get("text", "")
    if isinstance(book, Debtor):
        return [AddDebtorNote.model_validate({"debtor": book.number, "text": text})]
    return [AddNote.model_validate({"invoice": book.number, "text": text})]


def _next_working_day(book: Book, today: date) -> Given:
    day = today + timedelta(days=7)
    return {"until": day.isoformat()}


ACTS = {
    act.noun: act
    for act in (
        Act(
            "calls",
            "Log a call",
            "Log the call",
            "phone",
            "The call is added to the file. A promise pauses follow-up until its day.",
            (
                DIRECTION,
                WHO,
                Field("summary", "What it was about", "long", required=True),
                Field("promised_for", "They promise to pay on", "day"),
                Field("amount", "They promise", "amount", hint="All of it when left out."),
            ),
            _calls,
        ),
        Act(
            "promises",
            "Record a promise",
            "Record the promise",
            "promise",
            "Follow-up of the promised amount pauses until that day; then it is judged by itself.",
            (
                Field("promised_for", "They promise to pay on", "day", required=True),
                Field("amount", "They promise", "amount", hint="All of it when left out."),
                Field("who", "Who promised"),
            ),
            _promises,
        ),
        Act(
            "holds",
            "Hold follow-up",
            "Hold follow-up",
            "hold",
            "Nobody asks for this money before that day. It stays visible with its reason.",
            (
                Field("reason", "Why", required=True),
                Field("until", "Until", "day", hint="Until it is released, when left out."),
                Field("amount", "Only this amount", "amount", hint="All of it when left out."),
            ),
            _holds,
        ),
        Act(
            "notes",
            "Add a note",
            "Add the note",
            "pen",
            "The note is added to the file and stays there.",
            (Field("text", "Note", "long", required=True),),
            _notes,
        ),
    )
}


OF_DEBTORS = ("calls", "holds", "notes")


def snooze(item: str) -> Act:
    """Return the act that postpones a task."""

    def commands(book: Book, form: Posted) -> Sequence[Command]:
        given = {"item": item, "until": form.get("until") or None, "why": form.get("why", "")}
        if isinstance(book, Debtor):
            return [PostponeDebtorTask.model_validate({"debtor": book.number, **given})]
        return [PostponeTask.model_validate({"invoice": book.number, **given})]

    return Act(
        "snoozes",
        "Put aside",
        "Put aside",
        "snooze",
        "The task leaves the list until that day. It comes back by itself.",
        (Field("until", "Until", "day", required=True), Field("why", "Why", required=True)),
        commands,
        first=_next_working_day,
    )


def taking_up(item: str) -> Act:
    """Return the act that brings a task back before its day."""

    def commands(book: Book, form: Posted) -> Sequence[Command]:
        if isinstance(book, Debtor):
            return [TakeUpDebtorTask.model_validate({"debtor": book.number, "item": item})]
        return [TakeUpTask.model_validate({"invoice": book.number, "item": item})]

    return Act(
        "return",
        "Take up now",
        "Take up now",
        "undo",
        "The task is on the list again today.",
        (),
        commands,
    )


def closure(item: str) -> Act:
    """Return the act that completes a task."""

    def commands(book: Book, form: Posted) -> Sequence[Command]:
        given = {"item": item, "text": form.get("text", "")}
        if isinstance(book, Debtor):
            return [CompleteDebtorTask.model_validate({"debtor": book.number, **given})]
        return [CompleteTask.model_validate({"invoice": book.number, **given})]

    return Act(
        "closure",
        "Mark as done",
        "Mark as done",
        "check",
        "The task leaves the list. It comes back after a week if it is still needed.",
        (Field("text", "What came of it"),),
        commands,
    )
