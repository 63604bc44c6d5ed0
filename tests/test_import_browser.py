"""Imports in a real browser: without script, on a phone, and checked by axe at each step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.http.auth.keys import Role
from support.chromium import DESKTOP, PHONE, window
from support.cli import CliUser
from support.desk import sign_in_link
from support.served import Served, serving

LIST = (
    "Invoice number,Customer,Open amount,Invoice date,Due date,Kind\n"
    "F-1,D-7,1210.00,2026-01-05,2026-02-04,bill\n"
    "F-2,D-7,much,2026-01-06,2026-02-05,bill\n"
)


@pytest.fixture
def import_server(cli: CliUser, database: str) -> Iterator[tuple[Served, str]]:
    cli("record", "register-debtor", "--debtor", "D-7", "--name", "Bakkerij Jansen").ok()
    with serving(cli) as running:
        yield running, database


def faults_of(page: Page) -> list[str]:
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        found.append("scrolls sideways")
    return found


@pytest.mark.parametrize(
    ("viewport", "scheme", "script"),
    [(DESKTOP, "light", True), (PHONE, "dark", True), (DESKTOP, "light", False)],
)
def test_a_file_is_dropped_read_checked_and_imported(
    chromium_browser: Browser,
    import_server: tuple[Served, str],
    tmp_path: Path,
    viewport: dict[str, int],
    scheme: str,
    script: bool,
) -> None:
    file, found = tmp_path / "list.csv", list[str]()
    file.write_text(LIST, "utf-8")
    server, url = import_server
    how = {"viewport": viewport, "color_scheme": scheme, "java_script_enabled": script}
    with window(chromium_browser, server.at, **how) as opened:
        opened.open(sign_in_link(url, "bram", Role.COLLECTOR))
        opened.page.get_by_role("button", name="Sign in").click()
        page = opened.open("/import")
        found += faults_of(page) if script else []
        page.get_by_label("A file").set_input_files(file)
        page.get_by_role("button", name="Continue to the columns").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("list.csv")
        page.get_by_text("More columns").click()
        page.get_by_label("Kind of line").select_option("Kind")
        page.get_by_role("button", name="Show the first rows again").last.click()
        page.get_by_label("bill").select_option("invoice")
        found += faults_of(page) if script else []
        page.get_by_role("button", name="Show the first rows again").last.click()
        expect(page.locator(".rows")).to_contain_text("'much' is not an amount")
        page.get_by_role("button", name="Check all lines").click()
        expect(page.get_by_role("button", name="Import 1 line")).to_be_visible()
        found += faults_of(page) if script else []
        page.get_by_role("button", name="Import 1 line").click()
        expect(page.get_by_text("1 line was imported.")).to_be_visible()
        found += faults_of(page) if script else []
        with page.expect_download() as download:
            page.get_by_role("link", name="Download to mend").click()
        assert "F-2,D-7,much" in Path(download.value.path()).read_text("utf-8-sig")
    assert found == []
