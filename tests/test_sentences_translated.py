"""The sentences of the contact log in the reader's language: none is missing, none is mixed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from api.i18n.texts import TEXTS
from api.i18n.translate import Translation
from api.i18n.wording import Wording
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel, Direction, Purpose, Reason, TaskKind
from ledger.facts.debtor_events import DebtorCollectorAssigned, DebtorContactLogged
from ledger.facts.invoice.dispute_handling import ResolverReminded
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import EmailSent, ItemPostponed
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.parts import DisputedLine
from ledger.facts.invoice.payments import WrittenOff
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import InvoiceSent, NoteAdded
from ledger.policy.messages.languages import LANGUAGES
from projections.contact_log.language import English
from projections.contact_log.sentences import sentence
from support.contact_log_examples import ID, ON, called, eur, registered
from support.given import day
from support.histories import any_of

EVENTS: list[Any] = sorted(INVOICE.events | DEBTOR.events, key=str)
THEIRS = set("abcé")  # the letters of the words that ``any_of`` makes up
NEXT = day("2027-03-09")


class Silent(English):
    """A language without words of ours: only facts are left, and what is in no catalogue."""

    def __call__(self, text: str, **facts: str) -> str:
        return "".join(facts.values()) if text in TEXTS else super().__call__(text, **facts)

    def number_of(self, number: int, single: str, several: str) -> str:
        return self(single) + self(several, count=str(number))

    def priced(self, amount: Decimal, currency: str) -> str:
        return self.money(amount) + currency

    def code(self, code: str) -> str:
        return ""


def written(language: str, event: Any) -> str:
    return sentence(event, Wording(Translation(language), date(2026, 11, 30)))


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
@settings(max_examples=15, deadline=None)
@for_all(data=st.data())
def test_any_event_has_a_sentence_in_each_language(kind: Any, data: st.DataObject) -> None:
    event = data.draw(any_of(kind))
    ours = {letter for letter in sentence(event, Silent()) if letter.isalpha()} - THEIRS
    assert ours == set(), "words that no catalogue has"
    for language in LANGUAGES:
        words = written(language, event)
        assert words.rstrip("”“»\u00a0").endswith((".", "?", "!"))
        assert "None" not in words


def test_the_marks_of_a_quotation_are_those_of_the_language() -> None:
    note = NoteAdded(on=ON, text="Ask “Piet”.")
    assert written("nl", note) == "Notitie: “Ask \u2018Piet\u2019.”"
    assert written("de", note) == "Notiz: „Ask \u2018Piet\u2019.“"
    assert written("fr", note) == "Note : «\u00a0Ask \u2018Piet\u2019.\u00a0»"


def test_an_amount_keeps_all_its_decimals() -> None:
    odd = WrittenOff(on=ON, amount=eur("1234.005"), why="")
    assert written("de", odd) == "Ein Betrag von 1.234,005 wurde ausgebucht."
    assert written("en", odd) == "1,234.005 was written off."


POSTPONED = ItemPostponed(
    on=ON, item="debtor", action=TaskKind.CHASE_DEBTOR, due_on=ON, until=NEXT, why="Away"
)
DISPUTED = DisputeOpened(
    on=ON,
    case_id=ID,
    reason=Reason.DAMAGED,
    raised_on=ON,
    contested=eur("30"),
    disputed=eur("30"),
    comment="Two are broken.",
    lines=(DisputedLine("2", eur("20"), eur("2.5")),),
    tax=eur("10"),
)
HELD = FollowUpHeld(
    on=ON,
    hold_id=ID,
    amount=eur("40"),
    reason="reply",
    until=NEXT,
    release_by=("anna", "bob"),
    note="Ask.",
)
MAILED = EmailSent(
    on=ON,
    message="m",
    purpose=Purpose.REMINDER,
    to=("ap@x.nl", "cfo@x.nl"),
    subject="Invoice F1",
    message_id="<m@seller.example>",
    document="",
    open_amount=eur("1121"),
)
RECORDED = ResolverReminded(
    on=ON,
    case_id=ID,
    resolver="Omar",
    times=1,
    follow_up_on=NEXT,
    unsent="Omar is no mail address",
)
VISITED = DebtorContactLogged(
    on=ON, contact_id=ID, channel=Channel.VISIT, direction=Direction.OUT, who="", summary="Shut."
)
BY_RULE = DebtorCollectorAssigned(on=ON, collector="anna", playbook=2, why="by rule /collectors/1")
PROMISED = PromiseMade(
    on=ON, promise_id=ID, amount=eur("81"), promised_for=NEXT, grace_days=1, who=""
)
READ: list[tuple[Any, str, str, str]] = [
    (
        registered(),
        "Factuur F1 van 121,00 EUR is geregistreerd: factuurdatum 2 maart, vervaldatum 1 april,"
        " debiteur 0042, debiteurenbeheerder anna.",
        "Rechnung F1 über 121,00 EUR wurde erfasst: Rechnungsdatum 2. März, fällig am 1. April,"
        " Kunde 0042, Forderungsmanager anna.",
        "La facture F1 de 121,00 EUR a été enregistrée : émise le 2 mars, échéance le 1er avril,"
        " client 0042, chargé de recouvrement anna.",
    ),
    (
        InvoiceSent(on=ON, channel=Channel.LETTER, to="Dam 1", charge=eur("3.5")),
        "De factuur is per brief aan Dam 1 verzonden; voor het verzenden is 3,50 in rekening"
        " gebracht.",
        "Die Rechnung wurde per Brief an Dam 1 versendet; für den Versand wurde ein Betrag von"
        " 3,50 berechnet.",
        "La facture a été envoyée par courrier à Dam 1 ; frais d'envoi facturés : 3,50.",
    ),
    (
        called(time="14:05+01:00"),
        "Telefoontje van Jan om 14:05: “Will pay.”",
        "Anruf von Jan um 14:05: „Will pay.“",
        "Appel de Jan à 14:05 : «\u00a0Will pay.\u00a0»",
    ),
    (
        VISITED,
        "Bezoek aan de debiteur: “Shut.”",
        "Besuch beim Kunden: „Shut.“",
        "Visite chez le client : «\u00a0Shut.\u00a0»",
    ),
    (
        DISPUTED,
        "De debiteur betwist sinds 2 maart regel 2 (aantal 2,5, 20,00) en belasting (10,00) van de"
        " factuur (30,00), reden: beschadigd: “Two are broken.”",
        "Der Kunde beanstandet seit dem 2. März Position 2 (Menge 2,5, 20,00) und Steuer (10,00)"
        " der Rechnung (30,00), Grund: beschädigt: „Two are broken.“",
        "Le client conteste depuis le 2 mars la ligne 2 (quantité 2,5, 20,00) et la taxe (10,00) de"
        " la facture (30,00), motif : endommagé : «\u00a0Two are broken.\u00a0»",
    ),
    (
        HELD,
        "De opvolging van 40,00 van de factuur pauzeert tot 9 maart 2027, omdat de debiteur heeft"
        " geantwoord; notitie: “Ask.”; alleen anna of bob mag de pauze opheffen.",
        "Mahnstopp für 40,00 der Rechnung bis zum 9. März 2027, da der Kunde geantwortet hat;"
        " Notiz: „Ask.“; nur anna oder bob darf ihn aufheben.",
        "La relance de 40,00 de la facture est suspendue jusqu'au 9 mars 2027, car le client a"
        " répondu ; note : «\u00a0Ask.\u00a0» ; seule personne autorisée à la lever : anna ou bob.",
    ),
    (
        MAILED,
        "Een betalingsherinnering voor 1.121,00 is per e-mail verzonden aan ap@x.nl en cfo@x.nl,"
        " met als onderwerp “Invoice F1”.",
        "Eine Zahlungserinnerung über 1.121,00 wurde per E-Mail an ap@x.nl und cfo@x.nl gesendet,"
        " Betreff „Invoice F1“.",
        "Un rappel de paiement de 1\u202f121,00 a été envoyé par e-mail à ap@x.nl et cfo@x.nl,"
        " avec pour objet «\u00a0Invoice F1\u00a0».",
    ),
    (
        RECORDED,
        "Herinnering 1 aan Omar over het dispuut is vastgelegd, met opvolging op 9 maart 2027; er"
        " is niets verzonden: Omar is geen e-mailadres.",
        "Erinnerung 1 an Omar zur Reklamation wurde erfasst, Wiedervorlage am 9. März 2027;"
        " gesendet wurde nichts: Omar ist keine E-Mail-Adresse.",
        "Le rappel 1 à Omar sur le litige a été enregistré, à suivre le 9 mars 2027 ; rien n'a été"
        " envoyé : Omar n'est pas une adresse e-mail.",
    ),
    (
        POSTPONED,
        "De taak “debiteur herinneren” van 2 maart is uitgesteld tot 9 maart 2027: “Away”.",
        "Die Aufgabe „Kunden mahnen“ vom 2. März wurde bis zum 9. März 2027 zurückgestellt:"
        " „Away“.",
        "La tâche «\u00a0relancer le client\u00a0» du 2 mars a été reportée au 9 mars 2027 :"
        " «\u00a0Away\u00a0».",
    ),
    (
        PROMISED,
        "De debiteur heeft beloofd uiterlijk 9 maart 2027 81,00 te betalen, met 1 dag speling.",
        "Der Kunde hat zugesagt, bis zum 9. März 2027 81,00 zu zahlen; Kulanzfrist: 1 Tag.",
        "Le client a promis de payer 81,00 au plus tard le 9 mars 2027, avec 1 jour de délai de"
        " grâce.",
    ),
    (
        BY_RULE,
        "anna is debiteurenbeheerder geworden, volgens regel /collectors/1.",
        "Für das Forderungsmanagement ist nun anna zuständig, nach Regel /collectors/1.",
        "Le recouvrement a été confié à anna, selon la règle /collectors/1.",
    ),
]


@pytest.mark.parametrize(("event", "dutch", "german", "french"), READ)
def test_an_event_as_its_reader_writes(event: Any, dutch: str, german: str, french: str) -> None:
    assert written("nl", event) == dutch
    assert written("de", event) == german
    assert written("fr", event) == french
