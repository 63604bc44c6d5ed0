"""Take pictures of the desk and the portal on the last day of the demo's year, in a browser."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from api.app import create_app
from api.http.auth import people, sign_in
from api.links.link import InvoiceLink
from api.links.tokens import token as token_of
from api.session import database_url
from ledger.database.pool import open_pool
from ledger.facts.books import DEBTOR, book_id, replay
from ledger.facts.books import INVOICE as INVOICE_BOOK
from ledger.store.ledger import Ledger

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
DOSSIER = (sys.executable, "-c", "from api.cli import main; main()")
TENANT, NOW = "demo", datetime(2026, 6, 30, 14, 5, tzinfo=UTC)
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
INVOICE = f"/invoices/{book_id(TENANT, 'invoice', '2026-1229')}"
OWED = book_id(TENANT, "invoice", "2026-1206")
PICTURES = (  # name, path, viewport, scheme
    ("today", "/today", DESKTOP, "light"),
    ("today-dark", "/today", DESKTOP, "dark"),
    ("today-phone", "/today", PHONE, "light"),
    ("invoice", INVOICE, DESKTOP, "light"),
    ("dispute", f"{INVOICE}/disputes", DESKTOP, "light"),
    ("inbox", "/inbox", DESKTOP, "light"),
)


def main() -> None:
    program = shutil.which("chromium")
    if program is None:
        sys.exit("There is no Chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DOSSIER_HOME": home, "DOSSIER_PORTAL": TENANT}
        demo = [*DOSSIER, "demo", "--to", f"{home}/handoff"]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        with serving(database_url()) as at, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            take(browser, at, token())
            take_portal(browser, at)
            browser.close()
        subprocess.run([*DOSSIER, "stop"], check=False)


@contextmanager
def serving(url: str) -> Iterator[str]:
    """Serve the demo at ``NOW``, and yield the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(url, lambda: NOW, with_worker=False), log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.1)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def token() -> str:
    """Return the token of a link that signs the collector in."""
    with open_pool(database_url(), size=1) as pool, pool.connection() as conn:
        [bram] = people.named(TENANT, "bram").fetch(conn)
        return sign_in.link_token(conn, bram, NOW)


def take(browser: Browser, at: str, token: str) -> None:
    """Sign in, and write each picture."""
    FOLDER.mkdir(exist_ok=True)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{at}/sign-in/link/{token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today")
    state = context.storage_state()
    for name, path, viewport, scheme in PICTURES:
        how = {"viewport": viewport, "color_scheme": scheme, "storage_state": state}
        picture = browser.new_context(**how).new_page()  # type: ignore[arg-type]
        picture.goto(at + path)
        picture.screenshot(path=FOLDER / f"{name}.png")


def take_portal(browser: Browser, at: str) -> None:
    """Write the picture of an invoice as its debtor sees it, by a link of our messages."""
    with open_pool(database_url(), size=1) as pool:
        ledger = Ledger(pool, TENANT)
        number = replay(INVOICE_BOOK, OWED, ledger.history(OWED)).state.debtor
        address = str(ledger.book(DEBTOR, number).state.email)
        link = token_of(pool, InvoiceLink(TENANT, OWED, number, address), NOW)
        ledger.close()
    picture = browser.new_context(viewport=PHONE, locale="en-GB").new_page()  # type: ignore[arg-type]
    picture.goto(f"{at}/i/{link}")
    picture.screenshot(path=FOLDER / "portal.png")


if __name__ == "__main__":
    main()
