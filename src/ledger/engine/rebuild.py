"""Rebuilds of read models: a new table beside the live table, then a switch."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from psycopg.pq import TransactionStatus

from ledger.database import tenants
from ledger.database.migrate import LOCK, migration_lock
from ledger.database.pool import UNAVAILABLE, Conn, Pool
from ledger.engine.applying import BookCache, apply, write_by_book
from ledger.engine.bulk_fold import EntryFilter, fold_all, skip
from ledger.engine.fold import Model
from ledger.engine.projector import BATCH
from ledger.store.reading import Progress, head, no_progress, since

log = logging.getLogger(__name__)
FAR_BEHIND = 200_000  # entries; with fewer, following takes no longer than a rebuild


def prepare(
    pool: Pool, models: Iterable[Model], at: datetime, progress: Progress = no_progress
) -> None:
    """Give each model a table filled by this code, and a position for each tenant."""
    with pool.connection() as conn:
        stale = list[Model]()
        with conn.transaction():
            _as_owner(conn)
            migration_lock(conn)
            for model in models:
                if not model.table.exists(conn):
                    model.table.create(conn)
                    model.table.add_keys(conn)
                    # after a restore the table may be lost, but not the positions
                    conn.execute("delete from follower where name = %s", [model.name])
                    conn.execute("delete from parked where follower = %s", [model.name])
                    _sign(conn, model)
                elif not _signed(conn, model):
                    stale.append(model)
            add_positions(conn, models)
    if stale:
        with pool.connection() as conn, conn.transaction():
            _as_owner(conn)
            migration_lock(conn)
            # another process may have rebuilt some
            if left := [model for model in stale if not _signed(conn, model)]:
                _rebuild(conn, left, at, progress)


def is_prepared(conn: Conn, models: Iterable[Model]) -> bool:
    """Return whether each model has a table that this code made, so that nothing is to be made."""
    wanted = {model.name: model.fingerprint for model in models}
    found = conn.execute(
        "select name, fingerprint from read_model where name = any(%s)"
        " and to_regclass('view.' || name) is not null",
        [list(wanted)],
    )
    return dict(found.fetchall()) == wanted


def add_positions(conn: Conn, models: Iterable[Model]) -> None:
    """Give each model a position for each tenant that has none.

    A tenant whose node of Citus is down gets them from the worker, later.
    """
    names = [model.name for model in models]
    for tenant in tenants.list_all(conn):
        try:
            with conn.transaction():
                add_positions_of(conn, tenant.tenant_id, names)
        except UNAVAILABLE as error:
            if conn.closed:
                raise
            log.warning("the database does not answer for tenant %s: %s", tenant.tenant_id, error)


def add_positions_of(conn: Conn, tenant: str, names: Sequence[str]) -> None:
    """Give each of these models a position for the tenant, unless it has one."""
    conn.execute(
        "insert into follower (tenant_id, name, position)"
        " select %s, name, 0 from unnest(%s::text[]) as name on conflict do nothing",
        [tenant, list(names)],
    )


def _as_owner(conn: Conn) -> None:
    """Let the login itself make tables: the application's role can make none."""
    conn.execute("set local role none")


def rebuild(pool: Pool, model: Model, at: datetime, progress: Progress = no_progress) -> int:
    """Rebuild the table for all tenants; readers see the old table until the commit.

    Return the number of entries read.
    """
    return rebuild_together(pool, [model], at, progress)


def rebuild_together(
    pool: Pool, models: Sequence[Model], at: datetime, progress: Progress = no_progress
) -> int:
    """Rebuild several tables at once: every entry is read and decoded once for all of them."""
    with pool.connection() as conn, conn.transaction():
        _as_owner(conn)
        migration_lock(conn)
        return _rebuild(conn, models, at, progress)


def catch_up_in_bulk(
    pool: Pool, tenant: str, models: Sequence[Model], at: datetime, progress: Progress = no_progress
) -> bool:
    """Rebuild the models when most of the ledger is unread: that is quicker than to follow.

    Return whether they were rebuilt.
    """
    with pool.connection() as conn, conn.transaction():
        _as_owner(conn)
        if not (_may_make_tables(conn) and is_far_behind(conn, tenant, models)):
            return False
        migration_lock(conn)
        if not is_far_behind(conn, tenant, models):  # another process has rebuilt them
            return False
        _rebuild(conn, models, at, progress)
    return True


def _may_make_tables(conn: Conn) -> bool:
    """Return whether this login may; where only the application's is known, it may not."""
    found = conn.execute("select has_schema_privilege(current_user, 'view', 'create')").fetchone()
    return bool(found and found[0])


