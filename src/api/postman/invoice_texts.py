"""Invoices of a message and their lines as text, as a language writes amounts and dates."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from api.i18n.letter_texts import (
    DISPUTED,
    DISPUTED_LINE,
    LINE,
    LINES,
    MORE_LINES,
    WITH_CHARGES,
    WITH_COSTS,
    WITHOUT_NUMBER,
)
from ledger.facts.codes import ZERO
from ledger.facts.outbound import InvoiceSnapshot, LineSnapshot

MAX_LINES = 20  # of an invoice; the page has all of them


def item(invoice: InvoiceSnapshot, locale: Locale) -> dict[str, str]:
    return {
        "invoice": invoice.invoice,
        "amount": money(invoice.amount, invoice.currency, locale),
        "open_amount": money(invoice.open_amount, invoice.currency, locale),
        "issued_on": long_day(invoice.issued_on, locale),
        "due_on": long_day(invoice.due_on, locale),
        "disputed": money(invoice.disputed or Decimal(0), invoice.currency, locale),
        "charges": money(invoice.charges, invoice.currency, locale) if invoice.charges else "",
    }


def invoice_line(invoice: InvoiceSnapshot, locale: Locale) -> str:
    lines = WITH_COSTS if invoice.open_amount > invoice.amount else LINES
    if invoice.charges:  # not of a message that was requested before this was recorded
        lines = WITH_CHARGES
    return lines[locale.language].format_map(item(invoice, locale))


def disputed_lines(invoice: InvoiceSnapshot, locale: Locale) -> Iterator[str]:
    """Yield the invoice with its disputed amount, then its disputed lines, else all its lines."""
    if invoice.disputed is None:  # a message that was requested before this was recorded
        yield invoice_line(invoice, locale)
        return
    yield DISPUTED[locale.language].format_map(item(invoice, locale))
    for line in invoice.lines[:MAX_LINES]:
        text = _line(line, invoice.currency, locale)
        yield DISPUTED_LINE[locale.language].format(line=text) if line.disputed else text
    if more := len(invoice.lines[MAX_LINES:]):
        yield MORE_LINES[locale.language].format(count=more)


def _line(line: LineSnapshot, currency: str, locale: Locale) -> str:
    name = line.description
    if not line.number and name in WITHOUT_NUMBER:
        name = WITHOUT_NUMBER[name][locale.language]
    number = LINE[locale.language].format(number=line.number) if line.number else ""
    quantity = line.quantity is not None and format_decimal(line.quantity, locale=locale)
    details = [
        name,
        f"{quantity} {line.unit}".strip() if quantity else "",
        money(line.amount, currency, locale) if line.amount is not None else "",
    ]
    about = ", ".join(filter(None, details))
    return ": ".join(filter(None, [number, about]))


def sums_of(invoices: Iterable[InvoiceSnapshot]) -> dict[str, Decimal]:
    """Return what is open by currency."""
    sums = dict[str, Decimal]()
    for invoice in invoices:
        sums[invoice.currency] = sums.get(invoice.currency, ZERO) + invoice.open_amount
    return sums


def total(invoices: Iterable[InvoiceSnapshot], locale: Locale) -> str:
    return " + ".join(money(amount, code, locale) for code, amount in sums_of(invoices).items())


def money(amount: Decimal, currency: str, locale: Locale) -> str:
    return str(format_currency(amount, currency, locale=locale))


def long_day(day: date, locale: Locale) -> str:
    return str(format_date(day, "long", locale=locale))
