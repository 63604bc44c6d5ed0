"""The files of a hand-off: their names, and that they reach the disk."""

import re
from hashlib import sha256
from urllib.parse import quote

NAME = 100  # characters of a name that are kept; file systems take 255 bytes
ENDINGS = {  # of what came without a name
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # but not what ends a line


def folder_name(number: str) -> str:
    """Nothing in it leads elsewhere, and a long number is told apart by its SHA-256."""
    name = quote(number, safe="")
    if len(name) > NAME:
        name = f"{name[:NAME]}-{sha256(number.encode()).hexdigest()}"
    return f"invoice-{name}"


def name_of(address: str, name: str, media_type: str = "") -> str:
    """Of a document: the head of its SHA-256, and the end of its name, which says its kind."""
    if "." not in name:
        name += ENDINGS.get(media_type.partition(";")[0], "")
    return f"{address[:12]}-{quote(name, safe='')[-NAME:]}"


def one_line(text: str) -> str:
    """What somebody wrote over several lines must not look like several entries."""
    return " / ".join(CONTROL.sub("", text).splitlines())
