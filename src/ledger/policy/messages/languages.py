"""In which language somebody is written to."""

from ledger.facts.debtor import Debtor

LANGUAGES = ("en", "nl", "de", "fr")  # the first for all others
OF_COUNTRY = {  # ISO 3166-1; where several are spoken, the one that most write business in
    "NL": "nl",
    "BE": "nl",
    "SR": "nl",
    "DE": "de",
    "AT": "de",
    "CH": "de",
    "LI": "de",
    "FR": "fr",
    "LU": "fr",
    "MC": "fr",
}
ANY = "en"


def language_of(debtor: Debtor, country: str) -> str:
    """His own (BCP 47), else that of his country, else that of the creditor's ``country``."""
    return debtor.language or language_in(debtor.country or country)


def language_in(country: str) -> str:
    return OF_COUNTRY.get(country, ANY)
