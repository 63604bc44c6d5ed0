"""Amounts as typed after options, and how one amount is split over several invoices."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from api.cli.kit.fields import option
from api.session import TenantSession
from commands.command import Command
from commands.fields import unwrap_hint
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.amount_text import read_amount, readings
from ledger.policy.refusal import Refused

SHARE = re.compile(r"\s*([^=]+?)\s*=\s*([^=]+?)\s*")
BETWEEN = re.compile(r"[,;]\s*(?=[^,;=]+=)")  # shares: a comma within an amount is none


def amount_fields(kind: type[Command]) -> list[str]:
    """Return the fields that take one amount, or one percentage."""
    hints = {name: field.annotation for name, field in kind.model_fields.items()}
    return [name for name, hint in hints.items() if unwrap_hint(hint) == (Decimal, False)]


def typed_amounts(
    kind: type[Command], given: Mapping[str, Any], currency_of: Callable[[], str] | None = None
) -> dict[str, Decimal]:
    """Return the amounts that were typed. Raises ``ValueError``, with both readings if there are
    two. Without ``currency_of``, which asks the ledger, only their form is checked."""
    field = kind.model_fields.get("currency")
    currency = given.get("currency") or (field.default if field else None)
    texts = {name: given[name] for name in amount_fields(kind) if name in given}
    if texts and not currency and currency_of:
        currency = currency_of()
    return {name: typed_amount(option(name), text, currency) for name, text in texts.items()}


def typed_amount(where: str, text: str, currency: str | None) -> Decimal:
    """Return the amount; the larger reading where the currency is None. Raises ``ValueError``."""
    try:
        return readings(text)[0] if currency is None else read_amount(text, currency)
    except Refused as error:
        raise ValueError(f"{where}: {error}") from None


def currency_in(session: TenantSession, given: Mapping[str, Any]) -> str:
    """Return the currency of the first invoice, else of the debtor's payment; empty if unknown."""
    if invoice := given.get("invoice"):
        number = invoice if isinstance(invoice, str) else invoice[0]
        return str(session.ledger.book(INVOICE, number).state.currency)
    money = session.ledger.book(DEBTOR, given.get("debtor", "")).state.money
    return money[given["reference"]].currency if given.get("reference") in money else ""


def shares(typed: Sequence[str], currency: str | None) -> dict[str, Decimal]:
    """Return the share of each invoice: ``A=300,B=200``. Raises ``ValueError``."""
    found = dict[str, Decimal]()
    for part in (part for text in typed for part in BETWEEN.split(text)):
        share = SHARE.fullmatch(part)
        if share is None or share[1] in found:
            raise ValueError(f"--split: {part!r} should be INVOICE=AMOUNT, each invoice once")
        found[share[1]] = typed_amount("--split", share[2], currency)
    return found
