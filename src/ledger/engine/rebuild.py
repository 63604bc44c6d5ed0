"""A read model from scratch: every book shown beside the live table, then switched."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from psycopg.pq import TransactionStatus

from ledger.database import tenants
from ledger.database.migrate import LOCK, migration_lock
from ledger.database.pool import Conn, Pool
from ledger.engine.bulk_fold import EntryFilter, fold_all, skip
from ledger.engine.fold import Model
from ledger.engine.projector import BATCH, BookCache, apply
from ledger.store.reading import Progress, head, no_progress, since


def prepare(
    pool: Pool, models: Iterable[Model], at: datetime, progress: Progress = no_progress
) -> None:
    """Every model has a table made by this very code, and a place for every tenant."""
    with pool.connection() as conn:
        stale = list[Model]()
        with conn.transaction():
            migration_lock(conn)
            for model in models:
                if not model.table.exists(conn):
                    model.table.create(conn)
                    model.table.add_keys(conn)
                    _from_the_start(conn, model)
                    _sign(conn, model)
                elif not _signed(conn, model):
                    stale.append(model)
            names = [model.name for model in models]
            for tenant in tenants.list_all(conn):
                conn.execute(
                    "insert into follower (tenant_id, name, position)"
                    " select %s, name, 0 from unnest(%s::text[]) as name on conflict do nothing",
                    [tenant.tenant_id, names],
                )
    for model in stale:
        with pool.connection() as conn, conn.transaction():
            migration_lock(conn)
            if not _signed(conn, model):  # another process may have been quicker
                _rebuild(conn, model, at, progress)


def rebuild(pool: Pool, model: Model, at: datetime, progress: Progress = no_progress) -> int:
    """Of every tenant, as a table holds them all. Entries read. Readers see the old one until
    the switch, which is one short transaction's end."""
    with pool.connection() as conn, conn.transaction():
        migration_lock(conn)
        return _rebuild(conn, model, at, progress)


def _rebuild(conn: Conn, model: Model, at: datetime, progress: Progress) -> int:
    fresh = replace(model, name=f"{model.name}__next")
    read = 0
    conn.execute(f"drop table if exists {fresh.name}")
    fresh.table.create(conn)
    places = {t.tenant_id: head(conn, t.tenant_id) for t in tenants.list_all(conn)}
    for tenant, place in places.items():
        read += fold_all(conn, tenant, fresh, place, at, progress)
    fresh.table.add_keys(conn)
    for tenant, place in places.items():
        _switch(conn, tenant, fresh, model.name, place, at)
    # only now, when the live follower waits: until then it may have parked another book
    conn.execute("delete from parked where follower = %s", [model.name])
    conn.execute("update parked set follower = %s where follower = %s", [model.name, fresh.name])
    conn.execute(f"drop table if exists {model.name}")
    conn.execute(f"alter table {fresh.name} rename to {model.name}")
    _sign(conn, model)
    return read


def use_as_of(
    conn: Conn, tenant: str, models: Iterable[Model], at: datetime, keep: EntryFilter, upto: int
) -> None:
    """For the rest of this transaction the models' queries see what ``keep`` lets through.

    A temporary table stands in the live one's place, so the very same SQL answers. A book that
    cannot be shown is left out; the present has it parked, and stays as it is.
    """
    if conn.info.transaction_status is not TransactionStatus.INTRANS:
        raise RuntimeError("the past is shown for one transaction: begin it first")
    for model in models:
        model.table.create(conn, temporary=True)
        fold_all(conn, tenant, model, upto, at, keep=keep, give_up=skip)
        model.table.add_keys(conn)


class Difference(Exception):
    """A live table is not what a fresh fold of the ledger gives."""


def check(
    conn: Conn, tenant: str, model: Model, at: datetime, progress: Progress = no_progress
) -> int:
    """Entries folded. Raises ``Difference`` naming how many rows differ and one of them.

    Call it on a connection of its own: the live rows, the follower's place and the ledger are
    read in one snapshot, while others write on. A rebuild waits, as a snapshot does not hold
    the tables that it switches.
    """
    conn.execute("select pg_advisory_lock(%s)", [LOCK])
    try:
        return _check(conn, tenant, model, at, progress)
    finally:
        conn.execute("select pg_advisory_unlock(%s)", [LOCK])


def _check(conn: Conn, tenant: str, model: Model, at: datetime, progress: Progress) -> int:
    with conn.transaction(force_rollback=True):
        conn.execute("set transaction isolation level repeatable read")
        found = conn.execute(
            "select position from follower where tenant_id = %s and name = %s",
            [tenant, model.name],
        ).fetchone()
        fresh = replace(model, name=f"{model.name}__check")
        fresh.table.create(conn, temporary=True)
        read = fold_all(conn, tenant, fresh, found[0] if found else 0, at, progress)
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
    shelf = BookCache()
    while entries := since(conn, tenant, place, BATCH):
        shelf.put(apply(conn, tenant, [fresh], entries, shelf, at))
        place = entries[-1].position
    conn.execute(
        "update follower set position = %s, trouble = null where tenant_id = %s and name = %s",
        [place, tenant, name],
    )


def _from_the_start(conn: Conn, model: Model) -> None:
    """A table may be gone while its followers' places are not, as after a restore."""
    conn.execute("delete from follower where name = %s", [model.name])
    conn.execute("delete from parked where follower = %s", [model.name])


def _signed(conn: Conn, model: Model) -> bool:
    found = conn.execute("select fingerprint from read_model where name = %s", [model.name])
    return found.fetchone() == (model.fingerprint,)


def _sign(conn: Conn, model: Model) -> None:
    conn.execute(
        "insert into read_model (name, fingerprint) values (%s, %s)"
        " on conflict (name) do update set fingerprint = excluded.fingerprint",
        [model.name, model.fingerprint],
    )
