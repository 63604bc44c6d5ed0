"""The texts of what lives on the desk: changes by others, views, undo, settings, the digest."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Changed by {who}.": (
        "Gewijzigd door {who}.",
        "Geändert von {who}.",
        "Modifié par {who}.",
    ),
    "Changed meanwhile.": (
        "Intussen gewijzigd.",
        "Inzwischen geändert.",
        "Modifié entre-temps.",
    ),
    "Keep this view": ("Weergave bewaren", "Ansicht speichern", "Garder cette vue"),
    "Change this view": ("Weergave wijzigen", "Ansicht ändern", "Modifier cette vue"),
    "Delete this view": ("Weergave verwijderen", "Ansicht löschen", "Supprimer cette vue"),
    "Name of the view": ("Naam van de weergave", "Name der Ansicht", "Nom de la vue"),
    "Rename": ("Naam wijzigen", "Umbenennen", "Renommer"),
    "Choose another name: this view was not kept. There can be 20.": (
        "Kies een andere naam: deze weergave is niet bewaard. Er kunnen er 20 zijn.",
        "Wählen Sie einen anderen Namen: Die Ansicht wurde nicht gespeichert. Es sind 20 möglich.",
        "Choisissez un autre nom : la vue n'a pas été gardée. Il peut y en avoir 20.",
    ),
    "These tasks come back by themselves on their day.": (
        "Deze taken komen op hun dag vanzelf terug.",
        "Diese Aufgaben kommen an ihrem Tag von selbst wieder.",
        "Ces tâches reviennent d'elles-mêmes le jour prévu.",
    ),
    "Nothing is put aside.": (
        "Er is niets uitgesteld.",
        "Es ist nichts zurückgestellt.",
        "Rien n'est mis de côté.",
    ),
    "Take up now": ("Nu oppakken", "Jetzt aufnehmen", "Reprendre maintenant"),
    "The task is on the list again today.": (
        "De taak staat vandaag weer op de lijst.",
        "Die Aufgabe steht heute wieder auf der Liste.",
        "La tâche est de nouveau sur la liste aujourd'hui.",
    ),
    "This cannot be undone any more: {why}": (
        "Dit kan niet meer ongedaan worden gemaakt: {why}",
        "Das lässt sich nicht mehr rückgängig machen: {why}",
        "Cela ne peut plus être annulé : {why}",
    ),
    "The one before": ("De vorige", "Zurück", "Précédente"),
    "The one after": ("De volgende", "Weiter", "Suivante"),
    "{place} of {count}": ("{place} van {count}", "{place} von {count}", "{place} sur {count}"),
    "Your day in Dossier, {day}": (
        "Uw dag in Dossier, {day}",
        "Ihr Tag in Dossier, {day}",
        "Votre journée dans Dossier, {day}",
    ),
    "{count} to do, worth {worth}.": (
        "{count} te doen, goed voor {worth}.",
        "{count} zu erledigen, im Wert von {worth}.",
        "{count} à faire, pour {worth}.",
    ),
    "1 answer is asked of you.": (
        "Er wordt 1 antwoord van u gevraagd.",
        "Eine Antwort von Ihnen ist gefragt.",
        "Une réponse vous est demandée.",
    ),
    "{count} answers are asked of you.": (
        "Er worden {count} antwoorden van u gevraagd.",
        "{count} Antworten von Ihnen sind gefragt.",
        "{count} réponses vous sont demandées.",
    ),
    "You asked for this mail at {hour}. You can change it under your name.": (
        "U vroeg om deze mail om {hour}. U kunt dat wijzigen onder uw naam.",
        "Sie haben diese Mail um {hour} gewünscht. Sie können das unter Ihrem Namen ändern.",
        "Vous avez demandé cet e-mail à {hour}. Vous pouvez le changer sous votre nom.",
    ),
    "Undo": ("Ongedaan maken", "Rückgängig", "Annuler"),
    "Undo all": ("Alles ongedaan maken", "Alles rückgängig machen", "Tout annuler"),
    "All {count} that match": (
        "Alle {count} die voldoen",
        "Alle {count} passenden",
        "Les {count} correspondantes",
    ),
    "and {count} more": ("en nog {count}", "und {count} weitere", "et {count} autres"),
    "{count} recorded": ("{count} vastgelegd", "{count} erfasst", "{count} enregistrées"),
    "{count} unchanged": ("{count} ongewijzigd", "{count} unverändert", "{count} inchangées"),
    "{count} not recorded": (
        "{count} niet vastgelegd",
        "{count} nicht erfasst",
        "{count} non enregistrées",
    ),
    "Somebody else is writing there. Try again.": (
        "Iemand anders schrijft daar nu. Probeer het opnieuw.",
        "Dort schreibt gerade jemand anderes. Versuchen Sie es noch einmal.",
        "Quelqu'un d'autre y écrit en ce moment. Réessayez.",
    ),
    "Since you last looked": (
        "Sinds u voor het laatst keek",
        "Seit Ihrem letzten Besuch",
        "Depuis votre dernière visite",
    ),
    "1 change": ("1 wijziging", "1 Änderung", "1 changement"),
    "{count} changes": ("{count} wijzigingen", "{count} Änderungen", "{count} changements"),
    "on a dispute of yours": (
        "in een dispuut van u",
        "in einer Ihrer Reklamationen",
        "sur un de vos litiges",
    ),
    "on {count} of your disputes": (
        "in {count} van uw disputen",
        "in {count} Ihrer Reklamationen",
        "sur {count} de vos litiges",
    ),
    "on an invoice of yours": (
        "in een factuur van u",
        "in einer Ihrer Rechnungen",
        "sur une de vos factures",
    ),
    "on {count} of your invoices": (
        "in {count} van uw facturen",
        "in {count} Ihrer Rechnungen",
        "sur {count} de vos factures",
    ),
    "{changes} {files} since {when}": (
        "{changes} {files} sinds {when}",
        "{changes} {files} seit {when}",
        "{changes} {files} depuis {when}",
    ),
    "I have seen it": ("Ik heb het gezien", "Ich habe es gesehen", "J'ai vu"),
    "There is more. The oldest changes are in the files.": (
        "Er is meer. De oudste wijzigingen staan in de dossiers.",
        "Es gibt mehr. Die ältesten Änderungen stehen in den Akten.",
        "Il y en a plus. Les plus anciens sont dans les dossiers.",
    ),
    "Nobody else changed your invoices.": (
        "Niemand anders heeft uw facturen gewijzigd.",
        "Niemand sonst hat Ihre Rechnungen geändert.",
        "Personne d'autre n'a modifié vos factures.",
    ),
    "Your settings": ("Uw instellingen", "Ihre Einstellungen", "Vos réglages"),
    "Your settings are kept.": (
        "Uw instellingen zijn bewaard.",
        "Ihre Einstellungen sind gespeichert.",
        "Vos réglages sont gardés.",
    ),
    "Keep these settings": (
        "Instellingen bewaren",
        "Einstellungen speichern",
        "Garder ces réglages",
    ),
    "Keys of a single letter": (
        "Toetsen van één letter",
        "Tasten aus einem Buchstaben",
        "Touches d'une seule lettre",
    ),
    "A daily mail with what is to do and what others changed": (
        "Een dagelijkse mail met wat er te doen is en wat anderen wijzigden",
        "Eine tägliche Mail mit Aufgaben und Änderungen anderer",
        "Un e-mail par jour avec les tâches et les changements des autres",
    ),
    "No mail": ("Geen mail", "Keine Mail", "Pas d'e-mail"),
    "Your time zone": ("Uw tijdzone", "Ihre Zeitzone", "Votre fuseau horaire"),
    "That of the firm, {zone}": (
        "Die van het bedrijf, {zone}",
        "Die der Firma, {zone}",
        "Celui de l'entreprise, {zone}",
    ),
    "“{zone}” is no time zone.": (
        "“{zone}” is geen tijdzone.",
        "„{zone}“ ist keine Zeitzone.",
        "« {zone} » n'est pas un fuseau horaire.",
    ),
}
