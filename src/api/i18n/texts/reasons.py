"""The reasons of a task, of a pause and of a next step, by the English text.

A fact is recognised by its name: ``api/i18n/reasons.py`` says how each is read and written.
"""

TEXTS: dict[str, tuple[str, str, str]] = {
    # what comes next
    "Next, since {day}: {what}.": (
        "Nu, sinds {day}: {what}.",
        "Als Nächstes, seit dem {day}: {what}.",
        "À faire, depuis le {day} : {what}.",
    ),
    "Next, on {day}: {what}.": (
        "Hierna, op {day}: {what}.",
        "Als Nächstes, am {day}: {what}.",
        "Ensuite, le {day} : {what}.",
    ),
    "{step}, time {count}": (
        "{step}, keer {count}",
        "{step}, {count}. Mal",
        "{step}, fois n° {count}",
    ),
    "Nothing happens: the follow-up ladder is at its end.": (
        "Er gebeurt niets: alle stappen van de opvolging zijn gezet.",
        "Es geschieht nichts: alle Mahnschritte sind ausgeführt.",
        "Rien ne se passe : toutes les étapes de relance sont faites.",
    ),
    "Nothing happens: {why}.": (
        "Er gebeurt niets: {why}.",
        "Es geschieht nichts: {why}.",
        "Rien ne se passe : {why}.",
    ),
    # money that is due, promised, disputed
    "{amount} is due since {day}": (
        "{amount} is vervallen sinds {day}",
        "{amount} fällig seit dem {day}",
        "{amount} en retard depuis le {day}",
    ),
    "{amount} is due since {day}, {rest} in later instalments": (
        "{amount} is vervallen sinds {day}, {rest} in latere termijnen",
        "{amount} fällig seit dem {day}, {rest} in späteren Raten",
        "{amount} en retard depuis le {day}, {rest} aux échéances suivantes",
    ),
    "{amount} falls due on {day}": (
        "{amount} vervalt op {day}",
        "{amount} fällig am {day}",
        "{amount} à payer le {day}",
    ),
    "{amount} falls due on {day}, {rest} in later instalments": (
        "{amount} vervalt op {day}, {rest} in latere termijnen",
        "{amount} fällig am {day}, {rest} in späteren Raten",
        "{amount} à payer le {day}, {rest} aux échéances suivantes",
    ),
    "follow-up of the other {amount} pauses": (
        "de opvolging van de andere {amount} pauzeert",
        "der Rest von {amount} wird nicht gemahnt",
        "la relance du reste de {amount} est suspendue",
    ),
    "the remaining {amount} is not requested for now": (
        "om de overige {amount} wordt nu niet gevraagd",
        "der Rest von {amount} wird vorerst nicht verlangt",
        "le reste de {amount} n'est pas réclamé pour l'instant",
    ),
    "the remaining {amount} is not requested for now; {rest} is disputed": (
        "om de overige {amount} wordt nu niet gevraagd; {rest} is betwist",
        "der Rest von {amount} wird vorerst nicht verlangt; strittig: {rest}",
        "le reste de {amount} n'est pas réclamé pour l'instant ; contesté : {rest}",
    ),
    "short by {amount}: {paid} of {whole} was paid": (
        "{amount} te weinig: {paid} van {whole} is betaald",
        "{amount} zu wenig: {paid} von {whole} bezahlt",
        "il manque {amount} : {paid} payé sur {whole}",
    ),
    "{amount} too much was paid": (
        "er is {amount} te veel betaald",
        "{amount} zu viel bezahlt",
        "trop-perçu de {amount}",
    ),
    "{amount} is promised for {day}": (
        "{amount} is beloofd voor {day}",
        "{amount} zugesagt für den {day}",
        "{amount} promis pour le {day}",
    ),
    "the promise of {amount} for {day} was broken": (
        "de belofte van {amount} voor {day} is niet nagekomen",
        "die Zusage über {amount} für den {day} wurde nicht eingehalten",
        "la promesse de {amount} pour le {day} n'a pas été tenue",
    ),
    "the promise of {amount} for {day} was partially kept": (
        "de belofte van {amount} voor {day} is deels nagekomen",
        "die Zusage über {amount} für den {day} wurde teilweise eingehalten",
        "la promesse de {amount} pour le {day} a été tenue en partie",
    ),
    "{amount} is less than {whole}, the least amount that is followed up": (
        "{amount} is minder dan {whole}, het minste bedrag dat wordt opgevolgd",
        "{amount} liegt unter {whole}, dem kleinsten Betrag, der gemahnt wird",
        "{amount} est inférieur à {whole}, le montant minimal d'une relance",
    ),
    "{amount} of payment {reference} names no invoice": (
        "{amount} van betaling {reference} noemt geen factuur",
        "{amount} aus Zahlung {reference} ohne Rechnung",
        "{amount} du paiement {reference} sans facture désignée",
    ),
    "{amount} of credit note {reference} names no invoice": (
        "{amount} van creditnota {reference} noemt geen factuur",
        "{amount} aus Gutschrift {reference} ohne Rechnung",
        "{amount} de l'avoir {reference} sans facture désignée",
    ),
    "{amount} was given away by {who} without approval (line {count})": (
        "{who} heeft {amount} weggegeven zonder goedkeuring (regel {count})",
        "{who} hat {amount} ohne Genehmigung nachgelassen (Zeile {count})",
        "{who} a fait une remise de {amount} sans approbation (ligne {count})",
    ),
    # disputes
    "{amount} is disputed": ("{amount} is betwist", "{amount} strittig", "{amount} contesté"),
    "{amount} is disputed: {reason}": (
        "{amount} is betwist: {reason}",
        "{amount} strittig: {reason}",
        "{amount} contesté : {reason}",
    ),
    "{amount} of {whole} open is disputed: {reason}": (
        "van {whole} open is {amount} betwist: {reason}",
        "{amount} von offenen {whole} strittig: {reason}",
        "{amount} contesté sur un solde de {whole} : {reason}",
    ),
    "{amount} is to be credited": (
        "{amount} is te crediteren",
        "{amount} gutzuschreiben",
        "{amount} à créditer",
    ),
    "{amount} is to be credited: {reason}, decided on {day}": (
        "{amount} is te crediteren: {reason}, beslist op {day}",
        "{amount} gutzuschreiben: {reason}, entschieden am {day}",
        "{amount} à créditer : {reason}, décidé le {day}",
    ),
    "nothing is left to dispute: resolve-dispute closes it": (
        "er is niets meer te betwisten: het dispuut kan worden afgesloten",
        "nichts ist mehr strittig: die Reklamation kann abgeschlossen werden",
        "il n'y a plus rien à contester : le litige peut être clos",
    ),
    "{who} answered: {quote}": (
        "{who} heeft geantwoord: {quote}",
        "{who} hat geantwortet: {quote}",
        "{who} a répondu : {quote}",
    ),
    "{who} answered that it is solved": (
        "{who} heeft geantwoord dat het is opgelost",
        "{who} hat geantwortet, dass es geklärt ist",
        "{who} a répondu que c'est résolu",
    ),
    "a credit of {amount} waits for {who}": (
        "een creditering van {amount} wacht op {who}",
        "eine Gutschrift über {amount} wartet auf {who}",
        "un avoir de {amount} attend {who}",
    ),
    "a credit of {amount} is approved": (
        "een creditering van {amount} is goedgekeurd",
        "eine Gutschrift über {amount} ist genehmigt",
        "un avoir de {amount} est approuvé",
    ),
    "its credit was refused: {quote}": (
        "de creditering is geweigerd: {quote}",
        "die Gutschrift wurde abgelehnt: {quote}",
        "l'avoir a été refusé : {quote}",
    ),
    "no resolver is asked": (
        "er is geen behandelaar gevraagd",
        "es ist kein Bearbeiter gefragt",
        "aucun responsable n'est sollicité",
    ),
    "{who} is asked; a resolver was first asked on {day}": (
        "gevraagd: {who}; voor het eerst gevraagd op {day}",
        "gefragt: {who}; zum ersten Mal gefragt am {day}",
        "sollicité : {who} ; première demande le {day}",
    ),
    "its resolver was reminded {times}": (
        "de behandelaar is {times} herinnerd",
        "der Bearbeiter wurde {times} erinnert",
        "le responsable a été relancé {times}",
    ),
    "the debtor was reminded {times}": (
        "de debiteur is {times} herinnerd",
        "der Kunde wurde {times} gemahnt",
        "le client a été relancé {times}",
    ),
    "1 time": ("één keer", "einmal", "une fois"),
    "{count} times": ("{count} keer", "{count}-mal", "{count} fois"),
    "escalated to {who}": ("geëscaleerd naar {who}", "eskaliert an {who}", "escaladé à {who}"),
    "last reminded on {day}": (
        "laatst herinnerd op {day}",
        "zuletzt erinnert am {day}",
        "dernière relance le {day}",
    ),
    "its dispute ended on {day}": (
        "het dispuut eindigde op {day}",
        "die Reklamation endete am {day}",
        "le litige a pris fin le {day}",
    ),
    "its dispute was {outcome} on {day}: reopen-dispute if they object": (
        "het dispuut eindigde op {day} ({outcome}): heropen het bij bezwaar",
        "die Reklamation endete am {day} ({outcome}): bei Einspruch wieder öffnen",
        "le litige a pris fin le {day} ({outcome}) : à rouvrir en cas de contestation",
    ),
}
