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
    # the look of the firm
    "Your firm": ("Je bedrijf", "Ihre Firma", "Votre entreprise"),
    "What debtors and resolvers see on their pages, in mails and on letters. Other details: dossier"
    " creditor set.": (
        "Wat debiteuren en behandelaars op hun pagina's, in e-mails en op brieven zien. Andere"
        " gegevens: dossier creditor set.",
        "Was Kunden und Bearbeiter auf ihren Seiten, in E-Mails und auf Briefen sehen. Andere"
        " Angaben: dossier creditor set.",
        "Ce que les clients et les responsables voient sur leurs pages, dans les e-mails et sur les"
        " lettres. Autres données : dossier creditor set.",
    ),
    "Colour": ("Kleur", "Farbe", "Couleur"),
    "The colour of now": ("De kleur van nu", "Die jetzige Farbe", "La couleur actuelle"),
    "Such as #0a7d3c. On buttons and links it is made lighter or darker, so that they can be"
    " read.": (
        "Zoals #0a7d3c. Op knoppen en links wordt ze lichter of donkerder, zodat ze leesbaar"
        " blijven.",
        "Zum Beispiel #0a7d3c. Auf Knöpfen und Links wird sie heller oder dunkler, damit sie lesbar"
        " bleiben.",
        "Par exemple #0a7d3c. Sur les boutons et les liens, elle est éclaircie ou assombrie pour"
        " rester lisible.",
    ),
    "Logo": ("Logo", "Logo", "Logo"),
    "A PNG or SVG of 64 kB at most that only draws. Mail programs show a PNG only.": (
        "Een PNG of SVG van hoogstens 64 kB die alleen tekent. Mailprogramma's tonen alleen een"
        " PNG.",
        "Ein PNG oder SVG bis 64 kB, das nur zeichnet. Mailprogramme zeigen nur ein PNG.",
        "Un PNG ou SVG de 64 ko au plus qui ne fait que dessiner. Les messageries n'affichent que"
        " le PNG.",
    ),
    "The logo of now": ("Het logo van nu", "Das jetzige Logo", "Le logo actuel"),
    "Show no logo": ("Geen logo tonen", "Kein Logo zeigen", "N'afficher aucun logo"),
}
