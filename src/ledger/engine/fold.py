"""Read models: pure functions from a book to the rows that show it.

A fold shows the state of the book (``show(state) -> rows``), a log each entry (``show(entry) ->
row``). Neither uses a database, so each can be tested without one, and folded as of any position or
day. Projectors write the difference between the rows before and after new entries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from inspect import getfile
from pathlib import Path
from typing import Any, Generic, TypeVar

from ledger.engine.fingerprint import fingerprint
from ledger.engine.table import RowKey, Table
from ledger.facts.books import Book, BookKind, apply_entries
from ledger.facts.entry import Entry

R = TypeVar("R")


@dataclass
class Changes(Generic[R]):
    """Rows to write and rows to delete."""

    kept: list[R] = field(default_factory=list)
    gone: list[R] = field(default_factory=list)


@dataclass(frozen=True)
class ReadModel(Generic[R]):
    """What folds and logs have in common. ``name`` is the table's too."""

    name: str
    row: type[R]
    kinds: tuple[BookKind[Any], ...]  # of the books it shows
    show: Callable[[Any], Any]
    indexes: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def table(self) -> Table[R]:
        return Table(self.name, self.row, self.indexes)

    @cached_property
    def fingerprint(self) -> str:
        """Return the fingerprint of all code that makes the rows."""
        evolve = (change for kind in self.kinds for change in kind.evolve.values())
        makers: list[Callable[..., Any]] = [self.show, *dict.fromkeys(evolve)]
        return fingerprint(self.table.shape, [Path(getfile(maker)) for maker in makers])


@dataclass(frozen=True)
class Fold(ReadModel[R]):
    """A read model that shows the state of a book."""

    def rows(self, book: Book[Any], entries: Sequence[Entry]) -> Iterable[R]:
        """Return the rows of a whole book; ``entries`` are all its lines."""
        return self.show(book.state)  # type: ignore[no-any-return]

    def changes(self, before: Book[Any], after: Book[Any], entries: Sequence[Entry]) -> Changes[R]:
        old = self._by_key(before) if before.state.line else {}
        new = self._by_key(after)
        return Changes(
            kept=[row for key, row in new.items() if row != old.get(key)],
            gone=[row for key, row in old.items() if key not in new],
        )

    def _by_key(self, book: Book[Any]) -> dict[RowKey, R]:
        return {self.table.key_of(row): row for row in self.show(book.state)}


@dataclass(frozen=True)
class Log(ReadModel[R]):
    """A read model that shows each entry."""

    def rows(self, book: Book[Any], entries: Sequence[Entry]) -> Iterable[R]:
        return map(self.show, entries)

    def changes(self, before: Book[Any], after: Book[Any], entries: Sequence[Entry]) -> Changes[R]:
        return Changes(kept=[self.show(entry) for entry in entries])


Model = Fold[Any] | Log[Any]


def as_of(model: Fold[R] | Log[R], kind: BookKind[Any], entries: Sequence[Entry]) -> list[R]:
    """Return the rows of a book after these first lines; no table is read."""
    if not entries:
        return []
    book = apply_entries(kind, Book(kind.start(entries[0].book_id)), entries)
    return list(model.rows(book, entries))
