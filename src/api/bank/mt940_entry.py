"""Reads one entry of MT940 or MT942: its line (:61:) and the words to it (:86:)."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from api.bank.mt940_free import read_words
from api.bank.mt940_words import Words, account, amount_with_currency
from api.bank.statement import BankEntry, Part
from api.bank.words import given

LINE = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4}| {4})? *(?P<mark>R?[CD]|E[CD])[A-Z]? *"
    r"(?P<amount>\d[\d.,]{0,20}) *(?P<type>(?!NONREF)[A-Z][A-Z0-9 ]{3})?(?P<references>.*)"
)
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
CUSTOMER_REFERENCE = 16  # characters; what follows is the name, where no line was begun for it
SEE_WORDS = {"EREF", "MREF", "KREF", "PREF", "MARF", "RREF", "IREF"}  # the reference is in :86:
DIRECT_DEBITS = {
    "NDDT",
    "NIC",
    "NINC",
    "104",
    "105",
    "108",
    "109",
    "171",
    "174",
    "181",
    "184",
    "192",
    "196",
}
SUPPLEMENT = re.compile(r"/(OCMT|CHGS|TRCD)/([^/]*)")


class Lines(NamedTuple):
    """The lines of an entry as they stand in the file, without their tags."""

    entry: list[str]  # :61: and what stands below it
    words: list[str]  # :86:, all of them


class Head(NamedTuple):
    """What the statement of an entry says; ``fallback`` is the day where a line has none."""

    account: str
    currency: str
    fallback: date


class References(NamedTuple):
    """What stands behind the type of an entry."""

    customer: str = ""
    bank: str = ""
    name: str = ""
    account: str = ""


def two_digit_day(text: str) -> date | None:
    """Return the day of YYMMDD; banks that count 30 days a month write 30 February."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year += 2000 if year < 80 else 1900
    return date(year, month, min(day, monthrange(year, month)[1]))


def amount_of(text: str) -> Decimal:
    """Return an amount with a decimal comma, or with a point as some banks write it."""
    at = max(text.rfind(","), text.rfind("."))
    whole, cents = (text[:at], text[at + 1 :]) if at >= 0 else (text, "")
    return Decimal(f"{re.sub('[.,]', '', whole)}.{cents}")


def read_entry(nth: int, lines: Lines, of: Head) -> BankEntry:
    """Return the entry; one that cannot be understood has no amount, and says why."""
    found = LINE.fullmatch(lines.entry[0].rstrip())
    value = two_digit_day(found["value"]) if found else None
    if found is None or value is None:
        return _kept(nth, lines, of)
    amount = amount_of(found["amount"]) * SIGNS[found["mark"]] + 0  # never minus nothing
    references = _references(found["references"].strip(), lines)
    words = read_words(lines.words)
    type_code = (found["type"] or "").strip()
    booked = _booked_on(found["booked"], value)
    return BankEntry(
        nth=nth,
        amount=amount,
        currency=of.currency,
        booked_on=booked or value,
        value_on=value,
        key=given(references.bank),
        parts=(_part(amount, of, references, words, lines.entry[1:]),),
        type_code=type_code,
        is_reversal=found["mark"].startswith("R"),
        is_booked=not found["mark"].startswith("E"),
        is_direct_debit=_is_direct_debit(type_code, words),
        text=_text(lines),
    )


def _kept(nth: int, lines: Lines, of: Head) -> BankEntry:
    raw = "\n".join([f":61:{lines.entry[0]}", *lines.entry[1:]])
    if lines.words:
        raw += "\n:86:" + "\n".join(lines.words)
    words = read_words(lines.words)
    return BankEntry(
        nth=nth,
        amount=Decimal(0),
        currency=of.currency,
        booked_on=of.fallback,
        value_on=of.fallback,
        key="",
        parts=(_part(Decimal(0), of, References(), words, []),),
        text=_text(lines),
        raw=raw,
        trouble="its line (:61:) cannot be read",
    )


def _text(lines: Lines) -> str:
    return "\n".join(line.rstrip() for line in (*lines.entry[1:], *lines.words)).strip()


def _booked_on(month_and_day: str | None, value: date) -> date | None:
    """Return the day of MMDD in the year that is nearest to the value date."""
    if not (month_and_day or "").strip():
        return None
    years = (value.year - 1, value.year, value.year + 1)
    days = [two_digit_day(f"{year % 100:02d}{month_and_day}") for year in years]
    known = [day for day in days if day]
    return min(known, key=lambda day: abs(day - value), default=None)


def _references(text: str, lines: Lines) -> References:
    """Take apart ``NONREF//B4E07``, and the name or the account that some banks put beside it.

    Danish banks cut the words in two instead: then there is no reference.
    """
    customer, slashes, bank = text.partition("//")
    below, name = lines.entry[1:], ""
    if slashes and "".join(lines.words[:1]).replace(" ", "") == (customer + bank).replace(" ", ""):
        return References()
    if not slashes and len(text) > CUSTOMER_REFERENCE and not account(text):
        customer, name = text[:CUSTOMER_REFERENCE], text[CUSTOMER_REFERENCE:]
    customer, name = customer.strip(), name.strip()
    first = below[0].strip() if below else ""
    held = account(first)
    if not held and account(customer) and (name or customer[:2].isalpha()):
        held, name = account(customer), name or first
    if customer.rstrip("+") in SEE_WORDS or customer == held:
        customer = ""
    return References(given(customer), bank.strip(), name, held)


def _part(
    amount: Decimal, of: Head, references: References, words: Words, below: list[str]
) -> Part:
    supplement = dict(SUPPLEMENT.findall("".join(below)))
    charges, _ = amount_with_currency(supplement.get("CHGS", "") or words.charges)
    original, original_currency = amount_with_currency(supplement.get("OCMT", "") or words.original)
    other = account(words.account) or words.account or references.account
    remittance = words.remittance
    if words == Words() and not (references.account or supplement):
        remittance = " ".join(line.strip() for line in below)
    if references.account:
        for beside in (references.account, references.name):
            remittance = remittance.removeprefix(beside).strip()
    return Part(
        amount=amount,
        currency=of.currency,
        payer_name=words.name or references.name,
        payer_iban="" if other == of.account else other,
        payer_bic=words.bic,
        ultimate_payer=words.ultimate,
        end_to_end=words.end_to_end or references.customer,
        mandate=words.mandate,
        reference=words.reference,
        creditor_reference=words.creditor_reference,
        remittance=remittance,
        return_reason=words.return_reason,
        charges=charges or Decimal(0),
        original_amount=original,
        original_currency=(original_currency or of.currency) if original is not None else "",
    )


def _is_direct_debit(type_code: str, words: Words) -> bool:
    return bool(
        words.mandate
        or type_code in DIRECT_DEBITS
        or words.kind in DIRECT_DEBITS
        or "INCASSO" in words.kind.upper()
    )
