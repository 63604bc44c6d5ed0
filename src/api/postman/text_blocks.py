"""The blocks of a message's text: paragraphs, lists and quotes."""

import re
from collections.abc import Iterator
from itertools import groupby

MARKS = {
    "- ": ("<ul>", "<li>{}</li>", "</ul>"),
    "> ": ("<blockquote>", "<p>{}</p>", "</blockquote>"),
}


def blocks(text: str) -> list[str]:
    """Split a text at its empty lines."""
    return re.split(r"\n\s*\n", text.strip())


def runs(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the runs of lines with the same mark, of ``MARKS`` or none; the lines keep it."""
    for mark, lines in groupby(
        block.split("\n"), lambda line: line[:2] if line[:2] in MARKS else ""
    ):
        yield mark, list(lines)
