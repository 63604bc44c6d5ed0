"""Two browsers at once: what others do appears, and nothing that somebody edits is changed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from commands.invoices.contacts import AddNote
from ledger.facts.books import book_id
from ledger.facts.invoice.follow_up import ItemDone
from support.chromium import window
from support.living_desk import LivingDesk, living_desk

FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"


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
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with live_desk.two_windows(chromium_browser) as (mine, theirs):
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
        expect(page.locator(".changed")).to_have_count(0)  # no other row is another


def test_a_row_that_is_chosen_stays_and_says_who_changed_it(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with live_desk.two_windows(chromium_browser) as (mine, theirs):
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
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with live_desk.two_windows(chromium_browser) as (mine, theirs):
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


def test_two_who_do_the_same_task_record_it_once(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with live_desk.two_windows(chromium_browser) as (mine, theirs):
        for opened, name in ((mine, "bram"), (theirs, "carla")):
            opened.page.locator("[data-row]", has_text="F-1").locator(".what a").focus()
            opened.page.keyboard.press("e")
            opened.page.get_by_label("What came of it").fill(f"Paid, says {name}")
        mine.page.keyboard.press("Control+Enter")
        expect(mine.page.locator(".toast")).to_contain_text("Paid, says bram")
        expect(theirs.page.locator(".changed-note")).to_contain_text("Changed by bram.")
        theirs.page.keyboard.press("Control+Enter")
        expect(theirs.page.get_by_role("alert")).to_be_visible()
        expect(theirs.page.get_by_label("What came of it")).to_have_value("Paid, says carla")
    book = live_desk.session.ledger.history(book_id("default", "invoice", "F-1"))
    assert [entry.by for entry in book if isinstance(entry.event, ItemDone)] == ["bram"]


def test_an_open_file_grows_while_it_is_read(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.open(FILE)
        page.locator("details.raw summary").first.click()
        live_desk.record(AddNote(invoice="F-1", text="Ask for Claire."))
        expect(page.locator(".timeline")).to_contain_text("Ask for Claire.")


def cursor(page: Page) -> str:
    """Return the number of the row on which the cursor stands, with focus."""
    here = page.locator("[data-row][aria-current=true]")
    expect(here.locator("a[href]").first).to_be_focused()
    return here.locator(".no").inner_text()


def done(page: Page) -> None:
    """Mark the task under the cursor as done, by keys alone."""
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mark as done")
    page.keyboard.press("Tab")
    page.get_by_label("What came of it").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_be_visible()


def test_after_an_act_the_cursor_is_on_the_next_row_and_z_undoes(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.page
        page.keyboard.press("j")
        assert cursor(page) == "F-1"
        done(page)
        assert cursor(page) == "F-2"
        page.keyboard.press("z")
        expect(page.locator(".toast")).to_contain_text("taken up again")
        assert cursor(page) == "F-1"
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert cursor(page) == "F-3"
        done(page)
        assert cursor(page) == "F-2", "it was the last"
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Invoice F-2")
        page.keyboard.press("Escape")
        assert cursor(page) == "F-2", "nothing was done"


def test_in_a_file_the_same_keys_lead_on_and_act(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.page
        title = page.get_by_role("heading", level=1)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(title).to_have_text("Invoice F-1")
        expect(page.locator(".crumbs")).to_contain_text("1 of 3")
        expect(page.get_by_label("The one before")).to_have_count(0)
        page.keyboard.press("j")
        expect(title).to_have_text("Invoice F-2")
        expect(page.locator(".crumbs")).to_contain_text("2 of 3")
        page.keyboard.press("k")
        expect(title).to_have_text("Invoice F-1")
        page.keyboard.press("j")
        expect(title).to_have_text("Invoice F-2")
        page.keyboard.press("s")
        page.get_by_label("Why").fill("Fair week")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".toast")).to_contain_text("Fair week")
        assert cursor(page) == "F-3"


def test_shift_takes_a_range_and_all_that_match_can_be_worked_through(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.page
        boxes = page.locator("[data-row] .tick input")
        boxes.nth(0).click()
        boxes.nth(2).click(modifiers=["Shift"])
        expect(page.locator("[data-row] .tick input:checked")).to_have_count(3)
        boxes.nth(0).click()
        boxes.nth(1).click(modifiers=["Shift"])
        expect(page.locator("[data-row] .tick input:checked")).to_have_count(1)
        page.reload()
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("Shift+X")
        expect(page.locator("[data-row] .tick input:checked")).to_have_count(2)
        page.get_by_label("All 3 that match").check()
        page.locator(".bulk").get_by_role("button", name="Hold").click()
        expect(page.locator(".sub")).to_contain_text("3 tasks")
        page.get_by_label("Why").fill("Fair week")
        page.get_by_role("button", name="Show what it would record").click()
        expect(page.get_by_role("status")).to_contain_text("3 recorded")
        page.get_by_role("button", name="Hold follow-up").click()
        expect(page.locator(".badge.paid")).to_have_count(3)
        page.keyboard.press("z")
        expect(page.locator(".badge.paid")).to_have_count(3)
        expect(page.get_by_role("heading", level=1)).to_have_text("Undo")


def test_letters_are_dead_for_a_person_who_switched_them_off(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.open("/me")
        page.get_by_label("Keys of a single letter").uncheck()
        page.get_by_role("button", name="Keep these settings").click()
        page = mine.open("/today")
        page.keyboard.press("j")
        page.keyboard.press("?")
        expect(page.locator("[data-row][aria-current=true]")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
        page.keyboard.press("ArrowDown")
        assert cursor(page) == "F-1", "an arrow is no letter"


def test_a_draft_survives_until_the_server_has_it(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.open(f"{FILE}/promises?back={FILE}")
        page.get_by_label("They promise to pay on").fill("2020-01-01")
        page.get_by_label("Who promised").fill("Claire")
        page.get_by_role("button", name="Record the promise").click()
        expect(page.get_by_role("alert")).to_be_visible()
        context = page.context
        page.close()
        page = context.new_page()
        page.goto(f"{live_desk.at}{FILE}/promises?back={FILE}")
        expect(page.get_by_label("Who promised")).to_have_value("Claire")
        expect(page.get_by_label("They promise to pay on")).to_have_value("2020-01-01")
        page.get_by_label("They promise to pay on").fill("2099-01-01")
        page.get_by_role("button", name="Record the promise").click()
        expect(page.locator(".toast")).to_contain_text("Claire")
        page.goto(f"{live_desk.at}{FILE}/promises?back={FILE}")
        expect(page.get_by_label("Who promised")).to_have_value("")
        page.get_by_label("Who promised").fill("Paul")
        page.goto(f"{live_desk.at}/me")
        page.get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(f"{live_desk.at}/sign-in")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_draft_keeps_each_box_that_was_ticked(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.open(f"{FILE}/disputes?back={FILE}")
        page.get_by_label("F-3", exact=True).check()
        page.get_by_label("F-1", exact=True).uncheck()
        page.reload()
        boxes = page.locator("[name=invoice]")
        values = boxes.evaluate_all("found => found.map(box => [box.value, box.checked])")
        assert sorted(values) == [["F-1", False], ["F-2", False], ["F-3", True]]


def test_what_many_tasks_were_given_is_no_draft_for_the_next(
    chromium_browser: Browser, live_desk: LivingDesk
) -> None:
    with window(chromium_browser, live_desk.at) as mine:
        live_desk.enter(mine)
        page = mine.page
        for why in ("Fair week", ""):
            page.locator("[data-row] .tick input").last.check()
            page.locator(".bulk").get_by_role("button", name="Put aside").click()
            if why:
                page.get_by_label("Why").fill(why)
                page.get_by_role("button", name="Put aside").click()
                expect(page.locator(".badge.paid")).to_have_count(1)
                mine.open("/today")
        expect(page.get_by_label("Why")).to_have_value("")
