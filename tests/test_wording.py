"""Sentences that debtors write: which of them smell of a dispute, and by which rule."""

import time
from pathlib import Path

import pytest
from msgspec.structs import replace as but

from api.mail.parse import read
from commands.inbox.message import MessageKind
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Reason
from ledger.facts.playbook_rules import DisputePhrases, Rules
from ledger.policy.disputes.detection import MAX_SENTENCE_LENGTH, Detection, detect
from ledger.policy.disputes.phrases import normalise_words, phrase
from ledger.policy.playbook.in_force import shipped, shipped_wording, together, wording
from ledger.policy.playbook.yaml_file import parse, to_yaml
from ledger.policy.refusal import Refused
from support.given import given
from support.mail_samples import FOLDERS, mails, share

SAYS = """
en not_delivered | The goods have never arrived.
en not_delivered | We have not yet received the goods.
en not_delivered | Your parcel was not
  delivered to us.
en invoice_not_received | We haven't received your invoice yet.
en damaged | Two of the chairs were damaged when we opened the box.
en damaged | Not only was it late, the machine is broken!
en quantity_short | Three boxes are still missing.
en wrong_item | You sent us the wrong size.
en price | The price on it is too high.
en duplicate | It seems we were charged for this twice.
en already_paid | This invoice has already been paid by us.
en not_ordered | We never ordered this.
en other | We do not agree with the amount; please call.
en other | I dispute this claim.
en already_paid | We paid the invoice two weeks ago.
en other | There is a mistake on the invoice.
en damaged | We will not pay for damaged goods.
nl not_delivered | De drie dozen zijn nooit ontvangen.
nl not_delivered | De bestelling is nog niet geleverd.
nl invoice_not_received | Wij hebben deze factuur nog niet van u ontvangen.
nl damaged | De tafel kwam beschadigd aan.
nl damaged | Niet alleen te laat maar ook kapot.
nl quantity_short | Er ontbreken twee stoelen.
nl wrong_item | U stuurde het verkeerde artikel.
nl price | De prijs klopt niet.
nl price | Dit is te duur.
nl already_paid | Deze factuur is vorige week al betaald.
nl duplicate | U hebt ons dubbel gefactureerd.
nl not_ordered | Dit hebben wij nooit besteld!
nl other | Wij zijn het er niet mee eens.
nl other | Er zit een fout in de factuur.
nl calculation | Het bedrag op de factuur klopt niet.
de not_delivered | Die Ware wurde bis heute nicht geliefert.
de not_delivered | Wir haben die Lieferung nie erhalten.
de invoice_not_received | Ihre Rechnung haben wir nicht erhalten.
de damaged | Die Ware war beschädigt.
de damaged | DIE MASCHINE IST DEFEKT
de quantity_short | Es fehlen noch zwei Kartons.
de wrong_item | Sie haben den falschen Artikel geschickt.
de price | Der Preis ist zu hoch.
de already_paid | Die Rechnung wurde bereits am 3. März überwiesen.
de duplicate | Der Posten wurde doppelt berechnet.
de not_ordered | Das haben wir nicht bestellt.
de other | Wir sind nicht einverstanden.
de other | Hiermit reklamieren wir die Lieferung.
de other | Ihre Rechnung enthält einen Fehler.
de calculation | Die Summe stimmt nicht.
fr not_delivered | La commande n'a jamais été livrée.
fr not_delivered | Nous n'avons pas encore reçu la marchandise.
fr invoice_not_received | Nous n'avons jamais reçu cette facture.
fr damaged | Deux chaises sont endommagées.
fr damaged | Non seulement en retard, mais aussi cassée.
fr quantity_short | Il manque trois cartons.
fr wrong_item | Vous avez livré le mauvais article.
fr price | C'est trop cher.
fr already_paid | Nous avons déjà payé.
fr duplicate | Ce poste a été facturé deux fois.
fr not_ordered | Nous n'avons pas commandé ces articles.
fr other | Nous ne sommes pas d'accord.
fr other | Nous contestons cette facture.
fr other | Il y a une erreur sur la facture.
fr calculation | Le montant de la facture est incorrect.
"""
SAYS_NOT = """
en We pay next week.
en The goods were not damaged.
en Nothing was broken.
en No boxes are missing.
en It wasn't damaged at all.
en We do not dispute the invoice.
en Please tell us if anything is missing.
en The price is fine, thank you.
en We have received the goods in good order.
en Our bookkeeper is away until Monday.
en Can you send a copy of the invoice?
en The invoice is approved and will be paid on Friday.
en We have not received a reminder before.
en Please confirm the agreed payment terms.
en I have not paid it yet, sorry.
nl Wij betalen volgende week.
nl De goederen waren niet beschadigd.
nl Er ontbreekt niets.
nl Niets is kapot.
nl Wij betwisten de factuur niet.
nl Wij hebben geen bezwaar.
nl Mocht er iets ontbreken, dan bel ik u.
nl De levering was compleet en op tijd.
nl Kunt u een kopie van de factuur sturen?
nl De factuur is goedgekeurd.
nl Onze boekhouder is tot maandag afwezig.
nl Het bedrag wordt vrijdag overgemaakt.
nl Een herinnering hebben wij niet ontvangen.
nl Wij hebben de factuur ontvangen.
de Wir zahlen nächste Woche.
de Die Ware war nicht beschädigt.
de Es fehlt nichts.
de Kein Karton war defekt.
de Wir beanstanden die Rechnung nicht.
de Es gibt nichts zu beanstanden.
de Falls etwas fehlt, melden wir uns.
de Die Lieferung war vollständig und pünktlich.
de Bitte senden Sie eine Kopie der Rechnung.
de Die Rechnung ist freigegeben.
de Unsere Buchhaltung ist bis Montag nicht besetzt.
de Der Betrag wird am Freitag überwiesen.
de Eine Mahnung haben wir nicht erhalten.
de Wir haben die Rechnung erhalten.
fr Nous payons la semaine prochaine.
fr La marchandise n'était pas endommagée.
fr Il ne manque rien.
fr Aucune chaise n'est cassée.
fr Nous ne contestons pas la facture.
fr Si un article manque, nous vous appelons.
fr La livraison était complète.
fr Pouvez-vous envoyer une copie de la facture ?
fr La facture est approuvée.
fr Notre comptable est absent jusqu'à lundi.
fr Le montant sera viré vendredi.
fr Nous n'avons jamais reçu de rappel.
fr Nous avons reçu la facture.
fr Nous sommes d'accord avec le montant.
"""
SIGNS = [line.split(" | ") for line in SAYS.strip().replace("\n  ", "\\n").splitlines()]
RULES = shipped()
MINE = {"en": DisputePhrases(signs={Reason.DAMAGED: ("crack*", "in pieces/bits", "not ... whole")})}


