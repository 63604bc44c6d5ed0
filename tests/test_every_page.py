"""Every page in a real browser, in light, dark, on a desktop and on a phone: anybody can use it.

The pages are the routes of the application: a new one is looked at, or fails here.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from api.http.auth.keys import Role
from support.chromium import Window, look_at, window
from support.disputing import SAM
from support.every_page import addresses
from support.full_firm import ROWS, FullFirm, full_firm
from support.postgres import new_database


@pytest.fixture(scope="module")
def whole_firm(postgres: str, chromium_browser: Browser) -> Iterator[tuple[Window, FullFirm]]:
    """An administrator whom a dispute is asked of, at a desk with a draft of an import."""
    with (
        new_database(postgres) as url,
        full_firm(url) as firm,
        window(chromium_browser, firm.desk.at) as opened,
    ):
        firm.ids["person"] = str(firm.desk.add("eva", Role.ADMIN, email=SAM).person_id)
        firm.desk.enter(opened, "eva")
        opened.page.context.add_cookies([firm.debtor_cookie()])
        page = opened.open("/import")
        page.get_by_label("paste rows").fill(ROWS)
        page.get_by_role("button", name="Continue to the columns").click()
        firm.ids["draft"] = page.url.rpartition("/")[2]
        page.get_by_role("button", name="Check all lines").click()
        expect(page.get_by_role("button", name="Import 1 line")).to_be_visible()
        yield opened, firm


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
    for path in addresses(firm, area):
        found += looked_at(opened, path)
    assert not found, "\n".join(found)
    assert opened.complaints == []
