"""The layouts of lists of debtors: their fields, and the shipped profiles."""

from collections.abc import Mapping
from dataclasses import replace

from api.importing.formats.layout import Layout
from api.importing.formats.profiles import chosen, chosen_columns, left_in

PERSONS = 5  # contacts of a row
OF_PERSON = ("name", "role", "email", "phone")
DEBTOR_FIELDS = (
    *("number", "name", "email", "phone", "address", "street", "postcode", "city", "country"),
    *("language", "vat_id", "segment", "collector"),
    *(f"contact{nth}_{name}" for nth in range(1, PERSONS + 1) for name in OF_PERSON),
)
LANGUAGES = {
    **dict.fromkeys(("dutch", "nederlands", "niederländisch", "néerlandais"), "nl"),
    **dict.fromkeys(("german", "duits", "deutsch", "allemand"), "de"),
    **dict.fromkeys(("french", "frans", "französisch", "français"), "fr"),
    **dict.fromkeys(("english", "engels", "englisch", "anglais"), "en"),
}
COUNTRIES = {
    **dict.fromkeys(("netherlands", "the netherlands", "nederland", "niederlande"), "NL"),
    **dict.fromkeys(("belgium", "belgië", "belgien", "belgique"), "BE"),
    **dict.fromkeys(("germany", "duitsland", "deutschland", "allemagne"), "DE"),
    **dict.fromkeys(("france", "frankrijk", "frankreich"), "FR"),
    **dict.fromkeys(("austria", "oostenrijk", "österreich", "autriche"), "AT"),
    **dict.fromkeys(("united kingdom", "great britain", "uk"), "GB"),
}
SAP_LANGUAGES = {"n": "nl", "d": "de", "f": "fr", "e": "en", "i": "it", "s": "es", "p": "pt"}
GENERIC = Layout(  # columns that are named as our fields
    name="debtors",
    columns={"number": "number"},
    also={"number": "debtor"},
    optional={name: name for name in DEBTOR_FIELDS if name != "number"},
    words={"language": LANGUAGES, "country": COUNTRIES},
    fields=DEBTOR_FIELDS,
    needed={"the number": ("number",)},
)
DEBTOR_PROFILES = {
    "generic": GENERIC,
    "sap-kna1": replace(  # table KNA1, with what is there of KNB1, KNVV and ADR6
        GENERIC,
        name="sap-kna1",
        columns={"number": "KUNNR"},
        also={},
        optional={
            "name": "NAME1",
            "street": "STRAS",
            "postcode": "PSTLZ",
            "city": "ORT01",
            "country": "LAND1",
            "language": "SPRAS",
            "vat_id": "STCEG",
            "phone": "TELF1",
            "email": "SMTP_ADDR",
            "segment": "KDGRP",
            "collector": "BUSAB",
        },
        words={"language": LANGUAGES | SAP_LANGUAGES},
    ),
}


def debtor_layout(profile: str | None, columns: Mapping[str, str]) -> Layout:
    """Return the profile with the given columns. Raise ``CannotImport``."""
    known = chosen(profile or "generic", DEBTOR_PROFILES)
    return replace(
        known,
        columns={**known.columns, **chosen_columns(columns)},
        optional=left_in(known.optional, columns),
    )
