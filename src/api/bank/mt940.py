"""Reads MT940 and MT942, SWIFT's statements of account, in the dialects of banks.

A file is lines; a field begins at ``:tag:`` and lasts until the next; a statement begins at
``:20:`` and lasts until a line of a dash, the next ``:20:``, or the end of its envelope.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from api.bank.mt940_entry import Head, Lines, amount_of, read_entry, two_digit_day
from api.bank.statement import Balance, BankEntry, Statement, UnreadableFile
from ledger.policy.validation import is_valid_iban

MAX_LINE = 100_000  # characters
TAG = re.compile(r":(13D?|20|21|25P?|28C?|34F|6[02][FM]|61|6[45]F?|86|90[CD]|NS):")
TIMES = {"13", "20", "21", "25", "28"}  # in the words of an entry these may be minutes
AFTER_REFERENCE = (":21:", ":25", ":28", ":13")  # what follows the :20: of a statement
END = re.compile(r"-\}.*|[-\u00ad]XXX|-")
BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3}) *(\d[\d.,]*)")
CURRENCY_BEHIND = re.compile(r"(.*\d)[ /]*([A-Z]{3})")


class Field(NamedTuple):
    """A tag with its lines, and the number of the first."""

    tag: str
    lines: list[str]
    number: int

    @property
    def first(self) -> str:
        return self.lines[0].strip()


class Message(NamedTuple):
    """The fields of one statement, and whether its end is there."""

    fields: list[Field]
    is_ended: bool

    def find(self, *tags: str) -> Field | None:
        return next((field for field in self.fields if field.tag in tags), None)

    def refused(self, why: str, at: Field | None = None) -> UnreadableFile:
        return UnreadableFile(f"line {(at or self.fields[0]).number}", why)


def read_mt940(text: str) -> list[Statement]:
    """Return the statements of a file. Raise ``UnreadableFile``."""
    lines = _lines(text)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise UnreadableFile(f"line {number}", f"has more than {MAX_LINE:,} characters")
        if "\0" in line:
            raise UnreadableFile(f"line {number}", "is not text: it has a zero character")
    statements = [_statement(message) for message in _messages(lines)]
    if not statements:
        raise UnreadableFile("", "has no statement in it")
    return statements


def _lines(text: str) -> list[str]:
    """Return the lines, whatever ends them: CR, LF, both, or the @@ of online banking."""
    for sign, instead in (("\r\n", "\n"), ("\r", "\n"), ("\x01", ""), ("\x03", "")):
        text = text.replace(sign, instead)
    if "\n:" not in text and "@@:" in text:
        text = text.replace("@@", "\n")
    return text.split("\n")


def _messages(lines: list[str]) -> Iterator[Message]:
    """Yield the statements; what stands between them, such as names of banks, is passed over."""
    fields = list[Field]()
    in_envelope = in_entry = False  # in the entries: after the first, before the closing balance
    for number, line in enumerate(lines, 1):
        if fields and END.fullmatch(line.strip()) and _is_end(in_entry, lines, number):
            yield Message(fields, True)
            fields, in_envelope, in_entry = [], False, False
        if "{4:" in line:
            in_envelope, line = True, line.rpartition("{4:")[2]
        found = TAG.match(line)
        tag = found[1] if found else ""
        if in_entry and tag in TIMES and not _begins_statement(tag, lines, number):
            tag = ""
        if tag == "20" and fields:
            yield Message(fields, False)
            fields, in_entry = [], False
        if tag:
            fields.append(Field(tag, [line[len(tag) + 2 :]], number))
            in_entry = (in_entry or tag == "61") and not tag.startswith("62")
        elif fields:
            fields[-1].lines.append(line)
    if in_envelope:
        raise UnreadableFile(f"line {len(lines)}", "the file is cut off in the middle")
    if fields:
        yield Message(fields, False)


def _is_end(in_entry: bool, lines: list[str], number: int) -> bool:
    """Tell a dash that ends a statement from one in the words of an entry."""
    if lines[number - 1].strip() != "-" or not in_entry:
        return True
    for at in range(number, min(number + 9, len(lines))):
        if following := lines[at].strip():
            begins = following.startswith(":20:") and _begins_statement("20", lines, at + 1)
            return begins or following.startswith("{1:")
    return True


def _begins_statement(tag: str, lines: list[str], number: int) -> bool:
    """Tell the beginning of a statement from a time that was cut at its minutes: 12:20:25."""
    return tag == "20" and "".join(lines[number : number + 1]).startswith(AFTER_REFERENCE)


def _statement(message: Message) -> Statement:
    opening, closing = message.find("60F", "60M"), message.find("62F", "62M")
    account, currency_behind = _account(message)
    is_interim = opening is None and message.find("34F", "13D", "13", "90C", "90D") is not None
    at_end = message.fields[-1]
    cut_off = closing is None and not message.is_ended and at_end.tag not in ("64", "65", "65F")
    if cut_off and not is_interim:
        raise message.refused("the file is cut off in the middle", at_end)
    floor = message.find("34F")
    before, currency = _balance(message, opening)
    after, _ = _balance(message, closing)
    currency = currency or (floor.first[:3] if floor else "") or currency_behind
    days = [balance.on for balance in (after, before) if balance]
    made_at = _made_at(message)
    fallback = days[0] if days else made_at.date() if made_at else date(1970, 1, 1)
    number = message.find("28C", "28")
    reference = message.find("20")
    name = [reference.first if reference else "", number.first if number else ""]
    entries = tuple(
        read_entry(nth, lines, Head(account, currency, fallback))
        for nth, lines in enumerate(_entries(message.fields), 1)
    )
    return Statement(
        format="MT942" if is_interim else "MT940",
        account=account,
        currency=currency,
        id=" ".join(filter(None, [*name, _stamp(days, made_at, entries)])),
        number=name[1],
        made_at=made_at,
        opening=before,
        closing=after,
        entries=entries,
    )


def _stamp(days: list[date], made_at: datetime | None, entries: tuple[BankEntry, ...]) -> str:
    """Return what tells a statement from that of another day, which may have the same names."""
    if not days and made_at:
        return f"{made_at:%y%m%d%H%M}"
    days = days or [entry.booked_on for entry in entries[-1:]]
    return "".join(f"{day:%y%m%d}" for day in days[:1])


def _entries(fields: list[Field]) -> Iterator[Lines]:
    """Yield the lines of each entry; words that follow no entry are of the statement."""
    entry: Lines | None = None
    for field in fields:
        if field.tag == "86" and entry:
            entry.words.extend(line for line in field.lines)
            continue
        if entry:
            yield entry
        entry = Lines(_filled(field.lines), []) if field.tag == "61" else None
    if entry:
        yield entry


def _filled(lines: list[str]) -> list[str]:
    return [lines[0], *(line for line in lines[1:] if line.strip())]


def _account(message: Message) -> tuple[str, str]:
    """Return the account, as IBAN if it is one, and the currency that some write behind it."""
    field = message.find("25", "25P")
    if field is None or not field.first:
        raise message.refused("the statement has no account (:25:)", field)
    found = CURRENCY_BEHIND.fullmatch(field.first)
    number, currency = (found[1], found[2]) if found else (field.first, "")
    plain = number.rpartition("/")[2].replace(" ", "")
    return (plain if is_valid_iban(plain) else number.strip()), currency


def _balance(message: Message, field: Field | None) -> tuple[Balance | None, str]:
    if field is None:
        return None, ""
    found = BALANCE.match(field.first)
    if not found:
        raise message.refused(f"the balance {field.first[:40]!r} cannot be read", field)
    on, amount = two_digit_day(found[2]), amount_of(found[4])
    signed = -amount if found[1] == "D" else amount
    return (Balance(on, signed) if on else None), found[3]


def _made_at(message: Message) -> datetime | None:
    field = message.find("13D", "13")
    if field is None:
        return None
    for form in ("%y%m%d%H%M%z", "%y%m%d%H%M"):
        try:
            return datetime.strptime(field.first, form)  # noqa: DTZ007 - without a zone if it has none
        except ValueError:
            continue
    return None
