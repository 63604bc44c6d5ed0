"""The questions of the shipped playbook in our languages; a creditor's own stay as written."""

from ledger.policy.messages.languages import LANGUAGES

QUESTIONS: dict[str, tuple[str, str, str]] = {
    "Is the debtor right? If so, what has to be done or credited?": (
        "Heeft de debiteur gelijk? Zo ja, wat moet er gebeuren of gecrediteerd worden?",
        "Hat der Kunde recht? Wenn ja, was ist zu tun oder gutzuschreiben?",
        "Le client a-t-il raison ? Si oui, que faut-il faire ou créditer ?",
    ),
    "Which price was agreed, and where is it written down?": (
        "Welke prijs is afgesproken, en waar staat dat?",
        "Welcher Preis wurde vereinbart, und wo steht das?",
        "Quel prix a été convenu, et où est-ce écrit ?",
    ),
    "Which discount was agreed, and where is it written down?": (
        "Welke korting is afgesproken, en waar staat dat?",
        "Welcher Rabatt wurde vereinbart, und wo steht das?",
        "Quelle remise a été convenue, et où est-ce écrit ?",
    ),
    "How much was delivered? Attach the proof of delivery.": (
        "Hoeveel is er geleverd? Voeg het afleverbewijs toe.",
        "Wie viel wurde geliefert? Bitte den Liefernachweis anhängen.",
        "Combien a été livré ? Joignez la preuve de livraison.",
    ),
    "Was it delivered? Attach the proof of delivery.": (
        "Is het geleverd? Voeg het afleverbewijs toe.",
        "Wurde geliefert? Bitte den Liefernachweis anhängen.",
        "Est-ce livré ? Joignez la preuve de livraison.",
    ),
    "When was it promised, and when delivered?": (
        "Voor wanneer was het beloofd, en wanneer is het geleverd?",
        "Für wann war es zugesagt, und wann wurde geliefert?",
        "Pour quand était-ce promis, et quand est-ce livré ?",
    ),
    "What was ordered, and what was delivered?": (
        "Wat is er besteld, en wat is er geleverd?",
        "Was wurde bestellt, und was wurde geliefert?",
        "Qu'est-ce qui a été commandé, et qu'est-ce qui a été livré ?",
    ),
    "Was the damage reported? What do we offer?": (
        "Is de schade gemeld? Wat bieden we aan?",
        "Wurde der Schaden gemeldet? Was bieten wir an?",
        "Le dommage a-t-il été signalé ? Que proposons-nous ?",
    ),
    "What is wrong, and what do we offer?": (
        "Wat is er mis, en wat bieden we aan?",
        "Was ist nicht in Ordnung, und was bieten wir an?",
        "Qu'est-ce qui ne va pas, et que proposons-nous ?",
    ),
    "What came back, and in which state?": (
        "Wat is er teruggekomen, en in welke staat?",
        "Was kam zurück, und in welchem Zustand?",
        "Qu'est-ce qui est revenu, et dans quel état ?",
    ),
    "Which reference must be on it?": (
        "Welke referentie moet erop staan?",
        "Welche Referenz muss darauf stehen?",
        "Quelle référence doit y figurer ?",
    ),
    "Send the invoice again, and say when.": (
        "Stuur de factuur opnieuw, en laat weten wanneer.",
        "Bitte die Rechnung noch einmal senden und mitteilen, wann.",
        "Renvoyez la facture, et dites-nous quand.",
    ),
    "Who must it be addressed to?": (
        "Aan wie moet de factuur gericht zijn?",
        "An wen muss die Rechnung gerichtet sein?",
        "À qui la facture doit-elle être adressée ?",
    ),
    "Is the tax on it right?": (
        "Klopt de belasting op de factuur?",
        "Stimmt die Steuer auf der Rechnung?",
        "La taxe sur la facture est-elle juste ?",
    ),
    "Is the sum right?": (
        "Klopt de optelling?",
        "Stimmt die Summe?",
        "Le total est-il juste ?",
    ),
    "Was it billed twice?": (
        "Is het dubbel gefactureerd?",
        "Wurde es doppelt berechnet?",
        "A-t-il été facturé deux fois ?",
    ),
    "Who ordered it, and where is that written down?": (
        "Wie heeft het besteld, en waar staat dat?",
        "Wer hat es bestellt, und wo steht das?",
        "Qui l'a commandé, et où est-ce écrit ?",
    ),
    "Which terms were agreed?": (
        "Welke betalingstermijn is afgesproken?",
        "Welche Zahlungsbedingungen wurden vereinbart?",
        "Quelles conditions de paiement ont été convenues ?",
    ),
    "Did the money come in?": (
        "Is het geld binnengekomen?",
        "Ist das Geld eingegangen?",
        "L'argent est-il arrivé ?",
    ),
    "Do we acknowledge the claim?": (
        "Erkennen we de vordering?",
        "Erkennen wir die Forderung an?",
        "Reconnaissons-nous la créance ?",
    ),
    "Attach the proof that is asked for.": (
        "Voeg het gevraagde bewijs toe.",
        "Bitte den verlangten Nachweis anhängen.",
        "Joignez la preuve demandée.",
    ),
}


def question_in(language: str, asks: str) -> str:
    """Return the question with each line that is of the shipped playbook in that language."""
    nth = LANGUAGES.index(language)
    return "\n".join(_line(line, nth) for line in asks.split("\n"))


def _line(line: str, nth: int) -> str:
    return QUESTIONS[line][nth - 1] if nth and line in QUESTIONS else line
