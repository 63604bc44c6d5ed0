"""The statement of a debtor: what is open, as a letter in their language."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from api.firm import logo_of
from api.i18n.letter_texts import ON_PAPER
from api.pages.portal.account import open_rows
from api.pages.portal.guest import Guest
from api.pages.portal.views import account_of
from api.postman.creditor import paper_of
from api.postman.letters.typeset import address_lines, part_of_name, print_pdf
from api.postman.settings import PLAIN
from ledger.facts.codes import ZERO
from ledger.policy.logo import PNG, SVG
from projections.invoices import InvoiceRow

MOST = 2_000  # invoices


def statement_pdf(guest: Guest) -> tuple[bytes, str, str]:
    """Return the statement, the name of its file, and its SHA-256."""
    _, creditor, debtor = guest.words, guest.creditor, guest.debtor
    paper = paper_of(creditor, PLAIN, logo_of(guest.session, creditor, PNG, SVG))
    rows, texts = open_rows(guest, MOST), ON_PAPER[_.language]
    title = _("Statement of account")
    words = {
        "subject": f"{title}, {debtor.name}",
        "from": {
            "name": creditor.name,
            "address": paper.address,
            "lines": paper.head or [*paper.address, *filter(None, [paper.mail])],
        },
        "to": [debtor.name, *address_lines(debtor.address or "")],
        "date": _.day(guest.today),
        "body": [*_body(guest, rows)],
        "foot": paper.foot,
        "page": texts.page,
        "of": texts.of,
        "language": _.language,
    }
    pdf = print_pdf(words, paper.logo, guest.app.clock())
    name = f"{part_of_name(title)}_{part_of_name(debtor.number)}_{guest.today}.pdf"
    return pdf, name, sha256(pdf).hexdigest()


def _body(guest: Guest, rows: list[InvoiceRow]) -> Iterator[dict[str, Any]]:
    """Yield a table for each currency, then what is disputed, and where to pay."""
    _, texts = guest.words, ON_PAPER[guest.words.language]
    if not rows:
        yield {"kind": "text", "lines": [_("Nothing is open.")]}
    for currency in sorted({row.currency for row in rows}):
        mine = [row for row in rows if row.currency == currency]
        total = sum((row.open_amount for row in mine), ZERO)
        disputed = sum((row.disputed_amount for row in mine), ZERO)
        yield {
            "kind": "table",
            "head": texts.head,
            "rows": [_row(guest, row) for row in mine],
            "total": [texts.total, _.money(total, currency)],
        }
        if disputed:
            amount = _.money(disputed, currency)
            yield {"kind": "text", "lines": [_("Disputed: {amount}.", amount=amount)]}
    account = account_of(guest)
    if account["iban"] and rows:
        to = _("Pay to {iban} of {holder}.", iban=account["iban"], holder=account["holder"])
        yield {"kind": "text", "lines": [to]}


def _row(guest: Guest, row: InvoiceRow) -> list[str]:
    _ = guest.words
    amounts = [_.money(amount, row.currency) for amount in (row.amount, row.open_amount)]
    return [row.number, _.day(row.issued_on), _.day(row.due_on), *amounts]
