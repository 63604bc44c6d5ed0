"""The bank at the desk, over HTTP without script: what waits, why, and each act with its undo."""

import re
from typing import Any

import pytest

from api.http.auth.keys import Role
from support.bookings import Booking, mt940
from support.desk import DeskUser, desk_user, faults, hidden, plain
from support.http_clients import INVOICE, HttpClients, Person

CERTAIN = Booking("1210.00", "Factuur 2026-001")
TYPED = Booking("150.00", "factuur 2026-0O2 dank u", iban="", name="Holding Smit")
COSTS = Booking("-2.50", "Kosten maart", name="", iban="")


@pytest.fixture
def teller(http: HttpClients, anna: Person) -> DeskUser:
    """A collector of all units, and two open invoices."""
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakkerij De Gouden Krakeling"})
    anna.record("/invoices", INVOICE | {"invoice": "2026-001"})
    anna.record("/invoices", INVOICE | {"invoice": "2026-002", "amount": "150.00"})
    return desk_user(http, Role.COLLECTOR, "tessa")


def drops(user: DeskUser, *files: tuple[str, bytes]) -> str:
    """Drop files on the page of the statements; return what it answers."""
    form = hidden(user.page("/bank/statements"))
    sent = [("file", (name, content, "application/octet-stream")) for name, content in files]
    answer = user.request("POST", "/bank/statements", data=form, files=sent)
    assert answer.status_code in (200, 422), answer.text
    return plain(answer.text)


def shown(http: HttpClients, user: DeskUser, path: str = "/money") -> str:
    """Return a page as it is after all that was recorded."""
    sign = "&" if "?" in path else "?"
    return user.page(f"{path}{sign}at_least={http.entries()[-1].position}")


def form_of(page: str, act: str) -> tuple[str, dict[str, str]]:
    """Return the address and the hidden fields of the first form for an act."""
    found = re.search(rf'<form[^>]*action="(/bank/[^"]+/{act})".*?</form>', page, re.DOTALL)
    assert found, plain(page)
    return found[1], hidden(found[0])


def accepts(user: DeskUser, page: str, act: str = "allocation") -> Any:
    address, fields = form_of(page, act)
    return user.send(address, fields)


def open_amount(anna: Person, number: str) -> str:
    amount: str = anna.get(f"/invoices/{number}").json()["invoice"]["open_amount"]
    return amount


def test_files_are_dropped_and_each_has_its_report(http: HttpClients, teller: DeskUser) -> None:
    first, second = mt940([CERTAIN, TYPED, COSTS]), mt940([], number=3, opening="5.00")
    words = drops(teller, ("one.sta", first), ("two.sta", second), ("x.txt", b"hello"))
    assert "x.txt: is no bank statement" in words
    assert re.search(r"one.sta .*?1 allocated 1 went out .*?3 new, 0 seen before", words)
    assert re.search(r"two.sta .*?It opens with 5.00, but the last one closed with 2,357.50", words)
    assert "0 new, 3 seen before" in drops(teller, ("one.sta", first))
    assert "Choose a file." in drops(teller)
    words = plain(shown(http, teller, "/bank/statements"))
    assert "NL91ABNA0417164300 ST0001" in words
    assert "one is missing" in words


def test_what_waits_is_accepted_by_one_click_and_undone(
    http: HttpClients, anna: Person, teller: DeskUser
) -> None:
    drops(teller, ("one.sta", mt940([TYPED])))
    page = shown(http, teller)
    words = plain(page)
    assert re.search(r"Holding Smit .*?150.00 EUR .*?factuur 2026-0O2 dank u", words)
    assert re.search(r"2026-002 · Bakkerij .*? typing error", words)
    answer = accepts(teller, page)
    assert answer.status_code == 303
    page = teller.page(answer.headers["location"])
    assert "Allocated to 2026-002." in plain(page)
    assert open_amount(anna, "2026-002") == "0.00"
    words = plain(shown(http, teller, "/bank?status=allocated"))
    assert re.search(r"Holding Smit .*?2026-002 .*?typing error.*? tessa", words)
    fields = hidden(page[page.index('action="/undo"') :])
    back = teller.send("/undo", fields)
    assert "Undone: the transaction waits again." in plain(teller.page(back.headers["location"]))
    assert open_amount(anna, "2026-002") == "150.00"


def test_a_proposal_that_no_longer_fits_is_refused(
    http: HttpClients, anna: Person, teller: DeskUser
) -> None:
    drops(teller, ("one.sta", mt940([TYPED])))
    page = shown(http, teller)
    anna.record("/invoices/2026-002/payments", {"reference": "P", "amount": "100.00"})
    answer = accepts(teller, page)
    assert answer.status_code == 409
    assert any("Only 50.00 is open." in fault for fault in faults(answer.text))
    assert open_amount(anna, "2026-002") == "50.00"


