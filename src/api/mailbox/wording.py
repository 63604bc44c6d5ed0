"""Wording that smells of a dispute: a suggestion, with the sentence. A person decides.

Few words and sure ones, of what was newly written: a list that is longer cries wolf.
"""

import re
from typing import NamedTuple

from ledger.codes import Reason

LONGEST = 300  # characters of a sentence that are told
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
RULES = {
    Reason.NOT_DELIVERED: r"never (?:arrived|received)|not (?:been )?delivered|niet geleverd"
    r"|nooit ontvangen|nicht geliefert|nie (?:erhalten|angekommen)|pas (?:été )?livrée?s?",
    Reason.DAMAGED: r"damaged|broken|beschadigd|kapot|beschädigt|defekt|endommagée?s?|cassée?s?",
    Reason.QUANTITY_SHORT: r"(?:is|are|were) missing|too few|ontbre(?:ekt|ken)|te weinig"
    r"|fehl(?:t|en)|zu wenig|manque(?:nt)?",
    Reason.WRONG_ITEM: r"wrong (?:item|product|goods)|verkeerde? (?:artikel|product|goederen)"
    r"|falsche[rns]? (?:artikel|ware|produkt)|mauvais (?:article|produit)",
    Reason.PRICE: r"(?:wrong|agreed|other) price|too expensive"
    r"|(?:verkeerde|afgesproken|andere) prijs|te duur"
    r"|(?:falscher|vereinbarter?|anderer) preis|zu teuer|(?:mauvais )?prix convenu",
    Reason.ALREADY_PAID: r"already (?:been )?paid|(?:al|reeds) (?:betaald|voldaan)"
    r"|(?:bereits|schon) (?:bezahlt|überwiesen|beglichen)|déjà (?:payée?|réglée?)",
    Reason.NOT_ORDERED: r"(?:never|not) ordered|(?:niet|nooit) besteld|(?:nicht|nie) bestellt"
    r"|(?:pas|jamais) commandée?",
    Reason.DUPLICATE: r"(?:invoiced|charged|billed) twice|dubbel gefactureerd"
    r"|doppelt (?:berechnet|fakturiert)|facturée? deux fois",
    Reason.OTHER: r"(?:we|i) (?:dispute|contest|do not agree)|niet (?:mee )?eens|betwist"
    r"|nicht einverstanden|beanstand\w+|reklamier\w+|contest(?:e|ons)|pas d'accord",
}
WORDS = [(reason, re.compile(rf"\b(?:{words})\b", re.I)) for reason, words in RULES.items()]


class Smell(NamedTuple):
    """Which reason, and the sentence that made us think so."""

    reason: Reason
    sentence: str


def smells(text: str) -> Smell | None:
    """The first sentence that says something is wrong."""
    for sentence in SENTENCE.findall(text):
        for reason, words in WORDS:
            if words.search(sentence):
                return Smell(reason, sentence.strip()[:LONGEST])
    return None
