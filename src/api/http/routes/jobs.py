"""Jobs: how far each import is, what came of it, and the lines that were not taken in."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

import msgspec
from fastapi import APIRouter, Path
from starlette.responses import Response, StreamingResponse

from api.http.auth.authentication import Reader, TheOffice
from api.http.auth.keys import Key
from api.http.kit.openapi_errors import READS
from api.http.kit.read_endpoint import NEXT, Paging, documented
from api.http.server.responses import as_json
from api.http.server.state import AppState
from api.importing import jobs
from api.importing.jobs import Job
from api.importing.options import ImportOptions
from api.importing.summary import Counts
from ledger.policy.refusal import NotFound

router = APIRouter(prefix="/v1", tags=["import"])
TheJob = Annotated[UUID, Path(alias="job", description="id of the job")]
State = Literal["waiting", "running", "finished", "failed"]
LINES = "application/x-ndjson"
REJECTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A line for each: `line`, `field`, `code`, `reason`, and `raw` as it stood",
        "content": {
            LINES: {
                "schema": {"type": "string"},
                "example": '{"line": 7, "field": "due", "code": "invalid",'
                ' "reason": "is missing", "raw": "…"}\n',
            }
        },
    },
    **READS,
}


@dataclass(frozen=True, slots=True)
class JobFile:
    """An import as it stands. ``position`` is where the log ended when it was over."""

    id: UUID
    state: State
    name: str
    format: str
    bytes: int
    done: int
    counts: Counts
    asked_at: datetime
    asked_by: str
    began_at: datetime | None
    ended_at: datetime | None
    trouble: str | None
    position: int | None
    rejects: str | None


@router.get("/jobs", responses=documented(list[JobFile], NEXT))
async def list_jobs(key: Reader, page: Paging) -> Response:
    """Imports of the last 30 days, the latest first, a page at a time."""
    before = page.after(tuple[datetime, UUID])
    query = jobs.list_all(key.tenant_id, before, page.limit)
    found = await page.app.query(query) if key.scope.is_everything else []
    at = page.app.clock()
    return page.page(found, _behind, [_told(job, at) for job in found])


@router.get("/jobs/{job}", responses=documented(JobFile))
async def job(job_id: TheJob, key: Reader, app: TheOffice) -> Response:
    """How far an import is, and what came of it."""
    found = await _found(app, key, job_id)
    return as_json(_told(found, app.clock()), headers={"Cache-Control": "no-store"})


@router.get("/jobs/{job}/rejects", response_class=Response, responses=REJECTS)
async def job_rejects(job_id: TheJob, key: Reader, app: TheOffice) -> Response:
    """The lines that were not taken in so far, and why: JSON Lines, nothing when there are none."""
    found = await _found(app, key, job_id)
    name = quote(f"{found.name}.rejects.jsonl", safe="")
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{name}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(_rejects(app, found), 200, headers, LINES)


async def _rejects(app: AppState, job: Job) -> AsyncIterator[bytes]:
    after = -1
    while rows := await app.query(jobs.rejects(job.tenant_id, job.job_id, after)):
        [(after, content)] = rows
        yield content


async def _found(app: AppState, key: Key, job_id: UUID) -> Job:
    """Raises ``NotFound`` also for a key for some business units: a file is of all of them."""
    query = jobs.get(key.tenant_id, job_id)
    rows = await app.query(query) if key.scope.is_everything else []
    if not rows:
        raise NotFound("no-job", job=job_id)
    return rows[0]


def _told(job: Job, at: datetime) -> JobFile:
    counts = msgspec.json.decode(job.counts or "{}", type=Counts)
    return JobFile(
        id=job.job_id,
        state=_state(job, at),
        name=job.name,
        format=ImportOptions.model_validate_json(job.wanted).format,
        bytes=job.size,
        done=job.done,
        counts=counts,
        asked_at=job.asked_at,
        asked_by=job.asked_by,
        began_at=job.began_at,
        ended_at=job.ended_at,
        trouble=job.trouble,
        position=job.position,
        rejects=f"/v1/jobs/{job.job_id}/rejects" if counts.rejected else None,
    )


def _state(job: Job, at: datetime) -> State:
    """One whose worker died waits for the next."""
    if job.ended_at:
        return "failed" if job.failed else "finished"
    leased = job.leased_by and job.leased_till and job.leased_till > at
    return "running" if leased else "waiting"


def _behind(job: Job) -> tuple[datetime, UUID]:
    return job.asked_at, job.job_id
