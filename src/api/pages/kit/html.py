"""Rendering of pages for people without a session: no script, and no file but our own."""

from collections.abc import Sequence

from starlette.responses import HTMLResponse

from api.i18n.translate import Translation
from api.pages.kit.brand import Brand
from api.pages.kit.site import SITE

POLICY = "Content-Security-Policy"
NO_BRAND = Brand()
HEADERS = {
    POLICY: (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'; img-src 'self'"  # the icons
    ),
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
    "Referrer-Policy": "no-referrer",  # the address has the token
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def notice_page(
    title: str,
    *lines: str,
    status: int = 200,
    lang: str = "en",
    brand: Brand = NO_BRAND,
    steps: Sequence[str] = (),
) -> HTMLResponse:
    """Return a page with only a text, in the language ``lang``; ``steps`` are what happens next."""
    facts = {"title": title, "lines": lines, "steps": steps, "good": status < 400}
    return render_page("kit/notice.html", status, Translation(lang), brand, **facts)


def render_page(
    name: str, status: int, words: Translation, brand: Brand = NO_BRAND, **facts: object
) -> HTMLResponse:
    """Return the page; only one with a logo may show a picture that is part of it, which runs no
    script there."""
    facts = {"wrong": (), "lang": words.language, "brand": brand, "_": words, **facts}
    headers = HEADERS | {"Content-Language": words.language}
    if brand.logo:
        headers[POLICY] += " data:"
    return HTMLResponse(SITE.get_template(name).render(**facts), status, headers)
