"""The plainest entries there are, and random histories for property-based tests."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from ledger.books import DEBTOR, INVOICE
from ledger.debtor_events import DebtorEvent
from ledger.events import Entry, Event
from ledger.invoice_events import InvoiceEvent, NoteAdded

ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
EVENTS: list[type[Event]] = [*get_args(InvoiceEvent), *get_args(DebtorEvent)]
History = list[tuple[UUID, Any]]

ANY: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    str: st.text("abc'\"\\{,é€\n", max_size=5),
    int: st.integers(0, 9),
    bool: st.booleans(),
    UUID: st.sampled_from([UUID(int=n) for n in (11, 12, 13)]),
    date: st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    Decimal: st.decimals(0, 500, places=2),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Whatever fits a type that events use."""
    if hint in ANY:
        return ANY[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*map(any_of, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(any_of(get_args(hint)[0]), min_size=1, max_size=3).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert is_dataclass(hint), hint
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: any_of(hints[field.name]) for field in fields(hint)})


books = st.sampled_from([UUID(int=n) for n in (1, 2, 3)])
debtors = st.sampled_from([UUID(int=n) for n in (4, 5)])
happened = st.one_of(
    *(st.tuples(books, any_of(kind)) for kind in sorted(INVOICE.events, key=str)),
    *(st.tuples(debtors, any_of(kind)) for kind in sorted(DEBTOR.events, key=str)),
)
histories: st.SearchStrategy[History] = st.lists(happened, max_size=40)


def entries_of(history: Iterable[tuple[UUID, Any]], before: Iterable[Entry] = ()) -> list[Entry]:
    """Each event on the next line of its book, which may have lines already."""
    last = Counter(entry.book_id for entry in before)
    entries = list[Entry]()
    for book, event in history:
        last[book] += 1
        entries.append(Entry(book, last[book], AT, "anna", event))
    return entries


def note(book: UUID, line: int, text: str = "", by: str = "anna") -> Entry:
    return Entry(book, line, AT, by, NoteAdded(on=ON, text=text))
