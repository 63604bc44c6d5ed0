"""What of a document can be shown: pictures, pages of a PDF drawn as pictures, the words of a mail.

What it is follows from its bytes, never from its name or what the sender states. Anything else, as
HTML, SVG or an office file, may act when it is opened, and is only downloaded.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from api.mail.parse import read
from commands.inbox.message import ParsedMessage

DRAW = Path(__file__).with_name("draw.py")
SECONDS = 15.0  # for a page
AT_ONCE = BoundedSemaphore(2)
LONGEST = 50_000  # characters of a text
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
HEADERS = (b"from:", b"received:", b"return-path:", b"mime-version:", b"message-id:", b"subject:")
ACTIVE = ("<!doctype", "<html", "<svg", "<?xml", "<script")


class CannotShow(Exception):
    """The document cannot be shown; it can be downloaded."""


@dataclass(frozen=True)
class Picture:
    """A picture, or a page of a document; ``more`` when a further page follows."""

    content: bytes
    media_type: str
    more: bool = False


def kind_of(content: bytes) -> str:
    """Return picture, pdf, mail, text, or nothing for what is only downloaded."""
    if _picture(content):
        return "picture"
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if _is_mail(content):
        return "mail"
    return "text" if _is_text(content) else ""


def picture_of(content: bytes, page: int = 1) -> Picture:
    """Return the picture, or the page of the PDF drawn as a picture. Raises ``CannotShow``."""
    if media_type := _picture(content):
        return Picture(content, media_type)
    if kind_of(content) != "pdf":
        raise CannotShow
    return _drawn(content, page)


def mail_of(content: bytes) -> ParsedMessage:
    return read(content)


def text_of(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace")[:LONGEST]


def _picture(content: bytes) -> str:
    """Return the media type of a picture by its first bytes; empty if it is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in PICTURES if content.startswith(sign)), "")


def _is_mail(content: bytes) -> bool:
    head = content[:4_000].lower()
    lines = head.splitlines()[:60]
    return sum(line.startswith(HEADERS) for line in lines) >= 2


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    try:
        start = content[: LONGEST * 4].decode("utf-8-sig").lstrip().lower()
    except UnicodeDecodeError as error:
        if error.start < len(content[: LONGEST * 4]) - 4:
            return False
        start = content[: error.start].decode("utf-8", "replace").lstrip().lower()
    return bool(start) and not any(sign in start[:2_000] for sign in ACTIVE)


def _drawn(content: bytes, page: int) -> Picture:
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise CannotShow
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(DRAW), str(page)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise CannotShow from error
    finally:
        AT_ONCE.release()
    if done.returncode or done.stdout[:1] not in (b"+", b"."):
        raise CannotShow
    return Picture(done.stdout[1:], "image/png", done.stdout[:1] == b"+")
