"""The language of messages."""

from ledger.facts.debtor import Debtor

LANGUAGES = ("en", "nl", "de", "fr")  # the first is the default
COUNTRIES = {"nl": "NL BE SR", "de": "DE AT CH LI", "fr": "FR LU MC"}  # by language of business
OF_COUNTRY = {country: language for language, of in COUNTRIES.items() for country in of.split()}


def language_of(debtor: Debtor, country: str) -> str:
    """Return the debtor's language (BCP 47), else that of their or the creditor's ``country``."""
    return debtor.language or language_in(debtor.country or country)


def language_in(country: str) -> str:
    return OF_COUNTRY.get(country, LANGUAGES[0])
