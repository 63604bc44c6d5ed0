"""The layout of a list of open items: its columns, and the form of their values."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from api.importing.line_commands import CannotImport, InvalidLine

FIELDS = (
    *("invoice", "debtor", "debtor_name", "amount", "open_amount", "currency", "issued", "due"),
    *("settled", "disputed", "collector", "business_unit", "purchase_order", "segment"),
)
ALSO = {"number": "invoice"}
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
    date_format: str = "%Y-%m-%d"  # strptime
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    currency: str = "EUR"  # of a row without a currency
    terms: int | None = None  # days from issue to due date, for a row with only one of them
    disputed_on_due: bool = False  # open disputes, which the list does not date, on the due date

    def check(self) -> None:
        """Raise ``CannotImport`` when no list can be read with this layout."""
        if unknown := ", ".join(name for name in self.columns if name not in FIELDS):
            raise CannotImport(f"There is no field {unknown}; choose from {', '.join(FIELDS)}.")
        if "invoice" not in self.columns:
            raise CannotImport("Name the column of the number: --map invoice=COLUMN.")
        if "amount" not in self.columns and "open_amount" not in self.columns:
            raise CannotImport("Name the column of the amount: --map open_amount=COLUMN.")
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            raise CannotImport(f"--delimiter is one character, not {self.delimiter!r}.")
        if self.decimal not in (".", ","):
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
        try:
            return datetime.strptime(text, self.date_format).date()  # noqa: DTZ007
        except ValueError as error:
            why = f"{text!r} is not a date written as {self.date_format}"
            raise InvalidLine(why, field) from error

    def money(self, text: str, field: str) -> Decimal | None:
        """Return the amount, or None without text; it may end in a minus. Raise ``InvalidLine``."""
        if not text:
            return None
        bare = re.sub(r"[\s'\u2019]", "", text)
        sign, bare = ("-", bare.rstrip("-")) if bare.endswith("-") else ("", bare)
        thousands = "." if self.decimal == "," else ","
        whole, point, cents = bare.partition(self.decimal)
        if thousands in whole and re.fullmatch(rf"[+-]?\d{{1,3}}(\{thousands}\d{{3}})+", whole):
            whole = whole.replace(thousands, "")
        if not re.fullmatch(r"[+-]?\d*", whole) or not re.fullmatch(r"\d*", cents):
            raise InvalidLine(f"{text!r} is not an amount with a decimal {self.decimal!r}", field)
        if not (whole.strip("+-") or cents):
            raise InvalidLine(f"{text!r} is not an amount", field)
        return Decimal(f"{sign}{whole or '0'}.{cents or '0'}") if point else Decimal(sign + whole)


def is_text_encoding(name: str) -> bool:
    """Return whether files may be written in it; an encoding has several names."""
    try:
        return codecs.lookup(name).name in {codecs.lookup(known).name for known in ENCODINGS}
    except (LookupError, ValueError):
        return False


def mapping(given: list[str]) -> dict[str, str]:
    """Parse each ``field=column``. Raise ``CannotImport``."""
    pairs = dict[str, str]()
    for pair in given:
        name, _, column = pair.partition("=")
        if not column:
            raise CannotImport(f"{pair!r} should be FIELD=COLUMN, such as invoice=invoice_id.")
        pairs[ALSO.get(name.strip(), name.strip())] = column.strip()
    return pairs


def yes(text: str, field: str) -> bool:
    """Return whether the text is a yes. Raise ``InvalidLine`` if it is neither yes nor no."""
    word = text.lower()
    if word not in YES | NO:
        raise InvalidLine(f"{text!r} is neither yes nor no", field)
    return word in YES


PROFILES = {
    "ibm-ar": Layout(  # IBM's sample WA_Fn-UseC_-Accounts-Receivable.csv; it names no currency
        name="ibm-ar",
        columns={
            "invoice": "invoiceNumber",
            "debtor": "customerID",
            "amount": "InvoiceAmount",
            "issued": "InvoiceDate",
            "due": "DueDate",
            "settled": "SettledDate",
            "disputed": "Disputed",
        },
        date_format="%m/%d/%Y",
        currency="USD",
    ),
    "highradius": Layout(  # the open items that HighRadius exports
        name="highradius",
        columns={
            "invoice": "invoice_id",
            "debtor": "customer",
            "debtor_name": "name_customer",
            "open_amount": "total_open_amount",
            "currency": "invoice_currency",
            "issued": "posting_date",
            "due": "due_in_date",
            "business_unit": "business_code",
        },
    ),
}


def layout_of(
    profile: str | None, columns: dict[str, str], disputed_on: str | None, terms: int | None
) -> Layout:
    """Return the profile with the given options. Raise ``CannotImport``."""
    if profile is not None and profile not in PROFILES:
        raise CannotImport(f"There is no profile {profile!r}; choose from {', '.join(PROFILES)}.")
    if disputed_on not in (None, "due"):
        raise CannotImport(f"--disputed-on accepts only due, not {disputed_on!r}.")
    known = PROFILES[profile] if profile else Layout()
    columns, on_due = {**known.columns, **columns}, disputed_on == "due"
    return replace(known, columns=columns, terms=terms, disputed_on_due=on_due)
