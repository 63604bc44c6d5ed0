"""The reasons that are about what is sent: messages, holds and steps, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # messages and holds
    "from {who} on {day}: {quote}": (
        "van {who} op {day}: {quote}",
        "von {who} am {day}: {quote}",
        "de {who} le {day} : {quote}",
    ),
    "from {who} on {day} ({count} times; this was the last): {quote}": (
        "van {who} op {day} ({count} keer; dit was de laatste): {quote}",
        "von {who} am {day} ({count}-mal; dies war die letzte): {quote}",
        "de {who} le {day} ({count} fois ; voici la dernière) : {quote}",
    ),
    "the debtor": ("de debiteur", "dem Kunden", "client"),
    "the message of {who} of {day} is not answered": (
        "het bericht van {who} van {day} is niet beantwoord",
        "die Nachricht von {who} vom {day} ist nicht beantwortet",
        "le message de {who} du {day} reste sans réponse",
    ),
    "held until {day}: {quote}": (
        "pauze tot {day}: {quote}",
        "Mahnstopp bis zum {day}: {quote}",
        "suspendu jusqu'au {day} : {quote}",
    ),
    "held: {quote}": ("pauze: {quote}", "Mahnstopp: {quote}", "suspendu : {quote}"),
    "{amount} is held: {quote}": (
        "{amount} is gepauzeerd: {quote}",
        "Mahnstopp für {amount}: {quote}",
        "{amount} suspendu : {quote}",
    ),
    "the debtor is held: {quote}": (
        "pauze voor de debiteur: {quote}",
        "Mahnstopp für den Kunden: {quote}",
        "relance du client suspendue : {quote}",
    ),
    "postponed: {quote}": ("uitgesteld: {quote}", "zurückgestellt: {quote}", "reporté : {quote}"),
    "postponed to {day}: {quote}": (
        "uitgesteld tot {day}: {quote}",
        "zurückgestellt bis zum {day}: {quote}",
        "reporté au {day} : {quote}",
    ),
    # what can be sent
    "the invoice names no debtor: nothing is sent automatically": (
        "de factuur noemt geen debiteur: er wordt niets vanzelf verzonden",
        "die Rechnung nennt keinen Kunden: nichts wird automatisch gesendet",
        "la facture ne désigne aucun client : rien n'est envoyé automatiquement",
    ),
    "the invoice came back on {day}": (
        "de factuur kwam terug op {day}",
        "die Rechnung kam am {day} zurück",
        "la facture est revenue le {day}",
    ),
    "{message} did not arrive on {day}": (
        "{message} is niet aangekomen op {day}",
        "{message} kam am {day} nicht an",
        "{message} n'est pas arrivé le {day}",
    ),
    "document {hash} was named as the invoice too": (
        "document {hash} is ook aangewezen als de factuur",
        "auch Dokument {hash} wurde als die Rechnung benannt",
        "le document {hash} a aussi été désigné comme la facture",
    ),
    "no e-mail address and no postal address can be used: nothing can be sent": (
        "er is geen bruikbaar e-mailadres of postadres: er kan niets worden verzonden",
        "weder E-Mail-Adresse noch Postanschrift ist brauchbar: es kann nichts gesendet werden",
        "aucune adresse e-mail ou postale utilisable : rien ne peut être envoyé",
    ),
    "the debtor has no usable e-mail or postal address": (
        "de debiteur heeft geen bruikbaar e-mailadres of postadres",
        "der Kunde hat keine brauchbare E-Mail-Adresse oder Postanschrift",
        "le client n'a pas d'adresse e-mail ou postale utilisable",
    ),
    "{email} is no e-mail address: no mail is sent to it": (
        "{email} is geen e-mailadres: er wordt niets naartoe verzonden",
        "{email} ist keine E-Mail-Adresse: dorthin wird nichts gesendet",
        "{email} n'est pas une adresse e-mail : rien n'y est envoyé",
    ),
    (
        "mail to {email} was refused or came back on {day}: no mail is sent to it until it is"
        " corrected or confirmed"
    ): (
        "e-mail aan {email} is op {day} geweigerd of teruggekomen: er wordt niets naartoe verzonden"
        " tot het adres is gecorrigeerd of bevestigd",
        "E-Mail an {email} wurde am {day} abgelehnt oder kam zurück: dorthin wird nichts gesendet,"
        " bis die Adresse berichtigt oder bestätigt ist",
        "un e-mail à {email} a été refusé ou est revenu le {day} : rien n'y est envoyé avant"
        " correction ou confirmation",
    ),
    "{address} has no street, number and town: a letter may come back": (
        "{address} heeft geen straat, nummer en plaats: een brief kan terugkomen",
        "{address} hat keine Straße, Nummer und Ort: ein Brief kann zurückkommen",
        "{address} n'a pas de rue, de numéro et de ville : un courrier peut revenir",
    ),
    "{address} has no postal code of {country}, such as {code}: a letter may come back": (
        "{address} heeft geen postcode van {country}, zoals {code}: een brief kan terugkomen",
        "{address} hat keine Postleitzahl von {country}, etwa {code}: ein Brief kann zurückkommen",
        "{address} n'a pas de code postal de {country}, comme {code} : un courrier peut revenir",
    ),
    "{vat} is not a valid VAT number of its country: the debtor may refuse the invoice": (
        "{vat} is geen geldig btw-nummer van zijn land: de debiteur kan de factuur weigeren",
        "{vat} ist keine gültige USt-IdNr. ihres Landes: der Kunde kann die Rechnung ablehnen",
        "{vat} n'est pas un numéro de TVA valable de son pays : le client peut refuser la facture",
    ),
    "{step} is sent by {channels}, and the debtor has no address for it": (
        "{step} gaat per {channels}, en daarvoor heeft de debiteur geen adres",
        "{step} wird per {channels} gesendet, und der Kunde hat dafür keine Adresse",
        "{step} part par {channels}, et le client n'a pas d'adresse pour cela",
    ),
    "{step} needs the debtor's email, which is not known": (
        "{step} vraagt een e-mailadres van de debiteur, en dat is niet bekend",
        "{step} braucht eine E-Mail-Adresse des Kunden, die nicht bekannt ist",
        "{step} demande une adresse e-mail du client, qui n'est pas connue",
    ),
    "{step} needs the debtor's address, which is not known": (
        "{step} vraagt een postadres van de debiteur, en dat is niet bekend",
        "{step} braucht eine Postanschrift des Kunden, die nicht bekannt ist",
        "{step} demande une adresse postale du client, qui n'est pas connue",
    ),
    "one message a day: {message} exists already": (
        "één bericht per dag: {message} is er al",
        "eine Nachricht am Tag: {message} gibt es schon",
        "un message par jour : {message} existe déjà",
    ),
    "no playbook was applied, so nothing is sent automatically": (
        "er is geen playbook toegepast, dus er wordt niets vanzelf verzonden",
        "es ist kein Playbook angewandt, daher wird nichts automatisch gesendet",
        "aucun playbook n'est appliqué, donc rien n'est envoyé automatiquement",
    ),
    "it is not registered": (
        "ze is niet geregistreerd",
        "sie ist nicht erfasst",
        "facture non enregistrée",
    ),
    "it is {status}": (
        "de factuur is {status}",
        "die Rechnung ist {status}",
        "statut «\u00a0{status}\u00a0»",
    ),
    # the step of the ladder and its day
    "planned: {step}": ("gepland: {step}", "geplant: {step}", "prévu : {step}"),
    "{step}: planned for {day}": (
        "{step}: gepland op {day}",
        "{step}: geplant für den {day}",
        "{step} : prévu le {day}",
    ),
    "{step}: {count} days before it is due on {day}": (
        "{step}: {count} dagen voor de vervaldag {day}",
        "{step}: {count} Tage vor der Fälligkeit am {day}",
        "{step} : {count} jours avant l'échéance du {day}",
    ),
    "{step}: {count} days after it was due on {day}": (
        "{step}: {count} dagen na de vervaldag {day}",
        "{step}: {count} Tage nach der Fälligkeit am {day}",
        "{step} : {count} jours après l'échéance du {day}",
    ),
    "{step}: {count} days after {previous}, {day}": (
        "{step}: {count} dagen na {previous}, {day}",
        "{step}: {count} Tage nach {previous}, {day}",
        "{step} : {count} jours après {previous}, {day}",
    ),
    "{step}: again {count} days after {day}, {number} of {total} times": (
        "{step}: opnieuw {count} dagen na {day}, {number} van {total} keer",
        "{step}: erneut {count} Tage nach dem {day}, {number} von {total} Mal",
        "{step} : de nouveau {count} jours après le {day}, {number} fois sur {total}",
    ),
    "{step}: again, planned for {day}, {number} of {total} times": (
        "{step}: opnieuw, gepland op {day}, {number} van {total} keer",
        "{step}: erneut, geplant für den {day}, {number} von {total} Mal",
        "{step} : de nouveau, prévu le {day}, {number} fois sur {total}",
    ),
    "the term of the notice before it is over on {day}": (
        "de termijn van het vorige bericht loopt af op {day}",
        "die Frist des vorigen Schreibens endet am {day}",
        "le délai de l'avis précédent expire le {day}",
    ),
    "{day} is not a working day": (
        "{day} is geen werkdag",
        "der {day} ist kein Arbeitstag",
        "le {day} n'est pas un jour ouvré",
    ),
    "{day} is a quiet day": (
        "{day} is een stille dag",
        "der {day} ist ein Ruhetag",
        "le {day} est un jour sans relance",
    ),
    "{day} is a quiet day: {quote}": (
        "{day} is een stille dag: {quote}",
        "der {day} ist ein Ruhetag: {quote}",
        "le {day} est un jour sans relance : {quote}",
    ),
}
