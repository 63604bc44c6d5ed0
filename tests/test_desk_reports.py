"""Reports and money at the desk, over HTTP without script."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from api.http.auth.keys import Role
from api.http.kit.task_ids import encode
from ledger.facts.books import book_id
from ledger.facts.debtor_events import MoneyAllocated, MoneyReturned
from support.desk import DeskUser, desk_user, faults
from support.http_clients import HttpClients, Person

DEBTOR = book_id("default", "debtor", "D-7")
DUE = {"F-1": "2026-02-20", "F-2": "2026-01-10", "F-3": "2026-12-01"}  # today is 2 March


@pytest.fixture
def report_reader(http: HttpClients, anna: Person) -> DeskUser:
    """A collector, with invoices of three ages and an open dispute about one of them."""
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakkerij Jansen", "email": "j@d.example"})
    for number, due in DUE.items():
        invoice = {"invoice": number, "amount": "1210.00", "due_on": due, "on": "2026-01-02"}
        anna.record("/invoices", invoice | {"debtor": "D-7", "business_unit": "north"})
    user = desk_user(http, Role.COLLECTOR, "bram")
    file = f"/invoices/{book_id('default', 'invoice', 'F-1')}"
    form = {"reason": "damaged", "comment": "Broken.", "part-F-1": "210,00"}
    user.does(f"{file}/disputes?back=/reports", **form)
    return user


def money(http: HttpClients, anna: Person, user: DeskUser, reference: str, amount: str) -> str:
    """Receive a payment that names no invoice; return the address of its acts."""
    given = {"reference": reference, "amount": amount}
    user.page(f"/money?at_least={anna.record('/debtors/D-7/money', given)['position']}")
    return f"/money/{encode(DEBTOR, reference)}"


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def links(page: str, prefix: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', page) if prefix in found]


def test_ageing_shows_each_bucket_with_its_rows_and_debtors(report_reader: DeskUser) -> None:
    page = report_reader.page("/reports")
    words = plain(page)
    assert "3,630.00 EUR" in words
    assert "2,420.00 EUR 67 % of what is open" in words
    assert re.search(r"1 to 30 days 1 invoice 210.00 EUR 1,210.00 EUR", words)
    assert "Bakkerij Jansen D-7" in words
    [rows] = {link for link in links(page, "bucket=31-60") if "part" not in link}
    assert ">F-2<" in (listed := report_reader.page(rows))
    assert ">F-1<" not in listed
    [disputed] = {link for link in links(page, "part=disputed") if "bucket" not in link}
    assert ">F-1<" in (listed := report_reader.page(disputed))
    assert ">F-2<" not in listed


def test_a_report_is_narrowed_by_its_address(report_reader: DeskUser) -> None:
    assert "3,630.00 EUR" in plain(report_reader.page("/reports?business_unit=north"))
    assert "Nothing is open." in plain(report_reader.page("/reports?business_unit=south"))
    later = plain(report_reader.page("/reports?on=2026-12-31"))
    assert "3,630.00 EUR 100 % of what is open" in later
    assert "ages are those of that day, amounts those of today" in later
    assert "As of 2 March" in plain(report_reader.page("/reports?on=nonsense"))


def test_open_disputes_lead_to_their_rows(report_reader: DeskUser) -> None:
    page = report_reader.page("/reports/disputes")
    assert "Damaged 1 case 0 days 210.00 EUR" in plain(page)
    for link in {*links(page, "reason=damaged"), *links(page, "opened_to="),
                 *links(page, "unassigned=1")}:  # fmt: skip
        assert ">F-1<" in report_reader.page(link), link
    assert ">F-1<" not in report_reader.page("/disputes?opened_to=2026-03-01")
    assert ">F-1<" not in report_reader.page("/disputes?business_unit=south")


def test_cycle_times_are_medians_by_reason_or_resolver(report_reader: DeskUser) -> None:
    [case] = {link.partition("?")[0] for link in links(report_reader.page("/disputes"), "back=")}
    page = plain(
        report_reader.does(f"{case}/resolution?back=/reports/cycle-times", outcome="rejected")
    )
    assert "From open to solved 0 days median of 1 case" in page
    assert "Damaged 1 0" in page
    assert "Nobody yet" in plain(report_reader.page("/reports/cycle-times?by=resolver"))


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/reports", "currency,bucket,invoices,"),
        ("/reports/disputes", "group,currency,cases,"),
        ("/reports/cycle-times", "group,lag,cases,"),
    ],
)
def test_a_report_is_a_spreadsheet_too(report_reader: DeskUser, path: str, header: str) -> None:
    answer = report_reader.get(f"{path}?format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith(header)


def test_money_is_beside_what_it_may_be_for(
    http: HttpClients, anna: Person, report_reader: DeskUser
) -> None:
    at = money(http, anna, report_reader, "Invoice F-3, thanks", "1000.00")
    words = plain(report_reader.page("/money"))
    assert "Money 1" in words
    assert "Bakkerij Jansen payment 1,000.00 EUR" in words
    assert "F-3 its number is named" in words
    [suggested] = [
        link for link in links(report_reader.page("/money"), at) if "invoice=F-3" in link
    ]
    page = report_reader.does(suggested, invoice="F-3", amount="1000.00")
    assert "Nothing waits." in plain(page)
    [allocated] = http.recorded(MoneyAllocated)
    assert (allocated.invoice, str(allocated.amount)) == ("F-3", "1000.00")


def test_an_amount_that_fits_what_is_not_disputed_is_suggested(
    http: HttpClients, anna: Person, report_reader: DeskUser
) -> None:
    money(http, anna, report_reader, "VIREMENT 8841", "1000.00")
    assert re.search(r"VIREMENT 8841 .*? F-1 the amount fits", plain(report_reader.page("/money")))


def test_too_much_is_refused_and_a_return_is_recorded(
    http: HttpClients, anna: Person, report_reader: DeskUser
) -> None:
    at = money(http, anna, report_reader, "B/7 é", "100.00")
    refused = report_reader.fill(f"{at}/allocation?back=/money", invoice="F-1", amount="100,01")
    assert refused.status_code == 409
    assert any("100.00" in text for text in faults(refused.text))
    missing = report_reader.fill(f"{at}/allocation", invoice="F-404", amount="1,00")
    assert missing.status_code == 409
    report_reader.does(f"{at}/return?back={quote('/money')}", amount="40,00", why="Paid twice")
    assert "60.00 EUR" in (words := plain(report_reader.page("/money")))
    assert "left of 100.00 EUR" in words
    assert [str(event.amount) for event in http.recorded(MoneyReturned)] == ["40.00"]


def test_an_auditor_looks_and_a_unit_sees_no_money(
    http: HttpClients, anna: Person, report_reader: DeskUser
) -> None:
    at = money(http, anna, report_reader, "B-7", "100.00")
    auditor = desk_user(http, Role.AUDITOR)
    assert "B-7" in (page := auditor.page("/money"))
    assert at not in page
    north = desk_user(http, Role.COLLECTOR, business_units=["north"])
    assert "B-7" not in north.page("/money")
    assert north.get(f"{at}/allocation").status_code == 404
    assert "3,630.00 EUR" in plain(north.page("/reports"))
    south = desk_user(http, Role.COLLECTOR, business_units=["south"])
    assert "Nothing is open." in plain(south.page("/reports"))
