"""The refusals of what does not exist, or is not visible."""

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
    "no-invoice": (
        "Er is geen factuur {invoice}.",
        "Es gibt keine Rechnung {invoice}.",
        "Il n'y a pas de facture {invoice}.",
    ),
    "no-debtor": (
        "Er is geen debiteur {debtor}.",
        "Es gibt keinen Kunden {debtor}.",
        "Il n'y a pas de client {debtor}.",
    ),
    "no-dispute": (
        "Er is geen dispuut {case}.",
        "Es gibt keine Reklamation {case}.",
        "Il n'y a pas de litige {case}.",
    ),
    "no-message": (
        "Er is geen bericht {message}.",
        "Es gibt keine Nachricht {message}.",
        "Il n'y a pas de message {message}.",
    ),
    "no-mail": (
        "Er is geen e-mail {mail}.",
        "Es gibt keine E-Mail {mail}.",
        "Il n'y a pas d'e-mail {mail}.",
    ),
    "no-document": (
        "Er is geen document {document}: voeg het eerst toe aan de factuur, of noem er een uit het"
        " dossier.",
        "Es gibt kein Dokument {document}: fügen Sie es erst der Rechnung bei, oder nennen Sie"
        " eines aus ihrer Akte.",
        "Il n'y a pas de document {document} : joignez-le d'abord à la facture, ou indiquez-en un"
        " de son dossier.",
    ),
    "no-invoice-document": (
        "Dat document staat niet in het dossier van factuur {invoice}.",
        "Dieses Dokument ist nicht in der Akte von Rechnung {invoice}.",
        "Ce document n'est pas dans le dossier de la facture {invoice}.",
    ),
    "no-file-set": (
        "De bestanden van overdracht {handoff} zijn niet hier gemaakt.",
        "Die Dateien der Übergabe {handoff} wurden nicht hier erstellt.",
        "Les fichiers de la transmission {handoff} n'ont pas été créés ici.",
    ),
    "no-hand-off": (
        "Er is geen overdracht {handoff}.",
        "Es gibt keine Übergabe {handoff}.",
        "Il n'y a pas de transmission {handoff}.",
    ),
    "no-mail-document": (
        "E-mail {mail} heeft dat document niet.",
        "E-Mail {mail} hat dieses Dokument nicht.",
        "L'e-mail {mail} n'a pas ce document.",
    ),
    "no-bank-transaction": (
        "Er is geen banktransactie {transaction}.",
        "Es gibt keine Banktransaktion {transaction}.",
        "Il n'y a pas de transaction bancaire {transaction}.",
    ),
    "no-person": (
        "Er is geen persoon {name}.",
        "Es gibt keine Person {name}.",
        "Il n'y a pas de personne {name}.",
    ),
    "no-key": (
        "Er is geen sleutel {name} in gebruik.",
        "Es ist kein Schlüssel {name} in Gebrauch.",
        "Aucune clé {name} n'est en service.",
    ),
    "no-agenda-item": (
        "Er is geen taak {item} op de takenlijst.",
        "Es gibt keine Aufgabe {item} auf der Aufgabenliste.",
        "Il n'y a pas de tâche {item} dans la liste.",
    ),
    "no-job": (
        "Er is geen import {job}.",
        "Es gibt keinen Import {job}.",
        "Il n'y a pas d'import {job}.",
    ),
    "no-playbook-version": (
        "Er is geen versie {version} van het playbook.",
        "Es gibt keine Version {version} des Playbooks.",
        "Il n'y a pas de version {version} du playbook.",
    ),
    "no-invoice-yet": (
        "De factuur bestond nog niet.",
        "Die Rechnung gab es noch nicht.",
        "La facture n'existait pas encore.",
    ),
    "no-agenda-item-of-book": (
        "Deze taak ({item}) staat niet meer op de takenlijst.",
        "Diese Aufgabe ({item}) steht nicht mehr auf der Aufgabenliste.",
        "Cette tâche ({item}) n'est plus dans la liste.",
    ),
    "no-debtor-payment": (
        "Debiteur {debtor} heeft geen betaling {reference}.",
        "Kunde {debtor} hat keine Zahlung {reference}.",
        "Le client {debtor} n'a pas de paiement {reference}.",
    ),
    "no-debtor-hold": (
        "Er is geen zulke pauze voor debiteur {debtor}.",
        "Für Kunde {debtor} gibt es keinen solchen Mahnstopp.",
        "Il n'y a pas de telle suspension pour le client {debtor}.",
    ),
    "no-dispute-in-status": (
        "Factuur {invoice} heeft geen dispuut met deze status: {status}.",
        "Rechnung {invoice} hat keine Reklamation mit diesem Status: {status}.",
        "La facture {invoice} n'a pas de litige avec ce statut : {status}.",
    ),
    "no-dispute-on-invoice": (
        "Factuur {invoice} heeft geen dispuut {case}.",
        "Rechnung {invoice} hat keine Reklamation {case}.",
        "La facture {invoice} n'a pas de litige {case}.",
    ),
    "no-hold": (
        "Er is geen zulke pauze op factuur {invoice}.",
        "Für Rechnung {invoice} gibt es keinen solchen Mahnstopp.",
        "Il n'y a pas de telle suspension pour la facture {invoice}.",
    ),
    "no-payment": (
        "Factuur {invoice} heeft geen betaling {reference}.",
        "Rechnung {invoice} hat keine Zahlung {reference}.",
        "La facture {invoice} n'a pas de paiement {reference}.",
    ),
    "no-promise": (
        "Factuur {invoice} heeft geen belofte {promise}.",
        "Rechnung {invoice} hat keine Zusage {promise}.",
        "La facture {invoice} n'a pas de promesse {promise}.",
    ),
    "no-open-promise": (
        "Factuur {invoice} heeft geen open belofte.",
        "Rechnung {invoice} hat keine offene Zusage.",
        "La facture {invoice} n'a pas de promesse ouverte.",
    ),
    "not-in-inbox": (
        "Er wacht niets met deze naam in het postvak: {mail}.",
        "Im Posteingang wartet nichts mit diesem Namen: {mail}.",
        "Rien n'attend sous ce nom dans la boîte de réception : {mail}.",
    ),
    "several-in-inbox": (
        "Meer dan één bericht in het postvak begint met {mail}: geef meer van het nummer.",
        "Mehrere Nachrichten im Posteingang beginnen mit {mail}: geben Sie mehr von der Nummer an.",
        "Plusieurs messages reçus commencent par {mail} : donnez davantage du numéro.",
    ),
    "not-waiting": (
        "Er wacht geen e-mail {message} op verzending.",
        "Es wartet keine E-Mail {message} auf den Versand.",
        "Aucun e-mail {message} n'attend d'être envoyé.",
    ),
    "nothing-unapproved": (
        "Regel {line} van factuur {invoice} heeft geen goedkeuring nodig.",
        "Zeile {line} von Rechnung {invoice} braucht keine Genehmigung.",
        "La ligne {line} de la facture {invoice} n'a pas besoin d'approbation.",
    ),
    "invoice-not-in-dispute": (
        "Dispuut {case} gaat niet over factuur {invoice}.",
        "Reklamation {case} betrifft Rechnung {invoice} nicht.",
        "Le litige {case} ne porte pas sur la facture {invoice}.",
    ),
}
