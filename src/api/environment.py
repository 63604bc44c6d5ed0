"""Settings from environment variables, with their defaults and limits."""

import os
from pathlib import Path

import platformdirs

DEFAULT_TENANT = "default"
LIMITS = {  # default and maximum
    "DOSSIER_LINK_DAYS": (60, 36_500),  # for which a signed link is valid
    "DOSSIER_PORTAL_DAYS": (90, 36_500),  # for which a debtor's link to an invoice is valid
    "DOSSIER_CALENDAR_DAYS": (365, 36_500),  # for which the address of a calendar is valid
    "DOSSIER_LINK_BYTES": (50_000_000, 10**12),  # a day: of documents by a signed link
    "DOSSIER_FORM_BYTES": (20_000_000, 10**12),  # a day: from a network by the public form
    "DOSSIER_FORM_BYTES_OF_ALL": (200_000_000, 10**12),  # a day: by the public form, of a tenant
    "DOSSIER_FORM_KEPT_BYTES": (500_000_000, 10**12),  # of files by it that are not filed
    "DOSSIER_FORM_KEPT_DAYS": (30, 36_500),  # for which such a file is kept
    "DOSSIER_ACCESS_LOG_DAYS": (400, 36_500),  # for which lines of the access log are kept
    "DOSSIER_RATE_LIMIT": (1_200, 10**9),  # requests a minute for an API key
    "DOSSIER_IMPORT_LIMIT": (300_000_000, 10**12),  # bytes of an uploaded file
}


def home() -> Path:
    """Return the folder of the embedded database: ``$DOSSIER_HOME`` or the user data folder."""
    given = os.environ.get("DOSSIER_HOME")
    return Path(given).expanduser().resolve() if given else platformdirs.user_data_path("dossier")


def letters() -> Path:
    """Return the folder that letters are printed to: ``$DOSSIER_LETTERS`` or one in the home."""
    given = os.environ.get("DOSSIER_LETTERS")
    return Path(given).expanduser() if given else home() / "letters"


def limit(name: str) -> int:
    """Return a setting of ``LIMITS``. Raises ``ValueError`` unless it is within its limits."""
    default, maximum = LIMITS[name]
    given = os.environ.get(name) or str(default)
    if not (given.isascii() and given.isdigit() and 0 < int(given) <= maximum):
        wanted = f"a whole number from 1 to {maximum}, such as {default}"
        raise ValueError(f"{name}: {given!r} is not {wanted}")
    return int(given)
