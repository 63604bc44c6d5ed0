"""Names of reasons, answers, outcomes and root causes in our languages."""

from ledger.facts.codes import Answer, Outcome, Reason, RootCause
from ledger.policy.messages.languages import LANGUAGES

NAMES: dict[str, tuple[str, str, str, str]] = {
    Reason.PRICE: ("price", "prijs", "Preis", "prix"),
    Reason.DISCOUNT: ("discount", "korting", "Rabatt", "remise"),
    Reason.QUANTITY_SHORT: (
        "too little delivered",
        "te weinig geleverd",
        "zu wenig geliefert",
        "quantité livrée insuffisante",
    ),
    Reason.NOT_DELIVERED: ("not delivered", "niet geleverd", "nicht geliefert", "non livré"),
    Reason.LATE_DELIVERY: (
        "delivered late",
        "te laat geleverd",
        "zu spät geliefert",
        "livré en retard",
    ),
    Reason.WRONG_ITEM: ("wrong item", "verkeerd artikel", "falscher Artikel", "mauvais article"),
    Reason.DAMAGED: ("damaged", "beschadigd", "beschädigt", "endommagé"),
    Reason.QUALITY_OR_SERVICE: (
        "quality or service",
        "kwaliteit of dienstverlening",
        "Qualität oder Leistung",
        "qualité ou service",
    ),
    Reason.RETURNED_GOODS: (
        "goods returned",
        "goederen geretourneerd",
        "Ware zurückgesandt",
        "marchandises retournées",
    ),
    Reason.MISSING_REFERENCE: (
        "reference missing",
        "referentie ontbreekt",
        "Referenz fehlt",
        "référence manquante",
    ),
    Reason.INVOICE_NOT_RECEIVED: (
        "invoice not received",
        "factuur niet ontvangen",
        "Rechnung nicht erhalten",
        "facture non reçue",
    ),
    Reason.WRONG_PARTY_OR_ADDRESS: (
        "wrong party or address",
        "verkeerde partij of verkeerd adres",
        "falscher Empfänger oder falsche Adresse",
        "mauvais destinataire ou mauvaise adresse",
    ),
    Reason.TAX_OR_LEGAL: ("tax or law", "belasting of wet", "Steuer oder Recht", "taxe ou droit"),
    Reason.CALCULATION: ("calculation", "berekening", "Berechnung", "calcul"),
    Reason.DUPLICATE: (
        "billed twice",
        "dubbel gefactureerd",
        "doppelt berechnet",
        "facturé deux fois",
    ),
    Reason.NOT_ORDERED: ("not ordered", "niet besteld", "nicht bestellt", "non commandé"),
    Reason.PAYMENT_TERMS: (
        "payment terms",
        "betalingsvoorwaarden",
        "Zahlungsbedingungen",
        "conditions de paiement",
    ),
    Reason.ALREADY_PAID: ("already paid", "al betaald", "bereits bezahlt", "déjà payé"),
    Reason.COUNTER_CLAIM: (
        "counter-claim",
        "tegenvordering",
        "Gegenforderung",
        "créance réciproque",
    ),
    Reason.PROOF_REQUIRED: (
        "proof required",
        "bewijs gevraagd",
        "Nachweis verlangt",
        "preuve demandée",
    ),
    Reason.OTHER: ("other", "anders", "Sonstiges", "autre"),
    Answer.SOLVED: ("solved", "opgelost", "geklärt", "résolu"),
    Answer.NOT_SOLVED: ("not solved", "niet opgelost", "nicht geklärt", "non résolu"),
    Answer.NOT_MINE: (
        "for somebody else",
        "voor iemand anders",
        "für jemand anderen",
        "pour quelqu'un d'autre",
    ),
    Answer.IN_WORDS: (
        "in their own words",
        "in eigen woorden",
        "in eigenen Worten",
        "en toutes lettres",
    ),
    Outcome.CREDITED: ("credited", "gecrediteerd", "gutgeschrieben", "avoir accordé"),
    Outcome.CORRECTED: ("corrected", "gecorrigeerd", "berichtigt", "corrigé"),
    Outcome.REPLACED: ("replaced", "vervangen", "ersetzt", "remplacé"),
    Outcome.REJECTED: (
        "the invoice stands",
        "de factuur blijft staan",
        "die Rechnung bleibt bestehen",
        "la facture est maintenue",
    ),
    Outcome.WITHDRAWN: ("withdrawn", "ingetrokken", "zurückgenommen", "retiré"),
    Outcome.PAID: ("paid", "betaald", "bezahlt", "payé"),
    RootCause.PRICING: ("pricing", "prijsstelling", "Preisgestaltung", "tarification"),
    RootCause.ORDER_ENTRY: (
        "order entry",
        "invoer van de bestelling",
        "Auftragserfassung",
        "saisie de la commande",
    ),
    RootCause.DELIVERY: ("delivery", "levering", "Lieferung", "livraison"),
    RootCause.PRODUCT: ("product", "product", "Produkt", "produit"),
    RootCause.SERVICE: ("service", "dienstverlening", "Dienstleistung", "service"),
    RootCause.INVOICING: ("invoicing", "facturering", "Rechnungsstellung", "facturation"),
    RootCause.MASTER_DATA: ("master data", "stamgegevens", "Stammdaten", "données de base"),
    RootCause.PAYMENT_PROCESSING: (
        "payment processing",
        "verwerking van betalingen",
        "Zahlungsverarbeitung",
        "traitement des paiements",
    ),
    RootCause.AGREEMENT_UNCLEAR: (
        "agreement unclear",
        "onduidelijke afspraak",
        "unklare Vereinbarung",
        "accord peu clair",
    ),
    RootCause.DEBTOR_ERROR: (
        "the debtor's error",
        "fout van de debiteur",
        "Fehler des Kunden",
        "erreur du client",
    ),
    RootCause.NONE_FOUND: ("none found", "niets gevonden", "nichts gefunden", "rien trouvé"),
}


def name_of(code: str, language: str) -> str:
    """Return the name of a reason, answer, outcome or root cause; any other code unchanged."""
    return NAMES[code][LANGUAGES.index(language)] if code in NAMES else code
