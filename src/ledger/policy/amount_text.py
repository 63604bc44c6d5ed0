"""Amounts as people write them: 1.750,00 and 1,750.00, 1 750, € 1750, 1750,- and 1'750.00.

An amount that has two readings is asked back with both. JSON has one form and does not come here.
"""

import re
from decimal import Decimal

from ledger.policy.money import DECIMALS
from ledger.policy.refusal import Refused

MAX_LENGTH = 60  # characters
MAX_DIGITS = 18
SIGNS = {  # what people write for a currency, beside its code
    "€": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "$": "USD CAD AUD NZD SGD HKD",
    "us$": "USD",
    "fr": "CHF",
    "sfr": "CHF",
    "kr": "SEK NOK DKK ISK",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "¥": "JPY CNY",
}
_SIGN = r"(?:[^\W\d_]{1,4}\.?|[€£$¥]|US\$)"
FORM = re.compile(
    rf"(?P<minus>[+-]?)\s*(?P<before>{_SIGN})?\s*(?P<inner>[+-]?)"
    r"(?P<number>[.,]?[0-9](?:[0-9.,\s'\u2019]*[0-9])?[.,]?)(?P<dash>(?<=[.,])--?)?"
    rf"\s*(?P<after>{_SIGN})?\s*(?P<end>-?)"
)
OTHER = {".": ",", ",": "."}


def read_amount(
    text: str, currency: str = "", decimal: str = "", field: str | None = None
) -> Decimal:
    """Return the amount that a person wrote.

    ``decimal`` is the decimal sign, where a file states it; a currency without decimals rules out
    a reading with them. Raises ``Refused`` for what is no amount, for an amount of another
    currency, and for one with two readings.
    """
    found = readings(text, currency, decimal, field)
    if DECIMALS.get(currency) == 0:
        found = [amount for amount in found if not _places(amount)] or found
    if len(found) > 1:
        first, second = (unambiguous(amount) for amount in found)
        raise Refused("amount-ambiguous", field, text=text, first=first, second=second)
    return found[0]


def readings(
    text: str, currency: str = "", decimal: str = "", field: str | None = None
) -> list[Decimal]:
    """Return what the text can mean, the larger first.

    Raises ``Refused`` if it means nothing, or is of another currency.
    """
    plain = re.sub("[\u2212\u2013\u2014]", "-", text.strip())
    form = FORM.fullmatch(plain) if len(plain) <= MAX_LENGTH else None
    if form is None or len([sign for sign in form.group("minus", "inner", "end") if sign]) > 1:
        raise Refused("amount-not-readable", field, text=text[:MAX_LENGTH])
    for sign in filter(None, form.group("before", "after")):
        _check_currency(sign, currency, text, field)
    number = form["number"] + ("00" if form["dash"] else "")
    read = [_reading(number, sign) for sign in (decimal or ".,")]
    found = sorted({amount for amount in read if amount is not None}, reverse=True)
    if not found:
        raise Refused("amount-not-readable", field, text=text)
    negative = "-" in form.group("minus", "inner", "end")
    return [-amount for amount in found] if negative else found


def unambiguous(amount: Decimal) -> Decimal:
    """Return the amount with two decimals or four: three could be thousands."""
    places = max(2, _places(amount))
    return amount.quantize(Decimal(1).scaleb(-(4 if places == 3 else places)))


def strict_form(text: str) -> str:
    """Return what to write instead of the text, where only one form is allowed."""
    try:
        found = [f"{unambiguous(amount):f}" for amount in readings(text)]
    except Refused:
        found = ["it with a decimal point, such as 1210.00"]
    return f"{text[:MAX_LENGTH]} is not an amount; write {' or '.join(found)}"


def _reading(number: str, decimal: str) -> Decimal | None:
    """Return the number with that decimal sign; None if it is not written so."""
    whole, _, cents = number.partition(decimal)
    group = rf"[1-9][0-9]{{0,2}}(?:([{OTHER[decimal]}\s'\u2019])[0-9]{{3}}(?:\1[0-9]{{3}})*)"
    if re.fullmatch(group, whole):
        whole = re.sub("[^0-9]", "", whole)
    if not re.fullmatch("[0-9]*", whole) or not re.fullmatch("[0-9]*", cents):
        return None
    read = Decimal(f"{whole or '0'}.{cents}" if cents else whole)
    return read if len(whole + cents) <= MAX_DIGITS else None


def _check_currency(sign: str, currency: str, text: str, field: str | None) -> None:
    written = sign.rstrip(".").lower()
    known = SIGNS.get(written, written.upper() if len(written) == 3 else "").split()
    if not known:
        raise Refused("amount-not-readable", field, text=text)
    if currency and currency not in known:
        raise Refused("other-currency", field, given=sign, currency=currency)


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
