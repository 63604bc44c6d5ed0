"""An approver, an auditor and an administrator in a real browser, each with and without script."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from api.http.auth.keys import Role
from commands.invoices.contacts import LogContact
from ledger.facts.books import book_id
from ledger.facts.codes import Channel, Direction
from ledger.facts.invoice.dispute_handling import CreditApproved, CreditRefused
from support.chromium import PHONE, Window, look_at, window
from support.creditor import invoice
from support.disputing import SAM
from support.full_firm import LEAD, FullFirm, book, full_firm
from support.postgres import new_database

DEBTOR = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
WAYS = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture(scope="module")
def workplace(postgres: str) -> Iterator[FullFirm]:
    with new_database(postgres) as url, full_firm(url) as firm:
        yield firm


def enter(opened: Window, firm: FullFirm, name: str, role: Role, **more: str) -> Page:
    """Sign a person in by a link."""
    opened.open(firm.desk.link(name, role, **more))
    opened.page.get_by_role("button", name="Sign in").click()
    expect(opened.page.get_by_role("heading", level=1)).to_be_visible()
    return opened.page


def recorded(firm: FullFirm, kind: type, number: str) -> list[object]:
    """Return the events of that kind in the book of an invoice."""
    entries = firm.desk.session.ledger.history(book(number))
    return [entry.event for entry in entries if isinstance(entry.event, kind)]


@WAYS
def test_an_approver_refuses_from_the_mail_and_approves_from_the_list(
    chromium_browser: Browser, workplace: FullFirm, script: bool
) -> None:
    refused, approved = f"R-{script}", f"A-{script}"
    workplace.desk.record(invoice(refused, 1210), invoice(approved, 1210))
    case = workplace.propose_credit(refused)
    workplace.propose_credit(approved)
    how = {"java_script_enabled": script, "viewport": PHONE}
    with window(chromium_browser, workplace.desk.at, **how) as opened:
        page = opened.open(workplace.case_link(LEAD, case))
        expect(page.get_by_role("heading", level=1)).to_have_text("May this be credited?")
        expect(page.locator(".total")).to_have_text("€121.00")
        page.locator("summary", has_text="I do not approve it").click()
        page.get_by_label("Why").fill("The price was agreed.")
        page.get_by_role("button", name="I do not approve it").click()
        expect(page.get_by_role("status")).to_be_visible()
        [no] = recorded(workplace, CreditRefused, refused)
        assert no.why == "The price was agreed."  # type: ignore[attr-defined]
        opened.open(workplace.case_link(LEAD, case))
        expect(page.get_by_role("button", name="I approve it")).to_have_count(0)
        page = opened.open(workplace.case_link(SAM, case))
        expect(page.locator(".notice.warn")).to_contain_text("refused: The price was agreed.")
        page = enter(opened, workplace, LEAD, Role.RESOLVER, email=LEAD)
        expect(page.get_by_role("heading", level=1)).to_have_text("Asked of me")
        page.locator("[data-row]", has_text=approved).get_by_role("link").click()
        page.get_by_role("button", name="I approve it").click()
        expect(page.get_by_role("status")).to_contain_text("I approve it")
        assert len(recorded(workplace, CreditApproved, approved)) == 1
        page.get_by_role("main").get_by_role("link", name="All that is asked of me").click()
        expect(page.locator("[data-row]", has_text=approved)).to_have_count(0)


@WAYS
def test_an_auditor_replays_an_invoice_and_acts_on_nothing(
    chromium_browser: Browser, workplace: FullFirm, script: bool
) -> None:
    name, number = f"auditor {script}", f"H-{script}"
    workplace.desk.record(
        invoice(number, 1210),
        LogContact(
            invoice=number, channel=Channel.PHONE, direction=Direction.IN, summary="Friday."
        ),
    )
    workplace.post(f"/invoices/{number}/notes", {"text": "Ask for Claire."})
    last = workplace.desk.session.ledger.history(book(number))[-1].position
    with window(chromium_browser, workplace.desk.at, java_script_enabled=script) as opened:
        page = enter(opened, workplace, name, Role.AUDITOR)
        page.get_by_label("Find anything").fill(number)
        page.get_by_label("Find anything").press("Enter")
        page.get_by_role("main").get_by_role("link", name=number).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Invoice {number}")
        for act in ("Log a call", "Note", "Promise", "Dispute", "Hold"):
            expect(page.get_by_role("main").get_by_role("link", name=act)).to_have_count(0)
        expect(page.locator(".timeline")).to_contain_text("Ask for Claire.")
        page.locator(f"#e{last} summary").click()
        raw = page.locator(f"#e{last} details")
        expect(raw).to_contain_text(f"{last}, line 3 of this book")
        [entry] = workplace.http.get(f"/v1/events?after={last - 1}&limit=1").json()
        expect(raw).to_contain_text(entry["contenthash"])
        expect(raw).to_contain_text('"text": "Ask for Claire."')
        page.get_by_role("group", name="Filter by channel").get_by_text("phone").click()
        expect(page.locator(".timeline")).to_contain_text("Friday.")
        expect(page.locator(".timeline")).not_to_contain_text("Ask for Claire.")
        slider = page.get_by_label("As of")
        slider.focus()
        slider.press("ArrowLeft")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.locator(".notice.warn")).to_contain_text("after entry 2 of 3")
        expect(page.locator(".timeline")).not_to_contain_text("Ask for Claire.")
        page = opened.open(f"{DEBTOR}/statement?number=D-7")
        expect(page.get_by_role("table").first).to_contain_text(number)
        page.get_by_label("As of").fill("2026-01-15")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".empty")).to_contain_text("Nothing was open on this day.")
        assert page.goto(f"{opened.at}/invoices/{book(number)}/calls").status == 403  # type: ignore[union-attr]
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    with window(chromium_browser, workplace.desk.at, java_script_enabled=script) as opened:
        enter(opened, workplace, "head", Role.ADMIN)
        page = opened.open("/admin/access")
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Filter").click()
        looks = page.locator("tbody tr", has_text="Looked")
        expect(looks.filter(has_text=number)).to_have_count(3)
        expect(looks.filter(has_text="D-7")).not_to_have_count(0)
        expect(page.locator("tbody tr", has_text="Refused")).to_have_count(1)


@WAYS
def test_an_administrator_runs_the_place(
    chromium_browser: Browser, workplace: FullFirm, script: bool
) -> None:
    name, program = f"Zoë {script}", f"erp-{script}"
    how = {"java_script_enabled": script, "viewport": PHONE}
    look, faults = look_at if script else no_look, list[str]()
    with (
        window(chromium_browser, workplace.desk.at, **how) as opened,
        window(chromium_browser, workplace.desk.at, java_script_enabled=script) as theirs,
    ):
        page = enter(opened, workplace, "head", Role.ADMIN)
        opened.open("/admin")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Role").select_option("collector")
        page.get_by_role("button", name="Add the person").click()
        link = page.locator(".secret code").inner_text()
        faults += look(page)
        theirs.page.goto(opened.at + link[link.index("/sign-in/") :])
        theirs.page.get_by_role("button", name="Sign in").click()
        expect(theirs.page.get_by_role("heading", level=1)).to_have_text("Today")

        opened.open("/admin/keys")
        page.get_by_label("Name").fill(program)
        page.get_by_label("Role").select_option("auditor")
        page.get_by_role("button", name="Make the key").click()
        bearer = {"Authorization": f"Bearer {page.locator('.secret code').inner_text()}"}
        url = f"{opened.at}/v1/invoices"
        assert httpx2.get(url, headers=bearer).status_code == 200
        row = page.locator("tbody tr", has_text=program)
        row.get_by_text("Revoke", exact=True).click()
        row.get_by_role("button", name="Yes, revoke").click()
        expect(row).to_have_count(0)
        assert httpx2.get(url, headers=bearer).status_code == 401

        opened.open("/admin/sessions")
        row = page.locator("tbody tr", has_text=name)
        row.get_by_text("End", exact=True).click()
        row.get_by_role("button", name="Yes, end").click()
        expect(page.locator("tbody tr", has_text=name)).to_have_count(0)
        theirs.open("/today")
        expect(theirs.page.get_by_role("heading", level=1)).to_have_text("Sign in")

        faults += change_the_rules(opened, 6 if script else 9, look)

        opened.open("/texts/reminder?language=en")
        page.get_by_label("Text", exact=True).fill("Dear #customer_name, #nonsense")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("alert")).to_contain_text("There is no placeholder")
        page.get_by_label("Text", exact=True).fill(f"Dear #customer_name, {script}")
        page.get_by_role("button", name="Save from now on").click()
        expect(page.get_by_role("status")).to_have_text("The text is saved.")

        opened.open("/admin/access")
        expect(page.locator("tbody tr", has_text=name).first).to_contain_text("Signed in")
        opened.open("/admin/imports")
        page.locator("[data-row] a").first.click()
        expect(page.get_by_role("region", name="Rejected lines")).to_contain_text("D-7?")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download all").click()
        assert "D-7?" in Path(download.value.path()).read_text("utf-8-sig")
    assert faults == []


def change_the_rules(opened: Window, days: int, look: Callable[[Page], list[str]]) -> list[str]:
    """Simulate rules with a mistake, then good ones, and apply these; return what axe finds."""
    page, found = opened.open("/playbook/draft"), list[str]()
    rules = page.get_by_label("Rules", exact=True)
    text = rules.input_value()
    for value in ("many", str(days)):
        rules.fill(re.sub(r"after_due: \d+", f"after_due: {value}", text, count=1))
        page.get_by_role("button", name="Simulate").click()
        if value == "many":
            expect(page.get_by_role("alert")).to_contain_text("a whole number")
        else:
            expect(page.locator(".trial")).to_contain_text("Would be sent")
        found += look(page)
    page.get_by_role("button", name="Apply from today").click()
    expect(page.locator(".toast")).to_have_text(re.compile(r"Version \d+ is in force\."))
    return found


def no_look(page: Page) -> list[str]:
    """Return nothing: axe is a script."""
    return []
