"""The texts of columns, lines and plans of imports, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Continue to the columns": (
        "Verder naar de kolommen",
        "Weiter zu den Spalten",
        "Continuer vers les colonnes",
    ),
    "Before this": ("Hiervoor", "Zuvor", "Auparavant"),
    "Last imports": ("Laatste imports", "Letzte Importe", "Derniers imports"),
    "1 line": ("1 regel", "1 Zeile", "1 ligne"),
    "{count} lines": ("{count} regels", "{count} Zeilen", "{count} lignes"),
    "{count} rejected": ("{count} geweigerd", "{count} abgelehnt", "{count} rejetées"),
    "Remembered columns": ("Onthouden kolommen", "Gemerkte Spalten", "Colonnes retenues"),
    "Forget": ("Vergeet", "Vergessen", "Oublier"),
    "Invoices and open items": (
        "Facturen en open posten",
        "Rechnungen und offene Posten",
        "Factures et postes ouverts",
    ),
    "Payments": ("Betalingen", "Zahlungen", "Paiements"),
    "Number": ("Nummer", "Nummer", "Numéro"),
    "Debtor number": ("Debiteurnummer", "Kundennummer", "Numéro de client"),
    "Debtor's name": ("Naam van de debiteur", "Name des Kunden", "Nom du client"),
    "Open amount": ("Openstaand bedrag", "Offener Betrag", "Montant ouvert"),
    "Whole amount": ("Volledig bedrag", "Voller Betrag", "Montant total"),
    "Date": ("Datum", "Datum", "Date"),
    "Due date": ("Vervaldatum", "Fälligkeitsdatum", "Échéance"),
    "Paid on": ("Betaald op", "Bezahlt am", "Payé le"),
    "Kind of line": ("Soort regel", "Art der Zeile", "Sorte de ligne"),
    "Belongs to invoice": ("Hoort bij factuur", "Gehört zu Rechnung", "Se rapporte à la facture"),
    "Disputed (yes or no)": (
        "Betwist (ja of nee)",
        "Strittig (ja oder nein)",
        "Contestée (oui ou non)",
    ),
    "Purchase order": ("Inkooporder", "Bestellung", "Bon de commande"),
    "Segment": ("Segment", "Segment", "Segment"),
    "Street": ("Straat", "Straße", "Rue"),
    "Postcode": ("Postcode", "Postleitzahl", "Code postal"),
    "City": ("Plaats", "Ort", "Ville"),
    "Country": ("Land", "Land", "Pays"),
    "Contact: name": ("Contact: naam", "Kontakt: Name", "Contact : nom"),
    "Contact: role": ("Contact: rol", "Kontakt: Rolle", "Contact : rôle"),
    "Contact: mail address": (
        "Contact: mailadres",
        "Kontakt: Mailadresse",
        "Contact : adresse mail",
    ),
    "Contact: phone": ("Contact: telefoon", "Kontakt: Telefon", "Contact : téléphone"),
    "Credit note": ("Creditnota", "Gutschrift", "Avoir"),
    "Payment": ("Betaling", "Zahlung", "Paiement"),
    "is empty": ("is leeg", "ist leer", "est vide"),
    "is empty: nobody knows whose money it is": (
        "is leeg: niemand weet van wie het geld is",
        "ist leer: niemand weiß, wessen Geld es ist",
        "est vide : personne ne sait à qui est l'argent",
    ),
    "is missing: choose its column, or give the term": (
        "ontbreekt: kies de kolom, of geef de termijn",
        "fehlt: Spalte wählen oder Zahlungsziel angeben",
        "manque : choisissez la colonne, ou donnez le délai",
    ),
    "is on line {line} already": (
        "staat al op regel {line}",
        "steht schon in Zeile {line}",
        "est déjà à la ligne {line}",
    ),
    "{value} is not a day as chosen": (
        "{value} is geen dag zoals gekozen",
        "{value} ist kein Tag wie gewählt",
        "{value} n'est pas un jour comme choisi",
    ),
    "{value} is not an amount": (
        "{value} is geen bedrag",
        "{value} ist kein Betrag",
        "{value} n'est pas un montant",
    ),
    "{value} can be {first} or {second}: choose the decimal sign": (
        "{value} kan {first} of {second} zijn: kies het decimaalteken",
        "{value} kann {first} oder {second} sein: Dezimalzeichen wählen",
        "{value} peut être {first} ou {second} : choisissez le signe décimal",
    ),
    "{value} is no known kind of line: choose what it means": (
        "{value} is geen bekende soort regel: kies wat het betekent",
        "{value} ist keine bekannte Art von Zeile: wählen Sie, was es bedeutet",
        "{value} n'est pas une sorte de ligne connue : choisissez son sens",
    ),
    "{value} is neither yes nor no": (
        "{value} is geen ja en geen nee",
        "{value} ist weder ja noch nein",
        "{value} n'est ni oui ni non",
    ),
    "the last line has no end: the file may be cut off": (
        "de laatste regel heeft geen einde: het bestand is misschien afgebroken",
        "die letzte Zeile hat kein Ende: die Datei ist vielleicht abgeschnitten",
        "la dernière ligne n'a pas de fin : le fichier est peut-être coupé",
    ),
    "{value} is not the code of a country": (
        "{value} is geen landcode",
        "{value} ist kein Ländercode",
        "{value} n'est pas un code de pays",
    ),
    "{value} is not the code of a language": (
        "{value} is geen taalcode",
        "{value} ist kein Sprachcode",
        "{value} n'est pas un code de langue",
    ),
    "is in another currency here": (
        "staat hier in een andere valuta",
        "ist hier in einer anderen Währung",
        "est ici dans une autre devise",
    ),
    "New": ("Nieuw", "Neu", "Nouvelles"),
    "Paid, in part or whole": (
        "Betaald, geheel of deels",
        "Bezahlt, ganz oder teilweise",
        "Payées, en tout ou partie",
    ),
    "With another due date, debtor or currency": (
        "Met een andere vervaldatum, debiteur of valuta",
        "Mit anderem Fälligkeitsdatum, Kunden oder anderer Währung",
        "Avec une autre échéance, un autre client ou une autre devise",
    ),
    "Higher than here: only noted": (
        "Hoger dan hier: alleen genoteerd",
        "Höher als hier: nur notiert",
        "Plus élevées qu'ici : seulement notées",
    ),
    "Not in the list: closed": (
        "Niet in de lijst: gesloten",
        "Nicht in der Liste: geschlossen",
        "Absentes de la liste : closes",
    ),
    "Not in the list: stay open": (
        "Niet in de lijst: blijven open",
        "Nicht in der Liste: bleiben offen",
        "Absentes de la liste : restent ouvertes",
    ),
    "Credit notes and payments": (
        "Creditnota's en betalingen",
        "Gutschriften und Zahlungen",
        "Avoirs et paiements",
    ),
    "Credit notes and payments that are used up": (
        "Creditnota's en betalingen die op zijn",
        "Gutschriften und Zahlungen, die verbraucht sind",
        "Avoirs et paiements épuisés",
    ),
    "As here": ("Zoals hier", "Wie hier", "Comme ici"),
    "With other details": ("Met andere gegevens", "Mit anderen Angaben", "Avec d'autres données"),
    "Not in the list": ("Niet in de lijst", "Nicht in der Liste", "Absents de la liste"),
    "Somebody chose other columns since: check the lines again.": (
        "Iemand koos intussen andere kolommen: controleer de regels opnieuw.",
        "Inzwischen hat jemand andere Spalten gewählt: Zeilen wieder prüfen.",
        "Quelqu'un a choisi d'autres colonnes entre-temps : contrôlez à nouveau les lignes.",
    ),
    "Choose what the file has.": (
        "Kies wat er in het bestand staat.",
        "Wählen Sie, was die Datei enthält.",
        "Choisissez ce que contient le fichier.",
    ),
    "Choose the column of the amount.": (
        "Kies de kolom van het bedrag.",
        "Wählen Sie die Spalte des Betrags.",
        "Choisissez la colonne du montant.",
    ),
    "Choose the column of: {field}": (
        "Kies de kolom van: {field}",
        "Wählen Sie die Spalte von: {field}",
        "Choisissez la colonne de : {field}",
    ),
    "Choose a file, or paste rows.": (
        "Kies een bestand, of plak rijen.",
        "Wählen Sie eine Datei, oder fügen Sie Zeilen ein.",
        "Choisissez un fichier, ou collez des lignes.",
    ),
    "pasted rows": ("geplakte rijen", "eingefügte Zeilen", "lignes collées"),
    "There is no table in it: a line of column names, then rows.": (
        "Er staat geen tabel in: een regel met kolomnamen, dan rijen.",
        "Darin ist keine Tabelle: eine Zeile mit Spaltennamen, dann Zeilen.",
        "Il n'y a pas de tableau : une ligne de noms de colonnes, puis des lignes.",
    ),
    "This is a workbook of before 2007 (.xls): save it as .xlsx or CSV.": (
        "Dit is een werkmap van voor 2007 (.xls): sla hem op als .xlsx of CSV.",
        "Dies ist eine Arbeitsmappe von vor 2007 (.xls): als .xlsx oder CSV speichern.",
        "C'est un classeur d'avant 2007 (.xls) : enregistrez-le en .xlsx ou CSV.",
    ),
    "The workbook has no rows.": (
        "De werkmap heeft geen rijen.",
        "Die Arbeitsmappe hat keine Zeilen.",
        "Le classeur n'a pas de lignes.",
    ),
    "This does not seem to be the full list: check it again and confirm that it is.": (
        "Dit lijkt niet de volledige lijst: controleer opnieuw en bevestig dat ze het is.",
        "Dies scheint nicht die vollständige Liste zu sein: Prüfen Sie wieder und bestätigen Sie"
        " es.",
        "Ceci ne semble pas être la liste complète : contrôlez à nouveau et confirmez-le.",
    ),
    "A later full list was imported already, of {later}: this list would undo it.": (
        "Een latere volledige lijst is al geïmporteerd, van {later}: deze lijst zou haar"
        " ongedaan maken.",
        "Eine spätere vollständige Liste ist schon importiert, vom {later}: Diese Liste würde"
        " sie aufheben.",
        "Une liste complète plus récente a déjà été importée, du {later} : cette liste"
        " l'annulerait.",
    ),
    "There is nothing to import: each line is rejected.": (
        "Er is niets te importeren: elke regel is geweigerd.",
        "Es gibt nichts zu importieren: Jede Zeile ist abgelehnt.",
        "Il n'y a rien à importer : chaque ligne est rejetée.",
    ),
}