def test_invoices_are_found_or_named_with_amounts(
    http: HttpClients, anna: Person, teller: DeskUser
) -> None:
    drops(teller, ("one.sta", mt940([Booking("200.00", "bread", "Nobody", "")])))
    page = shown(http, teller)
    assert "No open invoice fits" in plain(page)
    found = re.search(r'href="(/bank/[0-9a-f-]+)\?', page)
    assert found
    at = found[1]
    words = plain(shown(http, teller, f"{at}?q=2026-002"))
    assert "2026-002 · D-7 · open 150.00 EUR" in words
    answer = teller.fill(f"{at}/allocation?back=/money", invoices="2026-001=150; 2026-002=60,00")
    assert answer.status_code == 409
    teller.does(f"{at}/allocation?back=/money", invoices="2026-001=150,00, 2026-002=50")
    assert (open_amount(anna, "2026-001"), open_amount(anna, "2026-002")) == ("1060.00", "100.00")
    teller.does(f"{at}/undoing?back=/money", why="Another one.")
    assert open_amount(anna, "2026-001") == "1210.00"


def test_money_out_is_a_return_or_set_aside(
    http: HttpClients, anna: Person, teller: DeskUser
) -> None:
    drops(teller, ("one.sta", mt940([CERTAIN, COSTS])))
    back = mt940([Booking("-1210.00", "AC04 rekening opgeheven")], number=2, opening="2207.50")
    drops(teller, ("two.sta", back))
    page = shown(http, teller, "/money?only=out")
    assert re.search(r"Return of Bakkerij De Gouden Krakeling 1,210.00 EUR", plain(page))
    answer = accepts(teller, page, "return")
    assert answer.status_code == 303
    assert "the payment is reversed" in plain(teller.page(answer.headers["location"]))
    assert open_amount(anna, "2026-001") == "1210.00"
    found = re.search(r'href="(/bank/[0-9a-f-]+/aside)', shown(http, teller))
    assert found
    assert teller.fill(f"{found[1]}?back=/money").status_code == 422, "a reason is needed"
    teller.does(f"{found[1]}?back=/money", why="Bank charges.")
    assert "Bank charges." in plain(shown(http, teller, "/bank?status=set+aside"))
    assert "Kosten maart" not in plain(shown(http, teller))


def test_why_names_what_speaks_against(http: HttpClients, teller: DeskUser) -> None:
    drops(teller, ("one.sta", mt940([CERTAIN])))
    drops(teller, ("two.sta", mt940([Booking("150.00", "2026-001")], 2, "2210.00")))
    found = re.search(r'href="(/bank/[0-9a-f-]+)\?', shown(http, teller))
    assert found
    words = plain(teller.page(found[1]))
    assert "It names 2026-001, of which nothing is open." in words
    assert "Account that this debtor paid from before: D-7" in words
    assert "None is certain, so a person decides." in words


def test_the_invoice_leads_to_its_transaction(
    http: HttpClients, anna: Person, teller: DeskUser
) -> None:
    drops(teller, ("one.sta", mt940([CERTAIN])))
    id_ = anna.get("/invoices/2026-001").json()["invoice"]["invoice_id"]
    debtor = anna.get("/debtors/D-7").json()
    for path in (f"/invoices/{id_}", f"/debtors/{debtor['debtor']['debtor_id']}?number=D-7"):
        found = re.search(r'href="(/bank/[0-9a-f-]+)[?"]', shown(http, teller, path))
        assert found, path
        assert "Factuur 2026-001" in plain(teller.page(found[1]))


def test_the_bank_is_for_who_sees_everything(http: HttpClients, teller: DeskUser) -> None:
    drops(teller, ("one.sta", mt940([TYPED])))
    page = shown(http, teller)
    address, fields = form_of(page, "allocation")
    north = desk_user(http, Role.COLLECTOR, "noor", business_units=["north"])
    auditor = desk_user(http, Role.AUDITOR, "abe")
    assert "Holding Smit" in (seen := auditor.page("/money"))
    assert "/allocation" in page
    assert "/allocation" not in seen, "an auditor looks"
    assert "Holding Smit" not in north.page("/money")
    assert north.get("/bank").status_code == 403
    assert north.get("/bank/statements").status_code == 403
    own = hidden(north.page("/me")) | {"invoices": fields["invoices"], "back": "/money"}
    assert north.send(address, own).status_code == 404
