"""From a message that was asked for to the letter that is printed: the same bytes whenever it is
made. Typst sets it; its words come to typst as data, never as markup.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from babel import Locale

from api.i18n.letter_texts import ON_PAPER, LetterTexts
from api.postman.sender import Sender, cleaned
from api.postman.template_context import context, locale_of, long_day
from api.postman.templates import render, supported_language
from api.postman.text_blocks import blocks, runs
from ledger.facts.debtor import Debtor
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.languages import LANGUAGES, language_in

FORM = Path(__file__).with_name("letter.typ")
COLUMNS = ("invoice", "issued_on", "due_on", "amount", "open_amount")
KINDS = {"": "text", "- ": "list", "> ": "quote"}
LONG = re.compile(r"\S{25,}")  # words that may be broken anywhere, lest they leave the page
TOWN = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}(?: ?[A-Z]{2})?\s+(\S.*)")  # behind its post code
NOT_IN_NAME = re.compile(r"[^\w.]+")


@dataclass(frozen=True)
class Letterhead:
    """What our letters are printed on, and where they go: see ``settings``."""

    folder: Path
    address: tuple[str, ...]  # ours, line by line
    mail: str = ""  # our mail address, where there is one
    foot: tuple[str, ...] = ()  # at the end of each page


@dataclass(frozen=True)
class Letter:
    """A letter that is ready to be printed. ``to`` is name and address, line by line."""

    name: str  # of its file
    to: tuple[str, ...]
    subject: str
    text: str
    pdf: bytes


def typeset(
    asked: MessageAsked,
    book_id: UUID,
    at: datetime,
    sender: Sender,
    paper: Letterhead,
    debtor: Debtor,
    home: str,
    own: Path | None,
) -> Letter:
    """``at`` is when it was asked for, ``home`` our country, ``own`` the folder of own templates.

    Raises ``BadTemplate``.
    """
    language, told = supported_language(asked.language), context(asked, sender.name, debtor.name)
    said = render(own, asked.template, language, told)
    subject = " ".join(cleaned(said.subject).split())
    text = "\n".join(cleaned(said.text).splitlines())
    to = tuple(_addressed(asked, debtor, home))
    words = {
        "subject": subject,
        "from": {
            "name": sender.name,
            "address": paper.address,
            "lines": [*paper.address, *filter(None, [paper.mail])],
        },
        "to": to,
        "date": _dated(paper, asked.on, asked.language),
        "body": list(_body(text, told, ON_PAPER[language])),
        "foot": paper.foot,
        "page": ON_PAPER[language].page,
        "of": ON_PAPER[language].of,
        "language": language,
    }
    return Letter(
        name=name_of(asked, book_id),
        to=to,
        subject=subject,
        text=text,
        pdf=render_pdf(words, at),
    )


def render_pdf(words: Mapping[str, Any], at: datetime) -> bytes:
    """As typst makes it, with the fonts that are in typst and nothing else of this machine."""
    return typst.compile(
        FORM,
        root=FORM.parent,  # typst sees no other folder
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(_soft(words))},
        timestamp=int(at.timestamp()),
    )


def name_of(asked: MessageAsked, book_id: UUID) -> str:
    """Sorts by day; says who gets it and what it is; the end tells it from all others."""
    parts = (str(asked.on), asked.debtor, asked.step or asked.purpose, book_id.hex[:12])
    return "_".join(filter(None, map(part_of_name, parts))) + ".pdf"


def part_of_name(said: str) -> str:
    """Nothing in it leads elsewhere, and file systems take it."""
    return NOT_IN_NAME.sub("-", said).strip("-.")[:25]


def address_lines(address: str) -> tuple[str, ...]:
    """As it has lines; one that has none is broken at its commas."""
    parts = address.splitlines() if len(address.splitlines()) > 1 else address.split(",")
    return tuple(line for line in (" ".join(cleaned(part).split()) for part in parts) if line)


def _addressed(asked: MessageAsked, debtor: Debtor, home: str) -> Iterator[str]:
    """Name and address; abroad the country too, in capitals and in the language of ours, as the
    Universal Postal Union wants it."""
    name = " ".join(cleaned(debtor.name).split())
    address = [line for to in asked.to for line in address_lines(to)]
    yield from ([name] if name else [])
    yield from address
    if debtor.country and debtor.country != home:
        known = [str(Locale(one).territories.get(debtor.country, "")) for one in LANGUAGES]
        country = str(Locale(language_in(home)).territories.get(debtor.country, debtor.country))
        if not address or address[-1].casefold() not in {one.casefold() for one in known}:
            yield country.upper()


def _dated(paper: Letterhead, on: date, tag: str) -> str:
    """Place and day, as the language writes them; the day alone when our address names no town
    behind a post code."""
    locale = locale_of(tag)
    day = ("le " if locale.language == "fr" else "") + long_day(on, locale)
    towns = [found[1] for line in paper.address if (found := TOWN.fullmatch(line))]
    return f"{towns[-1]}, {day}" if towns else day


def _body(text: str, told: Mapping[str, Any], words: LetterTexts) -> Iterator[dict[str, Any]]:
    """Block by block; the list of the invoices becomes a table."""
    items = "\n".join(cleaned(told["items_list_selected"]).splitlines())
    for block in blocks(text):
        if block == items:
            rows = [[one[name] for name in COLUMNS] for one in told["items"]]
            total = [words.total, told["total"]]
            yield {"kind": "table", "head": words.head, "rows": rows, "total": total}
            continue
        for mark, lines in runs(block):
            yield {"kind": KINDS[mark], "lines": [line[len(mark) :] for line in lines]}


def _soft(words: Any) -> Any:
    """With places where long words may be broken (U+200B)."""
    match words:
        case str():
            return LONG.sub(lambda word: re.sub(r"(.{8})", "\\1\u200b", word[0]), words)
        case Mapping():
            return {name: _soft(one) for name, one in words.items()}
        case _:
            return [_soft(one) for one in words]
