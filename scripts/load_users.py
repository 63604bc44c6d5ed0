"""The day of a collection desk: mostly reading, and recording contacts and payments."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bench_data import COLLECTORS, DISPUTED, REASONS, UNITS, Market, debtor, number
from http_client import Answer, Caller

POPULAR = 20  # invoices that all of them keep writing in
SUMMARY = (
    "Mr Jansen says the pallets came in wet; he will look for the delivery note and call back."
)


@dataclass
class Day:
    """What came of it, of all clerks together."""

    market: Market
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    acknowledged: list[Any] = field(default_factory=list)  # what each write was answered

    @property
    def count(self) -> int:
        return sum(map(len, self.took.values()))


class Wrong(Exception):
    """Not the answer that was to be expected."""


@dataclass
class Clerk:
    """One of ``many``. What changes how an invoice stands he does to those of his own."""

    nth: int
    many: int
    day: Day
    caller: Caller
    position: int = 0  # of his last write
    next_page: str = ""  # of his agenda
    last: tuple[str, Any, str, Any] | None = None  # his last write: path, body, key, answer
    opened: list[str] = field(default_factory=list)  # cases that nobody has yet
    assigned: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.nth)
        self.own = self._own()

    def _own(self) -> Iterator[str]:
        """Each is his once, and none is in dispute yet."""
        for n in range(self.nth, self.day.market.invoices, self.many):
            if n % DISPUTED:
                yield number(n)

    async def work(self, end: float) -> None:
        """Until then; what was begun is finished."""
        kinds, weights = list(KINDS), [weight for weight, _ in KINDS.values()]
        while time.perf_counter() < end:
            [kind] = self.dice.choices(kinds, weights)
            try:
                await KINDS[kind][1](self)
            except (Wrong, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                self.day.errors.append(f"{kind}: {type(error).__name__} {error}")

    async def agenda(self) -> None:
        """His own, and one in four times it must show what he has just written."""
        shown = self.position and self.dice.random() < 0.25
        fresh = f"&at_least={self.position}" if shown else ""
        collector = COLLECTORS[self.nth % len(COLLECTORS)]
        kind = OWN_WRITES if fresh else "agenda"
        answer = await self._read(kind, f"/v1/agenda?collector={collector}{fresh}")
        self.next_page = _next(answer)

    async def further(self) -> None:
        if self.next_page:
            self.next_page = _next(await self._read("agenda, next page", self.next_page))
        else:
            await self.agenda()

    async def unit(self) -> None:
        await self._read("agenda of a unit", f"/v1/agenda?business_unit={self.dice.choice(UNITS)}")

    async def invoice(self) -> None:
        await self._read("invoice", f"/v1/invoices/{self._any()}")

    async def debtor(self) -> None:
        name = debtor(self.dice.randrange(self.day.market.debtors))
        await self._read("invoices of a debtor", f"/v1/invoices?debtor={name}")

    async def contact_log(self) -> None:
        await self._read("contact log", f"/v1/invoices/{self._any()}/contact-log")

    async def contact(self) -> None:
        body = {"channel": "phone", "direction": "out", "summary": SUMMARY, "who": "Mr Jansen"}
        await self._write("contact", f"/v1/invoices/{self._any()}/contacts", body)

    async def note(self) -> None:
        await self._write("note", f"/v1/invoices/{self._any()}/notes", {"text": SUMMARY})

    async def promise(self) -> None:
        until = self.day.market.today + timedelta(days=self.dice.randrange(2, 30))
        await self._of_own("promise", "promises", {"promised_for": until.isoformat()})

    async def payment(self) -> None:
        """A part of it: the least that an invoice comes to is 10."""
        await self._of_own("payment", "payments", {"reference": str(uuid4()), "amount": "5.00"})

    async def dispute(self) -> None:
        invoice = next(self.own, None)
        if invoice is None:
            return await self.note()
        case, reason = str(uuid4()), self.dice.choice(REASONS)
        contested = [{"invoice": invoice, "contested": "5.00"}]
        body = {"case_id": case, "reason": reason, "comment": SUMMARY, "invoices": contested}
        await self._write("dispute", "/v1/disputes", body)
        self.opened.append(case)

    async def assign(self) -> None:
        if not self.opened:
            return await self.dispute()
        case = self.opened.pop(0)
        body = {"resolver": f"resolver-{self.nth}", "expected": "credit it or not"}
        await self._write("assign", f"/v1/disputes/{case}/assign", body)
        self.assigned.append(case)

    async def resolve(self) -> None:
        if not self.assigned:
            return await self.assign()
        body = {"outcome": "credited", "root_cause": "delivery", "credited": "5.00"}
        body |= {"explanation": "Two boxes were wet."}
        await self._write("resolve", f"/v1/disputes/{self.assigned.pop(0)}/resolve", body)

    async def register(self) -> None:
        due_on = (self.day.market.today + timedelta(days=30)).isoformat()
        body = {"invoice": f"N-{uuid4()}", "amount": "1210.00", "due_on": due_on}
        body |= {"debtor": debtor(self.dice.randrange(self.day.market.debtors))}
        await self._write("new invoice", "/v1/invoices", body)

    async def again(self) -> None:
        """As after a lost answer: the same key and body get the same answer."""
        if self.last is None:
            return await self.note()
        path, body, key, before = self.last
        answer = await self.caller.post(path, body, key)
        self.day.took["the same again"].append(answer.took)
        if answer.json != before or answer.header("Idempotency-Replayed") != "true":
            raise Wrong(f"{answer.status} {answer.body[:300]!r} and not {before}")

    async def _of_own(self, kind: str, path: str, body: Any) -> None:
        invoice = next(self.own, None)
        if invoice is None:  # all of his have had their turn
            return await self.contact()
        await self._write(kind, f"/v1/invoices/{invoice}/{path}", body)

    async def _read(self, kind: str, path: str) -> Answer:
        answer = await self.caller.get(path)
        self.day.took[kind].append(answer.took)
        if answer.status != 200:
            raise Wrong(f"{answer.status} {answer.body[:300]!r}")
        return answer

    async def _write(self, kind: str, path: str, body: Any) -> None:
        key = str(uuid4())
        answer = await self.caller.post(path, body, key)
        self.day.took[kind].append(answer.took)
        if answer.status != 201:
            raise Wrong(f"{answer.status} {answer.body[:300]!r}")
        receipt = answer.json
        self.day.acknowledged.append(receipt)
        self.position, self.last = receipt["position"], (path, body, key, receipt)

    def _any(self) -> str:
        """One in five times one of those that all of them are at."""
        invoices = self.day.market.invoices
        few = min(POPULAR, invoices) if self.dice.random() < 0.2 else invoices
        return number(self.dice.randrange(few))


def _next(answer: Answer) -> str:
    """Where the page after this one is; empty when there is none."""
    return answer.header("Link").partition(">")[0].removeprefix("<")


Doing = Callable[[Clerk], Awaitable[None]]
READS: dict[str, tuple[int, Doing]] = {  # of a hundred requests so many
    "agenda": (22, Clerk.agenda),
    "agenda, next page": (6, Clerk.further),
    "agenda of a unit": (4, Clerk.unit),
    "invoice": (14, Clerk.invoice),
    "invoices of a debtor": (8, Clerk.debtor),
    "contact log": (6, Clerk.contact_log),
}
COMMANDS: dict[str, tuple[int, Doing]] = {
    "contact": (11, Clerk.contact),
    "note": (6, Clerk.note),
    "promise": (5, Clerk.promise),
    "payment": (5, Clerk.payment),
    "dispute": (4, Clerk.dispute),
    "assign": (3, Clerk.assign),
    "resolve": (3, Clerk.resolve),
    "new invoice": (2, Clerk.register),
    "the same again": (1, Clerk.again),  # with the key it had before
}
KINDS = READS | COMMANDS
OWN_WRITES = "agenda with at_least"  # a part of the agenda's
