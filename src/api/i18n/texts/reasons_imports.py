"""Why a line or a file cannot be imported, by the English text of the import."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # a line
    "is missing": ("ontbreekt", "fehlt", "manque"),
    "has no date so many --terms DAYS away": (
        "heeft zoveel dagen later geen datum",
        "hat so viele Tage später kein Datum",
        "n'a pas de date autant de jours plus tard",
    ),
    "{value} is not between {first} and {last}": (
        "{value} ligt niet tussen {first} en {last}",
        "{value} liegt nicht zwischen {first} und {last}",
        "{value} n'est pas entre {first} et {last}",
    ),
    "has the character NUL, which is not allowed": (
        "heeft het teken NUL, en dat mag niet",
        "hat das Zeichen NUL, das nicht erlaubt ist",
        "contient le caractère NUL, qui n'est pas permis",
    ),
    "has more than 100 characters, or a character that is not allowed": (
        "heeft meer dan 100 tekens, of een teken dat niet mag",
        "hat mehr als 100 Zeichen oder ein Zeichen, das nicht erlaubt ist",
        "a plus de 100 caractères, ou un caractère qui n'est pas permis",
    ),
    "has more than {count} characters": (
        "heeft meer dan {count} tekens",
        "hat mehr als {count} Zeichen",
        "a plus de {count} caractères",
    ),
    "a quotation mark is not closed, or stands where none can be": (
        "een aanhalingsteken is niet gesloten, of staat waar er geen kan staan",
        "ein Anführungszeichen ist nicht geschlossen oder steht, wo keines stehen kann",
        "un guillemet n'est pas fermé, ou se trouve là où il ne peut pas être",
    ),
    "the line has {count} values for {total} columns": (
        "de regel heeft {count} waarden voor {total} kolommen",
        "die Zeile hat {count} Werte für {total} Spalten",
        "la ligne a {count} valeurs pour {total} colonnes",
    ),
    "is not written in {encoding}; set --encoding, such as cp1252": (
        "is niet in {encoding} geschreven: kies een andere tekenset",
        "ist nicht in {encoding} geschrieben: wählen Sie einen anderen Zeichensatz",
        "n'est pas écrit en {encoding} : choisissez un autre jeu de caractères",
    ),
    "the line is not a JSON object as it should be: {error}": (
        "de regel is geen JSON-object zoals het hoort: {error}",
        "die Zeile ist kein JSON-Objekt, wie es sein soll: {error}",
        "la ligne n'est pas un objet JSON comme il se doit : {error}",
    ),
    "{value} is not one of the types: {types}": (
        "{value} is niet een van de soorten: {types}",
        "{value} ist keine der Arten: {types}",
        "{value} n'est pas l'un des types : {types}",
    ),
    "{value} is not an ISO 8601 date or date-time": (
        "{value} is geen datum of tijdstip volgens ISO 8601",
        "{value} ist kein Datum oder Zeitpunkt nach ISO 8601",
        "{value} n'est pas une date ni une heure ISO 8601",
    ),
    "{value} is not an amount; write it as 1210.00": (
        "{value} is geen bedrag; schrijf het als 1210.00",
        "{value} ist kein Betrag; schreiben Sie ihn als 1210.00",
        "{value} n'est pas un montant ; écrivez-le comme 1210.00",
    ),
    "{value} has more digits than an amount can have": (
        "{value} heeft meer cijfers dan een bedrag kan hebben",
        "{value} hat mehr Ziffern, als ein Betrag haben kann",
        "{value} a plus de chiffres qu'un montant ne peut en avoir",
    ),
    "{value} is not a date; write it as 2026-03-31": (
        "{value} is geen datum; schrijf die als 2026-03-31",
        "{value} ist kein Datum; schreiben Sie es als 2026-03-31",
        "{value} n'est pas une date ; écrivez-la comme 2026-03-31",
    ),
    "{value} is not a whole number; write it as 14": (
        "{value} is geen geheel getal; schrijf het als 14",
        "{value} ist keine ganze Zahl; schreiben Sie sie als 14",
        "{value} n'est pas un nombre entier ; écrivez-le comme 14",
    ),
    "{value} is not a currency; write its three letters, such as EUR": (
        "{value} is geen valuta; schrijf de drie letters, zoals EUR",
        "{value} ist keine Währung; schreiben Sie ihre drei Buchstaben, etwa EUR",
        "{value} n'est pas une devise ; écrivez ses trois lettres, comme EUR",
    ),
    "{value} is not a country; write its two letters, such as NL": (
        "{value} is geen land; schrijf de twee letters, zoals NL",
        "{value} ist kein Land; schreiben Sie seine zwei Buchstaben, etwa NL",
        "{value} n'est pas un pays ; écrivez ses deux lettres, comme NL",
    ),
    "{value} is not allowed here": (
        "{value} mag hier niet",
        "{value} ist hier nicht erlaubt",
        "{value} n'est pas permis ici",
    ),
    "{value} is not text": (
        "{value} is geen tekst",
        "{value} ist kein Text",
        "{value} : pas un texte",
    ),
    "{value} is none of {types}": (
        "{value} is geen van {types}",
        "{value} ist keines von {types}",
        "{value} n'est aucun de {types}",
    ),
    "there is no due date; set --terms DAYS": (
        "er is geen vervaldatum: geef de betalingstermijn",
        "es gibt kein Fälligkeitsdatum: geben Sie das Zahlungsziel an",
        "il n'y a pas d'échéance : donnez le délai de paiement",
    ),
    "cannot be taken: {error}": (
        "kan niet worden overgenomen: {error}",
        "kann nicht übernommen werden: {error}",
        "ne peut pas être repris : {error}",
    ),
    # a file
    "{list} is empty.": ("{list} is leeg.", "{list} ist leer.", "{list} est vide."),
    "{list}, line {count}: longer than {limit} bytes.": (
        "{list}, regel {count}: langer dan {limit} bytes.",
        "{list}, Zeile {count}: länger als {limit} Bytes.",
        "{list}, ligne {count} : plus de {limit} octets.",
    ),
    "{list}, line {count}: longer than {limit} characters.": (
        "{list}, regel {count}: langer dan {limit} tekens.",
        "{list}, Zeile {count}: länger als {limit} Zeichen.",
        "{list}, ligne {count} : plus de {limit} caractères.",
    ),
    "{list}, line {count}: the file unpacks to more than {limit} bytes.": (
        "{list}, regel {count}: uitgepakt is het bestand meer dan {limit} bytes.",
        "{list}, Zeile {count}: entpackt hat die Datei mehr als {limit} Bytes.",
        "{list}, ligne {count} : décompressé, le fichier dépasse {limit} octets.",
    ),
    (
        "{list}, line {count}, is not written in {encoding}: {error}. Set --encoding, such as"
        " cp1252 or utf-16."
    ): (
        "{list}, regel {count}, is niet in {encoding} geschreven: {error}. Kies een andere"
        " tekenset.",
        "{list}, Zeile {count}, ist nicht in {encoding} geschrieben: {error}. Wählen Sie einen"
        " anderen Zeichensatz.",
        "{list}, ligne {count}, n'est pas écrit en {encoding} : {error}. Choisissez un autre jeu de"
        " caractères.",
    ),
    "{list} has a million empty lines in a row.": (
        "{list} heeft een miljoen lege regels achter elkaar.",
        "{list} hat eine Million leere Zeilen hintereinander.",
        "{list} a un million de lignes vides à la suite.",
    ),
    "Cannot read {list} after line {count}: {error}.": (
        "{list} kan na regel {count} niet worden gelezen: {error}.",
        "{list} kann nach Zeile {count} nicht gelesen werden: {error}.",
        "{list} ne peut pas être lu après la ligne {count} : {error}.",
    ),
    "{list} has no column {columns}. It has: {others}.": (
        "{list} heeft geen kolom {columns}, wel: {others}.",
        "{list} hat keine Spalte {columns}, aber: {others}.",
        "{list} n'a pas de colonne {columns}, mais : {others}.",
    ),
    "{list} has no column {columns}. It has: {others}. Is the --delimiter right?": (
        "{list} heeft geen kolom {columns}, wel: {others}. Klopt het scheidingsteken?",
        "{list} hat keine Spalte {columns}, aber: {others}. Stimmt das Trennzeichen?",
        "{list} n'a pas de colonne {columns}, mais : {others}. Le séparateur est-il le bon ?",
    ),
    (
        "{list} has the column {columns} more than once: remove or rename all but the one that"
        " counts."
    ): (
        "{list} heeft de kolom {columns} meer dan eens: verwijder of hernoem alle behalve die"
        " telt.",
        "{list} hat die Spalte {columns} mehrmals: entfernen Sie alle außer der, die zählt, oder"
        " benennen Sie sie um.",
        "{list} a plusieurs fois la colonne {columns} : retirez ou renommez toutes sauf celle qui"
        " compte.",
    ),
    "{list} took more than {limit} seconds of a processor; split it.": (
        "{list} vroeg meer dan {limit} seconden van een processor; splits het.",
        "{list} brauchte mehr als {limit} Sekunden eines Prozessors; teilen Sie die Datei.",
        "{list} a pris plus de {limit} secondes de processeur ; divisez-le.",
    ),
    "Choose the column of: {field}.": (
        "Kies de kolom van: {field}.",
        "Wählen Sie die Spalte für: {field}.",
        "Choisissez la colonne de : {field}.",
    ),
    "Started {count} times; every worker died before its end.": (
        "{count} keer begonnen; elke keer werd het proces voor het einde afgebroken.",
        "{count}-mal begonnen; jedes Mal wurde der Prozess vor dem Ende abgebrochen.",
        "Commencé {count} fois ; le processus s'est chaque fois arrêté avant la fin.",
    ),
    "The disk of the database is full: {error}. Make room, then run it again.": (
        "De schijf van de database is vol: {error}. Maak ruimte, en begin dan opnieuw.",
        "Die Festplatte der Datenbank ist voll: {error}. Schaffen Sie Platz, und beginnen Sie neu.",
        "Le disque de la base de données est plein : {error}. Libérez de la place, puis relancez.",
    ),
    "The database does not answer: {error}. Run it again.": (
        "De database antwoordt niet: {error}. Begin opnieuw.",
        "Die Datenbank antwortet nicht: {error}. Beginnen Sie neu.",
        "La base de données ne répond pas : {error}. Relancez.",
    ),
    "Others keep writing to the same books; run it again later.": (
        "Anderen schrijven voortdurend in dezelfde dossiers; begin later opnieuw.",
        "Andere schreiben ständig in dieselben Akten; beginnen Sie später neu.",
        "D'autres écrivent sans cesse dans les mêmes dossiers ; relancez plus tard.",
    ),
}
