"""Rendering of pages: HTML without scripts or other files, and with all values escaped."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse

from api.pages.kit.brand import Brand

STYLE = (files("api.pages") / "kit" / "page.css").read_text("utf-8")
HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = "Content-Security-Policy"
NO_BRAND = Brand()
HEADERS = {
    POLICY: (
        f"default-src 'none'; style-src 'sha256-{HASH}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
    "Referrer-Policy": "no-referrer",  # the address has the token
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
TEMPLATES = Environment(
    loader=PackageLoader("api.pages", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def notice_page(title: str, *lines: str, status: int = 200, lang: str = "en") -> HTMLResponse:
    """Return a page with only a text, written in the language ``lang``."""
    role = "status" if status < 400 else "alert"
    return render_page("kit/page.html", status, title=title, lines=lines, role=role, lang=lang)


def render_page(name: str, status: int, brand: Brand = NO_BRAND, **facts: object) -> HTMLResponse:
    """Return the page; only one with a logo may show a picture, which runs no script there."""
    page = TEMPLATES.get_template(name).render(style=STYLE, brand=brand, **facts)
    headers = HEADERS | {"Content-Language": str(facts.get("lang", "en"))}
    if brand.logo:
        headers[POLICY] += "; img-src data:"
    return HTMLResponse(page, status, headers)
