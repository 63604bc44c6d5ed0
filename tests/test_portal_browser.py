"""The debtor's pages in a real browser: on a phone, without script, and with axe."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from api.links.link import InvoiceLink
from api.links.tokens import token
from api.links.urls import PORTAL
from api.session import now
from commands.context import Context
from commands.creditor import DescribeCreditor
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.database.pool import open_pool
from ledger.facts.books import book_id
from ledger.store.ledger import Ledger
from support.chromium import PHONE, look_at, scrolls_sideways, window
from support.cli import CliUser
from support.creditor import debtor, invoice
from support.disputing import rules
from support.portal import ACCOUNT, LINES
from support.served import Served, serving

MAIL = "info@bakery.example"
WORDS = "Er zaten vier dozen in plaats van zes. " + "Ongelofelijk" * 12


@dataclass
class Bakery:
    """A server with a portal, and a debtor who owes two invoices."""

    served: Served
    url: str

    def link(self, number: str = "F-1") -> str:
        book = book_id("default", "invoice", number)
        with open_pool(self.url, size=1) as pool:
            return f"/i/{token(pool, InvoiceLink('default', book, 'D-7', MAIL), now())}"


@pytest.fixture
def baker(cli: CliUser, database: str) -> Iterator[Bakery]:
    owed = [
        ApplyPlaybook(rules=rules()),
        DescribeCreditor(name="Korenaar BV", phone="030 555", bank_accounts=[ACCOUNT]),
        debtor(name="Bakkerij De Gouden Krakeling"),
        invoice("F-1", 1210, lines=LINES, purchase_order="PO-38120"),
        invoice("F-2", 300),
    ]
    with open_pool(database, size=1) as pool, closing(Ledger(pool)) as ledger:
        execute(ledger, owed, Context("anna", now()))
    cli.more[PORTAL] = "default"
    with serving(cli) as served:
        yield Bakery(served, database)


def test_on_a_phone_without_script_a_debtor_disputes_and_promises(
    chromium_browser: Browser, baker: Bakery
) -> None:
    how = {"java_script_enabled": False, "viewport": PHONE, "locale": "nl-NL"}
    with window(chromium_browser, baker.served.at, **how) as opened:
        page = opened.open(baker.link())
        expect(page.get_by_role("heading", level=1)).to_have_text("Factuur F-1")
        expect(page.locator(".total")).to_have_text("€ 1.210,00")
        page.get_by_role("link", name="Er klopt iets niet").click()
        expect(page.get_by_label("Hoeveel, in EUR")).to_be_hidden()
        page.get_by_label("Vertel het in uw eigen woorden").fill(WORDS)
        page.get_by_role("button", name="Controleer wat u verstuurt").click()
        expect(page.get_by_role("alert")).to_contain_text("Kies hoeveel ervan niet klopt.")
        expect(page.locator("#errors")).to_be_focused()
        assert page.title().startswith("Fout: ")
        expect(page.get_by_label("Vertel het in uw eigen woorden")).to_have_value(WORDS)
        page.get_by_label("Sommige regels").check()
        page.get_by_label("Butter 10 kg").check()
        page.get_by_label("van 6").fill("2")
        page.get_by_label("Een creditnota").check()
        photo: FilePayload = {"name": "bon.jpg", "mimeType": "image/jpeg", "buffer": b"JPEG"}
        page.get_by_label("Foto's of documenten").set_input_files(photo)
        for control in page.locator("label.choice, button").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, "a finger finds it"
        page.get_by_role("button", name="Controleer wat u verstuurt").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")
        expect(page.locator(".summary")).to_contain_text("€ 200,00")
        expect(page.locator(".summary")).to_contain_text("bon.jpg")
        page.get_by_role("button", name="Wijzig Hoeveel").click()
        page.get_by_label("van 6").fill("3")
        page.get_by_role("button", name="Controleer wat u verstuurt").click()
        page.get_by_role("button", name="Melding versturen").click()
        expect(page.get_by_role("status")).to_contain_text("Uw melding is verstuurd")
        expect(page.locator(".course [aria-current=step]")).to_be_visible()
        page.reload()
        expect(page.get_by_role("status")).to_contain_text("Uw melding is verstuurd")
        page.get_by_role("link", name="Terug naar de factuur").click()
        expect(page.locator(".total")).to_have_text("€ 910,00")
        page.get_by_role("link", name="Ik betaal op een andere dag").click()
        page.get_by_label("Op welke dag").first.fill(str(now().date()))
        page.get_by_role("button", name="Betaling beloven").click()
        expect(page.get_by_role("status")).to_contain_text("Uw belofte is vastgelegd.")
        expect(page.locator(".legend")).to_contain_text("€ 300,00")
        assert not scrolls_sideways(page)


def test_anybody_can_use_what_a_form_of_the_portal_answers(
    chromium_browser: Browser, baker: Bakery
) -> None:
    """The pages themselves: ``test_every_page.py``."""
    with window(chromium_browser, baker.served.at) as opened:
        page = opened.open(f"{baker.link()}/dispute")
        page.get_by_label("An amount").check()
        page.get_by_role("button", name="Check what you send").click()
        found = look_at(page)
        page.get_by_label("Tell us in your own words").fill(WORDS)
        page.get_by_label("How much, in EUR").fill("149")
        page.get_by_role("button", name="Check what you send").click()
        found += look_at(page)
        page.get_by_role("button", name="Send the report").click()
        found += look_at(page)
        found += look_at(opened.open("/i/nothing"))
        found += look_at(opened.open("/portal/default/sign-in"))
    assert found == []
