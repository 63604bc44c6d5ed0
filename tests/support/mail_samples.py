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


def bounce(to: str, status: str, id_: str, nth: int = 1) -> bytes:
    """Return a notice that a mail of ours did not reach a recipient."""
    report = f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}"
    return mail(
        "From: MAILER-DAEMON@relay.example",
        "Subject: Undelivered Mail Returned to Sender",
        f"Message-ID: <bounce{nth}@relay.example>",
        'Content-Type: multipart/report; report-type="delivery-status"; boundary=x',
        text="--x\r\n\r\nSorry.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; relay.example\r\n\r\n{report}\r\n\r\n--x\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id_}>\r\n--x--\r\n",
    )
