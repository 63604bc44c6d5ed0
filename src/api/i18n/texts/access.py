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
        " ouvrent d'un débiteur, d'une facture ou d'un litige.",
    ),
    # a person's own page
    "Access": ("Toegang", "Zugang", "Accès"),
    "Keep the changes": (
        "Wijzigingen bewaren",
        "Änderungen behalten",
        "Conserver les modifications",
    ),
    "The changes are kept.": (
        "De wijzigingen zijn bewaard.",
        "Die Änderungen sind gespeichert.",
        "Les modifications sont conservées.",
    ),
    "It holds from their next click. What you do here is in the security log.": (
        "Het geldt vanaf de volgende klik. Wat je hier doet staat in het beveiligingslogboek.",
        "Es gilt ab dem nächsten Klick. Was Sie hier tun, steht im Sicherheitsprotokoll.",
        "Cela vaut dès son prochain clic. Ce que vous faites ici est dans le journal de sécurité.",
    ),
    "Role, units and address are what the provider knows: change them there.": (
        "Rol, onderdelen en adres zijn wat de aanbieder weet: wijzig ze daar.",
        "Rolle, Bereiche und Adresse kommen vom Anbieter: Ändern Sie sie dort.",
        "Rôle, entités et adresse viennent du fournisseur : modifiez-les là-bas.",
    ),
    "You cannot change your own role: another administrator can.": (
        "Je kunt je eigen rol niet wijzigen: een andere beheerder kan dat.",
        "Ihre eigene Rolle können Sie nicht ändern: Das kann ein anderer Administrator.",
        "Vous ne pouvez pas changer votre propre rôle : un autre administrateur le peut.",
    ),
    "Another person has this address already.": (
        "Iemand anders heeft dit adres al.",
        "Eine andere Person hat diese Adresse schon.",
        "Une autre personne a déjà cette adresse.",
    ),
    "What was done to this person": (
        "Wat er met deze persoon is gedaan",
        "Was mit dieser Person geschah",
        "Ce qui a été fait pour cette personne",
    ),
    "added": ("toegevoegd", "hinzugefügt", "ajoutée"),
    "changed": ("gewijzigd", "geändert", "modifiée"),
    "ended": ("beëindigd", "beendet", "terminée"),
    "admitted": ("weer toegelaten", "wieder zugelassen", "réadmise"),
    "Not signed in now.": (
        "Nu niet aangemeld.",
        "Zurzeit nicht angemeldet.",
        "Pas connectée en ce moment.",
    ),
    "No key of their own.": (
        "Geen eigen sleutel.",
        "Kein eigener Schlüssel.",
        "Aucune clé propre.",
    ),
}
