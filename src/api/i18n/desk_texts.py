"""The texts of the desk and of signing in: the English text is the key of the Dutch, German and
French one."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # the frame of each page
    "Skip to the work": ("Naar de inhoud", "Zum Inhalt", "Aller au contenu"),
    "Menu": ("Menu", "Menü", "Menu"),
    "Main": ("Hoofdmenu", "Hauptmenü", "Menu principal"),
    "Find": ("Zoeken", "Suchen", "Rechercher"),
    "Find anything": ("Overal zoeken", "Überall suchen", "Rechercher partout"),
    "Today": ("Vandaag", "Heute", "Aujourd'hui"),
    "Inbox": ("Postvak in", "Posteingang", "Boîte de réception"),
    "Outbox": ("Postvak uit", "Postausgang", "Boîte d'envoi"),
    "Disputes": ("Disputen", "Reklamationen", "Litiges"),
    "Asked of me": ("Aan mij gevraagd", "Meine Anfragen", "Ce qu'on me demande"),
    "All that is asked of me": (
        "Alles wat aan mij is gevraagd",
        "Alle meine Anfragen",
        "Tout ce qu'on me demande",
    ),
    "Nothing waits for your answer.": (
        "Er wacht niets op je antwoord.",
        "Nichts wartet auf Ihre Antwort.",
        "Rien n'attend votre réponse.",
    ),
    "You answered, and a colleague decides": (
        "Jij hebt geantwoord, een collega beslist",
        "Sie haben geantwortet, ein Kollege entscheidet",
        "Vous avez répondu, un collègue décide",
    ),
    "answered": ("beantwoord", "beantwortet", "répondu"),
    "late": ("te laat", "überfällig", "en retard"),
    "Debtors": ("Debiteuren", "Kunden", "Clients"),
    "Keys of this page": (
        "Sneltoetsen van deze pagina",
        "Tastenkürzel dieser Seite",
        "Raccourcis de cette page",
    ),
    "Where you are": ("Waar je bent", "Wo Sie sind", "Où vous êtes"),
    "Back to the list": ("Terug naar de lijst", "Zurück zur Liste", "Retour à la liste"),
    "Back to today": ("Terug naar vandaag", "Zurück zu heute", "Retour à aujourd'hui"),
    "Number for your administrator": (
        "Nummer voor je beheerder",
        "Nummer für Ihren Administrator",
        "Numéro pour votre administrateur",
    ),
    "This page is for: {roles}. Your administrator can change your role.": (
        "Deze pagina is voor: {roles}. Je beheerder kan je rol wijzigen.",
        "Diese Seite ist für: {roles}. Ihr Administrator kann Ihre Rolle ändern.",
        "Cette page est réservée à : {roles}. Votre administrateur peut changer votre rôle.",
    ),
    "More": ("Meer", "Mehr", "Voir plus"),
    "Show all": ("Alles tonen", "Alle anzeigen", "Tout afficher"),
    "Show everything": ("Alles tonen", "Alles anzeigen", "Tout afficher"),
    "Error": ("Fout", "Fehler", "Erreur"),
    # who is signed in
    "Language": ("Taal", "Sprache", "Langue"),
    "Business units": ("Bedrijfsonderdelen", "Geschäftsbereiche", "Entités"),
    "all": ("alles", "alles", "tout"),
    "Sign out": ("Uitloggen", "Abmelden", "Se déconnecter"),
    "admin": ("beheerder", "Administrator", "administrateur"),
    "collector": ("debiteurenbeheerder", "Forderungsmanager", "chargé de recouvrement"),
    "resolver": ("behandelaar", "Bearbeiter", "responsable"),
    "auditor": ("auditor", "Prüfer", "auditeur"),
    "agency": ("incassobureau", "Inkassobüro", "agence de recouvrement"),
    # signing in
    "Sign in": ("Inloggen", "Anmelden", "Se connecter"),
    "This link signs you in once.": (
        "Met deze link log je één keer in.",
        "Mit diesem Link melden Sie sich einmal an.",
        "Ce lien vous connecte une seule fois.",
    ),
    "Your mail address": ("Je e-mailadres", "Ihre E-Mail-Adresse", "Votre adresse e-mail"),
    "Send me a code": ("Stuur mij een code", "Code zusenden", "M'envoyer un code"),
    "No password here. You get six figures by mail; they are good for 15 minutes and once.": (
        "Hier is geen wachtwoord nodig. Je krijgt zes cijfers per e-mail; ze zijn 15 minuten en"
        " één keer geldig.",
        "Hier brauchen Sie kein Passwort. Sie bekommen sechs Ziffern per E-Mail; sie gelten 15"
        " Minuten und nur einmal.",
        "Pas de mot de passe ici. Vous recevez six chiffres par e-mail ; ils sont valables 15"
        " minutes, une seule fois.",
    ),
    "What we keep about you": (
        "Wat we over je bewaren",
        "Was wir über Sie speichern",
        "Ce que nous conservons sur vous",
    ),
    "Your name, address and language, and when you signed in. One cookie, only to stay signed"
    " in.": (
        "Je naam, adres en taal, en wanneer je inlogde. Eén cookie, alleen om ingelogd te blijven.",
        "Ihren Namen, Ihre Adresse und Sprache, und wann Sie sich angemeldet haben. Ein Cookie,"
        " nur damit Sie angemeldet bleiben.",
        "Vos nom, adresse et langue, et vos dates de connexion. Un seul cookie, uniquement pour"
        " rester connecté.",
    ),
    "Your code": ("Je code", "Ihr Code", "Votre code"),
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
        "Hier kan geen e-mail worden verstuurd. Vraag je beheerder om een link.",
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
        "{code} is je code voor Dossier",
        "{code} ist Ihr Code für Dossier",
        "{code} est votre code pour Dossier",
    ),
    "Your code is {code}. It is valid for 15 minutes, once.": (
        "Je code is {code}. Hij is 15 minuten geldig, voor één keer.",
        "Ihr Code ist {code}. Er gilt 15 Minuten, für ein Mal.",
        "Votre code est {code}. Il est valable 15 minutes, une seule fois.",
    ),
    "Enter it on the page that is open in your browser.": (
        "Vul hem in op de pagina die openstaat in je browser.",
        "Geben Sie ihn auf der Seite ein, die in Ihrem Browser offen ist.",
        "Saisissez-le sur la page ouverte dans votre navigateur.",
    ),
    "If you did not ask for it, somebody typed your address: nothing happens.": (
        "Heb je er niet om gevraagd, dan heeft iemand jouw adres ingetypt: er gebeurt niets.",
        "Falls Sie ihn nicht angefordert haben, hat jemand Ihre Adresse eingegeben: es passiert"
        " nichts.",
        "Si vous ne l'avez pas demandé, quelqu'un a saisi votre adresse : il ne se passe rien.",
    ),
    # the list of today
    "Today, {count} to do": (
        "Vandaag, {count} te doen",
        "Heute, {count} zu erledigen",
        "Aujourd'hui, {count} à faire",
    ),
    "to do": ("te doen", "zu erledigen", "à faire"),
    "worth": ("goed voor", "im Wert von", "pour"),
    "and": ("en", "und", "et"),
    "Views": ("Weergaven", "Ansichten", "Vues"),
    "Everything": ("Alles", "Alles", "Tout"),
    "Broken promises": (
        "Gebroken betaalbeloften",
        "Gebrochene Zahlungszusagen",
        "Promesses non tenues",
    ),
    "Disputes to decide": (
        "Te beslissen disputen",
        "Zu entscheidende Reklamationen",
        "Litiges à trancher",
    ),
    "Debtors to answer": (
        "Te beantwoorden debiteuren",
        "Kunden ohne Antwort",
        "Clients à qui répondre",
    ),
    "Unallocated money": (
        "Niet-toegewezen betalingen",
        "Nicht zugeordnete Zahlungen",
        "Paiements non affectés",
    ),
    "Filters": ("Filters", "Filter", "Filtres"),
    "Filter": ("Filteren", "Filtern", "Filtrer"),
    "Remove filter {name}": (
        "Filter {name} verwijderen",
        "Filter {name} entfernen",
        "Retirer le filtre {name}",
    ),
    "Mine": ("Mijn taken", "Meine Aufgaben", "Mes tâches"),
    "What to do": ("Soort taak", "Art der Aufgabe", "Type de tâche"),
    "Business unit": ("Bedrijfsonderdeel", "Geschäftsbereich", "Entité"),
    "By debtor": ("Per debiteur", "Nach Kunde", "Par client"),
    "By urgency": ("Op urgentie", "Nach Dringlichkeit", "Par urgence"),
    "Things to do, the most urgent first": (
        "Taken, de dringendste eerst",
        "Aufgaben, die dringendsten zuerst",
        "Tâches, les plus urgentes d'abord",
    ),
    "Without a debtor": ("Zonder debiteur", "Kein Kunde", "Sans client"),
    "owes": ("openstaand", "offen", "doit"),
    "Select {number}": ("{number} selecteren", "{number} auswählen", "Sélectionner {number}"),
    "Actions for {number}": (
        "Acties voor {number}",
        "Aktionen für {number}",
        "Actions pour {number}",
    ),
    "Nothing is to do here.": (
        "Hier is niets te doen.",
        "Hier ist nichts zu tun.",
        "Il n'y a rien à faire ici.",
    ),
    "For all selected": (
        "Voor alle geselecteerde taken",
        "Für alle ausgewählten Aufgaben",
        "Pour toutes les tâches sélectionnées",
    ),
    "selected": ("geselecteerd", "ausgewählt", "sélectionnée(s)"),
    "Clear the selection": ("Selectie wissen", "Auswahl aufheben", "Effacer la sélection"),
    "{count} tasks": ("{count} taken", "{count} Aufgaben", "{count} tâches"),
    "today": ("vandaag", "heute", "aujourd'hui"),
    "1 day": ("1 dag", "1 Tag", "1 jour"),
    "{count} days": ("{count} dagen", "{count} Tage", "{count} jours"),
    # the names of filters
    "business_unit": ("bedrijfsonderdeel", "Geschäftsbereich", "entité"),
    "action": ("taak", "Aufgabe", "tâche"),
    "debtor": ("debiteur", "Kunde", "client"),
    "number": ("nummer", "Nummer", "numéro"),
    "status": ("status", "Status", "statut"),
    "reason": ("reden", "Grund", "motif"),
    # keys
    "move": ("omlaag en omhoog", "abwärts und aufwärts", "descendre et monter"),
    "find": ("zoeken", "suchen", "rechercher"),
    "all keys": ("alle sneltoetsen", "alle Tastenkürzel", "tous les raccourcis"),
    "select": ("selecteren", "auswählen", "sélectionner"),
    "back": ("terug", "zurück", "retour"),
    # tasks: shown with a capital first letter and all others small, so no German noun but the first
    "chase debtor": ("debiteur herinneren", "Kunden mahnen", "relancer le client"),
    "resume after dispute": (
        "hervatten na dispuut",
        "Reklamation beendet, weiter mahnen",
        "reprendre après litige",
    ),
    "hold expired": ("pauze verlopen", "Mahnstopp abgelaufen", "suspension expirée"),
    "promise due": ("betaalbelofte vervalt", "Zahlungszusage fällig", "promesse à échéance"),
    "broken promise": ("gebroken betaalbelofte", "Zahlungszusage gebrochen", "promesse non tenue"),
    "assign resolver": ("behandelaar toewijzen", "Bearbeiter zuweisen", "désigner un responsable"),
    "chase resolver": ("behandelaar herinneren", "Bearbeiter erinnern", "relancer le responsable"),
    "judge answer": ("antwoord beoordelen", "Antwort beurteilen", "évaluer la réponse"),
    "decide dispute": ("over dispuut beslissen", "Reklamation entscheiden", "trancher le litige"),
    "chase approver": ("goedkeurder herinneren", "Genehmiger erinnern", "relancer l'approbateur"),
    "issue credit note": ("creditnota maken", "Gutschrift erstellen", "émettre un avoir"),
    "unallocated money": (
        "niet-toegewezen betaling",
        "Zahlung nicht zugeordnet",
        "paiement non affecté",
    ),
    "approve afterwards": (
        "achteraf goedkeuren",
        "nachträglich genehmigen",
        "approuver après coup",
    ),
    "mail failed": ("e-mail niet bezorgd", "Zustellung fehlgeschlagen", "e-mail non remis"),
    "complete data": ("gegevens aanvullen", "Daten ergänzen", "compléter les données"),
    "answer debtor": ("debiteur antwoorden", "Kundenanfrage beantworten", "répondre au client"),
    "reopen dispute": ("dispuut heropenen", "Reklamation wieder öffnen", "rouvrir le litige"),
    "choose invoice document": (
        "factuurdocument kiezen",
        "Rechnungsdokument wählen",
        "choisir le document de la facture",
    ),
    # statuses
    "open": ("open", "offen", "ouvert"),
    "disputed": ("betwist", "strittig", "contesté"),
    "dispute resolved": ("dispuut opgelost", "Reklamation geklärt", "litige résolu"),
    "promised": ("beloofd", "zugesagt", "promis"),
    "held": ("gepauzeerd", "pausiert", "suspendu"),
    "handed off": ("overgedragen", "übergeben", "transmis"),
    "paid": ("betaald", "bezahlt", "payé"),
    "credited": ("gecrediteerd", "gutgeschrieben", "crédité"),
    "written off": ("afgeschreven", "ausgebucht", "passé en perte"),
    "overpaid": ("te veel betaald", "überzahlt", "trop-perçu"),
    "cancelled": ("geannuleerd", "storniert", "annulé"),
    "resolved": ("opgelost", "geklärt", "résolu"),
    "voided": ("ingetrokken", "zurückgenommen", "retiré"),
    "not opened": ("niet geopend", "nicht eröffnet", "non ouvert"),
    # channels
    "phone": ("telefoon", "Telefon", "téléphone"),
    "e-mail": ("e-mail", "E-Mail", "e-mail"),
    "whatsapp": ("WhatsApp", "WhatsApp", "WhatsApp"),
    "letter": ("brief", "Brief", "courrier"),
    "sms": ("sms", "SMS", "SMS"),
    "portal": ("portaal", "Portal", "portail"),
    "visit": ("bezoek", "Besuch", "visite"),
    "e-invoice": ("e-factuur", "E-Rechnung", "facture électronique"),
    # debtors
    "Balance": ("Saldo", "Saldo", "Solde"),
    "Overdue": ("Vervallen", "Überfällig", "Échu"),
    "Promises": ("Betaalbeloften", "Zahlungszusagen", "Promesses"),
    "kept": ("nagekomen", "eingehalten", "tenues"),
    "Promises kept": ("Nagekomen beloften", "Eingehaltene Zusagen", "Promesses tenues"),
    "No debtor has an invoice yet.": (
        "Nog geen enkele debiteur heeft een factuur.",
        "Noch kein Kunde hat eine Rechnung.",
        "Aucun client n'a encore de facture.",
    ),
    "1 invoice open": ("1 factuur open", "1 Rechnung offen", "1 facture ouverte"),
    "{count} invoices open": (
        "{count} facturen open",
        "{count} Rechnungen offen",
        "{count} factures ouvertes",
    ),
    "1 dispute so far": ("1 dispuut tot nu toe", "1 Reklamation bisher", "1 litige à ce jour"),
    "{count} disputes so far": (
        "{count} disputen tot nu toe",
        "{count} Reklamationen bisher",
        "{count} litiges à ce jour",
    ),
    "Open invoices": ("Openstaande facturen", "Offene Rechnungen", "Factures ouvertes"),
    "Status": ("Status", "Status", "Statut"),
    "Nothing is open.": ("Er staat niets open.", "Es ist nichts offen.", "Aucune facture ouverte."),
    "until": ("tot", "bis", "jusqu'au"),
    "About this debtor": ("Over deze debiteur", "Zu diesem Kunden", "À propos de ce client"),
    "Contact": ("Contact", "Kontakt", "Contact"),
    "Name": ("Naam", "Name", "Nom"),
    "Phone": ("Telefoon", "Telefon", "Téléphone"),
    "Mail": ("E-mail", "E-Mail", "E-mail"),
    "no mail address": ("geen e-mailadres", "keine E-Mail-Adresse", "pas d'adresse e-mail"),
    "Address": ("Adres", "Adresse", "Adresse"),
    "no address": ("geen adres", "keine Adresse", "pas d'adresse"),
    "VAT number": ("Btw-nummer", "USt-IdNr.", "Numéro de TVA"),
    "This debtor has invoices, but no data of their own.": (
        "Deze debiteur heeft facturen, maar geen eigen gegevens.",
        "Dieser Kunde hat Rechnungen, aber keine eigenen Daten.",
        "Ce client a des factures, mais pas de données propres.",
    ),
    # invoices
    "Number begins with": ("Nummer begint met", "Nummer beginnt mit", "Le numéro commence par"),
    "No invoice fits.": (
        "Geen factuur gevonden.",
        "Keine Rechnung gefunden.",
        "Aucune facture trouvée.",
    ),
    "Nothing fits.": ("Niets gevonden.", "Nichts gefunden.", "Aucun résultat."),
    "Invoice {number}": ("Factuur {number}", "Rechnung {number}", "Facture {number}"),
    "due": ("te betalen op", "fällig am", "échéance le"),
    "{age} late": ("{age} te laat", "{age} überfällig", "{age} de retard"),
    "What it stands at": ("De stand", "Der Stand", "La situation"),
    "Costs and interest": ("Kosten en rente", "Kosten und Zinsen", "Frais et intérêts"),
    "Paid": ("Betaald", "Bezahlt", "Payé"),
    "Undisputed": ("Onbetwist", "Unstrittig", "Non contesté"),
    "Promised": ("Beloofd", "Zugesagt", "Promis"),
    "Of what is open:": ("Van wat openstaat:", "Vom offenen Betrag:", "Sur le montant dû :"),
    "About this invoice": ("Over deze factuur", "Zu dieser Rechnung", "À propos de cette facture"),
    "No debtor is registered for it.": (
        "Er is geen debiteur voor geregistreerd.",
        "Dafür ist kein Kunde erfasst.",
        "Aucun client n'y est enregistré.",
    ),
    "with {who}": ("bij {who}", "bei {who}", "chez {who}"),
    "Open the dispute": ("Dispuut openen", "Reklamation öffnen", "Ouvrir le litige"),
    "Lines": ("Regels", "Positionen", "Lignes"),
    # what happened: the entries of a file
    "What happened": ("Wat er gebeurd is", "Was geschehen ist", "Ce qui s'est passé"),
    "1 entry": ("1 vermelding", "1 Eintrag", "1 entrée"),
    "{count} entries": ("{count} vermeldingen", "{count} Einträge", "{count} entrées"),
    "entry {number}": ("vermelding {number}", "Eintrag {number}", "entrée {number}"),
    "Filter by channel": ("Filteren op kanaal", "Nach Kanal filtern", "Filtrer par canal"),
    "All": ("Alles", "Alle", "Tout"),
    "Nothing by this channel.": (
        "Niets via dit kanaal.",
        "Nichts über diesen Kanal.",
        "Rien par ce canal.",
    ),
    "Show older entries": (
        "Oudere vermeldingen tonen",
        "Ältere Einträge anzeigen",
        "Afficher les entrées plus anciennes",
    ),
    "As of": ("Stand", "Stand", "État"),
    "now": ("nu", "jetzt", "maintenant"),
    "Show": ("Tonen", "Anzeigen", "Afficher"),
    "This is the file as it was after entry {line} of {last}. Nothing can be done in the past.": (
        "Dit is het dossier zoals het was na vermelding {line} van {last}. In het verleden kun je"
        " niets doen.",
        "So war die Akte nach Eintrag {line} von {last}. In der Vergangenheit lässt sich nichts"
        " tun.",
        "Voici le dossier tel qu'il était après l'entrée {line} sur {last}. On ne peut rien faire"
        " dans le passé.",
    ),
    "Show it now": ("Huidige stand tonen", "Aktuellen Stand anzeigen", "Afficher l'état actuel"),
    "The entry as it was written": (
        "De vermelding zoals die is geschreven",
        "Der Eintrag, wie er geschrieben wurde",
        "L'entrée telle qu'elle a été écrite",
    ),
    "Position": ("Positie", "Position", "Position"),
    "line {number} of this book": (
        "regel {number} van dit dossier",
        "Zeile {number} dieser Akte",
        "ligne {number} de ce dossier",
    ),
    "Recorded": ("Vastgelegd", "Erfasst", "Enregistré"),
    # disputes
    "Dispute": ("Dispuut", "Reklamation", "Litige"),
    "Reason": ("Reden", "Grund", "Motif"),
    "Resolver": ("Behandelaar", "Bearbeiter", "Responsable"),
    "nobody yet": ("nog niemand", "noch niemand", "encore personne"),
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
    # inbox and outbox
    "Messages that need a person, the oldest first.": (
        "Berichten waar iemand naar moet kijken, de oudste eerst.",
        "Nachrichten, die jemand ansehen muss, die ältesten zuerst.",
        "Messages qui demandent une intervention, les plus anciens d'abord.",
    ),
    "Dispute {number}: {reason}": (
        "Dispuut {number}: {reason}",
        "Reklamation {number}: {reason}",
        "Litige {number} : {reason}",
    ),
    "File it…": ("Toewijzen…", "Zuordnen…", "Classer…"),
    "Nothing to do…": ("Niets te doen…", "Nichts zu tun…", "Rien à faire…"),
    "Nothing waits. Messages that name their invoice are filed by themselves.": (
        "Er wacht niets. Berichten die hun factuur noemen, worden vanzelf toegewezen.",
        "Es wartet nichts. Nachrichten, die ihre Rechnung nennen, werden von selbst zugeordnet.",
        "Rien n'attend. Les messages qui citent leur facture sont classés d'eux-mêmes.",
    ),
    "What waits to be sent, and what could not be.": (
        "Wat op verzending wacht, en wat niet kon worden verstuurd.",
        "Was auf den Versand wartet und was nicht gesendet werden konnte.",
        "Ce qui attend d'être envoyé, et ce qui n'a pas pu l'être.",
    ),
    "What": ("Wat", "Was", "Objet"),
    "To": ("Aan", "An", "À"),
    "About": ("Over", "Betrifft", "Concerne"),
    "Since": ("Sinds", "Seit", "Depuis"),
    "failed": ("mislukt", "fehlgeschlagen", "échoué"),
    "waits": ("wacht", "wartet", "en attente"),
    "Nothing waits to be sent.": (
        "Er wacht niets op verzending.",
        "Nichts wartet auf den Versand.",
        "Rien n'attend d'être envoyé.",
    ),
    # the form of an act
    "Do": ("Acties", "Aktionen", "Actions"),
    "Back, without doing it": (
        "Terug, zonder het te doen",
        "Zurück, ohne es zu tun",
        "Retour, sans le faire",
    ),
    "That cannot be recorded yet": (
        "Dat kan nog niet worden vastgelegd",
        "Das kann noch nicht festgehalten werden",
        "Cela ne peut pas encore être enregistré",
    ),
    "Choose…": ("Kies…", "Bitte wählen…", "Choisissez…"),
    "optional": ("niet verplicht", "optional", "facultatif"),
    "This would be recorded:": (
        "Dit zou worden vastgelegd:",
        "Das würde festgehalten:",
        "Voici ce qui serait enregistré :",
    ),
    "Show what it would record": (
        "Tonen wat er zou worden vastgelegd",
        "Zeigen, was festgehalten würde",
        "Voir ce qui serait enregistré",
    ),
    "This is needed.": (
        "Dit moet je invullen.",
        "Bitte füllen Sie das aus.",
        "Ce champ est obligatoire.",
    ),
    "This form was sent already. Look at the file before you send it again.": (
        "Dit formulier is al verstuurd. Kijk in het dossier voordat je het opnieuw verstuurt.",
        "Dieses Formular wurde schon gesendet. Sehen Sie in die Akte, bevor Sie es noch einmal"
        " senden.",
        "Ce formulaire a déjà été envoyé. Consultez le dossier avant de le renvoyer.",
    ),
    "It was so already.": ("Dat was al zo.", "Das war schon so.", "C'était déjà le cas."),
    "done": ("gedaan", "erledigt", "fait"),
    "not done": ("niet gedaan", "nicht erledigt", "non fait"),
    "All of it when left out.": (
        "Alles, als je niets invult.",
        "Alles, wenn Sie nichts angeben.",
        "La totalité, si vous laissez vide.",
    ),
    "Until": ("Tot", "Bis", "Jusqu'au"),
    # acts: calls
    "Log a call": ("Gesprek noteren", "Anruf notieren", "Noter un appel"),
    "Log the call": ("Gesprek noteren", "Anruf notieren", "Noter l'appel"),
    "The call is added to the file. A promise pauses follow-up until its day.": (
        "Het gesprek komt in het dossier. Een betaalbelofte pauzeert de opvolging tot de beloofde"
        " dag.",
        "Der Anruf kommt in die Akte. Eine Zahlungszusage stoppt das Mahnen bis zum zugesagten"
        " Tag.",
        "L'appel est ajouté au dossier. Une promesse suspend la relance jusqu'à son échéance.",
    ),
    "Who called": ("Wie er belde", "Wer angerufen hat", "Qui a appelé"),
    "We called them": ("Wij belden hen", "Wir haben angerufen", "Nous les avons appelés"),
    "They called us": ("Zij belden ons", "Wir wurden angerufen", "Ils nous ont appelés"),
    "With whom": ("Met wie", "Mit wem", "Avec qui"),
    "What it was about": ("Waar het over ging", "Worum es ging", "De quoi il s'agissait"),
    # acts: promises
    "Promise": ("Betaalbelofte", "Zahlungszusage", "Promesse"),
    "Record a promise": (
        "Betaalbelofte vastleggen",
        "Zahlungszusage erfassen",
        "Enregistrer une promesse",
    ),
    "Record the promise": (
        "Betaalbelofte vastleggen",
        "Zahlungszusage erfassen",
        "Enregistrer la promesse",
    ),
    "Follow-up of the promised amount pauses until that day; then it is judged by itself.": (
        "De opvolging van het beloofde bedrag pauzeert tot die dag; daarna wordt de belofte"
        " vanzelf beoordeeld.",
        "Der zugesagte Betrag wird bis zu diesem Tag nicht gemahnt; dann wird die Zusage von"
        " selbst geprüft.",
        "La relance du montant promis est suspendue jusqu'à ce jour ; la promesse est ensuite"
        " vérifiée automatiquement.",
    ),
    "They promise to pay on": (
        "Ze beloven te betalen op",
        "Zahlung zugesagt für den",
        "Paiement promis pour le",
    ),
    "They promise": ("Beloofd bedrag", "Zugesagter Betrag", "Montant promis"),
    "Who promised": ("Wie het beloofde", "Wer es zugesagt hat", "Qui l'a promis"),
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
    # acts: holds
    "Hold": ("Pauzeren", "Mahnstopp", "Suspendre"),
    "Hold follow-up": ("Opvolging pauzeren", "Mahnstopp setzen", "Suspendre la relance"),
    "Nobody asks for this money before that day. It stays visible with its reason.": (
        "Vóór die dag vraagt niemand om dit geld. Het blijft zichtbaar, met de reden.",
        "Vor diesem Tag wird dieser Betrag nicht gemahnt. Er bleibt mit dem Grund sichtbar.",
        "Personne ne réclame cet argent avant ce jour. Il reste visible, avec le motif.",
    ),
    "Until it is released, when left out.": (
        "Tot de pauze wordt opgeheven, als je niets invult.",
        "Bis zur Aufhebung, wenn Sie nichts angeben.",
        "Jusqu'à la levée, si vous laissez vide.",
    ),
    "Only this amount": ("Alleen dit bedrag", "Nur dieser Betrag", "Seulement ce montant"),
    # acts: notes
    "Note": ("Notitie", "Notiz", "Note"),
    "Add a note": ("Notitie toevoegen", "Notiz hinzufügen", "Ajouter une note"),
    "Add the note": ("Notitie toevoegen", "Notiz hinzufügen", "Ajouter la note"),
    "The note is added to the file and stays there.": (
        "De notitie komt in het dossier en blijft daar.",
        "Die Notiz kommt in die Akte und bleibt dort.",
        "La note est ajoutée au dossier et y reste.",
    ),
    # acts on a task
    "Snooze": ("Uitstellen", "Zurückstellen", "Reporter"),
    "Put aside": ("Uitstellen", "Zurückstellen", "Reporter"),
    "The task leaves the list until that day. It comes back by itself.": (
        "De taak verdwijnt tot die dag van de lijst. Ze komt vanzelf terug.",
        "Die Aufgabe verschwindet bis zu diesem Tag von der Liste. Sie kommt von selbst zurück.",
        "La tâche quitte la liste jusqu'à ce jour. Elle revient d'elle-même.",
    ),
    "Done": ("Klaar", "Erledigt", "Terminé"),
    "Mark as done": ("Als klaar markeren", "Als erledigt markieren", "Marquer comme terminée"),
    "The task leaves the list. It comes back after a week if it is still needed.": (
        "De taak verdwijnt van de lijst. Ze komt na een week terug als ze nog nodig is.",
        "Die Aufgabe verschwindet von der Liste. Sie kommt nach einer Woche zurück, wenn sie noch"
        " nötig ist.",
        "La tâche quitte la liste. Elle revient après une semaine si elle est encore nécessaire.",
    ),
    "What came of it": ("Wat eruit kwam", "Was dabei herauskam", "Ce qui en est ressorti"),
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
    # acts on a message of the inbox
    "File this message": (
        "Dit bericht toewijzen",
        "Diese Nachricht zuordnen",
        "Classer ce message",
    ),
    "File it": ("Toewijzen", "Zuordnen", "Classer"),
    "It is logged in those files, and follow-up pauses until somebody has answered.": (
        "Het wordt in die dossiers genoteerd, en de opvolging pauzeert tot iemand heeft"
        " geantwoord.",
        "Sie wird in diesen Akten notiert, und das Mahnen pausiert, bis jemand geantwortet hat.",
        "Il est noté dans ces dossiers, et la relance est suspendue jusqu'à ce que quelqu'un ait"
        " répondu.",
    ),
    "Invoices it is about": (
        "Facturen waar het over gaat",
        "Betroffene Rechnungen",
        "Factures concernées",
    ),
    "Several with a comma between.": (
        "Meerdere met een komma ertussen.",
        "Mehrere mit Komma dazwischen.",
        "Plusieurs, séparées par une virgule.",
    ),
    "Or the number of its debtor": (
        "Of het nummer van de debiteur",
        "Oder die Kundennummer",
        "Ou le numéro du client",
    ),
    "Nothing to do": ("Niets te doen", "Nichts zu tun", "Rien à faire"),
    "Put it away": ("Wegleggen", "Ablegen", "Écarter"),
    "The message leaves the inbox and stays in the log with your reason.": (
        "Het bericht verdwijnt uit het postvak en blijft met jouw reden in het logboek.",
        "Die Nachricht verlässt den Posteingang und bleibt mit Ihrem Grund im Protokoll.",
        "Le message quitte la boîte de réception et reste dans le journal avec votre motif.",
    ),
    "This form is out of date. Open it again.": (
        "Dit formulier is verouderd. Open het opnieuw.",
        "Dieses Formular ist veraltet. Öffnen Sie es erneut.",
        "Ce formulaire est périmé. Ouvrez-le à nouveau.",
    ),
    "This link was used, or is too old. Ask for a new one.": (
        "Deze link is al gebruikt of te oud. Vraag een nieuwe.",
        "Dieser Link wurde benutzt oder ist zu alt. Fordern Sie einen neuen an.",
        "Ce lien a déjà servi ou est trop ancien. Demandez-en un nouveau.",
    ),
    "Sign in to the desk": (
        "Aanmelden bij de werkplek",
        "An der Arbeitsoberfläche anmelden",
        "Se connecter à l'espace de travail",
    ),
}
