"""The texts of the debtor's pages about an invoice, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Your account": ("Uw account", "Ihr Konto", "Votre compte"),
    "Your invoices": ("Uw facturen", "Ihre Rechnungen", "Vos factures"),
    "This needs another look": (
        "Hier klopt nog iets niet",
        "Hier stimmt noch etwas nicht",
        "Il reste quelque chose à corriger",
    ),
    "Do not pass it on: who has it can act for you.": (
        "Geef hem niet door: wie hem heeft, kan namens u handelen.",
        "Geben Sie ihn nicht weiter: Wer ihn hat, kann für Sie handeln.",
        "Ne le transmettez pas : qui l'a peut agir en votre nom.",
    ),
    "You are signed in at the desk: you may look, and not act for the debtor.": (
        "U bent ingelogd bij de balie: u mag kijken, maar niet handelen namens de debiteur.",
        "Sie sind am Arbeitsplatz angemeldet: Sie dürfen schauen, aber nicht für den Kunden "
        "handeln.",
        "Vous êtes connecté au bureau : vous pouvez regarder, sans agir pour le client.",
    ),
    "This page is the debtor's": (
        "Deze pagina is van de debiteur",
        "Diese Seite gehört dem Kunden",
        "Cette page est celle du client",
    ),
    "This form is out of date": (
        "Dit formulier is verouderd",
        "Dieses Formular ist veraltet",
        "Ce formulaire est périmé",
    ),
    "Open it again, and send it from there.": (
        "Open het opnieuw en verstuur het van daaruit.",
        "Öffnen Sie es noch einmal und senden Sie es von dort.",
        "Ouvrez-le de nouveau et envoyez-le de là.",
    ),
    "That is not possible": ("Dat kan niet", "Das geht nicht", "Ce n'est pas possible"),
    "The files are too large: at most {mb} MB together.": (
        "De bestanden zijn te groot: samen hoogstens {mb} MB.",
        "Die Dateien sind zu groß: zusammen höchstens {mb} MB.",
        "Les fichiers sont trop grands : {mb} Mo au plus en tout.",
    ),
    "This link has ended": (
        "Deze link is verlopen",
        "Dieser Link ist abgelaufen",
        "Ce lien a expiré",
    ),
    "Links end after a while, so that an old mail opens nothing. We send a fresh one to the "
    "address that we know of you.": (
        "Links verlopen na een tijd, zodat een oude e-mail niets opent. Wij sturen een nieuwe "
        "naar het adres dat wij van u kennen.",
        "Links laufen nach einiger Zeit ab, damit eine alte E-Mail nichts öffnet. Wir senden "
        "einen neuen an die Adresse, die wir von Ihnen kennen.",
        "Les liens expirent, pour qu'un ancien message n'ouvre rien. Nous en envoyons un "
        "nouveau à l'adresse que nous connaissons de vous.",
    ),
    "Send me a fresh link": (
        "Stuur mij een nieuwe link",
        "Neuen Link senden",
        "Envoyez-moi un nouveau lien",
    ),
    "This invoice was cancelled": (
        "Deze factuur is geannuleerd",
        "Diese Rechnung wurde storniert",
        "Cette facture a été annulée",
    ),
    "You do not have to pay it.": (
        "U hoeft haar niet te betalen.",
        "Sie müssen sie nicht bezahlen.",
        "Vous n'avez pas à la payer.",
    ),
    "Nothing is left to pay": (
        "Er is niets meer te betalen",
        "Es ist nichts mehr zu zahlen",
        "Il n'y a plus rien à payer",
    ),
    "You paid {amount} too much. We write to you about it.": (
        "U hebt {amount} te veel betaald. Wij schrijven u daarover.",
        "Sie haben {amount} zu viel bezahlt. Wir schreiben Ihnen dazu.",
        "Vous avez payé {amount} de trop. Nous vous écrirons à ce sujet.",
    ),
    "{agency} collects this invoice for us. Please pay them.": (
        "{agency} int deze factuur voor ons. Betaal aan hen.",
        "{agency} zieht diese Rechnung für uns ein. Bitte zahlen Sie dorthin.",
        "{agency} recouvre cette facture pour nous. Veuillez les payer.",
    ),
    "To pay now": ("Nu te betalen", "Jetzt zu zahlen", "À payer maintenant"),
    "To pay": ("Te betalen", "Zu zahlen", "À payer"),
    "To pay by {day}": (
        "Te betalen uiterlijk {day}",
        "Zu zahlen bis {day}",
        "À payer avant le {day}",
    ),
    "Another {amount} is due on {day}.": (
        "Nog eens {amount} is te betalen op {day}.",
        "Weitere {amount} sind am {day} fällig.",
        "{amount} de plus sont dus le {day}.",
    ),
    "Nothing to pay until you hear from us": (
        "Niets te betalen tot u van ons hoort",
        "Nichts zu zahlen, bis Sie von uns hören",
        "Rien à payer avant notre réponse",
    ),
    "Reference": ("Kenmerk", "Verwendungszweck", "Référence"),
    "Pay to this account only. If a mail names another one, do not pay before you have called "
    "us.": (
        "Betaal alleen op deze rekening. Staat er in een e-mail een andere, betaal dan niet "
        "voordat u ons hebt gebeld.",
        "Zahlen Sie nur auf dieses Konto. Nennt eine E-Mail ein anderes, zahlen Sie nicht, "
        "bevor Sie uns angerufen haben.",
        "Payez seulement sur ce compte. Si un message en cite un autre, appelez-nous avant de "
        "payer.",
    ),
    "Call us: {phone}.": ("Bel ons: {phone}.", "Rufen Sie uns an: {phone}.", "Appelez : {phone}."),
    "nothing open": ("niets open", "nichts offen", "rien de dû"),
    "1 day late": ("1 dag te laat", "1 Tag zu spät", "1 jour de retard"),
    "{count} days late": (
        "{count} dagen te laat",
        "{count} Tage zu spät",
        "{count} jours de retard",
    ),
    "partly paid": ("deels betaald", "teilweise bezahlt", "payé en partie"),
    "partly disputed": ("deels betwist", "teilweise strittig", "contesté en partie"),
    "promised for {day}": ("beloofd voor {day}", "zugesagt für {day}", "promis pour le {day}"),
    "due {day}": ("te betalen {day}", "fällig {day}", "échéance {day}"),
    "You do not agree with {amount}. You need not pay it until you hear from us.": (
        "Met {amount} bent u het niet eens. Dat hoeft u niet te betalen tot u van ons hoort.",
        "Mit {amount} sind Sie nicht einverstanden. Das müssen Sie nicht zahlen, bis Sie von "
        "uns hören.",
        "Vous contestez {amount}. Vous n'avez pas à les payer avant notre réponse.",
    ),
    "How it stands with {number}": (
        "Hoe het staat met {number}",
        "Wie es um {number} steht",
        "Où en est {number}",
    ),
    "What you can do": ("Wat u kunt doen", "Was Sie tun können", "Ce que vous pouvez faire"),
    "Copy of the invoice": ("Kopie van de factuur", "Kopie der Rechnung", "Copie de la facture"),
    "Something is not right": (
        "Er klopt iets niet",
        "Etwas stimmt nicht",
        "Quelque chose ne va pas",
    ),
    "I pay on another day, or in parts": (
        "Ik betaal op een andere dag, of in delen",
        "Ich zahle an einem anderen Tag oder in Teilen",
        "Je paie un autre jour, ou en plusieurs fois",
    ),
    "I have paid already": ("Ik heb al betaald", "Ich habe schon bezahlt", "J'ai déjà payé"),
    "Write to us": ("Schrijf ons", "Schreiben Sie uns", "Nous écrire"),
    "The invoice": ("De factuur", "Die Rechnung", "La facture"),
    "Part {nth}": ("Deel {nth}", "Teil {nth}", "Partie {nth}"),
    "Your order": ("Uw bestelling", "Ihre Bestellung", "Votre commande"),
    "What happened so far": (
        "Wat er tot nu toe gebeurde",
        "Was bisher geschah",
        "Ce qui s'est passé",
    ),
    "The invoice was made: {amount}": (
        "De factuur is gemaakt: {amount}",
        "Die Rechnung wurde gestellt: {amount}",
        "La facture a été établie : {amount}",
    ),
    "The invoice was cancelled": (
        "De factuur is geannuleerd",
        "Die Rechnung wurde storniert",
        "La facture a été annulée",
    ),
    "We sent you the invoice": (
        "Wij stuurden u de factuur",
        "Wir haben Ihnen die Rechnung gesandt",
        "Nous vous avons envoyé la facture",
    ),
    "We sent you a copy of the invoice": (
        "Wij stuurden u een kopie van de factuur",
        "Wir haben Ihnen eine Kopie der Rechnung gesandt",
        "Nous vous avons envoyé une copie de la facture",
    ),
    "We reminded you": (
        "Wij herinnerden u eraan",
        "Wir haben Sie erinnert",
        "Nous vous l'avons rappelé",
    ),
    "We confirmed that we have your message": (
        "Wij bevestigden dat wij uw bericht hebben",
        "Wir haben den Eingang Ihrer Nachricht bestätigt",
        "Nous avons confirmé la réception de votre message",
    ),
    "We wrote to you how it ended": (
        "Wij schreven u hoe het afliep",
        "Wir haben Ihnen das Ergebnis geschrieben",
        "Nous vous avons écrit ce qui a été décidé",
    ),
    "You wrote to us": ("U schreef ons", "Sie haben uns geschrieben", "Vous nous avez écrit"),
    "You promised {amount} by {day}": (
        "U beloofde {amount} uiterlijk {day}",
        "Sie haben {amount} bis {day} zugesagt",
        "Vous avez promis {amount} avant le {day}",
    ),
    "You kept your promise of {amount}": (
        "U hield zich aan uw belofte van {amount}",
        "Sie haben Ihre Zusage über {amount} gehalten",
        "Vous avez tenu votre promesse de {amount}",
    ),
    "What you promised did not arrive in time: {amount}": (
        "Wat u beloofde, kwam niet op tijd: {amount}",
        "Was Sie zugesagt haben, kam nicht rechtzeitig: {amount}",
        "Ce que vous aviez promis n'est pas arrivé à temps : {amount}",
    ),
    "Your promise of {amount} does not count any more": (
        "Uw belofte van {amount} telt niet meer",
        "Ihre Zusage über {amount} zählt nicht mehr",
        "Votre promesse de {amount} ne compte plus",
    ),
    "You do not agree with {amount}: {reason}": (
        "U bent het niet eens met {amount}: {reason}",
        "Sie sind mit {amount} nicht einverstanden: {reason}",
        "Vous contestez {amount} : {reason}",
    ),
    "It is decided: {outcome}": (
        "Er is besloten: {outcome}",
        "Es ist entschieden: {outcome}",
        "C'est décidé : {outcome}",
    ),
    "We look into it again": (
        "Wij zoeken het opnieuw uit",
        "Wir prüfen es noch einmal",
        "Nous l'examinons de nouveau",
    ),
    "It was recorded by mistake and does not count": (
        "Het was bij vergissing vastgelegd en telt niet",
        "Es war irrtümlich erfasst und zählt nicht",
        "C'était enregistré par erreur et ne compte pas",
    ),
    "We received {amount}": (
        "Wij ontvingen {amount}",
        "Wir haben {amount} erhalten",
        "Nous avons reçu {amount}",
    ),
    "A payment of {amount} was taken back": (
        "Een betaling van {amount} is teruggeboekt",
        "Eine Zahlung von {amount} wurde zurückgebucht",
        "Un paiement de {amount} a été repris",
    ),
    "A credit note of {amount}": (
        "Een creditnota van {amount}",
        "Eine Gutschrift über {amount}",
        "Un avoir de {amount}",
    ),
    "Costs were added: {amount}": (
        "Er zijn kosten bijgekomen: {amount}",
        "Kosten kamen hinzu: {amount}",
        "Des frais ont été ajoutés : {amount}",
    ),
    "Costs were taken off: {amount}": (
        "Er zijn kosten afgehaald: {amount}",
        "Kosten wurden erlassen: {amount}",
        "Des frais ont été retirés : {amount}",
    ),
    "Interest was added: {amount}": (
        "Er is rente bijgekomen: {amount}",
        "Zinsen kamen hinzu: {amount}",
        "Des intérêts ont été ajoutés : {amount}",
    ),
    "Interest was taken off: {amount}": (
        "Er is rente afgehaald: {amount}",
        "Zinsen wurden erlassen: {amount}",
        "Des intérêts ont été retirés : {amount}",
    ),
    "Settled: {amount}": ("Verrekend: {amount}", "Ausgeglichen: {amount}", "Soldé : {amount}"),
}
