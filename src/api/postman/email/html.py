"""The HTML of a mail, made of its text, so that both always say the same."""

import re
from collections.abc import Iterator
from html import escape

from api.postman.text_blocks import MARKS, blocks, runs

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
STYLE = "font-family: sans-serif; font-size: 1em; line-height: 1.5; max-width: 40em"


def page(text: str, title: str, language: str) -> str:
    """One column that any screen and screen reader can read; no pictures, nothing by colour."""
    body = "\n".join(_block(block) for block in blocks(text))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{STYLE}">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _block(block: str) -> str:
    return "\n".join(_run(mark, lines) for mark, lines in runs(block))


def _run(mark: str, lines: list[str]) -> str:
    if not mark:
        return "<p>" + "<br>\n".join(map(_line, lines)) + "</p>"
    before, each, after = MARKS[mark]
    return "\n".join([before, *(each.format(_line(line[2:])) for line in lines), after])


def _line(line: str) -> str:
    return "".join(_parts(line))


def _parts(line: str) -> Iterator[str]:
    """Escaped, and links as links."""
    at = 0
    for link in LINK.finditer(line):
        there = escape(link[0])
        yield f'{escape(line[at : link.start()])}<a href="{there}">{there}</a>'
        at = link.end()
    yield escape(line[at:])