@pytest.mark.parametrize(("rule", "text"), SIGNS, ids=lambda one: one[:40])
def test_what_smells(rule: str, text: str) -> None:
    found = detect(text.replace("\\n", "\n"), wording(RULES), together(RULES))
    assert found is not None
    assert f"{found.language} {found.reason}" == rule


@pytest.mark.parametrize("line", SAYS_NOT.strip().splitlines())
def test_what_does_not(line: str) -> None:
    assert detect(line[3:], wording(RULES), together(RULES)) is None


def test_enough_sentences_of_each_language() -> None:
    for language in wording(RULES):
        assert sum(rule.startswith(language) for rule, _ in SIGNS) >= 12
        assert sum(line.startswith(language) for line in SAYS_NOT.splitlines()) >= 12


def test_the_sentence_and_the_rule_are_told() -> None:
    text = "Hello Sam.\nAs for F-1: three boxes\nnever arrived. Jan"
    found = detect(text, wording(RULES), together(RULES))
    sentence = "As for F-1: three boxes never arrived."
    words = "boxes + never + arrived"
    assert found == Detection(Reason.NOT_DELIVERED, sentence, "en", words)
    assert found.why == f"text: {sentence} (en, not delivered: “{words}”)"


def test_of_an_endless_sentence_the_piece_that_says_it() -> None:
    found = detect(f"{'blah ' * 500}it is damaged {'blah ' * 500}", wording(RULES), together(RULES))
    assert found is not None
    assert "it is damaged" in found.sentence
    assert len(found.sentence) <= MAX_SENTENCE_LENGTH


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cracked!", "crack*"),
        ("In\nBITS", "in pieces/bits"),
        ("It is not at all whole", "not ... whole"),
        ("not whole", "not ... whole"),
        ("Not one of them is whole", None),  # four words between
        ("not; whole", None),
        ("uncracked", None),
        ("in bitsy", None),
    ],
)
def test_what_a_phrase_finds(text: str, words: str | None) -> None:
    found = detect(text, MINE, {})
    assert (found and found.words) == words


