"""Runs an import job, submitted over HTTP, in a worker.

All of a job's state is in the database. When a worker dies, its lease expires and another worker
starts the file again; the lines that are in the ledger already are skipped.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread

import msgspec

from api.importing import jobs
from api.importing.formats.debtor_list import DebtorPlan
from api.importing.formats.snapshot import SnapshotPlan
from api.importing.jobs import Job
from api.importing.line_commands import CannotImport, Interrupted
from api.importing.options import ImportOptions
from api.importing.pipeline import Batch
from api.importing.plans import kept
from api.importing.run import Options, import_file
from api.importing.summary import Counts, Summary, shown
from api.importing.upload_source import UploadSource
from api.session import TenantSession
from ledger.database.pool import UNAVAILABLE, Pool
from ledger.store.ledger import Ledger

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5  # then the file itself is taken to kill the worker


class JobStopped(Exception):
    """This worker has to stop, or another worker has the job now."""


def run_next_job(
    pool: Pool, tenant: str, by: str, stop: Event, clock: Callable[[], datetime]
) -> bool:
    """Run the tenant's next job to its end, or until ``stop``. Return False if there is none."""
    with pool.connection() as conn:
        job = jobs.claim(conn, tenant, by, clock())
    if job is None:
        return False
    with closing(Ledger(pool, tenant)) as ledger:
        session = TenantSession(pool, ledger, clock)
        lease = JobLease(session, job, by, stop, UploadSource(pool, job))
        with lease.renewed():
            lease.run()
    return True


@dataclass
class JobLease:
    """A worker's lease of a job."""

    session: TenantSession
    job: Job
    by: str  # the worker
    stop: Event
    source: UploadSource
    pieces: int = 0  # of the rejects file

    def run(self) -> None:
        """Finish the job or release it. Raise an error of ``UNAVAILABLE``: the lease expires."""
        try:
            self._finish(counts=_counts(self._import()))
        except JobStopped:
            self._release(None, None)
        except Interrupted as error:
            log.warning("import %s is interrupted: %s", self.job.job_id, error)
            self._release(str(error), self.session.clock() + jobs.PAUSE)
        except CannotImport as error:
            self._finish(trouble=str(error))
        except UNAVAILABLE:
            raise
        except Exception as error:
            log.exception("import %s failed", self.job.job_id)
            self._finish(trouble=f"{type(error).__name__}: {error}")

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Renew the lease in a thread meanwhile, because a batch may take longer than a lease."""
        done = Event()
        thread = Thread(target=self._renew, args=(done,), name="lease")
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _renew(self, done: Event) -> None:
        while not done.wait(jobs.LEASE.total_seconds() / 3):
            try:
                with self.session.pool.connection() as conn:
                    jobs.renew(conn, self.job, self.by, self.session.clock())
            except UNAVAILABLE as error:  # temporary, or the lease expires
                log.warning("the lease of import %s is not renewed: %s", self.job.job_id, error)

    def _import(self) -> Summary:
        job = self.job
        if job.attempts > MAX_ATTEMPTS:
            raise CannotImport(f"Started {MAX_ATTEMPTS} times; every worker died before its end.")
        given = ImportOptions.model_validate_json(job.wanted)
        on = self.session.ledger.today(job.asked_at)
        options = Options(
            *(given.form(), job.asked_by),
            on=on,
            correlation=job.correlation,
            via=job.via,
            dry=given.dry_run,
        )
        return import_file(
            self.session,
            self.source,
            options,
            given.as_of,
            given.close_most,
            given.close_anyway,
            confirm=self._planned if given.dry_run else lambda _: True,
            each=self._report,
        )

    def _planned(self, planned: SnapshotPlan | DebtorPlan) -> bool:
        """Keep the plan of a full list that is only checked."""
        with self.session.pool.connection() as conn:
            jobs.keep_plan(conn, self.job, self.by, kept(planned))
        return True

    def _report(self, batch: Batch, summary: Summary) -> None:
        """Record the progress. Raise ``JobStopped``."""
        counts, rejected = _counts(summary), shown(batch.all_rejects)
        with self.session.pool.connection() as conn:
            ours = jobs.report(
                conn, self.job, self.by, self.source.read, counts, self.pieces, rejected
            )
        self.pieces += 1
        if not ours or self.stop.is_set():
            raise JobStopped

    def _finish(self, counts: str | None = None, trouble: str | None = None) -> None:
        at, position = self.session.clock(), self.session.ledger.head()
        trouble = trouble and trouble.replace("\0", "\\0")[:2000]
        with self.session.pool.connection() as conn:
            jobs.finish(
                conn, self.job, self.by, at, trouble=trouble, counts=counts, position=position
            )

    def _release(self, trouble: str | None, till: datetime | None) -> None:
        with self.session.pool.connection() as conn:
            jobs.release(conn, self.job, self.by, trouble, till)


def _counts(summary: Summary) -> str:
    counts = msgspec.convert(summary, Counts, from_attributes=True)
    return msgspec.json.encode(counts).decode()
