"""The texts of a page that its reader sees or hears, and those that two languages share."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

EMPTY = {"input", "meta", "link", "br", "img", "hr", "use", "col", "rect", "path", "line", "circle"}
NOT_READ = {"script", "style", "pre", "code", "textarea"}
THEIRS = {"words", "raw"}  # classes: people's own words, an entry as it was recorded
SPOKEN = ("title", "placeholder", "aria-label", "alt", "data-label")  # attributes
WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
CODE = re.compile(r"\S*[\d@/]\S*")  # a number, an amount, an address
STOP = "|"  # stands between words that are no neighbours


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "wbr":
            return
        self.end_text()
        given = dict(attrs)
        theirs = bool(THEIRS & set((given.get("class") or "").split()))
        other = theirs or tag in NOT_READ or ("lang" in given and tag != "html")
        if not self.is_hidden and not other:
            self.found += [text for name in SPOKEN if (text := given.get(name))]
        if tag not in EMPTY:
            self.open.append((tag, other))

    def handle_endtag(self, tag: str) -> None:
        self.end_text()
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data

    def end_text(self) -> None:
        if self.text.strip() and not self.is_hidden:
            self.found.append(self.text)
        self.text = ""

    @property
    def is_hidden(self) -> bool:
        return any(other for _, other in self.open)


def texts_of(page: str) -> list[str]:
    """Return the texts of a page, without people's own words and texts in another language."""
    texts = _Texts()
    texts.feed(page)
    texts.close()
    texts.end_text()
    return [" ".join(text.split()) for text in texts.found]


def shared(
    page: Iterable[str], english: Iterable[str], data: Iterable[str], alike: Iterable[str] = ()
) -> list[str]:
    """Return the texts of a page that stand in the English one too, or share two words in a row
    with it. ``data`` are texts that nobody translates, ``alike`` are texts and pairs of words that
    both languages have."""
    known = sorted(set(data), key=len, reverse=True)
    names = "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in known)
    hidden, both = re.compile(names, re.IGNORECASE), {text.lower() for text in alike}
    same, pairs = set[str](), set[str]()
    for text in english:
        same.add(_key(_words(text, hidden)))
        pairs.update(_pairs(_words(text, hidden)))
    same, pairs = same - both - {""}, pairs - both
    return [
        text
        for text in dict.fromkeys(page)
        if _key(words := _words(text, hidden)) in same or pairs & {*_pairs(words)}
    ]


def _words(text: str, hidden: re.Pattern[str]) -> list[str]:
    """Return the words of a text in small letters, and a stop for all that is none."""
    left = CODE.sub(STOP, hidden.sub(STOP, text))
    parts = re.findall(rf"{WORD.pattern}|\S", left)
    return [part.lower() if WORD.fullmatch(part) and part[1:] else STOP for part in parts]


def _key(words: list[str]) -> str:
    return " ".join(word for word in words if word != STOP)


def _pairs(words: list[str]) -> Iterator[str]:
    yield from (" ".join(pair) for pair in pairwise(words) if STOP not in pair)
