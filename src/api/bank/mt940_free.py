"""Reads words to the account owner (:86:) that have labels or no form at all."""

import re

from api.bank.mt940_words import (
    STRUCTURED,
    WIDTH,
    Words,
    account,
    bic,
    coded,
    numbered,
    sepa,
)
from api.bank.words import given, joined
from ledger.policy.validation import is_valid_iban

COLUMN = 32  # of ABN AMRO's two columns, with a space between them
LABEL = re.compile(
    r"(IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|BETALINGSKENM\.|MACHTIGING|INCASSANT|ID DEBITEUR): ?"
)
OLD_ACCOUNT = re.compile(r"(?:GIRO +(\d{1,10})|(\d\d\.\d\d\.\d\d\.\d{3})) +(\S.*?)(?: {2,}|$)")
DUTCH_REFERENCE = re.compile(r"BETALINGSKENM\S* *((?:\d ?){7,16})(?!\d)")
FIRST_ACCOUNT = re.compile(r"([A-Z]{2}\d{2}[A-Z0-9]{10,30}|0\d{9}) +(?:([A-Z0-9]{8,11}) +)?(.*)")
WRITTEN_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)\b"
)
POLISH = re.compile(r"(Z RACH\.|NA RACH\.|OD|DLA|TYT\.|TNR): *([^;]*)")
NAMED_LAST = re.compile(r"999[A-Z_]+:(.*):([^:]+):([A-Z]{2}\d{2}[A-Z0-9]{10,30})(?::.*)?")


def read_words(lines: list[str]) -> Words:
    """Return what the words say, by the first dialect that they are of."""
    lines = [line for line in lines if line.strip()]
    if not lines:
        return Words()
    for dialect in (numbered, coded, _columns, _account_and_name, _polish, _named_last):
        if words := dialect(lines):
            return words
    return _plain(joined(lines, WIDTH))


def _columns(lines: list[str]) -> Words | None:
    """Read ABN AMRO's columns: ``IBAN: …   NAAM: …``, or the old ``GIRO 428428 NAME``."""
    cells = [cell for line in lines for cell in _cells(line) if cell.strip()]
    labels = sum(bool(LABEL.match(cell)) for cell in cells)
    old = OLD_ACCOUNT.match(lines[0])
    if old:
        number, name = (old[1] or old[2]).replace(".", ""), old[3].strip()
        rest = joined([cell for cell in cells[1:] if cell.strip() != name], 0)
        return Words(account=number, name=name, creditor_reference=_dutch(rest), remittance=rest)
    if labels < 2:
        return None
    found, label = {"": ""}, ""
    full = False
    for cell in cells:
        if begin := LABEL.match(cell):
            label = begin[1]
        text = cell[begin.end() :] if begin else cell
        found[label] = found.get(label, "") + ("" if full or begin else " ") + text.rstrip()
        full = len(cell.rstrip()) == COLUMN
    return Words(
        name=found.get("NAAM", "").strip(),
        account=account(found.get("IBAN", "")),
        bic=bic(found.get("BIC", "")),
        end_to_end=given(found.get("KENMERK", "")),
        mandate=found.get("MACHTIGING", "").strip(),
        creditor_reference=found.get("BETALINGSKENM.", "").replace(" ", ""),
        remittance=found.get("OMSCHRIJVING", "").strip(),
        kind=found[""].strip(),
    )


def _cells(line: str) -> list[str]:
    if line[COLUMN : COLUMN + 1] == " ":
        return [line[:COLUMN], line[COLUMN + 1 :]]
    return re.split(" {2,}", line)


def _dutch(text: str) -> str:
    found = DUTCH_REFERENCE.search(text)
    return found[1].replace(" ", "") if found else ""


def _account_and_name(lines: list[str]) -> Words | None:
    """Read Knab's ``REK: NL…/NAAM: …``."""
    for at, line in enumerate(lines):
        if found := re.match(r"REK: *([A-Z0-9 ]+)/NAAM: *(.*)", line):
            rest = joined([*lines[:at], *lines[at + 1 :]], WIDTH)
            return Words(account=account(found[1]), name=found[2].strip(), remittance=rest)
    return None


def _polish(lines: list[str]) -> Words | None:
    """Read ``Z RACH.: …; OD: …; TYT.: …``, in which a name ends at the end of its line."""
    found = dict(POLISH.findall("\n".join(lines)))
    if not found.keys() >= {"TYT."}:
        return None
    other = found.get("Z RACH.", "") or found.get("NA RACH.", "")
    name = found.get("OD", "") or found.get("DLA", "")
    return Words(
        account=account("".join(other.split())),
        name=name.strip().partition("\n")[0].strip(),
        remittance=" ".join(found["TYT."].split()),
        reference=found.get("TNR", "").strip(),
    )


def _named_last(lines: list[str]) -> Words | None:
    """Read ``999DIRECT_DEBIT:text:name:IBAN``."""
    found = NAMED_LAST.fullmatch(joined(lines, WIDTH))
    if not found:
        return None
    return Words(remittance=found[1].strip(), name=found[2].strip(), account=found[3])


def _valid_iban(text: str) -> str:
    """Return the IBAN that the text begins with: as many of its words as make a valid one."""
    words = text.split(" ")
    ends = ("".join(words[:count]) for count in range(len(words), 0, -1))
    return next(filter(is_valid_iban, ends), "")


def _plain(text: str) -> Words:
    """Read words without a form: an account at their begin, or the one valid IBAN in them."""
    if words := sepa(text):
        return words
    structured = STRUCTURED.search(text)
    reference = structured[1].strip() if structured else _dutch(text)
    begin = FIRST_ACCOUNT.match(text)
    code = bic(begin[2] or "") if begin else ""
    if begin and (code or is_valid_iban(begin[1]) or (begin[1].isdigit() and account(begin[1]))):
        rest = begin[3] if code else text[begin.end(1) :].strip()
        name, mark, after = rest.partition(" NOTPROVIDED ")
        return Words(
            account=begin[1],
            bic=code,
            name=name.strip() if mark else "",
            creditor_reference=reference,
            remittance=text if begin[1].isdigit() else after.strip() if mark else rest,
        )
    written = {_valid_iban(found[0]) for found in WRITTEN_IBAN.finditer(text)} - {""}
    other = written.pop() if len(written) == 1 else ""
    payer = re.search(r"AUFTRAGGEBER: *(.+?)(?: +MITTEILUNGEN: *(.*)|$)", text)
    if payer:
        return Words(name=payer[1], account=other, remittance=payer[2] or "")
    return Words(account=other, creditor_reference=reference, remittance=text.strip())
