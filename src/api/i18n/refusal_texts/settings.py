"""The refusals of the creditor's details and texts, of the playbook and of keys."""

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
    # the creditor
    "iban-invalid": (
        "{iban} is geen IBAN: de vorm of het controlegetal klopt niet.",
        "{iban} ist keine IBAN: die Form oder die Prüfziffer stimmt nicht.",
        "{iban} n'est pas un IBAN : sa forme ou sa clé de contrôle est fausse.",
    ),
    "no-such-country": (
        "Er is geen land {country} (ISO 3166-1, zoals NL).",
        "Es gibt kein Land {country} (ISO 3166-1, etwa NL).",
        "Il n'y a pas de pays {country} (ISO 3166-1, comme NL).",
    ),
    "email-invalid": (
        "{address} is geen e-mailadres.",
        "{address} ist keine E-Mail-Adresse.",
        "{address} n'est pas une adresse e-mail.",
    ),
    "time-zone-unknown": (
        "{name} is geen tijdzone: geef een naam zoals Europe/Amsterdam.",
        "{name} ist keine Zeitzone: geben Sie einen Namen wie Europe/Amsterdam an.",
        "{name} n'est pas un fuseau horaire : donnez un nom comme Europe/Amsterdam.",
    ),
    "accent-invalid": (
        "{colour} is geen kleur: geef zes hexadecimale cijfers, zoals #0a7d3c.",
        "{colour} ist keine Farbe: geben Sie sechs hexadezimale Ziffern an, etwa #0a7d3c.",
        "{colour} n'est pas une couleur : donnez six chiffres hexadécimaux, comme #0a7d3c.",
    ),
    "letterhead-too-long": (
        "De kop en de voet van brieven hebben elk hoogstens {most} regels.",
        "Kopf und Fuß von Briefen haben höchstens je {most} Zeilen.",
        "L'en-tête et le pied des courriers ont au plus {most} lignes chacun.",
    ),
    "logo-not-decoded": (
        "Het bestand is niet in base64 geschreven.",
        "Die Datei ist nicht in Base64 geschrieben.",
        "Le fichier n'est pas écrit en base64.",
    ),
    "logo-too-large": (
        "Een logo heeft hoogstens {most} kB.",
        "Ein Logo hat höchstens {most} kB.",
        "Un logo a au plus {most} ko.",
    ),
    "logo-not-readable": (
        "De PNG is beschadigd, of heeft meer dan {most} pixels aan een kant.",
        "Das PNG ist beschädigt oder hat mehr als {most} Pixel an einer Seite.",
        "Le PNG est endommagé, ou a plus de {most} pixels de côté.",
    ),
    "logo-not-safe": (
        "Een logo is een PNG, of een SVG die alleen tekent: geen scripts, stijlen of andere"
        " bestanden ({what}).",
        "Ein Logo ist ein PNG, oder ein SVG, das nur zeichnet: keine Skripte, Stile oder anderen"
        " Dateien ({what}).",
        "Un logo est un PNG, ou un SVG qui ne fait que dessiner : ni script, ni style, ni autre"
        " fichier ({what}).",
    ),
    "no-template": (
        "Er is geen zulke tekst; er zijn: {known}.",
        "Es gibt keinen solchen Text; es gibt: {known}.",
        "Il n'y a pas de tel texte ; il y a : {known}.",
    ),
    "no-template-language": (
        "Berichten worden geschreven in: {known}.",
        "Nachrichten werden geschrieben in: {known}.",
        "Les messages sont écrits en : {known}.",
    ),
    "template-subject": (
        "Het onderwerp is één regel.",
        "Der Betreff ist eine Zeile.",
        "L'objet tient en une ligne.",
    ),
    "template-too-long": (
        "De tekst heeft hoogstens {most} tekens.",
        "Der Text hat höchstens {most} Zeichen.",
        "Le texte a au plus {most} caractères.",
    ),
    "template-placeholder": (
        "Er is geen invulplek {name}.",
        "Es gibt keinen Platzhalter {name}.",
        "Il n'y a pas de champ {name}.",
    ),
    "template-not-allowed": (
        "Regel {line}: {what} kan niet in een eigen tekst worden gebruikt.",
        "Zeile {line}: {what} kann in einem eigenen Text nicht verwendet werden.",
        "Ligne {line} : {what} ne peut pas être utilisé dans votre texte.",
    ),
    "template-not-readable": (
        "De tekst kan niet worden gelezen: {fault}.",
        "Der Text kann nicht gelesen werden: {fault}.",
        "Le texte ne peut pas être lu : {fault}.",
    ),
    # playbook
    "playbook-dated-ahead": (
        "Een playbook geldt vanaf de dag dat het wordt ingevoerd.",
        "Ein Playbook gilt ab dem Tag, an dem es eingeführt wird.",
        "Un playbook est en vigueur dès le jour où il est appliqué.",
    ),
    "no-default-ladder": (
        "Er is geen ladder voor {segment}, alleen voor {ladders}.",
        "Es gibt keine Mahnleiter für {segment}, nur für {ladders}.",
        "Il n'y a pas d'échelle de relance pour {segment}, seulement pour {ladders}.",
    ),
    "holidays-not-known": (
        "De feestdagen van {place} zijn niet bekend.",
        "Die Feiertage von {place} sind nicht bekannt.",
        "Les jours fériés de {place} ne sont pas connus.",
    ),
    "approver-never-asked": (
        "Noem goedkeurders van de laagste limiet naar de hoogste: de volgende zou nooit worden"
        " gevraagd.",
        "Nennen Sie Genehmiger vom niedrigsten Limit zum höchsten: der nächste würde nie gefragt.",
        "Citez les approbateurs de la limite la plus basse à la plus haute : le suivant ne serait"
        " jamais sollicité.",
    ),
    "tolerance-above-all": (
        "Een tolerantie is hoogstens 100 %.",
        "Eine Toleranz ist höchstens 100 %.",
        "Une tolérance est de 100 % au plus.",
    ),
    "not-an-amount": (
        "{amount} is geen bedrag.",
        "{amount} ist kein Geldbetrag.",
        "{amount} n'est pas un montant.",
    ),
    "ladder-without-steps": (
        "Een ladder heeft minstens één stap.",
        "Eine Mahnleiter hat mindestens einen Schritt.",
        "Une échelle de relance a au moins une étape.",
    ),
    "step-needs-one-day": (
        "Geef een van before_due, after_due en after_previous.",
        "Geben Sie eines von before_due, after_due und after_previous an.",
        "Donnez l'un de before_due, after_due et after_previous.",
    ),
    "step-twice": (
        "Er zijn twee stappen {step}.",
        "Es gibt zwei Schritte {step}.",
        "Il y a deux étapes {step}.",
    ),
    "step-without-channel": (
        "Noem minstens één kanaal.",
        "Nennen Sie mindestens einen Kanal.",
        "Indiquez au moins un canal.",
    ),
    "first-step-after-previous": (
        "Voor de eerste stap is er geen stap.",
        "Vor dem ersten Schritt gibt es keinen.",
        "Il n'y a pas d'étape avant la première.",
    ),
    "step-out-of-order": (
        "{later} moet later komen dan {earlier}.",
        "{later} muss später kommen als {earlier}.",
        "{later} doit venir après {earlier}.",
    ),
    "repeat-before-due": (
        "Wat wordt herhaald, moet na de vervaldag komen.",
        "Was wiederholt wird, muss nach der Fälligkeit kommen.",
        "Ce qui est répété doit venir après l'échéance.",
    ),
    "phrase-not-readable": (
        "Deze uitdrukking kan niet worden gelezen: {fault}.",
        "Dieser Ausdruck kann nicht gelesen werden: {fault}.",
        "Cette expression ne peut pas être lue : {fault}.",
    ),
    "resolver-never-asked": (
        "De behandelaar na {resolver} zou nooit worden gevraagd: alleen de laatste mag zonder"
        " voorwaarde zijn.",
        "Der Bearbeiter nach {resolver} würde nie gefragt: nur der letzte darf ohne Bedingung"
        " sein.",
        "Le responsable après {resolver} ne serait jamais sollicité : seul le dernier peut être"
        " sans condition.",
    ),
    "resolved-before-answered": (
        "Het kan niet zijn opgelost voordat het is beantwoord.",
        "Es kann nicht geklärt sein, bevor es beantwortet ist.",
        "Ce ne peut être résolu avant d'avoir reçu une réponse.",
    ),
    "no-ladder": (
        "Er is geen ladder voor {segment}.",
        "Es gibt keine Mahnleiter für {segment}.",
        "Il n'y a pas d'échelle de relance pour {segment}.",
    ),
    "segment-without-condition": (
        "Geef minstens één voorwaarde; alle andere debiteuren vallen onder `segment`.",
        "Geben Sie mindestens eine Bedingung an; alle anderen Kunden fallen unter `segment`.",
        "Donnez au moins une condition ; tous les autres clients relèvent de `segment`.",
    ),
    "range-turned-round": (
        "Het begin van het bereik komt na het einde.",
        "Der Anfang des Bereichs kommt nach dem Ende.",
        "Le début de la plage vient après la fin.",
    ),
    "collector-for-all": (
        "{collector} krijgt alles: alleen de laatste regel mag zonder voorwaarde zijn.",
        "{collector} bekommt alles: nur die letzte Regel darf ohne Bedingung sein.",
        "{collector} reçoit tout : seule la dernière règle peut être sans condition.",
    ),
    "quiet-needs-one-day": (
        "Geef een van weekday en first.",
        "Geben Sie eines von weekday und first an.",
        "Donnez l'un de weekday et first.",
    ),
    "quiet-too-long": (
        "Een stille periode loopt van first tot last, hoogstens een jaar.",
        "Eine Ruhezeit dauert von first bis last, höchstens ein Jahr.",
        "Une période sans relance va de first à last, un an au plus.",
    ),
    "no-contact-day-left": (
        "Er blijft geen dag over voor opvolging.",
        "Es bleibt kein Tag für Mahnungen.",
        "Il ne reste aucun jour pour la relance.",
    ),
    # keys
    "key-name-taken": (
        "Een sleutel heet al {name}: vernieuw hem of trek hem in, of kies een andere naam.",
        "Ein Schlüssel heißt schon {name}: erneuern oder widerrufen Sie ihn, oder wählen Sie einen"
        " anderen Namen.",
        "Une clé s'appelle déjà {name} : renouvelez-la ou révoquez-la, ou choisissez un autre nom.",
    ),
    "key-just-rotated": (
        "De sleutel is vernieuwd, en het vorige geheim werkt tot {until}; vernieuw nog eens om dat"
        " meteen te beëindigen.",
        "Der Schlüssel wurde erneuert, und das vorige Geheimnis gilt bis {until}; erneuern Sie noch"
        " einmal, um das sofort zu beenden.",
        "La clé a été renouvelée, et le secret précédent vaut jusqu'au {until} ; renouvelez encore"
        " une fois pour y mettre fin aussitôt.",
    ),
}