BY_CONCEPTS = {
    "en": DisputePhrases(
        concepts={
            "goods": ("chair*", "-ware"),
            "arrive": ("arrived", "turned up"),
            "not": ("not", "never"),
            "damaged": ("crack*",),
            "thanks": ("perfect",),
            "if": ("if",),
            "aside": ("next order",),
            "courtesy": ("sorry",),
            "but": ("but",),
        },
        unless_after=("not",),
        ignore=("not only",),
    )
}
TOGETHER = {
    Reason.NOT_DELIVERED: ("goods + not arrive - thanks",),
    Reason.DAMAGED: ("damaged",),
    Reason.QUANTITY_SHORT: ("number goods + number - question",),
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two chairs never turned up here", "chairs + never + turned up"),
        ("The hardware has not arrived", "hardware + not + arrived"),
        ("The ware arrived on the very day that I was not here", None),  # not close
        ("It has not arrived", None),  # no goods
        ("Perfect, the chairs have not arrived", None),  # without thanks
        ("It cracked", "cracked"),
        ("It is not cracked", None),  # denied
        ("It is not only cracked", "cracked"),
        ("Please call if it cracked", None),  # a condition
        ("If it is late, call; it cracked", "cracked"),
        ("For the next order, not cracked ones", None),  # aside
        ("Sorry, it cracked", None),  # courtesy
        ("Sorry, but it cracked", "cracked"),
        ("20 chairs, I see 18", "20 + chairs + 18"),
        ("20 chairs, or 18?", None),  # a question
        ("20 chairs, I see 20", None),  # the same number
    ],
)
def test_what_concepts_find(text: str, words: str | None) -> None:
    found = detect(text, BY_CONCEPTS, TOGETHER)
    assert (found and found.words) == words


def test_a_sentence_counts_in_the_language_that_knows_most_of_it() -> None:
    other = {"nl": DisputePhrases(concepts={"damaged": ("arrived",), "goods": ("chair*",)})}
    assert detect("Perfect, not the chairs arrived", {**other, **BY_CONCEPTS}, TOGETHER) is None
    assert detect("The chairs arrived", other, TOGETHER) is not None


def test_accents_are_as_written() -> None:
    assert phrase("déjà").pattern.search(normalise_words("DE\u0301JA\u0300 vu"))
    assert not phrase("déjà").pattern.search(normalise_words("deja vu"))


