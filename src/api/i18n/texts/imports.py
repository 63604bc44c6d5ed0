"""The texts of the pages of imports, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Check of {name}": ("Controle van {name}", "Prüfung von {name}", "Contrôle de {name}"),
    "Back to the columns": (
        "Terug naar de kolommen",
        "Zurück zu den Spalten",
        "Retour aux colonnes",
    ),
    "full list as of {day}": (
        "volledige lijst van {day}",
        "vollständige Liste vom {day}",
        "liste complète au {day}",
    ),
    "nothing is written yet": (
        "er is nog niets vastgelegd",
        "noch ist nichts erfasst",
        "rien n'est encore enregistré",
    ),
    "What would come of it": ("Wat eruit zou komen", "Was daraus würde", "Ce qui en résulterait"),
    "What the full list would change": (
        "Wat de volledige lijst zou veranderen",
        "Was die vollständige Liste ändern würde",
        "Ce que la liste complète changerait",
    ),
    "More than a fifth of what is open here is not in this list or is empty in it. Is it"
    " really the full list?": (
        "Meer dan een vijfde van wat hier openstaat, staat niet of leeg in deze lijst. Is dit"
        " echt de volledige lijst?",
        "Mehr als ein Fünftel dessen, was hier offen ist, fehlt in dieser Liste oder ist darin"
        " leer. Ist es wirklich die vollständige Liste?",
        "Plus d'un cinquième de ce qui est ouvert ici n'est pas dans cette liste ou y est vide."
        " Est-ce vraiment la liste complète ?",
    ),
    "Yes, it is the full list: close what is not in it.": (
        "Ja, dit is de volledige lijst: sluit wat er niet in staat.",
        "Ja, es ist die vollständige Liste: schließen, was nicht darin steht.",
        "Oui, c'est la liste complète : clore ce qui n'y est pas.",
    ),
    "Close what is not in the list although lines are rejected. Else it stays open.": (
        "Sluit wat niet in de lijst staat, ook al zijn er regels geweigerd. Anders blijft het"
        " open.",
        "Schließen, was nicht in der Liste steht, obwohl Zeilen abgelehnt sind. Sonst bleibt es"
        " offen.",
        "Clore ce qui n'est pas dans la liste bien que des lignes soient rejetées. Sinon cela"
        " reste ouvert.",
    ),
    "Import 1 line": ("1 regel importeren", "1 Zeile importieren", "Importer 1 ligne"),
    "Import {count} lines": (
        "{count} regels importeren",
        "{count} Zeilen importieren",
        "Importer {count} lignes",
    ),
    "Each line is recorded by the same rules as on a page. Rejected lines are left out; the"
    " others are not.": (
        "Elke regel wordt vastgelegd volgens dezelfde regels als op een pagina. Geweigerde"
        " regels vallen weg, de andere niet.",
        "Jede Zeile wird nach denselben Regeln erfasst wie auf einer Seite. Abgelehnte Zeilen"
        " fallen weg, die anderen nicht.",
        "Chaque ligne est enregistrée selon les mêmes règles que sur une page. Les lignes"
        " rejetées sont laissées de côté, les autres non.",
    ),
    "Each line is recorded by the same rules as on a page.": (
        "Elke regel wordt vastgelegd volgens dezelfde regels als op een pagina.",
        "Jede Zeile wird nach denselben Regeln erfasst wie auf einer Seite.",
        "Chaque ligne est enregistrée selon les mêmes règles que sur une page.",
    ),
    "There is nothing to import: all that could be read is here already.": (
        "Er is niets te importeren: alles wat te lezen was, staat er al.",
        "Es gibt nichts zu importieren: Alles Lesbare ist schon hier.",
        "Il n'y a rien à importer : tout ce qui a pu être lu est déjà ici.",
    ),
    "not in the file": ("niet in het bestand", "nicht in der Datei", "pas dans le fichier"),
    "Look how the first rows are read, and mend what is not right.": (
        "Kijk hoe de eerste rijen worden gelezen, en herstel wat niet klopt.",
        "Sehen Sie, wie die ersten Zeilen gelesen werden, und berichtigen Sie, was nicht stimmt.",
        "Regardez comment les premières lignes sont lues, et corrigez ce qui ne va pas.",
    ),
    "Show the first rows again": (
        "Toon de eerste rijen opnieuw",
        "Erste Zeilen wieder zeigen",
        "Montrer à nouveau les premières lignes",
    ),
    "First rows": ("Eerste rijen", "Erste Zeilen", "Premières lignes"),
    "days and amounts as they are read": (
        "dagen en bedragen zoals ze worden gelezen",
        "Tage und Beträge, wie sie gelesen werden",
        "jours et montants tels qu'ils sont lus",
    ),
    "Check": ("Controle", "Prüfung", "Contrôle"),
    "rejected": ("geweigerd", "abgelehnt", "rejetée"),
    "new": ("nieuw", "neu", "nouvelle"),
    "changes": ("verandert", "ändert sich", "change"),
    "kept as a note": ("bewaard als notitie", "als Notiz bewahrt", "gardée comme note"),
    "there already": ("is er al", "schon da", "déjà là"),
    "What these kinds of line are": (
        "Wat deze soorten regels zijn",
        "Was diese Arten von Zeilen sind",
        "Ce que sont ces sortes de lignes",
    ),
    "What the file has": (
        "Wat er in het bestand staat",
        "Was die Datei enthält",
        "Ce que contient le fichier",
    ),
    "Each payment waits with its debtor under Money, until it is allocated to an invoice.": (
        "Elke betaling wacht bij haar debiteur onder Geld, tot ze aan een factuur is toegewezen.",
        "Jede Zahlung wartet bei ihrem Kunden unter Geld, bis sie einer Rechnung zugeordnet ist.",
        "Chaque paiement attend chez son client sous Argent, jusqu'à son affectation à une"
        " facture.",
    ),
    "Columns": ("Kolommen", "Spalten", "Colonnes"),
    "As {system} has them.": (
        "Zoals {system} ze heeft.",
        "Wie {system} sie hat.",
        "Comme {system} les a.",
    ),
    "Choose them myself": ("Zelf kiezen", "Selbst wählen", "Les choisir moi-même"),
    "More columns": ("Meer kolommen", "Weitere Spalten", "Autres colonnes"),
    "As another file was read": (
        "Zoals een ander bestand werd gelezen",
        "Wie eine andere Datei gelesen wurde",
        "Comme un autre fichier a été lu",
    ),
    "How it is written": ("Hoe het is geschreven", "Wie es geschrieben ist", "Comment c'est écrit"),
    "Days": ("Dagen", "Tage", "Jours"),
    "as the profile has it": ("zoals het profiel", "wie im Profil", "comme dans le profil"),
    "Decimal sign": ("Decimaalteken", "Dezimalzeichen", "Signe décimal"),
    "comma: 1.250,00": ("komma: 1.250,00", "Komma: 1.250,00", "virgule : 1.250,00"),
    "point: 1,250.00": ("punt: 1,250.00", "Punkt: 1,250.00", "point : 1,250.00"),
    "as each amount shows": (
        "zoals elk bedrag toont",
        "wie jeder Betrag zeigt",
        "selon chaque montant",
    ),
    "Currency": ("Valuta", "Währung", "Devise"),
    "of lines that name none": (
        "van regels die er geen noemen",
        "von Zeilen, die keine nennen",
        "des lignes qui n'en nomment pas",
    ),
    "Term in days": ("Termijn in dagen", "Zahlungsziel in Tagen", "Délai en jours"),
    "for lines with one date": (
        "voor regels met één datum",
        "für Zeilen mit einem Datum",
        "pour les lignes avec une seule date",
    ),
    "How much of your books it is": (
        "Hoeveel van uw administratie het is",
        "Wie viel Ihrer Bücher es ist",
        "Quelle part de vos livres c'est",
    ),
    "The full list: what is open here and not in it, was paid or closed.": (
        "De volledige lijst: wat hier openstaat en er niet in staat, is betaald of gesloten.",
        "Die vollständige Liste: Was hier offen ist und nicht darin steht, wurde bezahlt oder"
        " geschlossen.",
        "La liste complète : ce qui est ouvert ici et n'y est pas a été payé ou clos.",
    ),
    "The full list: a debtor who is not in it gets a note.": (
        "De volledige lijst: een debiteur die er niet in staat, krijgt een notitie.",
        "Die vollständige Liste: Ein Kunde, der nicht darin steht, erhält eine Notiz.",
        "La liste complète : un client qui n'y est pas reçoit une note.",
    ),
    "Remember the columns as": (
        "Onthoud de kolommen als",
        "Spalten merken als",
        "Retenir les colonnes sous",
    ),
    "The next file with these columns is read the same way.": (
        "Het volgende bestand met deze kolommen wordt net zo gelezen.",
        "Die nächste Datei mit diesen Spalten wird ebenso gelesen.",
        "Le prochain fichier avec ces colonnes sera lu de la même façon.",
    ),
    "Check all lines": (
        "Controleer alle regels",
        "Alle Zeilen prüfen",
        "Contrôler toutes les lignes",
    ),
    "Checking writes nothing: you see first what would come of each line.": (
        "Controleren legt niets vast: u ziet eerst wat er van elke regel komt.",
        "Prüfen erfasst nichts: Sie sehen zuerst, was aus jeder Zeile würde.",
        "Le contrôle n'enregistre rien : vous voyez d'abord ce que donnerait chaque ligne.",
    ),
    "Back to the imports": (
        "Terug naar de imports",
        "Zurück zu den Importen",
        "Retour aux imports",
    ),
    "checked only": ("alleen gecontroleerd", "nur geprüft", "contrôle seul"),
    "1 line was imported.": (
        "1 regel is geïmporteerd.",
        "1 Zeile wurde importiert.",
        "1 ligne a été importée.",
    ),
    "{count} lines were imported.": (
        "{count} regels zijn geïmporteerd.",
        "{count} Zeilen wurden importiert.",
        "{count} lignes ont été importées.",
    ),
    "1 invoice that is not in the list was closed.": (
        "1 factuur die niet in de lijst staat, is gesloten.",
        "1 Rechnung, die nicht in der Liste steht, wurde geschlossen.",
        "1 facture absente de la liste a été close.",
    ),
    "{count} invoices that are not in the list were closed.": (
        "{count} facturen die niet in de lijst staan, zijn gesloten.",
        "{count} Rechnungen, die nicht in der Liste stehen, wurden geschlossen.",
        "{count} factures absentes de la liste ont été closes.",
    ),
    "1 invoice that is not in the list stays open.": (
        "1 factuur die niet in de lijst staat, blijft open.",
        "1 Rechnung, die nicht in der Liste steht, bleibt offen.",
        "1 facture absente de la liste reste ouverte.",
    ),
    "{count} invoices that are not in the list stay open.": (
        "{count} facturen die niet in de lijst staan, blijven open.",
        "{count} Rechnungen, die nicht in der Liste stehen, bleiben offen.",
        "{count} factures absentes de la liste restent ouvertes.",
    ),
    "Import the mended lines": (
        "Importeer de herstelde regels",
        "Berichtigte Zeilen importieren",
        "Importer les lignes corrigées",
    ),
    "See the invoices": ("Bekijk de facturen", "Rechnungen ansehen", "Voir les factures"),
    "See the debtors": ("Bekijk de debiteuren", "Kunden ansehen", "Voir les clients"),
    "That cannot be read yet": (
        "Dat kan nog niet worden gelezen",
        "Das ist noch nicht lesbar",
        "Cela ne peut pas encore être lu",
    ),
    "Progress": ("Voortgang", "Fortschritt", "Progression"),
    "This page loads again by itself.": (
        "Deze pagina laadt vanzelf opnieuw.",
        "Diese Seite lädt von selbst neu.",
        "Cette page se recharge d'elle-même.",
    ),
    "Stop that": ("Stop dat", "Anhalten", "Arrêter"),
    "Load this page again": (
        "Laad deze pagina opnieuw",
        "Diese Seite neu laden",
        "Recharger cette page",
    ),
    "To record": ("Vast te leggen", "Zu erfassen", "À enregistrer"),
    "1 new debtor": ("1 nieuwe debiteur", "1 neuer Kunde", "1 nouveau client"),
    "{count} new debtors": (
        "{count} nieuwe debiteuren",
        "{count} neue Kunden",
        "{count} nouveaux clients",
    ),
    "Download to mend": (
        "Download om te herstellen",
        "Zum Berichtigen herunterladen",
        "Télécharger pour corriger",
    ),
    "The download has these lines alone, with why beside them. Mend it and drop it on the page"
    " of imports: what is there already is not imported twice.": (
        "De download heeft alleen deze regels, met de reden ernaast. Herstel hem en zet hem op"
        " de importpagina: wat er al is, wordt niet twee keer geïmporteerd.",
        "Der Download hat nur diese Zeilen, mit dem Grund daneben. Berichtigen Sie ihn und laden"
        " Sie ihn auf der Importseite hoch: Was schon da ist, wird nicht zweimal importiert.",
        "Le fichier n'a que ces lignes, avec la raison à côté. Corrigez-le et déposez-le sur la"
        " page d'import : ce qui est déjà là n'est pas importé deux fois.",
    ),
    "Column": ("Kolom", "Spalte", "Colonne"),
    "Only the first {count} are shown.": (
        "Alleen de eerste {count} staan hier.",
        "Nur die ersten {count} stehen hier.",
        "Seules les {count} premières sont montrées.",
    ),
    "Import": ("Import", "Import", "Import"),
    "Invoices, payments or debtors from a spreadsheet or another system. Nothing is written"
    " before you have seen what would come of it.": (
        "Facturen, betalingen of debiteuren uit een spreadsheet of een ander systeem. Er wordt"
        " niets vastgelegd voor u hebt gezien wat eruit zou komen.",
        "Rechnungen, Zahlungen oder Kunden aus einer Tabelle oder einem anderen System."
        " Nichts wird erfasst, bevor Sie gesehen haben, was daraus würde.",
        "Factures, paiements ou clients d'un tableur ou d'un autre système. Rien n'est"
        " enregistré avant que vous ayez vu ce qui en résulterait.",
    ),
    "A file": ("Een bestand", "Eine Datei", "Un fichier"),
    "Drop it here: CSV or Excel (.xlsx), at most 25 MB, the names of the columns first.": (
        "Zet het hier neer: CSV of Excel (.xlsx), ten hoogste 25 MB, eerst de namen van de"
        " kolommen.",
        "Hier ablegen: CSV oder Excel (.xlsx), höchstens 25 MB, zuerst die Namen der Spalten.",
        "Déposez-le ici : CSV ou Excel (.xlsx), 25 Mo au plus, d'abord les noms des colonnes.",
    ),
    "Or paste rows of a spreadsheet": (
        "Of plak rijen uit een spreadsheet",
        "Oder Zeilen einer Tabelle einfügen",
        "Ou collez des lignes d'un tableur",
    ),
    "Select the cells with their column names, copy, and paste here.": (
        "Selecteer de cellen met hun kolomnamen, kopieer, en plak ze hier.",
        "Zellen mit ihren Spaltennamen auswählen, kopieren und hier einfügen.",
        "Sélectionnez les cellules avec les noms des colonnes, copiez, et collez ici.",
    ),
}
