"""A read model from scratch: folded book by book, beside the live table, then switched.

A book at a time keeps memory bounded however long the ledger is, and shows each book once.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from ledger import tenants
from ledger.books import kind_of, replay
from ledger.events import Entry
from ledger.fold import Model
from ledger.follow import BATCH, Shelf, park, take
from ledger.migrate import one_at_a_time
from ledger.pages import book_by_book, head, since
from ledger.pool import Conn, Pool

Progress = Callable[[int], None]  # is told how many entries more were read
Keep = Callable[[Entry], bool]
ROWS = 5_000  # rows written at once


def nothing(_: int) -> None:
    """Progress that nobody watches."""


def prepare(
    pool: Pool, models: Iterable[Model], at: datetime, progress: Progress = nothing
) -> None:
    """Every model has a table made by this very code, and a place for every tenant."""
    with pool.connection() as conn:
        stale = list[Model]()
        with conn.transaction():
            one_at_a_time(conn)
            made: dict[str, str] = dict(
                conn.execute("select name, fingerprint from read_model").fetchall()
            )
            for model in models:
                if not model.table.exists(conn):
                    model.table.create(conn)
                    model.table.add_keys(conn)
                    _sign(conn, model)
                elif made.get(model.name) != model.fingerprint:
                    stale.append(model)
            names = [model.name for model in models]
            for tenant in tenants.every(conn):
                conn.execute(
                    "insert into follower (tenant_id, name, position)"
                    " select %s, name, 0 from unnest(%s::text[]) as name on conflict do nothing",
                    [tenant.tenant_id, names],
                )
    for model in stale:
        rebuild(pool, model, at, progress)


def rebuild(pool: Pool, model: Model, at: datetime, progress: Progress = nothing) -> int:
    """Of every tenant, as a table holds them all. Entries read. Readers see the old one until
    the switch, which is one short transaction's end."""
    fresh = replace(model, name=f"{model.name}__next")
    read = 0
    with pool.connection() as conn, conn.transaction():
        one_at_a_time(conn)
        conn.execute(f"drop table if exists {fresh.name}")
        fresh.table.create(conn)
        conn.execute("delete from parked where follower = %s", [model.name])
        places = {t.tenant_id: head(conn, t.tenant_id) for t in tenants.every(conn)}
        for tenant, place in places.items():
            read += load(conn, tenant, fresh, place, at, progress)
        fresh.table.add_keys(conn)
        for tenant, place in places.items():
            _switch(conn, tenant, fresh, model.name, place, at)
        conn.execute(
            "update parked set follower = %s where follower = %s", [model.name, fresh.name]
        )
        conn.execute(f"drop table if exists {model.name}")
        conn.execute(f"alter table {fresh.name} rename to {model.name}")
        _sign(conn, model)
    return read


def load(
    conn: Conn,
    tenant: str,
    model: Model,
    upto: int,
    at: datetime,
    progress: Progress = nothing,
    keep: Keep | None = None,
) -> int:
    """Folds every book up to a position into a table without keys. Entries read."""
    rows, read = list[Any](), 0
    for id_, entries in book_by_book(conn, tenant, upto):
        read += len(entries)
        kept = [entry for entry in entries if keep(entry)] if keep else entries
        if kept and (kind := kind_of(entries[0].event)) in model.kinds:
            try:
                rows += model.rows(replay(kind, id_, kept), kept)
            except Exception as error:
                park(conn, tenant, model, entries[0], error, at)
        if len(rows) >= ROWS:
            model.table.insert(conn, tenant, rows)
            rows.clear()
        progress(len(entries))
    model.table.insert(conn, tenant, rows)
    return read


def show_as_of(
    conn: Conn, tenant: str, models: Iterable[Model], at: datetime, keep: Keep, upto: int
) -> None:
    """For the rest of this transaction the models' queries see what ``keep`` lets through.

    A temporary table stands in the live one's place, so the very same SQL answers.
    """
    for model in models:
        model.table.create(conn, temporary=True)
        load(conn, tenant, model, upto, at, keep=keep)
        model.table.add_keys(conn)


class Difference(Exception):
    """A live table is not what a fresh fold of the ledger gives."""


def check(conn: Conn, tenant: str, model: Model, at: datetime, progress: Progress = nothing) -> int:
    """Entries folded. Raises ``Difference`` naming how many rows differ and one of them.

    Call it on a connection of its own: the live rows, the follower's place and the ledger are
    read in one snapshot, while others write on.
    """
    with conn.transaction(force_rollback=True):
        conn.execute("set transaction isolation level repeatable read")
        found = conn.execute(
            "select position from follower where tenant_id = %s and name = %s",
            [tenant, model.name],
        ).fetchone()
        fresh = replace(model, name=f"{model.name}__check")
        fresh.table.create(conn, temporary=True)
        read = load(conn, tenant, fresh, found[0] if found else 0, at, progress)
        _compare(conn, tenant, model, fresh)
    return read


def _compare(conn: Conn, tenant: str, live: Model, fresh: Model) -> None:
    columns = live.table.columns
    mine = f"select {columns} from {live.name} where tenant_id = %(tenant)s"
    theirs = f"select {columns} from {fresh.name} where tenant_id = %(tenant)s"
    parked = conn.execute(
        "select count(*) from parked where tenant_id = %s and follower = %s", [tenant, live.name]
    ).fetchone()
    if parked and parked[0]:
        raise Difference(f"{live.name} has {parked[0]} parked books; see: dossier status")
    rows = conn.execute(
        f"({mine} except all {theirs}) union all ({theirs} except all {mine})",
        {"tenant": tenant},
    ).fetchall()
    if rows:
        raise Difference(
            f"{live.name} differs from a fresh fold in {len(rows)} rows, such as {rows[0]}."
            f" Make it anew with: dossier rebuild {live.name}"
        )


def _switch(conn: Conn, tenant: str, fresh: Model, name: str, place: int, at: datetime) -> None:
    """From here the live follower waits; what was written meanwhile is few and taken now."""
    conn.execute(
        "insert into follower (tenant_id, name, position) values (%s, %s, 0)"
        " on conflict do nothing",
        [tenant, name],
    )
    conn.execute(
        "select from follower where tenant_id = %s and name = %s for update", [tenant, name]
    )
    shelf = Shelf()
    while entries := since(conn, tenant, place, BATCH):
        shelf.put(take(conn, tenant, [fresh], entries, shelf, at))
        place = entries[-1].position
    conn.execute(
        "update follower set position = %s, trouble = null where tenant_id = %s and name = %s",
        [place, tenant, name],
    )


def _sign(conn: Conn, model: Model) -> None:
    conn.execute(
        "insert into read_model (name, fingerprint) values (%s, %s)"
        " on conflict (name) do update set fingerprint = excluded.fingerprint",
        [model.name, model.fingerprint],
    )
