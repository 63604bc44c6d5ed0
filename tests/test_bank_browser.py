"""The bank in a real browser: dropped, accepted by a key, undone, and the same without script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.http.auth.keys import Role
from support.bookings import Booking, mt940
from support.chromium import Window, run_browser, window
from support.creditor import debtor, invoice
from support.living_desk import LivingDesk, living_desk
from support.postgres import new_database

FILE = mt940([
    Booking("100.00", "factuur 2026-9OO1", "Holding Smit", ""),
    Booking("200.00", "factuur 2026-9OO2", "Holding De Wit", ""),
])  # fmt: skip


@pytest.fixture
def bank_desk(postgres: str, tmp_path: Path) -> Iterator[tuple[LivingDesk, Path]]:
    """Two open invoices, and a file in which both are misspelt."""
    path = tmp_path / "march.sta"
    path.write_bytes(FILE)
    with new_database(postgres) as url, living_desk(url, numbers=()) as desk:
        desk.record(debtor(), invoice("2026-9001", 100), invoice("2026-9002", 200))
        desk.add("tessa", Role.COLLECTOR)
        yield desk, path


def drops(opened: Window, file: Path) -> None:
    page = opened.open("/bank/statements")
    page.get_by_label("Bank files").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 new, 0 seen before")).to_be_visible()
    page.get_by_role("link", name="Look at what waits").click()
    expect(page.get_by_role("heading", name="From the bank")).to_be_visible()


def test_the_keyboard_accepts_and_undoes(bank_desk: tuple[LivingDesk, Path]) -> None:
    desk, file = bank_desk
    with run_browser() as browser, window(browser, desk.at) as opened:
        desk.enter(opened, "tessa")
        drops(opened, file)
        page = opened.page
        first, second = page.locator("article h2").all_inner_texts()
        page.keyboard.press("j")
        page.keyboard.press("1")
        expect(page.get_by_role("status")).to_contain_text("Allocated to 2026-900")
        expect(page.get_by_role("heading", name=first)).to_have_count(0)
        page.keyboard.press("z")
        expect(page.get_by_role("status")).to_contain_text("the transaction waits again")
        expect(page.get_by_role("heading", name=first)).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(page.get_by_role("heading", name="Set aside")).to_be_visible()
        page.get_by_label("Why").fill("An own transfer.")
        page.get_by_role("button", name="Set it aside").click()
        expect(page.get_by_role("status")).to_contain_text("Set aside.")
        expect(page.get_by_role("heading", name=second)).to_have_count(0)


def test_all_of_it_is_there_without_script(bank_desk: tuple[LivingDesk, Path]) -> None:
    desk, file = bank_desk
    with run_browser() as browser, window(browser, desk.at, java_script_enabled=False) as opened:
        desk.enter(opened, "tessa")
        drops(opened, file)
        page = opened.page
        row = page.locator("article").filter(has_text="Holding Smit")
        row.get_by_role("button", name=re.compile("^Allocate")).click()
        expect(page.get_by_text("Allocated to 2026-9001.")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("heading", name="Holding Smit")).to_be_visible()
        row.get_by_role("link", name="Choose invoices…").click()
        page.get_by_label("Find open invoices").fill("2026-9002")
        page.get_by_role("button", name="Find", exact=True).last.click()
        page.get_by_role("button", name="Allocate 100.00").click()
        expect(page.get_by_text("Allocated to 2026-9002.")).to_be_visible()
