"""The explanation of an invoice: what comes next and when, or why nothing does.

It is made from what was recorded up to a moment, so an explanation of the past uses the invoice,
its debtor and the rules in force as they were known then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from ledger.facts.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK, BookKind, replay
from ledger.facts.codes import TaskKind
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook import NUMBER, Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.batching import message_key
from ledger.policy.follow_up.contact_days import next_open_day, why_closed
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import Pause, debtor_pause, pause_reason, pauses_debtor
from ledger.policy.follow_up.segments import segment_of
from ledger.policy.playbook.in_force import shipped
from ledger.policy.reachability import USES, channel_for
from ledger.policy.refusal import NotFound
from ledger.policy.status import status
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import CHASING, Task
from projections.explain.causes import Cause, as_causes, blocking, of_task, planning

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
ALWAYS = (TaskKind.PROMISE_DUE,)  # the clock judges it even without a playbook
REMINDED = (TaskKind.CHASE_RESOLVER, TaskKind.CHASE_APPROVER)
BY_CLOCK = (*ALWAYS, *REMINDED)  # people do all other tasks


class Histories(Protocol):
    """The entries of other books, which the ledger has."""

    def today(self, at: datetime) -> date: ...
    def id_of(self, kind: BookKind[Any], number: str) -> UUID: ...
    def history(self, id_: UUID) -> list[Entry]: ...


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why no request is sent to the debtor; without ``until``, a person has to end it."""

    why: str
    until: date | None
    causes: list[Cause]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A step or task that is due on or after a day, for the clock or for a person."""

    what: str
    on: date
    amount: Decimal
    by_clock: bool
    why: list[str]
    rule: str  # its path in the playbook; empty when no rule requires it
    causes: list[Cause]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation as of ``at``; ``playbook`` is the version in force (0: the shipped one)."""

    invoice: str
    at: datetime
    says: str
    open_amount: Decimal
    currency: str
    playbook: int
    segment: str
    segment_why: str
    next: list[Upcoming]
    stops: list[Blocker]


@dataclass(frozen=True)
class Dossier:
    """Everything that the explanation is made of, as it was known at one moment."""

    entries: Sequence[Entry]
    invoice: Invoice
    debtor_entries: Sequence[Entry]
    debtor: Debtor
    playbook: Playbook
    rules: Rules
    at: datetime
    today: date
    written: str = ""  # name of that day's message to the debtor, if any


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """Parse a time, or a day as its end, by default in ``zone``. Raises ``ValueError``."""
    try:
        at = datetime.fromisoformat(text)
        whole_day = date.fromisoformat(text) if len(text) <= len("2026-03-01") else None
    except ValueError:
        raise ValueError("at: a day or a time, such as 2026-03-01T10:30:00+01:00") from None
    if not FIRST < at.date() < LAST:
        raise ValueError(f"at: between {FIRST} and {LAST}")
    if whole_day:
        at = datetime.combine(whole_day, time.max)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def why(books: Histories, book: Sequence[Entry], at: datetime) -> Explanation:
    """Explain the invoice of this book. Raises ``NotFound`` when it was not yet registered."""
    return answer(_file(books, book, at))


def _file(books: Histories, book: Sequence[Entry], at: datetime) -> Dossier:
    entries = [entry for entry in book if entry.at <= at]
    invoice = replay(INVOICE, entries[0].book_id, entries).state if entries else None
    if invoice is None or not invoice.number:
        raise NotFound("no-invoice-yet")
    debtor_entries, debtor = _known(books, DEBTOR, invoice.debtor, at)
    _, playbook = _known(books, PLAYBOOK, NUMBER, at)
    rules, today = playbook.rules or shipped(), books.today(at)
    message = message_key(invoice.debtor, today)
    asked, _ = _known(books, MESSAGE, message, at)
    sent = message if asked else ""
    return Dossier(entries, invoice, debtor_entries, debtor, playbook, rules, at, today, sent)


def _known(
    books: Histories, kind: BookKind[Any], number: str, at: datetime
) -> tuple[list[Entry], Any]:
    id_ = books.id_of(kind, number)
    entries = [entry for entry in books.history(id_) if entry.at <= at]
    return entries, replay(kind, id_, entries).state


def answer(file: Dossier) -> Explanation:
    """Return the explanation, with the earliest step or task first."""
    stops, placed = [*_stops(file)], segment_of(file.invoice, file.debtor, file.rules)
    coming = sorted([*_steps(file, stops), *_asked(file)], key=lambda upcoming: upcoming.on)
    return Explanation(
        invoice=file.invoice.number,
        at=file.at,
        says=_says(file.today, coming, stops),
        open_amount=file.invoice.open_amount,
        currency=file.invoice.currency,
        playbook=file.playbook.version,
        segment=placed.segment,
        segment_why=placed.why,
        next=coming,
        stops=stops,
    )


