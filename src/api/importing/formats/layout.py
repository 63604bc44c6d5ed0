"""How a list of open items is laid out: which column is which field, and how values are written."""

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
YES, NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class Layout:
    """``name`` stands in the cause of each entry: the same list under one name acts once."""

    name: str = "open-items"
    columns: Mapping[str, str] = field(default_factory=dict)  # field: column
    date_format: str = "%Y-%m-%d"  # strptime
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    currency: str = "EUR"  # of a row that has none
    terms: int | None = None  # days from issue to due, for a row that has but one of them
    disputed_on_due: bool = False  # date a dispute that the list gives no date for

    def check(self) -> None:
        """Raises ``CannotImport`` when the mapping lacks what no invoice can do without."""
        odd = [name for name in self.columns if name not in FIELDS]
        if odd:
            raise CannotImport(
                f"There is no field {', '.join(odd)}; say one of {', '.join(FIELDS)}."
            )
        if "invoice" not in self.columns:
            raise CannotImport("Say which column has the number: --map invoice=COLUMN.")
        if "amount" not in self.columns and "open_amount" not in self.columns:
            raise CannotImport("Say which column has the money: --map open_amount=COLUMN.")

    def day(self, text: str, field: str) -> date | None:
        """None when nothing is there. Raises ``InvalidLine``."""
        if not text:
            return None
        try:
            return datetime.strptime(text, self.date_format).date()  # noqa: DTZ007
        except ValueError as error:
            raise InvalidLine(
                f"{text!r} is not a date written as {self.date_format}", field
            ) from error

    def money(self, text: str, field: str) -> Decimal | None:
        """None when nothing is there; a minus may stand behind. Raises ``InvalidLine``."""
        if not text:
            return None
        bare = re.sub(r"[\s'\u2019]", "", text)
        sign, bare = ("-", bare.rstrip("-")) if bare.endswith("-") else ("", bare)
        thousands = "." if self.decimal == "," else ","
        whole, point, cents = bare.partition(self.decimal)
        if thousands in whole and re.fullmatch(rf"[+-]?\d{{1,3}}(\{thousands}\d{{3}})+", whole):
            whole = whole.replace(thousands, "")
        if not re.fullmatch(r"[+-]?\d*", whole) or not re.fullmatch(r"\d*", cents):
            raise InvalidLine(f"{text!r} is no amount with a decimal {self.decimal!r}", field)
        if not (whole.strip("+-") or cents):
            raise InvalidLine(f"{text!r} is no amount", field)
        return Decimal(f"{sign}{whole or '0'}.{cents or '0'}") if point else Decimal(sign + whole)


def mapping(given: list[str]) -> dict[str, str]:
    """``field=column`` as said on the command line. Raises ``CannotImport``."""
    pairs = dict[str, str]()
    for one in given:
        name, found, column = one.partition("=")
        if not found or not column:
            raise CannotImport(f"{one!r} should be FIELD=COLUMN, such as invoice=invoice_id.")
        pairs[ALSO.get(name.strip(), name.strip())] = column.strip()
    return pairs


def yes(text: str, field: str) -> bool:
    """Raises ``InvalidLine``."""
    said = text.lower()
    if said not in YES | NO:
        raise InvalidLine(f"{text!r} is neither yes nor no", field)
    return said in YES


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
    "highradius": Layout(  # open items as HighRadius exports them
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
    """The profile, with what was said beside it. Raises ``CannotImport``."""
    if profile is not None and profile not in PROFILES:
        raise CannotImport(f"There is no profile {profile!r}; there is {', '.join(PROFILES)}.")
    if disputed_on not in (None, "due"):
        raise CannotImport(f"--disputed-on knows only due, not {disputed_on!r}.")
    known = PROFILES[profile] if profile else Layout()
    return replace(
        known,
        columns={**known.columns, **columns},
        terms=terms,
        disputed_on_due=disputed_on == "due",
    )
