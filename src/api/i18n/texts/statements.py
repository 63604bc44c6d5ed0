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
}
