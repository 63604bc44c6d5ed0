"""Many open invoices to measure with: of many debtors, some in dispute, some debtors held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from ledger.facts import debtor_events as dev
from ledger.facts.books import DEBTOR, INVOICE, book_id
from ledger.facts.codes import Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import InvoiceRegistered
from sample_data import COMMENT, CONTACT_LOGGED, TENANT

COLLECTORS = [f"collector-{n}" for n in range(20)]
UNITS = [f"unit-{n}" for n in range(8)]
REASONS = list(Reason)
EACH = 50  # invoices of a debtor
HELD = 20  # of so many debtors one rests
LARGE = "D-large"  # the debtor with many invoices
DISPUTED = 10  # of so many invoices one is in dispute


@dataclass(frozen=True)
class Market:
    """What there is: ``invoices`` of them, as things stand at ``at``. One more debtor has
    ``largest`` invoices, the first of which has ``long`` calls."""

    invoices: int
    at: datetime
    largest: int = 0
    long: int = 0

    @property
    def debtors(self) -> int:
        return max(self.invoices // EACH, 1)

    @property
    def today(self) -> date:
        return self.at.date()

    def entries(self) -> Iterator[Entry]:
        for n in range(self.debtors):
            yield from self._entries(DEBTOR.name, debtor(n), self._of_debtor(n))
        for n in range(self.invoices):
            yield from self._entries(INVOICE.name, number(n), self._of_invoice(n))
        yield from self._of_large()

    def _of_large(self) -> Iterator[Entry]:
        """Yield the books of the debtor who has so many invoices."""
        for n in range(self.largest):
            events = self._of_invoice(self.invoices + n, LARGE)
            calls = (
                replace(CONTACT_LOGGED, on=self.today, contact_id=UUID(int=each))
                for each in range(0 if n else self.long)
            )
            yield from self._entries(INVOICE.name, number(self.invoices + n), chain(events, calls))
        if self.largest:
            registered = dev.DebtorRegistered(on=self.today, number=LARGE, name="Large chain")
            yield from self._entries(DEBTOR.name, LARGE, iter([registered]))

    def _entries(self, kind: str, natural: str, events: Iterator[Any]) -> Iterator[Entry]:
        book = book_id(TENANT, kind, natural)
        for line, event in enumerate(events, 1):
            yield Entry(book, line, self.at, "anna", event)

    def _of_debtor(self, n: int) -> Iterator[Any]:
        on = self.today
        yield dev.DebtorRegistered(on=on, number=debtor(n), name=f"Bakery {n}", language="nl")
        if n % HELD == HELD - 1:
            until = on + timedelta(days=30) if n % 2 else None
            hold = UUID(int=n)
            yield dev.DebtorHeld(
                on=on, hold_id=hold, reason="insolvency", until=until, release_by=("anna",)
            )

    def _of_invoice(self, n: int, owing: str = "") -> Iterator[Any]:
        """Three in four are overdue."""
        spread = n * 7919  # a prime: neighbours differ
        on, amount = self.today, Decimal(10 + spread % 150_000)
        due_on = on + timedelta(days=spread % 120 - 90)
        yield InvoiceRegistered(
            on=on - timedelta(days=120),
            number=number(n),
            debtor=owing or debtor(n % self.debtors),
            business_unit=UNITS[spread // 7 % len(UNITS)],
            collector=COLLECTORS[spread // 3 % len(COLLECTORS)],
            amount=amount,
            currency="EUR",
            instalments=(Instalment(due_on, amount),),
        )
        if n % DISPUTED == 0:
            yield from _dispute(n, on)


def _dispute(n: int, on: date) -> Iterator[Any]:
    nth, case = n // DISPUTED, UUID(int=n)
    yield DisputeOpened(
        on=on,
        case_id=case,
        reason=REASONS[nth % len(REASONS)],
        raised_on=on,
        contested=Decimal(10),
        disputed=Decimal(10),
        comment=COMMENT,
    )
    if nth % 2:
        resolver = f"resolver-{nth % 50}"
        yield ResolverAssigned(
            on=on, case_id=case, resolver=resolver, expected="credit or not", follow_up_on=on
        )


def number(n: int) -> str:
    return f"F-{n:07}"


def debtor(n: int) -> str:
    return f"D-{n:05}"
