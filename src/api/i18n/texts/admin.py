"""The texts of administration, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Admin": ("Beheer", "Verwaltung", "Administration"),
    "Administration": ("Beheer", "Verwaltung", "Administration"),
    "This page is for people of all units.": (
        "Deze pagina is voor mensen van alle onderdelen.",
        "Diese Seite ist für Personen aller Bereiche.",
        "Cette page est réservée aux personnes de toutes les entités.",
    ),
    "That cannot be done yet": (
        "Dat kan nog niet",
        "Das geht noch nicht",
        "Ce n'est pas encore possible",
    ),
    "People": ("Mensen", "Personen", "Personnes"),
    "API keys": ("API-sleutels", "API-Schlüssel", "Clés d'API"),
    "Sessions": ("Sessies", "Sitzungen", "Sessions"),
    "Read models": ("Leesmodellen", "Lesemodelle", "Modèles de lecture"),
    "Imports": ("Imports", "Importe", "Imports"),
    "Role": ("Rol", "Rolle", "Rôle"),
    "Sees": ("Ziet", "Sieht", "Voit"),
    "what they solve": ("wat zij oplossen", "was sie lösen", "ce qu'il résout"),
    "Choose a role.": ("Kies een rol.", "Wählen Sie eine Rolle.", "Choisissez un rôle."),
    "1 to 200 visible characters.": (
        "1 tot 200 zichtbare tekens.",
        "1 bis 200 sichtbare Zeichen.",
        "De 1 à 200 caractères visibles.",
    ),
    "Dossier itself writes under this name: choose another.": (
        "Onder deze naam schrijft Dossier zelf: kies een andere.",
        "Unter diesem Namen schreibt Dossier selbst: Wählen Sie einen anderen.",
        "Dossier écrit lui-même sous ce nom : choisissez-en un autre.",
    ),
    "A key has this name already: rotate or revoke it.": (
        "Er is al een sleutel met deze naam: vernieuw hem of trek hem in.",
        "Ein Schlüssel hat diesen Namen schon: Erneuern oder widerrufen Sie ihn.",
        "Une clé porte déjà ce nom : renouvelez-la ou révoquez-la.",
    ),
    "A person has this name or address already.": (
        "Iemand heeft deze naam of dit adres al.",
        "Jemand hat diesen Namen oder diese Adresse schon.",
        "Quelqu'un a déjà ce nom ou cette adresse.",
    ),
    "Name the agency, as the hand-offs name it.": (
        "Noem het bureau, zoals de overdrachten het noemen.",
        "Nennen Sie das Büro so, wie die Übergaben es nennen.",
        "Nommez l'agence comme les transmissions la nomment.",
    ),
    "That day has passed.": ("Die dag is voorbij.", "Dieser Tag ist vorbei.", "Ce jour est passé."),
    "That is not a day.": ("Dat is geen dag.", "Das ist kein Tag.", "Ce n'est pas un jour."),
    "you": ("u", "Sie", "vous"),
    "you, here": ("u, hier", "Sie, hier", "vous, ici"),
    "by link only": ("alleen via een link", "nur per Link", "par lien seulement"),
    "Make a link": ("Link maken", "Link erstellen", "Créer un lien"),
    "Make a link for {name}": (
        "Maak een link voor {name}",
        "Link für {name} erstellen",
        "Créer un lien pour {name}",
    ),
    "A link that signs {name} in": (
        "Een link waarmee {name} inlogt",
        "Ein Link, der {name} anmeldet",
        "Un lien qui connecte {name}",
    ),
    "It works once, for 15 minutes, and is not shown again. Give it to nobody else.": (
        "Hij werkt één keer, 15 minuten lang, en wordt niet opnieuw getoond. Geef hem aan"
        " niemand anders.",
        "Er gilt einmal, 15 Minuten lang, und wird nicht noch einmal gezeigt. Geben Sie ihn"
        " niemand anderem.",
        "Il marche une fois, pendant 15 minutes, et n'est plus affiché ensuite. Ne le"
        " donnez à personne d'autre.",
    ),
    "End": ("Beëindigen", "Beenden", "Mettre fin"),
    "End access": ("Toegang beëindigen", "Zugang beenden", "Mettre fin à l'accès"),
    "No, keep": ("Nee, behouden", "Nein, behalten", "Non, garder"),
    "Yes, end": ("Ja, beëindigen", "Ja, beenden", "Oui, mettre fin"),
    "{name} is signed out at once.": (
        "{name} wordt meteen uitgelogd.",
        "{name} wird sofort abgemeldet.",
        "{name} est déconnecté aussitôt.",
    ),
    "You cannot end yourself: another administrator can.": (
        "Uzelf kunt u niet beëindigen: een andere beheerder kan dat wel.",
        "Sich selbst können Sie nicht beenden: ein anderer Administrator kann es.",
        "Vous ne pouvez pas mettre fin à votre propre accès : un autre administrateur le peut.",
    ),
    "1 person whose access has ended": (
        "1 persoon van wie de toegang is beëindigd",
        "1 Person, deren Zugang beendet ist",
        "1 personne dont l'accès a pris fin",
    ),
    "{count} people whose access has ended": (
        "{count} mensen van wie de toegang is beëindigd",
        "{count} Personen, deren Zugang beendet ist",
        "{count} personnes dont l'accès a pris fin",
    ),
    "Add a person": ("Iemand toevoegen", "Person hinzufügen", "Ajouter une personne"),
    "Add the person": ("Toevoegen", "Hinzufügen", "Ajouter"),
    "As it stands in the entries; a resolver as in disputes.": (
        "Zoals die in het logboek staat; een behandelaar zoals in disputen.",
        "Wie er in den Einträgen steht; bei Bearbeitern wie in Reklamationen.",
        "Tel qu'il figure dans les écritures ; un responsable comme dans les litiges.",
    ),
    "Mail address": ("E-mailadres", "E-Mail-Adresse", "Adresse e-mail"),
    "The sign-in code is sent there. Without it they sign in by a link.": (
        "Daarheen gaat de inlogcode. Zonder adres loggen zij in via een link.",
        "Dorthin geht der Anmeldecode. Ohne Adresse melden sie sich per Link an.",
        "Le code de connexion y est envoyé. Sans adresse, la connexion se fait par un lien.",
    ),
    "Several with a comma between them. All if left out.": (
        "Meerdere met een komma ertussen. Leeg: alle.",
        "Mehrere mit Komma getrennt. Leer: alle.",
        "Plusieurs, séparées par une virgule. Vide : toutes.",
    ),
    "Agency": ("Incassobureau", "Inkassobüro", "Agence"),
    "Only for an agency: as the hand-offs name it.": (
        "Alleen voor een incassobureau: zoals de overdrachten het noemen.",
        "Nur für ein Inkassobüro: wie die Übergaben es nennen.",
        "Seulement pour une agence : comme les transmissions la nomment.",
    ),
    "You get a link to give to them. What you do here is in the security log.": (
        "U krijgt een link om door te geven. Wat u hier doet, staat in het beveiligingslogboek.",
        "Sie erhalten einen Link zum Weitergeben. Was Sie hier tun, steht im Sicherheitsprotokoll.",
        "Vous recevez un lien à transmettre. Ce que vous faites ici est noté dans le"
        " journal de sécurité.",
    ),
    "The key of {name}": ("De sleutel van {name}", "Der Schlüssel von {name}", "La clé de {name}"),
    (
        "Keep it now: it is not shown again. Send it with each request as Authorization:"
        " Bearer KEY."
    ): (
        "Bewaar hem nu: hij wordt niet opnieuw getoond. Stuur hem mee met elk verzoek:"
        " Authorization: Bearer KEY.",
        "Bewahren Sie ihn jetzt auf: Er wird nicht noch einmal gezeigt. Senden Sie ihn mit"
        " jeder Anfrage als Authorization: Bearer KEY.",
        "Gardez-la maintenant : elle n'est plus affichée ensuite. Envoyez-la avec chaque"
        " requête : Authorization: Bearer KEY.",
    ),
    "Last used": ("Laatst gebruikt", "Zuletzt benutzt", "Dernière utilisation"),
    "never": ("nooit", "nie", "jamais"),
    "Ends": ("Eindigt", "Endet", "Fin"),
    "the secret before: until": (
        "het vorige geheim: tot",
        "das Geheimnis davor: bis",
        "le secret précédent : jusqu'au",
    ),
    "Rotate": ("Vernieuwen", "Erneuern", "Renouveler"),
    "Yes, rotate": ("Ja, vernieuwen", "Ja, erneuern", "Oui, renouveler"),
    "The secret of now works for 24 hours more.": (
        "Het geheim van nu werkt nog 24 uur.",
        "Das Geheimnis von jetzt gilt noch 24 Stunden.",
        "Le secret actuel marche encore 24 heures.",
    ),
    "Revoke": ("Intrekken", "Widerrufen", "Révoquer"),
    "Yes, revoke": ("Ja, intrekken", "Ja, widerrufen", "Oui, révoquer"),
    "Its next request is refused.": (
        "Het volgende verzoek wordt geweigerd.",
        "Die nächste Anfrage wird abgelehnt.",
        "Sa prochaine requête est refusée.",
    ),
    "Nothing was done: the key is rotated or revoked already.": (
        "Er is niets gedaan: de sleutel is al vernieuwd of ingetrokken.",
        "Es wurde nichts getan: Der Schlüssel ist schon erneuert oder widerrufen.",
        "Rien n'a été fait : la clé est déjà renouvelée ou révoquée.",
    ),
    "No program has a key.": (
        "Geen programma heeft een sleutel.",
        "Kein Programm hat einen Schlüssel.",
        "Aucun programme n'a de clé.",
    ),
    "1 key that has ended": (
        "1 sleutel die is beëindigd",
        "1 Schlüssel, der beendet ist",
        "1 clé qui a pris fin",
    ),
    "{count} keys that have ended": (
        "{count} sleutels die zijn beëindigd",
        "{count} Schlüssel, die beendet sind",
        "{count} clés qui ont pris fin",
    ),
    "What was done to the keys": (
        "Wat er met de sleutels is gedaan",
        "Was mit den Schlüsseln getan wurde",
        "Ce qui a été fait aux clés",
    ),
    "made": ("gemaakt", "erstellt", "créée"),
    "rotated": ("vernieuwd", "erneuert", "renouvelée"),
    "revoked": ("ingetrokken", "widerrufen", "révoquée"),
    "expired": ("verlopen", "abgelaufen", "expirée"),
    "Make a key": ("Een sleutel maken", "Schlüssel erstellen", "Créer une clé"),
    "Make the key": ("Maak de sleutel", "Schlüssel erstellen", "Créer la clé"),
    "Of the program; it stands in the entries.": (
        "Van het programma; die naam staat in het logboek.",
        "Des Programms; er steht in den Einträgen.",
        "Celui du programme ; il figure dans les écritures.",
    ),
    "Last day": ("Laatste dag", "Letzter Tag", "Dernier jour"),
    "The key is shown once. What you do here is in the security log.": (
        "De sleutel wordt één keer getoond. Wat u hier doet, staat in het beveiligingslogboek.",
        "Der Schlüssel wird einmal gezeigt. Was Sie hier tun, steht im Sicherheitsprotokoll.",
        "La clé est affichée une seule fois. Ce que vous faites ici est noté dans le"
        " journal de sécurité.",
    ),
    "Signed in": ("Ingelogd", "Angemeldet", "Connecté"),
    "Last seen": ("Laatst gezien", "Zuletzt gesehen", "Vu pour la dernière fois"),
    "Browser": ("Browser", "Browser", "Navigateur"),
    "A session ends after three hours without a request, and after fourteen hours.": (
        "Een sessie eindigt na drie uur zonder verzoek, en na veertien uur.",
        "Eine Sitzung endet nach drei Stunden ohne Anfrage, und nach vierzehn Stunden.",
        "Une session prend fin après trois heures sans requête, et après quatorze heures.",
    ),
    "Books that could not be shown": (
        "Boeken die niet getoond konden worden",
        "Bücher, die nicht gezeigt werden konnten",
        "Livres qui n'ont pas pu être affichés",
    ),
    (
        "A read model met something in these books that it does not understand, and left"
        " them out. Nothing is lost: the entries are in the ledger."
    ): (
        "Een leesmodel vond in deze boeken iets wat het niet begrijpt en liet ze weg. Er is"
        " niets verloren: alles staat in het grootboek.",
        "Ein Lesemodell fand in diesen Büchern etwas, das es nicht versteht, und ließ sie"
        " aus. Nichts ist verloren: Die Einträge stehen im Hauptbuch.",
        "Un modèle de lecture a trouvé dans ces livres quelque chose qu'il ne comprend pas"
        " et les a laissés de côté. Rien n'est perdu : les écritures sont dans le registre.",
    ),
    "Read the error. It is a fault of Dossier or of an older version of it.": (
        "Lees de fout. Het is een fout van Dossier of van een oudere versie ervan.",
        "Lesen Sie den Fehler. Es ist ein Fehler von Dossier oder einer älteren Version davon.",
        "Lisez l'erreur. C'est un défaut de Dossier ou d'une version plus ancienne.",
    ),
    "Upgrade Dossier, or report the error with the position.": (
        "Werk Dossier bij, of meld de fout met de positie.",
        "Aktualisieren Sie Dossier, oder melden Sie den Fehler mit der Position.",
        "Mettez Dossier à jour, ou signalez l'erreur avec la position.",
    ),
    "Then run, for each read model named here:": (
        "Voer dan uit, voor elk leesmodel dat hier staat:",
        "Führen Sie dann aus, für jedes Lesemodell, das hier steht:",
        "Exécutez ensuite, pour chaque modèle de lecture nommé ici :",
    ),
    "Read model": ("Leesmodel", "Lesemodell", "Modèle de lecture"),
    "Book": ("Boek", "Buch", "Livre"),
    "From position": ("Vanaf positie", "Ab Position", "À partir de la position"),
    "Every book is shown: none is parked.": (
        "Elk boek wordt getoond: geen staat opzij.",
        "Jedes Buch wird gezeigt: keines steht beiseite.",
        "Chaque livre est affiché : aucun n'est mis de côté.",
    ),
    "the ledger stands at {position}": (
        "het grootboek staat op {position}",
        "das Hauptbuch steht bei {position}",
        "le registre en est à {position}",
    ),
    "Behind": ("Achter", "Rückstand", "Retard"),
    "Worker": ("Werkproces", "Arbeitsprozess", "Processus"),
    "stands still": ("staat stil", "steht still", "à l'arrêt"),
    "catching up": ("loopt in", "holt auf", "rattrape son retard"),
    "up to date": ("bij", "aktuell", "à jour"),
    "1 book parked": ("1 boek opzij", "1 Buch beiseite", "1 livre mis de côté"),
    "{count} books parked": (
        "{count} boeken opzij",
        "{count} Bücher beiseite",
        "{count} livres mis de côté",
    ),
    "File": ("Bestand", "Datei", "Fichier"),
    "Sent": ("Gestuurd", "Gesendet", "Envoyé"),
    "State": ("Stand", "Stand", "État"),
    "waiting": ("wacht", "wartet", "en attente"),
    "running": ("bezig", "läuft", "en cours"),
    "finished": ("klaar", "fertig", "terminé"),
    "Nothing was imported in the last 30 days.": (
        "In de laatste 30 dagen is niets geïmporteerd.",
        "In den letzten 30 Tagen wurde nichts importiert.",
        "Rien n'a été importé ces 30 derniers jours.",
    ),
    "Imported": ("Geïmporteerd", "Importiert", "Importées"),
    "There already": ("Al aanwezig", "Schon vorhanden", "Déjà présentes"),
    "Kept as notes": ("Als notitie bewaard", "Als Notiz behalten", "Gardées en notes"),
    "Rejected lines": ("Afgewezen regels", "Abgelehnte Zeilen", "Lignes rejetées"),
    "Download all": ("Alles downloaden", "Alle herunterladen", "Tout télécharger"),
    (
        "Mend these lines in the file and import it again: what is there already is not"
        " imported twice."
    ): (
        "Verbeter deze regels in het bestand en importeer het opnieuw: wat er al is, komt"
        " er niet twee keer in.",
        "Korrigieren Sie diese Zeilen in der Datei und importieren Sie sie erneut: Was"
        " schon da ist, wird nicht zweimal importiert.",
        "Corrigez ces lignes dans le fichier et importez-le à nouveau : ce qui est déjà là"
        " n'est pas importé deux fois.",
    ),
    "Line": ("Regel", "Zeile", "Ligne"),
    "Field": ("Veld", "Feld", "Champ"),
    "As sent": ("Zoals gestuurd", "Wie gesendet", "Tel qu'envoyé"),
    "1 book": ("1 boek", "1 Buch", "1 livre"),
    "{count} books": ("{count} boeken", "{count} Bücher", "{count} livres"),
}
