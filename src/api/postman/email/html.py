"""The HTML of an e-mail, made from its text, so that both have the same content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from api.postman.text_blocks import MARKS, blocks, runs

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
STYLE = "font-family: sans-serif; font-size: 1em; line-height: 1.5; max-width: 40em"


@dataclass(frozen=True)
class Picture:
    """A picture of the page: its content id, and what it shows. It stands on top, or below the
    block that has the text ``after``."""

    cid: str
    shows: str
    size: int  # pixels
    content: bytes
    name: str
    after: str = ""


def page(
    text: str, title: str, language: str, pictures: Sequence[Picture] = (), accent: str = ""
) -> str:
    """Return the page: one column, few pictures, and no meaning that depends on colour: the accent
    is a line at the top."""
    line = f' style="border-top: 4px solid {accent}; padding-top: 1em"' if accent else ""
    parts = [_img(picture) for picture in pictures if not picture.after]
    for block in blocks(text):
        parts += [_run(mark, lines) for mark, lines in runs(block)]
        parts += [_img(each) for each in pictures if each.after and each.after in block]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{STYLE}">\n<main{line}>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _img(picture: Picture) -> str:
    shows, size = escape(picture.shows), picture.size
    caption = f"<br>\n{shows}" if picture.after else ""
    return f'<p><img src="cid:{picture.cid}" alt="{shows}" height="{size}">{caption}</p>'


def _run(mark: str, lines: list[str]) -> str:
    if not mark:
        return "<p>" + "<br>\n".join(map(_line, lines)) + "</p>"
    before, each, after = MARKS[mark]
    return "\n".join([before, *(each.format(_line(line[2:])) for line in lines), after])


def _line(line: str) -> str:
    """Return the line escaped, with its links as links."""
    html, at = "", 0
    for link in LINK.finditer(line):
        url = escape(link[0])
        html += f'{escape(line[at : link.start()])}<a href="{url}">{url}</a>'
        at = link.end()
    return html + escape(line[at:])
