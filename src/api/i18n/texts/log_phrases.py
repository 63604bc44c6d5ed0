"""The phrases that the sentences of the contact log share, by the English text.

A phrase that may be missing holds its own space or comma; a fact that was somebody's words comes
with the quotation marks of the language.
"""

TEXTS: dict[str, tuple[str, str, str]] = {
    "or": ("of", "oder", "ou"),
    ": {quote}": (": {quote}", ": {quote}", " : {quote}"),
    ": {details}": (": {details}", ": {details}", " : {details}"),
    " to {details}": (": {details}", ": {details}", " : {details}"),
    " ({details})": (" ({details})", " ({details})", " ({details})"),
    "1 byte": ("1 byte", "1 Byte", "1 octet"),
    "{count} bytes": ("{count} bytes", "{count} Byte", "{count} octets"),
    # how something was sent, and to whom
    " by phone": (" per telefoon", " per Telefon", " par téléphone"),
    " by e-mail": (" per e-mail", " per E-Mail", " par e-mail"),
    " by WhatsApp": (" via WhatsApp", " per WhatsApp", " par WhatsApp"),
    " by letter": (" per brief", " per Brief", " par courrier"),
    " by text message": (" per sms", " per SMS", " par SMS"),
    " through the portal": (" via het portaal", " über das Portal", " via le portail"),
    " in a visit": (" bij een bezoek", " bei einem Besuch", " lors d'une visite"),
    " by e-invoice": (" als e-factuur", " als E-Rechnung", " en facture électronique"),
    " to {to}": (" aan {to}", " an {to}", " à {to}"),
    # a contact
    "Phone call from {who}": ("Telefoontje van {who}", "Anruf von {who}", "Appel de {who}"),
    "Phone call to {who}": ("Telefoontje naar {who}", "Anruf bei {who}", "Appel à {who}"),
    "Phone call from the debtor": (
        "Telefoontje van de debiteur",
        "Anruf des Kunden",
        "Appel du client",
    ),
    "Phone call to the debtor": (
        "Telefoontje naar de debiteur",
        "Anruf beim Kunden",
        "Appel au client",
    ),
    "E-mail from {who}": ("E-mail van {who}", "E-Mail von {who}", "E-mail de {who}"),
    "E-mail to {who}": ("E-mail aan {who}", "E-Mail an {who}", "E-mail à {who}"),
    "E-mail from the debtor": ("E-mail van de debiteur", "E-Mail des Kunden", "E-mail du client"),
    "E-mail to the debtor": ("E-mail aan de debiteur", "E-Mail an den Kunden", "E-mail au client"),
    "WhatsApp message from {who}": (
        "WhatsApp-bericht van {who}",
        "WhatsApp-Nachricht von {who}",
        "Message WhatsApp de {who}",
    ),
    "WhatsApp message to {who}": (
        "WhatsApp-bericht aan {who}",
        "WhatsApp-Nachricht an {who}",
        "Message WhatsApp à {who}",
    ),
    "WhatsApp message from the debtor": (
        "WhatsApp-bericht van de debiteur",
        "WhatsApp-Nachricht des Kunden",
        "Message WhatsApp du client",
    ),
    "WhatsApp message to the debtor": (
        "WhatsApp-bericht aan de debiteur",
        "WhatsApp-Nachricht an den Kunden",
        "Message WhatsApp au client",
    ),
    "Letter from {who}": ("Brief van {who}", "Brief von {who}", "Courrier de {who}"),
    "Letter to {who}": ("Brief aan {who}", "Brief an {who}", "Courrier à {who}"),
    "Letter from the debtor": ("Brief van de debiteur", "Brief des Kunden", "Courrier du client"),
    "Letter to the debtor": ("Brief aan de debiteur", "Brief an den Kunden", "Courrier au client"),
    "Text message from {who}": ("Sms van {who}", "SMS von {who}", "SMS de {who}"),
    "Text message to {who}": ("Sms aan {who}", "SMS an {who}", "SMS à {who}"),
    "Text message from the debtor": ("Sms van de debiteur", "SMS des Kunden", "SMS du client"),
    "Text message to the debtor": ("Sms aan de debiteur", "SMS an den Kunden", "SMS au client"),
    "Message in the portal from {who}": (
        "Bericht in het portaal van {who}",
        "Nachricht im Portal von {who}",
        "Message sur le portail de {who}",
    ),
    "Message in the portal to {who}": (
        "Bericht in het portaal aan {who}",
        "Nachricht im Portal an {who}",
        "Message sur le portail à {who}",
    ),
    "Message in the portal from the debtor": (
        "Bericht in het portaal van de debiteur",
        "Nachricht des Kunden im Portal",
        "Message du client sur le portail",
    ),
    "Message in the portal to the debtor": (
        "Bericht in het portaal aan de debiteur",
        "Nachricht an den Kunden im Portal",
        "Message au client sur le portail",
    ),
    "Visit from {who}": ("Bezoek van {who}", "Besuch von {who}", "Visite de {who}"),
    "Visit to {who}": ("Bezoek aan {who}", "Besuch bei {who}", "Visite chez {who}"),
    "Visit from the debtor": ("Bezoek van de debiteur", "Besuch des Kunden", "Visite du client"),
    "Visit to the debtor": (
        "Bezoek aan de debiteur",
        "Besuch beim Kunden",
        "Visite chez le client",
    ),
    "E-invoice message from {who}": (
        "E-factuurbericht van {who}",
        "E-Rechnungs-Nachricht von {who}",
        "Message de facture électronique de {who}",
    ),
    "E-invoice message to {who}": (
        "E-factuurbericht aan {who}",
        "E-Rechnungs-Nachricht an {who}",
        "Message de facture électronique à {who}",
    ),
    "E-invoice message from the debtor": (
        "E-factuurbericht van de debiteur",
        "E-Rechnungs-Nachricht des Kunden",
        "Message de facture électronique du client",
    ),
    "E-invoice message to the debtor": (
        "E-factuurbericht aan de debiteur",
        "E-Rechnungs-Nachricht an den Kunden",
        "Message de facture électronique au client",
    ),
    " at {time}": (" om {time}", " um {time}", " à {time}"),
    ", message id {id}": (", bericht-id {id}", ", Nachrichten-ID {id}", ", identifiant {id}"),
    "1 document": ("1 document", "1 Dokument", "1 document"),
    "{count} documents": ("{count} documenten", "{count} Dokumente", "{count} documents"),
    ", with {count} ({marks})": (
        ", met {count} ({marks})",
        ", dazu {count} ({marks})",
        ", avec {count} ({marks})",
    ),
    ", who waits for an answer": (
        ", wacht op antwoord",
        ", wartet auf Antwort",
        ", en attente de réponse",
    ),
    "; follow-up rests until {day} at most": (
        "; de opvolging rust uiterlijk tot {day}",
        "; das Mahnen ruht längstens bis zum {day}",
        " ; la relance est suspendue jusqu'au {day} au plus tard",
    ),
    # a hold
    "Follow-up of {what} is paused {until}{cause}.": (
        "De opvolging van {what} pauzeert {until}{cause}.",
        "Mahnstopp für {what} {until}{cause}.",
        "La relance de {what} est suspendue {until}{cause}.",
    ),
    "the invoice": ("de factuur", "die Rechnung", "la facture"),
    "{amount} of the invoice": (
        "{amount} van de factuur",
        "{amount} der Rechnung",
        "{amount} de la facture",
    ),
    "all invoices of the debtor": (
        "alle facturen van de debiteur",
        "alle Rechnungen des Kunden",
        "toutes les factures du client",
    ),
    "until {day}": ("tot {day}", "bis zum {day}", "jusqu'au {day}"),
    "until further notice": ("tot nader order", "bis auf Weiteres", "jusqu'à nouvel ordre"),
    ", as the debtor replied": (
        ", omdat de debiteur heeft geantwoord",
        ", da der Kunde geantwortet hat",
        ", car le client a répondu",
    ),
    "; note: {quote}": ("; notitie: {quote}", "; Notiz: {quote}", " ; note : {quote}"),
    "; it waits for ticket {ticket}": (
        "; wacht op ticket {ticket}",
        "; wartet auf Ticket {ticket}",
        " ; en attente du ticket {ticket}",
    ),
    "; only {who} may release it": (
        "; alleen {who} mag de pauze opheffen",
        "; nur {who} darf ihn aufheben",
        " ; seule personne autorisée à la lever : {who}",
    ),
    # tasks and collectors
    "The task {task}, due since {since}, was postponed to {until}{why}.": (
        "De taak “{task}” van {since} is uitgesteld tot {until}{why}.",
        "Die Aufgabe „{task}“ vom {since} wurde bis zum {until} zurückgestellt{why}.",
        "La tâche «\u00a0{task}\u00a0» du {since} a été reportée au {until}{why}.",
    ),
    "The task {task}, due since {since}, was completed{quote}.": (
        "De taak “{task}” van {since} is afgerond{quote}.",
        "Die Aufgabe „{task}“ vom {since} wurde erledigt{quote}.",
        "La tâche «\u00a0{task}\u00a0» du {since} a été effectuée{quote}.",
    ),
    "The task {item} was taken up again.": (
        "De uitgestelde taak {item} is weer opgepakt.",
        "Die zurückgestellte Aufgabe {item} wurde wieder aufgenommen.",
        "La tâche reportée {item} a été reprise.",
    ),
    "{who} became the collector, {why}.": (
        "{who} is debiteurenbeheerder geworden, {why}.",
        "Für das Forderungsmanagement ist nun {who} zuständig, {why}.",
        "Le recouvrement a été confié à {who}, {why}.",
    ),
    "The collector was taken away, {why}.": (
        "Er is geen debiteurenbeheerder meer, {why}.",
        "Für das Forderungsmanagement ist niemand mehr zuständig, {why}.",
        "Le recouvrement n'est plus confié à personne, {why}.",
    ),
    "by rule {rule}": ("volgens regel {rule}", "nach Regel {rule}", "selon la règle {rule}"),
    "as no rule names one": (
        "omdat geen regel iemand noemt",
        "da keine Regel jemanden nennt",
        "car aucune règle ne désigne quelqu'un",
    ),
}
