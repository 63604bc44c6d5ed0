"""The desk in a real browser: by keyboard alone, without script, on a phone, and for everybody."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from api.http.auth.keys import Role
from ledger.facts.books import book_id
from support.chromium import (
    DESKTOP,
    PHONE,
    Window,
    faults_of,
    run_browser,
    scrolls_sideways,
    window,
)
from support.cli import CliUser
from support.desk import sign_in_link
from support.served import Served, serving

FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"
DEBTOR = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
SCREENS = (
    *("/today", "/today?by=urgency", FILE, f"{FILE}?upto=1", DEBTOR, "/debtors", "/invoices"),
    *("/today/aside", "/since"),
    *("/disputes", "/inbox", "/outbox", "/find?q=F", "/me", "/keys", "/money"),
    *("/playbook", "/playbook?version=0", "/texts", "/texts/reminder?language=nl"),
    *("/import", f"{DEBTOR}/statement"),
    *("/reports", "/reports/rows", "/reports/disputes", "/reports/cycle-times"),
    *(f"{FILE}/calls", f"{FILE}/disputes", f"{FILE}/holds", f"{DEBTOR}/notes"),
)
OF_ADMINS = (
    *("/playbook/draft", "/admin", "/admin/keys", "/admin/sessions", "/admin/system"),
    "/admin/imports",
)


@pytest.fixture(scope="module")
def chromium_browser() -> Iterator[Browser]:
    with run_browser() as browser:
        yield browser


@pytest.fixture
def desk_server(cli: CliUser, database: str) -> Iterator[tuple[Served, str]]:
    """A server with three overdue invoices and a message, and the address of its database."""
    cli("record", "register-debtor", "--debtor", "D-7", "--name", "Bakkerij Jansen").ok()
    for number in ("F-1", "F-2", "F-3"):
        cli.record("register-invoice", invoice=number, amount="1210", due_on="2026-02-01",
                   on="2026-01-02", debtor="D-7").ok()  # fmt: skip
    cli("inbox", "add", "--channel", "phone", "--text", "Where is my money?").ok()
    with serving(cli) as served:
        yield served, database


def enter(
    opened: Window, url: str, served: Served, name: str = "bram", role: Role = Role.COLLECTOR
) -> None:
    opened.open(sign_in_link(url, name, role))
    opened.page.get_by_role("button", name="Sign in").click()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Today")
    expect(opened.page.locator("[data-row]")).to_have_count(4)


def test_a_collector_works_by_keyboard_alone(
    chromium_browser: Browser, desk_server: tuple[Served, str]
) -> None:
    served, url = desk_server
    with window(chromium_browser, served.at) as opened:
        enter(opened, url, served)
        page = opened.page
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator("[data-row][aria-current=true] .no")).to_have_text("F-2")
        page.keyboard.press("c")
        expect(page.get_by_role("heading", level=1)).to_have_text("Log a call")
        page.get_by_label("What it was about").focus()
        page.keyboard.type("Pays on Friday. jkc")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".toast")).to_contain_text("Pays on Friday. jkc")
        page.keyboard.press("/")
        page.keyboard.type("F-3")
        page.keyboard.press("Enter")
        expect(page.locator("[data-row]")).to_have_count(1)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Invoice F-3")
        page.keyboard.press("g")
        page.keyboard.press("i")
        expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")


def test_half_typed_words_survive_a_reload(
    chromium_browser: Browser, desk_server: tuple[Served, str]
) -> None:
    served, url = desk_server
    with window(chromium_browser, served.at) as opened:
        enter(opened, url, served)
        page = opened.open(f"{FILE}/notes?back={FILE}")
        page.get_by_label("Note").fill("Half a sen")
        page.reload()
        expect(page.get_by_label("Note")).to_have_value("Half a sen")
        page.get_by_role("button", name="Add the note").click()
        expect(page.locator(".timeline")).to_contain_text("Half a sen")
        opened.open(f"{FILE}/notes")
        expect(page.get_by_label("Note")).to_have_value("")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_without_script_every_act_works(
    chromium_browser: Browser, desk_server: tuple[Served, str], viewport: dict[str, int]
) -> None:
    served, url = desk_server
    how = {"java_script_enabled": False, "viewport": viewport}
    with window(chromium_browser, served.at, **how) as opened:
        enter(opened, url, served)
        page = opened.page
        page.locator("[data-row] .tick input").first.check()
        expect(page.locator(".bulk")).to_be_visible()
        page.locator("[data-row] .what a").first.click()
        page.locator(".deed-bar [data-key=d]").click()
        page.get_by_label("Reason").select_option("damaged")
        page.get_by_label("In their words").fill("The door is broken.")
        page.get_by_role("button", name="Show what it would do").click()
        expect(page.get_by_role("status")).to_contain_text("The door is broken.")
        page.get_by_role("button", name="Open the dispute").click()
        expect(page.locator(".toast")).to_contain_text("The door is broken.")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_any_screen(
    chromium_browser: Browser, desk_server: tuple[Served, str], viewport: dict[str, int]
) -> None:
    served, url = desk_server
    found = list[str]()
    with window(chromium_browser, served.at, viewport=viewport) as opened:
        found += faults_of(opened.open("/sign-in"))
        enter(opened, url, served, name="eva", role=Role.ADMIN)
        for path in (*SCREENS, *OF_ADMINS):
            page = opened.open(path)
            found += [f"{path}: {fault}" for fault in faults_of(page)]
            found += [f"{path}: scrolls sideways"] if scrolls_sideways(page) else []
    assert found == []


def test_an_administrator_changes_the_rules_on_a_phone(
    chromium_browser: Browser, desk_server: tuple[Served, str]
) -> None:
    served, url = desk_server
    axe = Axe()
    with window(chromium_browser, served.at, viewport=PHONE) as opened:
        enter(opened, url, served, name="eva", role=Role.ADMIN)
        page = opened.open("/playbook/draft")
        rules = page.get_by_label("Rules", exact=True)
        text = rules.input_value()
        rules.fill(text.replace("after_due: 3", "after_due: many"))
        page.get_by_role("button", name="Simulate").click()
        expect(page.get_by_role("alert")).to_contain_text("a whole number")
        assert axe.run(page).response["violations"] == []
        page.get_by_label("Rules", exact=True).fill(text.replace("after_due: 3", "after_due: 6"))
        page.get_by_role("button", name="Simulate").click()
        expect(page.locator(".trial")).to_contain_text("Would be sent")
        assert axe.run(page).response["violations"] == []
        page.get_by_role("button", name="Apply from today").click()
        expect(page.locator(".toast")).to_have_text("Version 1 is in force.")
        page = opened.open("/admin")
        page.get_by_role("button", name="Make a link for eva").click()
        expect(page.locator(".secret")).to_contain_text("/sign-in/link/default.")
        assert axe.run(page).response["violations"] == []
