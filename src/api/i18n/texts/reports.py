"""The texts of the reports and of money, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # the head of a report
    "Reports": ("Rapporten", "Berichte", "Rapports"),
    "ages are those of that day, amounts those of today": (
        "de ouderdom is die van deze dag, de bedragen zijn die van vandaag",
        "das Alter gilt für diesen Tag, die Beträge sind die von heute",
        "l'ancienneté est celle de ce jour, les montants sont ceux d'aujourd'hui",
    ),
    "Spreadsheet": ("Spreadsheet", "Tabelle", "Tableur"),
    "What is open": ("Wat openstaat", "Was offen ist", "Ce qui est dû"),
    "What is disputed": ("Wat betwist is", "Was strittig ist", "Ce qui est contesté"),
    "How long disputes take": (
        "Hoelang disputen duren",
        "Wie lange Reklamationen dauern",
        "Durée des litiges",
    ),
    "Collector": ("Debiteurenbeheerder", "Forderungsmanager", "Chargé de recouvrement"),
    "Key figures": ("Kerncijfers", "Kennzahlen", "Chiffres clés"),
    "Share": ("Aandeel", "Anteil", "Part"),
    "Rows": ("Regels", "Zeilen", "Lignes"),
    "Back to the report": ("Terug naar het rapport", "Zurück zum Bericht", "Retour au rapport"),
    # ageing
    "What is open, by days past due": (
        "Wat openstaat, naar dagen na de vervaldag",
        "Was offen ist, nach Tagen seit Fälligkeit",
        "Ce qui est dû, par jours de retard",
    ),
    "Age": ("Ouderdom", "Alter", "Ancienneté"),
    "Not due": ("Niet vervallen", "Nicht fällig", "Non échu"),
    "1 to 30 days": ("1 tot 30 dagen", "1 bis 30 Tage", "1 à 30 jours"),
    "31 to 60 days": ("31 tot 60 dagen", "31 bis 60 Tage", "31 à 60 jours"),
    "61 to 90 days": ("61 tot 90 dagen", "61 bis 90 Tage", "61 à 90 jours"),
    "Over 90 days": ("Meer dan 90 dagen", "Über 90 Tage", "Plus de 90 jours"),
    "Over 60 days": ("Meer dan 60 dagen", "Über 60 Tage", "Plus de 60 jours"),
    "Due, undisputed": ("Vervallen, niet betwist", "Fällig, unstrittig", "Échu, non contesté"),
    "{share} % of what is open": (
        "{share} % van wat openstaat",
        "{share} % des Offenen",
        "{share} % de ce qui est dû",
    ),
    "Most is overdue at": (
        "Het meeste is vervallen bij",
        "Am meisten überfällig ist bei",
        "Le plus gros retard est chez",
    ),
    "the largest overdue amounts first": (
        "de grootste vervallen bedragen eerst",
        "die größten überfälligen Beträge zuerst",
        "les plus gros retards d'abord",
    ),
    "All debtors": ("Alle debiteuren", "Alle Kunden", "Tous les clients"),
    "1 invoice": ("1 factuur", "1 Rechnung", "1 facture"),
    "{count} invoices": ("{count} facturen", "{count} Rechnungen", "{count} factures"),
    # disputes
    "By reason": ("Naar reden", "Nach Grund", "Par motif"),
    "By resolver": ("Naar behandelaar", "Nach Bearbeiter", "Par responsable"),
    "By age": ("Naar ouderdom", "Nach Alter", "Par ancienneté"),
    "Cases": ("Zaken", "Fälle", "Dossiers"),
    "1 case": ("1 zaak", "1 Fall", "1 dossier"),
    "{count} cases": ("{count} zaken", "{count} Fälle", "{count} dossiers"),
    "{days} days": ("{days} dagen", "{days} Tage", "{days} jours"),
    "Oldest": ("Oudste", "Ältester", "Plus ancien"),
    "The oldest": ("De oudste", "Der älteste", "Le plus ancien"),
    "The most money": ("Het meeste geld", "Das meiste Geld", "Le plus d'argent"),
    "{share} % of what is disputed": (
        "{share} % van wat betwist is",
        "{share} % des Strittigen",
        "{share} % de ce qui est contesté",
    ),
    "No dispute is open.": (
        "Er staat geen dispuut open.",
        "Keine Reklamation ist offen.",
        "Aucun litige n'est ouvert.",
    ),
    "unassigned": ("zonder behandelaar", "ohne Bearbeiter", "sans responsable"),
    "opened from": ("geopend vanaf", "eröffnet ab", "ouvert à partir du"),
    "opened to": ("geopend tot en met", "eröffnet bis", "ouvert jusqu'au"),
    "business unit": ("bedrijfsonderdeel", "Geschäftsbereich", "entité"),
    # how long they take
    "Intake": ("Aanname", "Annahme", "Réception"),
    "Decision": ("Besluit", "Entscheidung", "Décision"),
    "Settlement": ("Afwikkeling", "Abwicklung", "Règlement"),
    "From open to solved": (
        "Van open tot opgelost",
        "Von offen bis gelöst",
        "De l'ouverture à la fin",
    ),
    "Solved": ("Opgelost", "Gelöst", "Résolus"),
    "day": ("dag", "Tag", "jour"),
    "days": ("dagen", "Tage", "jours"),
    "median of": ("mediaan van", "Median von", "médiane de"),
    "Median days of each phase": (
        "Mediaan van de dagen per fase",
        "Median der Tage je Phase",
        "Médiane des jours de chaque phase",
    ),
    "Half of the cases took no longer. Cases that are still open count in none of these days:"
    " look at their number beside them.": (
        "De helft van de zaken duurde niet langer. Zaken die nog openstaan, tellen in deze dagen"
        " niet mee: kijk naar hun aantal ernaast.",
        "Die Hälfte der Fälle dauerte nicht länger. Noch offene Fälle zählen in diesen Tagen nicht"
        " mit: achten Sie auf ihre Zahl daneben.",
        "La moitié des dossiers n'a pas duré plus longtemps. Ceux qui sont encore ouverts ne"
        " comptent pas dans ces jours : regardez leur nombre à côté.",
    ),
    "There was no dispute yet.": (
        "Er was nog geen dispuut.",
        "Es gab noch keine Reklamation.",
        "Il n'y a pas encore eu de litige.",
    ),
    # money
    "Money": ("Geld", "Geld", "Argent"),
    "Payments and credit notes that name no invoice, the oldest first.": (
        "Betalingen en creditnota's die geen factuur noemen, de oudste eerst.",
        "Zahlungen und Gutschriften, die keine Rechnung nennen, die ältesten zuerst.",
        "Paiements et avoirs qui ne nomment aucune facture, les plus anciens d'abord.",
    ),
    "credit note": ("creditnota", "Gutschrift", "avoir"),
    "payment": ("betaling", "Zahlung", "paiement"),
    "listed by your ERP": ("door uw ERP vermeld", "von Ihrem ERP gelistet", "listé par votre ERP"),
    "left of": ("over van", "übrig von", "reste de"),
    "Invoices that it may be for": (
        "Facturen waarvoor het kan zijn",
        "Rechnungen, für die es sein kann",
        "Factures possibles",
    ),
    "its number is named": (
        "het nummer is genoemd",
        "die Nummer ist genannt",
        "le numéro est indiqué",
    ),
    "the amount fits": ("het bedrag past", "der Betrag passt", "le montant correspond"),
    "the oldest that is open": (
        "de oudste die openstaat",
        "die älteste offene",
        "la plus ancienne due",
    ),
    "open too": ("ook open", "auch offen", "due aussi"),
    "Allocate {amount}…": ("{amount} toewijzen…", "{amount} zuordnen…", "Affecter {amount}…"),
    "This debtor has no open invoice in this currency.": (
        "Deze debiteur heeft geen open factuur in deze valuta.",
        "Dieser Kunde hat keine offene Rechnung in dieser Währung.",
        "Ce client n'a aucune facture due dans cette devise.",
    ),
    "Another invoice…": ("Andere factuur…", "Andere Rechnung…", "Autre facture…"),
    "It was returned…": ("Het is teruggestort…", "Es wurde erstattet…", "Il a été remboursé…"),
    "Nothing waits. Money that names its invoice is booked by itself.": (
        "Er wacht niets. Geld dat zijn factuur noemt wordt vanzelf geboekt.",
        "Nichts wartet. Geld, das seine Rechnung nennt, wird von selbst gebucht.",
        "Rien n'attend. L'argent qui nomme sa facture est comptabilisé tout seul.",
    ),
    "Allocate to an invoice": (
        "Toewijzen aan een factuur",
        "Einer Rechnung zuordnen",
        "Affecter à une facture",
    ),
    "Allocate it": ("Wijs toe", "Zuordnen", "Affecter"),
    "The invoice records it, and less of it is open. What is left keeps waiting here.": (
        "De factuur legt het vast en er staat minder van open. Wat overblijft, wacht hier verder.",
        "Die Rechnung verzeichnet es, und weniger davon ist offen. Der Rest wartet hier weiter.",
        "La facture l'enregistre et il en reste moins à payer. Le reste attend toujours ici.",
    ),
    "Money was returned": ("Geld is teruggestort", "Geld wurde erstattet", "Argent remboursé"),
    "Record the return": (
        "Leg de terugstorting vast",
        "Erstattung festhalten",
        "Enregistrer le remboursement",
    ),
    "It records that the payer has it back. Dossier moves no money.": (
        "Dit legt vast dat de betaler het terug heeft. Dossier maakt geen geld over.",
        "Es hält fest, dass der Zahler es zurückhat. Dossier bewegt kein Geld.",
        "Cela note que le payeur l'a récupéré. Dossier ne déplace pas d'argent.",
    ),
}
