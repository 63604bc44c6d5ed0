"""Payments with the invoices that they are for: as payers write them, right and wrong.

They are made for the invoices of the demo's year, with typing errors, other payers, several
invoices in one, batches, and money for nothing. The same seed makes the same payments.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from msgspec.structs import replace as but

from api.bank.statement import Balance, BankEntry, Part, Statement
from ledger.policy.payments.references import ReferenceKind, structured, written

ACCOUNT = "NL91ABNA0417164300"
WORDS = ("factuur {}", "Rechnung {}", "Facture no {}", "payment of invoice {}", "{}", "Inv.{} dank")
PLAIN = ("betaling", "Zahlung", "paiement", "payment", "conform afspraak", "danke")
CHARACTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
PER_DAY = 100  # entries of a statement


@dataclass(frozen=True)
class Invoice:
    """An open invoice of the year."""

    number: str
    debtor: str
    name: str
    amount: Decimal
    purchase_order: str


@dataclass(frozen=True)
class Payment:
    """A part of an entry, of which kind it is, and the invoices that it is for."""

    kind: str
    part: Part
    truth: dict[str, Decimal]


class Payers:
    """The open invoices that nobody paid yet, and the accounts of their debtors."""

    def __init__(self, invoices: Sequence[Invoice], dice: Random) -> None:
        self.left, self.dice = [*invoices], dice
        dice.shuffle(self.left)
        self.all = {invoice.number: invoice for invoice in invoices}
        self.paid_before = set[str]()

    def take(self) -> Invoice:
        return self.left.pop()

    def more_of(self, debtor: str, count: int) -> list[Invoice]:
        own = [invoice for invoice in self.left if invoice.debtor == debtor][:count]
        self.left = [invoice for invoice in self.left if invoice not in own]
        return own

    def others(self, debtor: str) -> Invoice | None:
        """Return an open invoice of somebody else."""
        return next((invoice for invoice in self.left if invoice.debtor != debtor), None)


def statements(
    invoices: Sequence[Invoice], seed: int, day: date
) -> Iterator[tuple[Statement, list[list[Payment]]]]:
    """Yield statements day by day, each with the payments of its entries, until all is paid."""
    dice = Random(seed)
    payers, balance, nth = Payers(invoices, dice), Decimal(1000), 0
    kinds, weights = [*KINDS], [weight for weight, _ in KINDS.values()]
    while len(payers.left) > 8:
        nth += 1
        entries = list[list[Payment]]()
        while len(entries) < PER_DAY and len(payers.left) > 8:
            kind = dice.choices(kinds, weights)[0]
            entries.append(KINDS[kind][1](payers, kind))
        yield _statement(nth, day + timedelta(nth), balance, entries), entries
        balance += sum(payment.part.amount for entry in entries for payment in entry)


def _statement(nth: int, day: date, opening: Decimal, entries: list[list[Payment]]) -> Statement:
    rows = []
    for at, payments in enumerate(entries, 1):
        parts = tuple(payment.part for payment in payments)
        amount = sum((part.amount for part in parts), Decimal(0))
        rows.append(
            BankEntry(
                nth=at, amount=amount, currency="EUR", booked_on=day, value_on=day,
                key=f"{nth:04}{at:06}", parts=parts,
            )
        )  # fmt: skip
    closing = opening + sum((row.amount for row in rows), Decimal(0))
    return Statement(
        format="camt.053", account=ACCOUNT, currency="EUR", id=f"M{nth}",
        opening=Balance(day, opening), closing=Balance(day, closing), entries=tuple(rows),
    )  # fmt: skip


def _part(payers: Payers, invoice: Invoice, amount: Decimal, text: str, **given: str) -> Part:
    payers.paid_before.add(invoice.debtor)
    part = Part(
        amount=amount,
        currency="EUR",
        payer_name=invoice.name,
        payer_iban=iban(invoice.debtor),
        remittance=text,
    )
    return but(part, **given)


def iban(debtor: str) -> str:
    """Return an account of a debtor, which no bank has."""
    return f"NL00XXXX{int.from_bytes(debtor.encode()) % 10**10:010}"


def _worded(payers: Payers, number: str) -> str:
    return payers.dice.choice(WORDS).format(number)


def _of(kind: str, invoice: Invoice, part: Part, amount: Decimal | None = None) -> list[Payment]:
    return [Payment(kind, part, {invoice.number: amount or invoice.amount})]


def number(payers: Payers, kind: str) -> list[Payment]:
    invoice = payers.take()
    text = _worded(payers, invoice.number)
    return _of(kind, invoice, _part(payers, invoice, invoice.amount, text))


def reference(payers: Payers, kind: str) -> list[Payment]:
    invoice, own = payers.take(), payers.dice.random() < 0.5
    given = structured(invoice.number, ReferenceKind.CREDITOR)
    part = (
        _part(payers, invoice, invoice.amount, "", creditor_reference=given)
        if own
        else _part(payers, invoice, invoice.amount, written(given).lower())
    )
    return _of(kind, invoice, part)


def spaced(payers: Payers, kind: str) -> list[Payment]:
    invoice = payers.take()
    sign = payers.dice.choice((" ", "/", ".", " - ", ""))
    text = _worded(payers, sign.join(invoice.number.split("-")))
    return _of(kind, invoice, _part(payers, invoice, invoice.amount, text))


def several(payers: Payers, kind: str) -> list[Payment]:
    first = payers.take()
    group = [first, *payers.more_of(first.debtor, payers.dice.randint(1, 3))]
    total = sum((invoice.amount for invoice in group), Decimal(0))
    text = " ".join(invoice.number for invoice in group)
    part = _part(payers, first, total, text)
    return [Payment(kind, part, {invoice.number: invoice.amount for invoice in group})]


def batch(payers: Payers, kind: str) -> list[Payment]:
    return [payment for _ in range(3) for payment in number(payers, kind)]


def mistyped(payers: Payers, kind: str) -> list[Payment]:
    invoice, dice = payers.take(), payers.dice
    text = invoice.number
    while text in payers.all:
        at = dice.randrange(len(invoice.number))
        before, after = invoice.number[:at], invoice.number[at + 1 :]
        text = before + dice.choice(("", dice.choice(CHARACTERS))) + after
    return _of(kind, invoice, _part(payers, invoice, invoice.amount, _worded(payers, text)))


def silent(payers: Payers, kind: str) -> list[Payment]:
    """Make a payment of a debtor that names nothing."""
    invoice = payers.take()
    known = "known account" if invoice.debtor in payers.paid_before else "name only"
    text = payers.dice.choice(PLAIN)
    return _of(known, invoice, _part(payers, invoice, invoice.amount, text))


def foreign(payers: Payers, kind: str) -> list[Payment]:
    invoice = payers.take()
    who = {"payer_name": "Holding & Partners", "payer_iban": iban(f"other {invoice.debtor}")}
    text = _worded(payers, invoice.number)
    return _of(kind, invoice, _part(payers, invoice, invoice.amount, text, **who))


def partly(payers: Payers, kind: str) -> list[Payment]:
    invoice = payers.take()
    amount = (invoice.amount * Decimal("0.6")).quantize(Decimal("0.01"))
    text = _worded(payers, invoice.number)
    return _of(kind, invoice, _part(payers, invoice, amount, text), amount)


def too_much(payers: Payers, kind: str) -> list[Payment]:
    invoice = payers.take()
    text = _worded(payers, invoice.number)
    return _of(kind, invoice, _part(payers, invoice, invoice.amount + 7, text))


def order(payers: Payers, kind: str) -> list[Payment]:
    invoice = payers.take()
    text = _worded(payers, invoice.purchase_order or invoice.number)
    return _of(kind, invoice, _part(payers, invoice, invoice.amount, text))


def contradicting(payers: Payers, kind: str) -> list[Payment]:
    """Make a payment that names the invoice of another debtor by mistake."""
    invoice = payers.take()
    wrong = payers.others(invoice.debtor)
    text = _worded(payers, wrong.number if wrong else invoice.number)
    return _of(kind, invoice, _part(payers, invoice, invoice.amount, text))


def for_nothing(payers: Payers, kind: str) -> list[Payment]:
    dice = payers.dice
    amount = dice.choice((Decimal("25.00"), dice.choice([*payers.all.values()]).amount))
    part = Part(
        amount=amount, currency="EUR", payer_name="P. Stranger",
        payer_iban=iban(f"stranger {dice.randrange(50)}"), remittance=dice.choice(PLAIN),
    )  # fmt: skip
    return [Payment(kind, part, {})]


KINDS: dict[str, tuple[int, Callable[[Payers, str], list[Payment]]]] = {
    "number": (30, number),
    "structured reference": (14, reference),
    "number, written otherwise": (10, spaced),
    "several invoices": (8, several),
    "batch": (3, batch),
    "typing error": (8, mistyped),
    "names nothing": (10, silent),
    "paid by another": (5, foreign),
    "a part": (3, partly),
    "too much": (2, too_much),
    "purchase order": (3, order),
    "contradicting number": (2, contradicting),
    "for nothing": (5, for_nothing),
}
