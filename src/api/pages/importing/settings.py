"""How a file is to be read, as the form of its columns has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from api.i18n.import_reasons import import_reason
from api.i18n.translate import Translation
from api.importing.formats.debtor_layouts import DEBTOR_PROFILES
from api.importing.formats.layout import Layout
from api.importing.formats.profiles import PROFILES
from api.importing.line_commands import CannotImport
from api.importing.options import Format, ImportOptions
from api.importing.recognise import DATE_FORMS, PAYMENTS
from commands.field_texts import explain

KINDS = {
    "invoices": "Invoices and open items",
    "payments": "Payments",
    "debtors": "Debtors",
}
LABELS = {  # of the fields that a page offers
    "invoice": "Number",
    "debtor": "Debtor number",
    "debtor_name": "Debtor's name",
    "open_amount": "Open amount",
    "amount": "Whole amount",
    "currency": "Currency",
    "issued": "Date",
    "due": "Due date",
    "settled": "Paid on",
    "type": "Kind of line",
    "for_invoice": "Belongs to invoice",
    "disputed": "Disputed (yes or no)",
    "collector": "Collector",
    "business_unit": "Business unit",
    "purchase_order": "Purchase order",
    "segment": "Segment",
    "number": "Debtor number",
    "name": "Name",
    "email": "Mail address",
    "phone": "Phone",
    "address": "Address",
    "street": "Street",
    "postcode": "Postcode",
    "city": "City",
    "country": "Country",
    "language": "Language",
    "vat_id": "VAT number",
    "contact1_name": "Contact: name",
    "contact1_role": "Contact: role",
    "contact1_email": "Contact: mail address",
    "contact1_phone": "Contact: phone",
}
OF_INVOICES = (
    *("invoice", "debtor", "debtor_name", "open_amount", "amount", "currency", "issued", "due"),
    *("settled", "type", "for_invoice", "disputed", "collector", "business_unit"),
    *("purchase_order", "segment"),
)
OF_PAYMENTS = ("invoice", "debtor", "debtor_name", "amount", "currency", "issued", "for_invoice")
OF_DEBTORS = (
    *("number", "name", "email", "phone", "address", "street", "postcode", "city", "country"),
    *("language", "vat_id", "segment", "collector"),
    *("contact1_name", "contact1_role", "contact1_email", "contact1_phone"),
)
FIELDS = {"invoices": OF_INVOICES, "payments": OF_PAYMENTS, "debtors": OF_DEBTORS}
FIRST = 8  # fields that are shown at once; the others unfold
SHIPPED = "shipped:"  # before the name of a profile that comes with Dossier
NAMES = {
    "sap-fbl5n": "SAP FBL5N",
    "highradius": "HighRadius",
    "ibm-ar": "IBM sample",
    "sap-kna1": "SAP KNA1",
}
DAY = date(2026, 3, 31)
FORMS = {form: DAY.strftime(form) for form in DATE_FORMS}
TYPES = {"invoice": "Invoice", "credit-note": "Credit note", "payment": "Payment"}


@dataclass(frozen=True)
class Unfit(Exception):
    """A form that cannot be kept: its field, and why."""

    field: str
    why: str


def kind_of(options: ImportOptions) -> str:
    if options.format is Format.DEBTORS:
        return "debtors"
    return "payments" if PAYMENTS in options.type else "invoices"


def columns_of(options: ImportOptions, header: Sequence[str]) -> dict[str, str]:
    """Return the column of each field: the chosen, and those that a profile knows."""
    given = dict(pair.split("=", 1) for pair in options.map if pair)
    if not options.profile:
        return given
    known = {**PROFILES, **DEBTOR_PROFILES}[options.profile]
    return {field: column for field, column in _known(known, header).items() if column in header}


def _known(known: Layout, header: Sequence[str]) -> dict[str, str]:
    named = {
        field: column if column in header else known.also.get(field, column)
        for field, column in known.columns.items()
    }
    return {**known.optional, **named}


def of_form(
    form: Mapping[str, str],
    before: ImportOptions,
    header: Sequence[str],
    words: Translation,
    today: str,
) -> ImportOptions:
    """Return the options that were chosen; what the form does not show stays. Raises ``Unfit``."""
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise Unfit("kind", words("Choose what the file has."))
    shipped = before.profile if form.get("profile") == SHIPPED + str(before.profile) else None
    given: dict[str, Any] = {
        "format": Format.DEBTORS if kind == "debtors" else Format.OPEN_ITEMS,
        "profile": shipped,
        "map": [] if shipped else _map(form, kind, header),
        "type": _types(form, before, kind),
        "delimiter": before.delimiter,
    }
    for name in ("date_format", "decimal", "terms"):
        if value := form.get(name):
            given[name] = value
    if value := form.get("own_currency"):
        given["currency"] = value.upper()
    if form.get("full_list") and kind != "payments":
        given |= {"full_list": True, "as_of": form.get("as_of") or today}
    try:
        options = ImportOptions.model_validate(given)
    except ValidationError as error:
        field, why = explain(error)
        raise Unfit(field or "", import_reason(words, why)) from error
    missing(options, words)
    return options


def missing(options: ImportOptions, words: Translation) -> None:
    """Raise ``Unfit`` when a column is missing without which no line can be read."""
    columns = dict(pair.split("=", 1) for pair in options.map)
    kind = kind_of(options)
    needs = {
        "invoices": ("invoice", "open_amount", "amount"),
        "payments": ("invoice", "debtor", "amount"),
        "debtors": ("number",),
    }[kind]
    if options.profile:
        return
    if kind == "invoices" and not (columns.get("open_amount") or columns.get("amount")):
        raise Unfit("open_amount", words("Choose the column of the amount."))
    for field in needs:
        optional = kind == "invoices" and field != "invoice"
        if not columns.get(field) and not optional:
            raise Unfit(field, words("Choose the column of: {field}", field=words(LABELS[field])))
    try:
        options.form()
    except CannotImport as error:
        raise Unfit("", import_reason(words, str(error))) from error


def _map(form: Mapping[str, str], kind: str, header: Sequence[str]) -> list[str]:
    """Return the columns; a field of debtors that has none is left out by an empty column, as the
    layout would else take the column of the same name."""
    found = list[str]()
    for field in FIELDS[kind]:
        column = form.get(field, "")
        if column in header and column:
            found.append(f"{field}={column}")
        elif kind == "debtors" and field != "number":
            found.append(f"{field}=")
    return found


def _types(form: Mapping[str, str], before: ImportOptions, kind: str) -> list[str]:
    """Return what the words of a column of types mean."""
    found = {pair.rpartition("=")[0]: pair for pair in before.type if pair != PAYMENTS}
    for nth in range(12):
        word, type_ = form.get(f"word-{nth}"), form.get(f"type-{nth}")
        if word and type_ in TYPES:
            found[word] = f"{word}={type_}"
    return [*found.values()] + ([PAYMENTS] if kind == "payments" else [])
