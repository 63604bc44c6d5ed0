"""Makes the pages: plain HTML that needs no script, loads nothing, and escapes all it shows."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from uuid import uuid4

from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse

from api.answers.case import Case
from api.answers.words import Words
from ledger.codes import Outcome, RootCause

STYLE = (
    "body{font:1em/1.5 sans-serif;color:#1a1a1a;background:#fff;margin:0}"
    "main{max-width:45em;margin:0 auto;padding:1em}"
    "dt,label,caption{font-weight:bold;text-align:left}dd,blockquote{margin:0 0 .5em 1em}"
    "dd,li,blockquote,td{overflow-wrap:anywhere;white-space:pre-line}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3em;"
    "text-align:left}section{border:1px solid #767676;margin:1em 0;padding:0 1em}"
    "label{display:block}input,select,textarea,button{font:inherit;max-width:100%}"
    "textarea{width:100%;box-sizing:border-box}button{padding:.5em 1em}[role=alert]{color:#a30000}"
)
HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{HASH}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
    "Referrer-Policy": "no-referrer",  # the address is the key
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
TEMPLATES = Environment(
    loader=PackageLoader("api.answers", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def message(title: str, *lines: str, status: int = 200, lang: str = "en") -> HTMLResponse:
    """A page that only says something, in the language that is named."""
    role = "status" if status < 400 else "alert"
    return _page("page.html", status, title=title, lines=lines, role=role, lang=lang)


def asking(
    _: Words, case: Case, action: str, given: Mapping[str, str], *wrong: str, status: int = 200
) -> HTMLResponse:
    """The case and what can be answered; ``given`` is what was said already, and is wrong."""
    numbers = ", ".join(part.invoice.number for part in case.parts)
    return _page(
        "case.html",
        status,
        title=_("Dispute over invoice {invoices}", invoices=numbers),
        lines=wrong,
        role="alert",
        lang=_.language,
        _=_,
        case=case,
        action=action,
        given=given,
        form_id=uuid4(),
        outcomes=list(Outcome),
        root_causes=list(RootCause),
    )


def writing(
    facts: Mapping[str, object], given: Mapping[str, str], *wrong: str, status: int = 200
) -> HTMLResponse:
    """What a debtor may write to us; ``given`` is what was said already, and is wrong."""
    return _page(
        "write.html", status, lines=wrong, role="alert", given=given, form_id=uuid4(), **facts
    )


def _page(name: str, status: int, **facts: object) -> HTMLResponse:
    page = TEMPLATES.get_template(name).render(style=STYLE, **facts)
    return HTMLResponse(page, status, HEADERS | {"Content-Language": str(facts.get("lang", "en"))})
