"""Twice the bytes, twice the steps: no mail, however built, is read in more than linear time.

Lines of Python are counted, not seconds: ours, the standard library's and flufl.bounce's. Another
library took 28 seconds for a mail of 6 kB.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from api.mail.parse import read
from support.mail_samples import mail

SIZE = 10_000
FIELDS = ("To", "Subject", "References", "Content-Type", "Content-Disposition", "Date", "Cc")
FIELD_PIECES = ("=?", "=?a?q?", "(", '"', "\\", "a@b,", "<", ";", ';a="', ";a*1*=", "x\r\n y")
TEXT_PIECES = (
    "wrote:\n",
    "On 3 2026 wrote\n",
    "On a@b.c \n:\n",
    "> x\n",
    "> x\ny\n",
    "--\n",
    "From: x\nTo: y\n",
    "From:\n",
    "Sent from my x\n",
    "On ",
    " ",
    "____\n",
    "message-id: <",
    "5.1.",
    "1-",
    "a@b ",
    "|",
)
PAGE_PIECES = (
    "<",
    "<a",
    "<!--",
    "<!",
    "<script>",
    '<b x="',
    "&amp",
    "&#x",
    "<div>",
    "<blockquote>",
    "<pre>\n",
    "<blockquote>x<br>",
    "<td>x",
    "<li>",
)


def field(name: str, piece: str) -> Callable[[int], bytes]:
    return lambda size: mail(f"{name}: {piece * (size // len(piece))}")


def body(kind: str, piece: str) -> Callable[[int], bytes]:
    return lambda size: mail(f"Content-Type: {kind}", text=piece * (size // len(piece)))


def bounce(piece: str) -> Callable[[int], bytes]:
    fields = ("From: mailer-daemon@mx.example", "Subject: Undeliverable")
    return lambda size: mail(*fields, text=piece * (size // len(piece)))


def parts(head: str, piece: str) -> Callable[[int], bytes]:
    return lambda size: mail(f"Content-Type: {head}; boundary=b", text=piece * (size // len(piece)))


SHAPES = (
    {f"{name}: {piece!r}": field(name, piece) for name in FIELDS for piece in FIELD_PIECES}
    | {f"text {piece!r}": body("text/plain", piece) for piece in TEXT_PIECES}
    | {f"page {piece!r}": body("text/html", piece) for piece in PAGE_PIECES}
    | {
        f"bounce {piece!r}": bounce(piece)
        for piece in ("<a@b.c>\n", "user unknown\n", "550 5.1.1 ")
    }
    | {
        "many parts": parts("multipart/mixed", "--b\r\n\r\nx\r\n"),
        "many pages": parts("multipart/alternative", "--b\r\nContent-Type: text/html\r\n\r\nx\r\n"),
        "many types": parts(
            "multipart/mixed", f"--b\r\nContent-Type: a/b{';' * 1900}\r\n\r\nx\r\n"
        ),
    }
)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_bytes_twice_the_steps(shape: Callable[[int], bytes]) -> None:
    once, twice = (steps(shape(size)) for size in (SIZE, 2 * SIZE))
    assert twice <= 2.2 * once + 1_000


def steps(raw: bytes) -> int:
    """Lines of Python that are run to read it."""
    count = 0

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        read(raw)
    finally:
        sys.settrace(before)
    return count
