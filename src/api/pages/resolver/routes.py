"""``/a/{token}``: a resolver or an approver answers from their mail, without logging in.

GET changes nothing, as mail scanners open links; POST records. The token in the address is the only
right: there is no cookie and no session, so CSRF is no issue.
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.kit.cases import parts_of
from api.http.kit.uploads import MAX_BYTES, as_download, document_of
from api.http.server.problems import TYPES, Problem
from api.http.server.state import AppState
from api.i18n.translate import Translation, translation_for
from api.links.link import Expired, NoSuchLink
from api.links.tokens import case_of
from api.pages.kit.form import filled
from api.pages.kit.html import HEADERS, notice_page
from api.pages.kit.limits import TOO_OFTEN, LinkLimits
from api.pages.resolver.answering import Opened, Unfit, recorded
from api.pages.resolver.case import Case, LinkClosed
from api.pages.resolver.page import case_page
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING

router = APIRouter(include_in_schema=False)
NOTHING: dict[str, str] = {}


@router.get("/a/{token}")
async def show(token: str, request: Request, app: TheApp) -> Response:
    try:
        opened = await _open(app, token, request.app.state.links)
        case = await app.run_in_thread(opened.look)
    except (NoSuchLink, Expired, LinkClosed) as error:
        return _closed(translation_for(request), error)
    except Problem as problem:
        return _unread(translation_for(request), problem)
    return case_page(_words(request, case), case, request.url.path, NOTHING)


@router.post("/a/{token}")
async def answer(token: str, request: Request, app: TheApp) -> Response:
    try:
        opened = await _open(app, token, request.app.state.links)
        case = await app.run_in_thread(opened.look)
        form = await filled(request)
    except (NoSuchLink, Expired, LinkClosed) as error:
        return _closed(translation_for(request), error)
    except Problem as problem:
        return _unread(translation_for(request), problem)
    _ = _words(request, case)
    try:
        entries = await app.run_in_thread(lambda: opened.answer(form, _))
    except LinkClosed as error:
        return _closed(_, error)
    except Unfit as unfit:
        return case_page(_, case, request.url.path, form.fields, *unfit.lines, status=422)
    lines, steps = recorded(_, form, case, entries)
    thanks = _("Thank you: your answer is recorded")
    return notice_page(thanks, *lines, lang=_.language, brand=case.brand, steps=steps)


@router.get("/a/{token}/documents/{sha256}")
async def document(token: str, sha256: str, request: Request, app: TheApp) -> Response:
    """Send a document that the page names."""
    _ = translation_for(request)
    try:
        opened = await _open(app, token, request.app.state.links)
        case = await app.run_in_thread(opened.look)
        number = next(file.invoice for file in case.documents if file.sha256 == sha256)
        content, name, media_type = await app.run_in_thread(
            lambda: document_of(opened.session, number, sha256, EVERYTHING)
        )
    except (NoSuchLink, Expired, LinkClosed) as error:
        return _closed(_, error)
    except Problem as problem:
        return _unread(_, problem)
    except (StopIteration, NotFound):
        return notice_page(_("There is no such document"), status=404, lang=_.language)
    return as_download(content, name, media_type, sha256, HEADERS)


async def _open(app: AppState, token: str, limits: LinkLimits) -> Opened:
    """Raises ``NoSuchLink`` or ``Expired``, or ``Problem`` when it is opened too often."""
    link = await app.run_in_thread(lambda: case_of(app.pool, token, app.clock()))
    limits.take(link)
    rows = await parts_of(app, link.tenant, link.case)
    if not rows:
        raise NoSuchLink
    session = await app.run_in_thread(lambda: app.session(link.tenant))
    return Opened(session, link, [row.invoice for row in rows])


def _words(request: Request, case: Case) -> Translation:
    return translation_for(request, case.rules.calendar.country)


def _closed(_: Translation, error: NoSuchLink | Expired | LinkClosed) -> Response:
    match error:
        case LinkClosed():
            lines, status = [_(error.why), _("There is nothing more to answer.")], error.status
        case Expired():
            advice = _("Answer the mail it came with, or ask for a new link.")
            lines, status = [_("This link is too old"), advice], 410
        case NoSuchLink():
            lines, status = [_("There is no such page"), _("Is the link complete?")], 404
    return notice_page(*lines, status=status, lang=_.language)


def _unread(_: Translation, problem: Problem) -> Response:
    status, _title = TYPES[problem.slug]
    if problem.slug == "too-many-requests":
        return notice_page(_(TOO_OFTEN), status=status, lang=_.language)
    why = _("Send the form of the page.")
    if problem.slug == "too-large":
        why = _("At most {bytes} bytes.", bytes=f"{MAX_BYTES:,}")
    return notice_page(_("That could not be read"), why, status=status, lang=_.language)
