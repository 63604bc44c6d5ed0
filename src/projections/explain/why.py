"""Why an invoice is where it is: what comes next and when, or why nothing does, and by what.

A fold of what was recorded up to a moment, so that a question about the past gets the answer of the
past: the invoice, its debtor and the rules in force as they were known then.
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
ALWAYS = (TaskKind.PROMISE_DUE,)  # judged by the clock, with a playbook or without
CHASED = (TaskKind.CHASE_RESOLVER, TaskKind.CHASE_APPROVER)
BY_CLOCK = (*ALWAYS, *CHASED)  # all else the agenda asks of people


class Histories(Protocol):
    """Where the entries of other books come from: the ledger."""

    def today(self, at: datetime) -> date: ...
    def id_of(self, kind: BookKind[Any], number: str) -> UUID: ...
    def history(self, id_: UUID) -> list[Entry]: ...


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why the debtor is not written to, until a day or until somebody ends it."""

    why: str
    until: date | None
    causes: list[Cause]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What is to be done on or after a day, by the clock or by a person, and about how much."""

    what: str
    on: date
    amount: Decimal
    by_clock: bool
    why: list[str]
    rule: str  # its place in the playbook; empty where none says so
    causes: list[Cause]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer, as of the moment ``at``; ``playbook`` is the version in force, 0 as shipped, and
    ``segment`` names the ladder in it."""

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
    """All that the answer is made of, as it was known at one moment."""

    lines: Sequence[Entry]
    invoice: Invoice
    of_debtor: Sequence[Entry]
    debtor: Debtor
    playbook: Playbook
    rules: Rules
    at: datetime
    today: date
    written: str = ""  # name of the message that was asked for to the debtor that day


def parse_moment(told: str, zone: ZoneInfo) -> datetime:
    """Of a day its end; without an offset, in the creditor's zone. Raises ``ValueError``."""
    try:
        at = datetime.fromisoformat(told)
        whole_day = date.fromisoformat(told) if len(told) <= len("2026-03-01") else None
    except ValueError:
        raise ValueError("at: a day or a time, such as 2026-03-01T10:30:00+01:00") from None
    if not FIRST < at.date() < LAST:
        raise ValueError(f"at: between {FIRST} and {LAST}")
    if whole_day:
        at = datetime.combine(whole_day, time.max)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def why(books: Histories, book: Sequence[Entry], at: datetime) -> Explanation:
    """Of the invoice with these lines. Raises ``NotFound`` when nobody knew it then."""
    return answer(_file(books, book, at))


def _file(books: Histories, book: Sequence[Entry], at: datetime) -> Dossier:
    lines = [one for one in book if one.at <= at]
    invoice = replay(INVOICE, lines[0].book_id, lines).state if lines else None
    if invoice is None or not invoice.number:
        raise NotFound("no-invoice-yet")
    of_debtor, debtor = _known(books, DEBTOR, invoice.debtor, at)
    _, playbook = _known(books, PLAYBOOK, NUMBER, at)
    rules, today = playbook.rules or shipped(), books.today(at)
    name = message_key(invoice.debtor, today)
    asked, _ = _known(books, MESSAGE, name, at)
    written = name if asked else ""
    return Dossier(lines, invoice, of_debtor, debtor, playbook, rules, at, today, written)


def _known(
    books: Histories, kind: BookKind[Any], number: str, at: datetime
) -> tuple[list[Entry], Any]:
    id_ = books.id_of(kind, number)
    lines = [one for one in books.history(id_) if one.at <= at]
    return lines, replay(kind, id_, lines).state


def answer(file: Dossier) -> Explanation:
    """Pure. The earliest comes first."""
    stops, placed = [*_stops(file)], segment_of(file.invoice, file.debtor, file.rules)
    coming = sorted([*_steps(file, stops), *_asked(file)], key=lambda one: one.on)
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
    """What rests, then what keeps the clock from writing although nothing rests."""
    invoice = file.invoice
    if rest := pause_reason(invoice, file.debtor, file.rules, file.today):
        why = rest.why if invoice.collectable else f"it is {status(invoice)}"
        yield Blocker(why, rest.until, blocking(file.lines, invoice))
    if invoice.collectable and (rest := debtor_pause(file.debtor, file.today)):
        held = [one for one in file.of_debtor if pauses_debtor(one.event, file.debtor)]
        yield Blocker(rest.why, rest.until, as_causes(held, "debtor"))
    if invoice.collectable and _waits(file):
        tomorrow = file.today + timedelta(days=1)
        yield Blocker(f"one message a day: {file.written} was asked for already", tomorrow, [])
    if invoice.collectable and not file.playbook.known:
        yield Blocker("no playbook was applied, so nothing is sent by itself", None, [])
    elif invoice.collectable and not channel_for(file.debtor, USES):
        of_debtor = as_causes(file.of_debtor[:1], "debtor") or as_causes(file.lines[:1])
        yield Blocker("it is not known where to write to the debtor", None, of_debtor)
    elif (due := _due(file, file.today)) and not channel_for(file.debtor, due.step.channels):
        needs = " or ".join(f"{USES.get(one, one)}" for one in due.step.channels)
        why = f"{due.step.step} needs the debtor's {needs}, which is not known"
        yield Blocker(why, None, as_causes(file.of_debtor[:1], "debtor"))


def _waits(file: Dossier) -> bool:
    """For the day after a message to the debtor that did not tell of it."""
    return bool(file.written) and all(one.message != file.written for one in file.invoice.steps)


def _over(rests: Iterable[Blocker | Pause]) -> date | None:
    """The day on which nothing stops it any more; None when nobody knows."""
    ends = [rest.until or date.max for rest in rests]
    over = max(ends, default=date.min)
    return None if over == date.max else over


def _steps(file: Dossier, stops: list[Blocker]) -> Iterator[Upcoming]:
    """The next step of the ladder, on the day it can be taken when nothing else happens."""
    over = _over(stops)
    if over is None:
        return
    due = _due(file, max(over, file.today))
    if due is None:
        return
    day = max(due.planned_on, over)
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
        causes=planning(file.lines),
    )


def _not_asked(invoice: Invoice, amount: Decimal) -> Iterator[str]:
    if rest := max(invoice.open_amount - amount, Decimal(0)):
        disputed = f"; {invoice.disputed_amount} is disputed" if invoice.disputed_amount else ""
        yield f"the other {rest} is not asked for now{disputed}"


def _asked(file: Dossier) -> Iterator[Upcoming]:
    """What the agenda asks; nobody chases a debtor who is held."""
    rest = debtor_pause(file.debtor, file.today)
    over = _over([rest] if rest else [])
    for task in tasks_for(file.invoice):
        if task.action not in CHASING:
            yield _of_task(file, task, task.on)
        elif over:
            yield _of_task(file, task, max(task.on, over))


def _of_task(file: Dossier, task: Task, on: date) -> Upcoming:
    return Upcoming(
        what=str(task.action),
        on=on,
        amount=task.amount,
        by_clock=task.action in (BY_CLOCK if file.playbook.known else ALWAYS),
        why=task.why,
        rule=_rule(file.rules, task),
        causes=of_task(file.lines, task),
    )


def _rule(rules: Rules, task: Task) -> str:
    if task.dispute is None:
        return ""
    reason = task.dispute.reason
    return f"/reasons/{reason}" if reason in rules.reasons else "/disputes"


def _due(file: Dossier, on: date) -> DueStep | None:
    return next_step(file.invoice, file.debtor, file.rules, on)
