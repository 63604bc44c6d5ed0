"""The HTML of an e-mail, made from its text, so that both have the same content."""

import re
from html import escape

from api.postman.text_blocks import MARKS, blocks, runs

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
STYLE = "font-family: sans-serif; font-size: 1em; line-height: 1.5; max-width: 40em"


def page(
    text: str, title: str, language: str, logo: str = "", firm: str = "", accent: str = ""
) -> str:
    """Return the page: one column, no picture but the logo, whose content id is given, and no
    meaning that depends on colour: the accent is a line at the top."""
    line = f' style="border-top: 4px solid {accent}; padding-top: 1em"' if accent else ""
    top = f'<p><img src="cid:{logo}" alt="{escape(firm)}" height="48"></p>\n' if logo else ""
    body = top + "\n".join(
        _run(mark, lines) for block in blocks(text) for mark, lines in runs(block)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{STYLE}">\n<main{line}>\n{body}\n</main>\n</body>\n</html>\n'
    )


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
