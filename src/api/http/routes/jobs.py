"""Jobs: the progress and result of imports, and the rejected lines."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Path
from starlette.responses import Response, StreamingResponse

from api.http.auth.authentication import Reader, TheApp
from api.http.auth.keys import Key
from api.http.kit.openapi_errors import READS
from api.http.kit.read_endpoint import NEXT, Paging, documented
from api.http.kit.route import Route
from api.http.server.responses import as_attachment, as_json
from api.http.server.state import AppState
from api.importing import jobs
from api.importing.jobs import Job, State, state_of
from api.importing.options import ImportOptions
from api.importing.summary import Counts
from ledger.policy.refusal import NotFound

router = APIRouter(prefix="/v1", tags=["import"], route_class=Route)
TheJob = Annotated[UUID, Path(alias="job", description="id of the job")]
LINES = "application/x-ndjson"
REJECTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A JSON object for each line: `line`, `field`, `code`, `reason` and `raw`",
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
    """An import. ``position`` is the end of the log when the import ended."""

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
    """Return the imports of the last 30 days, the latest first, page by page."""
    before = page.after(tuple[datetime, UUID])
    query = jobs.list_all(key.tenant_id, before, page.limit)
    found = await page.app.query(query) if key.scope.is_everything else []
    at = page.app.clock()
    return page.page(
        found, lambda job: (job.asked_at, job.job_id), [_file(job, at) for job in found]
    )


@router.get("/jobs/{job}", responses=documented(JobFile))
async def show_job(job_id: TheJob, key: Reader, app: TheApp) -> Response:
    """Return the progress and result of an import."""
    found = await find_job(app, key, job_id)
    return as_json(_file(found, app.clock()), headers={"Cache-Control": "no-store"})


@router.get("/jobs/{job}/rejects", response_class=Response, responses=REJECTS)
async def list_job_rejects(job_id: TheJob, key: Reader, app: TheApp) -> Response:
    """Return the lines rejected so far, with the reasons, as JSON Lines."""
    found = await find_job(app, key, job_id)
    headers = {**as_attachment(f"{found.name}.rejects.jsonl"), "Cache-Control": "no-store"}
    return StreamingResponse(rejects_of(app, found), 200, headers, LINES)


def _file(job: Job, at: datetime) -> JobFile:
    counts = msgspec.json.decode(job.counts or "{}", type=Counts)
    return JobFile(
        id=job.job_id,
        state=state_of(job, at),
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
