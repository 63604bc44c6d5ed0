"""The texts of evidence, of acts and of reports about the bank, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "structured reference": (
        "gestructureerd kenmerk",
        "strukturierte Referenz",
        "référence structurée",
    ),
    "invoice number": (
        "factuurnummer",
        "Rechnungsnummer",
        "numéro de facture",
    ),
    "amounts that the payer states": (
        "bedragen die de betaler noemt",
        "Beträge, die der Zahler nennt",
        "montants indiqués par le payeur",
    ),
    "purchase order": (
        "inkooporder",
        "Bestellnummer",
        "bon de commande",
    ),
    "exactly what is open": (
        "precies wat openstaat",
        "genau was offen ist",
        "exactement ce qui est dû",
    ),
    "exactly what is not disputed": (
        "precies wat niet betwist is",
        "genau was nicht strittig ist",
        "exactement ce qui n'est pas contesté",
    ),
    "exactly what is open of these together": (
        "precies wat van deze samen openstaat",
        "genau was von diesen zusammen offen ist",
        "exactement le total dû de celles-ci",
    ),
    "what is open less the deduction that the payer states": (
        "wat openstaat min de aftrek die de betaler noemt",
        "was offen ist, abzüglich des Abzugs, den der Zahler nennt",
        "ce qui est dû moins la déduction indiquée par le payeur",
    ),
    "less than what is open": (
        "minder dan wat openstaat",
        "weniger als offen ist",
        "moins que ce qui est dû",
    ),
    "more than what is open": (
        "meer dan wat openstaat",
        "mehr als offen ist",
        "plus que ce qui est dû",
    ),
    "account that this debtor paid from before": (
        "rekening waarvan deze debiteur eerder betaalde",
        "Konto, von dem dieser Kunde schon gezahlt hat",
        "compte depuis lequel ce client a déjà payé",
    ),
    "name of the debtor": (
        "naam van de debiteur",
        "Name des Kunden",
        "nom du client",
    ),
    "customer number": (
        "klantnummer",
        "Kundennummer",
        "numéro de client",
    ),
    "invoice number with a typing error": (
        "factuurnummer met een tikfout",
        "Rechnungsnummer mit Tippfehler",
        "numéro de facture avec une faute de frappe",
    ),
    "several invoices fit": (
        "meer facturen passen",
        "mehrere Rechnungen passen",
        "plusieurs factures correspondent",
    ),
    "oldest due date first": (
        "oudste vervaldatum eerst",
        "älteste Fälligkeit zuerst",
        "échéance la plus ancienne d'abord",
    ),
    "It names {number}, of which nothing is open.": (
        "Er staat {number} in, waarvan niets openstaat.",
        "Genannt ist {number}, davon ist nichts offen.",
        "{number} est nommée, et rien n'en est dû.",
    ),
    "It names {number}, which is none of ours.": (
        "Er staat {number} in, en dat is niet van ons.",
        "Genannt ist {number}, das ist keine von uns.",
        "{number} est nommée, et n'est pas des nôtres.",
    ),
    "None is certain, so a person decides.": (
        "Geen ervan is zeker, dus een mens beslist.",
        "Keiner ist sicher, darum entscheidet ein Mensch.",
        "Aucune n'est certaine : une personne décide.",
    ),
    "At the bank": (
        "Bij de bank",
        "Bei der Bank",
        "À la banque",
    ),
    "Kind": (
        "Soort",
        "Art",
        "Type",
    ),
    "Take a suggestion": (
        "een voorstel overnemen",
        "einen Vorschlag übernehmen",
        "prendre une suggestion",
    ),
    "Payer": (
        "Betaler",
        "Zahler",
        "Payeur",
    ),
    "For": (
        "Voor",
        "Für",
        "Pour",
    ),
    "Waits": (
        "Wacht",
        "Wartet",
        "En attente",
    ),
    "Allocated": (
        "Toegewezen",
        "Zugeordnet",
        "Affecté",
    ),
    "Came back": (
        "Teruggekomen",
        "Zurückgekommen",
        "Revenu",
    ),
    "Returns": (
        "Terugboekingen",
        "Rückbuchungen",
        "Retours",
    ),
    "Wait with the debtor": (
        "Bij de debiteur laten wachten",
        "Beim Kunden warten lassen",
        "Laisser chez le client",
    ),
    "{amount} is left with the debtor": (
        "{amount} blijft bij de debiteur over",
        "{amount} bleibt beim Kunden übrig",
        "{amount} reste chez le client",
    ),
    "Allocate": (
        "Toewijzen",
        "Zuordnen",
        "Affecter",
    ),
    "Return of": (
        "Terugboeking van",
        "Rückbuchung von",
        "Retour de",
    ),
    "Choose a file.": (
        "Kies een bestand.",
        "Wählen Sie eine Datei.",
        "Choisissez un fichier.",
    ),
    "Allocated to {invoices}.": (
        "Toegewezen aan {invoices}.",
        "Zugeordnet zu {invoices}.",
        "Affecté à {invoices}.",
    ),
    "Put with debtor {number}.": (
        "Bij debiteur {number} gezet.",
        "Bei Kunde {number} abgelegt.",
        "Mis chez le client {number}.",
    ),
    "Undone: the transaction waits again.": (
        "Ongedaan gemaakt: de transactie wacht weer.",
        "Rückgängig: die Transaktion wartet wieder.",
        "Annulé : la transaction attend de nouveau.",
    ),
    "Set aside.": (
        "Terzijde gelegd.",
        "Beiseitegelegt.",
        "Mis de côté.",
    ),
    "Recorded as a return: the payment is reversed.": (
        "Vastgelegd als terugboeking: de betaling is teruggedraaid.",
        "Als Rückbuchung erfasst: die Zahlung ist storniert.",
        "Enregistré comme retour : le paiement est contre-passé.",
    ),
    "1 other suggestion": (
        "1 ander voorstel",
        "1 anderer Vorschlag",
        "1 autre suggestion",
    ),
    "{count} other suggestions": (
        "{count} andere voorstellen",
        "{count} andere Vorschläge",
        "{count} autres suggestions",
    ),
    "Allocate to invoices": (
        "Aan facturen toewijzen",
        "Rechnungen zuordnen",
        "Affecter à des factures",
    ),
    "Each invoice records its payment. What is left waits with the debtor.": (
        "Elke factuur legt haar betaling vast. Wat overblijft, wacht bij de debiteur.",
        "Jede Rechnung erfasst ihre Zahlung. Was übrig bleibt, wartet beim Kunden.",
        "Chaque facture enregistre son paiement. Le reste attend chez le client.",
    ),
    "Debtor with whom the rest waits": (
        "Debiteur bij wie de rest wacht",
        "Kunde, bei dem der Rest wartet",
        "Client chez qui le reste attend",
    ),
    "Set it aside": (
        "Terzijde leggen",
        "Beiseitelegen",
        "Mettre de côté",
    ),
    "It is no payment of a debtor: charges, an own transfer, money for others.": (
        "Het is geen betaling van een debiteur: kosten, een eigen overboeking, geld voor anderen.",
        "Es ist keine Zahlung eines Kunden: Gebühren, eine eigene Überweisung, Geld für andere.",
        "Ce n'est pas un paiement de client : frais, virement interne, argent d'autrui.",
    ),
    "Undo the allocation": (
        "De toewijzing ongedaan maken",
        "Die Zuordnung rückgängig machen",
        "Annuler l'affectation",
    ),
    "Undo it": (
        "Ongedaan maken",
        "Rückgängig machen",
        "Annuler",
    ),
    "The payments of this transaction are reversed, and it waits again.": (
        "De betalingen van deze transactie worden teruggedraaid, en ze wacht weer.",
        "Die Zahlungen dieser Transaktion werden storniert, und sie wartet wieder.",
        "Les paiements de cette transaction sont contre-passés, et elle attend de nouveau.",
    ),
    "It is a return": (
        "Het is een terugboeking",
        "Es ist eine Rückbuchung",
        "C'est un retour",
    ),
    "The payments of the transaction that came back are reversed.": (
        "De betalingen van de transactie die terugkwam, worden teruggedraaid.",
        "Die Zahlungen der zurückgekommenen Transaktion werden storniert.",
        "Les paiements de la transaction revenue sont contre-passés.",
    ),
    "Number of the transaction that came back": (
        "Nummer van de transactie die terugkwam",
        "Nummer der zurückgekommenen Transaktion",
        "Numéro de la transaction revenue",
    ),
    "It opens with {opening}, but the last one closed with {closing} on {on}: one is missing.": (
        "Het begint met {opening}, maar het vorige eindigde met {closing} op {on}: er "
        "ontbreekt er een.",
        "Er beginnt mit {opening}, der letzte endete aber mit {closing} am {on}: einer fehlt.",
        "Il ouvre à {opening}, mais le dernier a clôturé à {closing} le {on} : il en manque un.",
    ),
    "The last one closed on {on}: this one came late, or they overlap.": (
        "Het vorige eindigde op {on}: dit kwam te laat, of ze overlappen.",
        "Der letzte endete am {on}: dieser kam verspätet, oder sie überschneiden sich.",
        "Le dernier a clôturé le {on} : celui-ci est arrivé tard, ou ils se recouvrent.",
    ),
    "Its balances differ from the sum of its entries by {difference}.": (
        "De saldi wijken {difference} af van de som van de boekingen.",
        "Die Salden weichen um {difference} von der Summe der Buchungen ab.",
        "Les soldes diffèrent de {difference} de la somme des écritures.",
    ),
    "is an archive in an archive": (
        "is een archief in een archief",
        "ist ein Archiv in einem Archiv",
        "est une archive dans une archive",
    ),
    "is no bank statement: neither camt nor MT940 nor MT942": (
        "is geen bankafschrift: geen camt, MT940 of MT942",
        "ist kein Kontoauszug: weder camt noch MT940 noch MT942",
        "n'est pas un relevé bancaire : ni camt, ni MT940, ni MT942",
    ),
    "has no statement in it": (
        "heeft geen afschrift",
        "enthält keinen Auszug",
        "ne contient aucun relevé",
    ),
    "the file is cut off in the middle": (
        "het bestand is halverwege afgebroken",
        "die Datei ist mittendrin abgeschnitten",
        "le fichier est coupé au milieu",
    ),
}
