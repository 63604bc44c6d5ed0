"""The people, debtors, wares and texts of the demo, in four languages.

Korenaar is a wholesaler in Utrecht with two business units: ingredients for bakers, and ovens and
mixers. All names are fictitious; ``.example`` is a reserved domain.
"""

from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

COLLECTORS = ("anna", "bram")
OURS = "korenaar.example"
OWN = f"debiteuren@{OURS}"
APPROVER, MANAGER, AGENCY = f"marit@{OURS}", "henk", "Van Galen Incasso"
TEAMS = {
    "sales": f"sofie@{OURS}",
    "logistics": f"lars@{OURS}",
    "service": f"sven@{OURS}",
    "finance": f"femke@{OURS}",
}


@dataclass(frozen=True)
class Firm:
    """A debtor, who usually pays ``slow`` days after the due date."""

    number: str
    name: str
    town: str
    country: str
    language: str
    person: str
    slow: int

    @property
    def domain(self) -> str:
        plain = normalize("NFKD", self.name.lower().removesuffix(" b.v."))
        kept = (sign for sign in plain if sign.isascii() and sign.isalnum())
        return f"{''.join(kept)[:18]}.example"

    @property
    def email(self) -> str:
        return f"{self.person.split()[-1].lower()}@{self.domain}"


FIRMS = (
    Firm("D-1001", "Bakkerij Van der Linden B.V.", "Amersfoort", "NL", "nl", "Joke Linden", 1),
    Firm("D-1002", "De Gouden Krakeling", "Haarlem", "NL", "nl", "Rob Visser", 2),
    Firm("D-1003", "Broodhuys Utrecht B.V.", "Utrecht", "NL", "nl", "Fatima Haddad", -1),
    Firm("D-1004", "Banketbakkerij Hoekstra", "Leeuwarden", "NL", "nl", "Sietske Hoekstra", 0),
    Firm("D-1005", "Jansen Supermarkten B.V.", "Zwolle", "NL", "nl", "Peter Mulder", 9),
    Firm("D-1006", "Hotel Het Wapen van Delft", "Delft", "NL", "nl", "Ingrid Bos", 4),
    Firm("D-1007", "Lunchroom Zoet & Zout", "Breda", "NL", "nl", "Daan Kuipers", 6),
    Firm("D-1008", "Ambachtsbakker Smit", "Hoorn", "NL", "nl", "Kees Smit", 12),
    Firm("D-1009", "The Bagel Works B.V.", "The Hague", "NL", "en", "Olivia Grant", 1),
    Firm("D-1010", "Northbridge Catering B.V.", "Rotterdam", "NL", "en", "Sam Okafor", 3),
    Firm("D-2001", "Bakkerij Peeters BV", "Gent", "BE", "nl", "Els Peeters", 0),
    Firm("D-2002", "Koekenstad NV", "Antwerpen", "BE", "nl", "Wout Claes", 2),
    Firm("D-2003", "Boulangerie Lambert SRL", "Namur", "BE", "fr", "Luc Lambert", 5),
    Firm("D-2004", "Pâtisserie Dumont SA", "Liège", "BE", "fr", "Claire Dumont", 1),
    Firm("D-2005", "Airport Bakery Services NV", "Zaventem", "BE", "en", "Mark Devos", 7),
    Firm("D-3001", "Bäckerei Hoffmann GmbH", "Köln", "DE", "de", "Petra Hoffmann", -2),
    Firm("D-3002", "Konditorei Schäfer KG", "Aachen", "DE", "de", "Jens Schwarz", 0),
    Firm("D-3003", "Mühlenbrot Westfalen GmbH", "Münster", "DE", "de", "Anke Vogel", 1),
    Firm("D-3004", "Backhaus Krüger e.K.", "Kleve", "DE", "de", "Uwe Lange", 3),
    Firm("D-3005", "Rheinblick Hotels GmbH", "Düsseldorf", "DE", "de", "Sabine Roth", 2),
    Firm("D-4001", "Boulangerie Moreau SARL", "Lille", "FR", "fr", "Julien Moreau", 6),
    Firm("D-4002", "Maison Girard SAS", "Roubaix", "FR", "fr", "Nadia Girard", 2),
    Firm("D-4003", "Les Pains du Nord SARL", "Dunkerque", "FR", "fr", "Marc Petit", 8),
    Firm("D-4004", "Traiteur Martin SAS", "Valenciennes", "FR", "fr", "Sophie Martin", 3),
    Firm("D-4005", "Hôtel de la Grande Place", "Arras", "FR", "fr", "Paul Mercier", 4),
)
CONSUMER = Firm(
    "D-5001", "Anna de Wit", "Houten", "NL", "nl", "Anna de Wit", 0
)  # no address for mail
POSTCODES = {
    "Amersfoort": "3811 AB",
    "Haarlem": "2011 RC",
    "Utrecht": "3511 ED",
    "Leeuwarden": "8911 DA",
    "Zwolle": "8011 PK",
    "Delft": "2611 GV",
    "Breda": "4811 AA",
    "Hoorn": "1621 AB",
    "The Hague": "2511 CV",
    "Rotterdam": "3011 AA",
    "Gent": "9000",
    "Antwerpen": "2000",
    "Namur": "5000",
    "Liège": "4000",
    "Zaventem": "1930",
    "Köln": "50667",
    "Aachen": "52062",
    "Münster": "48143",
    "Kleve": "47533",
    "Düsseldorf": "40213",
    "Lille": "59000",
    "Roubaix": "59100",
    "Dunkerque": "59140",
    "Valenciennes": "59300",
    "Arras": "62000",
    "Houten": "3991 AA",
}
BY_NUMBER = {firm.number: firm for firm in (*FIRMS, CONSUMER)}
DEAD = BY_NUMBER["D-1005"].email  # refuses mail in the last weeks
BANKRUPT = "D-1008"


