"""The texts of the access log, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Access log": ("Toegangslog", "Zugriffsprotokoll", "Journal des accès"),
    "When": ("Wanneer", "Wann", "Quand"),
    "Signed out": ("Uitgelogd", "Abgemeldet", "Déconnecté"),
    "Sign-in failed": ("Inloggen mislukt", "Anmeldung misslungen", "Connexion échouée"),
    "Refused": ("Geweigerd", "Abgelehnt", "Refusé"),
    "Looked": ("Bekeken", "Angesehen", "Consulté"),
    "Deleted": ("Verwijderd", "Gelöscht", "Supprimé"),
    "by a code": ("met een code", "mit einem Code", "par un code"),
    "by a link": ("met een link", "mit einem Link", "par un lien"),
    "by an API key": ("met een API-sleutel", "mit einem API-Schlüssel", "par une clé API"),
    "by {provider}": ("via {provider}", "über {provider}", "par {provider}"),
    "nobody known": ("niemand bekend", "niemand bekannt", "personne de connu"),
    "No line fits.": ("Geen regel past.", "Keine Zeile passt.", "Aucune ligne ne convient."),
    "Lines are kept for {days} days. Looks are those of auditors and agencies at a debtor, an"
    " invoice or a case.": (
        "Regels blijven {days} dagen bewaard. Bekeken is wat controleurs en incassobureaus van een"
        " debiteur, factuur of zaak opvragen.",
        "Zeilen werden {days} Tage aufbewahrt. Angesehen ist, was Prüfer und Inkassobüros von"
        " einem Schuldner, einer Rechnung oder einem Fall öffnen.",
        "Les lignes sont conservées {days} jours. Consulté : ce que les auditeurs et les agences"
        " ouvrent d'un client, d'une facture ou d'un litige.",
    ),
}
