"""The texts of the pages: the English text is the key of the Dutch, German and French one."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # titles and notices
    "Dispute over invoice {invoices}": (
        "Dispuut over factuur {invoices}",
        "Reklamation zu Rechnung {invoices}",
        "Litige sur la facture {invoices}",
    ),
    "Thank you: your answer is recorded": (
        "Bedankt: je antwoord is vastgelegd",
        "Danke: Ihre Antwort ist festgehalten",
        "Merci : votre réponse est enregistrée",
    ),
    "There is no such page": (
        "Deze pagina bestaat niet",
        "Diese Seite gibt es nicht",
        "Page inconnue",
    ),
    "There is no such calendar": (
        "Deze agenda bestaat niet",
        "Diesen Kalender gibt es nicht",
        "Calendrier inconnu",
    ),
    "There is no such document": (
        "Dit document bestaat niet",
        "Dieses Dokument gibt es nicht",
        "Document inconnu",
    ),
    "Is the link complete?": (
        "Is de link volledig?",
        "Ist der Link vollständig?",
        "Le lien est-il complet ?",
    ),
    "This link is too old": (
        "Deze link is te oud",
        "Dieser Link ist zu alt",
        "Ce lien est trop ancien",
    ),
    "Answer the mail it came with, or ask for a new link.": (
        "Beantwoord de e-mail waarin hij stond, of vraag een nieuwe link.",
        "Antworten Sie auf die E-Mail, in der er stand, oder fragen Sie nach einem neuen Link.",
        "Répondez au message qui le contenait, ou demandez un nouveau lien.",
    ),
    "This dispute is closed": (
        "Dit dispuut is afgesloten",
        "Diese Reklamation ist abgeschlossen",
        "Ce litige est clos",
    ),
    "Nothing is left to dispute": (
        "Er valt niets meer te betwisten",
        "Es gibt nichts mehr zu reklamieren",
        "Il n'y a plus rien à contester",
    ),
    "Nothing is asked of you here any more": (
        "Hier wordt je niets meer gevraagd",
        "Hier werden Sie nichts mehr gefragt",
        "On ne vous demande plus rien ici",
    ),
    "There is nothing more to answer.": (
        "Er is niets meer te beantwoorden.",
        "Es gibt nichts mehr zu beantworten.",
        "Il n'y a plus rien à répondre.",
    ),
    "That could not be read": (
        "Dat kon niet worden gelezen",
        "Das konnte nicht gelesen werden",
        "Cela n'a pas pu être lu",
    ),
    "Send the form of the page.": (
        "Verstuur het formulier van de pagina.",
        "Senden Sie das Formular der Seite.",
        "Envoyez le formulaire de la page.",
    ),
    "At most {bytes} bytes.": (
        "Hoogstens {bytes} bytes.",
        "Höchstens {bytes} Bytes.",
        "Au plus {bytes} octets.",
    ),
    # the case of a resolver
    "Debtor": ("Debiteur", "Kunde", "Client"),
    "not known": ("niet bekend", "nicht bekannt", "inconnu"),
    "What is wrong, according to the debtor": (
        "Wat er volgens hen mis is",
        "Was nach ihrer Aussage nicht stimmt",
        "Ce qui ne va pas, selon eux",
    ),
    "In their words": ("In hun woorden", "In ihren Worten", "Dans leurs mots"),
    "What you are asked": ("Wat wij je vragen", "Was wir Sie fragen", "Ce que nous vous demandons"),
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
    "What happened so far (in English)": (
        "Wat er tot nu toe gebeurde (in het Engels)",
        "Was bisher geschah (auf Englisch)",
        "Ce qui s'est passé jusqu'ici (en anglais)",
    ),
    # the page of a case, from above to below
    "Can you solve this?": (
        "Kun jij dit oplossen?",
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
        "Tot je antwoordt wordt er niets gecrediteerd.",
        "Bis zu Ihrer Antwort wird nichts gutgeschrieben.",
        "Rien n'est crédité avant votre réponse.",
    ),
    "Your answer": ("Je antwoord", "Ihre Antwort", "Votre réponse"),
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
        "{who} leest je antwoord.",
        "{who} liest Ihre Antwort.",
        "{who} lit votre réponse.",
    ),
    "Until then nobody asks {debtor} for what is disputed.": (
        "Tot die tijd vraagt niemand {debtor} om wat betwist is.",
        "Bis dahin mahnt niemand {debtor} wegen des strittigen Betrags.",
        "D'ici là, personne ne réclame à {debtor} ce qui est contesté.",
    ),
    "You answered": ("Je hebt geantwoord", "Sie haben geantwortet", "Vous avez répondu"),
    "There is nothing more to do for you now.": (
        "Je hoeft nu niets meer te doen.",
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
        "Je mag tot {limit} goedkeuren: daarboven wordt ook de volgende gevraagd.",
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
        "Je zei: {answer}.",
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
    # the public form
    "Write to {creditor} about an invoice": (
        "Schrijf {creditor} over een factuur",
        "Schreiben Sie {creditor} zu einer Rechnung",
        "Écrire à {creditor} au sujet d'une facture",
    ),
    "Your name": ("Uw naam", "Ihr Name", "Votre nom"),
    "Your e-mail address, as we know it": (
        "Uw e-mailadres, zoals wij het kennen",
        "Ihre E-Mail-Adresse, wie wir sie kennen",
        "Votre adresse e-mail, telle que nous la connaissons",
    ),
    "Number of the invoice": (
        "Nummer van de factuur",
        "Rechnungsnummer",
        "Numéro de la facture",
    ),
    "What you want to tell us": (
        "Wat u ons wilt vertellen",
        "Was Sie uns mitteilen möchten",
        "Ce que vous voulez nous dire",
    ),
    "Leave this empty": ("Laat dit leeg", "Bitte leer lassen", "Laissez ce champ vide"),
    "Send": ("Versturen", "Senden", "Envoyer"),
    "Thank you": ("Dank u", "Vielen Dank", "Merci"),
    "We received your message and will read it.": (
        "Uw bericht is binnengekomen. Iemand kijkt ernaar.",
        "Ihre Nachricht ist eingegangen. Jemand sieht sie sich an.",
        "Votre message est arrivé. Quelqu'un le regarde.",
    ),
    "Your e-mail address: write it in full, such as you@company.example.": (
        "Uw e-mailadres: schrijf het voluit, zoals u@bedrijf.example.",
        "Ihre E-Mail-Adresse: bitte vollständig, wie sie@firma.example.",
        "Votre adresse e-mail : en entier, comme vous@societe.example.",
    ),
    "What you want to tell us: write at most {most} characters, and at least one.": (
        "Wat u ons wilt vertellen: schrijf hoogstens {most} tekens, en minstens één.",
        "Was Sie uns mitteilen möchten: höchstens {most} Zeichen, mindestens eines.",
        "Ce que vous voulez nous dire : {most} caractères au plus, et au moins un.",
    ),
    "The document is too large: at most {mb} MB.": (
        "Het document is te groot: het mag {mb} MB zijn.",
        "Das Dokument ist zu groß: erlaubt sind {mb} MB.",
        "Le document est trop grand : {mb} Mo au plus.",
    ),
    "Too many messages at once. Please try again in a minute.": (
        "Te veel berichten tegelijk. Probeer het over een minuut opnieuw.",
        "Zu viele Nachrichten auf einmal. Bitte in einer Minute noch einmal.",
        "Trop de messages à la fois. Réessayez dans une minute.",
    ),
    "The form could not be read. Please fill it in again.": (
        "Dat konden we niet lezen. Vul het formulier nog eens in.",
        "Das konnten wir nicht lesen. Bitte füllen Sie das Formular noch einmal aus.",
        "Nous n'avons pas pu lire cela. Veuillez remplir le formulaire encore une fois.",
    ),
    "No more documents can be received here today. Please send your message without it.": (
        "Vandaag kunnen hier geen documenten meer worden ontvangen. Stuur uw bericht zonder.",
        "Heute können hier keine Dokumente mehr empfangen werden. Senden Sie die Nachricht ohne.",
        "Aucun document ne peut plus être reçu ici aujourd'hui. Envoyez votre message sans lui.",
    ),
}
