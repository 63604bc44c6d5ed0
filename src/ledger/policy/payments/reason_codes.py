"""The reason of a deduction, by the payer's code, else by the words of the remittance."""

import re
from typing import NamedTuple

from ledger.facts.codes import Reason


class Standards(NamedTuple):
    """The codes of a reason in three standards. They lose detail: keep the original code too."""

    peppol: str  # OPStatusReason (Peppol Invoice Response 3)
    edifact: str  # UN/EDIFACT 4465, EANCOM COMDIS subset where it has one
    x12: str  # X12 element 426


CROSSWALK: dict[Reason, Standards] = {
    Reason.PRICE: Standards("PRI", "5", "01"),
    Reason.DISCOUNT: Standards("PRI", "56", "24"),
    Reason.QUANTITY_SHORT: Standards("QTY", "4", "06"),
    Reason.NOT_DELIVERED: Standards("DEL", "32", "42"),
    Reason.LATE_DELIVERY: Standards("DEL", "33", "41"),
    Reason.WRONG_ITEM: Standards("ITM", "14", "07"),
    Reason.DAMAGED: Standards("QUA", "3", "04"),
    Reason.QUALITY_OR_SERVICE: Standards("QUA", "2", "05"),
    Reason.RETURNED_GOODS: Standards("DEL", "35", "11"),
    Reason.MISSING_REFERENCE: Standards("REF", "10E", "17"),
    Reason.INVOICE_NOT_RECEIVED: Standards("OTH", "36", "44"),
    Reason.WRONG_PARTY_OR_ADDRESS: Standards("REC", "12E", "40"),
    Reason.TAX_OR_LEGAL: Standards("LEG", "26", "55"),
    Reason.CALCULATION: Standards("OTH", "9", "03"),
    Reason.DUPLICATE: Standards("OTH", "9", "19"),
    Reason.NOT_ORDERED: Standards("UNR", "ZZZ", "18"),
    Reason.PAYMENT_TERMS: Standards("PAY", "31", "09"),
    Reason.ALREADY_PAID: Standards("OTH", "30", "ZZ"),
    Reason.COUNTER_CLAIM: Standards("OTH", "13", "ZZ"),
    Reason.PROOF_REQUIRED: Standards("OTH", "6", "44"),
    Reason.OTHER: Standards("OTH", "ZZZ", "ZZ"),
}
NO_REASON = ("NON", "PPD", "1", "7")  # correct, partially paid, as agreed, on account
_LISTS = {  # code lists and format figures 5.1 to 5.4
    "OPStatusReason": {
        Reason.PRICE: "PRI",
        Reason.QUANTITY_SHORT: "QTY",
        Reason.NOT_DELIVERED: "DEL",
        Reason.WRONG_ITEM: "ITM",
        Reason.QUALITY_OR_SERVICE: "QUA",
        Reason.MISSING_REFERENCE: "REF",
        Reason.WRONG_PARTY_OR_ADDRESS: "REC",
        Reason.TAX_OR_LEGAL: "LEG",
        Reason.NOT_ORDERED: "UNR",
        Reason.PAYMENT_TERMS: "PAY",
    },
    "207": {  # the French life cycle
        Reason.PRICE: "PU_ERR",
        Reason.DISCOUNT: "REM_ERR",
        Reason.QUANTITY_SHORT: "QTE_ERR LIVR_INCOMP",
        Reason.WRONG_ITEM: "ART_ERR",
        Reason.QUALITY_OR_SERVICE: "QUALITE_ERR NON_CONFORME",
        Reason.MISSING_REFERENCE: "CMD_ERR REF_ERR REF_CT_ABSENT",
        Reason.WRONG_PARTY_OR_ADDRESS: "DEST_ERR ADR_ERR",
        Reason.TAX_OR_LEGAL: "TX_TVA_ERR SIRET_ERR",
        Reason.CALCULATION: "CALCUL_ERR MONTANTTOTAL_ERR",
        Reason.DUPLICATE: "DOUBLON DOUBLE_FACT",
        Reason.NOT_ORDERED: "TRANSAC_INC CONTRAT_TERM",
        Reason.PAYMENT_TERMS: "MODPAI_ERR",
        Reason.PROOF_REQUIRED: "JUSTIF_ABS",
    },
    "4465": {  # UN/EDIFACT
        Reason.PRICE: "5",
        Reason.DISCOUNT: "56 19",
        Reason.QUANTITY_SHORT: "4",
        Reason.NOT_DELIVERED: "32",
        Reason.LATE_DELIVERY: "33 20",
        Reason.WRONG_ITEM: "14",
        Reason.DAMAGED: "3 17",
        Reason.QUALITY_OR_SERVICE: "2",
        Reason.RETURNED_GOODS: "35 16",
        Reason.MISSING_REFERENCE: "10E",
        Reason.INVOICE_NOT_RECEIVED: "36",
        Reason.WRONG_PARTY_OR_ADDRESS: "12E",
        Reason.TAX_OR_LEGAL: "26",
        Reason.CALCULATION: "9",
        Reason.PAYMENT_TERMS: "31 64",
        Reason.ALREADY_PAID: "30",
        Reason.COUNTER_CLAIM: "13",
        Reason.PROOF_REQUIRED: "6",
    },
    "426": {  # X12
        Reason.PRICE: "01",
        Reason.DISCOUNT: "24 43",
        Reason.QUANTITY_SHORT: "06",
        Reason.NOT_DELIVERED: "42",
        Reason.LATE_DELIVERY: "41",
        Reason.WRONG_ITEM: "07",
        Reason.DAMAGED: "04",
        Reason.QUALITY_OR_SERVICE: "05 38",
        Reason.RETURNED_GOODS: "11 12 13 14 15",
        Reason.MISSING_REFERENCE: "17",
        Reason.WRONG_PARTY_OR_ADDRESS: "40",
        Reason.TAX_OR_LEGAL: "55",
        Reason.CALCULATION: "03",
        Reason.DUPLICATE: "19",
        Reason.NOT_ORDERED: "18",
        Reason.PAYMENT_TERMS: "09",
        Reason.PROOF_REQUIRED: "44",
    },
}
LISTS = {
    name: {code: reason for reason, codes in by_reason.items() for code in codes.split()}
    for name, by_reason in _LISTS.items()
}
WORDS = {  # of remittances in en, nl, de, fr; only unambiguous words
    Reason.DISCOUNT: r"discount|rebate|korting|skonto|rabatt?|nachlass|remise|escompte|ristourne",
    Reason.RETURNED_GOODS: r"return(?:s|ed)?|retour\w*|geretourneerd|rücksendung|retouren?"
    r"|zurückgesandt|renvoy\w+",
    Reason.DAMAGED: r"damage[sd]?|breakage|broken|schade|beschadigd|breuk|kapot|beschädig\w+"
    r"|schaden|bruch|endommag\w+|casse|cassée?s?|avarie",
    Reason.QUANTITY_SHORT: r"short(?:age| delivery| delivered)|missing|manco|tekort|te weinig"
    r"|fehlmenge|minderlieferung|fehl(?:t|en)|zu wenig|manquants?|manque",
    Reason.NOT_DELIVERED: r"(?:not|never) delivered|(?:niet|nooit) geleverd|nicht geliefert"
    r"|(?:non|pas) livrée?s?",
    Reason.LATE_DELIVERY: r"late delivery|delivered late|te laat geleverd|verspätete? lieferung"
    r"|zu spät geliefert|livrée?s? en retard|retard de livraison",
    Reason.WRONG_ITEM: r"wrong (?:item|product|goods)|verkeerde? (?:artikel|product|goederen)"
    r"|falschlieferung|falsche[rs]? (?:artikel|ware)|mauvais (?:article|produit)",
    Reason.QUALITY_OR_SERVICE: r"quality|kwaliteit|klacht|qualität|mangel|mängel|qualité|défaut",
    Reason.PRICE: r"(?:wrong |agreed )?price|prijs(?:verschil)?|preis(?:differenz)?|prix",
    Reason.DUPLICATE: r"duplicate|billed twice|dubbel|doppelt|doublon|deux fois",
    Reason.ALREADY_PAID: r"already paid|(?:al|reeds) betaald|bereits bezahlt|déjà payée?s?",
    Reason.COUNTER_CLAIM: r"set[- ]?off|offset|verrekend|verrekening|verrechnet|verrechnung"
    r"|aufrechnung|compensation",
    Reason.TAX_OR_LEGAL: r"withholding tax|bronbelasting|quellensteuer|retenue à la source",
    Reason.CALCULATION: r"miscalculat\w+|rekenfout|rechenfehler|erreur de calcul",
    Reason.NOT_ORDERED: r"(?:never|not) ordered|(?:niet|nooit) besteld|nicht bestellt"
    r"|(?:non|pas) commandée?s?",
}
_WORDS = [(reason, re.compile(rf"\b(?:{words})\b", re.I)) for reason, words in WORDS.items()]


def reason_from_codes(
    code: str | None, code_list: str | None, remittance: str | None
) -> Reason | None:
    """Return the payer's reason; ``other`` for an unknown code, None without a reason.

    A number without a list is ambiguous, so it counts as unknown.
    """
    code, in_words = (code or "").strip(), reason_in_text(remittance or "")
    if not code or code in NO_REASON:
        return in_words
    if code in set(Reason):
        return Reason(code)
    lists = [codes for name, codes in LISTS.items() if name.lower() in (code_list or "").lower()]
    if not lists and not code.isdigit():
        lists = [LISTS["OPStatusReason"], LISTS["207"]]
    return next((codes[code] for codes in lists if code in codes), in_words or Reason.OTHER)


def reason_in_text(text: str) -> Reason | None:
    """Return the reason that the text mentions first."""
    found = [(hit.start(), reason) for reason, words in _WORDS if (hit := words.search(text))]
    return min(found, default=(0, None), key=lambda hit: hit[0])[1]
