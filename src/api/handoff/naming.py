"""Names of the files of a hand-off."""

import re
from hashlib import sha256
from urllib.parse import quote

MAX_NAME = 100  # characters; file systems allow 255 bytes
EXTENSIONS = {  # for documents without a file name
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # without the line breaks


def folder_name(number: str) -> str:
    """Return a safe folder name; a long number is shortened and gets its SHA-256."""
    name = quote(number, safe="")
    if len(name) > MAX_NAME:
        name = f"{name[:MAX_NAME]}-{sha256(number.encode()).hexdigest()}"
    return f"invoice-{name}"


def name_of(address: str, name: str, media_type: str = "") -> str:
    """Return a document's file name: the start of its SHA-256 and the end of its own name."""
    if "." not in name:
        name += EXTENSIONS.get(media_type.partition(";")[0], "")
    return f"{address[:12]}-{quote(name, safe='')[-MAX_NAME:]}"


def single_line(text: str) -> str:
    """Join lines, so that a text of several lines does not look like several entries."""
    return " / ".join(CONTROL.sub("", text).splitlines())
