"""The values of a template: facts and invoices of a message, in the recipient's language."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from babel import Locale, UnknownLocaleError

from api.i18n.codes import name_of
from api.i18n.letter_texts import TO_CALL, TO_SEE
from api.i18n.questions import question_in
from api.postman.invoice_texts import (
    disputed_lines,
    invoice_line,
    item,
    long_day,
    money,
    sums_of,
    total,
)
from api.postman.templates import RenderedText, Templates, render, supported_language
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.collection_costs import dutch_collection_costs, with_vat
from ledger.policy.messages.template_text import FACTS

CODES = {"outcome", "reason"}  # facts that are translated
SUMS = {"credit", "credited", "disputed", "undisputed"}  # facts such as ``121.00 EUR``
SUM = re.compile(r"(?<![\d.])(\d{1,18}(?:\.\d{1,6})?) ([A-Z]{3})\b", re.ASCII)
HEADERS = ("in_reply_to", "references", "reply_to", "payment_code")  # that no template uses


def render_message(
    asked: MessageAsked, creditor: str, debtor: str, templates: Templates
) -> RenderedText:
    """Return subject and text in the recipient's language. Raises ``BadTemplate``."""
    facts = context(asked, creditor, debtor)
    return render(templates, asked.template, supported_language(asked.language), facts)


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
        facts[name] = SUM.sub(lambda sum_: money(Decimal(sum_[1]), sum_[2], locale), facts[name])
    if asks := facts.get("asks"):
        facts["asks"] = question_in(locale.language, asks)
    if own_name := facts.get("reason_name"):
        facts["reason"] = own_name
    sums = sums_of(asked.about)
    costs = dutch_collection_costs(sums["EUR"]) if [*sums] == ["EUR"] else None
    return {
        **dict.fromkeys((*FACTS, "how_to_pay"), ""),
        "collection_costs": money(costs, "EUR", locale) if costs else "",
        "collection_costs_with_vat": partial(_with_vat, costs, locale),
        **facts,
        "items": [item(invoice, locale) for invoice in asked.about],
        "items_list_selected": _listed(invoice_line(about, locale) for about in asked.about),
        "disputed_list": _listed(
            line for about in asked.about for line in disputed_lines(about, locale)
        ),
        "invoices": ", ".join(invoice.invoice for invoice in asked.about),
        "your_account": _your_account(facts.get("account_page", ""), locale.language),
        "whom_to_call": _whom_to_call(facts, locale.language),
        "total": total(asked.about, locale),
        "customer_name": debtor,
        "company_name": creditor,
    }


def _your_account(address: str, language: str) -> str:
    before, after = TO_SEE[language]
    return f"{before}\n{address}\n{after}" if address else ""


def _whom_to_call(facts: dict[str, Any], language: str) -> str:
    if not facts.get("phone"):
        return ""
    contact = f"{facts['contact']}, " if facts.get("contact") else ""
    return TO_CALL[language].format(contact=contact, phone=facts["phone"])


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _with_vat(costs: Decimal | None, locale: Locale, percent: float) -> str:
    return money(with_vat(costs, Decimal(str(percent))), "EUR", locale) if costs else ""


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
