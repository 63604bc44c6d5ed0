"""``/import/{draft}``: the columns of a file beside its first rows, and how such files are read."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.importing import drafts
from api.importing.drafts import Draft, Profile
from api.importing.formats.debtor_layouts import DEBTOR_PROFILES
from api.importing.formats.layout import Layout
from api.importing.line_commands import CannotImport
from api.importing.options import Format, ImportOptions
from api.importing.preview import Preview, preview
from api.importing.recognise import options_for, table_in
from api.pages.importing import settings
from api.pages.importing.frame import Importer, WritingImporter, asker, draft_of, page
from api.pages.importing.settings import NAMES, SHIPPED, Unfit, columns_of, kind_of, of_form
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Visitor, WritingVisitor

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/import/{draft}")
async def show_draft(visitor: Importer, draft: UUID) -> Response:
    """Show the columns, and how the first rows are read with them."""
    found = await draft_of(visitor, draft)
    return await _page(visitor, found, found.options)


@router.post("/import/{draft}")
async def choose_columns(visitor: WritingImporter, draft: UUID) -> Response:
    """Keep what was chosen; then show the first rows again, or check all lines."""
    found, form = await draft_of(visitor, draft), visitor.form
    try:
        options = await _chosen(visitor, found)
    except Unfit as fault:
        return await _page(visitor, found, found.options, {fault.field: fault.why}, 422)
    try:
        form_id = UUID(form.get("form", ""))
    except ValueError:
        form_id = draft

    def keep() -> bool:
        with visitor.app.pool.connection() as conn:
            drafts.choose(conn, found, options.model_dump_json())
            if name := form.get("remember", "")[:100]:
                kept = options.model_copy(update={"full_list": False, "as_of": None})
                profile = Profile(
                    *(name, found.header, kept.model_dump_json()),
                    *(visitor.app.clock(), visitor.person.name),
                )
                drafts.remember(conn, found.tenant_id, profile)
            if form.get("do") != "check":
                return False
            [now] = drafts.get(found.tenant_id, draft).fetch(conn)
            drafts.check(conn, now, form_id, asker(visitor), visitor.app.clock())
            return True

    checks = await visitor.app.run_in_thread(keep)
    return see_other(f"/import/{draft}/check" if checks else f"/import/{draft}")


@router.post("/import/profiles/ends")
async def forget_profile(visitor: WritingImporter) -> Response:
    """Forget how such files were read."""
    name = visitor.form.get("name", "")

    def forget() -> None:
        with visitor.app.pool.connection() as conn:
            drafts.forget(conn, visitor.person.tenant_id, name)

    await visitor.app.run_in_thread(forget)
    return see_other("/import")


async def _chosen(visitor: WritingVisitor, draft: Draft) -> ImportOptions:
    """Return the options of the form, or of the profile whose button was pressed."""
    form = visitor.form
    use = form.get("use", "")
    if use == "columns":
        content = await _first(visitor, draft)
        own = options_for(table_in(content)._replace(header=draft.columns))
        return own.model_copy(update={"delimiter": draft.options.delimiter, "profile": None})
    if use.startswith(SHIPPED):
        name = use.removeprefix(SHIPPED)
        debtors = name in DEBTOR_PROFILES
        if name not in NAMES:
            raise Unfit("", visitor.words("There is no such page"))
        return ImportOptions(
            format=Format.DEBTORS if debtors else Format.OPEN_ITEMS,
            profile=name,
            delimiter=draft.options.delimiter,
        )
    if use:
        for profile in await visitor.app.query(drafts.profiles(draft.tenant_id)):
            if profile.name == use:
                kept = ImportOptions.model_validate_json(profile.wanted)
                return kept.model_copy(update={"delimiter": draft.options.delimiter})
    today = visitor.today().isoformat()
    return of_form(form, draft.options, draft.columns, visitor.words, today)


async def _first(visitor: Visitor, draft: Draft) -> bytes:
    [content] = await visitor.app.query(drafts.first_rows(draft.tenant_id, draft.draft_id))
    return content


async def _page(
    visitor: Visitor,
    draft: Draft,
    options: ImportOptions,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    content = await _first(visitor, draft)
    shown, why = Preview([]), ""
    try:
        layout = options.form()
        assert isinstance(layout, Layout)
        look = partial(preview, visitor.tenant, draft.name, content, layout)
        shown = await visitor.app.run_in_thread(look)
    except CannotImport as error:
        why = str(error)
    kind = kind_of(options)
    given = visitor.form if isinstance(visitor, WritingVisitor) else _given(options, draft)
    if given.get("kind") in settings.KINDS:
        kind = given["kind"]
    known = await visitor.app.query(drafts.profiles(draft.tenant_id))
    facts: dict[str, Any] = {
        "draft": draft,
        "options": options,
        "kind": kind,
        "given": given,
        "fields": settings.FIELDS[kind],
        "first": settings.FIRST,
        "labels": settings.LABELS,
        "forms": settings.FORMS,
        "types": settings.TYPES,
        "names": NAMES,
        "shipped": SHIPPED,
        "columns": draft.columns,
        "taken": columns_of(options, draft.columns),
        "preview": shown,
        "why": why,
        "faults": faults or {},
        "profiles": known,
        "today": visitor.today().isoformat(),
    }
    return await page(visitor, "draft", facts, status)


def _given(options: ImportOptions, draft: Draft) -> dict[str, str]:
    """Return the options as the fields of the form have them."""
    given = {
        "kind": kind_of(options),
        "profile": SHIPPED + options.profile if options.profile else "",
        "date_format": options.date_format or "",
        "decimal": options.decimal or "",
        "own_currency": options.currency or "",
        "terms": "" if options.terms is None else str(options.terms),
        "full_list": "1" if options.full_list else "",
        "as_of": options.as_of.isoformat() if options.as_of else "",
    }
    return given | columns_of(options, draft.columns)
