"""``/import``: drop a file or paste rows, and see the imports of the last days."""

import re
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from uuid import UUID, uuid5

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from api.i18n.import_reasons import import_reason
from api.importing import drafts, jobs
from api.importing.drafts import Draft, Profile
from api.importing.line_commands import CannotImport
from api.importing.recognise import Found, options_for, table_in
from api.pages.importing.frame import FilingImporter, Importer, page, shown
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import FilingVisitor, Visitor

router = APIRouter(include_in_schema=False, route_class=PageRoute)
JOBS = 10


@router.get("/import")
async def show_upload(visitor: Importer) -> Response:
    """Show where to drop a file, and the last imports."""
    return await _page(visitor)


@router.post("/import")
async def take_upload(visitor: FilingImporter) -> Response:
    """Keep the file or the pasted rows, and lead to their columns."""
    words, form = visitor.words, visitor.filled
    pasted = form.fields.get("rows", "")
    if not (form.content or pasted):
        fault = words("Choose a file, or paste rows.")
        return await _page(visitor, {"file": fault}, form.fields, 422)
    field, content = ("file", form.content) if form.content else ("rows", pasted.encode() + b"\n")
    try:
        found, hashed = await visitor.app.run_in_thread(
            lambda: (table_in(content), sha256(content).hexdigest())
        )
    except CannotImport as error:
        return await _page(visitor, {field: import_reason(words, str(error))}, form.fields, 422)
    name = form.name if form.content else words("pasted rows")
    draft = await _draft(visitor, name, found, hashed)
    await visitor.app.run_in_thread(partial(_keep, visitor, draft, found.content))
    return see_other(f"/import/{draft.draft_id}")


async def _draft(visitor: FilingVisitor, name: str, found: Found, hashed: str) -> Draft:
    """Return the draft; the same form with the same file is the same draft."""
    person = visitor.person
    header = msgspec.json.encode(found.header).decode()
    known = await visitor.app.query(drafts.profiles(person.tenant_id))
    wanted = _remembered(known, header) or options_for(found).model_dump_json()
    options = msgspec.json.decode(wanted)
    try:
        form = visitor.filled.form
    except ValueError:
        form = UUID(int=0)
    return Draft(
        tenant_id=person.tenant_id,
        draft_id=uuid5(form, f"{person.tenant_id} {person.name} {hashed}"),
        made_at=visitor.app.clock(),
        made_by=person.name,
        name=_file_name(name),
        header=header,
        wanted=msgspec.json.encode({**options, "delimiter": found.delimiter}).decode(),
    )


def _remembered(known: list[Profile], header: str) -> str:
    """Return how a file with these columns was read last."""
    same = [profile for profile in known if profile.header == header]
    return max(same, key=lambda profile: profile.made_at).wanted if same else ""


def _file_name(name: str) -> str:
    """Return the name without what no entry can have; it stands in the entries of its lines."""
    return re.sub(r"[\x00-\x1f]", "", name)[:200] or "file"


def _keep(visitor: FilingVisitor, draft: Draft, content: bytes) -> None:
    with visitor.app.pool.connection() as conn:
        drafts.keep(conn, draft, content)


async def _page(
    visitor: Visitor,
    faults: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    tenant = visitor.person.tenant_id
    rows = [
        shown(visitor, job) for job in await visitor.app.query(jobs.list_all(tenant, None, JOBS))
    ]
    facts = {
        "faults": faults or {},
        "given": given or {},
        "rows": rows,
        "profiles": await visitor.app.query(drafts.profiles(tenant)),
    }
    return await page(visitor, "upload", facts, status)
