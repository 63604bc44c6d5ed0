"""The texts of refusals on the pages, by code: Dutch, German and French."""

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
    "transaction-done": (
        "De transactie is al {status}.",
        "Die Transaktion ist schon {status}.",
        "La transaction est déjà {status}.",
    ),
    "money-out": (
        "Het geld van deze transactie ging uit: er is niets toe te wijzen.",
        "Das Geld dieser Transaktion ging hinaus: es gibt nichts zuzuordnen.",
        "L'argent de cette transaction est sorti : il n'y a rien à affecter.",
    ),
    "not-allocated": (
        "De transactie is niet toegewezen.",
        "Die Transaktion ist nicht zugeordnet.",
        "La transaction n'est pas affectée.",
    ),
    "allocated-since": (
        "Iets van {reference} is intussen toegewezen: maak dat eerst ongedaan.",
        "Etwas von {reference} wurde inzwischen zugeordnet: machen Sie das zuerst rückgängig.",
        "Une part de {reference} a été affectée entre-temps : annulez-la d'abord.",
    ),
    "message-about-nothing": (
        "Kies minstens één factuur.",
        "Wählen Sie mindestens eine Rechnung.",
        "Choisissez au moins une facture.",
    ),
    "nothing-to-ask": (
        "Van factuur {invoice} is nu niets te vragen.",
        "Von Rechnung {invoice} ist jetzt nichts zu fordern.",
        "De la facture {invoice} rien n'est à demander maintenant.",
    ),
    "debtor-not-reachable": (
        "Er is geen adres van de debiteur bekend voor {channel}.",
        "Es ist keine Adresse des Debitors bekannt für {channel}.",
        "Aucune adresse du débiteur n'est connue pour {channel}.",
    ),
    "not-to-be-sent": (
        "Het mag nu niet worden verzonden: {why}",
        "Es darf jetzt nicht gesendet werden: {why}",
        "Ce n'est pas à envoyer maintenant : {why}",
    ),
    "message-requested": (
        "De debiteur krijgt vandaag al een bericht ({message}).",
        "Der Debitor erhält heute schon eine Nachricht ({message}).",
        "Le débiteur reçoit déjà un message aujourd'hui ({message}).",
    ),
    "answer-needs-outcome": (
        "Zeg wat de uitkomst is.",
        "Sagen Sie, was das Ergebnis ist.",
        "Dites quelle est l'issue.",
    ),
    "answer-needs-reason": (
        "Zeg waarom het niet is opgelost.",
        "Sagen Sie, warum es nicht gelöst ist.",
        "Dites pourquoi ce n'est pas résolu.",
    ),
    "answer-needs-day": (
        "Zeg wanneer het dat wel is.",
        "Sagen Sie, bis wann es das ist.",
        "Dites quand ce le sera.",
    ),
    "answer-day-over": ("Die dag is voorbij.", "Dieser Tag ist vorbei.", "Ce jour est passé."),
    "answer-needs-somebody": (
        "Zeg wie gevraagd moet worden, of waarom het niet voor jou is.",
        "Sagen Sie, wer gefragt werden soll oder warum es nicht für Sie ist.",
        "Dites qui solliciter, ou pourquoi ce n'est pas pour vous.",
    ),
    "link-quota": (
        "Via deze link worden vandaag geen documenten meer ontvangen.",
        "Über diesen Link werden heute keine Dokumente mehr empfangen.",
        "Aucun autre document n'est reçu par ce lien aujourd'hui.",
    ),
    "credit-refusal-needs-reason": (
        "Zeg waarom het niet is goedgekeurd.",
        "Sagen Sie, warum es nicht genehmigt ist.",
        "Dites pourquoi ce n'est pas approuvé.",
    ),
    "several-unapproved": (
        "Noem de regel van wat wordt goedgekeurd: {lines}.",
        "Nennen Sie die Zeile dessen, was genehmigt wird: {lines}.",
        "Indiquez la ligne de ce qui est approuvé : {lines}.",
    ),
    "above-limit": (
        "Je mag tot {limit} goedkeuren (draaiboek: approvers), en dit is {amount}.",
        "Ihre Grenze ist {limit} (Regelwerk: approvers), und dies sind {amount}.",
        "Votre limite est de {limit} (règles : approvers), et ceci fait {amount}.",
    ),
    "above-disputed": (
        "Er is nog maar {amount} betwist.",
        "Strittig ist nur noch {amount}.",
        "Seuls {amount} sont encore contestés.",
    ),
    "too-many-decimals": (
        "{amount} heeft meer dan de {places} decimalen van {currency}.",
        "{amount} hat mehr als die {places} Dezimalstellen von {currency}.",
        "{amount} a plus que les {places} décimales de {currency}.",
    ),
    "amount-not-readable": (
        "{text} is geen bedrag; schrijf het als 1210,00.",
        "{text} ist kein Betrag; schreiben Sie ihn als 1210,00.",
        "{text} n'est pas un montant ; écrivez-le comme 1210,00.",
    ),
    "amount-ambiguous": (
        "{text} kan {first} zijn of {second}: schrijf een van deze.",
        "{text} kann {first} oder {second} sein: schreiben Sie eines davon.",
        "{text} peut être {first} ou {second} : écrivez l'un des deux.",
    ),
    "other-currency": (
        "Het bedrag is in {given}, niet in {currency}.",
        "Der Betrag ist in {given}, nicht in {currency}.",
        "Le montant est en {given}, pas en {currency}.",
    ),
    "above-own-limit": (
        "Je mag {amount} niet goedkeuren: de limiet van {approver} is {limit} (playbook:"
        " approvers/{nth}/up_to). {who} is gevraagd.",
        "Sie dürfen {amount} nicht genehmigen: das Limit von {approver} ist {limit} (Playbook:"
        " approvers/{nth}/up_to). Gefragt ist {who}.",
        "Vous ne pouvez pas approuver {amount} : la limite de {approver} est {limit} (playbook :"
        " approvers/{nth}/up_to). {who} est sollicité.",
    ),
    "own-request": (
        "{who} heeft het zelf aangevraagd: iemand anders beslist.",
        "{who} hat es selbst beantragt: jemand anders entscheidet.",
        "{who} l'a demandé : une autre personne décide.",
    ),
    "not-an-approver": (
        "{who} mag geen creditering goedkeuren; dat mogen: {approvers}.",
        "{who} darf keine Gutschrift genehmigen; das dürfen: {approvers}.",
        "{who} ne peut approuver aucun avoir ; le peuvent : {approvers}.",
    ),
    "above-requested": (
        "Er is maar {amount} aangevraagd.",
        "Beantragt sind nur {amount}.",
        "Seuls {amount} ont été demandés.",
    ),
    "above-every-limit": (
        "Zoveel mag niemand goedkeuren: de limiet van {approver} is {limit} (playbook:"
        " approvers/{nth}/up_to).",
        "So viel darf niemand genehmigen: das Limit von {approver} ist {limit} (Playbook:"
        " approvers/{nth}/up_to).",
        "Personne ne peut approuver autant : la limite de {approver} est {limit} (playbook :"
        " approvers/{nth}/up_to).",
    ),
    "approver-missing": (
        "Zeg wie het moet goedkeuren: het playbook noemt niemand.",
        "Sagen Sie, wer es genehmigen soll: das Playbook nennt niemanden.",
        "Dites qui doit l'approuver : le playbook ne nomme personne.",
    ),
    "no-credit-requested": (
        "Voor dispuut {case} is geen creditering aangevraagd.",
        "Für Reklamation {case} ist keine Gutschrift beantragt.",
        "Aucun avoir n'est demandé pour le litige {case}.",
    ),
    "dispute-not-open": (
        "Dispuut {case} is niet meer open.",
        "Reklamation {case} ist nicht mehr offen.",
        "Le litige {case} n'est plus ouvert.",
    ),
}
