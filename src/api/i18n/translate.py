"""Translation of the pages into the reader's language, with the English text as the key."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision
from starlette.requests import Request

from api.i18n.codes import name_of
from api.i18n.questions import question_in
from api.i18n.texts import TEXTS
from ledger.policy.messages.languages import LANGUAGES, language_in

RANGE = re.compile(r"([a-z]{1,8})(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?", re.I)
SPOKEN = {"en": "English", "nl": "Nederlands", "de": "Deutsch", "fr": "Français"}
MAX_HEADER_LENGTH = 500  # characters of Accept-Language


LOCALES = {tag: Locale("en", "GB") if tag == "en" else Locale(tag) for tag in LANGUAGES}


@lru_cache(maxsize=16_384)
def _figures(locale: Locale, amount: Decimal, currency: str) -> str:
    places = get_currency_precision(currency) if currency else 2
    form = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(amount, form, locale=locale))


@lru_cache(maxsize=16_384)
def _exact(locale: Locale, number: Decimal, form: str) -> str:
    return str(format_decimal(number, form, locale=locale, decimal_quantization=False))


@lru_cache(maxsize=16_384)
def _date(locale: Locale, day: date, form: str) -> str:
    return str(format_date(day, form, locale=locale))


class Translation(NamedTuple):
    """A language: its texts, and how it writes amounts and dates."""

    language: str

    def __call__(self, text: str, **facts: str) -> str:
        """Return one of ``TEXTS`` translated and with its facts; any other text as it is."""
        if text not in TEXTS:
            return text.format(**facts) if facts else text
        nth = LANGUAGES.index(self.language)
        return (TEXTS[text][nth - 1] if nth else text).format(**facts)

    def number_of(self, number: int, single: str, several: str) -> str:
        """Return the text for a number of things; ``several`` has the place ``{count}``."""
        return self(single) if number == 1 else self(several, count=str(number))

    def code(self, code: str) -> str:
        return name_of(code, self.language)

    def question(self, asks: str) -> str:
        return question_in(self.language, asks)

    def day(self, day: date) -> str:
        return self._dated("{day} MMMM y", day, day)

    def money(self, amount: Decimal, currency: str) -> str:
        return str(format_currency(amount, currency, locale=self._locale))

    def exact(self, amount: Decimal) -> str:
        """Return the amount without its currency, with at least two decimals; none is cut."""
        return _exact(self._locale, amount, "#,##0.00")

    def quantity(self, number: Decimal) -> str:
        """Return the number with the decimals that it has."""
        return _exact(self._locale, number.normalize(), "#,##0.#")

    def short_day(self, day: date, today: date) -> str:
        """Return day and month, and the year if it is another than today's."""
        return self._dated("{day} MMMM", day, today)

    def weekday(self, day: date, today: date) -> str:
        """Return the day with its weekday, and the year if it is another than today's."""
        return self._dated("EEEE{comma} {day} MMMM", day, today)

    def figures(self, amount: Decimal, currency: str) -> str:
        """Return the amount without its currency, with that currency's decimals."""
        return _figures(self._locale, amount, currency)

    def number(self, number: float) -> str:
        """Return the number with a decimal if it has any."""
        return str(format_decimal(number, "#,##0.#", locale=self._locale))

    def _dated(self, pattern: str, day: date, today: date) -> str:
        german, first = self.language == "de", self.language == "fr" and day.day == 1
        number = "d." if german else "d'er'" if first else "d"
        form = pattern.format(day=number, comma="," if german else "")
        year = "" if day.year == today.year else " y"
        return _date(self._locale, day, form + year)

    @property
    def _locale(self) -> Locale:
        return LOCALES[self.language]


def translation_for(request: Request, country: str = "") -> Translation:
    """Return the translation to the language that the reader prefers (RFC 9110, 12.5.4), else to
    that of the creditor's country."""
    asked = request.headers.get("accept-language", "")[:MAX_HEADER_LENGTH]
    wanted = sorted(_wanted(asked), key=lambda range_: -range_[1])
    ours = (tag for tag, quality in wanted if tag in LANGUAGES and quality > 0)
    return Translation(next(ours, language_in(country)))


def _wanted(asked: str) -> Iterator[tuple[str, float]]:
    for range_ in asked.split(","):
        if found := RANGE.fullmatch(range_.strip()):
            yield found[1].lower(), float(found[2] or 1)
