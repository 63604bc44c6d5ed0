"""Numbers of invoices, payments and customers that a text may mention, in normal form.

They are candidates only, to be compared with the numbers in our books.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from ledger.policy.normalise import reference


class NameKind(StrEnum):
    """The kind of a name."""

    INVOICE = "invoice"
    ORDER = "order"
    PAYMENT = "payment"
    CUSTOMER = "customer"
    MAIL = "mail"
    PHONE = "phone"
    NAME = "name"  # of a debtor, letters and digits only
    STRUCTURED = "structured"  # reference that does not contain the invoice's number
    CONTACT = "contact"  # an earlier contact, which a reply may name


WORD = re.compile(r"[^\W_]+")
MAX_LENGTH = 40  # characters of a number
MIN_LENGTH = 3
JOINED = 4  # words that may form a number: "INV 2026-0017"
LOOKED_AT = 200_000  # characters of a text


def candidates(*texts: str) -> tuple[str, ...]:
    """Return all that may be a number, each once, in the order of the texts."""
    return tuple(dict.fromkeys(found for text in texts for found in _in(text[:LOOKED_AT])))


def _in(text: str) -> Iterator[str]:
    """Yield words with a digit, alone and joined with the next words of the line."""
    for line in text.splitlines():
        words = [reference(word) for word in WORD.findall(line)]
        for index in range(len(words)):
            for count in range(1, JOINED + 1):
                joined = "".join(words[index : index + count])
                if len(joined) > MAX_LENGTH or index + count > len(words):
                    break
                if len(joined) >= MIN_LENGTH and any(char.isdigit() for char in joined):
                    yield joined


class KnownName(Protocol):
    """A name in our books: its kind, its normal form, and the invoice or debtor it names."""

    @property
    def kind(self) -> str: ...
    @property
    def plain(self) -> str: ...
    @property
    def invoice(self) -> str: ...
    @property
    def debtor(self) -> str: ...
