"""The table of a read model, whose columns are the fields of its row."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from ledger.database.pool import APPLICATION, Conn

T = TypeVar("T")
R = TypeVar("R")
Key = Annotated[T, "key"]  # a field of the primary key, after the tenant
RowKey = tuple[Any, ...]
SQL_TYPES = {
    UUID: "uuid",
    str: "text",
    int: "bigint",
    Decimal: "numeric",
    bool: "boolean",
    date: "date",
    datetime: "timestamptz",
}
CHUNK = 5_000  # rows in a statement
encoded = msgspec.json.Encoder().encode


def column_type(hint: Any) -> str:
    """Return the SQL type: ``list[UUID] | None`` is ``uuid[]``, without None it is ``not null``."""
    if get_origin(hint) is Annotated:
        return column_type(get_args(hint)[0])
    if isinstance(hint, UnionType):
        [some] = set(get_args(hint)) - {NoneType}
        return column_type(some).removesuffix(" not null")
    if get_origin(hint) is list:
        return f"{SQL_TYPES[get_args(hint)[0]]}[] not null"
    return f"{SQL_TYPES[hint]} not null"


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table, written by JSON documents that Postgres converts to its own types."""

    name: str
    row: type[R]
    indexes: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def hints(self) -> dict[str, Any]:
        return get_type_hints(self.row, include_extras=True)

    @cached_property
    def columns(self) -> str:
        return ", ".join(self.hints)

    @cached_property
    def keys(self) -> list[str]:
        return [n for n, hint in self.hints.items() if "key" in getattr(hint, "__metadata__", ())]

    def key_of(self, row: R) -> RowKey:
        return tuple(getattr(row, name) for name in self.keys)

    @cached_property
    def shape(self) -> str:
        return ", ".join(f"{name} {column_type(hint)}" for name, hint in self.hints.items())

    def exists(self, conn: Conn) -> bool:
        return conn.execute(
            "select to_regclass(%s) is not null", [f"view.{self.name}"]
        ).fetchone() == (True,)

    def create(self, conn: Conn, temporary: bool = False) -> None:
        """Create the table, for the application to write; or a temporary one, which hides the
        live table until the transaction ends."""
        columns = f"(tenant_id text not null, {self.shape})"
        if temporary:
            conn.execute(f"create temporary table {self.name} {columns} on commit drop")
            return
        conn.execute(f"create table view.{self.name} {columns}")
        conn.execute(f"grant select, insert, update, delete on view.{self.name} to {APPLICATION}")

    def add_keys(self, conn: Conn) -> None:
        """Add keys without names, so that a new table can exist beside the live table."""
        conn.execute(f"alter table {self.name} add primary key (tenant_id, {_list(self.keys)})")
        for index in self.indexes:
            conn.execute(f"create index on {self.name} (tenant_id, {_list(index)})")

    def insert(self, conn: Conn, tenant: str, documents: Iterable[str]) -> None:
        """Insert rows into a table without keys."""
        self._insert(conn, tenant, documents, "")

    def write(self, conn: Conn, tenant: str, kept: Collection[R], gone: Collection[R]) -> None:
        """Insert or update the rows ``kept``, and delete the rows ``gone``."""
        rest = [name for name in self.hints if name not in self.keys]
        new = ", ".join(f"{name} = excluded.{name}" for name in rest)
        change = f"update set {new}" if new else "nothing"
        met = f" on conflict (tenant_id, {_list(self.keys)}) do {change}"
        self._insert(conn, tenant, as_json(kept), met)
        if gone:
            same = " and ".join(f"t.{key} = gone.{key}" for key in self.keys)
            conn.execute(
                f"delete from {self.name} t"
                f" using json_populate_recordset(null::{self.name}, %s::json) gone"
                f" where t.tenant_id = %s and {same}",
                [
                    encoded(
                        [{key: getattr(row, key) for key in self.keys} for row in gone]
                    ).decode(),
                    tenant,
                ],
                prepare=True,
            )

    def _insert(self, conn: Conn, tenant: str, documents: Iterable[str], met: str) -> None:
        for document in documents:
            conn.execute(
                f"insert into {self.name} (tenant_id, {self.columns})"
                f" select %s, {self.columns}"
                f" from json_populate_recordset(null::{self.name}, %s::json){met}",
                [tenant, document],
                prepare=True,
            )


def as_json(rows: Iterable[Any]) -> list[str]:
    """Return the rows as documents, one for each statement."""
    return as_documents(list(map(encoded, rows)))


def as_documents(rows: Sequence[bytes]) -> list[str]:
    """Return rows that are encoded already as documents."""
    chunks = (rows[n : n + CHUNK] for n in range(0, len(rows), CHUNK))
    return [f"[{b','.join(chunk).decode()}]" for chunk in chunks]


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
