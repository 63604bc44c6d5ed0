"""A collector's morning in a real browser: by keys alone, without script, and after a crash."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGKILL

import httpx2
import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from api.http.auth.keys import Role
from ledger.facts.books import book_id
from support.chromium import DESKTOP, PHONE, QUIET, Window, chromium, window
from support.living_desk import LivingDesk, living_desk
from support.served import bearer, make_key
from support.waiting import wait_for

FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"
HALF, MESSAGE = "Half a sentence", "They pay 2026-103 on Friday."


@pytest.fixture
def morning(database: str) -> Iterator[LivingDesk]:
    """A desk with three overdue invoices, and a message that waits."""
    with living_desk(database, ("F-1", "F-2", "2026-103")) as desk:
        key = bearer(make_key(database, Role.COLLECTOR))
        with httpx2.Client(base_url=desk.at, headers=key, timeout=20) as http:
            assert http.get(f"/v1/invoices?at_least={desk.session.ledger.head()}").is_success
            assert http.post("/v1/inbox", json={"channel": "phone", "text": MESSAGE}).is_success
        yield desk


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Walk to what is wanted, as somebody without a mouse does."""
    for _ in range(60):
        if wanted.evaluate("at => at === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached")


def fill(page: Page, label: str, words: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(words)


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def press(page: Page, *keys: str) -> None:
    """Press keys as soon as the page knows them."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


def test_a_collector_works_a_whole_morning_by_keys_alone(
    chromium_browser: Browser, morning: LivingDesk
) -> None:
    with window(chromium_browser, morning.at) as opened:
        morning.enter(opened)
        page = opened.page
        toast = page.locator(".toast")
        press(page, "j", "c")
        fill(page, "What it was about", "They look for it. jkc")
        press(page, "Control+Enter")
        expect(toast).to_contain_text("They look for it. jkc")
        press(page, "p")
        fill(page, "They promise to pay on", "12122099")
        fill(page, "Who promised", "Claire")
        press(page, "Control+Enter")
        expect(toast).to_contain_text("Claire")
        press(page, "z")
        expect(toast).to_contain_text("withdrawn")
        press(page, "d")
        title(page, "Open a dispute")
        fill(page, "Reason", "Dam")
        fill(page, "In their words", "The door is broken.")
        press(page, "Control+Enter")
        expect(toast).to_contain_text("The door is broken.")

        press(page, "g", "i")
        title(page, "Inbox")
        press(page, "1")
        expect(page.locator(".empty")).to_contain_text("Nothing waits.")

        press(page, "/")
        page.keyboard.type("2026-103")
        press(page, "Enter")
        expect(page.locator("[data-row]")).to_have_count(1)
        press(page, "j", "Enter")
        title(page, "Invoice 2026-103")
        expect(page.locator(".timeline")).to_contain_text(MESSAGE)

        press(page, "?")
        title(page, "Keys of this page")
        tab_to(page, page.get_by_role("link", name="bram"))
        press(page, "Enter")
        tab_to(page, page.get_by_label("Keys of a single letter"))
        press(page, "Space")
        tab_to(page, page.get_by_role("button", name="Keep these settings"))
        press(page, "Enter")
        expect(page.get_by_text("Your settings are kept.")).to_be_visible()
        press(page, "g", "t", "?")
        title(page, "bram")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_collector_works_a_whole_morning_without_script(
    chromium_browser: Browser, morning: LivingDesk, viewport: dict[str, int]
) -> None:
    how = {"java_script_enabled": False, "viewport": viewport}
    with window(chromium_browser, morning.at, **how) as opened:
        morning.enter(opened)
        page, toast = opened.page, opened.page.locator(".toast")

        def act(key: str) -> None:
            """Open a file of the list, and press the button of an act."""
            opened.open("/today")
            page.locator("[data-row] .what a").first.click()
            page.locator(f".deed-bar [data-key={key}]").click()

        act("c")
        page.get_by_label("What it was about").fill("They look for it.")
        page.get_by_role("button", name="Log the call").click()
        expect(toast).to_contain_text("They look for it.")
        act("p")
        page.get_by_label("They promise to pay on").fill("2099-12-24")
        page.get_by_label("Who promised").fill("Claire")
        page.get_by_role("button", name="Record the promise").click()
        toast.get_by_role("button", name="Undo").click()
        expect(toast).to_contain_text("withdrawn")
        act("d")
        page.get_by_label("Reason").select_option("damaged")
        page.get_by_label("In their words").fill("The door is broken.")
        page.get_by_role("button", name="Show what it would do").click()
        expect(page.get_by_role("status")).to_contain_text("The door is broken.")
        page.get_by_role("button", name="Open the dispute").click()
        expect(toast).to_contain_text("The door is broken.")

        opened.open("/today")
        page.locator("[data-row] .tick input").first.check()
        expect(page.locator(".bulk")).to_be_visible()

        opened.open("/inbox")
        page.locator("[data-row] a").first.click()
        page.get_by_role("button", name="File under 2026-103").click()
        expect(page.locator(".empty")).to_contain_text("Nothing waits.")

        opened.open("/find?q=2026-103")
        page.locator("[data-row] a").click()
        title(page, "Invoice 2026-103")
        expect(page.locator(".timeline")).to_contain_text(MESSAGE)

        opened.open("/me")
        page.get_by_label("Keys of a single letter").uncheck()
        page.get_by_role("button", name="Keep these settings").click()
        expect(page.get_by_text("Your settings are kept.")).to_be_visible()


@contextmanager
def killed_browser(program: Browser, profile: Path) -> Iterator[Page]:
    """Start a browser that keeps its profile, and kill it at the end."""
    how = {"executable_path": chromium(), "args": [*QUIET], "locale": "en-GB"}
    context = program.browser_type.launch_persistent_context(profile, **how)  # type: ignore[arg-type]
    lock = os.readlink(profile / "SingletonLock")  # the machine, and the id of the process
    with suppress(Error):
        yield context.pages[0]
        os.kill(int(lock.rpartition("-")[2]), SIGKILL)
        context.close()


def test_half_typed_words_survive_a_reload_and_a_crash(
    chromium_browser: Browser, morning: LivingDesk, tmp_path: Path
) -> None:
    """What the browser has written to its disk is there again; it writes within seconds."""
    kept = tmp_path / "Default" / "Local Storage" / "leveldb"
    for typed in (HALF, ""):
        with killed_browser(chromium_browser, tmp_path) as page:
            morning.enter(Window(page, morning.at))
            page.goto(f"{morning.at}{FILE}/notes?back={FILE}")
            note = page.get_by_label("Note")
            if typed:
                note.fill(typed)
                page.reload()
                expect(note).to_have_value(HALF)
                wait_for(
                    lambda: any(HALF.encode() in log.read_bytes() for log in kept.glob("*.log"))
                )
            else:
                expect(note).to_have_value(HALF)
                page.get_by_role("button", name="Add the note").click()
                expect(page.locator(".timeline")).to_contain_text(HALF)
