"""The texts of what else a debtor sends from their pages, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Your message is sent. We read it, and write to you.": (
        "Uw bericht is verstuurd. Wij lezen het en schrijven u.",
        "Ihre Nachricht ist gesendet. Wir lesen sie und schreiben Ihnen.",
        "Votre message est envoyé. Nous le lisons et vous écrivons.",
    ),
    "Your promise is recorded. Until then you get no reminders of it.": (
        "Uw belofte is vastgelegd. Tot dan krijgt u er geen herinneringen over.",
        "Ihre Zusage ist festgehalten. Bis dahin erhalten Sie dazu keine Mahnungen.",
        "Votre promesse est enregistrée. Aucun rappel d'ici là.",
    ),
    "Thank you: we look for your payment, and write to you if we do not find it.": (
        "Dank u: wij zoeken uw betaling op en schrijven u als wij haar niet vinden.",
        "Danke: Wir suchen Ihre Zahlung und schreiben Ihnen, wenn wir sie nicht finden.",
        "Merci : nous cherchons votre paiement et vous écrivons si nous ne le trouvons pas.",
    ),
    "This is your fresh link.": (
        "Dit is uw nieuwe link.",
        "Das ist Ihr neuer Link.",
        "Voici votre nouveau lien.",
    ),
    "Write at most {most} characters, and at least one.": (
        "Schrijf hoogstens {most} tekens, en minstens één.",
        "Höchstens {most} Zeichen, mindestens eines.",
        "{most} caractères au plus, et au moins un.",
    ),
    "Write an amount above zero.": (
        "Schrijf een bedrag boven nul.",
        "Schreiben Sie einen Betrag über null.",
        "Indiquez un montant supérieur à zéro.",
    ),
    "Choose a day.": ("Kies een dag.", "Wählen Sie einen Tag.", "Choisissez un jour."),
    "This cannot be read.": (
        "Dit kan niet worden gelezen.",
        "Das kann nicht gelesen werden.",
        "Cela ne peut pas être lu.",
    ),
    "The whole invoice is {amount}.": (
        "De hele factuur is {amount}.",
        "Die ganze Rechnung ist {amount}.",
        "La facture entière est de {amount}.",
    ),
    "Write a percentage from 1 to 100.": (
        "Schrijf een percentage van 1 tot 100.",
        "Schreiben Sie einen Prozentsatz von 1 bis 100.",
        "Indiquez un pourcentage de 1 à 100.",
    ),
    "Choose how much of it is not right.": (
        "Kies hoeveel ervan niet klopt.",
        "Wählen Sie, wie viel davon nicht stimmt.",
        "Choisissez quelle part ne va pas.",
    ),
    "Choose the lines that are not right.": (
        "Kies de regels die niet kloppen.",
        "Wählen Sie die Positionen, die nicht stimmen.",
        "Choisissez les lignes qui ne vont pas.",
    ),
    "Write to us to agree on another day.": (
        "Schrijf ons om een andere dag af te spreken.",
        "Schreiben Sie uns, um einen anderen Tag zu vereinbaren.",
        "Écrivez-nous pour convenir d'un autre jour.",
    ),
    "Only {amount} is to be paid.": (
        "Er is maar {amount} te betalen.",
        "Zu zahlen sind nur {amount}.",
        "Il n'y a que {amount} à payer.",
    ),
    "Choose a day from today to {day}.": (
        "Kies een dag van vandaag tot {day}.",
        "Wählen Sie einen Tag von heute bis {day}.",
        "Choisissez un jour d'aujourd'hui au {day}.",
    ),
    "That day is still to come. Promise it instead.": (
        "Die dag komt nog. Beloof het dan.",
        "Dieser Tag kommt noch. Sagen Sie es stattdessen zu.",
        "Ce jour est à venir. Promettez-le plutôt.",
    ),
    "I paid {amount} on {day}.": (
        "Ik heb {amount} betaald op {day}.",
        "Ich habe {amount} am {day} bezahlt.",
        "J'ai payé {amount} le {day}.",
    ),
    "Reference of the payment: {reference}": (
        "Kenmerk van de betaling: {reference}",
        "Verwendungszweck der Zahlung: {reference}",
        "Référence du paiement : {reference}",
    ),
    "When do you pay?": ("Wanneer betaalt u?", "Wann zahlen Sie?", "Quand payez-vous ?"),
    "You have paid already": (
        "U hebt al betaald",
        "Sie haben schon bezahlt",
        "Vous avez déjà payé",
    ),
    "Choose a day until {day}. For a later day, write to us.": (
        "Kies een dag tot {day}. Voor een latere dag schrijft u ons.",
        "Wählen Sie einen Tag bis {day}. Für einen späteren schreiben Sie uns.",
        "Choisissez un jour jusqu'au {day}. Pour un jour plus lointain, écrivez-nous.",
    ),
    "On which day": ("Op welke dag", "An welchem Tag", "Quel jour"),
    "Empty: all that is left": (
        "Leeg: alles wat over is",
        "Leer: alles, was übrig ist",
        "Vide : tout ce qui reste",
    ),
    "In parts": ("In delen", "In Teilen", "En plusieurs fois"),
    "You get no reminders of what you promise until that day. The rest stays due.": (
        "Over wat u belooft krijgt u tot die dag geen herinneringen. De rest blijft te betalen.",
        "Für das Zugesagte erhalten Sie bis zu diesem Tag keine Mahnungen. Der Rest bleibt fällig.",
        "Aucun rappel pour ce que vous promettez jusqu'à ce jour. Le reste est toujours dû.",
    ),
    "Promise to pay": ("Betaling beloven", "Zahlung zusagen", "Promettre le paiement"),
    "We look for it, and remind you of nothing meanwhile.": (
        "Wij zoeken hem op en herinneren u intussen nergens aan.",
        "Wir suchen sie und mahnen Sie inzwischen nicht.",
        "Nous le cherchons, sans rappel entre-temps.",
    ),
    "Our account is {iban}.": (
        "Onze rekening is {iban}.",
        "Unser Konto ist {iban}.",
        "Notre compte est {iban}.",
    ),
    "On which day did you pay?": (
        "Op welke dag hebt u betaald?",
        "An welchem Tag haben Sie bezahlt?",
        "Quel jour avez-vous payé ?",
    ),
    "Reference that you used, if you know it": (
        "Het kenmerk dat u gebruikte, als u het weet",
        "Ihr Verwendungszweck, wenn Sie ihn wissen",
        "La référence utilisée, si vous la connaissez",
    ),
    "Anything else we should know": (
        "Wat wij verder moeten weten",
        "Was wir sonst wissen sollten",
        "Autre chose à savoir",
    ),
}