def test_rules_without_wording_have_the_shipped_one() -> None:
    assert RULES.wording is None
    assert wording(RULES) == shipped_wording().wording
    assert together(RULES) == shipped_wording().together
    none = but(RULES, wording={}, together={})
    assert (wording(none), together(none)) == ({}, {})


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("...", "between words"),
        ("not ...", "between words"),
        ("a ... ... b", "once between"),
        ("a ... b ... c ... d", "2 times at most"),
        ("da*aged", "end of a word"),
        ("*", "is not a word"),
        ("not//never", "is not a word"),
        ("(.*)+$", "end of a word"),
        (" ", "1 to 12 words"),
        ("a " * 13, "1 to 12 words"),
    ],
)
def test_a_bad_phrase_is_refused_by_name(words: str, why: str) -> None:
    def refused(one: DisputePhrases, place: str) -> None:
        rules: Rules = but(RULES, wording={"nl": one})
        given().when(ApplyPlaybook(rules=rules)).refused(Refused, why, f"rules/wording/nl/{place}")

    refused(DisputePhrases(signs={Reason.PRICE: ("te duur", words)}), "signs/price/1")
    refused(DisputePhrases(unless_after=(words,)), "unless_after/0")
    refused(DisputePhrases(ignore=(words,)), "ignore/0")
    refused(DisputePhrases(concepts={"goods": (words,)}), "concepts/goods/0")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("goods +", "concepts, with"),
        ("goods - ", "concepts, with"),
        ("goods + hope", "'hope' is not a concept"),
        ("goods - hope", "'hope' is not a concept"),
    ],
)
def test_a_bad_combination_is_refused_by_name(words: str, why: str) -> None:
    rules = but(RULES, together={Reason.PRICE: ("goods + late", words)})
    given().when(ApplyPlaybook(rules=rules)).refused(Refused, why, "rules/together/price/1")


def test_a_stem_of_two_characters_is_refused() -> None:
    rules = but(RULES, wording={"nl": DisputePhrases(concepts={"goods": ("-en",)})})
    place = "rules/wording/nl/concepts/goods/0"
    given().when(ApplyPlaybook(rules=rules)).refused(Refused, "3 characters", place)


def test_the_shipped_wording_can_be_applied_and_copied() -> None:
    rules = but(RULES, wording=wording(RULES), together=together(RULES))
    [applied] = given().when(ApplyPlaybook(rules=rules)).decided()
    assert parse(to_yaml(applied.rules).encode(), "shown") == rules


@pytest.mark.parametrize(
    "text",
    ["not " * 5_000, "a" * 20_000, "not\n" * 5_000, "already, " * 2_000, "1 2 3 4 " * 2_500],
)
def test_it_takes_no_time(text: str) -> None:
    detect("", wording(RULES), together(RULES))  # reads the words
    start = time.process_time()
    detect(text[:20_000], wording(RULES), together(RULES))
    assert time.process_time() - start < 1.5


def test_how_many_of_the_real_mails_smell(data: Path) -> None:
    """None is about an invoice of ours: whatever smells is a false alarm."""
    found, people = list[tuple[str, Detection]](), 0
    for path in (one for folder in FOLDERS for one in mails(data, folder)):
        mail = read(path.read_bytes())
        if mail.kind is MessageKind.PERSON:
            people += 1
            if smell := detect(mail.reply, wording(RULES), together(RULES)):
                found.append((path.name, smell))
    for name, smell in found:
        print(name, smell.why)  # noqa: T201
    assert share("real mails that smell", len(found), people) == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Von der Rechnung 2026-1222 sind zwei Kartons beschädigt angekommen.", Reason.DAMAGED),
        ("Bonjour, pour la facture 2026-1223 nous n'avons jamais reçu la marchandise.",
         Reason.NOT_DELIVERED),
        ("Invoice INV/2026/17 was for twelve boxes and ten arrived.", Reason.QUANTITY_SHORT),
        ("Agreed delivery on 12-05-2026, it arrived on 19-05-2026.", Reason.LATE_DELIVERY),
    ],
)  # fmt: skip
def test_an_invoice_number_counts_nothing_but_dates_and_quantities_do(
    text: str, reason: Reason
) -> None:
    found = detect(text, wording(shipped()), together(shipped()))
    assert found is not None
    assert found.reason == reason
