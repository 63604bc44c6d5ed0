"""The texts of statements, of documents and of letters to debtors, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Statement": ("Rekeningoverzicht", "Kontoauszug", "Relevé de compte"),
    "as of {day}": ("per {day}", "zum {day}", "au {day}"),
    "As PDF": ("Als PDF", "Als PDF", "En PDF"),
    "after what is not yet allocated": (
        "na wat nog niet is toegewezen",
        "nach noch nicht Zugeordnetem",
        "après ce qui n'est pas encore affecté",
    ),
    "The first {count} are shown here; the PDF has all.": (
        "De eerste {count} staan hier; de pdf heeft ze allemaal.",
        "Hier stehen die ersten {count}; das PDF enthält alle.",
        "Les {count} premières sont affichées ici ; le PDF les contient toutes.",
    ),
    "Not yet allocated": ("Nog niet toegewezen", "Noch nicht zugeordnet", "Pas encore affecté"),
    "of which disputed": ("waarvan betwist", "davon strittig", "dont contesté"),
    "Age of what is open": (
        "Ouderdom van wat openstaat",
        "Alter des Offenen",
        "Âge de ce qui est ouvert",
    ),
    "Nothing was open on this day.": (
        "Op deze dag stond niets open.",
        "An diesem Tag war nichts offen.",
        "Rien n'était ouvert ce jour-là.",
    ),
    "Statement of account as of {day}": (
        "Rekeningoverzicht per {day}",
        "Kontoauszug zum {day}",
        "Relevé de compte au {day}",
    ),
    "Customer number": ("Klantnummer", "Kundennummer", "Numéro de client"),
    "Together": ("Samen", "Zusammen", "Ensemble"),
    "Balance in {currency}": ("Saldo in {currency}", "Saldo in {currency}", "Solde en {currency}"),
    "page {number}": ("pagina {number}", "Seite {number}", "page {number}"),
    "{size} kB": ("{size} kB", "{size} kB", "{size} ko"),
    "Download": ("Download", "Herunterladen", "Télécharger"),
    "{name}, page {number}": (
        "{name}, pagina {number}",
        "{name}, Seite {number}",
        "{name}, page {number}",
    ),
    "Pages": ("Pagina's", "Seiten", "Pages"),
    "Page before": ("Vorige pagina", "Vorige Seite", "Page précédente"),
    "Next page": ("Volgende pagina", "Nächste Seite", "Page suivante"),
    "Paid too much": ("Te veel betaald", "Zu viel bezahlt", "Payé en trop"),
    "From": ("Van", "Von", "De"),
    "Copy": ("Kopie", "Kopie", "Copie"),
    "Attached; in the download": (
        "Bijgevoegd; in de download",
        "Angefügt; im Download",
        "Joint ; dans le téléchargement",
    ),
    "The words of the mail are shown. Its pictures and links are not loaded.": (
        "De woorden van de mail staan hier. De plaatjes en links worden niet geladen.",
        "Gezeigt werden die Worte der Mail. Ihre Bilder und Links werden nicht geladen.",
        "Les mots du mail sont montrés. Ses images et liens ne sont pas chargés.",
    ),
    "This file could act when it is opened, or cannot be read. It is not shown here, only"
    " downloaded.": (
        "Dit bestand kan iets doen als het wordt geopend, of is niet te lezen. Het wordt hier"
        " niet getoond, alleen gedownload.",
        "Diese Datei könnte beim Öffnen etwas tun oder ist nicht lesbar. Sie wird hier nicht"
        " gezeigt, nur heruntergeladen.",
        "Ce fichier pourrait agir à l'ouverture, ou ne peut pas être lu. Il n'est pas montré"
        " ici, seulement téléchargé.",
    ),
    "Document": ("Document", "Dokument", "Document"),
    "Read it": ("Lees het", "Lesen", "Le lire"),
    "Write to {name}": ("Schrijf aan {name}", "An {name} schreiben", "Écrire à {name}"),
    "Remind now": ("Nu herinneren", "Jetzt mahnen", "Relancer maintenant"),
    "The next step": ("De volgende stap", "Der nächste Schritt", "La prochaine étape"),
    "planned for {day}": ("gepland voor {day}", "geplant für {day}", "prévu pour le {day}"),
    "Show what the debtor sees": (
        "Tonen wat de debiteur ziet",
        "Zeigen, was der Kunde sieht",
        "Voir ce que voit le client",
    ),
    "What the debtor sees": (
        "Wat de debiteur ziet",
        "Was der Kunde sieht",
        "Ce que voit le client",
    ),
    "The link to invoice {number}, for {email}.": (
        "De link naar factuur {number}, voor {email}.",
        "Der Link zu Rechnung {number}, für {email}.",
        "Le lien vers la facture {number}, pour {email}.",
    ),
    "Open it": ("Openen", "Öffnen", "Ouvrir"),
    "You look as yourself, in this browser: that does not count as seen by the debtor. Elsewhere"
    " the link acts as the debtor: send it to {email} and to nobody else.": (
        "In deze browser kijkt u als uzelf: dat telt niet als gezien door de debiteur. Elders"
        " handelt de link als de debiteur: stuur hem aan {email} en aan niemand anders.",
        "In diesem Browser sehen Sie als Sie selbst: Das zählt nicht als vom Kunden gesehen."
        " Anderswo handelt der Link als der Kunde: Senden Sie ihn an {email} und an niemand"
        " anderen.",
        "Dans ce navigateur vous regardez en votre nom : cela ne compte pas comme vu par le"
        " client. Ailleurs le lien agit comme le client : envoyez-le à {email} et à personne"
        " d'autre.",
    ),
    "Write": ("Schrijven", "Schreiben", "Écrire"),
    "A text of yours about the invoices that you select, by the rules of your reminders.": (
        "Een tekst van u over de facturen die u kiest, volgens de regels van uw herinneringen.",
        "Ein Text von Ihnen über die Rechnungen, die Sie wählen, nach den Regeln Ihrer Mahnungen.",
        "Un texte à vous sur les factures que vous choisissez, selon les règles de vos rappels.",
    ),
    "That cannot be sent": (
        "Dat kan niet worden verzonden",
        "Das kann nicht gesendet werden",
        "Cela ne peut pas être envoyé",
    ),
    "About these invoices": (
        "Over deze facturen",
        "Über diese Rechnungen",
        "À propos de ces factures",
    ),
    "As it would be sent": (
        "Zoals het wordt verzonden",
        "Wie es gesendet würde",
        "Tel qu'il serait envoyé",
    ),
    "By mail": ("Per e-mail", "Per E-Mail", "Par e-mail"),
    "By letter": ("Per brief", "Per Brief", "Par lettre"),
    "no usable address": (
        "geen bruikbaar adres",
        "keine brauchbare Adresse",
        "aucune adresse utilisable",
    ),
    "Send it": ("Verzend het", "Senden", "L'envoyer"),
    "It waits in the outbox until the next round of mail. Paid or disputed meanwhile: it is"
    " withdrawn. The reminders write no other message today.": (
        "Het wacht in de uitbak tot de volgende ronde post. Wordt intussen betaald of betwist,"
        " dan wordt het ingetrokken. De herinneringen schrijven vandaag niets anders.",
        "Es wartet im Ausgang bis zur nächsten Runde Post. Wird inzwischen gezahlt oder"
        " reklamiert, wird es zurückgezogen. Die Mahnungen schreiben heute nichts anderes.",
        "Il attend dans la boîte d'envoi jusqu'à la prochaine tournée. Payé ou contesté"
        " entre-temps : il est retiré. Les rappels n'écrivent rien d'autre aujourd'hui.",
    ),
    "It has changed since you saw it. Look at it again.": (
        "Het is veranderd sinds u het zag. Kijk er opnieuw naar.",
        "Es hat sich geändert, seit Sie es sahen. Sehen Sie es wieder an.",
        "Il a changé depuis que vous l'avez vu. Regardez-le à nouveau.",
    ),
    "The message waits in the outbox.": (
        "Het bericht wacht in de uitbak.",
        "Die Nachricht wartet im Ausgang.",
        "Le message attend dans la boîte d'envoi.",
    ),
    "Select": ("Kiezen", "Wählen", "Choisir"),
}
