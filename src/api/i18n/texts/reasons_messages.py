"""Why a message waits, is withdrawn or failed, and what a received one may be about."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # why it is not sent any more
    "Follow-up pauses: {why}.": (
        "De opvolging pauzeert: {why}.",
        "Das Mahnwesen ruht: {why}.",
        "La relance est suspendue : {why}.",
    ),
    "Follow-up of invoice {invoice} pauses: {why}.": (
        "De opvolging van factuur {invoice} pauzeert: {why}.",
        "Rechnung {invoice} wird nicht gemahnt: {why}.",
        "La relance de la facture {invoice} est suspendue : {why}.",
    ),
    "Of invoice {invoice} only {rest} is to be collected, not {whole}.": (
        "Van factuur {invoice} is nog maar {rest} te innen, niet {whole}.",
        "Von Rechnung {invoice} sind nur noch {rest} einzuziehen, nicht {whole}.",
        "De la facture {invoice}, il ne reste que {rest} à recouvrer, et non {whole}.",
    ),
    "Mail to the address of the debtor is refused.": (
        "E-mail aan het adres van de debiteur wordt geweigerd.",
        "E-Mail an die Adresse des Kunden wird abgelehnt.",
        "Les e-mails à l'adresse du client sont refusés.",
    ),
    "The address of the debtor has changed.": (
        "Het adres van de debiteur is veranderd.",
        "Die Adresse des Kunden hat sich geändert.",
        "L'adresse du client a changé.",
    ),
    "The dispute is not open any more.": (
        "Het dispuut is niet meer open.",
        "Die Reklamation ist nicht mehr offen.",
        "Le litige n'est plus ouvert.",
    ),
    "The dispute is open again.": (
        "Het dispuut is weer open.",
        "Die Reklamation ist wieder offen.",
        "Le litige est rouvert.",
    ),
    "Nothing is left to dispute.": (
        "Er is niets meer te betwisten.",
        "Es ist nichts mehr strittig.",
        "Il n'y a plus rien à contester.",
    ),
    "The credit is decided, or another approver is asked.": (
        "Over de creditering is beslist, of een andere goedkeurder is gevraagd.",
        "Über die Gutschrift ist entschieden, oder ein anderer Genehmiger ist gefragt.",
        "L'avoir est décidé, ou un autre approbateur est sollicité.",
    ),
    "Another resolver is asked now.": (
        "Nu is een andere behandelaar gevraagd.",
        "Jetzt ist ein anderer Bearbeiter gefragt.",
        "Un autre responsable est maintenant sollicité.",
    ),
    "The resolver has answered.": (
        "De behandelaar heeft geantwoord.",
        "Der Bearbeiter hat geantwortet.",
        "Le responsable a répondu.",
    ),
    "The debtor answered: {quote}": (
        "De debiteur heeft geantwoord: {quote}",
        "Der Kunde hat geantwortet: {quote}",
        "Le client a répondu : {quote}",
    ),
    # why something was recorded by itself
    "Registered again, with other details.": (
        "Opnieuw geregistreerd, met andere gegevens.",
        "Erneut erfasst, mit anderen Daten.",
        "Enregistré de nouveau, avec d'autres données.",
    ),
    "Payment {reference}, which was short of it, was reversed.": (
        "Betaling {reference}, die te laag was, is teruggeboekt.",
        "Zahlung {reference}, die zu niedrig war, wurde zurückgebucht.",
        "Le paiement {reference}, qui était insuffisant, a été annulé.",
    ),
    "Returned by the bank: {quote}.": (
        "Door de bank teruggegeven: {quote}.",
        "Von der Bank zurückgegeben: {quote}.",
        "Retourné par la banque : {quote}.",
    ),
    "Returned by the bank: no reason given.": (
        "Door de bank teruggegeven, zonder reden.",
        "Von der Bank zurückgegeben, ohne Angabe von Gründen.",
        "Retourné par la banque, sans motif.",
    ),
    "Invoice cancelled: {quote}": (
        "Factuur geannuleerd: {quote}",
        "Rechnung storniert: {quote}",
        "Facture annulée : {quote}",
    ),
    "A dispute was opened from it.": (
        "Er is een dispuut uit geopend.",
        "Daraus wurde eine Reklamation eröffnet.",
        "Un litige en a été ouvert.",
    ),
    "Its dispute was reopened.": (
        "Het dispuut is heropend.",
        "Die Reklamation wurde wieder geöffnet.",
        "Le litige a été rouvert.",
    ),
    "The debtor was notified of the outcome of the dispute.": (
        "De uitkomst van het dispuut is aan de debiteur meegedeeld.",
        "Das Ergebnis der Reklamation wurde dem Kunden mitgeteilt.",
        "L'issue du litige a été communiquée au client.",
    ),
    "It is about an invoice.": (
        "Het gaat over een factuur.",
        "Es geht um eine Rechnung.",
        "Il s'agit d'une facture.",
    ),
    # why nobody is reminded now
    "no playbook is applied yet.": (
        "er is nog geen playbook ingevoerd.",
        "es ist noch kein Playbook eingeführt.",
        "aucun playbook n'est encore appliqué.",
    ),
    "{invoice}: {why}.": ("{invoice}: {why}.", "{invoice}: {why}.", "{invoice} : {why}."),
    "the ladder is at its end": (
        "alle stappen van de opvolging zijn gezet",
        "alle Mahnschritte sind ausgeführt",
        "toutes les étapes de relance sont faites",
    ),
    "{step} may not go before {day}": (
        "{step} mag niet voor {day} worden verzonden",
        "{step} darf nicht vor dem {day} gesendet werden",
        "{step} ne peut pas partir avant le {day}",
    ),
    "it is not collectable: paid, credited, written off, cancelled or handed off": (
        "er is niets te innen: betaald, gecrediteerd, afgeboekt, geannuleerd of overgedragen",
        "es ist nichts einzuziehen: bezahlt, gutgeschrieben, ausgebucht, storniert oder übergeben",
        "il n'y a rien à recouvrer : facture payée, créditée, passée en perte, annulée ou"
        " transmise",
    ),
    "{amount} is disputed ({reason})": (
        "{amount} is betwist ({reason})",
        "{amount} strittig ({reason})",
        "{amount} contesté ({reason})",
    ),
    "it is held: {quote}": ("pauze: {quote}", "Mahnstopp: {quote}", "suspendu : {quote}"),
    # letters that a person prints
    "letters are being printed just now.": (
        "er worden net brieven afgedrukt.",
        "es werden gerade Briefe gedruckt.",
        "des courriers sont en cours d'impression.",
    ),
    "{message} is not what was printed any more.": (
        "{message} is niet meer wat is afgedrukt.",
        "{message} ist nicht mehr das, was gedruckt wurde.",
        "{message} n'est plus ce qui a été imprimé.",
    ),
    "Nothing is sent for this tenant.": (
        "Voor deze administratie wordt niets verzonden.",
        "Für diesen Mandanten wird nichts gesendet.",
        "Rien n'est envoyé pour cette entité.",
    ),
    "It does not wait to be printed any more.": (
        "Dit wacht niet meer op afdrukken.",
        "Er wartet nicht mehr auf den Druck.",
        "Il n'attend plus d'être imprimé.",
    ),
    "No address of the debtor is known.": (
        "Er is geen adres van de debiteur bekend.",
        "Es ist keine Adresse des Kunden bekannt.",
        "Aucune adresse du client n'est connue.",
    ),
    "Nobody could answer it: set the address on our letters first.": (
        "Niemand zou kunnen antwoorden: stel eerst het adres op onze brieven in.",
        "Niemand könnte darauf antworten: legen Sie zuerst die Adresse auf unseren Briefen fest.",
        "Personne ne pourrait y répondre : indiquez d'abord l'adresse de nos courriers.",
    ),
    # what failed
    "after {count} tries: {why}": (
        "na {count} pogingen: {why}",
        "nach {count} Versuchen: {why}",
        "après {count} tentatives : {why}",
    ),
    "there is no mail address to send it to": (
        "er is geen e-mailadres om naartoe te verzenden",
        "es gibt keine E-Mail-Adresse, an die es gehen könnte",
        "il n'y a pas d'adresse e-mail où l'envoyer",
    ),
    "it came back": ("het kwam terug", "sie kam zurück", "il est revenu"),
    "the connection was lost, it may have arrived: {quote}": (
        "de verbinding viel weg, het kan zijn aangekomen: {quote}",
        "die Verbindung brach ab, sie kann angekommen sein: {quote}",
        "la connexion a été perdue, il est peut-être arrivé : {quote}",
    ),
    "it closes the connection: {why}": (
        "de mailserver verbreekt de verbinding: {why}",
        "der Mailserver bricht die Verbindung ab: {why}",
        "le serveur de messagerie coupe la connexion : {why}",
    ),
    "it accepts no mail from {sender}: {quote}": (
        "de mailserver neemt geen e-mail aan van {sender}: {quote}",
        "der Mailserver nimmt keine E-Mail von {sender} an: {quote}",
        "le serveur de messagerie n'accepte pas d'e-mail de {sender} : {quote}",
    ),
    "{server}: {error}": (
        "de mailserver {server} is niet bereikbaar ({error})",
        "der Mailserver {server} ist nicht erreichbar ({error})",
        "le serveur de messagerie {server} n'est pas joignable ({error})",
    ),
    "it accepts our password only unencrypted": (
        "hij neemt ons wachtwoord alleen onversleuteld aan",
        "er nimmt unser Passwort nur unverschlüsselt an",
        "il n'accepte notre mot de passe qu'en clair",
    ),
    "{folder}: {error}": (
        "in de map {folder} kan niet worden geschreven ({error})",
        "in den Ordner {folder} kann nicht geschrieben werden ({error})",
        "impossible d'écrire dans le dossier {folder} ({error})",
    ),
    "{file}: its first line does not begin with “{subject}”": (
        "{file}: de eerste regel begint niet met “{subject}”",
        "{file}: die erste Zeile beginnt nicht mit „{subject}“",
        "{file} : la première ligne ne commence pas par «\u00a0{subject}\u00a0»",
    ),
    "{name} is no name of a template": (
        "{name} is geen naam van een tekst",
        "{name} ist kein Name eines Textes",
        "{name} n'est pas le nom d'un texte",
    ),
    "there is no template {file}": (
        "er is geen tekst {file}",
        "es gibt keinen Text {file}",
        "il n'y a pas de texte {file}",
    ),
    "{template}, line {count}: {error}": (
        "de tekst {template} heeft een fout op regel {count}: {error}",
        "der Text {template} hat einen Fehler in Zeile {count}: {error}",
        "le texte {template} a une erreur à la ligne {count} : {error}",
    ),
    "your {template}, line {count}: {error}": (
        "uw eigen tekst {template} heeft een fout op regel {count}: {error}",
        "Ihr eigener Text {template} hat einen Fehler in Zeile {count}: {error}",
        "votre texte {template} a une erreur à la ligne {count} : {error}",
    ),
    "your {template}: {error}": (
        "uw eigen tekst {template} heeft een fout: {error}",
        "Ihr eigener Text {template} hat einen Fehler: {error}",
        "votre texte {template} a une erreur : {error}",
    ),
    "{template}: {error}": (
        "de tekst {template} heeft een fout: {error}",
        "der Text {template} hat einen Fehler: {error}",
        "le texte {template} a une erreur : {error}",
    ),
}
