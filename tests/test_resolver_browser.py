"""The resolver's and the approver's pages on a phone in a real browser, without script."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from api.http.auth import people, sign_in
from api.http.auth.keys import Role
from api.links.link import CaseLink
from api.links.tokens import token
from api.session import now
from commands.context import Context
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.database.pool import open_pool
from ledger.facts.codes import Reason
from ledger.store.ledger import Ledger
from support.chromium import PHONE, look_at, window
from support.cli import CliUser
from support.creditor import debtor, invoice
from support.disputing import SAM, rules
from support.examples import CASE
from support.served import Served, serving

LEAD = "lead@seller.example"
WORDS = "Wij missen de hele levering van deze factuur. " + "Ongelofelijk" * 12


@dataclass
class Firm:
    """A server with a dispute that waits for a resolver."""

    served: Served
    url: str
    case: UUID

    def link(self, who: str = SAM) -> str:
        with open_pool(self.url, size=1) as pool:
            return f"/a/{token(pool, CaseLink('default', self.case, who), now())}"

    def entry(self, name: str, role: Role) -> str:
        """Return a link that signs a new person in."""
        with open_pool(self.url, size=1) as pool, pool.connection() as conn:
            email = name if "@" in name else None
            person = people.add(conn, "default", name, role, now(), email=email)
            return f"/sign-in/link/{sign_in.link_token(conn, person, now())}"


@pytest.fixture
def firm(cli: CliUser, database: str) -> Iterator[Firm]:
    asked = [
        ApplyPlaybook(rules=rules(f"approvers: [{{approver: {LEAD}}}]\n")),
        debtor(name="Koekenstad NV"),
        invoice("F-1", 1210),
        OpenDispute(invoice="F-1", case_id=CASE, reason=Reason.PRICE, comment=WORDS),
        AssignResolver(invoice="F-1", case_id=CASE, resolver=SAM),
    ]
    with open_pool(database, size=1) as pool, closing(Ledger(pool)) as ledger:
        execute(ledger, asked, Context("anna", now()))
    cli.more["DOSSIER_PUBLIC_FORM"] = "default"
    with serving(cli) as served:
        yield Firm(served, database, CASE)


def test_on_a_phone_a_resolver_is_done_in_three_taps(chromium_browser: Browser, firm: Firm) -> None:
    how = {"java_script_enabled": False, "viewport": PHONE, "locale": "nl-NL"}
    with window(chromium_browser, firm.served.at, **how) as opened:
        page = opened.open(firm.link())
        expect(page.get_by_role("heading", level=1)).to_have_text("Kunt u dit oplossen?")
        expect(page.locator(".said .words")).to_contain_text("Wij missen de hele levering")
        solved = page.locator("details.answer", has_text="Het is opgelost")
        solved.locator("summary").click()
        expect(page.get_by_label("Te crediteren op factuur F-1")).to_be_hidden()
        page.get_by_label("Gecrediteerd").check()
        page.get_by_label("Te crediteren op factuur F-1").fill("121,00")
        for control in solved.locator("label.choice, button").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, "a finger finds it"
        solved.locator("input[type=file]").set_input_files(
            {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"JPEG"}
        )
        page.get_by_role("button", name="Versturen: Het is opgelost").click()
        expect(page.get_by_role("status")).to_contain_text("€ 121,00")
        expect(page.locator(".course [aria-current=step]")).to_be_visible()
        page = opened.open(firm.link())
        expect(page.get_by_role("link", name="foto.jpg")).to_be_visible()
        page = opened.open(firm.link(LEAD))
        expect(page.locator(".total")).to_have_text("€ 121,00")
        page.get_by_role("button", name="Ik keur het goed").click()
        expect(page.get_by_role("status")).to_be_visible()


def test_a_wrong_answer_keeps_what_was_typed(chromium_browser: Browser, firm: Firm) -> None:
    how = {"java_script_enabled": False, "viewport": PHONE}
    with window(chromium_browser, firm.served.at, **how) as opened:
        page = opened.open(firm.link())
        page.locator("summary", has_text="It is not solved yet").click()
        page.get_by_label("It will be solved on").fill("2020-01-01")
        page.get_by_label("Why").fill("The driver is ill.")
        page.get_by_role("button", name="Send: It is not solved yet").click()
        expect(page.get_by_role("alert")).to_contain_text("That day has passed")
        expect(page.get_by_label("Why")).to_have_value("The driver is ill.")
        assert page.title().startswith("Error: ")


def test_a_person_who_signed_in_answers_from_their_list(
    chromium_browser: Browser, firm: Firm
) -> None:
    how = {"java_script_enabled": False, "viewport": PHONE}
    with window(chromium_browser, firm.served.at, **how) as opened:
        page = opened.open(firm.entry(SAM, Role.RESOLVER))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Asked of me")
        page.locator("[data-row] a").click()
        page.locator("summary", has_text="It is not for me").click()
        page.get_by_label("Who should be asked").fill("eva@seller.example")
        page.get_by_role("button", name="Send: It is not for me").click()
        expect(page.get_by_role("status")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="All that is asked of me").click()
        expect(page.locator(".empty")).to_contain_text("Nothing waits for your answer.")


def test_anybody_can_use_what_a_form_of_a_case_answers(
    chromium_browser: Browser, firm: Firm
) -> None:
    """The pages themselves: ``test_every_page.py``."""
    with window(chromium_browser, firm.served.at) as opened:
        found = look_at(opened.open("/a/nothing"))
        page = opened.open(firm.entry(SAM, Role.RESOLVER))
        page.get_by_role("button", name="Sign in").click()
        page = opened.open(f"/mine/{firm.case}")
        page.locator("summary", has_text="It is solved").click()
        page.get_by_label("Credited").check()
        page.get_by_label("To credit on invoice F-1").fill("121.00")
        page.get_by_role("button", name="Send: It is solved").click()
        found += look_at(page)
        found += look_at(opened.open(firm.link(LEAD)))
    assert found == []
