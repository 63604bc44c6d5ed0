"""Every page of the application, as its routes are, with an address that shows something."""

import re
from uuid import UUID

from api.app import create_app
from support.disputing import SAM
from support.full_firm import FullFirm
from support.routes import every_look

NO_PAGE = {  # what a browser opens and nobody looks at
    "/live": "a stream",
    "/sign-in/with/{provider}": "leads to a provider",
    "/sign-in/with/{provider}/return": "comes from a provider",
    "/admin/firm/logo": "a picture",
    "/static/{name}": "a file of ours, by its hash",
    "/portal/{tenant}/invoices/{invoice}/documents/{sha256}": "a copy of the invoice, as a file",
    "/i/{token}/documents/{sha256}": "a copy of the invoice, as a file",
    "/outbox/letters.pdf": "a PDF of chosen letters",
    "/outbox/{message}/letter": "a PDF of a letter; this message is a mail",
}
QUERIES = {  # what is asked of a page, where it shows more than without
    "/today": ("", "?by=urgency"),
    "/invoices/{invoice}": ("", "?upto=1"),
    "/find": ("?q=F", "?q=nothing"),
    "/playbook": ("", "?version=0"),
    "/portal/{tenant}": ("?show=all",),
    "/money": ("", "?only=out", "?only=in"),
    "/bank": ("", "?status=set+aside"),
    "/bank/{transaction}": ("", "?q=7002"),
    "/debtors/by-number": ("?number=D-7",),
}
ABOUT = {  # what an act is about
    "invoices": "invoice", "debtors": "debtor", "tasks": "task", "disputes": "case",
    "inbox": "received", "outbox": "message", "money": "money", "bank": "transaction",
}  # fmt: skip
ROUTES = [*every_look(create_app(""))]


def addresses(firm: FullFirm, area: str = "") -> list[str]:
    """Return the addresses of all pages, or those of an area: desk, portal or others."""
    return [
        address(firm, route) + query
        for route in ROUTES
        if route not in NO_PAGE and area in ("", area_of(route))
        for query in QUERIES.get(route, ("",))
    ]


def address(firm: FullFirm, route: str) -> str:
    """Fill in an address; an unknown part is one that nobody looks at yet."""
    kind = route.split("/")[1]
    ids = firm.ids | {
        "about": firm.ids.get(ABOUT.get(kind, ""), ""),
        "message": firm.ids["received" if kind == "inbox" else "message"],
        "token": {
            "a": lambda: firm.case_link(SAM, UUID(firm.ids["case"])).rpartition("/")[2],
            "i": lambda: firm.invoice_link().rpartition("/")[2],
            "sign-in": lambda: firm.desk.link("eva").rpartition("/")[2],
            "calendar": firm.calendar,
        }.get(kind, str)(),
        "tenant": "default",
        "template": "reminder",
    }
    return re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], route)


def area_of(route: str) -> str:
    kind = route.split("/")[1]
    return {"i": "portal", "portal": "portal"}.get(
        kind, "others" if kind in ("a", "contact", "sign-in", "calendar", "static") else "desk"
    )
