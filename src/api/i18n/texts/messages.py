"""The texts of inbox and outbox, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # inbox and outbox
    "Messages that need a person, the oldest first.": (
        "Berichten waar iemand naar moet kijken, de oudste eerst.",
        "Nachrichten, die jemand ansehen muss, die ältesten zuerst.",
        "Messages qui demandent une intervention, les plus anciens d'abord.",
    ),
    "Dispute {number}: {reason}": (
        "Dispuut {number}: {reason}",
        "Reklamation {number}: {reason}",
        "Litige {number} : {reason}",
    ),
    "File it…": ("Toewijzen…", "Zuordnen…", "Classer…"),
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
        "Het bericht verdwijnt uit het postvak en blijft met jouw reden in het logboek.",
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
