"""Pages with the house style: rendering, and the headers that keep them to themselves."""

import gzip
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.i18n.translate import Translation
from api.pages.kit.parts import badge, glyph, icon, money
from api.pages.kit.static import ADDRESSES

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'nonce-{nonce}'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types dossier"
)


class PlainContext(Context):
    """A context that calls a function of a template as it is. Jinja looks at each call whether the
    function wants the context or the variables around it: none of ours does, and a page has a
    thousand calls."""

    def call(
        self,
        function: Callable[..., Any],
        *given: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        return function(*given, **named)


SITE = Environment(
    loader=PackageLoader("api.pages", ""),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
SITE.context_class = PlainContext
SITE.globals |= {
    "icon": icon,
    "glyph": glyph,
    "money": money,
    "badge": badge,
    "mark": ADDRESSES["mark.svg"],
    "style": ADDRESSES["dossier.css"],
    "script": ADDRESSES["dossier.js"],
}
SITE.filters["upper_first"] = lambda text: text[:1].upper() + text[1:]
SITE.filters["breakable"] = lambda text: escape(text).replace("@", Markup("<wbr>@"))
LEAST = 1000  # bytes of a page that is worth compressing


def part(template: str, words: Translation, **facts: Any) -> Markup:
    """Return a part of a page."""
    return Markup(SITE.get_template(template).render(_=words, **facts))


def render(
    request: Request,
    template: str,
    words: Translation,
    facts: Mapping[str, Any],
    status: int = 200,
) -> Response:
    """Return the page. ``facts`` are the variables of the template, ``_`` translates."""
    nonce = secrets.token_urlsafe(12)
    page = SITE.get_template(template).render(
        _=words, lang=words.language, nonce=nonce, path=request.url.path, **facts
    )
    headers = {
        "Content-Security-Policy": POLICY.format(nonce=nonce),
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
        "Content-Language": words.language,
        "Vary": "Cookie, Accept-Language, Accept-Encoding",
    }
    content = page.encode()
    if len(content) >= LEAST and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, 4)
    return HTMLResponse(content, status, headers)


def see_other(address: str) -> Response:
    """Lead the browser to a page of ours after a form, so that a reload sends nothing again."""
    return RedirectResponse(local(address), 303, {"Cache-Control": "no-store"})


def local(address: str, instead: str = "/today") -> str:
    """Return the address if it is a path of ours, else the one ``instead``."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() and "\\" not in address else instead
