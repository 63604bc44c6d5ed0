"""Letters are printed from the outbox: one PDF, and on record once a person posted them."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from api.http.auth.keys import Role
from ledger.engine.projector import Projector
from ledger.facts.books import book_id
from ledger.facts.invoice.follow_up import LetterPrinted
from ledger.facts.outbound import MessageSent
from projections import READ_MODELS
from support.desk import DeskUser, desk_user, faults, hidden, plain
from support.http_clients import HttpClients, Person

pytestmark = pytest.mark.no_worker

LETTERS = "/outbox/letters"


def catch_up(http: HttpClients) -> None:
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()


@pytest.fixture
def clerk(http: HttpClients) -> Person:
    found = http.collector(name="anna")
    http.applies_the_playbook()
    return found


@pytest.fixture
def printer(http: HttpClients, clerk: Person) -> DeskUser:
    """A collector with a letter to each of two debtors, who have no mail address."""
    user = desk_user(http, Role.COLLECTOR, "bram")
    for number in ("1", "2"):
        street = f"Dorpsstraat {number}, 1234 AB Dorp"
        clerk.record(
            "/debtors", {"debtor": f"D-{number}", "name": f"Bakkerij {number}", "address": street}
        )
        clerk.record(
            "/invoices",
            {"invoice": f"F-{number}", "amount": "100.00", "on": "2026-01-02",
             "due_on": "2026-02-01", "debtor": f"D-{number}"},
        )  # fmt: skip
        path = f"/invoices/{book_id('default', 'invoice', f'F-{number}')}/reminder"
        assert user.fill(path, path).status_code == 303
    catch_up(http)
    return user


def our_address(http: HttpClients, street: str = "Kade 1") -> None:
    admin = http.person(Role.ADMIN)
    admin.record("/creditor", {"name": "Seller BV", "address": f"{street}\n3511 ED Utrecht"})


def choose(user: DeskUser, *numbers: str) -> str:
    page = user.page(LETTERS)
    every = re.findall(r'name="letter" value="([^"]+)"', page)
    chosen = [name for name in every if any(f"/{number}/" in name for number in numbers)]
    answer = user.send(LETTERS, hidden(page) | {"letter": chosen or every})
    assert answer.status_code == 200
    return answer.text


def posted(page: str) -> dict[str, Any]:
    """Return the form that says that what a page shows is posted."""
    every = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page) for name in ("letter", "mark")
    }
    return hidden(page) | every | {"do": "posted"}


def test_all_letters_are_one_pdf_and_recorded_when_posted(
    http: HttpClients, clerk: Person, printer: DeskUser
) -> None:
    our_address(http)
    assert LETTERS in printer.page("/outbox")
    page = choose(printer)
    assert "2 letters to print" in plain(page)
    [address] = re.findall(r'href="(/outbox/letters.pdf[^"]+)"', page)
    pdf = printer.get(address.replace("&amp;", "&"))
    assert pdf.headers["content-type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages]
    assert ["Dorpsstraat 1" in pages[0], "Dorpsstraat 2" in pages[1]] == [True, True]
    assert http.recorded(LetterPrinted) == [], "a PDF alone is not a letter in the post"
    sent = printer.send(LETTERS, posted(page))
    assert sent.status_code == 303
    assert [event.open_amount for event in http.recorded(LetterPrinted)] == [100, 100]
    assert [entry.by for entry in http.entries()[-2:]] == ["bram", "bram"]
    catch_up(http)
    after = plain(printer.page(sent.headers["location"]))
    assert "2 letters are posted." in after
    assert "Nothing waits to be sent." in after
    again = printer.send(LETTERS, posted(page))
    assert again.status_code == 409
    assert "does not wait to be printed any more" in " ".join(faults(again.text))
    assert len(http.recorded(MessageSent)) == 2


def test_one_letter_is_printed_and_the_others_wait(
    http: HttpClients, clerk: Person, printer: DeskUser
) -> None:
    our_address(http)
    assert printer.send(LETTERS, posted(choose(printer, "D-2"))).status_code == 303
    [letter] = http.recorded(LetterPrinted)
    assert "Bakkerij 2" in letter.to
    catch_up(http)
    assert "F-1" in printer.page(LETTERS)
    assert "F-2" not in printer.page(LETTERS)


def test_what_is_not_what_was_printed_is_not_recorded(
    http: HttpClients, clerk: Person, printer: DeskUser
) -> None:
    our_address(http)
    page = choose(printer)
    clerk.record("/invoices/F-1/payments", {"amount": "100.00", "reference": "B-1"})
    answer = printer.send(LETTERS, posted(page))
    assert answer.status_code == 409
    assert "Not printed: D-1" in plain(answer.text)
    our_address(http, "Kade 2")
    moved = printer.send(LETTERS, posted(answer.text))
    assert "is not what was printed any more" in " ".join(faults(moved.text))
    assert http.recorded(LetterPrinted) == []
    assert printer.send(LETTERS, posted(moved.text)).status_code == 303


def test_a_letter_needs_our_address(http: HttpClients, printer: DeskUser) -> None:
    page = choose(printer)
    assert "set the address on our letters first" in plain(page)
    assert "They are printed" not in plain(page)


def test_who_may_not_print_has_no_page(http: HttpClients, printer: DeskUser) -> None:
    for user in (
        desk_user(http, Role.COLLECTOR, "nora", business_units=["north"]),
        desk_user(http, Role.AUDITOR, "gerda"),
    ):
        assert user.get(LETTERS).status_code == 403
        assert user.get(f"{LETTERS}.pdf?letter=x").status_code == 403
        form = hidden(user.page("/me")) | {"do": "posted", "letter": "x", "mark": "y"}
        assert user.send(LETTERS, form).status_code == 403
    assert printer.get(f"{LETTERS}.pdf?letter=x").status_code == 404
