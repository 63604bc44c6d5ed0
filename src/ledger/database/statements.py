"""Takes SQL files apart: Citus refuses some statements when several come at once (42601)."""

import re
from collections.abc import Iterator

PART = re.compile(  # what a semicolon inside of it does not end
    r"--[^\n]*"  # a comment
    r"|/\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/"  # a comment without another in it
    r"|\b[eE]'(?:[^'\\]|''|\\.)*'"
    r"|'(?:[^']|'')*'"
    r'|"(?:[^"]|"")*"'
    r"|(?<![\w$])\$((?:[^\W\d]\w*)?)\$.*?\$\1\$"  # between dollars
    r"|(?P<end>;)"
    r"|(?P<unclosed>['\"]|/\*|(?<![\w$])\$(?:[^\W\d]\w*)?\$)"
    r"|.",
    re.DOTALL,
)


def statements(sql: str) -> Iterator[str]:
    """Yield each statement. Raise ``ValueError`` for a quotation or comment that never ends."""
    begin = 0
    for part in PART.finditer(sql):
        if part["unclosed"]:
            raise ValueError(f"not closed: {sql[part.start() : part.start() + 40]!r}")
        if part["end"]:
            yield from _some(sql[begin : part.start()])
            begin = part.end()
    yield from _some(sql[begin:])


def _some(text: str) -> Iterator[str]:
    """Yield the text unless only comments are in it."""
    if re.sub(r"--[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL).strip():
        yield text.strip()
