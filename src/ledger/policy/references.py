"""Numbers of invoices, payments and customers that a text may mention, in one normal form.

Whoever knows the debtor's numbers compares: a candidate alone proves nothing.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from ledger.policy.normalise import reference


class NameKind(StrEnum):
    """What kind of name it is."""

    INVOICE = "invoice"
    ORDER = "order"
    PAYMENT = "payment"
    CUSTOMER = "customer"
    MAIL = "mail"
    PHONE = "phone"
    CONTACT = "contact"  # what was said before, which an answer may name


WORD = re.compile(r"[^\W_]+")
MAX_LENGTH = 40  # characters of a number
MIN_LENGTH = 3
JOINED = 4  # words that may be one number: "INV 2026-0017"
LOOKED_AT = 200_000  # characters of a text


def candidates(*texts: str) -> tuple[str, ...]:
    """Whatever may be a number, each once, in the order of the texts, in normal form."""
    return tuple(dict.fromkeys(one for text in texts for one in _in(text[:LOOKED_AT])))


def _in(text: str) -> Iterator[str]:
    """Words that hold a digit, alone and together with the words behind them on the line."""
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
