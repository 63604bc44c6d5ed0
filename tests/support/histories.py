"""Plain entries, random histories, and two small read models to follow them with."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st
from msgspec import Struct
from psycopg.rows import class_row

from ledger.database.pool import Conn, Pool
from ledger.engine.fold import Fold, Log, Model, as_of
from ledger.engine.projector import Projector
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR, INVOICE, KINDS, kind_of_event
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import NoteAdded
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook import PlaybookApplied

ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
EVENTS: list[type[Event]] = sorted(
    (event for event in KINDS if event is not PlaybookApplied), key=lambda event: event.topic
)
History = list[tuple[UUID, Any]]

ANY: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    str: st.text("abc'\"\\{,é€\n", max_size=5),
    int: st.integers(0, 9),
    bool: st.booleans(),
    UUID: st.sampled_from([UUID(int=n) for n in (11, 12, 13)]),
    datetime: st.datetimes(timezones=st.just(UTC)),
    date: st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    Decimal: st.decimals(0, 500, places=2),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type that events use."""
    if hint in ANY:
        return ANY[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*map(any_of, get_args(hint)))
    if get_origin(hint) is Mapping:
        return st.dictionaries(*map(any_of, get_args(hint)), max_size=2)
    if get_origin(hint) is tuple:
        return st.lists(any_of(get_args(hint)[0]), min_size=1, max_size=3).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert issubclass(hint, Struct), hint
    hints = get_type_hints(hint)
    return st.builds(hint, **{name: any_of(hints[name]) for name in hint.__struct_fields__})


books = st.sampled_from([UUID(int=n) for n in (1, 2, 3)])
debtors = st.sampled_from([UUID(int=n) for n in (4, 5)])
happened = st.one_of(
    *(st.tuples(books, any_of(kind)) for kind in sorted(INVOICE.events, key=str)),
    *(st.tuples(debtors, any_of(kind)) for kind in sorted(DEBTOR.events, key=str)),
)
histories: st.SearchStrategy[History] = st.lists(happened, max_size=40)


def entries_of(history: Iterable[tuple[UUID, Any]], before: Iterable[Entry] = ()) -> list[Entry]:
    """Put each event on the next line of its book, which may have lines already."""
    last = Counter(entry.book_id for entry in before)
    entries = list[Entry]()
    for book, event in history:
        last[book] += 1
        entries.append(Entry(book, last[book], AT, "anna", event))
    return entries


def note(book: UUID, line: int, text: str = "", by: str = "anna") -> Entry:
    return Entry(book, line, AT, by, NoteAdded(on=ON, text=text))


@dataclass(frozen=True)
class PromiseRow:
    """An open promise: a book has none or several of them, until they are judged."""

    book_id: Key[UUID]
    promise_id: Key[UUID]
    amount: Decimal
    promised_for: date
    next_step_on: date | None


def open_promises(invoice: Invoice) -> list[PromiseRow]:
    return [
        PromiseRow(invoice.id, p.promise_id, p.amount, p.promised_for, invoice.next_step_on)
        for p in invoice.promises.values()
        if p.status == "open"
    ]


@dataclass(frozen=True)
class LineRow:
    book_id: Key[UUID]
    line: Key[int]
    at: datetime
    by: str
    text: str
    days: list[date]


def line_of(entry: Entry) -> LineRow:
    text = getattr(entry.event, "text", entry.event.topic)
    return LineRow(entry.book_id, entry.line, entry.at, entry.by, text, [entry.event.on])


PROMISES = Fold("promises", PromiseRow, (INVOICE,), open_promises, (("promised_for",),))
LINES = Log("lines", LineRow, (INVOICE, DEBTOR), line_of)
MODELS: tuple[Model, ...] = (PROMISES, LINES)


def shown(conn: Conn, model: Model, tenant: str = "default") -> list[Any]:
    """Return the rows of a model's table, in order of their keys."""
    with conn.cursor(row_factory=class_row(model.row)) as cursor:
        table = model.table
        cursor.execute(
            f"select {table.columns} from {model.name} where tenant_id = %s"
            f" order by {', '.join(table.keys)}",
            [tenant],
        )
        return cursor.fetchall()


def folded(model: Model, entries: Iterable[Entry]) -> list[Any]:
    """Return the rows as they should be: of every book, computed from its entries alone."""
    by_book: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_book.setdefault(entry.book_id, []).append(entry)
    rows = [
        row
        for lines in by_book.values()
        if (kind := kind_of_event(lines[0].event)) in model.kinds
        for row in as_of(model, kind, lines)
    ]
    return sorted(rows, key=model.table.key_of)


def worker(
    pool: Pool,
    models: Sequence[Model] = MODELS,
    name: str = "worker",
    tenant: str = "default",
    batch: int = 5_000,
    clock: Callable[[], datetime] = lambda: AT,
) -> Projector:
    return Projector(pool, tenant, models, name, clock, batch)


P, Q = UUID(int=11), UUID(int=12)


def promise_made(book: UUID, line: int, promise: UUID) -> Entry:
    event = PromiseMade(
        on=ON, promise_id=promise, amount=Decimal("12.50"), promised_for=ON, grace_days=2
    )
    return Entry(book, line, AT, "anna", event)


def rows_of(pool: Pool, model: Model, tenant: str = "default") -> list[Any]:
    with pool.connection() as conn:
        return shown(conn, model, tenant)


def parked(pool: Pool) -> list[Any]:
    with pool.connection() as conn:
        return conn.execute(
            "select follower, book_id, position, error from parked order by position, follower"
        ).fetchall()
