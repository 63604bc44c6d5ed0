"""How a sentence is written in a language. English is here; the pages bring the reader's own."""

from datetime import date
from decimal import Decimal
from typing import Protocol


class Language(Protocol):
    """A language: its texts by the English one, and how it writes amounts, days and codes."""

    def __call__(self, text: str, **facts: str) -> str: ...
    def number_of(self, number: int, single: str, several: str) -> str: ...
    def money(self, amount: Decimal) -> str: ...
    def priced(self, amount: Decimal, currency: str) -> str: ...
    def number(self, number: Decimal) -> str: ...
    def day(self, day: date) -> str: ...
    def time(self, time: str) -> str: ...
    def code(self, code: str) -> str: ...
    def quoted(self, text: str) -> str: ...
    def ours(self, text: str) -> str: ...


class English:
    """The stable English of HTTP, the command line and the files for an agency."""

    def __call__(self, text: str, **facts: str) -> str:
        return text.format(**facts) if facts else text

    def number_of(self, number: int, single: str, several: str) -> str:
        return single if number == 1 else several.format(count=number)

    def money(self, amount: Decimal) -> str:
        """Format with two decimals, or more where more are stored: nothing is rounded away."""
        exponent = amount.as_tuple().exponent
        exact = isinstance(exponent, int) and exponent < -2
        return f"{amount:f}" if exact else f"{amount:.2f}"

    def priced(self, amount: Decimal, currency: str) -> str:
        return f"{currency} {self.money(amount)}"

    def number(self, number: Decimal) -> str:
        return f"{number.normalize():f}"

    def day(self, day: date) -> str:
        return str(day)

    def time(self, time: str) -> str:
        return time

    def code(self, code: str) -> str:
        return code.replace("_", " ")

    def quoted(self, text: str) -> str:
        return quoted(text, "“", "”")

    def ours(self, text: str) -> str:
        """Return a cause that the machine or a person wrote; the machine's is translated."""
        return text


ENGLISH = English()
SINGLE = str.maketrans("“”„«»", "\u2018\u2019\u201a\u2039\u203a")


def quoted(text: str, before: str, after: str) -> str:
    """Quote a person's words, with single marks inside, so that none can end the quotation."""
    return f"{before}{text.strip().translate(SINGLE)}{after}"
