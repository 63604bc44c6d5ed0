"""The texts of a debtor's account and of signing in to it, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "What you did not agree with": (
        "Waar u het niet mee eens was",
        "Was Sie beanstandet haben",
        "Ce que vous avez contesté",
    ),
    "Report": ("Melding", "Meldung", "Signalement"),
    "How it stands": ("Hoe het staat", "Wie es steht", "Où cela en est"),
    "we look into it": ("we zoeken het uit", "wir prüfen es", "nous l'examinons"),
    "decided": ("besloten", "entschieden", "décidé"),
    "does not count any more": ("telt niet meer", "zählt nicht mehr", "ne compte plus"),
    "See your invoices with {creditor}": (
        "Bekijk uw facturen van {creditor}",
        "Ihre Rechnungen von {creditor}",
        "Voir vos factures de {creditor}",
    ),
    "No mail can be sent at the moment. Please call us.": (
        "Er kan nu geen e-mail worden verstuurd. Bel ons.",
        "Zurzeit kann keine E-Mail gesendet werden. Bitte rufen Sie uns an.",
        "Aucun message ne peut être envoyé pour l'instant. Appelez-nous.",
    ),
    "A link in our mails opens one invoice without signing in.": (
        "Een link in onze e-mails opent één factuur zonder in te loggen.",
        "Ein Link in unseren E-Mails öffnet eine Rechnung ohne Anmeldung.",
        "Un lien de nos messages ouvre une facture sans connexion.",
    ),
    "Your mail address, and when you signed in. One cookie, only to stay signed in.": (
        "Uw e-mailadres, en wanneer u inlogde. Eén cookie, alleen om ingelogd te blijven.",
        "Ihre E-Mail-Adresse, und wann Sie sich angemeldet haben. Ein Cookie, nur um "
        "angemeldet zu bleiben.",
        "Votre adresse e-mail, et quand vous vous êtes connecté. Un cookie, seulement pour "
        "rester connecté.",
    ),
    "{code} is your code to see your invoices": (
        "{code} is uw code om uw facturen te bekijken",
        "{code} ist Ihr Code für Ihre Rechnungen",
        "{code} est votre code pour voir vos factures",
    ),
    "Your request is sent. A person looks at it before anything changes.": (
        "Uw verzoek is verstuurd. Iemand kijkt ernaar voordat er iets verandert.",
        "Ihre Bitte ist gesendet. Jemand sieht sie sich an, bevor sich etwas ändert.",
        "Votre demande est envoyée. Une personne la regarde avant tout changement.",
    ),
    "Whose invoices": ("Van wie de facturen zijn", "Wessen Rechnungen", "Les factures de qui"),
    "All that is overdue": (
        "Alles wat te laat is",
        "Alles, was überfällig ist",
        "Tout ce qui est en retard",
    ),
    "Nothing is overdue. Still to come": (
        "Niets is te laat. Nog te betalen",
        "Nichts ist überfällig. Noch zu zahlen",
        "Rien n'est en retard. Encore à payer",
    ),
    "Nothing is open": ("Er staat niets open", "Nichts ist offen", "Rien n'est dû"),
    "All invoices": ("Alle facturen", "Alle Rechnungen", "Toutes les factures"),
    "Only the open ones": ("Alleen de open facturen", "Nur die offenen", "Seulement les ouvertes"),
    "Show all, also what is paid": (
        "Toon alles, ook wat betaald is",
        "Alle zeigen, auch bezahlte",
        "Tout afficher, même payé",
    ),
    "Of {issued}, due {due}.": (
        "Van {issued}, te betalen {due}.",
        "Vom {issued}, fällig {due}.",
        "Du {issued}, échéance {due}.",
    ),
    "Disputed: {amount}.": ("Betwist: {amount}.", "Strittig: {amount}.", "Contesté : {amount}."),
    "There is none.": ("Die is er niet.", "Es gibt keine.", "Il n'y en a pas."),
    "More invoices": ("Meer facturen", "Weitere Rechnungen", "Plus de factures"),
    "In your favour": ("Te uwen gunste", "Zu Ihren Gunsten", "En votre faveur"),
    "Of": ("Van", "Vom", "Du"),
    "Left": ("Over", "Übrig", "Restant"),
    "Statement as PDF": ("Overzicht als PDF", "Kontoauszug als PDF", "Relevé en PDF"),
    "Statement of account": ("Rekeningoverzicht", "Kontoauszug", "Relevé de compte"),
    "Your details": ("Uw gegevens", "Ihre Angaben", "Vos coordonnées"),
    "Change what is not right. A person looks at it before anything changes; until then we use "
    "what we know.": (
        "Wijzig wat niet klopt. Iemand kijkt ernaar voordat er iets verandert; tot dan "
        "gebruiken wij wat wij weten.",
        "Ändern Sie, was nicht stimmt. Jemand sieht es sich an, bevor sich etwas ändert; bis "
        "dahin gilt, was wir wissen.",
        "Modifiez ce qui est inexact. Une personne le regarde avant tout changement ; d'ici "
        "là, nous gardons ce que nous savons.",
    ),
    "Postal address": ("Postadres", "Postanschrift", "Adresse postale"),
    "Mail address for invoices": (
        "E-mailadres voor facturen",
        "E-Mail-Adresse für Rechnungen",
        "Adresse e-mail pour les factures",
    ),
    "Telephone": ("Telefoon", "Telefon", "Téléphone"),
    "Send the request": ("Verzoek versturen", "Bitte senden", "Envoyer la demande"),
    "Nothing is different from what we know.": (
        "Niets is anders dan wat wij weten.",
        "Nichts ist anders als das, was wir wissen.",
        "Rien n'est différent de ce que nous savons.",
    ),
    "Please change our details:": (
        "Wijzig onze gegevens:",
        "Bitte ändern Sie unsere Angaben:",
        "Merci de modifier nos coordonnées :",
    ),
    "Write at most {most} characters.": (
        "Schrijf hoogstens {most} tekens.",
        "Höchstens {most} Zeichen.",
        "{most} caractères au plus.",
    ),
    "Sign in to see all your invoices": (
        "Log in om al uw facturen te bekijken",
        "Melden Sie sich an, um alle Rechnungen zu sehen",
        "Connectez-vous pour voir toutes vos factures",
    ),
    "A fresh link is on its way": (
        "Een nieuwe link is onderweg",
        "Ein neuer Link ist unterwegs",
        "Un nouveau lien est en route",
    ),
    "It is sent to the address that we know of you, if the invoice is still yours.": (
        "Hij gaat naar het adres dat wij van u kennen, als de factuur nog van u is.",
        "Er wird an die Adresse gesandt, die wir von Ihnen kennen, wenn die Rechnung noch Ihre "
        "ist.",
        "Il est envoyé à l'adresse que nous connaissons, si la facture est toujours la vôtre.",
    ),
    "You asked for a fresh link to invoice {invoice}:": (
        "U vroeg een nieuwe link naar factuur {invoice}:",
        "Sie haben einen neuen Link zu Rechnung {invoice} erbeten:",
        "Vous avez demandé un nouveau lien vers la facture {invoice} :",
    ),
    "If you did not ask for it, nothing happens.": (
        "Vroeg u er niet om, dan gebeurt er niets.",
        "Haben Sie nicht darum gebeten, geschieht nichts.",
        "Si vous ne l'avez pas demandé, il ne se passe rien.",
    ),
    "Link to invoice {invoice}": (
        "Link naar factuur {invoice}",
        "Link zu Rechnung {invoice}",
        "Lien vers la facture {invoice}",
    ),
    "Without a password: six figures by mail, good for 15 minutes and once.": (
        "Zonder wachtwoord: zes cijfers per e-mail, 15 minuten en één keer geldig.",
        "Ohne Passwort: sechs Ziffern per E-Mail, 15 Minuten und einmal gültig.",
        "Sans mot de passe : six chiffres par e-mail, valables 15 minutes et une fois.",
    ),
    "What we keep of you": (
        "Wat wij van u bewaren",
        "Was wir von Ihnen aufbewahren",
        "Ce que nous gardons de vous",
    ),
    "The code from your mail": (
        "De code uit uw e-mail",
        "Der Code aus Ihrer E-Mail",
        "Le code de votre e-mail",
    ),
    "The code is {code}. It is valid for 15 minutes, once.": (
        "De code is {code}. Hij is 15 minuten en één keer geldig.",
        "Der Code ist {code}. Er ist 15 Minuten und einmal gültig.",
        "Le code est {code}. Il est valable 15 minutes et une fois.",
    ),
    "Enter it on the page that is still open.": (
        "Vul hem in op de pagina die nog openstaat.",
        "Geben Sie ihn auf der noch geöffneten Seite ein.",
        "Saisissez-le sur la page restée ouverte.",
    ),
}
