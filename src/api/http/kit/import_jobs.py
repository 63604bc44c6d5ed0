"""An import job that a caller may see, and its rejected lines."""

from collections.abc import AsyncIterator
from uuid import UUID

from api.http.auth.keys import Key
from api.http.server.state import AppState
from api.importing import jobs
from api.importing.jobs import Job
from ledger.policy.refusal import NotFound


async def find_job(app: AppState, key: Key, job_id: UUID) -> Job:
    """Find the job. Raises ``NotFound`` also for a key for some business units."""
    query = jobs.get(key.tenant_id, job_id)
    rows = await app.query(query) if key.scope.is_everything else []
    if not rows:
        raise NotFound("no-job", job=job_id)
    return rows[0]


async def rejects_of(app: AppState, job: Job) -> AsyncIterator[bytes]:
    """Yield the rejected lines, as JSON Lines, piece by piece."""
    after = -1
    while rows := await app.query(jobs.rejects(job.tenant_id, job.job_id, after)):
        [(after, content)] = rows
        yield content
