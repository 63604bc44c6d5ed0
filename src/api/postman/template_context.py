"""The values of a template: facts and invoices of a message, in the recipient's language."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from api.i18n.codes import name_of
from api.i18n.letter_texts import LINES, TO_CALL, TO_PAY, WITH_COSTS
from api.postman.templates import RenderedText, render, supported_language
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked
from ledger.policy.messages.collection_costs import dutch_collection_costs, with_vat

FACTS = (  # that not every message has; empty in a template without them
    "answer_by",
    "account_holder",
    "approved_by",
    "asks",
    "attached",
    "bic",
    "case",
    "comment",
    "contact",
    "credit",
    "credited",
    "department",
    "disputed",
    "undisputed",
    "explanation",
    "iban",
    "link",
    "outcome",
    "phone",
    "reason",
    "reason_name",
    "resolver",
    "rests",
    "resumes_on",
    "times",
    "why",
)
CODES = {"outcome", "reason"}  # facts that are translated
SUMS = {"credit", "credited", "disputed", "undisputed"}  # facts such as ``121.00 EUR``
SUM = re.compile(r"(?<![\d.])(\d{1,18}(?:\.\d{1,6})?) ([A-Z]{3})\b", re.ASCII)
HEADERS = ("in_reply_to", "references", "reply_to")  # facts that no template uses


def render_message(
    asked: MessageAsked, creditor: str, debtor: str, own: Path | None
) -> RenderedText:
    """Return subject and text in the recipient's language. Raises ``BadTemplate``."""
    facts = context(asked, creditor, debtor)
    return render(own, asked.template, supported_language(asked.language), facts)


def context(asked: MessageAsked, creditor: str, debtor: str) -> dict[str, Any]:
    """Return the values for a template, with amounts and dates as the language writes them."""
    locale = locale_of(asked.language)
    facts = {
        name: long_day(date.fromisoformat(value), locale) if _is_day(name, value) else value
        for name, value in asked.facts.items()
        if name not in HEADERS
    }
    for name in CODES & facts.keys():
        facts[name] = name_of(facts[name], locale.language)
    for name in SUMS & facts.keys():
        facts[name] = SUM.sub(lambda sum_: _money(Decimal(sum_[1]), sum_[2], locale), facts[name])
    if own_name := facts.get("reason_name"):
        facts["reason"] = own_name
    sums = defaultdict[str, Decimal](Decimal)
    for invoice in asked.about:
        sums[invoice.currency] += invoice.open_amount
    costs = dutch_collection_costs(sums["EUR"]) if [*sums] == ["EUR"] else None
    return {
        **dict.fromkeys(FACTS, ""),
        "collection_costs": _money(costs, "EUR", locale) if costs else "",
        "collection_costs_with_vat": partial(_with_vat, costs, locale),
        **facts,
        "items": [_item(invoice, locale) for invoice in asked.about],
        "items_list_selected": "\n".join(f"- {_line(invoice, locale)}" for invoice in asked.about),
        "invoices": ", ".join(invoice.invoice for invoice in asked.about),
        "how_to_pay": _how_to_pay(facts, creditor, locale.language, asked.about),
        "whom_to_call": _whom_to_call(facts, locale.language),
        "total": " + ".join(_money(amount, code, locale) for code, amount in sums.items()),
        "customer_name": debtor,
        "company_name": creditor,
    }


def _how_to_pay(
    facts: dict[str, Any], creditor: str, language: str, about: Sequence[InvoiceSnapshot]
) -> str:
    """Return a sentence with account, holder and reference; empty when no account is known."""
    if not facts.get("iban") or not about:
        return ""
    return TO_PAY[language].format(
        iban=facts["iban"],
        bic=f" (BIC {facts['bic']})" if facts.get("bic") else "",
        holder=facts.get("account_holder") or creditor,
        reference=", ".join(invoice.invoice for invoice in about),
    )


def _whom_to_call(facts: dict[str, Any], language: str) -> str:
    if not facts.get("phone"):
        return ""
    contact = f"{facts['contact']}, " if facts.get("contact") else ""
    return TO_CALL[language].format(contact=contact, phone=facts["phone"])


def _with_vat(costs: Decimal | None, locale: Locale, percent: float) -> str:
    return _money(with_vat(costs, Decimal(str(percent))), "EUR", locale) if costs else ""


def _item(invoice: InvoiceSnapshot, locale: Locale) -> dict[str, str]:
    return {
        "invoice": invoice.invoice,
        "amount": _money(invoice.amount, invoice.currency, locale),
        "open_amount": _money(invoice.open_amount, invoice.currency, locale),
        "issued_on": long_day(invoice.issued_on, locale),
        "due_on": long_day(invoice.due_on, locale),
    }


def _line(invoice: InvoiceSnapshot, locale: Locale) -> str:
    lines = WITH_COSTS if invoice.open_amount > invoice.amount else LINES
    return lines[locale.language].format_map(_item(invoice, locale))


def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    return str(format_currency(amount, currency, locale=locale))


def long_day(day: date, locale: Locale) -> str:
    return str(format_date(day, "long", locale=locale))


def _is_day(name: str, value: str) -> bool:
    if not name.endswith(("_by", "_on")):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def locale_of(tag: str) -> Locale:
    """Return the locale of a language tag, with its region if given: nl and nl-BE differ."""
    language = supported_language(tag)
    try:
        locale = Locale.parse(tag.strip().replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        locale = None
    if locale and locale.language == language and locale.territory:
        return locale
    return Locale("en", "GB") if language == "en" else Locale(language)
