"""Translates a credit note or payment of a list of open items into commands.

It waits with its debtor to be allocated, unless it is for an invoice of the same list.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from pydantic import ValidationError

from api.importing.formats.rows import Item, ListReader
from api.importing.line_commands import InvalidLine, LineCommand, Reject
from api.importing.pipeline import registration
from commands.command import Command
from commands.debtors.listed_money import ListMoneyPerErp
from commands.debtors.registration import RegisterDebtor
from commands.payments.payments import IssueCreditNote, ReceivePayment
from ledger.facts.books import DEBTOR
from ledger.facts.codes import ZERO, MoneyKind
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound

Lines = tuple[LineCommand, ...] | Reject


def of_money(item: Item, reader: ListReader, as_of: date) -> Lines:
    """Return what waits with the debtor, and what has become of it since; else the reject.

    A lower amount acts once for each list, a higher one once for each amount.
    """
    try:
        debtor = reader.debtor(item)
        if debtor is None:
            raise InvalidLine(f"is empty: nobody knows whose {item.money} it is", "debtor")
    except (InvalidLine, ValidationError) as error:
        return Reject.of(item.line, error, item.raw, reader.names)
    name = _cause(item, reader)
    row = partial(LineCommand, item.line, item.raw, item.debtor, names=reader.names, kind=DEBTOR)
    lower = partial(_changed, item, as_of, -1)
    higher = partial(_changed, item, as_of, 1)
    return (
        row(name, partial(_received, item, debtor)),
        row(f"{name}:{as_of}:{item.open_amount}", lower, is_update=True),
        row(f"{name}:higher:{item.open_amount}", higher, is_update=True),
    )


def of_applied(item: Item, reader: ListReader, as_of: date) -> Lines:
    """Return it on the invoice that it is for; it no longer waits with the debtor, if it did."""
    name = _cause(item, reader)
    names = reader.names | {"invoice": reader.names["for_invoice"]}
    row = partial(LineCommand, item.line, item.raw, names=names)
    applied = row(item.for_invoice, name, partial(_applied, item))
    if not item.debtor:
        return (applied,)
    waits = partial(_no_longer_waits, item, as_of)
    moved = row(item.debtor, f"{name}:{as_of}:applied", waits, is_update=True, kind=DEBTOR)
    return (applied, moved)


def _cause(item: Item, reader: ListReader) -> str:
    return f"{reader.layout.name}:{item.key}"


def _received(item: Item, registers: RegisterDebtor, debtor: Debtor) -> Sequence[Command]:
    return (*registration(registers, debtor), _listed(item, item.issued))


def _changed(item: Item, as_of: date, sign: int, debtor: Debtor) -> Sequence[Command]:
    here = debtor.money.get(item.invoice)
    amount = item.open_amount or ZERO
    return (_listed(item, as_of),) if here and (amount - here.left) * sign > 0 else ()


def _listed(item: Item, on: date, **other: Any) -> ListMoneyPerErp:
    given = {"amount": item.open_amount or ZERO, "currency": item.currency, "money": item.money}
    return ListMoneyPerErp(
        on=on, debtor=item.debtor, reference=item.invoice, source=item.where, **(given | other)
    )


def _no_longer_waits(item: Item, as_of: date, debtor: Debtor) -> Sequence[Command]:
    waits = item.invoice in debtor.money
    return (_listed(item, as_of, amount=ZERO),) if waits else ()


def _applied(item: Item, invoice: Invoice) -> Sequence[Command]:
    if not invoice.known:
        raise NotFound("no-invoice", invoice=item.for_invoice)
    if item.invoice in {**invoice.payments, **invoice.credit_notes}:
        return ()
    given: dict[str, Any] = {
        "on": item.issued,
        "invoice": item.for_invoice,
        "amount": item.open_amount,
        "currency": item.currency,
    }
    if item.money is MoneyKind.PAYMENT:
        return (ReceivePayment(reference=item.invoice, **given),)
    return (IssueCreditNote(credit_note=item.invoice, **given),)
