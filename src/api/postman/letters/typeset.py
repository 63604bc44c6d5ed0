"""Letters typeset from the requested messages, with the same bytes at every attempt.

Typst receives the words as data, never as markup.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from babel import Locale

from api.i18n.letter_texts import ON_PAPER, TO_SEE
from api.i18n.translate import Translation
from api.postman.how_to_pay import SCAN, code_svg
from api.postman.invoice_texts import long_day
from api.postman.sender import Sender, cleaned
from api.postman.template_context import context, locale_of
from api.postman.templates import Templates, render, supported_language
from api.postman.text_blocks import blocks, runs
from ledger.facts.debtor import Debtor
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.languages import LANGUAGES, language_in

FORM = Path(__file__).with_name("letter.typ")
COLUMNS = ("invoice", "issued_on", "due_on", "amount", "open_amount")
KINDS = {"": "text", "- ": "list", "> ": "quote"}
LONG = re.compile(r"\S{25,}")  # words too long for a line: see ``_soft``
TOWN = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}(?: ?[A-Z]{2})?\s+(\S.*)")  # after its post code
NOT_IN_NAME = re.compile(r"[^\w.]+")


@dataclass(frozen=True)
class Letterhead:
    """The creditor's address on a letter, and the folder that letters are printed to."""

    folder: Path
    address: tuple[str, ...]  # line by line
    mail: str = ""  # mail address, if any
    foot: tuple[str, ...] = ()  # at the end of each page
    head: tuple[str, ...] = ()  # beside the name, in place of address and mail address
    logo: bytes = b""


@dataclass(frozen=True)
class Letter:
    """A letter that is ready to print. ``to`` is name and address, line by line."""

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
    templates: Templates,
) -> Letter:
    """Return the letter. Raises ``BadTemplate``.

    ``at`` is when the message was requested, ``home`` the creditor's country.
    """
    language, facts = (
        supported_language(asked.language),
        context(asked, sender.company, debtor.name),
    )
    rendered = render(templates, asked.template, language, facts)
    subject = " ".join(cleaned(rendered.subject).split())
    text = "\n".join(cleaned(rendered.text).splitlines())
    to = tuple(addressed(asked.to, debtor, home))
    code, page = asked.facts.get("payment_code", ""), asked.facts.get("account_page")
    account = account_block(page, language) if page else None
    body = list(_body(text, facts, code, language, account))
    pdf = as_pdf(sender.company, paper, to, subject, asked.on, asked.language, body, at)
    return Letter(name=name_of(asked, book_id), to=to, subject=subject, text=text, pdf=pdf)


def as_pdf(
    company: str,
    paper: Letterhead,
    to: Sequence[str],
    subject: str,
    on: date,
    tag: str,
    body: Sequence[Mapping[str, Any]],
    at: datetime,
) -> bytes:
    """Return a letter with the blocks of its body, in the language of the tag."""
    language = supported_language(tag)
    words = {
        "subject": subject,
        "from": {
            "name": company,
            "address": paper.address,
            "lines": paper.head or [*paper.address, *filter(None, [paper.mail])],
        },
        "to": to,
        "date": _dated(paper, on, tag),
        "body": body,
        "foot": paper.foot,
        "page": ON_PAPER[language].page,
        "of": ON_PAPER[language].of,
        "language": language,
    }
    return typst.compile(
        FORM,
        root=FORM.parent,  # typst sees no other folder
        ignore_system_fonts=True,  # the bytes are the same on every machine
        sys_inputs={"letter": json.dumps(_soft(words)), "logo": json.dumps([*paper.logo])},
        timestamp=int(at.timestamp()),
    )


def name_of(asked: MessageAsked, book_id: UUID) -> str:
    """Return the file name: day, debtor, step or purpose, and a part of the id."""
    parts = (str(asked.on), asked.debtor, asked.step or asked.purpose, book_id.hex[:12])
    return "_".join(filter(None, map(part_of_name, parts))) + ".pdf"


