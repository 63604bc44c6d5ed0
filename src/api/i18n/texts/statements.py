"""The texts of statements, of documents and of letters to debtors, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Statement": ("Rekeningoverzicht", "Kontoauszug", "Relevé de compte"),
    "as of {day}": ("per {day}", "zum {day}", "au {day}"),
    "As PDF": ("Als PDF", "Als PDF", "En PDF"),
    "after what is not yet allocated": (
        "na wat nog niet is toegewezen",
        "nach noch nicht Zugeordnetem",
        "après ce qui n'est pas encore affecté",
    ),
    "Not yet allocated": ("Nog niet toegewezen", "Noch nicht zugeordnet", "Pas encore affecté"),
    "of which disputed": ("waarvan betwist", "davon strittig", "dont contesté"),
    "Age of what is open": (
        "Ouderdom van wat openstaat",
        "Alter des Offenen",
        "Âge de ce qui est ouvert",
    ),
    "Nothing was open on this day.": (
        "Op deze dag stond niets open.",
        "An diesem Tag war nichts offen.",
        "Rien n'était ouvert ce jour-là.",
    ),
    "Statement of account as of {day}": (
        "Rekeningoverzicht per {day}",
        "Kontoauszug zum {day}",
        "Relevé de compte au {day}",
    ),
    "Customer number": ("Klantnummer", "Kundennummer", "Numéro de client"),
    "Together": ("Samen", "Zusammen", "Ensemble"),
    "Balance in {currency}": ("Saldo in {currency}", "Saldo in {currency}", "Solde en {currency}"),
    "page {number}": ("pagina {number}", "Seite {number}", "page {number}"),
    "{size} kB": ("{size} kB", "{size} kB", "{size} ko"),
    "Download": ("Download", "Herunterladen", "Télécharger"),
    "{name}, page {number}": (
        "{name}, pagina {number}",
        "{name}, Seite {number}",
        "{name}, page {number}",
    ),
    "Pages": ("Pagina's", "Seiten", "Pages"),
    "Page before": ("Vorige pagina", "Vorige Seite", "Page précédente"),
    "Next page": ("Volgende pagina", "Nächste Seite", "Page suivante"),
    "From": ("Van", "Von", "De"),
    "Copy": ("Kopie", "Kopie", "Copie"),
    "Attached; in the download": (
        "Bijgevoegd; in de download",
        "Angefügt; im Download",
        "Joint ; dans le téléchargement",
    ),
    "The words of the mail are shown. Its pictures and links are not loaded.": (
        "De woorden van de mail staan hier. De plaatjes en links worden niet geladen.",
        "Gezeigt werden die Worte der Mail. Ihre Bilder und Links werden nicht geladen.",
        "Les mots du mail sont montrés. Ses images et liens ne sont pas chargés.",
    ),
    "This file could act when it is opened, or cannot be read. It is not shown here, only"
    " downloaded.": (
        "Dit bestand kan iets doen als het wordt geopend, of is niet te lezen. Het wordt hier"
        " niet getoond, alleen gedownload.",
        "Diese Datei könnte beim Öffnen etwas tun oder ist nicht lesbar. Sie wird hier nicht"
        " gezeigt, nur heruntergeladen.",
        "Ce fichier pourrait agir à l'ouverture, ou ne peut pas être lu. Il n'est pas montré"
        " ici, seulement téléchargé.",
    ),
    "Document": ("Document", "Dokument", "Document"),
    "Read it": ("Lees het", "Lesen", "Le lire"),
}
