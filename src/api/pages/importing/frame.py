"""What the pages of imports share: who may open them, a job, and its rejected lines."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.routes.jobs import find_job, rejects_of
from api.http.server.middleware import current
from api.i18n.import_reasons import import_reason
from api.importing import drafts
from api.importing.drafts import Asker, Draft
from api.importing.jobs import Job, state_of
from api.importing.options import ImportOptions
from api.importing.plans import plan_in
from api.importing.summary import Counts
from api.pages.desk.frame import desk_page
from api.pages.importing.settings import KINDS, kind_of
from api.pages.kit.visitor import FilingVisitor, Visitor, WritingVisitor, filing, visitor, writing
from ledger.policy.refusal import NotFound

PASTED_BYTES = 5_000_000
Importer = Annotated[Visitor, visitor(Role.COLLECTOR, all_units=True)]
WritingImporter = Annotated[WritingVisitor, writing(Role.COLLECTOR, all_units=True)]
FilingImporter = Annotated[
    FilingVisitor, filing(Role.COLLECTOR, all_units=True, field_bytes=PASTED_BYTES)
]
SHOWN = 100  # rejected lines of a page
SECONDS = "2"  # after which a page that waits for a job loads again


async def page(
    visitor: Visitor, name: str, facts: dict[str, Any], status: int = 200, again: bool = False
) -> Response:
    """Return a page of imports; with ``again`` it loads again by itself."""
    facts = {
        "kinds": KINDS,
        "reason": partial(import_reason, visitor.words),
        "faults": {},
        **facts,
    }
    answer = await desk_page(visitor, f"importing/{name}.html", "import", facts, status)
    if again and "still" not in visitor.request.query_params:
        answer.headers["Refresh"] = SECONDS
    return answer


async def draft_of(visitor: Visitor, draft: UUID) -> Draft:
    """Return the file. Raises ``NotFound``."""
    found = await visitor.app.query(drafts.get(visitor.person.tenant_id, draft))
    if not found:
        raise NotFound("no-job", job=draft)
    return found[0]


def asker(visitor: Visitor) -> Asker:
    return Asker(visitor.person.name, str(visitor.key.key_id), current().id)


async def job_facts(visitor: Visitor, job: UUID) -> dict[str, Any]:
    """Return a job and the first of its rejected lines. Raises ``NotFound``."""
    found = await find_job(visitor.app, visitor.key, job)
    facts = shown(visitor, found)
    lines = list[dict[str, Any]]()
    if facts["counts"].rejected:
        async for line in rejected(visitor, found):
            lines.append(line)
            if len(lines) == SHOWN:
                break
    return {**facts, "lines": lines}


async def rejected(visitor: Visitor, job: Job) -> AsyncIterator[dict[str, Any]]:
    """Yield the rejected lines."""
    async for content in rejects_of(visitor.app, job):
        for line in content.splitlines():
            yield msgspec.json.decode(line)


def shown(visitor: Visitor, job: Job) -> dict[str, Any]:
    """Return what a page shows of a job."""
    share = 100 if job.ended_at and not job.failed else 100 * job.done // max(job.size, 1)
    options = ImportOptions.model_validate_json(job.wanted)
    return {
        "job": job,
        "state": state_of(job, visitor.app.clock()),
        "kind": "history" if options.format == "history" else kind_of(options),
        "options": options,
        "counts": msgspec.json.decode(job.counts or "{}", type=Counts),
        "plan": plan_in(job.plan),
        "share": min(share, 100),
    }
