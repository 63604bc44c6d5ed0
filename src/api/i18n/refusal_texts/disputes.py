"""The refusals of disputes, of what a resolver answers, and of credits and their approvers."""

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
    "case-missing": ("Noem het dispuut.", "Nennen Sie die Reklamation.", "Indiquez le litige."),
    "several-disputes": (
        "Factuur {invoice} heeft meer dan één dispuut: {cases}.",
        "Rechnung {invoice} hat mehrere Reklamationen: {cases}.",
        "La facture {invoice} a plusieurs litiges : {cases}.",
    ),
    "several-debtors": (
        "Een dispuut heeft één debiteur, niet {debtors}.",
        "Eine Reklamation hat nur einen Kunden, nicht {debtors}.",
        "Un litige n'a qu'un client, pas {debtors}.",
    ),
    "same-dispute-open": (
        "Factuur {invoice} is om deze reden al betwist, met dezelfde woorden: dispuut {case}.",
        "Rechnung {invoice} ist aus diesem Grund schon strittig, mit denselben Worten: Reklamation"
        " {case}.",
        "La facture {invoice} est déjà contestée pour ce motif, dans les mêmes termes : litige"
        " {case}.",
    ),
    "cancelled-not-disputable": (
        "Factuur {invoice} is geannuleerd; er is niets te betwisten.",
        "Rechnung {invoice} ist storniert; es gibt nichts zu beanstanden.",
        "La facture {invoice} est annulée ; il n'y a rien à contester.",
    ),
    "dispute-not-open": (
        "Dispuut {case} is niet meer open.",
        "Reklamation {case} ist nicht mehr offen.",
        "Le litige {case} n'est plus ouvert.",
    ),
    "dispute-resolved": (
        "Dispuut {case} is al opgelost; heropen het eerst.",
        "Reklamation {case} ist schon geklärt; öffnen Sie sie zuerst wieder.",
        "Le litige {case} est déjà résolu ; rouvrez-le d'abord.",
    ),
    "dispute-voided": (
        "Dispuut {case} is ingetrokken; open een nieuw dispuut.",
        "Reklamation {case} wurde zurückgenommen; eröffnen Sie eine neue.",
        "Le litige {case} a été retiré ; ouvrez-en un nouveau.",
    ),
    "no-resolver-yet": (
        "Dispuut {case} heeft nog geen behandelaar.",
        "Reklamation {case} hat noch keinen Bearbeiter.",
        "Le litige {case} n'a pas encore de responsable.",
    ),
    "resolver-not-mailable": (
        "Aan {resolver} kan niets worden verzonden, want dat is geen e-mailadres: herinner zelf, en"
        " noem het kanaal.",
        "An {resolver} kann nichts gesendet werden, da das keine E-Mail-Adresse ist: erinnern Sie"
        " selbst, und nennen Sie den Kanal.",
        "Rien ne peut être envoyé à {resolver}, qui n'est pas une adresse e-mail : faites le rappel"
        " vous-même et indiquez le canal.",
    ),
    "no-reminder-due": (
        "Op {on} is er geen herinnering aan dispuut {case}.",
        "Am {on} ist keine Erinnerung zu Reklamation {case} fällig.",
        "Aucun rappel du litige {case} n'est prévu le {on}.",
    ),
    "no-escalation-due": (
        "Op {on} is er geen escalatie van dispuut {case}.",
        "Am {on} ist keine Eskalation von Reklamation {case} fällig.",
        "Aucune escalade du litige {case} n'est prévue le {on}.",
    ),
    "credit-out-of-range": (
        "De creditering moet tussen {least} en {most} liggen.",
        "Die Gutschrift muss zwischen {least} und {most} liegen.",
        "L'avoir doit être compris entre {least} et {most}.",
    ),
    "only-with-run": (
        "Dit kan alleen als het playbook wordt gevolgd.",
        "Das geht nur, wenn nach dem Playbook verfahren wird.",
        "Ce n'est possible que si le playbook est suivi.",
    ),
    # what a resolver answers
    "answer-needs-outcome": (
        "Zeg wat de uitkomst is.",
        "Sagen Sie, was das Ergebnis ist.",
        "Dites quelle est l'issue.",
    ),
    "answer-needs-reason": (
        "Zeg waarom het niet is opgelost.",
        "Sagen Sie, warum es nicht geklärt ist.",
        "Dites pourquoi ce n'est pas résolu.",
    ),
    "answer-needs-day": (
        "Zeg wanneer het dat wel is.",
        "Sagen Sie, bis wann es das ist.",
        "Dites quand ce le sera.",
    ),
    "answer-day-over": ("Die dag is voorbij.", "Dieser Tag ist vorbei.", "Ce jour est passé."),
    "answer-needs-somebody": (
        "Zeg wie gevraagd moet worden, of waarom het niet voor u is.",
        "Sagen Sie, wer gefragt werden soll oder warum es nicht für Sie ist.",
        "Dites qui solliciter, ou pourquoi ce n'est pas pour vous.",
    ),
    # credits and their approvers
    "approver-missing": (
        "Zeg wie het moet goedkeuren: het playbook noemt niemand.",
        "Sagen Sie, wer es genehmigen soll: das Playbook nennt niemanden.",
        "Dites qui doit l'approuver : le playbook ne nomme personne.",
    ),
    "not-an-approver": (
        "{who} mag geen creditering goedkeuren; dat mogen: {approvers}.",
        "{who} darf keine Gutschrift genehmigen; das dürfen: {approvers}.",
        "{who} ne peut approuver aucun avoir ; le peuvent : {approvers}.",
    ),
    "above-own-limit": (
        "U mag {amount} niet goedkeuren: de limiet van {approver} is {limit} (playbook:"
        " approvers/{nth}/up_to). {who} is gevraagd.",
        "Sie dürfen {amount} nicht genehmigen: das Limit von {approver} ist {limit} (Playbook:"
        " approvers/{nth}/up_to). Gefragt ist {who}.",
        "Vous ne pouvez pas approuver {amount} : la limite de {approver} est {limit} (playbook :"
        " approvers/{nth}/up_to). {who} est sollicité.",
    ),
    "above-every-limit": (
        "Zoveel mag niemand goedkeuren: de limiet van {approver} is {limit} (playbook:"
        " approvers/{nth}/up_to).",
        "So viel darf niemand genehmigen: das Limit von {approver} ist {limit} (Playbook:"
        " approvers/{nth}/up_to).",
        "Personne ne peut approuver autant : la limite de {approver} est {limit} (playbook :"
        " approvers/{nth}/up_to).",
    ),
    "own-request": (
        "{who} heeft het zelf aangevraagd: iemand anders beslist.",
        "{who} hat es selbst beantragt: jemand anders entscheidet.",
        "{who} l'a demandé : une autre personne décide.",
    ),
    "beyond-approval": (
        "Dit geeft {amount} weg zonder goedkeuring, en u mag bij deze factuur over {limit}"
        " beslissen (playbook: approvers). Laat een goedkeurder het vastleggen, of vraag in een"
        " dispuut een creditering aan.",
        "Damit werden {amount} ohne Genehmigung nachgelassen, und Sie dürfen bei dieser Rechnung"
        " über {limit} entscheiden (Playbook: approvers). Lassen Sie einen Genehmiger es erfassen,"
        " oder beantragen Sie in einer Reklamation eine Gutschrift.",
        "Ceci accorde {amount} sans approbation, et vous pouvez décider de {limit} pour cette"
        " facture (playbook : approvers). Faites-le enregistrer par un approbateur, ou demandez un"
        " avoir dans un litige.",
    ),
    "several-unapproved": (
        "Noem de regel van wat wordt goedgekeurd: {lines}.",
        "Nennen Sie die Zeile dessen, was genehmigt wird: {lines}.",
        "Indiquez la ligne de ce qui est approuvé : {lines}.",
    ),
    "above-limit": (
        "Uw limiet is {limit} (playbook: approvers), en dit is {amount}.",
        "Ihr Limit ist {limit} (Playbook: approvers), und dies sind {amount}.",
        "Votre limite est de {limit} (playbook : approvers), et ceci fait {amount}.",
    ),
    "no-credit-requested": (
        "Voor dispuut {case} is geen creditering aangevraagd.",
        "Für Reklamation {case} ist keine Gutschrift beantragt.",
        "Aucun avoir n'est demandé pour le litige {case}.",
    ),
    "credit-not-approved": (
        "Van deze creditering van {credit} is maar {approved} goedgekeurd (playbook: approvers);"
        " vraag eerst goedkeuring.",
        "Von dieser Gutschrift über {credit} sind nur {approved} genehmigt (Playbook: approvers);"
        " beantragen Sie zuerst eine Genehmigung.",
        "De cet avoir de {credit}, seuls {approved} sont approuvés (playbook : approvers) ;"
        " demandez d'abord une approbation.",
    ),
    "credit-refusal-needs-reason": (
        "Zeg waarom het niet is goedgekeurd.",
        "Sagen Sie, warum es nicht genehmigt ist.",
        "Dites pourquoi ce n'est pas approuvé.",
    ),
    "no-approver-reminder-due": (
        "Op {on} is er geen herinnering aan de creditering van {case}.",
        "Am {on} ist keine Erinnerung zur Gutschrift von {case} fällig.",
        "Aucun rappel de l'avoir de {case} n'est prévu le {on}.",
    ),
}
