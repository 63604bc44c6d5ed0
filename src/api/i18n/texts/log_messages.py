"""The sentences of the contact log about what was sent, by the English text.

The French titles of messages are all masculine: *envoyé* and *imprimé* follow them.
"""

TEXTS: dict[str, tuple[str, str, str]] = {
    "A notice of when the invoice is due": (
        "Een bericht over de vervaldatum van de factuur",
        "Ein Hinweis auf die Fälligkeit der Rechnung",
        "Un avis d'échéance de la facture",
    ),
    "A reminder to pay": (
        "Een betalingsherinnering",
        "Eine Zahlungserinnerung",
        "Un rappel de paiement",
    ),
    "A reminder to pay {amount}": (
        "Een betalingsherinnering voor {amount}",
        "Eine Zahlungserinnerung über {amount}",
        "Un rappel de paiement de {amount}",
    ),
    "A confirmation of receipt": (
        "Een ontvangstbevestiging",
        "Eine Empfangsbestätigung",
        "Un accusé de réception",
    ),
    "A request to solve the dispute": (
        "Een verzoek om het dispuut op te lossen",
        "Eine Bitte um Klärung der Reklamation",
        "Un message demandant de résoudre le litige",
    ),
    "A copy of the request to solve the dispute": (
        "Een kopie van het verzoek om het dispuut op te lossen",
        "Eine Kopie der Bitte um Klärung der Reklamation",
        "Un double du message demandant de résoudre le litige",
    ),
    "A reminder to solve the dispute": (
        "Een herinnering om het dispuut op te lossen",
        "Eine Erinnerung an die Klärung der Reklamation",
        "Un rappel demandant de résoudre le litige",
    ),
    "A notice that the dispute was not solved in time": (
        "Een bericht dat het dispuut niet op tijd is opgelost",
        "Ein Hinweis auf die nicht rechtzeitig geklärte Reklamation",
        "Un avis de litige non résolu dans le délai",
    ),
    "The outcome of the dispute": (
        "De uitkomst van het dispuut",
        "Das Ergebnis der Reklamation",
        "Le résultat du litige",
    ),
    "A request to approve the credit": (
        "Een verzoek om de creditering goed te keuren",
        "Eine Bitte um Genehmigung der Gutschrift",
        "Un message demandant d'approuver l'avoir",
    ),
    "A notice that the credit is not approved": (
        "Een bericht dat de creditering niet is goedgekeurd",
        "Ein Hinweis auf die Ablehnung der Gutschrift",
        "Un avis de refus de l'avoir",
    ),
    "{message} was sent by e-mail to {to}{subject}{attached}.": (
        "{message} is per e-mail verzonden aan {to}{subject}{attached}.",
        "{message} wurde per E-Mail an {to} gesendet{subject}{attached}.",
        "{message} a été envoyé par e-mail à {to}{subject}{attached}.",
    ),
    "{message} could not be delivered by e-mail to {to}{why}.": (
        "{message} kon niet per e-mail worden bezorgd bij {to}{why}.",
        "{message} konnte nicht per E-Mail an {to} zugestellt werden{why}.",
        "{message} n'a pas pu être remis par e-mail à {to}{why}.",
    ),
    "{message} was printed as a letter to {to}{subject}.": (
        "{message} is afgedrukt als brief aan {to}{subject}.",
        "{message} wurde als Brief an {to} gedruckt{subject}.",
        "{message} a été imprimé pour un envoi par courrier à {to}{subject}.",
    ),
    "{message} could not be sent by letter{to}{why}.": (
        "{message} kon niet per brief worden verzonden{to}{why}.",
        "{message} konnte nicht per Brief{to} gesendet werden{why}.",
        "{message} n'a pas pu être envoyé par courrier{to}{why}.",
    ),
    ", with the subject {subject}{kept}": (
        ", met als onderwerp {subject}{kept}",
        ", Betreff {subject}{kept}",
        ", avec pour objet {subject}{kept}",
    ),
    ", kept as document {mark}": (
        ", bewaard als document {mark}",
        ", aufbewahrt als Dokument {mark}",
        ", conservé comme document {mark}",
    ),
    ", with the invoice attached (document {marks})": (
        ", met de factuur als bijlage (document {marks})",
        ", mit der Rechnung als Anlage (Dokument {marks})",
        ", avec la facture en pièce jointe (document {marks})",
    ),
    "Payment reminder {step} for {amount} was sent{via}.": (
        "Betalingsherinnering {step} voor {amount} is{via} verzonden.",
        "Zahlungserinnerung {step} über {amount} wurde{via} gesendet.",
        "Le rappel de paiement {step} de {amount} a été envoyé{via}.",
    ),
    "The follow-up step {step} was taken{again}{when}.": (
        "De opvolgstap {step} is{again} gezet{when}.",
        "Der Mahnschritt {step} wurde{again} ausgeführt{when}.",
        "L'étape de relance {step} a été exécutée{again}{when}.",
    ),
    " again (time {times})": (
        " opnieuw (keer {times})",
        " erneut ({times}. Mal)",
        " de nouveau ({times} fois)",
    ),
    " as planned": (", zoals gepland", ", wie geplant", ", comme prévu"),
    "; it was planned for {day}": (
        "; gepland was {day}",
        "; geplant war der {day}",
        " ; elle était prévue pour le {day}",
    ),
    "The follow-up step {step} was withdrawn before it was sent{why}.": (
        "De opvolgstap {step} is ingetrokken voordat die was verzonden{why}.",
        "Der Mahnschritt {step} wurde vor dem Versand zurückgezogen{why}.",
        "L'étape de relance {step} a été retirée avant son envoi{why}.",
    ),
}
