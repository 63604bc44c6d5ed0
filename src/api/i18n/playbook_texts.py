"""The texts of the playbook on pages: Dutch, German and French by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Playbook": ("Playbook", "Playbook", "Playbook"),
    "The last step is repeated every {every}, {times}.": (
        "De laatste stap wordt elke {every} herhaald, {times}.",
        "Der letzte Schritt wird alle {every} wiederholt, {times}.",
        "La dernière étape est répétée tous les {every}, {times}.",
    ),
    "any amount": ("elk bedrag", "jeder Betrag", "tout montant"),
    "up to {amount}": ("tot {amount}", "bis {amount}", "jusqu'à {amount}"),
    "from {amount}": ("vanaf {amount}", "ab {amount}", "à partir de {amount}"),
    "with a VAT number": ("met btw-nummer", "mit USt-IdNr.", "avec numéro de TVA"),
    "without a VAT number": ("zonder btw-nummer", "ohne USt-IdNr.", "sans numéro de TVA"),
    "asks for payment in 1 day": (
        "vraagt betaling binnen 1 dag",
        "bittet um Zahlung in 1 Tag",
        "demande le paiement sous 1 jour",
    ),
    "asks for payment in {count} days": (
        "vraagt betaling binnen {count} dagen",
        "bittet um Zahlung in {count} Tagen",
        "demande le paiement sous {count} jours",
    ),
    "once": ("één keer", "einmal", "une fois"),
    "{count} times at most": (
        "hooguit {count} keer",
        "höchstens {count}-mal",
        "{count} fois au plus",
    ),
    "1 day before it is due": (
        "1 dag voor de vervaldag",
        "1 Tag vor der Fälligkeit",
        "1 jour avant l'échéance",
    ),
    "{count} days before it is due": (
        "{count} dagen voor de vervaldag",
        "{count} Tage vor der Fälligkeit",
        "{count} jours avant l'échéance",
    ),
    "1 day after it was due": (
        "1 dag na de vervaldag",
        "1 Tag nach der Fälligkeit",
        "1 jour après l'échéance",
    ),
    "{count} days after it was due": (
        "{count} dagen na de vervaldag",
        "{count} Tage nach der Fälligkeit",
        "{count} jours après l'échéance",
    ),
    "1 day after the step before": (
        "1 dag na de vorige stap",
        "1 Tag nach dem Schritt davor",
        "1 jour après l'étape précédente",
    ),
    "{count} days after the step before": (
        "{count} dagen na de vorige stap",
        "{count} Tage nach dem Schritt davor",
        "{count} jours après l'étape précédente",
    ),
    "Version {number}": ("Versie {number}", "Version {number}", "Version {number}"),
    "The rules as shipped: nobody applied others.": (
        "De meegeleverde regels: niemand heeft andere ingevoerd.",
        "Die mitgelieferten Regeln: Niemand hat andere eingeführt.",
        "Les règles fournies : personne n'en a appliqué d'autres.",
    ),
    "The rules as shipped": (
        "De meegeleverde regels",
        "Die mitgelieferten Regeln",
        "Les règles fournies",
    ),
    "Change the rules…": ("Regels wijzigen…", "Regeln ändern…", "Modifier les règles…"),
    "Begin with these rules…": (
        "Met deze regels beginnen…",
        "Mit diesen Regeln beginnen…",
        "Partir de ces règles…",
    ),
    "You read an earlier version.": (
        "Je leest een eerdere versie.",
        "Sie lesen eine frühere Version.",
        "Vous lisez une version antérieure.",
    ),
    "Show the rules in force": (
        "Toon de geldende regels",
        "Die geltenden Regeln zeigen",
        "Afficher les règles en vigueur",
    ),
    "Ladder": ("Ladder", "Mahnleiter", "Échelle de relance"),
    "business": ("zakelijk", "geschäftlich", "entreprises"),
    "consumer": ("consument", "Verbraucher", "particuliers"),
    "for everybody else": ("voor alle anderen", "für alle anderen", "pour tous les autres"),
    "unless a debtor has another": (
        "tenzij een debiteur een andere heeft",
        "außer ein Kunde hat eine andere",
        "sauf si un client en a une autre",
    ),
    "invoices {least}": ("facturen {least}", "Rechnungen {least}", "factures {least}"),
    "working days": ("werkdagen", "Arbeitstage", "jours ouvrés"),
    "Who solves it": ("Wie het oplost", "Wer es löst", "Qui le résout"),
    "What is asked": ("Wat er gevraagd wordt", "Was gefragt wird", "Ce qui est demandé"),
    "Solved within": ("Opgelost binnen", "Gelöst in", "Résolu sous"),
    "Answer within": ("Antwoord binnen", "Antwort in", "Réponse sous"),
    "What waits": ("Wat wacht", "Was wartet", "Ce qui attend"),
    "then {name}": ("daarna {name}", "danach {name}", "puis {name}"),
    "whole invoice": ("hele factuur", "ganze Rechnung", "facture entière"),
    "disputed amount": ("betwist bedrag", "strittiger Betrag", "montant contesté"),
    "Other rules": ("Andere regels", "Andere Regeln", "Autres règles"),
    "Approvals of credits": (
        "Goedkeuring van creditering",
        "Genehmigung von Gutschriften",
        "Approbation des avoirs",
    ),
    "Nobody has to approve a credit.": (
        "Niemand hoeft een creditering goed te keuren.",
        "Niemand muss eine Gutschrift genehmigen.",
        "Personne n'a à approuver un avoir.",
    ),
    "Collectors": ("Debiteurenbeheerders", "Forderungsmanager", "Chargés de recouvrement"),
    "The work is not divided.": (
        "Het werk is niet verdeeld.",
        "Die Arbeit ist nicht aufgeteilt.",
        "Le travail n'est pas réparti.",
    ),
    "Which ladder": ("Welke ladder", "Welche Mahnleiter", "Quelle échelle"),
    "Holidays": ("Vrije dagen", "Feiertage", "Jours fériés"),
    "quiet": ("rust", "Ruhe", "calme"),
    "A message of the debtor": (
        "Een bericht van de debiteur",
        "Eine Nachricht des Kunden",
        "Un message du client",
    ),
    "Follow-up waits until it is answered.": (
        "De opvolging wacht tot het is beantwoord.",
        "Die Nachverfolgung wartet, bis sie beantwortet ist.",
        "Le suivi attend la réponse.",
    ),
    "Follow-up waits 1 working day.": (
        "De opvolging wacht 1 werkdag.",
        "Die Nachverfolgung wartet 1 Arbeitstag.",
        "Le suivi attend 1 jour ouvré.",
    ),
    "Follow-up waits {count} working days.": (
        "De opvolging wacht {count} werkdagen.",
        "Die Nachverfolgung wartet {count} Arbeitstage.",
        "Le suivi attend {count} jours ouvrés.",
    ),
    "1 working day of grace": ("1 werkdag respijt", "1 Arbeitstag Frist", "1 jour ouvré de grâce"),
    "{count} working days of grace": (
        "{count} werkdagen respijt",
        "{count} Arbeitstage Frist",
        "{count} jours ouvrés de grâce",
    ),
    "Versions": ("Versies", "Versionen", "Versions"),
    "As shipped": ("Zoals meegeleverd", "Wie mitgeliefert", "Telles que fournies"),
    "What version {number} changed": (
        "Wat versie {number} veranderde",
        "Was Version {number} änderte",
        "Ce que la version {number} a changé",
    ),
    "Change the rules": ("Regels wijzigen", "Regeln ändern", "Modifier les règles"),
    "Made of version {number}. Nothing is sent or changed before you apply it.": (
        "Uitgaande van versie {number}. Er wordt niets verstuurd of veranderd voordat je ze"
        " invoert.",
        "Ausgehend von Version {number}. Nichts wird gesendet oder geändert, bevor Sie sie"
        " einführen.",
        "À partir de la version {number}. Rien n'est envoyé ni modifié avant que vous ne"
        " les appliquiez.",
    ),
    "These rules cannot be applied yet": (
        "Deze regels kunnen nog niet worden ingevoerd",
        "Diese Regeln können noch nicht eingeführt werden",
        "Ces règles ne peuvent pas encore être appliquées",
    ),
    "Line {number}": ("Regel {number}", "Zeile {number}", "Ligne {number}"),
    "What they would have changed, {first} to {last}": (
        "Wat ze veranderd zouden hebben, {first} tot {last}",
        "Was sie geändert hätten, {first} bis {last}",
        "Ce qu'elles auraient changé, du {first} au {last}",
    ),
    (
        "The rules replayed on what was known each day, beside what was sent then. Nothing is sent."
    ): (
        "De regels nagespeeld op wat elke dag bekend was, naast wat toen is verstuurd. Er"
        " wordt niets verstuurd.",
        "Die Regeln nachgespielt mit dem, was an jedem Tag bekannt war, neben dem, was"
        " damals gesendet wurde. Nichts wird gesendet.",
        "Les règles rejouées sur ce qui était connu chaque jour, à côté de ce qui a été"
        " envoyé alors. Rien n'est envoyé.",
    ),
    "The time was over after {count} invoices. The whole of it: dossier simulate.": (
        "De tijd was om na {count} facturen. Alles: dossier simulate.",
        "Die Zeit war nach {count} Rechnungen um. Alles: dossier simulate.",
        "Le temps était écoulé après {count} factures. Le tout : dossier simulate.",
    ),
    "Would be sent": ("Zou verstuurd zijn", "Würde gesendet", "Serait envoyé"),
    "and were not": ("en is niet verstuurd", "und wurde nicht gesendet", "et ne l'a pas été"),
    "Would not be sent": (
        "Zou niet verstuurd zijn",
        "Würde nicht gesendet",
        "Ne serait pas envoyé",
    ),
    "and were": ("en is wel verstuurd", "und wurde gesendet", "et l'a été"),
    "As they were sent": ("Zoals ze zijn verstuurd", "Wie sie gesendet wurden", "Comme envoyés"),
    "would wait otherwise": (
        "zouden anders wachten",
        "würden anders warten",
        "attendraient autrement",
    ),
    "would get another collector": (
        "zouden een andere beheerder krijgen",
        "bekämen einen anderen Bearbeiter",
        "changeraient de chargé",
    ),
    "The lines that differ from the rules in force": (
        "De regels tekst die anders zijn dan nu",
        "Die Zeilen, die von den geltenden Regeln abweichen",
        "Les lignes qui diffèrent des règles en vigueur",
    ),
    "These are the rules in force.": (
        "Dit zijn de geldende regels.",
        "Das sind die geltenden Regeln.",
        "Ce sont les règles en vigueur.",
    ),
    "Steps and channels": ("Stappen en kanalen", "Schritte und Kanäle", "Étapes et canaux"),
    "Step or channel": ("Stap of kanaal", "Schritt oder Kanal", "Étape ou canal"),
    "Was sent": ("Is verstuurd", "Wurde gesendet", "Envoyé"),
    "Difference": ("Verschil", "Unterschied", "Différence"),
    "Each message that differs": (
        "Elk bericht dat anders is",
        "Jede Nachricht, die abweicht",
        "Chaque message qui diffère",
    ),
    "Day": ("Dag", "Tag", "Jour"),
    "Message": ("Bericht", "Nachricht", "Message"),
    "would be sent": ("zou verstuurd zijn", "würde gesendet", "serait envoyé"),
    "would not be sent": (
        "zou niet verstuurd zijn",
        "würde nicht gesendet",
        "ne serait pas envoyé",
    ),
    "cannot be sent": (
        "kan niet verstuurd worden",
        "kann nicht gesendet werden",
        "ne peut pas être envoyé",
    ),
    "Rules": ("Regels", "Regeln", "Règles"),
    "In YAML. Days of disputes are working days, days of ladders are calendar days.": (
        "In YAML. Dagen van disputen zijn werkdagen, dagen van ladders kalenderdagen.",
        "In YAML. Tage von Reklamationen sind Arbeitstage, Tage von Mahnleitern Kalendertage.",
        "En YAML. Les jours des litiges sont ouvrés, ceux des échelles sont calendaires.",
    ),
    "What is different, and why": (
        "Wat er anders is, en waarom",
        "Was anders ist, und warum",
        "Ce qui change, et pourquoi",
    ),
    "It stands beside the version for good.": (
        "Het blijft voorgoed bij de versie staan.",
        "Es bleibt dauerhaft bei der Version stehen.",
        "Cela reste à côté de la version pour toujours.",
    ),
    (
        "The rules replace all rules before from today on. Open disputes that wait"
        " otherwise by them get an entry each, and the work is divided again."
    ): (
        "Deze regels vervangen vanaf vandaag alle eerdere. Open disputen die hierdoor"
        " anders wachten krijgen elk een regel in hun dossier, en het werk wordt opnieuw"
        " verdeeld.",
        "Die Regeln ersetzen ab heute alle früheren. Offene Reklamationen, die dadurch"
        " anders warten, erhalten je einen Eintrag, und die Arbeit wird neu aufgeteilt.",
        "Ces règles remplacent toutes les précédentes dès aujourd'hui. Les litiges ouverts"
        " qui attendent autrement reçoivent chacun une écriture, et le travail est réparti"
        " à nouveau.",
    ),
    "Simulate on the last 90 days": (
        "Naspelen op de laatste 90 dagen",
        "Mit den letzten 90 Tagen nachspielen",
        "Simuler sur les 90 derniers jours",
    ),
    "Apply from today": (
        "Invoeren vanaf vandaag",
        "Ab heute einführen",
        "Appliquer dès aujourd'hui",
    ),
    "1 invoice": ("1 factuur", "1 Rechnung", "1 facture"),
    "{count} invoices": ("{count} facturen", "{count} Rechnungen", "{count} factures"),
    "Version {number} is in force.": (
        "Versie {number} geldt nu.",
        "Version {number} gilt jetzt.",
        "La version {number} est en vigueur.",
    ),
    "Somebody applied another version meanwhile. Copy your text, and open the rules again.": (
        "Iemand heeft intussen een andere versie ingevoerd. Kopieer je tekst en open de"
        " regels opnieuw.",
        "Jemand hat inzwischen eine andere Version eingeführt. Kopieren Sie Ihren Text und"
        " öffnen Sie die Regeln erneut.",
        "Quelqu'un a appliqué une autre version entre-temps. Copiez votre texte et rouvrez"
        " les règles.",
    ),
    "This form was sent already. Look at the rules before you send it again.": (
        "Dit formulier is al verstuurd. Kijk naar de regels voordat je het opnieuw stuurt.",
        "Dieses Formular wurde schon gesendet. Sehen Sie sich die Regeln an, bevor Sie es"
        " erneut senden.",
        "Ce formulaire a déjà été envoyé. Regardez les règles avant de le renvoyer.",
    ),
    "copy of the invoice": ("kopie van de factuur", "Rechnungskopie", "copie de la facture"),
    "reminder": ("herinnering", "Erinnerung", "rappel"),
    "final notice": ("laatste aanmaning", "letzte Mahnung", "dernière mise en demeure"),
    "14-day letter": ("14-dagenbrief", "14-Tage-Brief", "lettre de 14 jours"),
    "monday": ("maandag", "Montag", "lundi"),
    "tuesday": ("dinsdag", "Dienstag", "mardi"),
    "wednesday": ("woensdag", "Mittwoch", "mercredi"),
    "thursday": ("donderdag", "Donnerstag", "jeudi"),
    "friday": ("vrijdag", "Freitag", "vendredi"),
    "saturday": ("zaterdag", "Samstag", "samedi"),
    "sunday": ("zondag", "Sonntag", "dimanche"),
}
