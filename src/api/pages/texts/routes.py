"""``/texts``: the texts of messages by language, written with a preview and a history."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.i18n.refusals import refusal_text
from api.i18n.translate import SPOKEN
from api.pages.desk.act_routes import context_of
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Reader, Visitor, WritingAdmin, WritingVisitor
from api.pages.texts.meanings import KINDS, MEANINGS, TO_COLLEAGUES, TO_DEBTORS
from api.pages.texts.samples import occasion, sample
from api.pages.texts.versions import Fault, Version, fault_of, versions_of
from api.postman.creditor import templates_of
from api.postman.templates import Templates, find_source
from commands.execute import execute
from commands.message_templates import ReplaceTemplate, ResetTemplate
from ledger.facts.creditor import OwnTemplate
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.messages.template_text import HASHTAG, NAMES
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Language = Annotated[str, Query(max_length=8)]
SHIPPED = Templates()


@dataclass(frozen=True)
class Draft:
    """A text in the form."""

    subject: str
    text: str
    why: str = ""
    invoice: str = ""


class InUse(NamedTuple):
    """The texts in use, and the versions of one of them."""

    templates: Templates
    versions: list[Version]


@router.get("/texts")
async def list_texts(visitor: Reader) -> Response:
    """Show each kind of message, and in which languages the creditor wrote their own text."""
    used = await visitor.app.run_in_thread(lambda: templates_of(visitor.tenant))
    facts = {
        "groups": (("To debtors", TO_DEBTORS), ("To colleagues", TO_COLLEAGUES)),
        "own": used.own.keys(),
        "languages": SPOKEN,
    }
    return await desk_page(visitor, "texts/list.html", "texts", facts)


@router.get("/texts/{template}")
async def show_text(
    visitor: Reader,
    template: str,
    language: Language = "",
    line: Annotated[int | None, Query(ge=1)] = None,
    invoice: Annotated[str, Query(max_length=200)] = "",
    saved: Annotated[str, Query(max_length=8)] = "",
) -> Response:
    """Show a text in use beside the shipped one; or that of an earlier version, to use it again."""
    language = _known(visitor, template, language)
    used = await _in_use(visitor, template, language)
    earlier = next((version.own for version in used.versions if version.line == line), None)
    subject, text = _source(used.templates, template, language)
    if earlier:
        subject, text = earlier.subject, earlier.text
    draft = Draft(subject, text, invoice=invoice.strip())
    more = {"done": visitor.words("The text is saved.")} if saved else {}
    return await _page(visitor, template, language, draft, more=more, used=used)


@router.post("/texts/{template}")
async def write_text(visitor: WritingAdmin, template: str) -> Response:
    """Show what the text of the form becomes, or save it from now on."""
    form, words = visitor.form, visitor.words
    language = _known(visitor, template, form.get("language", ""))
    draft = Draft(
        " ".join(form.get("subject", "").split()),
        form.get("text", ""),
        form.get("why", ""),
        form.get("invoice", ""),
    )
    if fault := fault_of(draft.subject, draft.text, words):
        return await _page(visitor, template, language, draft, fault, 422)
    if form.get("do") != "save":
        return await _page(visitor, template, language, draft)
    command = ReplaceTemplate(
        template=template,
        language=language,
        subject=draft.subject,
        text=draft.text,
        why=draft.why,
    )
    try:
        await visitor.app.run_in_thread(partial(_record, visitor, command))
    except Refused as error:
        fault = Fault(error.field or "text", refusal_text(error, words))
        return await _page(visitor, template, language, draft, fault, 409)
    return see_other(f"/texts/{template}?language={language}&saved=1")


@router.post("/texts/{template}/resets")
async def use_shipped(visitor: WritingAdmin, template: str) -> Response:
    """Use the shipped text again."""
    form = visitor.form
    language = _known(visitor, template, form.get("language", ""))
    command = ResetTemplate(template=template, language=language, why=form.get("why", ""))
    await visitor.app.run_in_thread(partial(_record, visitor, command))
    return see_other(f"/texts/{template}?language={language}&saved=1")


def _known(visitor: Visitor, template: str, language: str) -> str:
    """Return the language, the reader's if none is named. Raises ``NotFound``."""
    if template not in KINDS or (language and language not in LANGUAGES):
        raise NotFound("no-message", message=template)
    return language or visitor.person.language


def _record(visitor: WritingVisitor, command: ReplaceTemplate | ResetTemplate) -> None:
    execute(visitor.tenant.ledger, [command], context_of(visitor))


async def _in_use(visitor: Visitor, template: str, language: str) -> InUse:
    session = visitor.tenant
    return await visitor.app.run_in_thread(
        lambda: InUse(templates_of(session), versions_of(session, template, language))
    )


def _source(used: Templates, template: str, language: str) -> tuple[str, str]:
    _, (subject, text) = find_source(used, template, language)
    return subject.strip(), text.strip()


async def _page(
    visitor: Visitor,
    template: str,
    language: str,
    draft: Draft,
    fault: Fault | None = None,
    status: int = 200,
    more: Mapping[str, Any] | None = None,
    used: InUse | None = None,
) -> Response:
    run = visitor.app.run_in_thread
    own, versions = used or await _in_use(visitor, template, language)
    key, shipped = (template, language), _source(SHIPPED, template, language)
    about, missing = None, ""
    if draft.invoice:
        try:
            about = await run(partial(occasion, visitor.tenant, draft.invoice, visitor.key.scope))
        except NotFound as error:
            missing = refusal_text(error, visitor.words)
    drafted = Templates(own.folder, {**own.own, key: OwnTemplate(draft.subject, draft.text)})
    made = None
    if fault is None:
        made = await run(partial(sample, drafted, template, language, about))
    others = await run(
        lambda: {
            other: sample(own, template, other, about) for other in LANGUAGES if other != language
        }
    )
    here = {*HASHTAG.findall(" ".join((*shipped, draft.subject, draft.text)))}
    here |= {name for name in NAMES if f"{{{{ {name}" in shipped[0] + shipped[1]}
    facts = {
        "template": template,
        "kinds": KINDS,
        "language": language,
        "languages": SPOKEN,
        "draft": draft,
        "fault": fault,
        "sample": made,
        "missing": missing,
        "others": others,
        "shipped": shipped,
        "is_own": key in own.own,
        "own": own.own.keys(),
        "versions": versions,
        "used_names": {name: what for name, what in MEANINGS.items() if name in here},
        "other_names": {name: what for name, what in MEANINGS.items() if name not in here},
        "may_write": visitor.person.role == "admin" and not visitor.person.business_units,
    }
    return await desk_page(visitor, "texts/edit.html", "texts", {**facts, **(more or {})}, status)