@dataclass(frozen=True)
class Ware:
    """An article of the price list; ``most`` is the largest quantity of an order."""

    name: str
    unit: str
    price: Decimal
    most: int


WARES = {
    "ingredients": (
        Ware("Wheat flour T65, 25 kg", "bag", Decimal("18.40"), 60),
        Ware("Rye flour, 25 kg", "bag", Decimal("21.75"), 30),
        Ware("Butter 82 %, 10 kg", "box", Decimal("74.50"), 20),
        Ware("Fresh yeast, 12 x 1 kg", "box", Decimal("33.20"), 15),
        Ware("Couverture dark 54 %, 20 kg", "bag", Decimal("189.00"), 10),
        Ware("Almond paste, 5 kg", "pail", Decimal("46.90"), 12),
    ),
    "equipment": (
        Ware("Deck oven, three decks", "piece", Decimal("8950.00"), 1),
        Ware("Spiral mixer, 60 l", "piece", Decimal("4275.00"), 1),
        Ware("Proofing trolley", "piece", Decimal("685.00"), 4),
        Ware("Baking tray 60 x 40", "piece", Decimal("14.80"), 60),
        Ware("Maintenance visit", "visit", Decimal("345.00"), 2),
    ),
}

PROMISE = {
    "nl": "Betaling van {amount} gaat uiterlijk {day} de deur uit, excuus voor het wachten.",
    "en": "Our payment of {amount} goes out on {day} at the latest, sorry for the wait.",
    "de": "Wir überweisen {amount} bis spätestens {day}. Bitte entschuldigen Sie die Verspätung.",
    "fr": "Le virement de {amount} partira au plus tard le {day}, désolés pour le retard.",
}
BROKE = {
    "nl": "Toezegging niet nagekomen. Boekhouder was ziek; betaalrun is volgende week.",
    "en": "The promised payment did not come. They say a signature is missing; will call back.",
    "de": "Zugesagte Zahlung ist nicht eingegangen. Buchhaltung meldet sich bis Freitag.",
    "fr": "Le virement promis n'est pas arrivé. La comptable doit vérifier et rappeler.",
}
CALLED = {
    "nl": "Gebeld over {number}: factuur ligt bij de directie ter goedkeuring, bel vrijdag terug.",
    "en": "Called about {number}: the invoice waits for approval, should be in the next run.",
    "de": "Angerufen wegen {number}: Rechnung liegt zur Freigabe, Zahlung mit dem nächsten Lauf.",
    "fr": "Appel au sujet de {number} : facture en attente de validation, prochain virement.",
}
VOICEMAIL = {
    "nl": "Voicemail ingesproken met verzoek om terug te bellen over {number}.",
    "en": "Left a voicemail, asked to call back about {number}.",
    "de": "Auf die Mailbox gesprochen, Bitte um Rückruf wegen {number}.",
    "fr": "Message laissé sur le répondeur, merci de rappeler au sujet de {number}.",
}
OUTCOME = {
    "nl": "Wij hebben uw bezwaar tegen {number} afgehandeld; de uitkomst staat in de bijlage.",
    "en": "We have dealt with your complaint about {number}; the outcome is as agreed below.",
    "de": "Ihre Reklamation zu {number} ist bearbeitet; das Ergebnis finden Sie unten.",
    "fr": "Votre réclamation au sujet de {number} est traitée ; vous trouverez le résultat ici.",
}
ASKS_COPY = {
    "nl": "Kunnen jullie een kopie van factuur {number} sturen voor onze administratie?",
    "en": "Could you send us a copy of invoice {number} for our books?",
    "de": "Bitte senden Sie uns eine Kopie der Rechnung {number} für unsere Buchhaltung.",
    "fr": "Pourriez-vous nous envoyer un duplicata de la facture {number} ?",
}
STILL_NO = {
    "nl": "Wij gaan niet akkoord met de afwijzing. Bekijkt u onze foto's alstublieft nog eens.",
    "en": "We do not accept your answer. Please look at the photos once more.",
    "de": "Mit Ihrer Antwort sind wir nicht einverstanden. Bitte prüfen Sie die Fotos erneut.",
    "fr": "Nous n'acceptons pas ce refus. Merci de revoir les photos.",
}
