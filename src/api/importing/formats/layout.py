"""The layout of a table: its columns, and the form of their values."""

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from api.importing.line_commands import CannotImport, InvalidLine
from commands.fields import FIRST_DAY, LAST_DAY
from ledger.policy.amount_text import readings, unambiguous
from ledger.policy.refusal import Refused

FIELDS = (
    *("invoice", "debtor", "debtor_name", "amount", "open_amount", "currency", "issued", "due"),
    *("settled", "disputed", "collector", "business_unit", "purchase_order", "segment"),
    *("type", "for_invoice"),
)
NEEDED = {  # of a list of open items: fields of which each needs a column, or one of several
    "the number": ("invoice",),
    "the amount": ("open_amount", "amount"),
}
ALSO = {"number": "invoice"}
PLAIN = re.compile(r"-?[0-9]{1,15}\.[0-9]{2}", re.ASCII)  # has one meaning
EXAMPLE = date(2026, 3, 31)
ENCODINGS = (  # each decoded in linear time; Python has others, which are not, or are not of text
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "latin-1"),
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
    *("cp437", "cp737", "cp850", "cp852", "cp855", "cp857", "cp858", "cp862", "cp866", "cp874"),
    *("koi8-r", "koi8-u", "mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek", "mac-turkish"),
    *("big5", "gb2312", "gbk", "gb18030", "shift_jis", "cp932", "euc-jp", "euc-kr", "cp949"),
)
YES, NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class Layout:
    """A layout; its name is part of each entry's cause, so that a list acts once for a name."""

    name: str = "open-items"
    columns: Mapping[str, str] = field(default_factory=dict)  # field: column
    also: Mapping[str, str] = field(default_factory=dict)  # field: the column's other name
    optional: Mapping[str, str] = field(default_factory=dict)  # field: column, where there is one
    date_format: str = "%Y-%m-%d"  # strptime
    date_formats: tuple[str, ...] = ()  # other forms that dates may have
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = ""  # sign; empty: as each amount shows it
    currency: str = "EUR"  # of a row without a currency
    terms: int | None = None  # days from issue to due date, for a row with only one of them
    disputed_on_due: bool = False  # open disputes, which the list does not date, on the due date
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field: word: our word
    signed: bool = False  # the sign, not the type, says what is owed to the debtor
    fields: tuple[str, ...] = FIELDS
    needed: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NEEDED)

    def check(self) -> None:
        """Raise ``CannotImport`` when no list can be read with this layout."""
        if unknown := ", ".join(name for name in self.columns if name not in self.fields):
            raise CannotImport(
                f"There is no field {unknown}; choose from {', '.join(self.fields)}."
            )
        for what, names in self.needed.items():
            if not any(name in self.columns for name in names):
                raise CannotImport(f"Name the column of {what}: --map {names[0]}=COLUMN.")
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            raise CannotImport(f"--delimiter is one character, not {self.delimiter!r}.")
        if self.decimal not in (".", ",", ""):
            raise CannotImport(f"--decimal is a point or a comma, not {self.decimal!r}.")
        if not is_text_encoding(self.encoding):
            raise CannotImport(f"{self.encoding!r} is not one of: {', '.join(ENCODINGS)}.")
        self._check_date_format()

    def _check_date_format(self) -> None:
        """Raise ``CannotImport`` unless a date can be written and read in this form."""
        try:
            text = EXAMPLE.strftime(self.date_format)
            good = datetime.strptime(text, self.date_format).date() == EXAMPLE  # noqa: DTZ007
        except (ValueError, re.error, KeyError, IndexError):
            good = False
        if not good:
            raise CannotImport(f"--date-format {self.date_format!r} is not the form of a date.")

    def day(self, text: str, field: str) -> date | None:
        """Return the date, or None without text. Raise ``InvalidLine``."""
        if not text:
            return None
        day = parsed(text, (self.date_format, *self.date_formats))
        if day is None:
            raise InvalidLine(f"{text!r} is not a date written as {self.date_format}", field)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise InvalidLine(f"{text!r} is not between {FIRST_DAY} and {LAST_DAY}", field)
        return day

    def money(self, text: str, field: str, currency: str = "") -> Decimal | None:
        """Return the amount, or None without text; it may end in a minus. Raise ``InvalidLine``."""
        if not text:
            return None
        if self.decimal != "," and PLAIN.fullmatch(text):
            return Decimal(text)  # most of a million amounts
        try:
            found = readings(text, currency, self.decimal)
        except Refused as error:
            raise InvalidLine(self._not_read(text, error), field) from error
        if len(found) > 1:
            first, second = (unambiguous(amount) for amount in found)
            raise InvalidLine(f"{text!r} can be {first} or {second}: set --decimal", field)
        return found[0]

    def _not_read(self, text: str, error: Refused) -> str:
        if error.code != "amount-not-readable":
            return str(error)
        return f"{text!r} is not an amount" + (
            f" with a decimal {self.decimal!r}" if self.decimal else ""
        )


@lru_cache(10_000)  # a list repeats its dates
def parsed(text: str, forms: tuple[str, ...]) -> date | None:
    """Return the date that the text is in the first form that fits; None when none does."""
    for form in forms:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007
    return None


def is_text_encoding(name: str) -> bool:
    """Return whether files may be written in it; an encoding has several names."""
    try:
        return codecs.lookup(name).name in {codecs.lookup(known).name for known in ENCODINGS}
    except (LookupError, ValueError):
        return False


def mapping(given: list[str], also: Mapping[str, str] = ALSO) -> dict[str, str]:
    """Parse each ``field=column``; an empty column leaves the field out. Raise ``CannotImport``."""
    pairs = dict[str, str]()
    for pair in given:
        name, equals, column = pair.partition("=")
        if not equals or not (name or column):
            raise CannotImport(f"{pair!r} should be FIELD=COLUMN, such as invoice=invoice_id.")
        pairs[also.get(name.strip(), name.strip())] = column.strip()
    return pairs


def yes(text: str, field: str) -> bool:
    """Return whether the text is a yes. Raise ``InvalidLine`` if it is neither yes nor no."""
    word = text.lower()
    if word not in YES | NO:
        raise InvalidLine(f"{text!r} is neither yes nor no", field)
    return word in YES
