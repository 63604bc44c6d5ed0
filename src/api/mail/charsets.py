"""Decoding of bytes in any claimed charset. It never raises, and reports a guess."""

import codecs
import re
from binascii import Error, a2b_base64
from collections.abc import Iterator
from quopri import decodestring

SUPERSET = {  # the charset that senders name, and the one they use
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
NOT_TEXT = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape")
MAX_NAME_LENGTH = 40
# RFC 2047; blanks inside are not allowed, but common. No part can hold "?": it is linear.
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
LONE = re.compile("[\x00\ud800-\udfff]")


def decode(content: bytes, charset: str) -> tuple[str, bool]:
    """Return the text, and whether it is certain."""
    for name, sure in ((_known(charset), True), ("utf-8", not charset)):
        try:
            if name:
                return clean(content.decode(name)), sure
        except (UnicodeError, LookupError):  # no such characters, or no charset for text
            continue
    return clean(content.decode("cp1252", "replace")), False


def header(value: str) -> str:
    """Return a header field as text: encoded words and raw bytes decoded, and unfolded."""
    text = re.sub(r"[\r\n]+", "", value)
    return clean("".join(_pieces(_bytes_as_text(text)))).strip()


def clean(text: str) -> str:
    """Replace the characters that UTF-8 or Postgres cannot store."""
    return LONE.sub("\N{REPLACEMENT CHARACTER}", text)


def _known(charset: str) -> str | None:
    name = charset.strip().strip("\"'")
    if not name or len(name) > MAX_NAME_LENGTH or not name.isascii() or "\0" in name:
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return None if found in NOT_TEXT else SUPERSET.get(found, found)


def _bytes_as_text(value: str) -> str:
    """Decode header bytes that are not ASCII: the parser gives them as surrogates."""
    if value.isascii():
        return value
    return decode(value.encode("utf-8", "surrogateescape"), "")[0]


def _pieces(text: str) -> Iterator[str]:
    """Decode neighbouring words in one charset together: they may share a character."""
    waiting, charset, end = b"", "", 0
    for word in WORD.finditer(text):
        between = text[end : word.start()]
        if between.strip() or word[1].lower() != charset or not waiting:
            yield decode(waiting, charset)[0] + (between if between.strip() or not end else "")
            waiting, charset = b"", word[1].lower()
        waiting += _word(word[2], word[3])
        end = word.end()
    yield decode(waiting, charset)[0] + text[end:]


def _word(encoding: str, encoded: str) -> bytes:
    content = encoded.encode("utf-8")
    if encoding in "qQ":
        return decodestring(content, header=True)
    try:
        return a2b_base64(content + b"==")
    except Error:
        return content
