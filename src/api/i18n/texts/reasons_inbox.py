"""What a received message may be about, what was noticed in it, and how a task ends."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # what it may be about
    "names invoice {reference}, but the sender is not known for that debtor": (
        "noemt factuur {reference}, maar de afzender is niet bekend bij die debiteur",
        "nennt Rechnung {reference}, aber der Absender ist bei diesem Kunden nicht bekannt",
        "cite la facture {reference}, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "names order {reference}, but the sender is not known for that debtor": (
        "noemt bestelling {reference}, maar de afzender is niet bekend bij die debiteur",
        "nennt Bestellung {reference}, aber der Absender ist bei diesem Kunden nicht bekannt",
        "cite la commande {reference}, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "names payment {reference}, but the sender is not known for that debtor": (
        "noemt betaling {reference}, maar de afzender is niet bekend bij die debiteur",
        "nennt Zahlung {reference}, aber der Absender ist bei diesem Kunden nicht bekannt",
        "cite le paiement {reference}, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "answers a message of its file, but the sender is not known for that debtor": (
        "antwoordt op een bericht uit het dossier, maar de afzender is niet bekend bij die"
        " debiteur",
        "antwortet auf eine Nachricht der Akte, aber der Absender ist bei diesem Kunden nicht"
        " bekannt",
        "répond à un message du dossier, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "names customer {reference}": (
        "noemt debiteur {reference}",
        "nennt Kunde {reference}",
        "cite le client {reference}",
    ),
    "is open, and of the sender": (
        "staat open, en is van de afzender",
        "ist offen und gehört dem Absender",
        "est ouverte et appartient à l'expéditeur",
    ),
    # what was noticed in it
    "unknown sender": ("onbekende afzender", "unbekannter Absender", "expéditeur inconnu"),
    "unauthenticated sender": (
        "niet bevestigde afzender",
        "nicht bestätigter Absender",
        "expéditeur non authentifié",
    ),
    "nothing new was found in it: the whole text is kept": (
        "er is niets nieuws in gevonden: de hele tekst is bewaard",
        "es wurde nichts Neues darin gefunden: der ganze Text ist aufbewahrt",
        "rien de nouveau n'y a été trouvé : tout le texte est conservé",
    ),
    "unread: {quote}": ("niet gelezen: {quote}", "nicht gelesen: {quote}", "non lu : {quote}"),
    "long page: its end is only in the HTML": (
        "lange pagina: het einde staat alleen in de HTML",
        "lange Seite: ihr Ende steht nur im HTML",
        "page longue : la fin n'est que dans le HTML",
    ),
    "charset guessed, declared as {code}": (
        "tekenset geraden, opgegeven als {code}",
        "Zeichensatz geraten, angegeben als {code}",
        "jeu de caractères deviné, déclaré comme {code}",
    ),
    "text outside the parts": (
        "tekst buiten de delen",
        "Text außerhalb der Teile",
        "texte hors des parties",
    ),
    "unknown encoding {code}": (
        "onbekende codering {code}",
        "unbekannte Kodierung {code}",
        "codage inconnu {code}",
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
    # beside the name of who wrote
    "an automatic answer": (
        "een automatisch antwoord",
        "eine automatische Antwort",
        "une réponse automatique",
    ),
    "an automatic notice of a mail server": (
        "een automatisch bericht van een mailserver",
        "eine automatische Meldung eines Mailservers",
        "un avis automatique d'un serveur de messagerie",
    ),
    "a mailing list": ("een mailinglijst", "eine Mailingliste", "une liste de diffusion"),
    "not known to be theirs": (
        "niet bekend als adres van de debiteur",
        "nicht als Adresse des Kunden bekannt",
        "adresse inconnue chez ce client",
    ),
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
}
