"""Names of root causes in our languages."""

from ledger.facts.codes import RootCause

CODES: dict[str, tuple[str, str, str, str]] = {
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
