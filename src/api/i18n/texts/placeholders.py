"""The texts of kinds of message and of placeholders, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Copy of an invoice, before it is due": (
        "Kopie van een factuur, voor de vervaldag",
        "Rechnungskopie, vor der Fälligkeit",
        "Copie d'une facture, avant l'échéance",
    ),
    "Reminder": ("Herinnering", "Mahnung", "Rappel"),
    "Final notice": ("Laatste aanmaning", "Letzte Mahnung", "Dernier avis"),
    "Fourteen days' notice": (
        "Veertiendagenbrief",
        "Vierzehntagebrief",
        "Mise en demeure de quatorze jours",
    ),
    "Receipt of a dispute": (
        "Ontvangst van een betwisting",
        "Eingang einer Reklamation",
        "Réception d'un litige",
    ),
    "Outcome of a dispute": (
        "Uitkomst van een betwisting",
        "Ergebnis einer Reklamation",
        "Issue d'un litige",
    ),
    "Question to a resolver": (
        "Vraag aan een oplosser",
        "Frage an einen Klärer",
        "Question à un responsable",
    ),
    "Reminder of a resolver": (
        "Herinnering aan een oplosser",
        "Erinnerung eines Klärers",
        "Rappel à un responsable",
    ),
    "Escalation of a question": (
        "Escalatie van een vraag",
        "Eskalation einer Frage",
        "Escalade d'une question",
    ),
    "Request for approval of a credit": (
        "Vraag om goedkeuring van een creditering",
        "Bitte um Freigabe einer Gutschrift",
        "Demande d'approbation d'un avoir",
    ),
    "Refusal of a credit": (
        "Afwijzing van een creditering",
        "Ablehnung einer Gutschrift",
        "Refus d'un avoir",
    ),
    "Copy of a question, for information": (
        "Kopie van een vraag, ter informatie",
        "Kopie einer Frage, zur Kenntnis",
        "Copie d'une question, pour information",
    ),
    "the selected invoices, a line each; a table on a letter": (
        "de gekozen facturen, elk een regel; een tabel in een brief",
        "die gewählten Rechnungen, je eine Zeile; im Brief eine Tabelle",
        "les factures choisies, une ligne chacune ; un tableau dans une lettre",
    ),
    "what is open of them, together": (
        "wat ervan openstaat, samen",
        "was davon offen ist, zusammen",
        "ce qui en est ouvert, au total",
    ),
    "their numbers": ("hun nummers", "ihre Nummern", "leurs numéros"),
    "the debtor's name": ("naam van de debiteur", "Name des Kunden", "nom du client"),
    "your name": ("uw naam", "Ihr Name", "votre nom"),
    "how to pay: account, amount and reference": (
        "hoe te betalen: rekening, bedrag en kenmerk",
        "wie zu zahlen ist: Konto, Betrag und Verwendungszweck",
        "comment payer : compte, montant et référence",
    ),
    "a warning while debtors may know another account of yours": (
        "een waarschuwing zolang debiteuren een andere rekening van u kunnen kennen",
        "eine Warnung, solange Kunden noch ein anderes Konto von Ihnen kennen können",
        "un avertissement tant que les clients peuvent connaître un autre de vos comptes",
    ),
    "what the payment names": (
        "wat de betaling noemt",
        "was die Zahlung nennt",
        "ce que le paiement indique",
    ),
    "whom to call, with the number": (
        "wie te bellen, met het nummer",
        "wen man anruft, mit Nummer",
        "qui appeler, avec le numéro",
    ),
    "on a letter, the address at which the debtor signs in to their account": (
        "op een brief het adres waar de debiteur zich bij zijn account aanmeldt",
        "auf einem Brief die Adresse, an der sich der Kunde bei seinem Konto anmeldet",
        "sur une lettre, l'adresse où le client se connecte à son compte",
    ),
    "the disputed invoices with their lines": (
        "de betwiste facturen met hun regels",
        "die strittigen Rechnungen mit ihren Posten",
        "les factures contestées avec leurs lignes",
    ),
    "collection costs by Dutch law": (
        "incassokosten volgens de wet",
        "Inkassokosten nach niederländischem Recht",
        "frais de recouvrement selon la loi néerlandaise",
    ),
    "the same with VAT of so many per cent": (
        "hetzelfde met zoveel procent btw",
        "dasselbe mit so viel Prozent USt",
        "la même chose avec tant de pour cent de TVA",
    ),
    "the invoices, for a loop: invoice, amount, open_amount, issued_on, due_on": (
        "de facturen, voor een lus: invoice, amount, open_amount, issued_on, due_on",
        "die Rechnungen, für eine Schleife: invoice, amount, open_amount, issued_on, due_on",
        "les factures, pour une boucle : invoice, amount, open_amount, issued_on, due_on",
    ),
    "filled when it was asked before": (
        "gevuld als het eerder is gevraagd",
        "gefüllt, wenn schon gefragt wurde",
        "rempli si cela a déjà été demandé",
    ),
    "the day of the answer that is asked": (
        "de dag waarop antwoord is gevraagd",
        "der Tag, bis zu dem Antwort erbeten ist",
        "le jour de la réponse demandée",
    ),
    "holder of your account": (
        "houder van uw rekening",
        "Inhaber Ihres Kontos",
        "titulaire de votre compte",
    ),
    "who approved": ("wie goedkeurde", "wer freigab", "qui a approuvé"),
    "what is asked": ("wat er wordt gevraagd", "was gefragt wird", "ce qui est demandé"),
    "numbers of the invoices that are attached": (
        "nummers van de bijgevoegde facturen",
        "Nummern der beigefügten Rechnungen",
        "numéros des factures jointes",
    ),
    "BIC of your account": ("BIC van uw rekening", "BIC Ihres Kontos", "BIC de votre compte"),
    "number of the dispute": (
        "nummer van de betwisting",
        "Nummer der Reklamation",
        "numéro du litige",
    ),
    "who collects it": ("wie het int", "wer es eintreibt", "qui le recouvre"),
    "the debtor's words": (
        "de woorden van de debiteur",
        "die Worte des Kunden",
        "les mots du client",
    ),
    "whom debtors may call": (
        "wie debiteuren kunnen bellen",
        "wen Kunden anrufen können",
        "qui les clients peuvent appeler",
    ),
    "amount of the credit that is asked": (
        "bedrag van de gevraagde creditering",
        "Betrag der erbetenen Gutschrift",
        "montant de l'avoir demandé",
    ),
    "amount that was credited": (
        "bedrag dat is gecrediteerd",
        "Betrag, der gutgeschrieben wurde",
        "montant crédité",
    ),
    "department of the resolver": (
        "afdeling van de oplosser",
        "Abteilung des Klärers",
        "service du responsable",
    ),
    "amount that is disputed": (
        "bedrag dat wordt betwist",
        "strittiger Betrag",
        "montant contesté",
    ),
    "names of the documents": (
        "namen van de documenten",
        "Namen der Dokumente",
        "noms des documents",
    ),
    "amount that is not disputed": (
        "bedrag dat niet wordt betwist",
        "unstrittiger Betrag",
        "montant non contesté",
    ),
    "why it was decided so": (
        "waarom zo is besloten",
        "warum so entschieden wurde",
        "pourquoi il a été décidé ainsi",
    ),
    "IBAN of your account": ("IBAN van uw rekening", "IBAN Ihres Kontos", "IBAN de votre compte"),
    "link to the page of the answer": (
        "link naar de antwoordpagina",
        "Link zur Antwortseite",
        "lien vers la page de réponse",
    ),
    "what was decided": ("wat is besloten", "was entschieden wurde", "ce qui a été décidé"),
    "the day of payment that is asked": (
        "de dag waarop betaling is gevraagd",
        "der Tag, bis zu dem Zahlung erbeten ist",
        "le jour de paiement demandé",
    ),
    "reference of the payment": (
        "kenmerk van de betaling",
        "Referenz der Zahlung",
        "référence du paiement",
    ),
    "telephone number": ("telefoonnummer", "Telefonnummer", "numéro de téléphone"),
    "reason of the dispute": (
        "reden van de betwisting",
        "Grund der Reklamation",
        "motif du litige",
    ),
    "your own name of the reason": (
        "uw eigen naam van de reden",
        "Ihr eigener Name des Grundes",
        "votre nom du motif",
    ),
    "the day of the last reminder": (
        "de dag van de laatste herinnering",
        "der Tag der letzten Mahnung",
        "le jour du dernier rappel",
    ),
    "who is asked": ("wie het is gevraagd", "wer gefragt ist", "à qui c'est demandé"),
    "filled when part of it stays disputed": (
        "gevuld als een deel betwist blijft",
        "gefüllt, wenn ein Teil strittig bleibt",
        "rempli si une partie reste contestée",
    ),
    "the day from which reminders continue": (
        "de dag vanaf wanneer herinneringen doorgaan",
        "der Tag, ab dem Mahnungen weitergehen",
        "le jour où les rappels reprennent",
    ),
    "how often it was reminded": (
        "hoe vaak het is herinnerd",
        "wie oft erinnert wurde",
        "combien de rappels ont été envoyés",
    ),
    "why it is sent": (
        "waarom het wordt verzonden",
        "warum es gesendet wird",
        "pourquoi c'est envoyé",
    ),
}
