"""What the pages say, in the reader's language. English is the key, so a page reads as it looks."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from starlette.requests import Request

from api.i18n.codes import CODES
from api.i18n.letter_texts import in_words
from api.i18n.page_texts import TEXTS
from api.i18n.refusal_texts import TRANSLATIONS
from ledger.policy.messages.languages import LANGUAGES, language_in
from ledger.policy.refusal import Refusal

RANGE = re.compile(r"([a-z]{1,8})(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?", re.I)
MAX_HEADER_LENGTH = 500  # characters of Accept-Language


class Translation(NamedTuple):
    """One language: its words, and how it writes amounts and dates."""

    language: str

    def __call__(self, text: str, **facts: str) -> str:
        """A text of ours, with its facts; as it stands when it is not ours to translate."""
        return self._said(text).format(**facts) if text in TEXTS else text

    def refused(self, error: Refusal) -> str:
        """Return what a rule refuses, by its code; in English where it has no translation."""
        if error.code not in TRANSLATIONS:
            return self("It cannot be recorded: {why}", why=str(error))
        nth = LANGUAGES.index(self.language)
        return TRANSLATIONS[error.code][nth - 1].format(**error.facts) if nth else str(error)

    def code(self, code: str) -> str:
        """A reason, an outcome, a root cause."""
        if code in CODES:
            return CODES[code][LANGUAGES.index(self.language)]
        return in_words(code, self.language)

    def day(self, day: date) -> str:
        return str(format_date(day, "long", locale=self._locale))

    def money(self, amount: Decimal, currency: str) -> str:
        return str(format_currency(amount, currency, locale=self._locale))

    @property
    def _locale(self) -> Locale:
        return Locale("en", "GB") if self.language == "en" else Locale(self.language)

    def _said(self, text: str) -> str:
        nth = LANGUAGES.index(self.language)
        return TEXTS[text][nth - 1] if nth else text


def translation_for(request: Request, country: str = "") -> Translation:
    """In the first of our languages that the reader asks for (RFC 9110, 12.5.4), else in that of
    the creditor's country, as in the mails."""
    asked = request.headers.get("accept-language", "")[:MAX_HEADER_LENGTH]
    wanted = sorted(_wanted(asked), key=lambda one: -one[1])
    ours = (tag for tag, quality in wanted if tag in LANGUAGES and quality > 0)
    return Translation(next(ours, language_in(country)))


def _wanted(asked: str) -> Iterator[tuple[str, float]]:
    for one in asked.split(","):
        if found := RANGE.fullmatch(one.strip()):
            yield found[1].lower(), float(found[2] or 1)
