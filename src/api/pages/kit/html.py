"""Rendering of pages: HTML without scripts or other files, and with all values escaped."""

from base64 import b64encode
from hashlib import sha256

from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse

STYLE = (
    "body{font:1em/1.5 sans-serif;color:#1a1a1a;background:#fff;margin:0}"
    "main{max-width:45em;margin:0 auto;padding:1em}"
    "dt,label,caption{font-weight:bold;text-align:left}dd,blockquote{margin:0 0 .5em 1em}"
    "dd,li,blockquote,td{overflow-wrap:anywhere;white-space:pre-line}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3em;"
    "text-align:left}section{border:1px solid #767676;margin:1em 0;padding:0 1em}"
    "label{display:block}input,select,textarea,button{font:inherit;max-width:100%}"
    "textarea{width:100%;box-sizing:border-box}button{padding:.5em 1em}[role=alert]{color:#a30000}"
    "@media(max-width:40em){"  # a telephone: a row is a block, and each cell a line with its label
    "h1{font-size:1.4em}thead{position:absolute;left:-999em}"
    "table,tbody,tr,th[scope=row],td{display:block}tr{border:1px solid #767676;margin:.3em 0}"
    "th[scope=row],td{border:0}td:empty{display:none}"
    "td[data-label]::before{content:attr(data-label);font-weight:bold}}"
)
HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
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


def render_page(name: str, status: int, **facts: object) -> HTMLResponse:
    page = TEMPLATES.get_template(name).render(style=STYLE, **facts)
    return HTMLResponse(page, status, HEADERS | {"Content-Language": str(facts.get("lang", "en"))})
