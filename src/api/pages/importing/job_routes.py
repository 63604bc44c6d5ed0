"""``/import/{draft}/check`` and ``/import/jobs``: what would come of all lines, and what came."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from api.http.routes.jobs import find_job
from api.http.server.responses import as_attachment
from api.i18n.import_reasons import import_reason
from api.i18n.translate import Translation
from api.importing import drafts
from api.importing.drafts import Draft
from api.importing.jobs import Job
from api.importing.options import ImportOptions
from api.pages.importing.frame import (
    SHOWN,
    Importer,
    WritingImporter,
    asker,
    draft_of,
    job_facts,
    page,
    rejected,
)
from api.pages.kit.page_route import PageRoute, trouble
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Visitor

router = APIRouter(include_in_schema=False, route_class=PageRoute)
MENDED = ("Line", "Field", "Why")  # columns after those of the file: an import does not read them


@router.get("/import/{draft}/check")
async def show_check(visitor: Importer, draft: UUID) -> Response:
    """Show what would come of the lines, before anything is written."""
    found = await draft_of(visitor, draft)
    if found.checked is None:
        return see_other(f"/import/{draft}")
    facts = await job_facts(visitor, found.checked)
    waits = facts["state"] in ("waiting", "running")
    return await page(visitor, "check", {**facts, "draft": found}, again=waits)


@router.post("/import/{draft}/jobs")
async def start_import(visitor: WritingImporter, draft: UUID) -> Response:
    """Import the file as it was checked. The same form sent twice makes one job."""
    found, form = await draft_of(visitor, draft), visitor.form
    if form.get("version") != found.version:
        why = visitor.words("Somebody chose other columns since: check the lines again.")
        return trouble(visitor.request, visitor.words, 409, why)
    if (job := await _sent(visitor, found)) is None:
        return see_other(f"/import/{draft}/check")
    return see_other(f"/import/jobs/{job}")


async def _sent(visitor: WritingImporter, draft: Draft) -> UUID | None:
    """Return the job that imports the file; None if its lines were not checked to the end."""
    if draft.checked is None:
        return None
    facts = await job_facts(visitor, draft.checked)
    if facts["state"] != "finished":
        return None
    form = visitor.form
    limits = {name: bool(form.get(name)) for name in ("close_most", "close_anyway")}
    options = draft.options.model_copy(update=limits)

    def send() -> UUID:
        with visitor.app.pool.connection() as conn:
            return drafts.send(conn, draft, options, asker(visitor), visitor.app.clock())

    return await visitor.app.run_in_thread(send)


@router.get("/import/jobs/{job}")
async def show_job(visitor: Importer, job: UUID) -> Response:
    """Show how far an import is, what came of it, and the first of its rejected lines."""
    facts = await job_facts(visitor, job)
    return await page(visitor, "job", facts, again=facts["state"] in ("waiting", "running"))


@router.get("/import/jobs/{job}/rejects")
async def download_rejects(visitor: Importer, job: UUID) -> Response:
    """Send the rejected lines as CSV: their own columns, and why each was rejected."""
    found = await find_job(visitor.app, visitor.key, job)
    name = found.name.rsplit(".", 1)[0]
    headers = {**as_attachment(f"{name}-rejected.csv"), "Cache-Control": "no-store"}
    return StreamingResponse(_csv(visitor, found), 200, headers, "text/csv; charset=utf-8")


async def _csv(visitor: Visitor, job: Job) -> AsyncIterator[str]:
    """Yield the lines as they were in the file, so that the mended list can be sent again.

    A value that a spreadsheet could run is in the file that the person sent, and stays as it is:
    a changed value would be imported.
    """
    options = ImportOptions.model_validate_json(job.wanted)
    sign, words, header, first = options.delimiter or ",", visitor.words, list[str](), True
    waiting = list[dict[str, Any]]()
    async for line in rejected(visitor, job):
        raw = line["raw"] if isinstance(line["raw"], dict) else {"raw": line["raw"]}
        line["raw"] = raw
        if first:
            header += [name for name in raw if name not in header]
        waiting.append(line)
        if len(waiting) == SHOWN:
            yield _rows(words, sign, header, waiting, first)
            waiting, first = [], False
    yield _rows(words, sign, header, waiting, first)


def _rows(
    words: Translation, sign: str, header: list[str], lines: list[dict[str, Any]], first: bool
) -> str:
    """Return the rows; before the first of them the names of the columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign)
    if first:
        out.write("\ufeff")
        writer.writerow([*header, *(words(name) for name in MENDED)])
    for line in lines:
        cells = (line["raw"].get(name, "") for name in header)
        why = import_reason(words, line["reason"], line["code"])
        writer.writerow([*cells, line["line"], line["field"] or "", why])
    return out.getvalue()
