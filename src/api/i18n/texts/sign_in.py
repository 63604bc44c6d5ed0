"""The texts of signing in, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Sign in": ("Inloggen", "Anmelden", "Se connecter"),
    "This link signs you in once.": (
        "Met deze link logt u één keer in.",
        "Mit diesem Link melden Sie sich einmal an.",
        "Ce lien vous connecte une seule fois.",
    ),
    "Your mail address": ("Uw e-mailadres", "Ihre E-Mail-Adresse", "Votre adresse e-mail"),
    "Send me a code": ("Stuur mij een code", "Code zusenden", "M'envoyer un code"),
    "No password here. You get six figures by mail; they are good for 15 minutes and once.": (
        "Hier is geen wachtwoord nodig. U krijgt zes cijfers per e-mail; ze zijn 15 minuten en"
        " één keer geldig.",
        "Hier brauchen Sie kein Passwort. Sie bekommen sechs Ziffern per E-Mail; sie gelten 15"
        " Minuten und nur einmal.",
        "Pas de mot de passe ici. Vous recevez six chiffres par e-mail ; ils sont valables 15"
        " minutes, une seule fois.",
    ),
    "What we keep about you": (
        "Wat we over u bewaren",
        "Was wir über Sie speichern",
        "Ce que nous conservons sur vous",
    ),
    "Your name, address and language, and when you signed in. One cookie, only to stay signed"
    " in.": (
        "Uw naam, adres en taal, en wanneer u inlogde. Eén cookie, alleen om ingelogd te blijven.",
        "Ihren Namen, Ihre Adresse und Sprache, und wann Sie sich angemeldet haben. Ein Cookie,"
        " nur damit Sie angemeldet bleiben.",
        "Vos nom, adresse et langue, et vos dates de connexion. Un seul cookie, uniquement pour"
        " rester connecté.",
    ),
    "Your code": ("Uw code", "Ihr Code", "Votre code"),
    "If {email} is known here, six figures are on their way to it. They are good for 15 minutes.": (
        "Als {email} hier bekend is, zijn er zes cijfers naartoe onderweg. Ze zijn 15 minuten"
        " geldig.",
        "Falls {email} hier bekannt ist, sind sechs Ziffern dorthin unterwegs. Sie gelten 15"
        " Minuten.",
        "Si {email} est connue ici, six chiffres lui sont envoyés. Ils sont valables 15 minutes.",
    ),
    "Code": ("Code", "Code", "Code"),
    "Another address, or a new code": (
        "Een ander adres of een nieuwe code",
        "Andere Adresse oder neuer Code",
        "Une autre adresse ou un nouveau code",
    ),
    "That is not a mail address.": (
        "Dat is geen e-mailadres.",
        "Das ist keine E-Mail-Adresse.",
        "Ce n'est pas une adresse e-mail.",
    ),
    "No mail can be sent here. Ask your administrator for a link.": (
        "Hier kan geen e-mail worden verstuurd. Vraag uw beheerder om een link.",
        "Hier kann keine E-Mail versandt werden. Bitten Sie Ihren Administrator um einen Link.",
        "Aucun e-mail ne peut être envoyé ici. Demandez un lien à votre administrateur.",
    ),
    "That is not the code, or it is too old. After five tries ask for a new one.": (
        "Dat is niet de code, of hij is te oud. Vraag na vijf pogingen een nieuwe aan.",
        "Das ist nicht der Code, oder er ist zu alt. Fordern Sie nach fünf Versuchen einen neuen"
        " an.",
        "Ce n'est pas le bon code, ou il est trop ancien. Après cinq essais, demandez-en un"
        " nouveau.",
    ),
    "{code} is your code for Dossier": (
        "{code} is uw code voor Dossier",
        "{code} ist Ihr Code für Dossier",
        "{code} est votre code pour Dossier",
    ),
    "Your code is {code}. It is valid for 15 minutes, once.": (
        "Uw code is {code}. Hij is 15 minuten geldig, voor één keer.",
        "Ihr Code ist {code}. Er gilt 15 Minuten, für ein Mal.",
        "Votre code est {code}. Il est valable 15 minutes, une seule fois.",
    ),
    "Enter it on the page that is open in your browser.": (
        "Vul hem in op de pagina die openstaat in uw browser.",
        "Geben Sie ihn auf der Seite ein, die in Ihrem Browser offen ist.",
        "Saisissez-le sur la page ouverte dans votre navigateur.",
    ),
    "If you did not ask for it, somebody typed your address: nothing happens.": (
        "Hebt u er niet om gevraagd, dan heeft iemand uw adres ingetypt: er gebeurt niets.",
        "Falls Sie ihn nicht angefordert haben, hat jemand Ihre Adresse eingegeben: es passiert"
        " nichts.",
        "Si vous ne l'avez pas demandé, quelqu'un a saisi votre adresse : il ne se passe rien.",
    ),
}
