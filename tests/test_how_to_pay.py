"""How to pay is the same in a mail, a letter, a statement and the portal, and can be scanned."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.documents.draw import png
from api.firm import keep_logo
from api.http.auth.keys import Role
from api.links.link import InvoiceLink
from api.links.tokens import token
from api.links.urls import PORTAL
from api.postman.build import build_letter
from api.postman.letters.typeset import Letterhead
from api.postman.outbox import find
from api.postman.statements.collect import collect
from api.postman.statements.paper import statement_pdf
from api.session import now
from commands.context import Context
from commands.creditor import DescribeCreditor
from commands.disputes.opening import OpenDispute
from commands.execute import execute
from commands.logo import ShowLogo
from commands.playbook import ApplyPlaybook
from ledger.database.pool import open_pool
from ledger.facts.books import book_id
from ledger.facts.codes import Channel, Reason
from ledger.policy.visibility import EVERYTHING
from ledger.store.ledger import Ledger
from support.chromium import PHONE, run_browser, window
from support.cli import CliUser
from support.creditor import debtor, invoice
from support.desk import desk_user, plain
from support.disputing import rules
from support.http_clients import HttpClients, Person
from support.message_examples import text as words_of
from support.portal import ACCOUNT
from support.postman_case import FOLLOW_UP, PostmanCase, ask
from support.scanner import printed_mail, scanned
from support.served import serving
from support.smtp import US, SmtpServer

FIRM = DescribeCreditor(name="Korenaar BV", phone="030 555", bank_accounts=[ACCOUNT])
OTHER = DescribeCreditor(bank_accounts=[{"iban": "BE68539007547034"}])
HEAD = "BCD\n002\n1\nSCT\n\nKorenaar BV\nNL91ABNA0417164300\n"


@pytest.fixture(scope="module")
def scanning_browser() -> Iterator[Browser]:
    with run_browser() as browser:
        yield browser


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\xa0", " ").replace("\r", "")


def test_a_reminder_can_be_scanned(
    postman: PostmanCase, smtp: SmtpServer, scanning_browser: Browser
) -> None:
    logo = ShowLogo(content=b64encode(png(2, 2, 6, bytes(12))).decode())
    keep_logo(postman.session, logo)
    postman.creditor.execute(FIRM, logo, ask())
    assert postman.send(smtp.settings()) == 1
    [mail] = smtp.mails
    lines = ["IBAN: NL91 ABNA 0417 1643 00", "Naam: Korenaar BV", "Bedrag: € 100,00"]
    block = "\n".join(["Zo betaalt u:", *(f"- {line}" for line in lines), "- Kenmerk: RF39 AX1"])
    assert block in text_of(mail)
    [content] = scanned(printed_mail(scanning_browser, mail))
    assert content == HEAD + "EUR100.00\n\nRF39AX1"


def test_of_several_invoices_the_payment_names_each(
    postman: PostmanCase, smtp: SmtpServer, scanning_browser: Browser
) -> None:
    postman.creditor.execute(FIRM, ask(FOLLOW_UP, "A-1", "A-2"))
    assert postman.send(smtp.settings()) == 1
    [mail] = smtp.mails
    assert "Bedrag: € 200,00\n- Kenmerk: A-1, A-2" in text_of(mail)
    assert scanned(printed_mail(scanning_browser, mail)) == [HEAD + "EUR200.00\n\n\nA-1, A-2"]


def test_a_letter_can_be_scanned(postman: PostmanCase, tmp_path: Path) -> None:
    address = ("Dorpsstraat 1\n3511 AA Utrecht",)
    postman.creditor.execute(FIRM, ask(channel=Channel.LETTER, to=address))
    pending, paper = find(postman.session, FOLLOW_UP), Letterhead(tmp_path, ("Markt 1",))
    made = build_letter(postman.session, pending, US, paper, None)
    assert "Kenmerk: RF39 AX1" in words_of(made)
    assert scanned(made.pdf) == [HEAD + "EUR100.00\n\nRF39AX1"]


def test_a_statement_asks_for_what_is_not_disputed(postman: PostmanCase) -> None:
    dispute = OpenDispute(invoice="A-2", contested="30", reason=Reason.PRICE, comment="Too much.")
    postman.creditor.execute(FIRM, dispute)
    with postman.reading():
        today = postman.session.ledger.today(postman.at)
        stated = collect(postman.session, "D-7", today, EVERYTHING)
        before = collect(postman.session, "D-7", today - timedelta(1), EVERYTHING)
    assert scanned(statement_pdf(postman.session, stated)) == [HEAD + "EUR170.00\n\n\nA-1, A-2"]
    assert scanned(statement_pdf(postman.session, before)) == [], "its amount is of another day"


def test_for_sixty_days_a_mail_says_that_the_account_changed(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(FIRM)
    postman.creditor.execute(OTHER, ask(language="en"))
    assert postman.send(smtp.settings()) == 1
    [mail] = smtp.mails
    warning = "Our account changed on 2 March 2026; the one before ended in 4300."
    assert "IBAN: BE68 5390 0754 7034" in text_of(mail)
    assert warning in " ".join(text_of(mail).split())


@pytest.fixture
def scanned_portal(cli: CliUser, database: str) -> Iterator[str]:
    owed = [
        ApplyPlaybook(rules=rules()),
        FIRM,
        debtor(name="Bakkerij De Gouden Krakeling"),
        invoice("F-1", 1210),
        invoice("2026-0017", 300),
        OpenDispute(invoice="F-1", contested="210", reason=Reason.PRICE, comment="Too much."),
        OTHER,
    ]
    with open_pool(database, size=1) as pool, closing(Ledger(pool)) as ledger:
        execute(ledger, owed, Context("anna", now()))
    cli.more[PORTAL] = "default"
    with serving(cli) as served:
        yield served.at


@pytest.mark.parametrize(
    ("number", "amount", "reference"),
    [("F-1", "1000.00", "RF63FX1"), ("2026-0017", "300.00", "002026001715")],
)
def test_the_portal_can_be_scanned_and_warns(
    scanning_browser: Browser, scanned_portal: str, database: str,
    number: str, amount: str, reference: str,
) -> None:  # fmt: skip
    book = book_id("default", "invoice", number)
    with open_pool(database, size=1) as pool:
        link = InvoiceLink("default", book, "D-7", "info@bakery.example")
        path = f"/i/{token(pool, link, now())}"
    how = {"java_script_enabled": False, "viewport": PHONE, "color_scheme": "dark"}
    with window(scanning_browser, scanned_portal, **how) as opened:
        page = opened.open(path)
        assert "the one before ended in 4300" in page.locator(".notice.warn").first.inner_text()
        [content] = scanned(page.pdf(print_background=True))
    lines = content.split("\n")
    assert lines[5:] == ["Korenaar BV", "BE68539007547034", f"EUR{amount}", "", reference]


def test_colleagues_notice_that_debtors_pay_to_another_account(
    http: HttpClients, admin: Person
) -> None:
    bram = desk_user(http, Role.COLLECTOR, "bram")
    admin.record("/creditor", {"name": "Korenaar BV", "bank_accounts": [ACCOUNT]})
    assert "debtors pay to account" not in plain(bram.page("/today"))
    admin.record("/creditor", {"bank_accounts": [{"iban": "BE68539007547034"}]})
    changed = "debtors pay to account BE68 5390 0754 7034; the one before ended in 4300."
    assert changed in plain(bram.page("/today"))
