"""The texts of inbox and outbox, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # letters to print
    "Print the letters": ("Brieven afdrukken", "Briefe drucken", "Imprimer les lettres"),
    "All in one PDF. They stay in the outbox until you say that they are posted.": (
        "Alles in één PDF. Ze blijven in de uitbak tot u zegt dat ze op de post zijn.",
        "Alles in einem PDF. Sie bleiben im Ausgang, bis Sie sagen, dass sie in der Post sind.",
        "Tout dans un PDF. Elles restent dans la boîte d'envoi jusqu'à ce que vous les disiez"
        " postées.",
    ),
    "Make the PDF": ("De PDF maken", "Das PDF machen", "Faire le PDF"),
    "No letter waits.": (
        "Er wacht geen brief.",
        "Es wartet kein Brief.",
        "Aucune lettre n'attend.",
    ),
    "1 letter to print": ("1 brief af te drukken", "1 Brief zu drucken", "1 lettre à imprimer"),
    "{count} letters to print": (
        "{count} brieven af te drukken",
        "{count} Briefe zu drucken",
        "{count} lettres à imprimer",
    ),
    "Not printed:": ("Niet afgedrukt:", "Nicht gedruckt:", "Non imprimées :"),
    "The letters as PDF": ("De brieven als PDF", "Die Briefe als PDF", "Les lettres en PDF"),
    "Print it, put the letters in the post, and say so: each is then recorded with the day of"
    " today, and its PDF is kept.": (
        "Druk het af, doe de brieven op de post en zeg het hier: elke brief wordt dan met de dag"
        " van vandaag vastgelegd, en de PDF blijft bewaard.",
        "Drucken Sie es, geben Sie die Briefe zur Post und sagen Sie es hier: Jeder wird mit dem"
        " heutigen Tag festgehalten, und sein PDF bleibt erhalten.",
        "Imprimez-le, postez les lettres et dites-le ici : chacune est alors enregistrée à la date"
        " d'aujourd'hui, et son PDF est gardé.",
    ),
    "They are printed and posted": (
        "Ze zijn afgedrukt en gepost",
        "Sie sind gedruckt und in der Post",
        "Elles sont imprimées et postées",
    ),
    "1 letter is posted.": (
        "1 brief is op de post.",
        "1 Brief ist in der Post.",
        "1 lettre est postée.",
    ),
    "{count} letters are posted.": (
        "{count} brieven zijn op de post.",
        "{count} Briefe sind in der Post.",
        "{count} lettres sont postées.",
    ),
    # inbox and outbox
    "Messages that need a person, the oldest first.": (
        "Berichten waar iemand naar moet kijken, de oudste eerst.",
        "Nachrichten, die jemand ansehen muss, die ältesten zuerst.",
        "Messages qui demandent une intervention, les plus anciens d'abord.",
    ),
    "Messages": ("Berichten", "Nachrichten", "Messages"),
    "All messages": ("Alle berichten", "Alle Nachrichten", "Tous les messages"),
    "Suggestions": ("Voorstellen", "Vorschläge", "Suggestions"),
    "no name": ("zonder naam", "ohne Namen", "sans nom"),
    "What is it about?": ("Waar gaat het over?", "Worum geht es?", "De quoi s'agit-il ?"),
    "Dispute over {number}": (
        "Dispuut over {number}",
        "Reklamation zu {number}",
        "Litige sur {number}",
    ),
    "Open this dispute…": (
        "Dit dispuut openen…",
        "Diese Reklamation eröffnen…",
        "Ouvrir ce litige…",
    ),
    "Only keep it in the file": (
        "Alleen in het dossier bewaren",
        "Nur in der Akte ablegen",
        "Seulement le classer au dossier",
    ),
    "Debtor {number}": ("Debiteur {number}", "Kunde {number}", "Client {number}"),
    "File under {number}": (
        "Toewijzen aan {number}",
        "{number} zuordnen",
        "Classer sous {number}",
    ),
    "Something else": ("Iets anders", "Etwas anderes", "Autre chose"),
    "Numbers of invoices": ("Factuurnummers", "Rechnungsnummern", "Numéros de factures"),
    "Under a debtor…": ("Aan een debiteur…", "Einem Kunden…", "Sous un client…"),
    "A filed message pauses follow-up until somebody has answered it.": (
        "Een toegewezen bericht pauzeert de opvolging tot iemand het heeft beantwoord.",
        "Eine zugeordnete Nachricht pausiert das Mahnen, bis jemand sie beantwortet hat.",
        "Un message classé suspend la relance jusqu'à ce que quelqu'un y ait répondu.",
    ),
    # why a message waits
    "it sounds like a dispute": (
        "het klinkt als een dispuut",
        "es klingt nach einer Reklamation",
        "cela ressemble à un litige",
    ),
    "not all of it could be read": (
        "niet alles kon worden gelezen",
        "nicht alles konnte gelesen werden",
        "tout n'a pas pu être lu",
    ),
    "a colleague wrote about a case that does not wait for their answer": (
        "een collega schreef over een dispuut dat niet op hun antwoord wacht",
        "ein Kollege schrieb zu einer Reklamation, die nicht auf seine Antwort wartet",
        "un collègue a écrit sur un litige qui n'attend pas sa réponse",
    ),
    "no invoice or debtor could be identified": (
        "geen factuur of debiteur kon worden herkend",
        "keine Rechnung und kein Kunde wurde erkannt",
        "aucune facture ni aucun client n'a pu être reconnu",
    ),
    "it names no invoice": (
        "het noemt geen factuur",
        "sie nennt keine Rechnung",
        "il ne cite aucune facture",
    ),
    "it names an invoice of another debtor": (
        "het noemt een factuur van een andere debiteur",
        "sie nennt eine Rechnung eines anderen Kunden",
        "il cite une facture d'un autre client",
    ),
    "the sender is not authenticated: is it really from them?": (
        "de afzender is niet geverifieerd: is het echt van hen?",
        "der Absender ist nicht bestätigt: Ist sie wirklich von ihm?",
        "l'expéditeur n'est pas authentifié : est-ce bien lui ?",
    ),
    "the sender is not known for the message that it answers: is it really from them?": (
        "de afzender is niet bekend bij het bericht dat het beantwoordt: is het echt van hen?",
        "der Absender gehört nicht zur beantworteten Nachricht: Ist sie wirklich von ihm?",
        "l'expéditeur n'est pas connu pour le message auquel il répond : est-ce bien lui ?",
    ),
    "it quotes no message as we sent it: did a mail server really write it?": (
        "het citeert geen bericht zoals wij het verstuurden: komt het echt van een mailserver?",
        "sie zitiert keine Nachricht von uns: Hat wirklich ein Mailserver sie geschrieben?",
        "il ne cite aucun message tel que nous l'avons envoyé : vient-il d'un serveur ?",
    ),
    # what a message of ours is for
    "invoice copy": ("factuurkopie", "Rechnungskopie", "copie de facture"),
    "receipt": ("ontvangstbevestiging", "Eingangsbestätigung", "accusé de réception"),
    "request": ("vraag aan de behandelaar", "Frage an den Bearbeiter", "question au responsable"),
    "copy": ("kopie", "Kopie", "copie"),
    "resolver reminder": (
        "herinnering aan de behandelaar",
        "Erinnerung an den Bearbeiter",
        "rappel au responsable",
    ),
    "escalation": ("escalatie", "Eskalation", "escalade"),
    "outcome": ("uitkomst", "Ergebnis", "issue"),
    "approval request": (
        "vraag om goedkeuring",
        "Bitte um Freigabe",
        "demande d'approbation",
    ),
    "credit refusal": (
        "afwijzing van het krediet",
        "Ablehnung der Gutschrift",
        "refus de l'avoir",
    ),
    "Nothing to do…": ("Niets te doen…", "Nichts zu tun…", "Rien à faire…"),
    "Nothing waits. Messages that name their invoice are filed by themselves.": (
        "Er wacht niets. Berichten die hun factuur noemen, worden vanzelf toegewezen.",
        "Es wartet nichts. Nachrichten, die ihre Rechnung nennen, werden von selbst zugeordnet.",
        "Rien n'attend. Les messages qui citent leur facture sont classés d'eux-mêmes.",
    ),
    "What waits to be sent, and what could not be.": (
        "Wat op verzending wacht, en wat niet kon worden verstuurd.",
        "Was auf den Versand wartet und was nicht gesendet werden konnte.",
        "Ce qui attend d'être envoyé, et ce qui n'a pas pu l'être.",
    ),
    "What": ("Wat", "Was", "Objet"),
    "To": ("Aan", "An", "À"),
    "About": ("Over", "Betrifft", "Concerne"),
    "Since": ("Sinds", "Seit", "Depuis"),
    "failed": ("mislukt", "fehlgeschlagen", "échoué"),
    "waits": ("wacht", "wartet", "en attente"),
    "Nothing waits to be sent.": (
        "Er wacht niets op verzending.",
        "Nichts wartet auf den Versand.",
        "Rien n'attend d'être envoyé.",
    ),
    "Nothing is sent by {channel} now.": (
        "Er wordt nu niets verstuurd via {channel}.",
        "Jetzt wird nichts per {channel} gesendet.",
        "Rien n'est envoyé par {channel} actuellement.",
    ),
    "It cannot be made": (
        "Het kan niet worden gemaakt",
        "Sie kann nicht erstellt werden",
        "Il ne peut pas être créé",
    ),
    "The letter as PDF": ("De brief als PDF", "Der Brief als PDF", "La lettre en PDF"),
    "About this message": (
        "Over dit bericht",
        "Über diese Nachricht",
        "À propos de ce message",
    ),
    "Attached": ("Bijlagen", "Anlagen", "Pièces jointes"),
    "since": ("sinds", "seit", "depuis le"),
    "As it would be sent now. What changes before, such as a payment, changes or withdraws it.": (
        "Zoals het nu zou worden verstuurd. Wat eerder verandert, zoals een betaling, wijzigt het"
        " of trekt het in.",
        "So würde sie jetzt gesendet. Was sich vorher ändert, etwa eine Zahlung, ändert sie oder"
        " zieht sie zurück.",
        "Tel qu'il serait envoyé maintenant. Ce qui change avant, comme un paiement, le modifie ou"
        " le retire.",
    ),
    # acts on a message of the outbox
    "Withdraw the message": (
        "Bericht intrekken",
        "Nachricht zurückziehen",
        "Retirer le message",
    ),
    "It is not sent. While its reason remains, follow-up asks for it again: hold the invoice to"
    " keep it quiet.": (
        "Het wordt niet verstuurd. Zolang de reden blijft, vraagt de opvolging er opnieuw om:"
        " pauzeer de factuur om dat te voorkomen.",
        "Sie wird nicht gesendet. Solange der Grund besteht, fordert das Mahnen sie erneut an:"
        " Halten Sie die Rechnung an, um das zu verhindern.",
        "Il n'est pas envoyé. Tant que sa raison demeure, la relance le redemande : suspendez la"
        " facture pour l'éviter.",
    ),
    # acts on a message of the inbox
    "File this message": (
        "Dit bericht toewijzen",
        "Diese Nachricht zuordnen",
        "Classer ce message",
    ),
    "File it": ("Toewijzen", "Zuordnen", "Classer"),
    "It is logged in those files, and follow-up pauses until somebody has answered.": (
        "Het wordt in die dossiers genoteerd, en de opvolging pauzeert tot iemand heeft"
        " geantwoord.",
        "Sie wird in diesen Akten notiert, und das Mahnen pausiert, bis jemand geantwortet hat.",
        "Il est noté dans ces dossiers, et la relance est suspendue jusqu'à ce que quelqu'un ait"
        " répondu.",
    ),
    "Invoices it is about": (
        "Facturen waar het over gaat",
        "Betroffene Rechnungen",
        "Factures concernées",
    ),
    "Several with a comma between.": (
        "Meerdere met een komma ertussen.",
        "Mehrere mit Komma dazwischen.",
        "Plusieurs, séparées par une virgule.",
    ),
    "Or the number of its debtor": (
        "Of het nummer van de debiteur",
        "Oder die Kundennummer",
        "Ou le numéro du client",
    ),
    "Nothing to do": ("Niets te doen", "Nichts zu tun", "Rien à faire"),
    "Put it away": ("Wegleggen", "Ablegen", "Écarter"),
    "The message leaves the inbox and stays in the log with your reason.": (
        "Het bericht verdwijnt uit het postvak en blijft met uw reden in het logboek.",
        "Die Nachricht verlässt den Posteingang und bleibt mit Ihrem Grund im Protokoll.",
        "Le message quitte la boîte de réception et reste dans le journal avec votre motif.",
    ),
    "This form is out of date. Open it again.": (
        "Dit formulier is verouderd. Open het opnieuw.",
        "Dieses Formular ist veraltet. Öffnen Sie es erneut.",
        "Ce formulaire est périmé. Ouvrez-le à nouveau.",
    ),
    "This link was used, or is too old. Ask for a new one.": (
        "Deze link is al gebruikt of te oud. Vraag een nieuwe.",
        "Dieser Link wurde benutzt oder ist zu alt. Fordern Sie einen neuen an.",
        "Ce lien a déjà servi ou est trop ancien. Demandez-en un nouveau.",
    ),
    "Sign in to the desk": (
        "Aanmelden bij de werkplek",
        "An der Arbeitsoberfläche anmelden",
        "Se connecter à l'espace de travail",
    ),
}
