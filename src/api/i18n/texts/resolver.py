"""The texts of the resolver's page of a case, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # the case of a resolver
    "Debtor": ("Debiteur", "Kunde", "Client"),
    "not known": ("niet bekend", "nicht bekannt", "inconnu"),
    "In their words": ("In hun woorden", "In ihren Worten", "Dans leurs mots"),
    "Please answer by": (
        "Graag antwoord uiterlijk",
        "Bitte antworten bis",
        "Réponse au plus tard le",
    ),
    "Asked by": ("Gevraagd door", "Gefragt von", "Demandé par"),
    "Why it was reopened": (
        "Waarom het is heropend",
        "Warum es wieder offen ist",
        "Pourquoi c'est rouvert",
    ),
    "Assigned to": ("Gevraagd aan", "Gefragt ist", "Demandé à"),
    "Invoices": ("Facturen", "Rechnungen", "Factures"),
    "Invoice": ("Factuur", "Rechnung", "Facture"),
    "Invoice {invoice}": ("Factuur {invoice}", "Rechnung {invoice}", "Facture {invoice}"),
    "invoice {invoice}": ("factuur {invoice}", "Rechnung {invoice}", "facture {invoice}"),
    "Issued on": ("Van", "Vom", "Du"),
    "Due": ("Te betalen", "Fällig", "Échéance"),
    "Amount": ("Bedrag", "Betrag", "Montant"),
    "Open": ("Open", "Offen", "Dû"),
    "Disputed": ("Betwist", "Strittig", "Contesté"),
    "Order": ("Bestelling", "Bestellung", "Commande"),
    "Documents": ("Documenten", "Dokumente", "Documents"),
    # the page of a case, from above to below
    "Can you solve this?": (
        "Kunt u dit oplossen?",
        "Können Sie das lösen?",
        "Pouvez-vous résoudre ceci ?",
    ),
    "It is about {amount}.": (
        "Het gaat om {amount}.",
        "Es geht um {amount}.",
        "Il s'agit de {amount}.",
    ),
    "{share} % of {amount}": (
        "{share} % van {amount}",
        "{share} % von {amount}",
        "{share} % de {amount}",
    ),
    "Nothing is credited until you answer.": (
        "Tot u antwoordt wordt er niets gecrediteerd.",
        "Bis zu Ihrer Antwort wird nichts gutgeschrieben.",
        "Rien n'est crédité avant votre réponse.",
    ),
    "Your answer": ("Uw antwoord", "Ihre Antwort", "Votre réponse"),
    "and this is how it ended": (
        "en zo is het afgelopen",
        "und so ist es ausgegangen",
        "et voici comment",
    ),
    "it will be later": ("het wordt later", "es wird später", "ce sera plus tard"),
    "ask somebody else": (
        "vraag het iemand anders",
        "fragen Sie jemand anderen",
        "demandez à quelqu'un d'autre",
    ),
    "and this is why": ("en dit is waarom", "und das ist der Grund", "et voici pourquoi"),
    "Description": ("Omschrijving", "Bezeichnung", "Désignation"),
    "Quantity": ("Aantal", "Menge", "Quantité"),
    "What happens next": ("Wat er daarna gebeurt", "Wie es weitergeht", "La suite"),
    "A colleague": ("Een collega", "Ein Kollege", "Un collègue"),
    "{who} reads your answer.": (
        "{who} leest uw antwoord.",
        "{who} liest Ihre Antwort.",
        "{who} lit votre réponse.",
    ),
    "Until then nobody asks {debtor} for what is disputed.": (
        "Tot die tijd vraagt niemand {debtor} om wat betwist is.",
        "Bis dahin mahnt niemand {debtor} wegen des strittigen Betrags.",
        "D'ici là, personne ne réclame à {debtor} ce qui est contesté.",
    ),
    "You answered": ("U hebt geantwoord", "Sie haben geantwortet", "Vous avez répondu"),
    "There is nothing more to do for you now.": (
        "U hoeft nu niets meer te doen.",
        "Sie müssen jetzt nichts mehr tun.",
        "Vous n'avez plus rien à faire pour l'instant.",
    ),
    "This link is for {who}.": (
        "Deze link is voor {who}.",
        "Dieser Link ist für {who}.",
        "Ce lien est destiné à {who}.",
    ),
    "Is it for somebody else? Answer “{answer}”, and do not pass the link on.": (
        "Moet een ander dit doen? Antwoord “{answer}”, en stuur de link niet door.",
        "Ist es für jemand anderen? Antworten Sie „{answer}“ und leiten Sie den Link nicht weiter.",
        "C'est pour quelqu'un d'autre ? Répondez « {answer} », et ne transférez pas le lien.",
    ),
    # its credit
    "To credit": ("Te crediteren", "Gutzuschreiben", "À créditer"),
    "Credit": ("Creditering", "Gutschrift", "Avoir"),
    "{amount} waits for {who}": (
        "{amount} wacht op {who}",
        "{amount} wartet auf {who}",
        "{amount} en attente de {who}",
    ),
    "refused: {why}": ("afgewezen: {why}", "abgelehnt: {why}", "refusé : {why}"),
    "May this be credited?": (
        "Mag dit worden gecrediteerd?",
        "Darf das gutgeschrieben werden?",
        "Peut-on accorder cet avoir ?",
    ),
    "Proposed by {who}": ("Voorgesteld door {who}", "Vorgeschlagen von {who}", "Proposé par {who}"),
    "You may approve up to {limit}: above that the next approver is asked as well.": (
        "U mag tot {limit} goedkeuren: daarboven wordt ook de volgende gevraagd.",
        "Sie dürfen bis {limit} genehmigen: darüber wird auch der Nächste gefragt.",
        "Vous pouvez approuver jusqu'à {limit} : au-delà, le suivant est aussi sollicité.",
    ),
    "I approve it": ("Ik keur het goed", "Ich genehmige es", "Je l'approuve"),
    "I do not approve it": (
        "Ik keur het niet goed",
        "Ich genehmige es nicht",
        "Je ne l'approuve pas",
    ),
    # the answer
    "It is solved": ("Het is opgelost", "Es ist gelöst", "C'est résolu"),
    "It is not solved yet": (
        "Het is nog niet opgelost",
        "Es ist noch nicht gelöst",
        "Ce n'est pas encore résolu",
    ),
    "It is not for me": ("Het is niet voor mij", "Es ist nicht für mich", "Ce n'est pas pour moi"),
    "How": ("Hoe", "Wie", "Comment"),
    "Choose": ("Kies", "Bitte wählen", "Choisissez"),
    "What went wrong on our side": (
        "Wat er bij ons mis was gegaan",
        "Was bei uns schiefgegangen war",
        "Ce qui n'allait pas chez nous",
    ),
    "To credit on invoice {invoice}, in {currency}": (
        "Te crediteren op factuur {invoice}, in {currency}",
        "Gutzuschreiben auf Rechnung {invoice}, in {currency}",
        "À créditer sur la facture {invoice}, en {currency}",
    ),
    "To credit on invoice {invoice}: {amount}.": (
        "Te crediteren op factuur {invoice}: {amount}.",
        "Gutzuschreiben auf Rechnung {invoice}: {amount}.",
        "À créditer sur la facture {invoice} : {amount}.",
    ),
    "What else we should know": (
        "Wat wij verder moeten weten",
        "Was wir noch wissen sollten",
        "Ce que nous devons savoir d'autre",
    ),
    "Why": ("Waarom", "Warum", "Pourquoi"),
    "A document, if there is one (at most {mb} MB)": (
        "Een document, als dat er is (hoogstens {mb} MB)",
        "Ein Dokument, falls vorhanden (höchstens {mb} MB)",
        "Un document, s'il y en a un ({mb} Mo au plus)",
    ),
    "It will be solved on": ("Dat wordt het op", "Es wird gelöst am", "Ce le sera le"),
    "Who should be asked (e-mail address or name)": (
        "Wie gevraagd moet worden (e-mailadres of naam)",
        "Wer gefragt werden soll (E-Mail-Adresse oder Name)",
        "Qui faut-il solliciter (adresse e-mail ou nom)",
    ),
    # what was recorded
    "Your answer: {answer}.": (
        "Uw antwoord: {answer}.",
        "Sie sagten: {answer}.",
        "Vous avez dit : {answer}.",
    ),
    "We look at it again on {day}.": (
        "Wij kijken er weer naar op {day}.",
        "Wir sehen am {day} wieder danach.",
        "Nous y reviendrons le {day}.",
    ),
    "{who} is asked to solve it.": (
        "{who} is gevraagd om het op te lossen.",
        "{who} ist gebeten, es zu lösen.",
        "{who} est sollicité pour le résoudre.",
    ),
    "{who} is asked to approve it.": (
        "{who} is gevraagd om het goed te keuren.",
        "{who} ist gebeten, es zu genehmigen.",
        "{who} est sollicité pour l'approuver.",
    ),
    # what is wrong with an answer
    "“{field}” cannot be read.": (
        "“{field}” kan niet worden gelezen.",
        "„{field}“ kann nicht gelesen werden.",
        "« {field} » n'est pas lisible.",
    ),
    "It cannot be recorded: {why}": (
        "Het kan niet worden vastgelegd: {why}",
        "Es kann nicht festgehalten werden: {why}",
        "Cela ne peut pas être enregistré : {why}",
    ),
}
