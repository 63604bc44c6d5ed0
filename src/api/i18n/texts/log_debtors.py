"""The sentences of the contact log about a debtor as a whole, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Debtor {number} was registered{details}.": (
        "Debiteur {number} is geregistreerd{details}.",
        "Kunde {number} wurde erfasst{details}.",
        "Le client {number} a été enregistré{details}.",
    ),
    "The debtor's details were corrected{details}{why}.": (
        "De gegevens van de debiteur zijn gecorrigeerd{details}{why}.",
        "Die Daten des Kunden wurden berichtigt{details}{why}.",
        "Les données du client ont été corrigées{details}{why}.",
    ),
    "name {name}": ("naam {name}", "Name {name}", "nom {name}"),
    "e-mail {email}": ("e-mail {email}", "E-Mail {email}", "e-mail {email}"),
    "phone {phone}": ("telefoon {phone}", "Telefon {phone}", "téléphone {phone}"),
    "address {address}": ("adres {address}", "Adresse {address}", "adresse {address}"),
    "language {language}": ("taal {language}", "Sprache {language}", "langue {language}"),
    "country {country}": ("land {country}", "Land {country}", "pays {country}"),
    "VAT number {number}": ("btw-nummer {number}", "USt-IdNr. {number}", "numéro de TVA {number}"),
    "segment {segment}": ("segment {segment}", "Segment {segment}", "segment {segment}"),
    "collector {who}": (
        "debiteurenbeheerder {who}",
        "Forderungsmanager {who}",
        "chargé de recouvrement {who}",
    ),
    "contact {name}{known}": (
        "contactpersoon {name}{known}",
        "Ansprechpartner {name}{known}",
        "contact {name}{known}",
    ),
    "unnamed": ("zonder naam", "ohne Namen", "sans nom"),
    "What the debtor wrote needs no answer any more{why}.": (
        "Wat de debiteur schreef, hoeft niet meer te worden beantwoord{why}.",
        "Was der Kunde geschrieben hat, muss nicht mehr beantwortet werden{why}.",
        "Le message du client n'appelle plus de réponse{why}.",
    ),
    "Mail to {address} was refused or came back{why}: nothing more is sent to this address.": (
        "E-mail aan {address} is geweigerd of kwam terug{why}; naar dit adres wordt niets meer"
        " verzonden.",
        "E-Mail an {address} wurde abgelehnt oder kam zurück{why}; an diese Adresse wird nichts"
        " mehr gesendet.",
        "Un e-mail à {address} a été refusé ou est revenu{why} ; plus rien n'est envoyé à cette"
        " adresse.",
    ),
    "Follow-up of all invoices of the debtor continues{why}.": (
        "De opvolging van alle facturen van de debiteur gaat door{why}.",
        "Das Mahnen aller Rechnungen des Kunden geht weiter{why}.",
        "La relance de toutes les factures du client reprend{why}.",
    ),
    "{amount} of payment {reference} was allocated to invoice {invoice}.": (
        "Van betaling {reference} is {amount} toegewezen aan factuur {invoice}.",
        "Von Zahlung {reference} wurde ein Betrag von {amount} der Rechnung {invoice} zugeordnet.",
        "Un montant de {amount} du paiement {reference} a été affecté à la facture {invoice}.",
    ),
    "{amount} of credit note {reference} was allocated to invoice {invoice}.": (
        "Van creditnota {reference} is {amount} toegewezen aan factuur {invoice}.",
        "Von Gutschrift {reference} wurde ein Betrag von {amount} der Rechnung {invoice}"
        " zugeordnet.",
        "Un montant de {amount} de l'avoir {reference} a été affecté à la facture {invoice}.",
    ),
    "{amount} of payment {reference} was taken back{why}.": (
        "{amount} van betaling {reference} is teruggeboekt{why}.",
        "{amount} der Zahlung {reference} wurde zurückgebucht{why}.",
        "{amount} du paiement {reference} ont été repris{why}.",
    ),
    "{amount} of payment {reference} was returned to the payer{why}.": (
        "Van betaling {reference} is {amount} teruggestort aan de betaler{why}.",
        "Von Zahlung {reference} wurde ein Betrag von {amount} an den Zahler zurückgezahlt{why}.",
        "Un montant de {amount} du paiement {reference} a été remboursé au payeur{why}.",
    ),
    "{amount} of {reference} is no longer open in the ERP, according to {source}.": (
        "Van {reference} staat {amount} niet meer open in het ERP, volgens {source}.",
        "Von {reference} ist ein Betrag von {amount} im ERP nicht mehr offen, laut {source}.",
        "Un montant de {amount} de {reference} n'est plus ouvert dans l'ERP, selon {source}.",
    ),
    (
        "The follow-up step {step} was due but could not be sent by {channels}: the debtor's"
        " contact details are not known."
    ): (
        "De opvolgstap {step} was aan de beurt, maar kon niet worden verzonden per {channels}: de"
        " contactgegevens van de debiteur zijn niet bekend.",
        "Der Mahnschritt {step} war fällig, konnte aber nicht per {channels} gesendet werden: die"
        " Kontaktdaten des Kunden sind nicht bekannt.",
        "L'étape de relance {step} était due mais n'a pas pu être envoyée par {channels} : les"
        " coordonnées du client ne sont pas connues.",
    ),
    "The debtor's credit was checked: {result}{limit}{source}.": (
        "De kredietwaardigheid van de debiteur is gecontroleerd: {result}{limit}{source}.",
        "Die Bonität des Kunden wurde geprüft: {result}{limit}{source}.",
        "La solvabilité du client a été vérifiée : {result}{limit}{source}.",
    ),
    ", credit limit {limit}": (
        ", kredietlimiet {limit}",
        ", Kreditlimit {limit}",
        ", plafond de crédit {limit}",
    ),
    ", according to {source}": (", volgens {source}", ", laut {source}", ", selon {source}"),
}
