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
    "What the playbook suggests can be changed.": (
        "Wat het playbook voorstelt, kan worden gewijzigd.",
        "Was das Playbook vorschlägt, kann geändert werden.",
        "Ce que le playbook propose peut être modifié.",
    ),
    "all of it": ("alles", "alles", "le tout"),
    "Disputed of {number}: an amount or per cent": (
        "Betwist van {number}: een bedrag of een percentage",
        "Strittig von {number}: ein Betrag oder Prozent",
        "Contesté de {number} : un montant ou un pourcentage",
    ),
    "An amount or per cent; all of it when left out.": (
        "Een bedrag of een percentage; alles als het leeg blijft.",
        "Ein Betrag oder Prozent; alles, wenn es leer bleibt.",
        "Un montant ou un pourcentage ; le tout si ce champ reste vide.",
    ),
    "A percentage is more than 0 and at most 100.": (
        "Een percentage is meer dan 0 en hooguit 100.",
        "Ein Prozentsatz ist größer als 0 und höchstens 100.",
        "Un pourcentage est supérieur à 0 et au plus égal à 100.",
    ),
    "Choose the lines": ("Regels kiezen", "Positionen wählen", "Choisir les lignes"),
    "What they say": ("Wat ze zeggen", "Was sie sagen", "Ce qu'ils disent"),
    "They complained on": ("Ze klaagden op", "Reklamiert am", "Réclamé le"),
    "Who solves it works from this alone.": (
        "Wie het oplost, heeft alleen deze woorden.",
        "Wer es löst, hat nur diese Worte.",
        "Qui le résout n'a que ces mots.",
    ),
    "by the playbook": ("volgens het playbook", "nach dem Playbook", "selon le playbook"),
    "What we ask": ("Wat we vragen", "Was wir fragen", "Ce que nous demandons"),
    "Ask and inform nobody yet": (
        "Nog niemand vragen of inlichten",
        "Noch niemanden fragen oder informieren",
        "Ne solliciter ni informer personne pour l'instant",
    ),
    "The mails that would be sent": (
        "De e-mails die zouden worden verstuurd",
        "Die E-Mails, die gesendet würden",
        "Les e-mails qui seraient envoyés",
    ),
    "What this does": ("Wat dit doet", "Was das bewirkt", "Ce que cela fait"),
    "Nobody is asked yet: it stays on the list of today.": (
        "Er wordt nog niemand gevraagd: het blijft op de lijst van vandaag.",
        "Noch wird niemand gefragt: Es bleibt auf der Liste von heute.",
        "Personne n'est encore sollicité : cela reste dans la liste d'aujourd'hui.",
    ),
    "Show what it would do": (
        "Tonen wat het zou doen",
        "Zeigen, was es bewirken würde",
        "Montrer ce que cela ferait",
    ),
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
        "Volgens het playbook, als u niets invult.",
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
        "Het dispuut wacht dan op uw beslissing, of op de persoon die wordt genoemd.",
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
        "Alles, als u niets invult en er wordt gecrediteerd.",
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
