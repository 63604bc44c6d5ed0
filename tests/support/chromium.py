"""A real browser on a real server: what it complains about fails the test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
AXE = Axe()
IN_THE_LIGHT = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
IN_THE_DARK = "axe.run({runOnly: ['color-contrast']}).then(found => found.violations)"
UNFOLD = "for (const d of document.querySelectorAll('details')) { d.name = ''; d.open = true }"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 60_000  # milliseconds: the machine may be busy
expect.set_options(timeout=PATIENCE)


@dataclass
class Window:
    """A window of a browser, and what it complained about."""

    page: Page
    at: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.at + path)
        return self.page

    def watch(self) -> None:
        """Note errors on the console, of scripts and of the policy, and requests elsewhere."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        expected = "the server responded with a status of 4"
        if message.type in ("error", "warning") and expected not in message.text:
            self.complaints.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.at, "data:")):
            self.complaints.append(f"a request to {request.url}")


def chromium() -> str:
    """Return the program; skip the test where there is none."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("NO CHROMIUM: the desk is not looked at (apt-get install chromium)")
    return found


@contextmanager
def run_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser: Browser, at: str, **how: Any) -> Iterator[Window]:
    """Open a window; fail when the browser complained about anything in it."""
    context = browser.new_context(
        **({"viewport": DESKTOP, "locale": "en-GB", "reduced_motion": "reduce"} | how)
    )
    context.set_default_timeout(PATIENCE)
    opened = Window(context.new_page(), at)
    opened.watch()
    try:
        yield opened
    finally:
        context.close()
    assert not opened.complaints, opened.complaints


def faults_of(page: Page) -> list[str]:
    """Return what keeps people from using a page: in the light, and in the colours of the dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(IN_THE_LIGHT)
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(IN_THE_DARK)
    page.emulate_media(color_scheme="light")
    return [
        f"{fault['id']} {[node['html'][:120] for node in fault['nodes'][:2]]}" for fault in found
    ]


def look_at(page: Page) -> list[str]:
    """Return the faults of a page, with all that unfolds: on a desktop and on a phone."""
    page.evaluate(UNFOLD)
    found = list[str]()
    for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        faults = faults_of(page) + ["scrolls sideways"] * scrolls_sideways(page)
        found += [f"{page.url} on a {name}: {fault}" for fault in faults]
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return found


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))
