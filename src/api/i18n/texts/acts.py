"""The texts of the form of an act, disputes and messages aside."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # the form of an act
    "Do": ("Acties", "Aktionen", "Actions"),
    "Back, without doing it": (
        "Terug, zonder het te doen",
        "Zurück, ohne es zu tun",
        "Retour, sans le faire",
    ),
    "That cannot be recorded yet": (
        "Dat kan nog niet worden vastgelegd",
        "Das kann noch nicht festgehalten werden",
        "Cela ne peut pas encore être enregistré",
    ),
    "Choose…": ("Kies…", "Bitte wählen…", "Choisissez…"),
    "optional": ("niet verplicht", "optional", "facultatif"),
    "This would be recorded:": (
        "Dit zou worden vastgelegd:",
        "Das würde festgehalten:",
        "Voici ce qui serait enregistré :",
    ),
    "Show what it would record": (
        "Tonen wat er zou worden vastgelegd",
        "Zeigen, was festgehalten würde",
        "Voir ce qui serait enregistré",
    ),
    "This is needed.": (
        "Dit moet u invullen.",
        "Bitte füllen Sie das aus.",
        "Ce champ est obligatoire.",
    ),
    "This form was sent already. Look at the file before you send it again.": (
        "Dit formulier is al verstuurd. Kijk in het dossier voordat u het opnieuw verstuurt.",
        "Dieses Formular wurde schon gesendet. Sehen Sie in die Akte, bevor Sie es noch einmal"
        " senden.",
        "Ce formulaire a déjà été envoyé. Consultez le dossier avant de le renvoyer.",
    ),
    "It was so already.": ("Dat was al zo.", "Das war schon so.", "C'était déjà le cas."),
    "done": ("gedaan", "erledigt", "fait"),
    "not done": ("niet gedaan", "nicht erledigt", "non fait"),
    "All of it when left out.": (
        "Alles, als u niets invult.",
        "Alles, wenn Sie nichts angeben.",
        "La totalité, si vous laissez vide.",
    ),
    "Until": ("Tot", "Bis", "Jusqu'au"),
    # acts: calls
    "Log a call": ("Gesprek noteren", "Anruf notieren", "Noter un appel"),
    "Log the call": ("Gesprek noteren", "Anruf notieren", "Noter l'appel"),
    "The call is added to the file. A promise pauses follow-up until its day.": (
        "Het gesprek komt in het dossier. Een betaalbelofte pauzeert de opvolging tot de beloofde"
        " dag.",
        "Der Anruf kommt in die Akte. Eine Zahlungszusage stoppt das Mahnen bis zum zugesagten"
        " Tag.",
        "L'appel est ajouté au dossier. Une promesse suspend la relance jusqu'à son échéance.",
    ),
    "Who called": ("Wie er belde", "Wer angerufen hat", "Qui a appelé"),
    "We called them": ("Wij belden hen", "Wir haben angerufen", "Nous les avons appelés"),
    "They called us": ("Zij belden ons", "Wir wurden angerufen", "Ils nous ont appelés"),
    "With whom": ("Met wie", "Mit wem", "Avec qui"),
    "What it was about": ("Waar het over ging", "Worum es ging", "De quoi il s'agissait"),
    # acts: promises
    "Promise": ("Betaalbelofte", "Zahlungszusage", "Promesse"),
    "Record a promise": (
        "Betaalbelofte vastleggen",
        "Zahlungszusage erfassen",
        "Enregistrer une promesse",
    ),
    "Record the promise": (
        "Betaalbelofte vastleggen",
        "Zahlungszusage erfassen",
        "Enregistrer la promesse",
    ),
    "Follow-up of the promised amount pauses until that day; then it is judged by itself.": (
        "De opvolging van het beloofde bedrag pauzeert tot die dag; daarna wordt de belofte"
        " vanzelf beoordeeld.",
        "Der zugesagte Betrag wird bis zu diesem Tag nicht gemahnt; dann wird die Zusage von"
        " selbst geprüft.",
        "La relance du montant promis est suspendue jusqu'à ce jour ; la promesse est ensuite"
        " vérifiée automatiquement.",
    ),
    "They promise to pay on": (
        "Ze beloven te betalen op",
        "Zahlung zugesagt für den",
        "Paiement promis pour le",
    ),
    "They promise": ("Beloofd bedrag", "Zugesagter Betrag", "Montant promis"),
    "Who promised": ("Wie het beloofde", "Wer es zugesagt hat", "Qui l'a promis"),
    # acts: holds
    "Hold": ("Pauzeren", "Mahnstopp", "Suspendre"),
    "Hold follow-up": ("Opvolging pauzeren", "Mahnstopp setzen", "Suspendre la relance"),
    "Nobody asks for this money before that day. It stays visible with its reason.": (
        "Vóór die dag vraagt niemand om dit geld. Het blijft zichtbaar, met de reden.",
        "Vor diesem Tag wird dieser Betrag nicht gemahnt. Er bleibt mit dem Grund sichtbar.",
        "Personne ne réclame cet argent avant ce jour. Il reste visible, avec le motif.",
    ),
    "Until it is released, when left out.": (
        "Tot de pauze wordt opgeheven, als u niets invult.",
        "Bis zur Aufhebung, wenn Sie nichts angeben.",
        "Jusqu'à la levée, si vous laissez vide.",
    ),
    "Only this amount": ("Alleen dit bedrag", "Nur dieser Betrag", "Seulement ce montant"),
    # acts: notes
    "Note": ("Notitie", "Notiz", "Note"),
    "Add a note": ("Notitie toevoegen", "Notiz hinzufügen", "Ajouter une note"),
    "Add the note": ("Notitie toevoegen", "Notiz hinzufügen", "Ajouter la note"),
    "The note is added to the file and stays there.": (
        "De notitie komt in het dossier en blijft daar.",
        "Die Notiz kommt in die Akte und bleibt dort.",
        "La note est ajoutée au dossier et y reste.",
    ),
    # acts on a task
    "Put aside": ("Uitstellen", "Zurückstellen", "Reporter"),
    "The task leaves the list until that day. It comes back by itself.": (
        "De taak verdwijnt tot die dag van de lijst. Ze komt vanzelf terug.",
        "Die Aufgabe verschwindet bis zu diesem Tag von der Liste. Sie kommt von selbst zurück.",
        "La tâche quitte la liste jusqu'à ce jour. Elle revient d'elle-même.",
    ),
    "Done": ("Klaar", "Erledigt", "Terminé"),
    "Mark as done": ("Als klaar markeren", "Als erledigt markieren", "Marquer comme terminée"),
    "The task leaves the list. It comes back after a week if it is still needed.": (
        "De taak verdwijnt van de lijst. Ze komt na een week terug als ze nog nodig is.",
        "Die Aufgabe verschwindet von der Liste. Sie kommt nach einer Woche zurück, wenn sie noch"
        " nötig ist.",
        "La tâche quitte la liste. Elle revient après une semaine si elle est encore nécessaire.",
    ),
    "What came of it": ("Wat eruit kwam", "Was dabei herauskam", "Ce qui en est ressorti"),
    # what was done with a message
    "The message was filed under {numbers}.": (
        "Het bericht is opgeborgen bij {numbers}.",
        "Die Nachricht wurde unter {numbers} abgelegt.",
        "Le message a été classé sous {numbers}.",
    ),
    "The message needs nothing{why}.": (
        "Het bericht vraagt niets{why}.",
        "Die Nachricht erfordert nichts{why}.",
        "Le message n'appelle rien{why}.",
    ),
    "The message is not sent{why}.": (
        "Het bericht wordt niet verzonden{why}.",
        "Die Nachricht wird nicht versendet{why}.",
        "Le message n'est pas envoyé{why}.",
    ),
}
