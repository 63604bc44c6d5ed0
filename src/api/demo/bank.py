"""The statements of the last days: payments that are certain, and those that a person decides.

They are recorded and allocated as an import does it, but invoices are looked up in memory.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from api.bank.recording import statement_of, transactions_of
from api.bank.statement import Balance, BankEntry, Part, Statement
from api.demo.payment_stories import iban
from api.demo.virtual_clock import END, Story, World
from commands.bank.allocation import automatic_allocation
from commands.bank.statements import RecordStatement
from commands.bank.transactions import RecordBankTransaction
from ledger.facts.invoice.state import Invoice
from ledger.policy.payments.matching import Claim, Clues, certain
from ledger.policy.payments.references import ReferenceKind, structured, written

BANK = "bank"
FILE = "0" * 64
CHARGES = Decimal("-12.40")
OURS = "D-0001"  # whose made-up account is ours, as in the year


def statements(world: World) -> Story:
    """Import a statement on each of the last two evenings."""
    yield world.clock(END - timedelta(days=4), 16, 30)
    first = _open(world)[:1]
    paid = [_part(world, first[0], f"factuur {first[0].number}", end_to_end="E-1")] if first else []
    _import(world, "2026-901", paid, Decimal("18250.40"))
    yield world.clock(END - timedelta(days=1), 16, 30)
    back = [_back(part) for part in paid]
    _import(world, "2026-902", [*_last_day(world), *back], Decimal("18250.40") + _sum(paid))


def _last_day(world: World) -> Iterator[Part]:
    """Yield a part of each kind, as far as there are open invoices."""
    found = _open(world)
    for write, invoice in zip(
        (_thanks, _by_reference, _mistyped, _silent, _half), found, strict=False
    ):
        yield write(world, invoice)
    yield Part(
        amount=Decimal("1250.00"), currency="EUR", payer_name="Stichting Oud Papier",
        payer_iban=iban("D-0998"), remittance="opbrengst actie",
    )  # fmt: skip
    yield Part(amount=CHARGES, currency="EUR", remittance="Kosten zakelijk betalingsverkeer")


def _thanks(world: World, invoice: Invoice) -> Part:
    return _part(world, invoice, f"Factuur {invoice.number}, met dank")


def _by_reference(world: World, invoice: Invoice) -> Part:
    return _part(world, invoice, written(structured(invoice.number, ReferenceKind.CREDITOR)))


def _mistyped(world: World, invoice: Invoice) -> Part:
    return _part(world, invoice, f"factuur {invoice.number[:-1]}")


def _silent(world: World, invoice: Invoice) -> Part:
    return _part(world, invoice, "betaling")


def _half(world: World, invoice: Invoice) -> Part:
    half = (invoice.open_amount / 2).quantize(Decimal("0.01"))
    return _part(world, invoice, f"{invoice.number} deel 1", amount=half)


def _open(world: World) -> list[Invoice]:
    """Return open invoices that nothing else will happen to: each of another debtor."""
    by_debtor = {
        invoice.debtor: invoice
        for invoice in sorted(map(world.invoice, world.numbers), key=lambda each: each.due_on)
        if invoice.open_amount > 0
        and invoice.currency == "EUR"
        and invoice.collectable
        and not (invoice.disputes or invoice.promises or invoice.replies or invoice.holds)
    }
    return sorted(by_debtor.values(), key=lambda invoice: invoice.number)


def _part(world: World, invoice: Invoice, text: str, **given: object) -> Part:
    facts = {
        "amount": invoice.open_amount,
        "currency": invoice.currency,
        "payer_name": world.firm(invoice.number).name,
        "payer_iban": iban(invoice.debtor),
        "remittance": text,
    }
    return Part(**{**facts, **given})  # type: ignore[arg-type]


def _back(part: Part) -> Part:
    """Return the debit by which the bank takes a payment back."""
    return Part(
        amount=-part.amount, currency=part.currency, payer_name=part.payer_name,
        payer_iban=part.payer_iban, end_to_end=part.end_to_end, return_reason="AC04",
        remittance="Account closed",
    )  # fmt: skip


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.amount for part in parts), Decimal(0))


def _import(world: World, id_: str, parts: Sequence[Part], opening: Decimal) -> None:
    """Record a statement with an entry for each part, and allocate what is certain."""
    day = world.today
    entries = tuple(
        BankEntry(
            nth=nth, amount=part.amount, currency=part.currency, booked_on=day, value_on=day,
            key=f"{id_[-3:]}{nth:04}", parts=(part,),
        )
        for nth, part in enumerate(parts, 1)
    )  # fmt: skip
    statement = Statement(
        format="camt.053", account=iban(OURS), currency="EUR", id=id_, entries=entries,
        opening=Balance(day, opening), closing=Balance(day, opening + _sum(parts)),
    )  # fmt: skip
    recorded = [*transactions_of(statement, FILE)]
    commands = [RecordBankTransaction(transaction=t.transaction, recorded=t) for t in recorded]
    chained = RecordStatement(statement=statement_of(statement, FILE, len(recorded)))
    world.run(BANK, *commands, chained)
    open_ones = {invoice.number: _claim(world, invoice) for invoice in _open(world)}
    for t in recorded:
        named = [claim for number, claim in open_ones.items() if _names(t.remittance, number)]
        if found := certain(t, Clues(by_number=tuple(named))):
            world.run(BANK, *automatic_allocation(world.work(BANK), t.transaction, found))


def _names(text: str, number: str) -> bool:
    reference = written(structured(number, ReferenceKind.CREDITOR))
    return number in text.split(", ")[0].split() or reference in text


def _claim(world: World, invoice: Invoice) -> Claim:
    return Claim(
        invoice.number, invoice.debtor, world.debtor(invoice.debtor).name, invoice.currency,
        invoice.open_amount, invoice.undisputed_amount, invoice.due_on,
    )  # fmt: skip
