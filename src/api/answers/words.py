"""What the pages say, in the reader's language. English is the key, so a page reads as it looks."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from starlette.requests import Request

from api.answers.texts import CODES, TEXTS
from api.postman.templates import LANGUAGES
from api.postman.words import in_words
from commands.languages import language_in

RANGE = re.compile(r"([a-z]{1,8})(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?", re.I)
LONGEST = 500  # characters of Accept-Language
PLACE = re.compile(r"\\\{(\w+)\\\}")  # of a fact, in a key that was escaped


class Words(NamedTuple):
    """One language: its words, and how it writes amounts and dates."""

    language: str

    def __call__(self, text: str, **facts: str) -> str:
        """A text of ours, with its facts; as it stands when it is not ours to translate."""
        return self._said(text).format(**facts) if text in TEXTS else text

    def refused(self, why: str) -> str:
        """What a rule said no with, which is English and may hold numbers and names."""
        if why in TEXTS:
            return self(why)
        for key, pattern in _patterns():
            if found := pattern.fullmatch(why):
                return self(key, **found.groupdict())
        return self("It cannot be recorded: {why}", why=why)

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


def words_for(request: Request, country: str = "") -> Words:
    """In the first of our languages that the reader asks for (RFC 9110, 12.5.4), else in that of
    the creditor's country, as in the mails."""
    asked = request.headers.get("accept-language", "")[:LONGEST]
    wanted = sorted(_wanted(asked), key=lambda one: -one[1])
    ours = (tag for tag, quality in wanted if tag in LANGUAGES and quality > 0)
    return Words(next(ours, language_in(country)))


def _wanted(asked: str) -> Iterator[tuple[str, float]]:
    for one in asked.split(","):
        if found := RANGE.fullmatch(one.strip()):
            yield found[1].lower(), float(found[2] or 1)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Of the keys that hold facts: what else a refusal may look like."""
    keys = [key for key in TEXTS if "{" in key]
    made = [(key, PLACE.sub(r"(?P<\1>.+)", re.escape(key))) for key in keys]
    return [(key, re.compile(pattern, re.DOTALL)) for key, pattern in made]
