"""An import that was asked for over HTTP, carried out by a worker.

Nothing of it is in the memory of a process alone: one that dies is replaced by the next who finds
the job's lease run out. That one begins the file anew, and finds in the ledger what is there.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread

import msgspec
import psycopg

from api.importing import jobs
from api.importing.jobs import Job
from api.importing.line_commands import CannotImport, Interrupted
from api.importing.options import ImportOptions
from api.importing.pipeline import Batch
from api.importing.run import Options, import_file
from api.importing.summary import Summary, shown
from api.importing.upload_source import UploadSource
from api.session import TenantSession
from ledger.database.pool import Pool
from ledger.store.ledger import Ledger

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5  # after that it is the file that kills who reads it
PAUSE = timedelta(seconds=10)  # until an import that was interrupted is begun again


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of the lines so far; an attempt finds as already there what one before wrote."""

    lines: int = 0
    imported: int = 0
    noted: int = 0
    already_there: int = 0
    rejected: int = 0
    closed: int = 0
    entries: int = 0
    invoices: int = 0
    debtors: int = 0


class JobStopped(Exception):
    """We are to stop, or somebody else has the job now."""


def run_next_job(
    pool: Pool, tenant: str, by: str, stop: Event, clock: Callable[[], datetime]
) -> bool:
    """The tenant's next job, to its end or until we are to stop. False when there is none."""
    with pool.connection() as conn:
        job = jobs.claim(conn, tenant, by, clock())
    if job is None:
        return False
    with closing(Ledger(pool, tenant)) as ledger:
        turn = JobLease(TenantSession(pool, ledger, clock), job, by, stop)
        with turn.leased():
            turn.carry_out()
    return True


@dataclass
class JobLease:
    """Our time at a job."""

    session: TenantSession
    job: Job
    by: str  # the worker, in the lease
    stop: Event
    source: UploadSource = field(init=False)
    told: int = 0  # pieces of the rejects file

    def __post_init__(self) -> None:
        self.source = UploadSource(self.session.pool, self.job)

    def carry_out(self) -> None:
        """Ends the job or gives it back. Raises ``psycopg.OperationalError``: the lease runs out
        by itself."""
        try:
            self._end(self._bring())
        except JobStopped:
            self._give_back(None, None)
        except Interrupted as error:
            log.warning("import %s is interrupted: %s", self.job.job_id, error)
            self._give_back(str(error), self.session.clock() + PAUSE)
        except CannotImport as error:
            self._fail(str(error))
        except psycopg.OperationalError:
            raise
        except Exception as error:
            log.exception("import %s failed", self.job.job_id)
            self._fail(f"{type(error).__name__}: {error}")

    @contextmanager
    def leased(self) -> Iterator[None]:
        """The lease is renewed while this goes on, however long a batch takes."""
        over = Event()
        runs = Thread(target=self._renew, args=(over,), name="lease")
        runs.start()
        try:
            yield
        finally:
            over.set()
            runs.join()

    def _renew(self, over: Event) -> None:
        while not over.wait(jobs.LEASE.total_seconds() / 3):
            try:
                with self.session.pool.connection() as conn:
                    jobs.renew(conn, self.job, self.by, self.session.clock())
            except psycopg.OperationalError as error:  # it comes back, or the lease runs out
                log.warning("the lease of import %s is not renewed: %s", self.job.job_id, error)

    def _bring(self) -> Summary:
        if self.job.attempts > MAX_ATTEMPTS:
            raise CannotImport(f"Begun {MAX_ATTEMPTS} times; no worker lived to finish it.")
        wanted = ImportOptions.model_validate_json(self.job.wanted)
        options = Options(
            wanted.form(),
            self.job.asked_by,
            on=self.session.ledger.today(self.job.asked_at),
            correlation=self.job.correlation,
            via=self.job.via,
        )
        return import_file(
            self.session, self.source, options, wanted.as_of, wanted.close_most, each=self._tell
        )

    def _tell(self, batch: Batch, summary: Summary) -> None:
        """Raises ``JobStopped``."""
        rejected = shown(batch.all_rejects)
        with self.session.pool.connection() as conn:
            ours = jobs.report(
                conn, self.job, self.by, self.source.read, _counts(summary), self.told, rejected
            )
        self.told += 1
        if not ours or self.stop.is_set():
            raise JobStopped

    def _end(self, summary: Summary) -> None:
        at, position = self.session.clock(), self.session.ledger.head()
        with self.session.pool.connection() as conn:
            jobs.finish(conn, self.job, self.by, at, counts=_counts(summary), position=position)

    def _fail(self, why: str) -> None:
        at, position = self.session.clock(), self.session.ledger.head()
        said = why.replace("\0", "\\0")[:2000]
        with self.session.pool.connection() as conn:
            jobs.finish(conn, self.job, self.by, at, trouble=said, position=position)

    def _give_back(self, trouble: str | None, till: datetime | None) -> None:
        with self.session.pool.connection() as conn:
            jobs.release(conn, self.job, self.by, trouble, till)


def _counts(summary: Summary) -> str:
    counts = msgspec.convert(summary, Counts, from_attributes=True)
    return msgspec.json.encode(counts).decode()
