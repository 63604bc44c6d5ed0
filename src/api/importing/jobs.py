"""Files handed in to be imported: kept whole until a worker has taken them in, whoever dies.

A lease says who is at it. Whoever lost his lease writes no more of the job; what he wrote to the
ledger another one finds there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from ledger.database.pool import Conn, Pool
from ledger.database.query import Query

LEASE = timedelta(seconds=30)
RETENTION = timedelta(days=30)  # since it was asked for; then it is forgotten, with its rejects
COLUMNS = (
    "tenant_id, job_id, name, wanted, sha256, size, asked_at, asked_by, via, correlation,"
    " attempts, leased_by, leased_till, began_at, ended_at, failed, trouble, done, counts, position"
)


@dataclass(frozen=True, slots=True)
class Job:
    """One file, what was asked of it, and how far it is."""

    tenant_id: str
    job_id: UUID
    name: str
    wanted: str
    sha256: str
    size: int
    asked_at: datetime
    asked_by: str
    via: str
    correlation: str
    attempts: int = 0
    leased_by: str | None = None
    leased_till: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    failed: bool = False
    trouble: str | None = None
    done: int = 0
    counts: str | None = None
    position: int | None = None


def submit(conn: Conn, job: Job, chunks: Iterable[bytes]) -> bool:
    """Keeps the job with its file, all or nothing. False: there is a job of that id already."""
    with conn.transaction():
        _forget(conn, job.tenant_id, job.asked_at - RETENTION)
        new = conn.execute(
            "insert into job (tenant_id, job_id, name, wanted, sha256, size, asked_at, asked_by,"
            " via, correlation) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " on conflict do nothing",
            [
                job.tenant_id,
                job.job_id,
                job.name,
                job.wanted,
                job.sha256,
                job.size,
                job.asked_at,
                job.asked_by,
                job.via,
                job.correlation,
            ],
        )
        if not new.rowcount:
            return False
        for number, content in enumerate(chunks):
            conn.execute(
                "insert into job_chunk (tenant_id, job_id, number, content)"
                " values (%s, %s, %s, %s)",
                [job.tenant_id, job.job_id, number, content],
            )
    return True


def _forget(conn: Conn, tenant: str, before: datetime) -> None:
    old = conn.execute(
        "delete from job where tenant_id = %s and asked_at <= %s and ended_at is not null"
        " returning job_id",
        [tenant, before],
    ).fetchall()
    if old:
        conn.execute(
            "delete from job_reject where tenant_id = %s and job_id = any(%s)",
            [tenant, [job_id for (job_id,) in old]],
        )


def get(tenant: str, job_id: UUID) -> Query[Job]:
    return Query(
        f"select {COLUMNS} from job where tenant_id = %(tenant)s and job_id = %(job)s",
        {"tenant": tenant, "job": job_id},
        Job,
    )


def list_all(tenant: str, before: tuple[datetime, UUID] | None, limit: int) -> Query[Job]:
    """The latest first, from the one behind ``before``."""
    behind = " and (asked_at, job_id) < (%(at)s, %(job)s)" if before else ""
    at, job = before or (None, None)
    return Query(
        f"select {COLUMNS} from job where tenant_id = %(tenant)s{behind}"
        " order by asked_at desc, job_id desc limit %(limit)s",
        {"tenant": tenant, "at": at, "job": job, "limit": limit},
        Job,
    )


def rejects(tenant: str, job_id: UUID, after: int) -> Query[tuple[int, bytes]]:
    """The next piece of the rejects file, and its number."""
    return Query(
        "select number, content from job_reject where tenant_id = %(tenant)s"
        " and job_id = %(job)s and number > %(after)s order by number limit 1",
        {"tenant": tenant, "job": job_id, "after": after},
        lambda number, content: (int(number), bytes(content)),
    )


def claim(conn: Conn, tenant: str, by: str, at: datetime) -> Job | None:
    """The tenant's next job, begun anew. None while there is none, or somebody is at it: jobs of a
    tenant are done one after the other, as they were asked for."""
    with conn.transaction(), conn.cursor(row_factory=class_row(Job)) as cursor:
        found = cursor.execute(
            "update job set leased_by = %s, leased_till = %s, began_at = coalesce(began_at, %s),"
            " attempts = attempts + 1, done = 0, counts = null"
            " where tenant_id = %s and (leased_till is null or leased_till <= %s) and job_id ="
            " (select job_id from job where tenant_id = %s and ended_at is null"
            "  order by asked_at, job_id limit 1)"
            f" returning {COLUMNS}".encode(),
            [by, at + LEASE, at, tenant, at, tenant],
        ).fetchone()
        if found:
            cursor.execute(
                "delete from job_reject where tenant_id = %s and job_id = %s",
                [tenant, found.job_id],
            )
    return found


def chunks(pool: Pool, job: Job) -> Iterator[bytes]:
    """The file, a piece at a time; no connection is held between two."""
    number = 0
    while True:
        with pool.connection() as conn:
            found = conn.execute(
                "select content from job_chunk"
                " where tenant_id = %s and job_id = %s and number = %s",
                [job.tenant_id, job.job_id, number],
                binary=True,
            ).fetchone()
        if found is None:
            return
        yield bytes(found[0])
        number += 1


def renew(conn: Conn, job: Job, by: str, at: datetime) -> bool:
    """False when the lease is no longer ours."""
    done = conn.execute(
        "update job set leased_till = %s where tenant_id = %s and job_id = %s and leased_by = %s",
        [at + LEASE, job.tenant_id, job.job_id, by],
    )
    return done.rowcount == 1


def report(
    conn: Conn, job: Job, by: str, done: int, counts: str, number: int, rejected: bytes
) -> bool:
    """How far it is, and what was rejected since. False, and nothing told: it is not ours."""
    with conn.transaction():
        told = conn.execute(
            "update job set done = %s, counts = %s, trouble = null"
            " where tenant_id = %s and job_id = %s and leased_by = %s",
            [done, counts, job.tenant_id, job.job_id, by],
        )
        if told.rowcount and rejected:
            conn.execute(
                "insert into job_reject (tenant_id, job_id, number, content)"
                " values (%s, %s, %s, %s)",
                [job.tenant_id, job.job_id, number, rejected],
            )
    return told.rowcount == 1


def finish(
    conn: Conn,
    job: Job,
    by: str,
    at: datetime,
    *,
    trouble: str | None = None,
    counts: str | None = None,
    position: int | None = None,
) -> None:
    """It is finished, or failed when there is ``trouble``. Its file goes."""
    with conn.transaction():
        ended = conn.execute(
            "update job set ended_at = %s, failed = %s, trouble = %s, position = %s,"
            " counts = coalesce(%s, counts), done = case when %s then done else size end,"
            " leased_by = null, leased_till = null"
            " where tenant_id = %s and job_id = %s and leased_by = %s",
            [
                at,
                trouble is not None,
                trouble,
                position,
                counts,
                trouble is not None,
                job.tenant_id,
                job.job_id,
                by,
            ],
        )
        if ended.rowcount:
            conn.execute(
                "delete from job_chunk where tenant_id = %s and job_id = %s",
                [job.tenant_id, job.job_id],
            )


def release(conn: Conn, job: Job, by: str, trouble: str | None, till: datetime | None) -> None:
    """Whoever comes next, or comes first after ``till``, begins it again."""
    conn.execute(
        "update job set leased_by = null, leased_till = %s, trouble = %s, attempts = attempts - 1"
        " where tenant_id = %s and job_id = %s and leased_by = %s",
        [till, trouble, job.tenant_id, job.job_id, by],
    )
