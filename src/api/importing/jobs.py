"""Import jobs: files kept in the database until a worker has imported them.

A worker holds a job by a lease. After it lost the lease it writes nothing more of the job; the next
worker finds in the ledger what was written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Literal
from uuid import UUID

from psycopg.rows import class_row

from ledger.database.pool import Conn, Pool
from ledger.database.query import Query

LEASE = timedelta(seconds=5)  # renewed meanwhile
PAUSE = timedelta(seconds=10)  # until an interrupted import starts again
LONGEST = 2 * PAUSE  # a lease that ends later is from a wrong clock, and none
RETENTION = timedelta(days=30)  # of a finished job and its rejects, from its submission
State = Literal["waiting", "running", "finished", "failed"]
COLUMNS = (
    "tenant_id, job_id, name, wanted, sha256, size, asked_at, asked_by, via, correlation, attempts,"
    " leased_by, leased_till, began_at, ended_at, failed, trouble, done, counts, position, plan"
)


@dataclass(frozen=True, slots=True)
class Job:
    """A file with its import options and its progress."""

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
    plan: str | None = None  # what a full list would change, if it was only checked


def state_of(job: Job, at: datetime) -> State:
    """Return the state: a job whose worker died is waiting again."""
    if job.ended_at:
        return "failed" if job.failed else "finished"
    leased = job.leased_by and job.leased_till and at < job.leased_till <= at + LONGEST
    return "running" if leased else "waiting"


def submit(conn: Conn, job: Job, chunks: Iterable[bytes]) -> bool:
    """Store the job with its file. Return False when a job of that id exists already."""
    with conn.transaction():
        _delete_old(conn, job.tenant_id, job.asked_at - RETENTION)
        new = conn.execute(
            "insert into job (tenant_id, job_id, name, wanted, sha256, size, asked_at, asked_by,"
            " via, correlation) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " on conflict do nothing",
            [getattr(job, column) for column in COLUMNS.split(", ")[:10]],
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


def _delete_old(conn: Conn, tenant: str, before: datetime) -> None:
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
    """List jobs, the latest first, after the job ``before``."""
    behind = " and (asked_at, job_id) < (%(at)s, %(job)s)" if before else ""
    at, job = before or (None, None)
    return Query(
        f"select {COLUMNS} from job where tenant_id = %(tenant)s{behind}"
        " order by asked_at desc, job_id desc limit %(limit)s",
        {"tenant": tenant, "at": at, "job": job, "limit": limit},
        Job,
    )


def rejects(tenant: str, job_id: UUID, after: int) -> Query[tuple[int, bytes]]:
    """Return the next piece of the rejects file with its number."""
    return Query(
        "select number, content from job_reject where tenant_id = %(tenant)s"
        " and job_id = %(job)s and number > %(after)s order by number limit 1",
        {"tenant": tenant, "job": job_id, "after": after},
        lambda number, content: (int(number), bytes(content)),
    )


def claim(conn: Conn, tenant: str, by: str, at: datetime) -> Job | None:
    """Lease the tenant's next job, to run from its start.

    Return None when there is none or another worker has it: a tenant's jobs run one by one.
    """
    with conn.transaction(), conn.cursor(row_factory=class_row(Job)) as cursor:
        found = cursor.execute(
            "update job set leased_by = %s, leased_till = %s, began_at = coalesce(began_at, %s),"
            " attempts = attempts + 1, done = 0, counts = null"
            " where tenant_id = %s and job_id ="
            " (select job_id from job where tenant_id = %s and ended_at is null"
            "  order by asked_at, job_id limit 1)"
            " and (leased_till is null or leased_till <= %s or leased_till > %s)"
            f" returning {COLUMNS}".encode(),
            [by, at + LEASE, at, tenant, tenant, at, at + LONGEST],
        ).fetchone()
        if found:
            cursor.execute(
                "delete from job_reject where tenant_id = %s and job_id = %s",
                [tenant, found.job_id],
            )
    return found


def chunks(pool: Pool, job: Job) -> Iterator[bytes]:
    """Yield the pieces of the file; no connection is held between them."""
    for number in count():
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


def renew(conn: Conn, job: Job, by: str, at: datetime) -> bool:
    """Extend the lease; return False when this worker has lost it."""
    done = conn.execute(
        "update job set leased_till = %s where tenant_id = %s and job_id = %s and leased_by = %s",
        [at + LEASE, job.tenant_id, job.job_id, by],
    )
    return done.rowcount == 1


def report(
    conn: Conn, job: Job, by: str, done: int, counts: str, number: int, rejected: bytes
) -> bool:
    """Record progress and new rejects; record nothing and return False if the lease is lost."""
    with conn.transaction():
        updated = conn.execute(
            "update job set done = %s, counts = %s, trouble = null"
            " where tenant_id = %s and job_id = %s and leased_by = %s",
            [done, counts, job.tenant_id, job.job_id, by],
        )
        if updated.rowcount and rejected:
            conn.execute(
                "insert into job_reject (tenant_id, job_id, number, content)"
                " values (%s, %s, %s, %s)",
                [job.tenant_id, job.job_id, number, rejected],
            )
    return updated.rowcount == 1


def keep_plan(conn: Conn, job: Job, by: str, plan: str) -> None:
    """Keep what a full list would change; keep nothing if the lease is lost."""
    conn.execute(
        "update job set plan = %s where tenant_id = %s and job_id = %s and leased_by = %s",
        [plan, job.tenant_id, job.job_id, by],
    )


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
    """End the job and delete its file; with ``trouble`` it has failed."""
    failed = trouble is not None
    with conn.transaction():
        ended = conn.execute(
            "update job set ended_at = %s, failed = %s, trouble = %s, position = %s,"
            " counts = coalesce(%s, counts), done = case when %s then done else size end,"
            " leased_by = null, leased_till = null"
            " where tenant_id = %s and job_id = %s and leased_by = %s",
            [at, failed, trouble, position, counts, failed, job.tenant_id, job.job_id, by],
        )
        if ended.rowcount:
            conn.execute(
                "delete from job_chunk where tenant_id = %s and job_id = %s",
                [job.tenant_id, job.job_id],
            )


def release(conn: Conn, job: Job, by: str, trouble: str | None, till: datetime | None) -> None:
    """Release the job, so that a worker may start it again, after ``till`` if given."""
    conn.execute(
        "update job set leased_by = null, leased_till = %s, trouble = %s, attempts = attempts - 1"
        " where tenant_id = %s and job_id = %s and leased_by = %s",
        [till, trouble, job.tenant_id, job.job_id, by],
    )
