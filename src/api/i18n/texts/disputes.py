"""The texts of the disputes and their acts, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # disputes
    "Dispute": ("Dispuut", "Reklamation", "Litige"),
    "Reason": ("Reden", "Grund", "Motif"),
    "Resolver": ("Behandelaar", "Bearbeiter", "Responsable"),
    "nobody yet": ("nog niemand", "noch niemand", "encore personne"),
    "Answer of {name}": ("Antwoord van {name}", "Antwort von {name}", "Réponse de {name}"),
    "Open since": ("Open sinds", "Offen seit", "Ouvert depuis"),
    "open since": ("open sinds", "offen seit", "ouvert depuis le"),
    "Answer by": ("Antwoord uiterlijk", "Antwort bis", "Réponse au plus tard le"),
    "No dispute is here.": (
        "Hier zijn geen disputen.",
        "Hier gibt es keine Reklamationen.",
        "Il n'y a aucun litige ici.",
    ),
    "Disputed at first": ("Eerst betwist", "Anfangs strittig", "Contesté au départ"),
    "Still disputed": ("Nog betwist", "Noch strittig", "Encore contesté"),
    "Credited": ("Gecrediteerd", "Gutgeschrieben", "Crédité"),
    "Rejected": ("Afgewezen", "Abgelehnt", "Rejeté"),
    "About this dispute": ("Over dit dispuut", "Zu dieser Reklamation", "À propos de ce litige"),
    "Course": ("Verloop", "Verlauf", "Déroulement"),
    "Reminded": ("Herinneringen", "Erinnerungen", "Relances"),
    "Escalated to": ("Geëscaleerd naar", "Eskaliert an", "Escaladé à"),
    "Raised": ("Gemeld", "Gemeldet", "Signalé"),
    "Opened": ("Geopend", "Eröffnet", "Ouvert"),
    "Asked": ("Gevraagd", "Angefragt", "Demandé"),
    "Answered": ("Beantwoord", "Beantwortet", "Répondu"),
    "Decided": ("Beslist", "Entschieden", "Tranché"),
    "Settled": ("Afgewikkeld", "Abgewickelt", "Réglé"),
    "Outcome": ("Uitkomst", "Ergebnis", "Issue"),
    "What went wrong": ("Wat er misging", "Was schiefgegangen ist", "Ce qui n'allait pas"),
    # acts: opening a dispute
    "Open a dispute": ("Dispuut openen", "Reklamation eröffnen", "Ouvrir un litige"),
    "Follow-up of the disputed amount pauses. The playbook asks the resolver and confirms"
    " receipt to the debtor.": (
        "De opvolging van het betwiste bedrag pauzeert. Het playbook vraagt de behandelaar en"
        " bevestigt de debiteur de ontvangst.",
        "Der strittige Betrag wird nicht gemahnt. Das Playbook fragt den Bearbeiter und bestätigt"
        " dem Kunden den Eingang.",
        "La relance du montant contesté est suspendue. Le playbook sollicite le responsable et"
        " confirme la réception au client.",
    ),
    "What they say, in their words": (
        "Wat ze zeggen, in hun woorden",
        "Was der Kunde sagt, in seinen Worten",
        "Ce qu'ils disent, dans leurs mots",
    ),
    "Disputed amount": ("Betwist bedrag", "Strittiger Betrag", "Montant contesté"),
    # acts on a dispute
    "Ask a resolver": ("Behandelaar vragen", "Bearbeiter anfragen", "Solliciter un responsable"),
    "Ask them": ("Vragen", "Anfragen", "Solliciter"),
    "They get a mail with the question and a link to answer, where the playbook reacts.": (
        "De behandelaar krijgt een e-mail met de vraag en een link om te antwoorden, als het"
        " playbook reageert.",
        "Der Bearbeiter bekommt eine E-Mail mit der Frage und einem Link zum Antworten, wenn das"
        " Playbook reagiert.",
        "Le responsable reçoit un e-mail avec la question et un lien pour répondre, si le playbook"
        " réagit.",
    ),
    "Who can solve it": ("Wie het kan oplossen", "Wer es lösen kann", "Qui peut le résoudre"),
    "A mail address or a name.": (
        "Een e-mailadres of een naam.",
        "Eine E-Mail-Adresse oder ein Name.",
        "Une adresse e-mail ou un nom.",
    ),
    "What they must answer": (
        "Wat de behandelaar moet beantwoorden",
        "Was zu beantworten ist",
        "Ce à quoi il faut répondre",
    ),
    "By the playbook when left out.": (
        "Volgens het playbook, als je niets invult.",
        "Laut Playbook, wenn Sie nichts angeben.",
        "Selon le playbook, si vous laissez vide.",
    ),
    "Remind the resolver": (
        "Behandelaar herinneren",
        "Bearbeiter erinnern",
        "Relancer le responsable",
    ),
    "Remind them now": ("Nu herinneren", "Jetzt erinnern", "Relancer maintenant"),
    "They get a mail now, where the playbook reacts; their next day follows from the rules.": (
        "De behandelaar krijgt nu een e-mail, als het playbook reageert; de volgende dag volgt uit"
        " de regels.",
        "Der Bearbeiter bekommt jetzt eine E-Mail, wenn das Playbook reagiert; der nächste Termin"
        " folgt aus den Regeln.",
        "Le responsable reçoit un e-mail maintenant, si le playbook réagit ; sa prochaine échéance"
        " découle des règles.",
    ),
    "Record their answer": ("Antwoord vastleggen", "Antwort erfassen", "Enregistrer leur réponse"),
    "Record the answer": ("Antwoord vastleggen", "Antwort erfassen", "Enregistrer la réponse"),
    "The dispute then waits for your decision, or for the person they name.": (
        "Het dispuut wacht dan op jouw beslissing, of op de persoon die wordt genoemd.",
        "Die Reklamation wartet dann auf Ihre Entscheidung oder auf die genannte Person.",
        "Le litige attend alors votre décision, ou la personne indiquée.",
    ),
    "They say": ("Hun antwoord", "Die Antwort", "Leur réponse"),
    "Decide the dispute": (
        "Over het dispuut beslissen",
        "Über die Reklamation entscheiden",
        "Trancher le litige",
    ),
    "Decide it": ("Beslissen", "Entscheiden", "Trancher"),
    "The dispute ends. Follow-up of what is not credited continues, and the debtor hears it.": (
        "Het dispuut eindigt. De opvolging van wat niet wordt gecrediteerd gaat door, en de"
        " debiteur krijgt bericht.",
        "Die Reklamation endet. Was nicht gutgeschrieben wird, wird weiter gemahnt, und der Kunde"
        " wird benachrichtigt.",
        "Le litige prend fin. La relance de ce qui n'est pas crédité reprend, et le client en est"
        " informé.",
    ),
    "All of it when left out and credited.": (
        "Alles, als je niets invult en er wordt gecrediteerd.",
        "Alles, wenn Sie nichts angeben und gutgeschrieben wird.",
        "La totalité, si vous laissez vide et qu'un avoir est accordé.",
    ),
    "Explanation to the debtor": (
        "Uitleg aan de debiteur",
        "Erklärung an den Kunden",
        "Explication au client",
    ),
    "Withdraw the dispute": ("Dispuut intrekken", "Reklamation zurücknehmen", "Retirer le litige"),
    "Withdraw it": ("Intrekken", "Zurücknehmen", "Retirer"),
    "It was opened by mistake: it counts in no report, and stays in the file.": (
        "Het is per ongeluk geopend: het telt in geen enkel rapport mee, en blijft in het dossier.",
        "Sie wurde versehentlich eröffnet: sie zählt in keinem Bericht und bleibt in der Akte.",
        "Il a été ouvert par erreur : il ne compte dans aucun rapport, et reste dans le dossier.",
    ),
    "Open it again": ("Heropenen", "Wieder öffnen", "Rouvrir"),
    "The dispute continues under its number; follow-up pauses again.": (
        "Het dispuut gaat door onder zijn nummer; de opvolging pauzeert weer.",
        "Die Reklamation läuft unter ihrer Nummer weiter; das Mahnen pausiert wieder.",
        "Le litige continue sous son numéro ; la relance est de nouveau suspendue.",
    ),
}
