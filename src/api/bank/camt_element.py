"""Reads single elements of a camt file, by their local names: texts, amounts, days, accounts."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

AMOUNT = re.compile(r"[+-]?(\d{1,18}(\.\d{0,10})?|\.\d{1,10})")


class Money(NamedTuple):
    """An amount with its currency, "" if the file does not give it."""

    amount: Decimal
    currency: str


def at(node: Element | None, *path: str) -> Element | None:
    """Return the first element down the path."""
    for name in path:
        if node is None:
            return None
        node = node.find(name)
    return node


def text(node: Element | None, *path: str) -> str:
    """Return the text of the first element down the path, "" without one."""
    found = at(node, *path)
    return "" if found is None else (found.text or "").strip()


def money(node: Element | None) -> Money | None:
    """Return what an amount element holds, None if it is missing or not a number."""
    if node is None or not AMOUNT.fullmatch(number := (node.text or "").strip()):
        return None
    return Money(Decimal(number), node.get("Ccy", ""))


def day(node: Element | None) -> date | None:
    """Return the day of a date, or of a date with its time."""
    try:
        return date.fromisoformat((text(node, "Dt") or text(node, "DtTm"))[:10])
    except ValueError:
        return None


def moment(written: str) -> datetime | None:
    """Return the time that was written, None if it cannot be read."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def account_of(node: Element | None) -> str:
    """Return the IBAN of an account, else the number that it has."""
    identity = at(node, "Id")
    iban = text(identity, "IBAN").replace(" ", "").upper()
    return iban or text(identity, "Othr", "Id") or text(identity, "BBAN")