def is_far_behind(conn: Conn, tenant: str, models: Sequence[Model]) -> bool:
    """Return whether one of the models has most of the entries of all tenants still to read."""
    found = conn.execute(
        "select min(position) from follower where tenant_id = %s and name = any(%s)",
        [tenant, [model.name for model in models]],
    ).fetchone()
    behind = head(conn, tenant) - int(found[0]) if found and found[0] is not None else 0
    if behind < FAR_BEHIND:
        return False
    return 2 * behind > sum(head(conn, other.tenant_id) for other in tenants.list_all(conn))


def _rebuild(conn: Conn, models: Sequence[Model], at: datetime, progress: Progress) -> int:
    next_of = {model.name: replace(model, name=f"{model.name}__next") for model in models}
    fresh, read = list(next_of.values()), 0
    for model in fresh:
        conn.execute(f"drop table if exists view.{model.name}")
        model.table.create(conn)
    heads = {t.tenant_id: head(conn, t.tenant_id) for t in tenants.list_all(conn)}
    for tenant, position in heads.items():
        read += fold_all(conn, tenant, fresh, position, at, progress)
    for model in fresh:
        model.table.add_keys(conn)
    for model in models:
        _put_in_place(conn, model, next_of[model.name], heads, at)
    return read


def _put_in_place(
    conn: Conn, model: Model, fresh: Model, heads: Mapping[str, int], at: datetime
) -> None:
    for tenant, position in heads.items():
        _switch(conn, tenant, fresh, model.name, position, at)
    # only now that the live projector waits: before, it could park another book
    conn.execute("delete from parked where follower = %s", [model.name])
    conn.execute("update parked set follower = %s where follower = %s", [model.name, fresh.name])
    conn.execute(f"drop table if exists view.{model.name}")
    conn.execute(f"alter table view.{fresh.name} rename to {model.name}")
    _sign(conn, model)


def use_as_of(
    conn: Conn, tenant: str, models: Iterable[Model], at: datetime, keep: EntryFilter, upto: int
) -> None:
    """Let the models' queries see only entries that ``keep`` accepts, in this transaction.

    A temporary table hides the live table, so the same SQL is used. A book that cannot be shown is
    left out.
    """
    if conn.info.transaction_status is not TransactionStatus.INTRANS:
        raise RuntimeError("the past is shown for one transaction: begin it first")
    shown = list(models)
    conn.execute("set local search_path = ledger, pg_temp, view")
    for model in shown:
        model.table.create(conn, temporary=True)
    fold_all(conn, tenant, shown, upto, at, keep=keep, give_up=skip)
    for model in shown:
        model.table.add_keys(conn)


class Difference(Exception):
    """A live table that differs from a new fold of the ledger."""


def check(
    conn: Conn, tenant: str, model: Model, at: datetime, progress: Progress = no_progress
) -> int:
    """Compare the live table with a new fold, and return the entries read. Raise ``Difference``.

    It needs its own connection: rows, position and ledger are read in one snapshot, while others
    write. Rebuilds wait, because a snapshot does not keep the tables that they drop.
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
        read = fold_all(conn, tenant, [fresh], found[0] if found else 0, at, progress)
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
            f"{live.name} differs from a new fold in {len(rows)} rows, such as {rows[0]}."
            f" Rebuild it with: dossier rebuild {live.name}"
        )


def _switch(conn: Conn, tenant: str, fresh: Model, name: str, position: int, at: datetime) -> None:
    """Lock the live projector, and apply the few entries written since the fold."""
    conn.execute(
        "insert into follower (tenant_id, name, position) values (%s, %s, 0)"
        " on conflict do nothing",
        [tenant, name],
    )
    conn.execute(
        "select from follower where tenant_id = %s and name = %s for update", [tenant, name]
    )
    shelf = BookCache()
    while entries := since(conn, tenant, position, BATCH):
        shelf.put(apply(conn, tenant, [fresh], entries, shelf, at, write_by_book))
        position = entries[-1].position
    conn.execute(
        "update follower set position = %s, trouble = null where tenant_id = %s and name = %s",
        [position, tenant, name],
    )


def _signed(conn: Conn, model: Model) -> bool:
    found = conn.execute("select fingerprint from read_model where name = %s", [model.name])
    return found.fetchone() == (model.fingerprint,)


def _sign(conn: Conn, model: Model) -> None:
    conn.execute(
        "insert into read_model (name, fingerprint) values (%s, %s)"
        " on conflict (name) do update set fingerprint = excluded.fingerprint",
        [model.name, model.fingerprint],
    )
