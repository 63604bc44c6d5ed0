"""What the environment variables say, with their defaults and limits."""

import os
from pathlib import Path

import platformdirs

DEFAULT_TENANT = "default"
LIMITS = {  # when the environment says nothing else, and the most that it may say
    "DOSSIER_LINK_DAYS": (60, 36_500),  # that a link to answer by is good
    "DOSSIER_RATE_LIMIT": (1_200, 10**9),  # requests a minute, of a key
    "DOSSIER_IMPORT_LIMIT": (300_000_000, 10**12),  # bytes of a file that is uploaded
}


def home() -> Path:
    """Where the embedded database lives: ``$DOSSIER_HOME``, else the user's data directory."""
    given = os.environ.get("DOSSIER_HOME")
    return Path(given).expanduser().resolve() if given else platformdirs.user_data_path("dossier")


def limit(name: str) -> int:
    """Of ``LIMITS``, as the environment says. Raises ``ValueError``."""
    usual, most = LIMITS[name]
    given = os.environ.get(name) or str(usual)
    if not (given.isascii() and given.isdigit() and 0 < int(given) <= most):
        raise ValueError(f"{name}: {given!r} is no whole number from 1 to {most}, such as {usual}")
    return int(given)
