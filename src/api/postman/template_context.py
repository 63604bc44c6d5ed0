"""What a message says: its facts and invoices, in the words of a template, as a language does."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from api.i18n.letter_texts import LINES, WITH_COSTS, in_words
from api.postman.templates import RenderedText, render, supported_language
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked
from ledger.policy.messages.collection_costs import dutch_collection_costs, with_vat

FACTS = (  # what a template may ask for that not every message tells; empty when it does not
    "answer_by",
    "approved_by",
    "asks",
    "attached",
    "case",
    "comment",
    "credit",
    "credited",
    "department",
    "disputed",
    "undisputed",
    "explanation",
    "link",
    "outcome",
    "reason",
    "reason_name",
    "resolver",
    "times",
    "why",
)
CODES = {"outcome", "reason"}  # facts that are said in the language
SUMS = {
    "credit",
    "credited",
    "disputed",
    "undisputed",
}  # facts that hold amounts, such as ``121.00 EUR``
SUM = re.compile(r"(?<![\d.])(\d{1,18}(?:\.\d{1,6})?) ([A-Z]{3})\b", re.ASCII)
HEADERS = ("in_reply_to", "references", "reply_to")  # facts that no template says


def render_message(
    asked: MessageAsked, creditor: str, debtor: str, own: Path | None
) -> RenderedText:
    """Subject and text in the language of whom it goes to. Raises ``BadTemplate``."""
    told = context(asked, creditor, debtor)
    return render(own, asked.template, supported_language(asked.language), told)


def context(asked: MessageAsked, creditor: str, debtor: str) -> dict[str, Any]:
    """What a template may say, amounts and dates as the language writes them."""
    locale = locale_of(asked.language)
    facts = {
        name: long_day(date.fromisoformat(told), locale) if _is_day(name, told) else told
        for name, told in asked.facts.items()
        if name not in HEADERS
    }
    for name in CODES & facts.keys():
        facts[name] = in_words(facts[name], locale.language)
    for name in SUMS & facts.keys():
        facts[name] = SUM.sub(lambda one: _money(Decimal(one[1]), one[2], locale), facts[name])
    if own_name := facts.get("reason_name"):
        facts["reason"] = own_name
    sums = defaultdict[str, Decimal](Decimal)
    for one in asked.about:
        sums[one.currency] += one.open_amount
    costs = dutch_collection_costs(sums["EUR"]) if [*sums] == ["EUR"] else None
    return {
        **dict.fromkeys(FACTS, ""),
        "collection_costs": _money(costs, "EUR", locale) if costs else "",
        "collection_costs_with_vat": partial(_with_vat, costs, locale),
        **facts,
        "items": [_item(one, locale) for one in asked.about],
        "items_list_selected": "\n".join("- " + _line(one, locale) for one in asked.about),
        "invoices": ", ".join(one.invoice for one in asked.about),
        "total": " + ".join(_money(amount, code, locale) for code, amount in sums.items()),
        "customer_name": debtor,
        "company_name": creditor,
    }


def _with_vat(costs: Decimal | None, locale: Locale, percent: float) -> str:
    return _money(with_vat(costs, Decimal(str(percent))), "EUR", locale) if costs else ""


def _item(one: InvoiceSnapshot, locale: Locale) -> dict[str, str]:
    return {
        "invoice": one.invoice,
        "amount": _money(one.amount, one.currency, locale),
        "open_amount": _money(one.open_amount, one.currency, locale),
        "issued_on": long_day(one.issued_on, locale),
        "due_on": long_day(one.due_on, locale),
    }


def _line(one: InvoiceSnapshot, locale: Locale) -> str:
    lines = WITH_COSTS if one.open_amount > one.amount else LINES
    return lines[locale.language].format_map(_item(one, locale))


def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    return str(format_currency(amount, currency, locale=locale))


def long_day(day: date, locale: Locale) -> str:
    return str(format_date(day, "long", locale=locale))


def _is_day(name: str, told: str) -> bool:
    """Facts called so hold a day, as ISO 8601 writes it."""
    if not name.endswith(("_by", "_on")):
        return False
    try:
        return bool(date.fromisoformat(told))
    except ValueError:
        return False


def locale_of(tag: str) -> Locale:
    """Of the debtor's own region where it is told: amounts differ between nl and nl-BE."""
    language = supported_language(tag)
    try:
        told = Locale.parse(tag.strip().replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        told = None
    if told and told.language == language and told.territory:
        return told
    return Locale("en", "GB") if language == "en" else Locale(language)
