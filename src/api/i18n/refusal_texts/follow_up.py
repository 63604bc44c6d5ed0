"""The refusals of follow-up: holds, promises, tasks, messages and hand-offs."""

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
    "hold-without-days": (
        "Een pauze van {on} tot {until} heeft geen dagen.",
        "Ein Mahnstopp vom {on} bis zum {until} hat keine Tage.",
        "Une suspension du {on} au {until} ne compte aucun jour.",
    ),
    "several-holds": (
        "Factuur {invoice} heeft meer dan één pauze.",
        "Für Rechnung {invoice} gibt es mehrere Mahnstopps.",
        "La facture {invoice} a plusieurs suspensions.",
    ),
    "several-debtor-holds": (
        "Debiteur {debtor} heeft meer dan één pauze.",
        "Für Kunde {debtor} gibt es mehrere Mahnstopps.",
        "Le client {debtor} a plusieurs suspensions.",
    ),
    "hold-of-others": (
        "Deze pauze mag alleen worden opgeheven door {names}.",
        "Diesen Mahnstopp darf nur aufheben: {names}.",
        "Seule personne autorisée à lever cette suspension : {names}.",
    ),
    "promise-in-the-past": (
        "{day} is voorbij.",
        "Der {day} ist vorbei.",
        "Le {day} est passé.",
    ),
    "not-a-contact-day": (
        "De opvolging pauzeert: {why}.",
        "Das Mahnwesen ruht: {why}.",
        "La relance est suspendue : {why}.",
    ),
    "no-step-due": (
        "Op {on} is er geen stap voor factuur {invoice}.",
        "Am {on} ist für Rechnung {invoice} kein Schritt fällig.",
        "Aucune étape n'est prévue le {on} pour la facture {invoice}.",
    ),
    "another-step-due": (
        "De stap voor factuur {invoice} is nu {step}, voor {amount}.",
        "Der Schritt für Rechnung {invoice} ist jetzt {step}, über {amount}.",
        "L'étape de la facture {invoice} est à présent {step}, pour {amount}.",
    ),
    "debtor-changed": (
        "Factuur {invoice} is nu van een andere debiteur.",
        "Rechnung {invoice} gehört jetzt einem anderen Kunden.",
        "La facture {invoice} est désormais celle d'un autre client.",
    ),
    # agenda
    "task-ends-otherwise": (
        "“{action}” kan niet zomaar op gedaan worden gezet. {ending}",
        "„{action}“ kann nicht als erledigt markiert werden. {ending}",
        "«\u00a0{action}\u00a0» ne peut pas être marqué comme fait. {ending}",
    ),
    "not-on-agenda-yet": (
        "De taak staat pas vanaf {on} op de takenlijst.",
        "Die Aufgabe steht erst ab dem {on} auf der Aufgabenliste.",
        "La tâche n'est dans la liste qu'à partir du {on}.",
    ),
    "postponed-to-past": (
        "Een taak die op {on} wordt uitgesteld, kan niet op {until} terugkomen.",
        "Eine Aufgabe, die am {on} zurückgestellt wird, kann nicht am {until} wiederkommen.",
        "Une tâche reportée le {on} ne peut pas revenir le {until}.",
    ),
    "postponed-to-no-effect": (
        "De taak staat toch pas vanaf {on} op de takenlijst.",
        "Die Aufgabe steht ohnehin erst ab dem {on} auf der Aufgabenliste.",
        "La tâche n'est de toute façon dans la liste qu'à partir du {on}.",
    ),
    # messages, out and in
    "message-about-nothing": (
        "Kies minstens één factuur.",
        "Wählen Sie mindestens eine Rechnung.",
        "Choisissez au moins une facture.",
    ),
    "nothing-to-ask": (
        "Van factuur {invoice} is nu niets te vragen.",
        "Von Rechnung {invoice} ist jetzt nichts zu fordern.",
        "De la facture {invoice} rien n'est à demander maintenant.",
    ),
    "debtor-not-reachable": (
        "Er is geen adres van de debiteur bekend voor {channel}.",
        "Es ist keine Adresse des Kunden bekannt für {channel}.",
        "Aucune adresse du client n'est connue pour {channel}.",
    ),
    "not-to-be-sent": (
        "Het mag nu niet worden verzonden: {why}",
        "Es darf jetzt nicht gesendet werden: {why}",
        "Ce n'est pas à envoyer maintenant : {why}",
    ),
    "message-requested": (
        "De debiteur krijgt vandaag al een bericht ({message}).",
        "Der Kunde erhält heute schon eine Nachricht ({message}).",
        "Le client reçoit déjà un message aujourd'hui ({message}).",
    ),
    "message-over": (
        "Bericht {message} wacht niet meer: {status}.",
        "Nachricht {message} wartet nicht mehr: {status}.",
        "Le message {message} n'attend plus : {status}.",
    ),
    "mail-dismissed": (
        "Dit bericht is al afgedaan.",
        "Diese Nachricht wurde schon erledigt.",
        "Ce message a déjà été écarté.",
    ),
    "mail-assigned": (
        "Dit bericht staat al in het dossier van zijn facturen.",
        "Diese Nachricht ist schon in der Akte ihrer Rechnungen erfasst.",
        "Ce message est déjà classé avec ses factures.",
    ),
    "mail-about-nothing": (
        "Noem de facturen of de debiteur.",
        "Nennen Sie die Rechnungen oder den Kunden.",
        "Indiquez les factures ou le client.",
    ),
    "document-not-sent": (
        "Er is geen document {document}: stuur het eerst op.",
        "Es gibt kein Dokument {document}: laden Sie es zuerst hoch.",
        "Il n'y a pas de document {document} : envoyez-le d'abord.",
    ),
    # hand-offs to an agency
    "nothing-to-hand-off": (
        "Op factuur {invoice} staat niets open.",
        "Bei Rechnung {invoice} ist nichts offen.",
        "Rien n'est ouvert sur la facture {invoice}.",
    ),
    "hand-off-not-ready": (
        "Factuur {invoice} kan nog niet naar een incassobureau: {why}. Regel dat eerst, of geef een"
        " reden om het toch te doen.",
        "Rechnung {invoice} kann noch nicht an ein Inkassobüro gehen: {why}. Klären Sie das zuerst,"
        " oder geben Sie einen Grund an, es dennoch zu tun.",
        "La facture {invoice} ne peut pas encore aller à une agence de recouvrement : {why}. Réglez"
        " cela d'abord, ou donnez une raison de passer outre.",
    ),
    "with-agency": (
        "Factuur {invoice} is bij {agency}; haal ze eerst terug.",
        "Rechnung {invoice} ist bei {agency}; holen Sie sie zuerst zurück.",
        "La facture {invoice} est chez {agency} ; reprenez-la d'abord.",
    ),
    "with-no-agency": (
        "Factuur {invoice} is niet bij een incassobureau.",
        "Rechnung {invoice} ist nicht bei einem Inkassobüro.",
        "La facture {invoice} n'est pas chez une agence de recouvrement.",
    ),
}
