"""The sentences of the contact log in a reader's language."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from api.i18n.reasons import written_reason
from api.i18n.translate import Translation
from projections.contact_log.language import quoted

CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)")
MARKS = {"en": "“”", "nl": "“”", "de": "„“", "fr": ("«\u00a0", "\u00a0»")}  # of a quotation


class Wording(NamedTuple):
    """How a reader's language writes a sentence: a ``Language`` of the contact log."""

    words: Translation
    today: date | None = None  # days of its year are written without it

    def __call__(self, text: str, **facts: str) -> str:
        return self.words(text, **facts)

    def number_of(self, number: int, single: str, several: str) -> str:
        return self.words.number_of(number, single, several)

    def money(self, amount: Decimal) -> str:
        return self.words.exact(amount)

    def priced(self, amount: Decimal, currency: str) -> str:
        return f"{self.words.exact(amount)} {currency}"

    def number(self, number: Decimal) -> str:
        return self.words.quantity(number)

    def day(self, day: date) -> str:
        return self.words.short_day(day, self.today) if self.today else self.words.day(day)

    def time(self, time: str) -> str:
        """Return the hour and minute of a time, without its distance from UTC."""
        return time[:5] if CLOCK.fullmatch(time) else time

    def code(self, code: str) -> str:
        return self.words.code(code)

    def quoted(self, text: str) -> str:
        before, after = MARKS[self.words.language]
        return quoted(text, before, after)

    def ours(self, text: str) -> str:
        return written_reason(text, self, str)
