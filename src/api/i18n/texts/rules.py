"""The texts of the rules of the playbook as read, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Playbook": ("Playbook", "Playbook", "Playbook"),
    "The last step is repeated every {every}, {times}.": (
        "De laatste stap wordt elke {every} herhaald, {times}.",
        "Der letzte Schritt wird alle {every} wiederholt, {times}.",
        "La dernière étape est répétée tous les {every}, {times}.",
    ),
    "any amount": ("elk bedrag", "jeder Betrag", "tout montant"),
    "up to {amount}": ("tot {amount}", "bis {amount}", "jusqu'à {amount}"),
    "from {amount}": ("vanaf {amount}", "ab {amount}", "à partir de {amount}"),
    "with a VAT number": ("met btw-nummer", "mit USt-IdNr.", "avec numéro de TVA"),
    "without a VAT number": ("zonder btw-nummer", "ohne USt-IdNr.", "sans numéro de TVA"),
    "asks for payment in 1 day": (
        "vraagt betaling binnen 1 dag",
        "bittet um Zahlung in 1 Tag",
        "demande le paiement sous 1 jour",
    ),
    "asks for payment in {count} days": (
        "vraagt betaling binnen {count} dagen",
        "bittet um Zahlung in {count} Tagen",
        "demande le paiement sous {count} jours",
    ),
    "once": ("één keer", "einmal", "une fois"),
    "{count} times at most": (
        "hooguit {count} keer",
        "höchstens {count}-mal",
        "{count} fois au plus",
    ),
    "1 day before it is due": (
        "1 dag voor de vervaldag",
        "1 Tag vor der Fälligkeit",
        "1 jour avant l'échéance",
    ),
    "{count} days before it is due": (
        "{count} dagen voor de vervaldag",
        "{count} Tage vor der Fälligkeit",
        "{count} jours avant l'échéance",
    ),
    "1 day after it was due": (
        "1 dag na de vervaldag",
        "1 Tag nach der Fälligkeit",
        "1 jour après l'échéance",
    ),
    "{count} days after it was due": (
        "{count} dagen na de vervaldag",
        "{count} Tage nach der Fälligkeit",
        "{count} jours après l'échéance",
    ),
    "1 day after the step before": (
        "1 dag na de vorige stap",
        "1 Tag nach dem Schritt davor",
        "1 jour après l'étape précédente",
    ),
    "{count} days after the step before": (
        "{count} dagen na de vorige stap",
        "{count} Tage nach dem Schritt davor",
        "{count} jours après l'étape précédente",
    ),
    "Version {number}": ("Versie {number}", "Version {number}", "Version {number}"),
    "The rules as shipped: nobody applied others.": (
        "De meegeleverde regels: niemand heeft andere ingevoerd.",
        "Die mitgelieferten Regeln: Niemand hat andere eingeführt.",
        "Les règles fournies : personne n'en a appliqué d'autres.",
    ),
    "The rules as shipped": (
        "De meegeleverde regels",
        "Die mitgelieferten Regeln",
        "Les règles fournies",
    ),
    "Change the rules…": ("Regels wijzigen…", "Regeln ändern…", "Modifier les règles…"),
    "Begin with these rules…": (
        "Met deze regels beginnen…",
        "Mit diesen Regeln beginnen…",
        "Partir de ces règles…",
    ),
    "You read an earlier version.": (
        "U leest een eerdere versie.",
        "Sie lesen eine frühere Version.",
        "Vous lisez une version antérieure.",
    ),
    "Show the rules in force": (
        "Toon de geldende regels",
        "Die geltenden Regeln zeigen",
        "Afficher les règles en vigueur",
    ),
    "Ladder": ("Ladder", "Mahnleiter", "Échelle de relance"),
    "business": ("zakelijk", "geschäftlich", "entreprises"),
    "consumer": ("consument", "Verbraucher", "particuliers"),
    "for everybody else": ("voor alle anderen", "für alle anderen", "pour tous les autres"),
    "unless a debtor has another": (
        "tenzij een debiteur een andere heeft",
        "außer ein Kunde hat eine andere",
        "sauf si un client en a une autre",
    ),
    "invoices {least}": ("facturen {least}", "Rechnungen {least}", "factures {least}"),
    "working days": ("werkdagen", "Arbeitstage", "jours ouvrés"),
    "What is asked": ("Wat er gevraagd wordt", "Was gefragt wird", "Ce qui est demandé"),
    "Answered, solved within": ("Beantwoord, opgelost", "Antwort, Lösung in", "Réponse, solution"),
    "What waits": ("Wat wacht", "Was wartet", "Ce qui attend"),
    "then {name}": ("daarna {name}", "danach {name}", "puis {name}"),
    "whole invoice": ("hele factuur", "ganze Rechnung", "facture entière"),
    "disputed amount": ("betwist bedrag", "strittiger Betrag", "montant contesté"),
    "Other rules": ("Andere regels", "Andere Regeln", "Autres règles"),
    "Approvals of credits": (
        "Goedkeuring van creditering",
        "Genehmigung von Gutschriften",
        "Approbation des avoirs",
    ),
    "Nobody has to approve a credit.": (
        "Niemand hoeft een creditering goed te keuren.",
        "Niemand muss eine Gutschrift genehmigen.",
        "Personne n'a à approuver un avoir.",
    ),
    "Collectors": ("Debiteurenbeheerders", "Forderungsmanager", "Chargés de recouvrement"),
    "The work is not divided.": (
        "Het werk is niet verdeeld.",
        "Die Arbeit ist nicht aufgeteilt.",
        "Le travail n'est pas réparti.",
    ),
    "Which ladder": ("Welke ladder", "Welche Mahnleiter", "Quelle échelle"),
    "Holidays": ("Vrije dagen", "Feiertage", "Jours fériés"),
    "quiet": ("rust", "Ruhe", "calme"),
    "A message of the debtor": (
        "Een bericht van de debiteur",
        "Eine Nachricht des Kunden",
        "Un message du client",
    ),
    "Follow-up waits until it is answered.": (
        "De opvolging wacht tot het is beantwoord.",
        "Die Nachverfolgung wartet, bis sie beantwortet ist.",
        "Le suivi attend la réponse.",
    ),
    "Follow-up waits 1 working day.": (
        "De opvolging wacht 1 werkdag.",
        "Die Nachverfolgung wartet 1 Arbeitstag.",
        "Le suivi attend 1 jour ouvré.",
    ),
    "Follow-up waits {count} working days.": (
        "De opvolging wacht {count} werkdagen.",
        "Die Nachverfolgung wartet {count} Arbeitstage.",
        "Le suivi attend {count} jours ouvrés.",
    ),
    "Debtors promise by themselves for at most {days} days ahead, in at most {parts} parts.": (
        "Debiteuren beloven zelf betaling tot hoogstens {days} dagen vooruit, in hoogstens {parts}"
        " delen.",
        "Kunden sagen selbst höchstens {days} Tage im Voraus zu, in höchstens {parts} Teilen.",
        "Les clients promettent eux-mêmes au plus {days} jours à l'avance, en {parts} parts au"
        " plus.",
    ),
    "Debtors promise nothing by themselves.": (
        "Debiteuren beloven zelf niets.",
        "Kunden sagen selbst nichts zu.",
        "Les clients ne promettent rien eux-mêmes.",
    ),
    "1 working day of grace": ("1 werkdag respijt", "1 Arbeitstag Frist", "1 jour ouvré de grâce"),
    "{count} working days of grace": (
        "{count} werkdagen respijt",
        "{count} Arbeitstage Frist",
        "{count} jours ouvrés de grâce",
    ),
}