def _says(today: date, coming: list[Upcoming], stops: list[Blocker]) -> str:
    if coming:
        first = coming[0]
        when = f"since {first.on}" if first.on <= today else f"on {first.on}"
        return f"Next, {when}: {first.what}."
    if stops:
        return f"Nothing happens: {stops[0].why.rstrip('.')}."
    return "Nothing happens: the follow-up ladder is at its end."


def _stops(file: Dossier) -> Iterator[Blocker]:
    """Yield the pauses, then what keeps the clock from writing although nothing is paused."""
    invoice = file.invoice
    if pause := pause_reason(invoice, file.debtor, file.rules, file.today):
        why = pause.why if invoice.collectable else f"it is {status(invoice)}"
        yield Blocker(why, pause.until, blocking(file.entries, invoice))
    if invoice.collectable and (pause := debtor_pause(file.debtor, file.today)):
        held = [e for e in file.debtor_entries if pauses_debtor(e.event, file.debtor)]
        yield Blocker(pause.why, pause.until, as_causes(held, "debtor"))
    if invoice.collectable and _waits(file):
        tomorrow = file.today + timedelta(days=1)
        yield Blocker(f"one message a day: {file.written} exists already", tomorrow, [])
    if invoice.collectable and not file.playbook.known:
        yield Blocker("no playbook was applied, so nothing is sent automatically", None, [])
    elif invoice.collectable and not channel_for(file.debtor, USES):
        causes = as_causes(file.debtor_entries[:1], "debtor") or as_causes(file.entries[:1])
        yield Blocker("the debtor has no usable e-mail or postal address", None, causes)
    elif (due := _due(file, file.today)) and not channel_for(file.debtor, due.step.channels):
        needs = " or ".join(f"{USES.get(channel, channel)}" for channel in due.step.channels)
        why = f"{due.step.step} needs the debtor's {needs}, which is not known"
        yield Blocker(why, None, as_causes(file.debtor_entries[:1], "debtor"))


def _waits(file: Dossier) -> bool:
    """Return whether that day's message to the debtor does not mention the invoice."""
    return bool(file.written) and all(step.message != file.written for step in file.invoice.steps)


def _end(pauses: Iterable[Blocker | Pause]) -> date | None:
    """Return the day on which the last pause ends; None when it is open-ended."""
    end = max((pause.until or date.max for pause in pauses), default=date.min)
    return None if end == date.max else end


def _steps(file: Dossier, stops: list[Blocker]) -> Iterator[Upcoming]:
    """Yield the next step of the ladder, on the first day on which it can be taken."""
    end = _end(stops)
    if end is None or (due := _due(file, max(end, file.today))) is None:
        return
    day = max(due.planned_on, end)
    on, waits = next_open_day(file.rules, day), why_closed(file.rules, day)
    placed = segment_of(file.invoice, file.debtor, file.rules)
    again = f", time {due.times}" if due.times > 1 else ""
    yield Upcoming(
        what=f"{due.step.step}{again}",
        on=on,
        amount=due.amount,
        by_clock=True,
        why=[*due.why, *_not_asked(file.invoice, due.amount), *([waits] if waits else [])],
        rule=f"/ladders/{placed.segment}/steps/{due.place}",
        causes=planning(file.entries),
    )


def _not_asked(invoice: Invoice, amount: Decimal) -> Iterator[str]:
    if rest := max(invoice.open_amount - amount, Decimal(0)):
        disputed = f"; {invoice.disputed_amount} is disputed" if invoice.disputed_amount else ""
        yield f"the remaining {rest} is not requested for now{disputed}"


def _asked(file: Dossier) -> Iterator[Upcoming]:
    """Yield the tasks of the agenda; those that request payment wait for a hold of the debtor."""
    pause = debtor_pause(file.debtor, file.today)
    end = _end([pause] if pause else [])
    for task in tasks_for(file.invoice):
        if task.action not in CHASING:
            yield _of_task(file, task, task.on)
        elif end:
            yield _of_task(file, task, max(task.on, end))


def _of_task(file: Dossier, task: Task, on: date) -> Upcoming:
    return Upcoming(
        what=str(task.action),
        on=on,
        amount=task.amount,
        by_clock=task.action in (BY_CLOCK if file.playbook.known else ALWAYS),
        why=task.why,
        rule=_rule(file.rules, task),
        causes=of_task(file.entries, task, file.invoice),
    )


def _rule(rules: Rules, task: Task) -> str:
    if task.dispute is None:
        return ""
    reason = task.dispute.reason
    return f"/reasons/{reason}" if reason in rules.reasons else "/disputes"


def _due(file: Dossier, on: date) -> DueStep | None:
    return next_step(file.invoice, file.debtor, file.rules, on)