def part_of_name(text: str) -> str:
    """Return the text without separators of folders and what file systems refuse."""
    return NOT_IN_NAME.sub("-", text).strip("-.")[:25]


def address_lines(address: str) -> tuple[str, ...]:
    """Split an address into its lines, or at its commas if it is a single line."""
    parts = address.splitlines() if len(address.splitlines()) > 1 else address.split(",")
    return tuple(line for line in (" ".join(cleaned(part).split()) for part in parts) if line)


def addressed(given: Sequence[str], debtor: Debtor, home: str) -> Iterator[str]:
    """Yield name and address; abroad the country too, in capitals and in the language of the
    creditor's country, as the Universal Postal Union requires."""
    name = " ".join(cleaned(debtor.name).split())
    address = [line for to in given for line in address_lines(to)]
    yield from ([name] if name else [])
    yield from address
    if debtor.country and debtor.country != home:
        known = [str(Locale(tag).territories.get(debtor.country, "")) for tag in LANGUAGES]
        country = str(Locale(language_in(home)).territories.get(debtor.country, debtor.country))
        if not address or address[-1].casefold() not in {name.casefold() for name in known}:
            yield country.upper()


def _dated(paper: Letterhead, on: date, tag: str) -> str:
    """Return town and day as the language writes them; the day alone if no line of our address is
    a town after its post code."""
    locale = locale_of(tag)
    day = ("le " if locale.language == "fr" else "") + long_day(on, locale)
    towns = [found[1] for line in paper.address if (found := TOWN.fullmatch(line))]
    return f"{towns[-1]}, {day}" if towns else day


def account_block(address: str, language: str) -> dict[str, Any]:
    """Return the block with the address of the debtor's account, which is not broken."""
    before, after = TO_SEE[language]
    return {"kind": "account", "before": before, "url": address, "after": after}


def _body(
    text: str, facts: Mapping[str, Any], code: str, language: str, account: dict[str, Any] | None
) -> Iterator[dict[str, Any]]:
    """Yield the text block by block, the list of invoices as a table, the account's address as a
    link."""
    words = ON_PAPER[language]
    items = "\n".join(cleaned(facts["items_list_selected"]).splitlines())
    paying = cleaned(facts["how_to_pay"])
    for block in blocks(text):
        if paying and block == paying:
            yield from payment_block(block, code, language)
            continue
        if block == items:
            rows = [_row(item) for item in facts["items"]]
            total = [words.total, facts["total"]]
            yield {"kind": "table", "head": words.head, "rows": rows, "total": total}
            continue
        if account and block == facts["your_account"]:
            yield account
            continue
        yield from _runs(block)


def payment_block(text: str, code: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield how to pay, beside the QR code if there is one."""
    parts = [*_runs(text)]
    if not code:
        yield from parts
        return
    drawn = [*code_svg(code, border=0).encode()]  # the paper is white around it
    yield {"kind": "pay", "parts": parts, "code": drawn, "scan": Translation(language)(SCAN)}


def _runs(block: str) -> Iterator[dict[str, Any]]:
    for mark, lines in runs(block):
        yield {"kind": KINDS[mark], "lines": [line[len(mark) :] for line in lines]}


def _row(item: Mapping[str, str]) -> list[str]:
    """Return the cells of an invoice: its amount with the interest and costs besides."""
    amount = " + ".join(filter(None, [item["amount"], item["charges"]]))
    return [{**item, "amount": amount}[name] for name in COLUMNS]


def _soft(words: Any) -> Any:
    """Return the words with U+200B in long ones, where a line may break; an address is copied, and
    has none."""
    match words:
        case str():
            return LONG.sub(lambda word: re.sub(r"(.{8})", "\\1\u200b", word[0]), words)
        case int():
            return words
        case Mapping():
            return {name: word if name == "url" else _soft(word) for name, word in words.items()}
        case _:
            return [_soft(word) for word in words]
