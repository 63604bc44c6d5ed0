"""The texts of versions of the playbook, its change and its trial, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Versions": ("Versies", "Versionen", "Versions"),
    "As shipped": ("Zoals meegeleverd", "Wie mitgeliefert", "Telles que fournies"),
    "What version {number} changed": (
        "Wat versie {number} veranderde",
        "Was Version {number} änderte",
        "Ce que la version {number} a changé",
    ),
    "Change the rules": ("Regels wijzigen", "Regeln ändern", "Modifier les règles"),
    "Made of version {number}. Nothing is sent or changed before you apply it.": (
        "Uitgaande van versie {number}. Er wordt niets verstuurd of veranderd voordat u ze"
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
    "Version {number} is in force.": (
        "Versie {number} geldt nu.",
        "Version {number} gilt jetzt.",
        "La version {number} est en vigueur.",
    ),
    "Somebody applied another version meanwhile. Copy your text, and open the rules again.": (
        "Iemand heeft intussen een andere versie ingevoerd. Kopieer uw tekst en open de"
        " regels opnieuw.",
        "Jemand hat inzwischen eine andere Version eingeführt. Kopieren Sie Ihren Text und"
        " öffnen Sie die Regeln erneut.",
        "Quelqu'un a appliqué une autre version entre-temps. Copiez votre texte et rouvrez"
        " les règles.",
    ),
    "This form was sent already. Look at the rules before you send it again.": (
        "Dit formulier is al verstuurd. Kijk naar de regels voordat u het opnieuw stuurt.",
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
