"""The statement of a debtor: what is open on a day, as a page and as a letter."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from api.http.auth.keys import Role
from api.links.urls import PORTAL
from api.session import TenantSession
from commands.debtors.listed_money import ListMoneyPerErp
from commands.execute import execute
from ledger.engine.projector import Projector
from ledger.facts.books import book_id
from ledger.facts.codes import MoneyKind
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from support.desk import DeskUser, desk_user, plain
from support.http_clients import HttpClients, Person

pytestmark = pytest.mark.no_worker

DEBTOR = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
PAGE = f"{DEBTOR}/statement"


def invoice(anna: Person, number: str, amount: str, on: str, due: str, **more: str) -> None:
    anna.record(
        "/invoices",
        {"invoice": number, "amount": amount, "on": on, "due_on": due, "debtor": "D-7", **more},
    )


@pytest.fixture
def looker(http: HttpClients) -> DeskUser:
    """A collector, and a debtor who has invoices, a dispute, a credit note and a payment."""
    anna = http.collector(name="anna")
    details = {"name": "Bakkerij Jansen", "language": "nl", "country": "NL"}
    anna.record("/debtors", {"debtor": "D-7", "address": "Dorpsstraat 1\n1234 AB Dorp", **details})
    invoice(anna, "F-1", "1210.00", "2026-01-02", "2026-02-01")
    invoice(anna, "F-2", "99.50", "2026-01-20", "2026-02-19", business_unit="north")
    invoice(anna, "F-3", "500.00", "2026-01-05", "2026-02-04", currency="USD")
    invoice(anna, "F-4", "40.00", "2026-01-06", "2026-02-05")
    anna.record(
        "/invoices/F-4/payments", {"amount": "40.00", "reference": "B-4", "on": "2026-02-06"}
    )
    anna.record(
        "/disputes",
        {"invoices": [{"invoice": "F-1", "contested": "210.00"}], "reason": "price",
         "comment": "Too much.", "on": "2026-02-03"},
    )  # fmt: skip
    anna.record("/debtors/D-7/money", {"reference": "B-1", "amount": "60.00", "on": "2026-02-10"})
    listed = ListMoneyPerErp(
        on=date(2026, 2, 10),
        debtor="D-7",
        reference="C-1",
        amount=Decimal(15),
        currency="EUR",
        money=MoneyKind.CREDIT_NOTE,
        source="list.csv:2",
    )
    with closing(Ledger(http.pool, "default")) as ledger:
        session = TenantSession(http.pool, ledger, http.clock)
        execute(ledger, [listed], session.context("import"))
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()
    return desk_user(http, Role.COLLECTOR, "bram")


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_page_has_all_that_is_open_by_currency(looker: DeskUser) -> None:
    assert f"{PAGE}?number=D-7" in looker.page(DEBTOR)
    words = plain(looker.page(PAGE))
    assert "Balance 1,234.50 EUR after what is not yet allocated" in words
    assert "Disputed 210.00 EUR" in words
    assert "Credit note C-1 10 February -15.00 EUR" in words
    assert "Payment B-1 10 February -60.00 EUR" in words
    assert "Balance 500.00 USD" in words
    assert "F-4" not in words, "what is paid is not open"


def test_it_is_as_it_was_on_a_day(looker: DeskUser) -> None:
    words = plain(looker.page(f"{PAGE}?on=2026-02-05"))
    assert "F-4" in words, "it was paid a day later"
    assert "Not yet allocated" not in words
    assert "Balance 1,349.50 EUR" in words
    words = plain(looker.page(f"{PAGE}?on=2026-01-03"))
    assert "F-2" not in words
    assert "Disputed 0.00 EUR" in words
    assert "Nothing was open on this day." in plain(looker.page(f"{PAGE}?on=2025-12-31"))
    assert "Balance 1,234.50 EUR" in plain(looker.page(f"{PAGE}?on=nonsense"))


def test_the_letter_is_in_the_debtors_language(looker: DeskUser) -> None:
    answer = looker.get(f"{PAGE}.pdf?on=2026-02-20")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    words = words_of(answer.content)
    for expected in (
        *("Rekeningoverzicht per 20 februari 2026", "Bakkerij Jansen", "1234 AB Dorp"),
        *("€ 1.309,50", "€ 210,00", "Betaling B-1", "Creditnota C-1", "Saldo in EUR"),
        *("€ 1.234,50", "US$ 500,00", "1 tot 30 dagen", "Klantnummer: D-7"),
    ):
        assert expected in words.replace("\xa0", " ").replace("\u200b", ""), words
    assert looker.get(f"{PAGE}.pdf?on=2026-02-20").content == answer.content


def test_the_letter_has_the_address_of_the_account_for_who_can_sign_in_there(
    http: HttpClients, looker: DeskUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PORTAL, "default")
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.example")
    pdf = looker.get(f"{PAGE}.pdf").content
    assert "https://" not in words_of(pdf), "no mail address is on record"
    given = {"email": "ap@bakery.example", "why": "New."}
    http.collector(name="erp").record("/debtors/D-7/corrections", given)
    words = words_of(looker.get(f"{PAGE}.pdf").content)
    assert "wanneer u betaalt: https://dossier.example/portal/default U meldt zich aan" in words


def test_a_unit_sees_its_own(http: HttpClients, looker: DeskUser) -> None:
    north = desk_user(http, Role.COLLECTOR, "nora", business_units=["north"])
    words = plain(north.page(PAGE))
    assert "Balance 99.50 EUR" in words
    assert "F-1" not in words
    assert "B-1" not in words, "money has no unit"
    assert "1.309,50" not in words_of(north.get(f"{PAGE}.pdf").content)
    south = desk_user(http, Role.COLLECTOR, "zoe", business_units=["south"])
    assert south.get(PAGE).status_code == 404
    assert desk_user(http, Role.AGENCY, agency="Incasso BV").get(PAGE).status_code == 403


def test_what_was_paid_too_much_is_in_the_ages_and_they_add_up(
    http: HttpClients, looker: DeskUser
) -> None:
    anna = http.collector(name="carla")
    paid = {"amount": "10.00", "reference": "B-5", "on": "2026-02-07"}
    anna.record("/invoices/F-4/payments", paid)
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()
    assert "Paid too much -10.00 EUR" in plain(looker.page(PAGE))
    words = words_of(looker.get(f"{PAGE}.pdf").content)
    assert "Te veel betaald € -10,00" in words
    assert "Nog niet toegewezen € -75,00" in words
