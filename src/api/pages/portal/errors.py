"""Routes of the portal: every refusal is a page, in words for a debtor."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from api.http.server.problems import TYPES, Problem
from api.http.server.state import AppState
from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation, translation_for
from api.links.link import Expired, NoSuchLink
from api.links.urls import portal_path
from api.pages.kit.brand import brand_of
from api.pages.kit.html import notice_page, render_page
from api.pages.kit.limits import TOO_OFTEN
from api.pages.kit.site import see_other
from api.pages.portal.door import SignInAgain
from api.pages.portal.forms import MAX_FILE_BYTES, MAX_FILES, TOO_MANY
from api.pages.portal.guest import OnlyLooking, OutOfDate
from ledger.policy.refusal import NotFound, Refused


class PortalRoute(APIRoute):
    """A route whose refusals are pages for a debtor."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def as_page(request: Request) -> Response:
            _ = translation_for(request)
            try:
                return await handle(request)
            except (NoSuchLink, NotFound, RequestValidationError):
                return _notice(_, 404, "There is no such page", "Is the link complete?")
            except Expired as error:
                return await _ended(request, _, error)
            except SignInAgain as error:
                return see_other(f"{portal_path(error.tenant)}/sign-in")
            except OnlyLooking:
                why = "You are signed in at the desk: you may look, and not act for the debtor."
                return _notice(_, 403, "This page is the debtor's", why)
            except OutOfDate:
                why = "Open it again, and send it from there."
                return _notice(_, 403, "This form is out of date", why)
            except Refused as error:
                return notice_page(
                    _("That is not possible"), refusal_text(error, _), status=409, lang=_.language
                )
            except Problem as problem:
                return _unread(_, problem)

        return as_page


async def _ended(request: Request, _: Translation, error: Expired) -> Response:
    """Return the page of a link that has ended: it offers a fresh one, and whose it was."""
    app: AppState = request.app.state.shared
    tenant = error.link.tenant if error.link else ""
    brand = await app.run_in_thread(lambda: brand_of(app.session(tenant)))
    action = f"/i/{request.path_params['token']}/fresh"
    title = _("This link has ended")
    return render_page("portal/ended.html", 410, _, brand, title=title, action=action)


def _notice(_: Translation, status: int, *lines: str) -> Response:
    return notice_page(*[_(line) for line in lines], status=status, lang=_.language)


def _unread(_: Translation, problem: Problem) -> Response:
    status, _title = TYPES[problem.slug]
    if problem.slug == "too-many-requests":
        return notice_page(_(TOO_OFTEN), status=status, lang=_.language)
    why, mb = _("Send the form of the page."), str(MAX_FILE_BYTES // 10**6)
    if problem.detail == TOO_MANY:
        why = _("At most {count} files, {mb} MB together.", count=str(MAX_FILES), mb=mb)
    elif problem.slug == "too-large":
        why = _("The files are too large: at most {mb} MB together.", mb=mb)
    return notice_page(_("That could not be read"), why, status=status, lang=_.language)
