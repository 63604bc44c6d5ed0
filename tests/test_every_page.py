"""Every page in a real browser, in light, dark, on a desktop and on a phone: anybody can use it.

The pages are the routes of the application: a new one is looked at, or fails here.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import expect

from api.app import create_app
from api.http.auth.keys import Role
from support.chromium import Window, look_at, run_browser, window
from support.disputing import SAM
from support.full_firm import ROWS, FullFirm, full_firm
from support.postgres import new_database
from support.routes import every_look

NO_PAGE = {  # what a browser opens and nobody looks at
    "/live": "a stream",
    "/sign-in/with/{provider}": "leads to a provider",
    "/sign-in/with/{provider}/return": "comes from a provider",
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


@pytest.fixture(scope="module")
def whole_firm(postgres: str) -> Iterator[tuple[Window, FullFirm]]:
    """An administrator whom a dispute is asked of, at a desk with a draft of an import."""
    with (
        new_database(postgres) as url,
        full_firm(url) as firm,
        run_browser() as browser,
        window(browser, firm.desk.at) as opened,
    ):
        firm.desk.add("eva", Role.ADMIN, email=SAM)
        firm.desk.enter(opened, "eva")
        opened.page.context.add_cookies([firm.debtor_cookie()])
        page = opened.open("/import")
        page.get_by_label("paste rows").fill(ROWS)
        page.get_by_role("button", name="Continue to the columns").click()
        firm.ids["draft"] = page.url.rpartition("/")[2]
        page.get_by_role("button", name="Check all lines").click()
        expect(page.get_by_role("button", name="Import 1 line")).to_be_visible()
        yield opened, firm


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


def looked_at(opened: Window, path: str) -> list[str]:
    """Return the faults of a page; a file has none, and is not shown."""
    answer = opened.page.request.get(opened.at + path, max_redirects=0)
    if answer.status != 200:
        return [] if answer.status == 303 else [f"{path}: {answer.status}"]
    if not answer.headers["content-type"].startswith("text/html"):
        return []
    return look_at(opened.open(path))


@pytest.mark.parametrize("area", ["desk", "portal", "others"])
def test_anybody_can_use_every_page(whole_firm: tuple[Window, FullFirm], area: str) -> None:
    opened, firm = whole_firm
    found = list[str]()
    for route in ROUTES:
        if route not in NO_PAGE and area_of(route) == area:
            for query in QUERIES.get(route, ("",)):
                found += looked_at(opened, address(firm, route) + query)
    assert not found, "\n".join(found)
    assert opened.complaints == []


def area_of(route: str) -> str:
    kind = route.split("/")[1]
    return {"i": "portal", "portal": "portal"}.get(
        kind, "others" if kind in ("a", "contact", "sign-in", "calendar", "static") else "desk"
    )
