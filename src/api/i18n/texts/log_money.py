"""The sentences of the contact log about money and promises, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Payment of {amount} was received{payer}{details}.": (
        "Een betaling van {amount} is ontvangen{payer}{details}.",
        "Eine Zahlung über {amount}{payer} ist eingegangen{details}.",
        "Un paiement de {amount} a été reçu{payer}{details}.",
    ),
    "Payment of {amount} without an invoice number was received{payer}{details}.": (
        "Een betaling van {amount} zonder factuurnummer is ontvangen{payer}{details}.",
        "Eine Zahlung über {amount} ohne Rechnungsnummer{payer} ist eingegangen{details}.",
        "Un paiement de {amount} sans numéro de facture a été reçu{payer}{details}.",
    ),
    "Credit note of {amount} without an invoice number was issued{payer}{details}.": (
        "Een creditnota van {amount} zonder factuurnummer is opgemaakt{payer}{details}.",
        "Eine Gutschrift über {amount} ohne Rechnungsnummer wurde erstellt{payer}{details}.",
        "Un avoir de {amount} sans numéro de facture a été émis{payer}{details}.",
    ),
    " from {payer}": (" van {payer}", " von {payer}", " de {payer}"),
    "reference {reference}": (
        "kenmerk {reference}",
        "Referenz {reference}",
        "référence {reference}",
    ),
    "method {method}": ("betaalwijze {method}", "Zahlungsart {method}", "mode {method}"),
    "account {account}": ("rekening {account}", "Konto {account}", "compte {account}"),
    "reason code {code}": ("redencode {code}", "Grundcode {code}", "code motif {code}"),
    "reason code {code} of list {list}": (
        "redencode {code} van lijst {list}",
        "Grundcode {code} der Liste {list}",
        "code motif {code} de la liste {list}",
    ),
    "Payment {reference} of {amount} was reversed{why}.": (
        "Betaling {reference} van {amount} is teruggeboekt{why}.",
        "Zahlung {reference} über {amount} wurde zurückgebucht{why}.",
        "Le paiement {reference} de {amount} a été contre-passé{why}.",
    ),
    "Credit note {number} of {amount} was issued{dispute}.": (
        "Creditnota {number} van {amount} is opgemaakt{dispute}.",
        "Gutschrift {number} über {amount} wurde{dispute} erstellt.",
        "L'avoir {number} de {amount} a été émis{dispute}.",
    ),
    " for the dispute": (" voor het dispuut", " zur Reklamation", " pour le litige"),
    "{amount} was written off{why}.": (
        "Er is {amount} afgeschreven{why}.",
        "Ein Betrag von {amount} wurde ausgebucht{why}.",
        "Un montant de {amount} a été passé en perte{why}.",
    ),
    "A late fee of {amount} was charged{why}.": (
        "Er is {amount} aan aanmaningskosten in rekening gebracht{why}.",
        "Mahngebühren von {amount} wurden berechnet{why}.",
        "Des frais de retard de {amount} ont été facturés{why}.",
    ),
    "A late fee of {amount} was waived{why}.": (
        "Er is {amount} aan aanmaningskosten kwijtgescholden{why}.",
        "Mahngebühren von {amount} wurden erlassen{why}.",
        "Une remise de {amount} sur les frais de retard a été accordée{why}.",
    ),
    "Interest of {amount} was charged{why}.": (
        "Er is {amount} aan rente in rekening gebracht{why}.",
        "Zinsen von {amount} wurden berechnet{why}.",
        "Des intérêts de {amount} ont été facturés{why}.",
    ),
    "Interest of {amount} was waived{why}.": (
        "Er is {amount} aan rente kwijtgescholden{why}.",
        "Zinsen von {amount} wurden erlassen{why}.",
        "Une remise de {amount} sur les intérêts a été accordée{why}.",
    ),
    "{who} promised to pay {amount} by {day}{grace}.": (
        "{who} heeft beloofd uiterlijk {day} {amount} te betalen{grace}.",
        "{who} hat zugesagt, bis zum {day} {amount} zu zahlen{grace}.",
        "{who} a promis de payer {amount} au plus tard le {day}{grace}.",
    ),
    "The debtor promised to pay {amount} by {day}{grace}.": (
        "De debiteur heeft beloofd uiterlijk {day} {amount} te betalen{grace}.",
        "Der Kunde hat zugesagt, bis zum {day} {amount} zu zahlen{grace}.",
        "Le client a promis de payer {amount} au plus tard le {day}{grace}.",
    ),
    ", with {days} of grace": (
        ", met {days} speling",
        "; Kulanzfrist: {days}",
        ", avec {days} de délai de grâce",
    ),
    "The promise to pay was kept.": (
        "De betaalbelofte is nagekomen.",
        "Die Zahlungszusage wurde eingehalten.",
        "La promesse de paiement a été tenue.",
    ),
    "The promise to pay was broken{part}.": (
        "De betaalbelofte is niet nagekomen{part}.",
        "Die Zahlungszusage wurde nicht eingehalten{part}.",
        "La promesse de paiement n'a pas été tenue{part}.",
    ),
    ", though {paid} of it was paid": (
        ", al is er {paid} van betaald",
        "; davon bezahlt: {paid}",
        " ; montant payé : {paid}",
    ),
    "The promise to pay was withdrawn{why}.": (
        "De betaalbelofte is ingetrokken{why}.",
        "Die Zahlungszusage wurde zurückgezogen{why}.",
        "La promesse de paiement a été retirée{why}.",
    ),
    "The creditor's accounts list {amount} less as open, which counts as settled{why}.": (
        "In de administratie staat {amount} minder open; dat geldt als voldaan{why}.",
        "Laut Buchhaltung ist ein Betrag von {amount} nicht mehr offen; er gilt als beglichen"
        "{why}.",
        "En comptabilité, le solde a baissé de {amount} ; ce montant est considéré comme réglé"
        "{why}.",
    ),
    (
        "The creditor's accounts no longer list the invoice as open, so the remaining {amount}"
        " counts as settled{why}."
    ): (
        "De factuur staat in de administratie niet meer open; de resterende {amount} geldt als"
        " voldaan{why}.",
        "Laut Buchhaltung ist die Rechnung nicht mehr offen; der Rest von {amount} gilt als"
        " beglichen{why}.",
        "En comptabilité, la facture n'est plus ouverte ; le reste de {amount} est considéré comme"
        " réglé{why}.",
    ),
    "{amount} was given away by {who} without approval (line {line}).": (
        "{who} heeft {amount} weggegeven zonder goedkeuring (regel {line}).",
        "{who} hat {amount} ohne Genehmigung nachgelassen (Zeile {line}).",
        "{who} a fait une remise de {amount} sans approbation (ligne {line}).",
    ),
    "{amount} that was given away (line {line}) was approved afterwards.": (
        "De weggegeven {amount} (regel {line}) is achteraf goedgekeurd.",
        "Der Nachlass von {amount} (Zeile {line}) wurde nachträglich genehmigt.",
        "La remise de {amount} (ligne {line}) a été approuvée après coup.",
    ),
}
