"""What every page of the desk shows: where one is, what waits elsewhere, and who one is."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

from starlette.responses import Response

from api.i18n.reasons import written_reason
from api.i18n.translate import Translation
from api.i18n.wording import Wording
from api.pages.desk.bank_words import done_with
from api.pages.desk.done import deed
from api.pages.desk.undoing import undoable
from api.pages.kit.site import render
from api.pages.kit.visitor import Visitor, home_of
from ledger.facts.bank import BankTransactionEvent
from ledger.facts.codes import TaskKind
from ledger.facts.entry import Entry
from ledger.store.entry_queries import Line, at_positions
from projections.contact_log.sentences import sentence
from projections.desk import MOST, counts

QUOTED = re.compile("(“[^”]*”)")
AMOUNT = re.compile(r"(?<![\w.@-])\d{1,15}\.\d\d(?![\w.@]|-\d)")
DAY = re.compile(r"(?<![\w-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])")


class Amount(NamedTuple):
    """An amount as the reader writes it, and its currency."""

    figures: str
    code: str


class Age(NamedTuple):
    """A number of days in words, and the day it counts from."""

    words: str
    day: date


@dataclass(frozen=True)
class Reader:
    """How one person reads amounts and days."""

    words: Translation
    today: date
    zone: ZoneInfo  # the creditor's

    def local(self, at: datetime) -> datetime:
        """Return the moment as the clock on the creditor's wall shows it."""
        return at.astimezone(self.zone)

    def amount(self, value: Decimal, currency: str) -> Amount:
        return Amount(self.words.figures(value, currency), currency)

    def day(self, day: date) -> str:
        return self.words.short_day(day, self.today)

    def sentence(self, event: Any) -> str:
        """Return what happened, as the reader writes it."""
        return sentence(event, Wording(self.words, self.today))

    def deed(self, event: Any) -> str:
        """Return what was done, as the reader writes it; empty for what no form does."""
        if isinstance(event, BankTransactionEvent):
            return done_with(event, self.words)
        return deed(event, Wording(self.words, self.today))

    def reason(self, text: str) -> str:
        """Return a reason of a task or a pause, as the reader writes it."""
        return _reason(self, text)

    def prose(self, text: str) -> str:
        """Return a sentence of ours with its amounts and days as the reader writes them; what
        stands in quotation marks is somebody's own, and stays."""
        return _prose(self, text)

    def _amount(self, found: re.Match[str]) -> str:
        return self.words.figures(Decimal(found[0]), "EUR")  # two decimals, as it was written

    def _day(self, found: re.Match[str]) -> str:
        try:
            return self.day(date.fromisoformat(found[0]))
        except ValueError:  # a number that looks like a day
            return found[0]

    def age(self, day: date) -> Age:
        days = (self.today - day).days
        if days == 0:
            return Age(self.words("today"), day)
        return Age(self.words.number_of(abs(days), "1 day", "{count} days"), day)


@lru_cache(maxsize=16_384)
def _reason(r: Reader, text: str) -> str:
    return written_reason(text, Wording(r.words, r.today), r.prose)


@lru_cache(maxsize=16_384)
def _prose(r: Reader, text: str) -> str:
    parts = QUOTED.split(text)
    parts[::2] = (DAY.sub(r._day, AMOUNT.sub(r._amount, part)) for part in parts[::2])
    return "".join(parts)


