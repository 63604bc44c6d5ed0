"""Two browsers at once: what others do appears, and nothing that somebody edits is changed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from commands.invoices.contacts import AddNote
from ledger.facts.books import book_id
from support.chromium import run_browser, window
from support.living_desk import LivingDesk, living_desk

FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"


@pytest.fixture(scope="module")
def live_browser() -> Iterator[Browser]:
    with run_browser() as browser:
        yield browser


@pytest.fixture
def live_desk(database: str) -> Iterator[LivingDesk]:
    """A firm with three overdue invoices."""
    with living_desk(database) as desk:
        yield desk


def put_aside(page: Page, number: str) -> None:
    """Postpone the task of an invoice, from the list."""
    page.locator("[data-row]", has_text=number).locator(".what a").focus()
    page.keyboard.press("s")
    page.get_by_label("Why").fill("Fair week")
    page.get_by_role("button", name="Put aside").click()
    expect(page.locator(".toast")).to_contain_text("Fair week")


def test_a_row_that_somebody_else_put_aside_leaves_the_list(
    live_browser: Browser, live_desk: LivingDesk
) -> None:
    with (
        window(live_browser, live_desk.at) as mine,
        window(live_browser, live_desk.at) as theirs,
    ):
        live_desk.enter(mine)
        live_desk.enter(theirs, "carla")
        page = mine.page
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator("[data-row][aria-current=true] .no")).to_have_text("F-2")
        put_aside(theirs.page, "F-2")
        expect(page.locator("[data-row]")).to_have_count(2)
        expect(page.locator(".side a[href='/today'] .count")).to_have_text("2")
        expect(page.locator(".page-head .sub")).to_contain_text("2 to do")
        expect(page.locator("[data-row][aria-current=true] .no")).to_have_text("F-3")
        expect(page.locator("[data-row][aria-current=true] .what a")).to_be_focused()


def test_a_row_that_is_chosen_stays_and_says_who_changed_it(
    live_browser: Browser, live_desk: LivingDesk
) -> None:
    with (
        window(live_browser, live_desk.at) as mine,
        window(live_browser, live_desk.at) as theirs,
    ):
        live_desk.enter(mine)
        live_desk.enter(theirs, "carla")
        page = mine.page
        chosen = page.locator("[data-row]", has_text="F-2")
        chosen.locator(".tick input").check()
        put_aside(theirs.page, "F-2")
        note = chosen.locator(".changed-note")
        expect(note).to_contain_text("Changed by carla.")
        expect(chosen.locator(".tick input")).to_be_checked()
        note.get_by_role("button", name="Show").click()
        expect(page.locator("[data-row]")).to_have_count(2)


def test_a_form_that_is_filled_in_is_left_and_says_who_changed_the_file(
    live_browser: Browser, live_desk: LivingDesk
) -> None:
    with (
        window(live_browser, live_desk.at) as mine,
        window(live_browser, live_desk.at) as theirs,
    ):
        live_desk.enter(mine)
        live_desk.enter(theirs, "carla")
        page = mine.open(f"{FILE}/notes?back={FILE}")
        page.get_by_label("Note").fill("Half a sen")
        put_aside(theirs.page, "F-1")
        note = page.locator(".changed-note")
        expect(note).to_contain_text("Changed by carla.")
        expect(page.get_by_label("Note")).to_have_value("Half a sen")
        expect(page.get_by_label("Note")).to_be_focused()
        note.get_by_role("button", name="Show").click()
        expect(page.locator(".timeline")).to_contain_text("Fair week")
        page.locator(".crumbs a").click()
        expect(page.get_by_label("Note")).to_have_value("Half a sen")


def test_an_open_file_grows_while_it_is_read(live_browser: Browser, live_desk: LivingDesk) -> None:
    with window(live_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.open(FILE)
        page.locator("details.raw summary").first.click()
        live_desk.record(AddNote(invoice="F-1", text="Ask for Claire."))
        expect(page.locator(".timeline")).to_contain_text("Ask for Claire.")
