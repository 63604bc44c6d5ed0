"""Words that are facts of a refusal or of a reason: states, fields, kinds; and flags."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # a message, a task or a field, in a refusal
    "sent": ("verzonden", "gesendet", "envoyé"),
    "withdrawn": ("ingetrokken", "zurückgezogen", "retiré"),
    "asked": ("aangevraagd", "angefordert", "demandé"),
    "allocated": ("toegewezen", "zugeordnet", "affectée"),
    "returned": ("teruggegeven", "zurückgegeben", "retournée"),
    "matched": ("gekoppeld", "abgeglichen", "rapprochée"),
    "set aside": ("terzijde gelegd", "zurückgelegt", "mise de côté"),
    "contested": ("het betwiste bedrag", "den strittigen Betrag", "le montant contesté"),
    "percent": ("het percentage", "den Prozentsatz", "le pourcentage"),
    "lines": ("de regels", "die Positionen", "les lignes"),
    "shipping": ("de verzendkosten", "die Versandkosten", "les frais de port"),
    "tax": ("de belasting", "die Steuer", "la taxe"),
    "amount": ("bedrag", "Betrag", "montant"),
    "currency": ("valuta", "Währung", "devise"),
    (
        "It ends when the promise is judged: judge-promise, keep-promise, break-promise or"
        " withdraw-promise."
    ): (
        "De taak eindigt wanneer de belofte is beoordeeld.",
        "Die Aufgabe endet, wenn die Zusage beurteilt ist.",
        "La tâche prend fin quand la promesse est jugée.",
    ),
    "It ends when the dispute has a resolver: assign-resolver.": (
        "De taak eindigt wanneer het dispuut een behandelaar heeft.",
        "Die Aufgabe endet, wenn die Reklamation einen Bearbeiter hat.",
        "La tâche prend fin quand le litige a un responsable.",
    ),
    (
        "It ends when it is recorded what the answer means: record-answer, assign-resolver or"
        " resolve-dispute."
    ): (
        "De taak eindigt wanneer is vastgelegd wat het antwoord betekent.",
        "Die Aufgabe endet, wenn erfasst ist, was die Antwort bedeutet.",
        "La tâche prend fin quand le sens de la réponse est enregistré.",
    ),
    "It ends when the dispute is decided: resolve-dispute.": (
        "De taak eindigt wanneer over het dispuut is beslist.",
        "Die Aufgabe endet, wenn über die Reklamation entschieden ist.",
        "La tâche prend fin quand le litige est tranché.",
    ),
    (
        "It ends when the credit note is issued: issue-credit-note, or the invoice corrected:"
        " correct-invoice."
    ): (
        "De taak eindigt wanneer de creditnota is gemaakt of de factuur is gecorrigeerd.",
        "Die Aufgabe endet, wenn die Gutschrift erstellt oder die Rechnung berichtigt ist.",
        "La tâche prend fin quand l'avoir est émis ou la facture corrigée.",
    ),
    "It ends when an approver has approved it: approve-afterwards.": (
        "De taak eindigt wanneer een goedkeurder het heeft goedgekeurd.",
        "Die Aufgabe endet, wenn ein Genehmiger es genehmigt hat.",
        "La tâche prend fin quand un approbateur l'a approuvé.",
    ),
    (
        "It ends when the money is allocated or returned: allocate-money, return-money or"
        " reverse-payment."
    ): (
        "De taak eindigt wanneer het geld is toegewezen of teruggegeven.",
        "Die Aufgabe endet, wenn das Geld zugeordnet oder zurückgegeben ist.",
        "La tâche prend fin quand l'argent est affecté ou rendu.",
    ),
    "It ends when the details are completed or corrected: correct-debtor.": (
        "De taak eindigt wanneer de gegevens zijn aangevuld of gecorrigeerd.",
        "Die Aufgabe endet, wenn die Daten ergänzt oder berichtigt sind.",
        "La tâche prend fin quand les données sont complétées ou corrigées.",
    ),
    # a kind of value
    "a whole number": ("een geheel getal", "eine ganze Zahl", "un nombre entier"),
    "a number": ("een getal", "eine Zahl", "un nombre"),
    "an amount": ("een bedrag", "ein Betrag", "un montant"),
    "true or false": ("true of false", "true oder false", "true ou false"),
    "text": ("tekst", "Text", "un texte"),
    "a list": ("een lijst", "eine Liste", "une liste"),
    "fields with values": (
        "velden met waarden",
        "Felder mit Werten",
        "champs avec valeurs",
    ),
    "a date such as 2026-03-31": (
        "een datum zoals 2026-03-31",
        "ein Datum wie 2026-03-31",
        "une date comme 2026-03-31",
    ),
    "nothing": ("niets", "nichts", "rien"),
    "a value of another kind": (
        "een waarde van een andere soort",
        "ein Wert anderer Art",
        "une valeur d'un autre type",
    ),
    # what looked unusual about an entry
    "zero amount": ("bedrag nul", "Betrag null", "montant nul"),
    "after hand off": ("na de overdracht", "nach der Übergabe", "après la transmission"),
    "after settlement": ("na de afwikkeling", "nach dem Ausgleich", "après le règlement"),
    "after cancellation": ("na de annulering", "nach der Stornierung", "après l'annulation"),
    "result before opening": (
        "uitkomst vóór de opening",
        "Ergebnis vor der Eröffnung",
        "issue avant l'ouverture",
    ),
    "assigned before opening": (
        "toegewezen vóór de opening",
        "zugewiesen vor der Eröffnung",
        "confié avant l'ouverture",
    ),
    "not disputed": ("niet betwist", "nicht strittig", "non contesté"),
    "disputed before sent": (
        "betwist vóór verzending",
        "strittig vor dem Versand",
        "contesté avant l'envoi",
    ),
    "contested above open": (
        "meer betwist dan openstaat",
        "mehr strittig als offen",
        "contesté au-delà du solde",
    ),
    "dated in future": ("datum in de toekomst", "Datum in der Zukunft", "daté dans le futur"),
    "beyond approval": (
        "boven de goedkeuringslimiet",
        "über der Genehmigungsgrenze",
        "au-delà de la limite d'approbation",
    ),
    "unknown debtor": ("onbekende debiteur", "unbekannter Kunde", "client inconnu"),
    "odd vat id": ("ongewoon btw-nummer", "ungewöhnliche USt-IdNr.", "numéro de TVA inhabituel"),
    "odd iban": ("ongewone IBAN", "ungewöhnliche IBAN", "IBAN inhabituel"),
    "likely duplicate": ("mogelijk dubbel", "mögliches Duplikat", "doublon probable"),
    "over credit limit": (
        "boven de kredietlimiet",
        "über dem Kreditlimit",
        "au-delà de la limite de crédit",
    ),
    "second invoice document": (
        "tweede factuurdocument",
        "zweites Rechnungsdokument",
        "deuxième document de facture",
    ),
}