FACES: dict[str, tuple[str, str]] = {  # icon and tone of each task
    TaskKind.CHASE_DEBTOR: ("phone", ""),
    TaskKind.RESUME_AFTER_DISPUTE: ("send", ""),
    TaskKind.HOLD_EXPIRED: ("hold", ""),
    TaskKind.PROMISE_DUE: ("promise", "promised"),
    TaskKind.BROKEN_PROMISE: ("promise", "late"),
    TaskKind.ASSIGN_RESOLVER: ("dispute", "disputed"),
    TaskKind.CHASE_RESOLVER: ("escalate", "disputed"),
    TaskKind.JUDGE_ANSWER: ("dispute", "disputed"),
    TaskKind.DECIDE_DISPUTE: ("dispute", "disputed"),
    TaskKind.CHASE_APPROVER: ("escalate", "disputed"),
    TaskKind.ISSUE_CREDIT_NOTE: ("document", "disputed"),
    TaskKind.ALLOCATE_MONEY: ("payment", ""),
    TaskKind.APPROVE_AFTERWARDS: ("check", ""),
    TaskKind.MAIL_FAILED: ("alert", "late"),
    TaskKind.COMPLETE_DATA: ("pen", ""),
    TaskKind.ANSWER_DEBTOR: ("mail", "late"),
    TaskKind.REOPEN_DISPUTE: ("dispute", "late"),
    TaskKind.CHOOSE_ORIGINAL: ("document", ""),
}
BADGES: dict[str, tuple[str, str]] = {  # glyph and tone of each status of an invoice
    "open": ("open", ""),
    "disputed": ("disputed", "disputed"),
    "dispute resolved": ("disputed", ""),
    "promised": ("promised", "promised"),
    "held": ("held", ""),
    "handed off": ("left", ""),
    "paid": ("paid", "paid"),
    "credited": ("paid", "paid"),
    "written off": ("broken", ""),
    "overpaid": ("paid", ""),
    "cancelled": ("broken", ""),
}


def reader(visitor: Visitor) -> Reader:
    return Reader(visitor.words, visitor.today(), visitor.tenant.ledger.zone)


async def desk_page(
    visitor: Visitor, template: str, here: str, facts: Mapping[str, Any], status: int = 200
) -> Response:
    """Return a page of the desk. ``here`` is its place in the navigation."""
    person, app = visitor.person, visitor.app
    scope, day = visitor.key.scope, visitor.today()
    [waiting], mine = await asyncio.gather(
        app.query(counts(person.tenant_id, day, person.names, scope=scope)), visitor.settings()
    )
    shown = {
        name: f"{MOST - 1}+" if number == MOST else str(number)
        for name, number in ((name, getattr(waiting, name)) for name in waiting.__slots__)
    }
    lines = await _acts(visitor)
    done = reader(visitor).deed(lines[0].entry.event) if lines else ""
    frame = {
        "here": here,
        "person": person,
        "home": home_of(person),
        "firm": visitor.session.firm,
        "waiting": shown,
        "csrf": visitor.csrf,
        "form_id": str(uuid4()),
        "back": _here(visitor),
        "done": done,
        "undo": undoable([line.entry for line in lines]),
        "settings": mine,
        "shown_at": visitor.shown_at,
        "r": reader(visitor),
        "faces": FACES,
        "badges": BADGES,
    }
    return render(visitor.request, template, visitor.words, {**frame, **facts}, status)


async def sentences(visitor: Visitor, positions: Iterable[int]) -> dict[int, str]:
    """Return what happened at these positions of the log, as the reader writes it."""
    return sentences_of(visitor, await entries_at(visitor, positions))


async def entries_at(visitor: Visitor, positions: Iterable[int]) -> list[Entry]:
    """Return the entries at these positions of the log."""
    lines = await visitor.app.query(at_positions(visitor.person.tenant_id, [*positions]))
    return [line.entry for line in lines]


def sentences_of(visitor: Visitor, entries: Iterable[Entry]) -> dict[int, str]:
    """Return what happened, by its position, as the reader writes it."""
    r = reader(visitor)
    return {entry.position: r.sentence(entry.event) for entry in entries}


def _here(visitor: Visitor) -> str:
    """Return the address of the page, without what names the last act."""
    given = visitor.request.query_params.multi_items()
    query = urlencode([(name, value) for name, value in given if name not in ("did", "at_least")])
    return visitor.request.url.path + (f"?{query}" if query else "")


async def _acts(visitor: Visitor) -> list[Line]:
    """Return what the person just did, as the ledger has it: a line, or none."""
    given = visitor.request.query_params.get("did", "")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        return []
    lines = await visitor.app.query(at_positions(visitor.person.tenant_id, [int(given)]))
    return [line for line in lines if line.entry.by == visitor.person.name]
