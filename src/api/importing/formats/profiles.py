"""The shipped layouts of open items and of debtors, and the layout that options make."""

from collections.abc import Mapping
from dataclasses import replace

from api.importing.formats.item_kinds import LISTED, SAP_TYPES, in_words
from api.importing.formats.layout import Layout
from api.importing.line_commands import CannotImport

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
        decimal=".",
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
        also={"debtor": "cust_number"},  # in raw exports, which hold paid invoices as well
        optional={"settled": "clear_date"},
        date_formats=("%Y%m%d", "%Y%m%d.0", "%Y-%m-%d %H:%M:%S"),
        decimal=".",
    ),
    "sap-fbl5n": Layout(  # customer line items, as SAP's FBL5N saves them
        name="sap-fbl5n",
        columns={"invoice": "BELNR", "debtor": "KUNNR", "type": "BLART", "open_amount": "WRSHB"},
        also={"debtor": "KONTO"},
        optional={
            "currency": "WAERS",
            "issued": "BLDAT",
            "due": "FAEDT",
            "business_unit": "BUKRS",
            "for_invoice": "REBZG",
        },
        date_format="%Y%m%d",
        date_formats=("%d.%m.%Y", "%Y-%m-%d"),
        words={"type": SAP_TYPES},
        signed=True,
    ),
}


def layout_of(
    profile: str | None,
    columns: Mapping[str, str],
    types: Mapping[str, str],
    disputed_on: str | None,
    terms: int | None,
) -> Layout:
    """Return the profile with the given options. Raise ``CannotImport``."""
    if disputed_on not in (None, "due"):
        raise CannotImport(f"--disputed-on accepts only due, not {disputed_on!r}.")
    known = chosen(profile, PROFILES) if profile else Layout()
    of_type = {**LISTED, **known.words.get("type", {}), **in_words(types)}
    return replace(
        known,
        columns={**known.columns, **chosen_columns(columns)},
        optional=left_in(known.optional, columns),
        words={**known.words, "type": of_type},
        terms=terms,
        disputed_on_due=disputed_on == "due",
    )


def chosen_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns without the fields that are to be left out."""
    return {field: column for field, column in columns.items() if column}


def left_in(optional: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the optional fields that are not to be left out."""
    return {field: column for field, column in optional.items() if columns.get(field) != ""}


def chosen(profile: str, known: Mapping[str, Layout]) -> Layout:
    """Return the profile of that name. Raise ``CannotImport``."""
    if profile not in known:
        raise CannotImport(f"There is no profile {profile!r}; choose from {', '.join(known)}.")
    return known[profile]
