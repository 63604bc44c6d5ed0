"""Routes of pages: every refusal is a page too, and nobody is left with a line of JSON."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.http.kit.fast_route import fast_handler, only_reads
from api.http.server.middleware import current
from api.http.server.problems import TYPES, Problem
from api.i18n.reasons import written_reason
from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation, translation_for
from api.i18n.wording import Wording
from api.pages.kit.site import render, see_other
from api.pages.kit.visitor import NotForYou, SignInFirst, StaleForm, sign_in_address
from ledger.policy.refusal import NotFound, Refused

FOR_OTHERS = "This page is for: {roles}. Your administrator can change your role."
NO_PAGE = "There is no such page"
NUL = b"%00"  # which no text in the database has
STALE = "This form is out of date. Open it again."


class PageRoute(APIRoute):
    """A route whose refusals are pages. One that reads is resolved without FastAPI."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        fast = only_reads(self)
        handle = fast_handler(self.dependant, _asked) if fast else super().get_route_handler()

        async def as_page(request: Request) -> Response:
            try:
                if NUL in request.scope["query_string"] or "\0" in request.url.path:
                    return trouble(request, _words(request), 404, NO_PAGE)
                return await handle(request)
            except SignInFirst as error:
                return see_other(sign_in_address(error.back))
            except NotForYou as error:
                words = error.visitor.words
                roles = ", ".join(words(role.value) for role in error.roles) or words("admin")
                return trouble(request, words, 403, words(FOR_OTHERS, roles=roles))
            except StaleForm:
                return trouble(request, _words(request), 403, STALE)
            except (NotFound, RequestValidationError):
                return trouble(request, _words(request), 404, NO_PAGE)
            except Refused as error:
                words = _words(request)
                return trouble(request, words, 409, refusal_text(error, words))
            except Problem as problem:
                words, (status, _) = _words(request), TYPES[problem.slug]
                return trouble(request, words, status, problem.detail)
            except HTTPException as error:
                words = _words(request)
                return trouble(request, words, error.status_code, str(error.detail))

        return as_page


def _words(request: Request) -> Translation:
    """Return the language of who is signed in, else that of the browser."""
    language = getattr(request.state, "language", "")
    return Translation(language) if language else translation_for(request)


def _asked(request: Request) -> Mapping[str, Any]:
    """Return what was asked. A page ignores a name that it does not know: its address comes back
    from elsewhere with more of them."""
    return request.query_params


def trouble(request: Request, words: Translation, status: int, why: str) -> Response:
    """Return a page that states what is wrong and where to continue."""
    why = written_reason(words(why), Wording(words), str)
    facts = {"why": why, "number": current().id}
    return render(request, "kit/trouble.html", words, facts, status)
