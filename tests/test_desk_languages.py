"""The desk of a collector who reads no English: what happened, why, and what a form would do."""

import pytest

from api.http.auth.keys import Role
from ledger.facts.books import book_id
from support.desk import DeskUser, desk_user, plain
from support.http_clients import HttpClients, Person

OVERDUE = {"amount": "1210.00", "due_on": "2026-02-01", "on": "2026-01-02", "debtor": "D-7"}
INVOICE = book_id("default", "invoice", "F-1")
FILE, DEBTOR = f"/invoices/{INVOICE}", f"/debtors/{book_id('default', 'debtor', 'D-7')}"
HELD = {"reason": "Waits for the year's end", "until": "2026-04-01"}
DISPUTED = {
    "invoices": [{"invoice": "F-1", "contested": "210"}],
    "reason": "damaged",
    "comment": "x",
}
READ = [  # an act shown before it is done, on the file, of the debtor, since one looked; and why
    (
        "nl",
        "De opvolging van de factuur pauzeert tot 1 april: “Waits for the year's end”.",
        "Factuur F-1 van 1.210,00 EUR is geregistreerd: factuurdatum 2 januari",
        "De debiteur betwist sinds 2 maart een deel van de factuur (210,00), reden: beschadigd",
        "Van 1.210,00 open is 210,00 betwist: beschadigd. Er is geen behandelaar gevraagd",
    ),
    (
        "de",
        "Mahnstopp für die Rechnung bis zum 1. April: „Waits for the year's end“.",
        "Rechnung F-1 über 1.210,00 EUR wurde erfasst: Rechnungsdatum 2. Januar",
        "Der Kunde beanstandet seit dem 2. März einen Teil der Rechnung (210,00), Grund: besch",
        "210,00 von offenen 1.210,00 strittig: beschädigt. Es ist kein Bearbeiter gefragt",
    ),
    (
        "fr",
        "La relance de la facture est suspendue jusqu'au 1er avril : "
        "«\u00a0Waits for the year's end\u00a0».",
        "La facture F-1 de 1\u202f210,00 EUR a été enregistrée : émise le 2 janvier",
        "Le client conteste depuis le 2 mars une partie de la facture (210,00), motif : endommagé",
        "210,00 contesté sur un solde de 1\u202f210,00 : endommagé. Aucun responsable n'est",
    ),
]


def words(page: str) -> str:
    return " ".join(plain(page).split())


@pytest.mark.parametrize(("language", "held", "registered", "disputed", "why"), READ)
def test_a_reader_finds_no_english_of_ours(
    http: HttpClients,
    anna: Person,
    language: str,
    held: str,
    registered: str,
    disputed: str,
    why: str,
) -> None:
    anna.record("/debtors", {"debtor": "D-7", "name": "Jansen", "email": "j@d.example"})
    anna.record("/invoices", {"invoice": "F-1", **OVERDUE, "collector": "bram"})
    bram: DeskUser = desk_user(http, Role.COLLECTOR, "bram", language=language)
    bram.page("/today")
    last = anna.record("/disputes", DISPUTED)
    today = bram.page(f"/today?at_least={last['position']}")
    assert words(why) in words(today)
    assert words(disputed) in words(bram.page("/since"))
    for page in (bram.page(FILE), bram.page(DEBTOR)):
        assert words(registered) in words(page)
        assert words(disputed) in words(page)
    tried = bram.fill(f"{FILE}/holds", **HELD, check="1").text
    done = bram.does(f"{FILE}/holds", **HELD)
    assert all(words(held) in words(page) for page in (tried, done))


def test_over_http_the_same_is_english(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices", {"invoice": "F-1", **OVERDUE})
    desk_user(http, Role.COLLECTOR, "bram", language="nl")
    [entry] = anna.get("/invoices/F-1/contact-log").json()
    assert entry["what"].startswith(
        "Invoice F-1 of EUR 1210.00 was registered: issued on 2026-01-0"
    )
