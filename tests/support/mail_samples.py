"""Real mails, and mails that a test writes."""

import json
from pathlib import Path
from typing import Any

FOLDERS = ("mail_replies", "mail_mime", "mail_bounces")
NO_MAIL = (
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "MIT-LICENSE",
    "COPYING",
    "README.md",
    "SOURCE.txt",
)


def mails(data: Path, folder: str) -> list[Path]:
    """Return every mail of a folder, in a lasting order."""
    files = sorted(path for path in (data / folder).rglob("*") if path.is_file())
    return [path for path in files if path.name not in NO_MAIL and path.suffix != ".json"]


def expected(data: Path, name: str) -> dict[str, Any]:
    found = json.loads((data / "mail_bounces" / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def share(what: str, right: int, of: int) -> float:
    """Return and print the share: ``pytest -s`` shows it."""
    print(f"{what}: {right} of {of} ({right / of:.1%})")  # noqa: T201
    return right / of


def mail(*fields: str, text: str | bytes = "Hello.\n") -> bytes:
    """Return a mail with these header fields, as written, and a body."""
    body = text if isinstance(text, bytes) else text.encode()
    return "".join(f"{field}\r\n" for field in fields).encode() + b"\r\n" + body
