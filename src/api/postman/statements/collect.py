"""Collects what a debtor owes on a day: invoices, credit notes and payments, by currency.

For an earlier day the books are read as they were by the business dates of their entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from msgspec.structs import replace as but

from api.session import TenantSession
from ledger.facts.books import DEBTOR, INVOICE, replay
from ledger.facts.codes import ZERO
from ledger.facts.debtor import Debtor
from ledger.policy.visibility import Scope
from ledger.store.reading import entries_of_many
from projections import invoices
from projections.invoices import InvoiceRow
from projections.reports.ageing import BUCKETS

PAGE = 1_000  # invoices
LIMITS = (0, 30, 60, 90)  # days past due at which a bucket ends


@dataclass(frozen=True)
class Credit:
    """A credit note or payment of which something is not allocated."""

    kind: str
    reference: str
    on: date
    left: Decimal


@dataclass
class Sheet:
    """What is open in a currency."""

    currency: str
    items: list[InvoiceRow] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    ages: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(BUCKETS, ZERO))

    @property
    def open(self) -> Decimal:
        return sum((item.open_amount for item in self.items), ZERO)

    @property
    def disputed(self) -> Decimal:
        return sum((item.disputed_amount for item in self.items), ZERO)

    @property
    def credited(self) -> Decimal:
        return sum((credit.left for credit in self.credits), ZERO)

    @property
    def overdue(self) -> Decimal:
        return sum((amount for name, amount in self.ages.items() if name != BUCKETS[0]), ZERO)

    @property
    def overpaid(self) -> Decimal:
        """Return what was paid or credited beyond invoices, below zero: it has no age."""
        return self.open - sum(self.ages.values(), ZERO)

    @property
    def balance(self) -> Decimal:
        return self.open - self.credited

    @property
    def ours(self) -> list[InvoiceRow]:
        """Return the invoices that are paid to us, not to an agency."""
        return [item for item in self.items if not item.agency]

    @property
    def to_pay(self) -> Decimal:
        """Return what is to be paid to us: what is open and not disputed, less the credits."""
        return sum((item.undisputed_amount for item in self.ours), ZERO) - self.credited


@dataclass(frozen=True)
class Statement:
    """What a debtor owes on a day; amounts of two currencies are never added."""

    debtor: Debtor
    number: str
    day: date
    sheets: Sequence[Sheet]


def collect(session: TenantSession, number: str, day: date, scope: Scope) -> Statement:
    """Return the statement of a debtor, of what the scope sees."""
    sheets = dict[str, Sheet]()
    past = day < session.ledger.today(session.clock())
    for row in _as_of(session, number, day, scope) if past else _rows(session, number, scope, True):
        if row.open_amount and row.debtor == number:
            sheet = sheets.setdefault(row.currency, Sheet(row.currency))
            sheet.items.append(row)
            for due_on, amount in zip(row.due_dates, row.due_amounts, strict=True):
                sheet.ages[bucket((day - due_on).days)] += amount
    debtor = _debtor(session, number, day)
    for reference, money in debtor.money.items() if scope.is_everything else ():
        if money.left > 0:
            sheet = sheets.setdefault(money.currency, Sheet(money.currency))
            sheet.credits.append(Credit(money.kind, reference, money.received_on, money.left))
    for sheet in sheets.values():
        sheet.items.sort(key=lambda item: (item.due_on, item.number))
        sheet.credits.sort(key=lambda credit: (credit.on, credit.reference))
    return Statement(debtor, number, day, [sheets[code] for code in sorted(sheets)])


def bucket(days: int) -> str:
    """Return the age of what is so many days past due, as the report of ages has it."""
    return BUCKETS[sum(days > limit for limit in LIMITS)]


def _rows(
    session: TenantSession, number: str, scope: Scope, only_open: bool
) -> Iterator[InvoiceRow]:
    """Yield the invoices of the debtor by the read model, page by page."""
    after = ""
    while True:
        query = invoices.find(
            session.tenant, {"debtor": number}, None, after, PAGE, only_open=only_open, scope=scope
        )
        with session.pool.connection() as conn:
            page = query.fetch(conn)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].number


def _as_of(session: TenantSession, number: str, day: date, scope: Scope) -> Iterator[InvoiceRow]:
    """Yield the invoices as they were on a day; those that were over by then are not read."""
    rows = (
        row
        for row in _rows(session, number, scope, False)
        if row.issued_on <= day and (row.open_amount or (row.settled_on or date.max) > day)
    )
    while some := list(islice(rows, PAGE)):
        with session.pool.connection() as conn:
            found = entries_of_many(conn, session.tenant, [row.invoice_id for row in some])
        for row in some:
            entries = [entry for entry in found[row.invoice_id] if entry.event.on <= day]
            state = replay(INVOICE, row.invoice_id, entries).state
            yield from invoices.show(state)


def _debtor(session: TenantSession, number: str, day: date) -> Debtor:
    """Return the debtor with today's details, and their money as it was on a day."""
    id_ = session.ledger.id_of(DEBTOR, number)
    entries = session.ledger.history(id_)
    now: Debtor = replay(DEBTOR, id_, entries).state
    then: Debtor = replay(DEBTOR, id_, [e for e in entries if e.event.on <= day]).state
    return but(now, money=then.money)
