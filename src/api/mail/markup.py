"""HTML to text in one pass over the tags, without a tree, so that any depth works.

Quoted lines get ``>``, as in plain text. docs/decisions/0009-reading-mail.md: why no library.
"""

import re
from collections.abc import Iterator
from html import unescape

APART = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table")
)
CLOSE = (
    "address article aside body center dd div dl dt fieldset footer form header hr li main nav"
    " section tbody tfoot thead tr"
)
BLOCKS = APART | frozenset(CLOSE.split())
UNSEEN = ("script", "style", "head", "title", "template")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)")
INDENT = re.compile(r"border(-left)?\s*:\s*(none|0)", re.I)  # how Gmail indents; not a quotation
DEEPEST = 9  # quotation marks before a line
ATTRIBUTES = 2_000  # characters of a tag that are looked at


class _Page:
    """The lines so far, and the open elements."""

    def __init__(self) -> None:
        self.lines = list[str]()
        self.line = list[str]()
        self.quotes = list[bool]()  # of each open blockquote: whether it is a quotation
        self.depth = 0  # open quotations
        self.pre = 0  # open elements that keep their line ends

    def write(self, text: str) -> None:
        text = unescape(text).replace("\xa0", " ").replace("\u200b", "")
        first, *others = text.split("\n") if self.pre else [text]
        self.line.append(first)
        for other in others:
            self.end_line()
            self.line.append(other)

    def end_line(self) -> None:
        line = "".join(self.line)
        line = line.rstrip() if self.pre else " ".join(line.split())
        mark = ">" * min(DEEPEST, self.depth)
        self.lines.append(f"{mark} {line}".strip() if mark else line)
        self.line = []

    def block(self, apart: bool) -> None:
        if "".join(self.line).strip():
            self.end_line()
        self.line = []
        if apart and self.lines and self.lines[-1].strip("> "):
            self.end_line()

    def tag(self, name: str, opens: bool, attributes: str) -> None:
        if name == "br":
            self.end_line()
        elif name in BLOCKS:
            self.block(name in APART)
        elif name in ("td", "th") and self.line:
            self.line.append(" ")
        if name == "hr":
            self.lines.append("_" * 40)
        elif name == "li" and opens:
            self.line.append("- ")
        elif name == "pre":
            self.pre = max(0, self.pre + (1 if opens else -1))
        elif name == "blockquote":
            self.quote(opens, attributes)

    def quote(self, opens: bool, attributes: str) -> None:
        if opens:
            self.quotes.append(not INDENT.search(attributes[:ATTRIBUTES]))
            self.depth += self.quotes[-1]
        elif self.quotes:
            self.depth -= self.quotes.pop()


def as_text(html: str) -> str:
    """Return what a reader of the page sees, without pictures and links."""
    page = _Page()
    for name, opens, content in _tokens(html):
        if name:
            page.tag(name, opens, content)
        else:
            page.write(content)
    page.block(apart=False)
    return "\n".join(page.lines).strip("\n")


def _tokens(html: str) -> Iterator[tuple[str, bool, str]]:
    """Yield name, whether it opens, and attributes of a tag; or no name, and text.

    ``ends`` keeps what a search found, so that the whole is linear.
    """
    at, ends = 0, dict[str, int]()
    while (opened := html.find("<", at)) >= 0:
        if opened > at:
            yield "", False, html[at:opened]
        tag, at = TAG.match(html, opened), opened + 1
        if tag:
            name, opens = tag[2].lower(), not tag[1]
            end = _find(html, ">", tag.end(), ends)
            at = end + 1 if end < len(html) else tag.end()
            yield name, opens, html[tag.end() : at]
            if opens and name in UNSEEN:
                at = _closing(html, name, at, ends)
        elif html.startswith(("<!", "<?"), opened):
            close = "-->" if html.startswith("<!--", opened) else ">"
            end = _find(html, close, at, ends)
            if end == len(html):
                yield "", False, "<"
            else:
                at = end + len(close)
        else:
            yield "", False, "<"
    yield "", False, html[at:]


def _closing(html: str, name: str, at: int, ends: dict[str, int]) -> int:
    """Return where an element that is never shown ends; ``at``, if it does not end."""
    found = min(_find(html, f"</{end}", at, ends) for end in (name, name.upper()))
    return found if found < len(html) else at


def _find(html: str, what: str, at: int, ends: dict[str, int]) -> int:
    """Return where ``what`` is next, or the length of the page; ``ends`` keeps it for later."""
    if ends.get(what, -1) < at:
        found = html.find(what, at)
        ends[what] = found if found >= 0 else len(html)
    return ends[what]
