"""A debtor's statement, documents in place, our texts and a message, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.demo.sample_documents import pdf
from api.http.auth.keys import Role
from ledger.facts.books import book_id
from support.chromium import DESKTOP, PHONE, window
from support.cli import CliUser
from support.desk import sign_in_link
from support.served import Served, serving

DEBTOR = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"


@pytest.fixture
def debtor_server(cli: CliUser, database: str, tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """A server with a debtor, a document, and an invoice that the clock does not ask for."""
    paper = tmp_path / "proof.pdf"
    paper.write_bytes(pdf("proof.pdf", "Proof of delivery").content)
    rules = tmp_path / "rules.yaml"
    rules.write_text(cli("playbook", "show").ok().out, "utf-8")
    cli("playbook", "apply", str(rules)).ok()
    cli("record", "register-debtor", "--debtor", "D-7", "--name", "Bakkerij Jansen",
        "--email", "jo@jansen.example", "--address", "Dorp", "--language", "en").ok()  # fmt: skip
    cli.record("register-invoice", invoice="F-1", amount="1210", due_on="2099-02-01",
               on="2026-01-02", debtor="D-7").ok()  # fmt: skip
    cli("record", "attach-document", "--invoice", "F-1", "--file", str(paper)).ok()
    with serving(cli) as running:
        yield running, database


def faults_of(page: Page, where: str) -> list[str]:
    found = [f"{where}: {fault['id']}" for fault in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        found.append(f"{where}: scrolls sideways")
    return found


@pytest.mark.parametrize(
    ("viewport", "scheme", "script"),
    [(DESKTOP, "dark", True), (PHONE, "light", True), (DESKTOP, "light", False)],
)
def test_an_administrator_reads_writes_and_sends(
    chromium_browser: Browser,
    debtor_server: tuple[Served, str],
    viewport: dict[str, int],
    scheme: str,
    script: bool,
) -> None:
    server, url = debtor_server
    found = list[str]()

    def look(where: str) -> None:
        found.extend(faults_of(page, where) if script else [])

    how = {"viewport": viewport, "color_scheme": scheme, "java_script_enabled": script}
    with window(chromium_browser, server.at, **how) as opened:
        opened.open(sign_in_link(url, "eva", Role.ADMIN))
        opened.page.get_by_role("button", name="Sign in").click()
        page = opened.open(FILE)
        page.locator("details.file summary").click()
        expect(page.locator(".leaf")).to_be_visible()
        look("file")
        page.get_by_role("link", name="Show proof.pdf").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("proof.pdf")
        look("document")
        page = opened.open("/texts/reminder?language=en")
        page.get_by_label("Subject").fill("Please pay #invoices")
        page.get_by_label("Text", exact=True).fill("Dear #customer_name, #nonsense")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("alert")).to_contain_text("Line 1: There is no placeholder")
        look("text with a fault")
        text = "Dear #customer_name,\n\n#items_list_selected"
        page.get_by_label("Text", exact=True).fill(text)
        page.get_by_label("Preview with invoice").fill("F-1")
        page.get_by_role("button", name="Preview").click()
        expect(page.locator(".as-sent").first).to_contain_text("Dear Bakkerij Jansen,")
        look("text")
        page.get_by_role("button", name="Save from now on").click()
        expect(page.get_by_role("status")).to_have_text("The text is saved.")
        page = opened.open(f"{DEBTOR}/statement")
        expect(page.get_by_role("table")).to_contain_text("F-1")
        look("statement")
        with page.expect_download() as download:
            page.get_by_role("link", name="As PDF").click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
        page = opened.open(DEBTOR)
        page.get_by_role("link", name="Write").click()
        page.get_by_label("F-1").first.check()
        page.get_by_role("button", name="Preview").click()
        expect(page.locator(".as-sent")).to_contain_text("Please pay F-1")
        look("message")
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_role("status")).to_have_text("The message waits in the outbox.")
        look("debtor")
    assert found == []
