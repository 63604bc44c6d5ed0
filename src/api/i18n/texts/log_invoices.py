"""The sentences of the contact log about an invoice and what was sent, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Invoice {number} of {amount} was registered{details}.": (
        "Factuur {number} van {amount} is geregistreerd{details}.",
        "Rechnung {number} über {amount} wurde erfasst{details}.",
        "La facture {number} de {amount} a été enregistrée{details}.",
    ),
    "issued on {day}": ("factuurdatum {day}", "Rechnungsdatum {day}", "émise le {day}"),
    "due on {day}": ("vervaldatum {day}", "fällig am {day}", "échéance le {day}"),
    "due in {number} instalments ({parts})": (
        "te betalen in {number} termijnen ({parts})",
        "fällig in {number} Raten ({parts})",
        "payable en {number} échéances ({parts})",
    ),
    "{amount} on {day}": ("{amount} op {day}", "{amount} am {day}", "{amount} le {day}"),
    "debtor {number}": ("debiteur {number}", "Kunde {number}", "client {number}"),
    "debtor not known": ("debiteur onbekend", "Kunde unbekannt", "client inconnu"),
    "business unit {unit}": (
        "bedrijfsonderdeel {unit}",
        "Geschäftsbereich {unit}",
        "entité {unit}",
    ),
    "purchase order {number}": (
        "inkooporder {number}",
        "Bestellung {number}",
        "bon de commande {number}",
    ),
    "document {name}": ("document {name}", "Dokument {name}", "document {name}"),
    "The invoice was corrected{details}{why}.": (
        "De factuur is gecorrigeerd{details}{why}.",
        "Die Rechnung wurde berichtigt{details}{why}.",
        "La facture a été corrigée{details}{why}.",
    ),
    "amount {amount}": ("bedrag {amount}", "Betrag {amount}", "montant {amount}"),
    "The invoice was cancelled{why}.": (
        "De factuur is geannuleerd{why}.",
        "Die Rechnung wurde storniert{why}.",
        "La facture a été annulée{why}.",
    ),
    "The invoice was sent{via}{cost}.": (
        "De factuur is{via} verzonden{cost}.",
        "Die Rechnung wurde{via} versendet{cost}.",
        "La facture a été envoyée{via}{cost}.",
    ),
    "; {amount} was charged for sending it": (
        "; voor het verzenden is {amount} in rekening gebracht",
        "; für den Versand wurde ein Betrag von {amount} berechnet",
        " ; frais d'envoi facturés : {amount}",
    ),
    "The invoice was delivered{via}.": (
        "De factuur is{via} bezorgd.",
        "Die Rechnung wurde{via} zugestellt.",
        "La facture a été remise{via}.",
    ),
    "The invoice could not be delivered{via}{why}.": (
        "De factuur kon niet{via} worden bezorgd{why}.",
        "Die Rechnung konnte nicht{via} zugestellt werden{why}.",
        "La facture n'a pas pu être remise{via}{why}.",
    ),
    "Note{quote}.": ("Notitie{quote}.", "Notiz{quote}.", "Note{quote}."),
    "Document {name} was attached{details}.": (
        "Document {name} is toegevoegd{details}.",
        "Dokument {name} wurde hinzugefügt{details}.",
        "Le document {name} a été joint{details}.",
    ),
    "SHA-256 fingerprint {hash}": (
        "SHA-256-vingerafdruk {hash}",
        "SHA-256-Fingerabdruck {hash}",
        "empreinte SHA-256 {hash}",
    ),
    "Document {name} was named as the invoice itself.": (
        "Document {name} is aangewezen als de factuur zelf.",
        "Dokument {name} wurde als die Rechnung selbst benannt.",
        "Le document {name} a été désigné comme la facture elle-même.",
    ),
    "Document {name} was named as the invoice itself instead of the one before.": (
        "Document {name} is aangewezen als de factuur zelf, in plaats van het vorige.",
        "Dokument {name} wurde anstelle des vorigen als die Rechnung selbst benannt.",
        "Le document {name} a été désigné comme la facture elle-même, à la place du précédent.",
    ),
    "The hold ended because its end date was reached.": (
        "De pauze is beëindigd omdat de einddatum is bereikt.",
        "Der Mahnstopp endete, weil sein Enddatum erreicht war.",
        "La suspension a pris fin, sa date de fin étant atteinte.",
    ),
    "The hold was released and follow-up continues, with the next step on {day}.": (
        "De pauze is opgeheven en de opvolging gaat door, met de volgende stap op {day}.",
        "Der Mahnstopp wurde aufgehoben und das Mahnen geht weiter; nächster Schritt am {day}.",
        "La suspension a été levée et la relance reprend ; prochaine étape le {day}.",
    ),
    "The dispute ended and follow-up continues, with the next step on {day}.": (
        "Het dispuut is beëindigd en de opvolging gaat door, met de volgende stap op {day}.",
        "Die Reklamation ist beendet und das Mahnen geht weiter; nächster Schritt am {day}.",
        "Le litige a pris fin et la relance reprend ; prochaine étape le {day}.",
    ),
    "No pause remains and follow-up continues, with the next step on {day}.": (
        "Er is geen pauze meer en de opvolging gaat door, met de volgende stap op {day}.",
        "Es besteht kein Mahnstopp mehr und das Mahnen geht weiter; nächster Schritt am {day}.",
        "Plus rien ne suspend la relance, qui reprend ; prochaine étape le {day}.",
    ),
    "The next step was planned for {day}{step}.": (
        "De volgende stap is gepland op {day}{step}.",
        "Der nächste Schritt wurde für den {day} geplant{step}.",
        "La prochaine étape a été prévue pour le {day}{step}.",
    ),
    "The file was handed off to {agency} to collect {amount}{despite}{files}.": (
        "Het dossier is overgedragen aan {agency} om {amount} te innen{despite}{files}.",
        "Die Akte wurde zum Einzug von {amount} an {agency} übergeben{despite}{files}.",
        "Le dossier a été transmis à {agency} pour recouvrer {amount}{despite}{files}.",
    ),
    ", whatever stood in the way: {quote}": (
        ", ondanks wat in de weg stond: {quote}",
        ", trotz bestehender Hindernisse: {quote}",
        ", malgré ce qui s'y opposait : {quote}",
    ),
    "; SHA-256 fingerprint of the files handed over: {hash}": (
        "; SHA-256-vingerafdruk van de overgedragen bestanden: {hash}",
        "; SHA-256-Fingerabdruck der übergebenen Dateien: {hash}",
        " ; empreinte SHA-256 des fichiers transmis : {hash}",
    ),
    "The file was taken back from the collection agency{why}.": (
        "Het dossier is teruggenomen van het incassobureau{why}.",
        "Die Akte wurde vom Inkassobüro zurückgenommen{why}.",
        "Le dossier a été repris à l'agence de recouvrement{why}.",
    ),
}
