"""Imports over HTTP: the file is stored, and a worker imports its lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Annotated, Any
from uuid import UUID, uuid4, uuid5

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.environment import limit
from api.http.auth.authentication import Registrar, TheApp
from api.http.auth.keys import Key
from api.http.kit.openapi_errors import INVALID, READS, REUSED, either, refusal
from api.http.kit.openapi_examples import as_example
from api.http.kit.route import Route
from api.http.kit.write_conditions import IdempotencyKey, conditions_of
from api.http.server.middleware import current, too_large
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from api.http.server.state import AppState
from api.importing import jobs
from api.importing.jobs import Job
from api.importing.line_commands import CannotImport
from api.importing.options import ImportOptions
from commands.fields import Text

MAX_BYTES = limit("DOSSIER_IMPORT_LIMIT")  # of the file as sent
CHUNK = 1 << 20  # bytes of a stored part
KINDS = {
    "text/csv",
    "text/plain",
    "application/jsonl",
    "application/x-ndjson",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
}
FILE = {"type": "string", "format": "binary", "description": "CSV or JSON Lines, plain or gzip"}
SHOWN = {  # an example of each format
    "text/csv": "invoice_id,open_amount\n2026-001,100.00\n",
    "application/x-ndjson": '{"source": "erp", "invoice": "2026-001", "seq": 1, …}\n',
    "application/octet-stream": "(open-items.csv.gz)",
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": FILE, "example": text} for kind, text in SHOWN.items()},
    }
}
router = APIRouter(prefix="/v1", tags=["import"], route_class=Route)


class UploadOptions(ImportOptions, frozen=True, extra="forbid"):
    """The options of an import in the query."""

    name: Text = Field("upload", min_length=1, max_length=200, description="Of the file.")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A stored file; ``Location`` shows the state of its import."""

    id: UUID
    name: str
    format: str
    bytes: int
    asked_at: datetime
    asked_by: str


@dataclass
class Upload:
    """The received body. It is kept on disk, so that no slow client holds a connection."""

    file: IO[bytes]
    size: int = 0

    def __post_init__(self) -> None:
        self.sha256 = sha256()

    def add(self, content: bytes) -> None:
        self.size += len(content)
        if self.size > MAX_BYTES:
            raise _too_large()
        self.sha256.update(content)
        self.file.write(content)

    def chunks(self) -> Iterator[bytes]:
        self.file.seek(0)
        return iter(partial(self.file.read, CHUNK), b"")


ANSWERS: dict[int | str, dict[str, Any]] = {
    202: {
        "model": Accepted,
        "description": "Stored, to be imported",
        "content": as_example(Accepted),
        "headers": {"Location": {"description": "of the job", "schema": {"type": "string"}}},
    },
    **{status: answer for status, answer in READS.items() if status not in (404, 503)},
    413: refusal("too-large", f"At most {MAX_BYTES:,} bytes."),
    415: refusal("unsupported-media-type", "Send CSV or JSON Lines, plain or gzip."),
    422: either(INVALID, REUSED),
    503: refusal("unavailable", "Try again."),
}


@router.post(
    "/import",
    status_code=202,
    response_class=Response,
    responses=ANSWERS,
    openapi_extra=BODY,
    operation_id="import-file",
)
async def import_file(
    request: Request,
    options: Annotated[UploadOptions, Query()],
    key: Registrar,
    app: TheApp,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Import the file in the body: a history of events or a list of open items.

    The answer is a job; a worker records the lines by the same rules as other commands.
    """
    try:
        options.form()
    except CannotImport as error:
        raise Problem("invalid", str(error)) from None
    _check_media_type(request)
    try:
        with TemporaryFile(prefix="dossier-import-") as file:
            upload = Upload(file)
            await _receive(request, upload)
            job = _job(request, options, key, app.clock(), idempotency_key, upload)
            return await _keep(app, job, options, upload)
    except OSError as error:
        raise Problem("unavailable", f"The file cannot be stored: {error.strerror}.") from error


def _check_media_type(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    packed = request.headers.get("content-encoding", "identity").strip().lower()
    if (kind and kind not in KINDS) or packed not in ("gzip", "x-gzip", "identity"):
        raise Problem(
            "unsupported-media-type",
            f"The body is the file, plain or gzip, as one of: {', '.join(sorted(KINDS))}.",
        )


async def _receive(request: Request, upload: Upload) -> None:
    if too_large("", request.headers, MAX_BYTES):
        raise _too_large()
    try:
        async for content in request.stream():
            if content:
                await run_sync(upload.add, content)
    except ClientDisconnect:
        raise Problem("invalid", "The body is incomplete.") from None
    if not upload.size:
        raise Problem("invalid", "The body is empty: send the file.", "")


def _job(
    request: Request,
    options: UploadOptions,
    key: Key,
    at: datetime,
    idempotency_key: str | None,
    upload: Upload,
) -> Job:
    """Return the job; its id is that of the idempotency key, so concurrent repeats share it."""
    stands_for = f"{options.model_dump_json()}\n{upload.sha256.hexdigest()}".encode()
    return Job(
        tenant_id=key.tenant_id,
        job_id=uuid5(key.key_id, idempotency_key) if idempotency_key else uuid4(),
        name=options.name,
        wanted=options.model_dump_json(exclude={"name"}),
        sha256=conditions_of(request, idempotency_key, None, stands_for).fingerprint,
        size=upload.size,
        asked_at=at,
        asked_by=key.name,
        via=str(key.key_id),
        correlation=current().id,
    )


async def _keep(app: AppState, job: Job, options: UploadOptions, upload: Upload) -> Response:
    """Store the job. Raises ``Problem`` when the idempotency key names another request."""

    def keep() -> bool:
        with app.pool.connection() as conn:
            return jobs.submit(conn, job, upload.chunks())

    replayed = {}
    if not await app.run_in_thread(keep):
        [before] = await app.query(jobs.get(job.tenant_id, job.job_id))
        if before.sha256 != job.sha256:
            raise Problem("key-reused", "This Idempotency-Key came with another request.")
        job, replayed = before, {"Idempotency-Replayed": "true"}
    accepted = Accepted(job.job_id, job.name, options.format, job.size, job.asked_at, job.asked_by)
    headers = {"Location": f"/v1/jobs/{job.job_id}", "Cache-Control": "no-store"}
    return as_json(accepted, 202, headers | replayed)


def _too_large() -> Problem:
    return Problem("too-large", f"At most {MAX_BYTES:,} bytes.")
