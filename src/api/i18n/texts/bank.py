"""The texts of the pages about the bank, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Account": ("Rekening", "Konto", "Compte"),
    "Import bank files": (
        "Bankbestanden importeren",
        "Bankdateien importieren",
        "Importer des fichiers bancaires",
    ),
    "From the bank": (
        "Van de bank",
        "Von der Bank",
        "De la banque",
    ),
    "From the bank, the oldest first.": (
        "Van de bank, de oudste eerst.",
        "Von der Bank, die ältesten zuerst.",
        "De la banque, les plus anciens d'abord.",
    ),
    "From the bank and with debtors, the oldest first.": (
        "Van de bank en bij debiteuren, de oudste eerst.",
        "Von der Bank und bei Kunden, die ältesten zuerst.",
        "De la banque et chez les clients, les plus anciens d'abord.",
    ),
    "money in": (
        "geld in",
        "Geldeingang",
        "entrées",
    ),
    "money out": (
        "geld uit",
        "Geldausgang",
        "sorties",
    ),
    "No open invoice fits: no number, name, account or amount of ours.": (
        "Geen openstaande factuur past: geen nummer, naam, rekening of bedrag van ons.",
        "Keine offene Rechnung passt: weder Nummer noch Name, Konto oder Betrag von uns.",
        "Aucune facture due ne correspond : ni numéro, ni nom, ni compte, ni montant connu.",
    ),
    "It returns no payment that is allocated.": (
        "Het is van geen toegewezen betaling de terugboeking.",
        "Es gibt keine zugeordnete Zahlung, die damit zurückkommt.",
        "Ce n'est le retour d'aucun paiement affecté.",
    ),
    "Choose invoices…": (
        "Facturen kiezen…",
        "Rechnungen wählen…",
        "Choisir des factures…",
    ),
    "Choose invoices": (
        "Facturen kiezen",
        "Rechnungen wählen",
        "Choisir des factures",
    ),
    "Set aside": (
        "Terzijde gelegd",
        "Beiseitegelegt",
        "Mis de côté",
    ),
    "More from the bank": (
        "Meer van de bank",
        "Mehr von der Bank",
        "Plus de la banque",
    ),
    "With debtors": (
        "Bij debiteuren",
        "Bei Kunden",
        "Chez les clients",
    ),
    "Bank statements": (
        "Bankafschriften",
        "Kontoauszüge",
        "Relevés bancaires",
    ),
    "Not read, nothing of it is recorded": (
        "Niet gelezen, er is niets van vastgelegd",
        "Nicht gelesen, nichts davon ist erfasst",
        "Non lu, rien n'en est enregistré",
    ),
    "{count} allocated": (
        "{count} toegewezen",
        "{count} zugeordnet",
        "{count} affectés",
    ),
    "{count} went out": (
        "{count} gingen uit",
        "{count} gingen hinaus",
        "{count} sortis",
    ),
    "{count} not understood wholly": (
        "{count} niet helemaal begrepen",
        "{count} nicht ganz verstanden",
        "{count} pas entièrement compris",
    ),
    "not understood wholly": (
        "niet helemaal begrepen",
        "nicht ganz verstanden",
        "pas entièrement compris",
    ),
    "{new} new, {seen} seen before": (
        "{new} nieuw, {seen} eerder gezien",
        "{new} neu, {seen} schon bekannt",
        "{new} nouveaux, {seen} déjà vus",
    ),
    "{count} only announced": (
        "{count} alleen aangekondigd",
        "{count} nur angekündigt",
        "{count} seulement annoncés",
    ),
    "Look at what waits": (
        "Bekijk wat wacht",
        "Ansehen, was wartet",
        "Voir ce qui attend",
    ),
    "Bank files": (
        "Bankbestanden",
        "Bankdateien",
        "Fichiers bancaires",
    ),
    "Drop them here: camt.052, .053, .054, MT940 or MT942, also gzip or zip, at most 25 "
    "MB. What is certain is allocated at once; the same file again records nothing.": (
        "Sleep ze hierheen: camt.052, .053, .054, MT940 of MT942, ook gzip of zip, "
        "hoogstens 25 MB. Wat zeker is, wordt meteen toegewezen; hetzelfde bestand nog "
        "eens legt niets vast.",
        "Hier ablegen: camt.052, .053, .054, MT940 oder MT942, auch gzip oder zip, "
        "höchstens 25 MB. Was sicher ist, wird sofort zugeordnet; dieselbe Datei noch "
        "einmal erfasst nichts.",
        "Déposez-les ici : camt.052, .053, .054, MT940 ou MT942, aussi gzip ou zip, 25 "
        "Mo au plus. Ce qui est certain est affecté aussitôt ; le même fichier une "
        "nouvelle fois n'enregistre rien.",
    ),
    "Last statements": (
        "Laatste afschriften",
        "Letzte Auszüge",
        "Derniers relevés",
    ),
    "Statements": (
        "Afschriften",
        "Auszüge",
        "Relevés",
    ),
    "Closed on": (
        "Afgesloten op",
        "Abgeschlossen am",
        "Clôturé le",
    ),
    "Opens with": (
        "Begint met",
        "Beginnt mit",
        "Ouvre à",
    ),
    "Closes with": (
        "Eindigt met",
        "Endet mit",
        "Clôture à",
    ),
    "Bookings": (
        "Boekingen",
        "Buchungen",
        "Écritures",
    ),
    "No statement was imported yet.": (
        "Er is nog geen afschrift geïmporteerd.",
        "Es wurde noch kein Auszug importiert.",
        "Aucun relevé n'a encore été importé.",
    ),
    "What it is for": (
        "Waarvoor het is",
        "Wofür es ist",
        "À quoi cela correspond",
    ),
    "by itself": (
        "vanzelf",
        "von selbst",
        "automatiquement",
    ),
    "Find open invoices": (
        "Openstaande facturen zoeken",
        "Offene Rechnungen suchen",
        "Chercher des factures dues",
    ),
    "Allocate {amount}": (
        "{amount} toewijzen",
        "{amount} zuordnen",
        "Affecter {amount}",
    ),
    "No open invoice is found.": (
        "Er is geen openstaande factuur gevonden.",
        "Keine offene Rechnung gefunden.",
        "Aucune facture due n'est trouvée.",
    ),
    "A-1, A-2: the oldest due date first. A-1=100.00, A-2=50.00: as you say.": (
        "A-1, A-2: de oudste vervaldatum eerst. A-1=100,00, A-2=50,00: zoals u aangeeft.",
        "A-1, A-2: die älteste Fälligkeit zuerst. A-1=100,00, A-2=50,00: wie Sie angeben.",
        "A-1, A-2 : l'échéance la plus ancienne d'abord. A-1=100,00, A-2=50,00 : comme indiqué.",
    ),
}
