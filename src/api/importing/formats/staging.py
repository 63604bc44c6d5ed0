"""Stages a full list in the database, and finds there what differs from the open items.

The tables are temporary: they are gone with the connection, however it ends. Numbers of lines
below zero belong to invoices that the list does not have.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from api.importing.formats.rows import Item, ListReader
from api.importing.line_commands import InvalidLine, RawRow, Reject
from ledger.database.pool import Conn

PAGE = 2_000  # rows
COLUMNS = (
    "tenant_id, line, number, amount, open_amount, currency, due_on, debtor, settled, special,"
    " money"
)


class Found(NamedTuple):
    """A number of lines of one kind and currency; ``amount`` is by how much they differ."""

    kind: str
    currency: str
    many: int
    amount: Decimal
    emptied: int  # of which nothing stays open


class StagedReject(NamedTuple):
    """Why a staged line is rejected."""

    field: str | None
    code: str
    reason: str


def stage(
    conn: Conn, tenant: str, reader: ListReader, rows: Iterable[tuple[list[str], Item] | Reject]
) -> None:
    """Copy the list into a temporary table, and mark the numbers that stand in it twice."""
    conn.execute(
        "create temporary table listed (tenant_id text not null, line bigint not null,"
        " number text not null, amount numeric, open_amount numeric, currency text, due_on date,"
        " debtor text, settled boolean, special boolean, money boolean,"
        " cells text, reject text, first bigint)"
    )
    encode = msgspec.json.Encoder().encode
    with conn.cursor().copy(f"copy listed ({COLUMNS}, cells, reject) from stdin") as copy:
        for row in rows:
            if isinstance(row, Reject):
                why = encode(StagedReject(row.field, row.code, row.reason)).decode()
                cells = encode(getattr(row.raw, "cells", ())).decode()
                number = reader.number_of(row)
                copy.write_row((tenant, row.line, number, *[None] * 8, cells, why))
            else:
                copy.write_row((tenant, *_values(reader, *row), None))
    conn.execute("create index on listed (tenant_id, number)")
    conn.execute("create index on listed (tenant_id, line)")
    conn.execute(
        "update listed l set first = d.line from (select tenant_id, number, min(line) as line"
        " from listed where tenant_id = %(tenant)s and reject is null"
        " group by tenant_id, number having count(*) > 1) d"
        " where l.tenant_id = %(tenant)s and l.tenant_id = d.tenant_id and l.number = d.number"
        " and l.line > d.line and l.reject is null",
        {"tenant": tenant},
    )
    conn.execute("analyze listed")


def _values(reader: ListReader, cells: list[str], item: Item) -> tuple[object, ...]:
    due = item.due if item.due_listed else None
    special = item.disputed or item.settled is not None
    return (
        *(item.line, item.key, item.amount, reader.owed(item), item.currency, due),
        *(item.debtor or None, item.settled is not None, special, item.money is not None),
        msgspec.json.encode(cells).decode(),
    )


def compare(conn: Conn, tenant: str, as_of: date) -> list[Found]:
    """Find what differs from the invoices of the read model; return the sums."""
    conn.execute(
        "create temporary table found as select l.tenant_id, l.line, l.number,"
        " case when l.reject is not null or l.first is not null then 'rejected'"
        "  when l.money then 'money'"
        "  when i.number is null then 'new'"
        "  when l.currency <> i.currency then 'rejected'"  # when it is decided
        "  when l.settled and i.open_amount > 0 then 'settled'"
        "  when l.settled then 'special'"
        "  when l.open_amount < i.open_amount then 'settled'"
        "  when l.open_amount > i.open_amount then 'higher'"
        "  when l.due_on <> i.due_on or l.debtor <> i.debtor then 'changed'"
        "  when l.special or l.amount <> i.amount then 'special'"
        "  else 'same' end as kind,"
        " case when i.number is null then coalesce(l.open_amount, l.amount, 0)"
        "  when l.settled or l.open_amount is null or l.open_amount = i.open_amount"
        "  or l.currency <> i.currency then i.open_amount"
        "  else abs(l.open_amount - i.open_amount) end as amount,"
        " coalesce(i.currency, l.currency, '') as currency,"
        " i.open_amount > 0 and (l.settled or l.open_amount <= 0) as emptied"
        " from listed l left join invoices i"
        " on i.tenant_id = %(tenant)s and i.tenant_id = l.tenant_id and i.number = l.number"
        " and l.money is not true"
        " where l.tenant_id = %(tenant)s",
        {"tenant": tenant},
    )
    conn.execute(  # the list lacks an invoice that was issued after its date
        "insert into found (tenant_id, line, number, kind, amount, currency, emptied)"
        " select i.tenant_id, -row_number() over (order by i.number), i.number, 'closed',"
        " i.open_amount, i.currency, true from invoices i where i.tenant_id = %(tenant)s"
        " and i.open_amount > 0 and i.issued_on <= %(as_of)s and not exists (select from listed l"
        "  where l.tenant_id = %(tenant)s and l.tenant_id = i.tenant_id and l.number = i.number)",
        {"tenant": tenant, "as_of": as_of},
    )
    conn.execute("create index on found (tenant_id, line) where kind <> 'same'")
    conn.execute("analyze found")
    rows = conn.execute(
        "select kind, currency, count(*), sum(amount), count(*) filter (where emptied)"
        " from found where tenant_id = %s group by kind, currency order by kind, currency",
        [tenant],
    )
    return [Found(*row) for row in rows]


def open_before(conn: Conn, tenant: str) -> int:
    """Return how many invoices are open."""
    found = conn.execute(
        "select count(*) from invoices where tenant_id = %s and open_amount > 0", [tenant]
    ).fetchone()
    return int(found[0]) if found else 0


def differences(conn: Conn, tenant: str, reader: ListReader) -> Iterator[Item | Reject]:
    """Yield what differs, in the order of the list; a page at a time."""
    after, decode = 0, msgspec.json.Decoder(list[str]).decode
    while rows := conn.execute(
        "select l.line, l.cells, l.reject, l.first from found f join listed l"
        " on l.tenant_id = f.tenant_id and l.line = f.line where f.tenant_id = %s"
        " and f.kind <> 'same' and f.line > %s order by f.line limit %s",
        [tenant, after, PAGE],
    ).fetchall():
        for line, text, why, first in rows:
            cells = decode(text)
            if why:
                field, code, reason = msgspec.json.decode(why, type=StagedReject)
                yield Reject(line, field, code, reason, RawRow(reader.header, cells))
            elif first:
                yield reader.reject(
                    line, cells, InvalidLine(f"is on line {first} already", "invoice")
                )
            else:
                yield reader.item(line, cells)
        after = rows[-1][0]


def money_listed(conn: Conn, tenant: str) -> set[str]:
    """Return the numbers of the credit notes and payments, each after its kind."""
    rows = conn.execute("select number from listed where tenant_id = %s and money", [tenant])
    return {number for (number,) in rows}


def rejected(conn: Conn, tenant: str, reader: ListReader, limit: int) -> Iterator[Reject]:
    """Yield the first lines that will be rejected, and why."""
    rows = conn.execute(
        "select l.line, l.cells, l.reject, l.first from found f join listed l"
        " on l.tenant_id = f.tenant_id and l.line = f.line where f.tenant_id = %s"
        " and f.kind = 'rejected' order by f.line limit %s",
        [tenant, limit],
    ).fetchall()
    for line, text, why, first in rows:
        cells = msgspec.json.decode(text, type=list[str])
        if why:
            field, code, reason = msgspec.json.decode(why, type=StagedReject)
            yield Reject(line, field, code, reason, RawRow(reader.header, cells))
        else:
            where = f"is on line {first} already" if first else "is in another currency here"
            yield reader.reject(line, cells, InvalidLine(where, "invoice" if first else "currency"))


def missing(conn: Conn, tenant: str) -> Iterator[tuple[int, str]]:
    """Yield a number below zero for each invoice that the list does not have, and its number."""
    after = 0
    while rows := conn.execute(
        "select line, number from found where tenant_id = %s and kind <> 'same' and line < %s"
        " order by line desc limit %s",
        [tenant, after, PAGE],
    ).fetchall():
        yield from rows
        after = rows[-1][0]
