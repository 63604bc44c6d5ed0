"""The refusals of amounts and of invoices."""

TRANSLATIONS: dict[str, tuple[str, str, str]] = {
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
    "nothing-open": ("Er staat niets open.", "Es ist nichts offen.", "Rien n'est ouvert."),
    "above-open": (
        "Er staat maar {amount} open.",
        "Offen sind nur {amount}.",
        "Le solde n'est que de {amount}.",
    ),
    "above-disputed": (
        "Er is nog maar {amount} betwist.",
        "Strittig ist nur noch {amount}.",
        "Seuls {amount} sont encore contestés.",
    ),
    "above-requested": (
        "Er is maar {amount} aangevraagd.",
        "Beantragt sind nur {amount}.",
        "Seuls {amount} ont été demandés.",
    ),
    "above-charged": (
        "Er is maar {amount} in rekening gebracht.",
        "Berechnet sind nur {amount}.",
        "Seuls {amount} ont été facturés en plus.",
    ),
    "above-unallocated": (
        "Van {reference} is nog maar {amount} over.",
        "Von {reference} sind nur noch {amount} übrig.",
        "De {reference}, il ne reste que {amount}.",
    ),
    "allocated-since": (
        "Iets van {reference} is intussen toegewezen: maak dat eerst ongedaan.",
        "Etwas von {reference} wurde inzwischen zugeordnet: machen Sie das zuerst rückgängig.",
        "Une part de {reference} a été affectée entre-temps : annulez-la d'abord.",
    ),
    "nothing-proposed": (
        "Geen open factuur past bij deze transactie: noem de facturen.",
        "Keine offene Rechnung passt zu dieser Transaktion: nennen Sie die Rechnungen.",
        "Aucune facture ouverte ne correspond à cette transaction : indiquez les factures.",
    ),
    "several-transactions": (
        "Meer dan één transactie begint met {transaction}: geef meer van het nummer.",
        "Mehrere Transaktionen beginnen mit {transaction}: geben Sie mehr von der Nummer an.",
        "Plusieurs transactions commencent par {transaction} : donnez davantage du numéro.",
    ),
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
    "returned-already": (
        "Die transactie is al teruggegeven.",
        "Diese Transaktion wurde schon zurückgegeben.",
        "Cette transaction a déjà été retournée.",
    ),
    "no-return-of-it": (
        "Dit is niet de teruggave van {original}: de bedragen moeten gelijk zijn.",
        "Das ist nicht die Rückgabe von {original}: die Beträge müssen gleich sein.",
        "Ce n'est pas le retour de {original} : les montants doivent être les mêmes.",
    ),
    "allocated-as-other-kind": (
        "{reference} is van een andere soort: {kind}. Wijs het ook zo toe.",
        "{reference} ist von anderer Art: {kind}. Ordnen Sie es auch so zu.",
        "{reference} est d'une autre nature : {kind}. Affectez-le comme tel.",
    ),
    "several-currencies": (
        "De facturen zijn in meer dan één valuta: leg elke apart vast.",
        "Die Rechnungen sind in mehreren Währungen: erfassen Sie jede für sich.",
        "Les factures sont en plusieurs devises : enregistrez chacune séparément.",
    ),
    "split-of-other-invoice": (
        "Factuur {invoice} is niet een van de facturen.",
        "Rechnung {invoice} ist keine der Rechnungen.",
        "La facture {invoice} n'est pas l'une des factures.",
    ),
    "split-above-amount": (
        "De delen moeten boven nul zijn en samen hoogstens {amount}, niet {total}.",
        "Die Anteile müssen über null liegen und zusammen höchstens {amount} ergeben, nicht"
        " {total}.",
        "Les parts doivent être supérieures à zéro et totaliser {amount} au plus, pas {total}.",
    ),
    "split-below-amount": (
        "De delen zijn samen maar {amount}.",
        "Die Anteile ergeben zusammen nur {amount}.",
        "Les parts ne totalisent que {amount}.",
    ),
    "rest-without-debtor": (
        "Er zou {rest} overblijven, en de facturen hebben niet samen één geregistreerde debiteur"
        " bij wie het kan wachten: leg het apart vast.",
        "Es blieben {rest} übrig, und die Rechnungen haben nicht einen gemeinsamen erfassten"
        " Kunden, bei dem das Geld warten kann: erfassen Sie es für sich.",
        "Il resterait {rest}, et les factures n'ont pas un même client enregistré chez qui cette"
        " somme peut attendre : enregistrez-la séparément.",
    ),
    "recorded-otherwise": (
        "{what} {key} is al vastgelegd, met bedrag {amount}.",
        "{what} {key} ist schon erfasst, mit Betrag {amount}.",
        "{what} {key} : déjà enregistré, pour un montant de {amount}.",
    ),
    "imported-otherwise": (
        "{cause} is eerder geïmporteerd, met {name} {there}; hier is dat {here}.",
        "{cause} wurde schon importiert, mit {name} {there}; hier ist es {here}.",
        "{cause} a déjà été importé, avec {name} {there} ; ici c'est {here}.",
    ),
    "payment-reversed": (
        "Betaling {reference} is op {on} teruggeboekt; is ze opnieuw ontvangen, geef dan de datum"
        " van ontvangst of een nieuwe referentie.",
        "Zahlung {reference} wurde am {on} zurückgebucht; ist sie erneut eingegangen, geben Sie das"
        " Datum des Eingangs oder eine neue Referenz an.",
        "Le paiement {reference} a été annulé le {on} ; s'il a été reçu de nouveau, donnez la date"
        " de réception ou une nouvelle référence.",
    ),
    # invoices
    "registered-otherwise": (
        "Factuur {invoice} is al geregistreerd, met {name} {value}; corrigeer die.",
        "Rechnung {invoice} ist schon erfasst, mit {name} {value}; berichtigen Sie sie.",
        "La facture {invoice} est déjà enregistrée, avec {name} {value} ; corrigez-la.",
    ),
    "cancelled": (
        "Factuur {invoice} is geannuleerd.",
        "Rechnung {invoice} ist storniert.",
        "La facture {invoice} est annulée.",
    ),
    "link-quota": (
        "Via deze link worden vandaag geen documenten meer ontvangen.",
        "Über diesen Link werden heute keine Dokumente mehr empfangen.",
        "Aucun autre document n'est reçu par ce lien aujourd'hui.",
    ),
    "invoice-document-type": (
        "De factuur zelf is een PDF of een XML-bestand, en {name} is geen van beide.",
        "Die Rechnung selbst ist eine PDF- oder XML-Datei, und {name} ist keines von beiden.",
        "La facture elle-même est un fichier PDF ou XML, et {name} n'est ni l'un ni l'autre.",
    ),
    "replaces-no-invoice": (
        "Alleen het factuurdocument dat nu wordt verzonden, kan door een ander worden vervangen.",
        "Nur das Rechnungsdokument, das jetzt versendet wird, kann durch ein anderes ersetzt"
        " werden.",
        "Seul le document de facture envoyé à présent peut être remplacé par un autre.",
    ),
    "not-collectable": (
        "Factuur {invoice} is niet meer te innen.",
        "Rechnung {invoice} ist nicht mehr einzuziehen.",
        "La facture {invoice} n'est plus à recouvrer.",
    ),
    "other-business-unit": (
        "U werkt voor andere bedrijfseenheden.",
        "Sie arbeiten für andere Geschäftseinheiten.",
        "Vous travaillez pour d'autres unités.",
    ),
    "number-taken": (
        "Nummer {number} is al in gebruik, buiten uw bedrijfseenheden.",
        "Die Nummer {number} ist vergeben, außerhalb Ihrer Geschäftseinheiten.",
        "Le numéro {number} est déjà pris, hors de vos unités.",
    ),
    "needs-all-units": (
        "Dit is voor wie voor alle bedrijfseenheden werkt.",
        "Das ist für Personen, die für alle Geschäftseinheiten arbeiten.",
        "Ceci est réservé aux personnes qui travaillent pour toutes les unités.",
    ),
    "debtor-of-other-units": (
        "Debiteur {debtor} heeft ook facturen in andere bedrijfseenheden: dit is voor wie voor alle"
        " eenheden werkt.",
        "Kunde {debtor} hat auch Rechnungen in anderen Geschäftseinheiten: das ist für Personen,"
        " die für alle Einheiten arbeiten.",
        "Le client {debtor} a aussi des factures dans d'autres unités : ceci est réservé aux"
        " personnes qui travaillent pour toutes les unités.",
    ),
    # how much is contested
    "contested-twice": (
        "Geef {way} of {other}, niet allebei.",
        "Geben Sie {way} oder {other} an, nicht beides.",
        "Donnez {way} ou {other}, pas les deux.",
    ),
    "percent-missing": (
        "Geef het percentage.",
        "Geben Sie den Prozentsatz an.",
        "Donnez le pourcentage.",
    ),
    "percent-of-nothing": (
        "{percent} % van {whole} is niets.",
        "{percent} % von {whole} ist nichts.",
        "{percent} % de {whole} ne fait rien.",
    ),
    "above-invoice-amount": (
        "Het bedrag van de factuur is {amount}.",
        "Der Rechnungsbetrag ist {amount}.",
        "Le montant de la facture est de {amount}.",
    ),
    "lines-not-known": (
        "De regels van factuur {invoice} zijn niet bekend: geef bedragen.",
        "Die Positionen von Rechnung {invoice} sind nicht bekannt: geben Sie Beträge an.",
        "Les lignes de la facture {invoice} ne sont pas connues : donnez des montants.",
    ),
    "no-invoice-line": (
        "Factuur {invoice} heeft geen regel {line}, wel: {lines}.",
        "Rechnung {invoice} hat keine Position {line}, aber: {lines}.",
        "La facture {invoice} n'a pas de ligne {line}, mais : {lines}.",
    ),
    "line-twice": (
        "Regel {line} staat er twee keer.",
        "Position {line} ist doppelt angegeben.",
        "La ligne {line} est donnée deux fois.",
    ),
    "line-amount-not-known": (
        "Het bedrag van regel {line} is niet bekend: geef het.",
        "Der Betrag von Position {line} ist nicht bekannt: geben Sie ihn an.",
        "Le montant de la ligne {line} n'est pas connu : donnez-le.",
    ),
    "line-charges-nothing": (
        "Regel {line} brengt niets in rekening.",
        "Position {line} berechnet nichts.",
        "La ligne {line} ne facture rien.",
    ),
    "above-line-quantity": (
        "Het aantal van regel {line} is {quantity}.",
        "Die Menge von Position {line} ist {quantity}.",
        "La quantité de la ligne {line} est de {quantity}.",
    ),
    "above-line-amount": (
        "Het bedrag van regel {line} is {amount}.",
        "Der Betrag von Position {line} ist {amount}.",
        "Le montant de la ligne {line} est de {amount}.",
    ),
    "amount-of-which-invoice": (
        "Noem de factuur van het bedrag: {invoices}.",
        "Nennen Sie die Rechnung des Betrags: {invoices}.",
        "Indiquez la facture du montant : {invoices}.",
    ),
}
