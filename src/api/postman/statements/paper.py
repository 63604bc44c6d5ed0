"""The statement on paper: on the creditor's letterhead, in the debtor's language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from api.firm import creditor_of, logo_of
from api.i18n.letter_texts import TO_CALL
from api.i18n.translate import Translation
from api.links.urls import account_url
from api.postman.creditor import paper_of
from api.postman.how_to_pay import how_to_pay
from api.postman.invoice_texts import money
from api.postman.letters.typeset import (
    account_block,
    addressed,
    as_pdf,
    part_of_name,
    payment_block,
)
from api.postman.settings import PLAIN, paper
from api.postman.statements.collect import Sheet, Statement
from api.postman.template_context import locale_of
from api.postman.templates import supported_language
from api.session import TenantSession
from ledger.facts.codes import MoneyKind
from ledger.facts.creditor import Creditor
from ledger.policy.logo import PNG, SVG
from ledger.policy.messages.languages import language_of
from ledger.policy.payments.payable import Payable, payable
from ledger.policy.visibility import reads_mail
from projections.reports.ageing import BUCKETS

Block = dict[str, Any]
DISPUTED = "of which disputed"
HEAD = ("Invoice", "Date", "Due", "Amount", DISPUTED, "Open")
AGES = ("Not due", "1 to 30 days", "31 to 60 days", "61 to 90 days", "Over 90 days")


def statement_pdf(session: TenantSession, statement: Statement) -> bytes:
    """Return the statement as PDF; the same statement has the same bytes."""
    creditor, rules = creditor_of(session), session.playbook()[1]
    tag = language_of(statement.debtor, creditor.language or rules.calendar.country)
    words = Translation(supported_language(tag))
    head = paper_of(creditor, paper() or PLAIN, logo_of(session, creditor, PNG, SVG))
    to = tuple(
        addressed([statement.debtor.address or ""], statement.debtor, rules.calendar.country)
    )
    day, today = long(tag, statement.day), session.ledger.today(session.clock())
    return as_pdf(
        creditor.name,
        head,
        to or (statement.number,),
        words("Statement of account as of {day}", day=day),
        today,
        tag,
        [*_body(session.tenant, statement, creditor, tag, words, today)],
        session.clock().replace(hour=0, minute=0, second=0, microsecond=0),
    )


def name_of(statement: Statement) -> str:
    return f"{part_of_name(statement.number)}_{statement.day}.pdf"


def long(tag: str, day: date) -> str:
    return str(format_date(day, "long", locale=locale_of(tag)))


def _body(
    tenant: str,
    statement: Statement,
    creditor: Creditor,
    tag: str,
    words: Translation,
    today: date,
) -> Iterator[Block]:
    number = statement.number
    yield _text(f"{words('Customer number')}: {number}")
    if not statement.sheets:
        yield _text(words("Nothing was open on this day."))
    for sheet in statement.sheets:
        yield from _sheet(sheet, tag, words)
    if due := payable_of(creditor, statement, today):
        amount = "" if due.amount is None else money(due.amount, due.currency, locale_of(tag))
        shown = how_to_pay(due, words, amount)
        yield from payment_block(shown.text, shown.code, words.language)
    if reads_mail(statement.debtor) and (page := account_url(tenant)):
        yield account_block(page, words.language)
    if creditor.phone:
        contact = f"{creditor.contact}, " if creditor.contact else ""
        yield _text(TO_CALL[words.language].format(contact=contact, phone=creditor.phone))


def payable_of(creditor: Creditor, statement: Statement, today: date) -> Payable | None:
    """Return how the balance is to be paid, less what is disputed; None when nothing is to pay.

    The amount is of today: a statement of an earlier day has none.
    """
    asked = [sheet for sheet in statement.sheets if sheet.to_pay > 0]
    if not asked:
        return None
    is_single = len(asked) == 1 and statement.day == today
    numbers = [item.number for sheet in asked for item in sheet.ours if item.undisputed_amount > 0]
    return payable(
        creditor,
        numbers,
        asked[0].to_pay if is_single else None,
        asked[0].currency,
        today,
        statement.number,
    )


def _sheet(sheet: Sheet, tag: str, words: Translation) -> Iterator[Block]:
    """Yield what is open in a currency: invoices, what counts against them, the rest, and ages."""
    locale, disputed = locale_of(tag), bool(sheet.disputed)

    def sum_(amount: Decimal) -> str:
        return money(amount, sheet.currency, locale)

    def short(day: date) -> str:
        return str(format_date(day, "medium", locale=locale))

    if sheet.items:
        rows = [
            [
                *(item.number, short(item.issued_on), short(item.due_on), sum_(item.amount)),
                *([sum_(item.disputed_amount) if item.disputed_amount else ""] * disputed),
                sum_(item.open_amount),
            ]
            for item in sheet.items
        ]
        total = [words("Open invoices"), "", "", "", *[sum_(sheet.disputed)] * disputed]
        head = [name for name in HEAD if disputed or name != DISPUTED]
        yield {
            "kind": "table",
            "head": [words(name) for name in head],
            "rows": rows,
            "total": [*total, sum_(sheet.open)],
            "right": 3,
        }
    if sheet.credits:
        kinds = {MoneyKind.CREDIT_NOTE: "Credit note", MoneyKind.PAYMENT: "Payment"}
        yield {
            "kind": "table",
            "head": [words("Not yet allocated"), words("Date"), words("Amount")],
            "rows": [
                [
                    f"{words(kinds[MoneyKind(part.kind)])} {part.reference}",
                    *(short(part.on), sum_(-part.left)),
                ]
                for part in sheet.credits
            ],
            "total": [words("Together"), "", sum_(-sheet.credited)],
            "right": 2,
        }
    ages = [(words(name), sheet.ages[age]) for name, age in zip(AGES, BUCKETS, strict=True)]
    ages += [(words("Paid too much"), sheet.overpaid)]
    ages += [(words("Not yet allocated"), -sheet.credited)]
    yield {
        "kind": "table",
        "head": [words("Age of what is open"), ""],
        "rows": [[name, sum_(amount)] for name, amount in ages if amount],
        "total": [words("Balance in {currency}", currency=sheet.currency), sum_(sheet.balance)],
        "right": 1,
    }


def _text(line: str) -> Block:
    return {"kind": "text", "lines": [line]}
