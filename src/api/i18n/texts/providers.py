"""The texts of signing in by a provider, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Sign in with {provider}": (
        "Inloggen met {provider}",
        "Mit {provider} anmelden",
        "Se connecter avec {provider}",
    ),
    "or by a code": ("of met een code", "oder mit einem Code", "ou par un code"),
    "You are not signed in": (
        "U bent niet ingelogd",
        "Sie sind nicht angemeldet",
        "Vous n'êtes pas connecté",
    ),
    "Back to signing in": (
        "Terug naar inloggen",
        "Zurück zur Anmeldung",
        "Retour à la connexion",
    ),
    "The sign-in did not succeed. Begin it again.": (
        "Het inloggen is niet gelukt. Begin opnieuw.",
        "Die Anmeldung ist nicht gelungen. Beginnen Sie noch einmal.",
        "La connexion n'a pas abouti. Recommencez-la.",
    ),
    "You ended the sign-in at {provider}.": (
        "U hebt het inloggen bij {provider} afgebroken.",
        "Sie haben die Anmeldung bei {provider} abgebrochen.",
        "Vous avez interrompu la connexion chez {provider}.",
    ),
    "{provider} does not answer. Try again in a minute.": (
        "{provider} antwoordt niet. Probeer het over een minuut opnieuw.",
        "{provider} antwortet nicht. Versuchen Sie es in einer Minute noch einmal.",
        "{provider} ne répond pas. Réessayez dans une minute.",
    ),
    "{provider} does not state your name. Ask your administrator to let it.": (
        "{provider} geeft uw naam niet door. Vraag uw beheerder om dat in te stellen.",
        "{provider} nennt Ihren Namen nicht. Bitten Sie Ihren Administrator, das einzurichten.",
        "{provider} ne transmet pas votre nom. Demandez à votre administrateur de le permettre.",
    ),
    "{provider} knows you, but none of your groups has a role here. Ask your administrator for"
    " one.": (
        "{provider} kent u, maar geen van uw groepen heeft hier een rol. Vraag uw beheerder om"
        " een groep die er een heeft.",
        "{provider} kennt Sie, aber keine Ihrer Gruppen hat hier eine Rolle. Bitten Sie Ihren"
        " Administrator um eine.",
        "{provider} vous connaît, mais aucun de vos groupes n'a de rôle ici. Demandez-en un à"
        " votre administrateur.",
    ),
    "{provider} does not state your business units. Ask your administrator to let it.": (
        "{provider} geeft uw bedrijfsonderdelen niet door. Vraag uw beheerder om dat in te"
        " stellen.",
        "{provider} nennt Ihre Geschäftsbereiche nicht. Bitten Sie Ihren Administrator, das"
        " einzurichten.",
        "{provider} ne transmet pas vos unités. Demandez à votre administrateur de le permettre.",
    ),
    "Your access here has ended. An administrator can admit you again.": (
        "Uw toegang hier is beëindigd. Een beheerder kan u weer toelaten.",
        "Ihr Zugang hier ist beendet. Ein Administrator kann Sie wieder zulassen.",
        "Votre accès ici a pris fin. Un administrateur peut vous admettre à nouveau.",
    ),
    "Somebody else has your name here. Ask your administrator to end the other.": (
        "Iemand anders heeft hier uw naam. Vraag uw beheerder om die toegang te beëindigen.",
        "Jemand anderes hat hier Ihren Namen. Bitten Sie Ihren Administrator, den anderen Zugang"
        " zu beenden.",
        "Quelqu'un d'autre porte votre nom ici. Demandez à votre administrateur de mettre fin à"
        " l'autre accès.",
    ),
    "Admit again": ("Weer toelaten", "Wieder zulassen", "Admettre à nouveau"),
    "Yes, admit": ("Ja, toelaten", "Ja, zulassen", "Oui, admettre"),
    "{name} may sign in again by their provider.": (
        "{name} mag weer inloggen via hun provider.",
        "{name} darf sich wieder über ihren Anbieter anmelden.",
        "{name} peut se connecter à nouveau par son fournisseur.",
    ),
    "signs in by {provider}": (
        "logt in via {provider}",
        "meldet sich über {provider} an",
        "se connecte par {provider}",
    ),
    "Nothing was done: somebody else has this name or address now.": (
        "Er is niets gedaan: iemand anders heeft nu deze naam of dit adres.",
        "Nichts wurde getan: Jemand anderes hat jetzt diesen Namen oder diese Adresse.",
        "Rien n'a été fait : quelqu'un d'autre a maintenant ce nom ou cette adresse.",
    ),
    # signing out
    "You are signed out": ("Je bent afgemeld", "Sie sind abgemeldet", "Vous êtes déconnecté"),
    "This browser is still signed in with {provider}: who uses it next can come back here.": (
        "Deze browser is nog aangemeld met {provider}: wie hem hierna gebruikt, komt hier zo weer"
        " binnen.",
        "Dieser Browser ist noch mit {provider} angemeldet: Wer ihn danach benutzt, kommt hier"
        " wieder hinein.",
        "Ce navigateur est encore connecté avec {provider} : la personne suivante peut revenir"
        " ici.",
    ),
    "Sign out of {provider} too": (
        "Ook afmelden bij {provider}",
        "Auch von {provider} abmelden",
        "Se déconnecter aussi de {provider}",
    ),
}
