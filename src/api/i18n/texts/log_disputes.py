"""The sentences of the contact log about disputes, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    (
        "The debtor disputes {part}, {amount}, since {day} for the reason"
        " {reason}{code}{pause}{quote}."
    ): (
        "De debiteur betwist sinds {day} {part} ({amount}), reden: {reason}{code}{pause}{quote}.",
        "Der Kunde beanstandet seit dem {day} {part} ({amount}), Grund: {reason}{code}{pause}"
        "{quote}.",
        "Le client conteste depuis le {day} {part} ({amount}), motif : {reason}{code}{pause}"
        "{quote}.",
    ),
    "the whole invoice": ("de hele factuur", "die ganze Rechnung", "toute la facture"),
    "part of the invoice": (
        "een deel van de factuur",
        "einen Teil der Rechnung",
        "une partie de la facture",
    ),
    "{percent} % of the invoice": (
        "{percent}% van de factuur",
        "{percent} % der Rechnung",
        "{percent} % de la facture",
    ),
    "{percent} % of what was open": (
        "{percent}% van wat openstond",
        "{percent} % des offenen Betrags",
        "{percent} % du solde",
    ),
    "{parts} of the invoice": (
        "{parts} van de factuur",
        "{parts} der Rechnung",
        "{parts} de la facture",
    ),
    "line {number} ({amount})": (
        "regel {number} ({amount})",
        "Position {number} ({amount})",
        "la ligne {number} ({amount})",
    ),
    "line {number} (quantity {quantity}, {amount})": (
        "regel {number} (aantal {quantity}, {amount})",
        "Position {number} (Menge {quantity}, {amount})",
        "la ligne {number} (quantité {quantity}, {amount})",
    ),
    "shipping ({amount})": (
        "verzendkosten ({amount})",
        "Versandkosten ({amount})",
        "les frais de port ({amount})",
    ),
    "tax ({amount})": ("belasting ({amount})", "Steuer ({amount})", "la taxe ({amount})"),
    "; the debtor's own code is {code}": (
        "; eigen code van de debiteur: {code}",
        "; eigener Code des Kunden: {code}",
        " ; code du client : {code}",
    ),
    "; the debtor's own code is {code} from list {list}": (
        "; eigen code van de debiteur: {code} uit lijst {list}",
        "; eigener Code des Kunden: {code} aus der Liste {list}",
        " ; code du client : {code} de la liste {list}",
    ),
    "; follow-up of the whole invoice is paused until it is solved": (
        "; de opvolging van de hele factuur pauzeert tot het dispuut is opgelost",
        "; die ganze Rechnung wird bis zur Klärung nicht gemahnt",
        " ; la relance de toute la facture est suspendue jusqu'à la résolution du litige",
    ),
    "{amount} of the disputed amount was paid.": (
        "Van het betwiste bedrag is {amount} betaald.",
        "Vom beanstandeten Betrag wurde ein Teil von {amount} bezahlt.",
        "Une part de {amount} du montant contesté a été payée.",
    ),
    "{amount} of the disputed amount was credited.": (
        "Van het betwiste bedrag is {amount} gecrediteerd.",
        "Vom beanstandeten Betrag wurde ein Teil von {amount} gutgeschrieben.",
        "Une part de {amount} du montant contesté a fait l'objet d'un avoir.",
    ),
    "{amount} of the disputed amount was written off.": (
        "Van het betwiste bedrag is {amount} afgeschreven.",
        "Vom beanstandeten Betrag wurde ein Teil von {amount} ausgebucht.",
        "Une part de {amount} du montant contesté a été passée en perte.",
    ),
    "{amount} that was paid is disputed again.": (
        "De betaalde {amount} is weer betwist.",
        "Der bezahlte Betrag von {amount} ist wieder beanstandet.",
        "Le montant payé de {amount} est de nouveau contesté.",
    ),
    "{amount} that was credited is disputed again.": (
        "De gecrediteerde {amount} is weer betwist.",
        "Der gutgeschriebene Betrag von {amount} ist wieder beanstandet.",
        "Le montant de {amount} qui avait fait l'objet d'un avoir est de nouveau contesté.",
    ),
    "{amount} that was written off is disputed again.": (
        "De afgeschreven {amount} is weer betwist.",
        "Der ausgebuchte Betrag von {amount} ist wieder beanstandet.",
        "Le montant de {amount} passé en perte est de nouveau contesté.",
    ),
    "{who} was asked to solve the dispute{by}{why}{question}.": (
        "{who} is gevraagd het dispuut op te lossen{by}{why}{question}.",
        "{who} wurde gebeten, die Reklamation zu klären{by}{why}{question}.",
        "La résolution du litige a été demandée à {who}{by}{why}{question}.",
    ),
    "; why: {quote}": ("; waarom: {quote}", "; Anlass: {quote}", " ; pourquoi : {quote}"),
    "{who} was asked to solve the dispute in place of {previous}{by}{question}{why}.": (
        "{who} is in plaats van {previous} gevraagd het dispuut op te lossen{by}{question}{why}.",
        "{who} wurde anstelle von {previous} gebeten, die Reklamation zu klären{by}{question}"
        "{why}.",
        "La résolution du litige a été demandée à {who} (auparavant {previous}){by}{question}"
        "{why}.",
    ),
    "; the question: {quote}": (
        "; de vraag: {quote}",
        "; die Frage: {quote}",
        " ; question : {quote}",
    ),
    ", with follow-up on {day}": (
        ", met opvolging op {day}",
        ", Wiedervorlage am {day}",
        ", à suivre le {day}",
    ),
    "{who} was reminded{via} to solve the dispute (reminder {times}){by}.": (
        "{who} is{via} herinnerd aan het dispuut (herinnering {times}){by}.",
        "{who} wurde{via} an die Reklamation erinnert (Erinnerung {times}){by}.",
        "Le litige a été rappelé à {who}{via} (rappel {times}){by}.",
    ),
    ("Reminder {times} of {who} to solve the dispute was recorded{by}; nothing was sent: {why}."): (
        "Herinnering {times} aan {who} over het dispuut is vastgelegd{by}; er is niets verzonden:"
        " {why}.",
        "Erinnerung {times} an {who} zur Reklamation wurde erfasst{by}; gesendet wurde nichts:"
        " {why}.",
        "Le rappel {times} à {who} sur le litige a été enregistré{by} ; rien n'a été envoyé :"
        " {why}.",
    ),
    "it was only recorded, as the playbook did not react": (
        "het is alleen vastgelegd, want het playbook reageerde niet",
        "es wurde nur erfasst, da das Playbook nicht reagiert hat",
        "simple enregistrement, car le playbook n'a pas réagi",
    ),
    "{who} is no mail address": (
        "{who} is geen e-mailadres",
        "{who} ist keine E-Mail-Adresse",
        "{who} n'est pas une adresse e-mail",
    ),
    "{who} answered that the dispute is solved{quote}.": (
        "{who} heeft geantwoord dat het dispuut is opgelost{quote}.",
        "{who} hat geantwortet, dass die Reklamation geklärt ist{quote}.",
        "{who} a répondu que le litige est résolu{quote}.",
    ),
    "{who} answered that the dispute is not solved{quote}.": (
        "{who} heeft geantwoord dat het dispuut niet is opgelost{quote}.",
        "{who} hat geantwortet, dass die Reklamation nicht geklärt ist{quote}.",
        "{who} a répondu que le litige n'est pas résolu{quote}.",
    ),
    "{who} answered that somebody else has to solve the dispute{quote}.": (
        "{who} heeft geantwoord dat iemand anders het dispuut moet oplossen{quote}.",
        "{who} hat geantwortet, dass jemand anderes die Reklamation klären muss{quote}.",
        "{who} a répondu que le litige doit être résolu par quelqu'un d'autre{quote}.",
    ),
    "{who} answered{quote}.": (
        "{who} heeft geantwoord{quote}.",
        "{who} hat geantwortet{quote}.",
        "{who} a répondu{quote}.",
    ),
    "Follow-up of the dispute was moved to {day}{why}.": (
        "De opvolging van het dispuut is verzet naar {day}{why}.",
        "Die Wiedervorlage der Reklamation wurde auf den {day} verlegt{why}.",
        "Le suivi du litige a été déplacé au {day}{why}.",
    ),
    "The comment on the dispute was changed{quote}.": (
        "De toelichting bij het dispuut is gewijzigd{quote}.",
        "Der Kommentar zur Reklamation wurde geändert{quote}.",
        "Le commentaire du litige a été modifié{quote}.",
    ),
    "Follow-up of the whole invoice pauses, by version {version} of the playbook.": (
        "De opvolging van de hele factuur pauzeert, volgens versie {version} van het playbook.",
        "Die ganze Rechnung wird nicht gemahnt, nach Version {version} des Playbooks.",
        "La relance de toute la facture est suspendue, selon la version {version} du playbook.",
    ),
    "Follow-up of only the disputed amount pauses, by version {version} of the playbook.": (
        "Alleen de opvolging van het betwiste bedrag pauzeert, volgens versie {version} van het"
        " playbook.",
        "Nur der beanstandete Betrag wird nicht gemahnt, nach Version {version} des Playbooks.",
        "Seule la relance du montant contesté est suspendue, selon la version {version} du"
        " playbook.",
    ),
    "The dispute was escalated to {who}{why}.": (
        "Het dispuut is geëscaleerd naar {who}{why}.",
        "Die Reklamation wurde an {who} eskaliert{why}.",
        "Le litige a été escaladé à {who}{why}.",
    ),
    "A credit of {amount} was requested{approver}.": (
        "Een creditering van {amount} is aangevraagd{approver}.",
        "Eine Gutschrift über {amount} wurde{approver} erbeten.",
        "Un avoir de {amount} a été demandé{approver}.",
    ),
    " from {approver}": (" bij {approver}", " von {approver}", " à {approver}"),
    (
        "The credit of {amount} exceeds the approval limit of {previous} ({limit}), so {approver}"
        " has to approve it."
    ): (
        "De creditering van {amount} gaat boven de goedkeuringslimiet van {previous} ({limit});"
        " {approver} moet haar goedkeuren.",
        "Die Gutschrift über {amount} übersteigt die Genehmigungsgrenze von {previous} ({limit});"
        " {approver} muss sie genehmigen.",
        "L'avoir de {amount} dépasse la limite d'approbation de {previous} ({limit}) ; {approver}"
        " doit l'approuver.",
    ),
    "{who} was reminded to approve or refuse the credit (reminder {times}){by}.": (
        "{who} is herinnerd om de creditering goed te keuren of te weigeren (herinnering"
        " {times}){by}.",
        "{who} wurde daran erinnert, die Gutschrift zu genehmigen oder abzulehnen (Erinnerung"
        " {times}){by}.",
        "Il a été rappelé à {who} d'approuver ou de refuser l'avoir (rappel {times}){by}.",
    ),
    "A credit of {amount} was approved.": (
        "Een creditering van {amount} is goedgekeurd.",
        "Eine Gutschrift über {amount} wurde genehmigt.",
        "Un avoir de {amount} a été approuvé.",
    ),
    "The requested credit was refused{why}.": (
        "De aangevraagde creditering is geweigerd{why}.",
        "Die erbetene Gutschrift wurde abgelehnt{why}.",
        "L'avoir demandé a été refusé{why}.",
    ),
    "The dispute was resolved with a credit{details}{quote}.": (
        "Het dispuut is opgelost met een creditering{details}{quote}.",
        "Die Reklamation wurde mit einer Gutschrift erledigt{details}{quote}.",
        "Le litige a été résolu par un avoir{details}{quote}.",
    ),
    "The dispute was resolved with a correction{details}{quote}.": (
        "Het dispuut is opgelost met een correctie{details}{quote}.",
        "Die Reklamation wurde mit einer Berichtigung erledigt{details}{quote}.",
        "Le litige a été résolu par une correction{details}{quote}.",
    ),
    "The dispute was resolved with a replacement{details}{quote}.": (
        "Het dispuut is opgelost met een vervanging{details}{quote}.",
        "Die Reklamation wurde mit einem Ersatz erledigt{details}{quote}.",
        "Le litige a été résolu par un remplacement{details}{quote}.",
    ),
    "The dispute was resolved by rejecting the objection{details}{quote}.": (
        "Het dispuut is gesloten door het bezwaar af te wijzen{details}{quote}.",
        "Die Reklamation wurde abgewiesen{details}{quote}.",
        "Le litige a été clos par le rejet de la contestation{details}{quote}.",
    ),
    "The dispute was resolved because the debtor withdrew it{details}{quote}.": (
        "Het dispuut is gesloten omdat de debiteur het introk{details}{quote}.",
        "Die Reklamation ist erledigt, weil der Kunde sie zurückgenommen hat{details}{quote}.",
        "Le litige a été clos car le client l'a retiré{details}{quote}.",
    ),
    "The dispute was resolved because the debtor paid{details}{quote}.": (
        "Het dispuut is gesloten omdat de debiteur heeft betaald{details}{quote}.",
        "Die Reklamation ist erledigt, weil der Kunde bezahlt hat{details}{quote}.",
        "Le litige a été clos car le client a payé{details}{quote}.",
    ),
    "{amount} credited": ("{amount} gecrediteerd", "{amount} gutgeschrieben", "avoir : {amount}"),
    "{amount} paid": ("{amount} betaald", "{amount} bezahlt", "payé : {amount}"),
    "{amount} still to be paid": (
        "{amount} nog te betalen",
        "{amount} noch zu zahlen",
        "reste à payer : {amount}",
    ),
    "no cause found": ("geen oorzaak gevonden", "keine Ursache gefunden", "aucune cause trouvée"),
    "cause: {cause}": ("oorzaak: {cause}", "Ursache: {cause}", "cause : {cause}"),
    "The debtor was informed of the outcome of the dispute{via}.": (
        "De debiteur is{via} geïnformeerd over de uitkomst van het dispuut.",
        "Der Kunde wurde{via} über das Ergebnis der Reklamation informiert.",
        "Le client a été informé{via} du résultat du litige.",
    ),
    "The debtor was informed of the outcome of a dispute that is not on file{via}.": (
        "De debiteur is{via} geïnformeerd over de uitkomst van een dispuut dat niet in het dossier"
        " staat.",
        "Der Kunde wurde{via} über das Ergebnis einer Reklamation informiert, die nicht in der"
        " Akte steht.",
        "Le client a été informé{via} du résultat d'un litige qui ne figure pas au dossier.",
    ),
    "The dispute was reopened over {amount}{why}.": (
        "Het dispuut is heropend voor {amount}{why}.",
        "Die Reklamation wurde über {amount} wieder geöffnet{why}.",
        "Le litige a été rouvert pour {amount}{why}.",
    ),
    "; {amount} is no longer disputed": (
        "; {amount} is niet meer betwist",
        "; der Betrag von {amount} ist nicht mehr beanstandet",
        " ; le montant de {amount} n'est plus contesté",
    ),
    "The dispute was voided because it was a mistake{due}{why}.": (
        "Het dispuut is vervallen omdat het een vergissing was{due}{why}.",
        "Die Reklamation wurde als Irrtum verworfen{due}{why}.",
        "Le litige a été annulé car il s'agissait d'une erreur{due}{why}.",
    ),
}
