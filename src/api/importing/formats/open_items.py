"""Translates a row of a list of open items into commands for its invoice or debtor."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid5

from pydantic import ValidationError

from api.importing.formats.layout import Layout
from api.importing.formats.listed_money import of_applied, of_money
from api.importing.formats.rows import Item, ListReader
from api.importing.line_commands import LineCommand, LineCommands, Reject
from api.importing.source import Source
from commands.command import Command
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.invoices.contacts import AddNote
from commands.invoices.registration import CorrectInvoice, RegisterInvoice
from commands.payments.erp import SettlePerErp
from commands.payments.payments import ReceivePayment
from ledger.facts.codes import ZERO, Outcome, Reason
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency


def read_lines(source: Source, layout: Layout, as_of: date) -> LineCommands:
    """Yield the commands or the reject of each row. Raise ``CannotImport``."""
    reader = ListReader(source, layout)
    return in_order(reader.items(), reader, as_of)


def in_order(items: Iterable[Item | Reject], reader: ListReader, as_of: date) -> LineCommands:
    """Yield what each row leads to; credit notes and payments come after the invoices that they
    are for."""
    later = list[Item]()
    for item in items:
        if isinstance(item, Reject):
            yield item
        elif reader.applies(item):
            later.append(item)
        elif item.money:
            yield of_money(item, reader, as_of)
        else:
            yield of_item(item, reader, as_of)
    for item in later:
        yield of_applied(item, reader, as_of)


def of_item(item: Item, reader: ListReader, as_of: date) -> tuple[LineCommand, ...] | Reject:
    """Return the registration, and what has changed since; the reject, if it cannot be taken.

    A correction and a lower amount act once for each list, a higher amount once for each amount.
    """
    layout, name = reader.layout, f"{reader.layout.name}:{item.invoice}"
    row = (item.line, item.raw, item.invoice)
    try:
        debtor = reader.debtor(item)
    except ValidationError as error:
        return Reject.of(item.line, error, item.raw, reader.names)
    register = partial(register_item, item, layout, as_of)
    listed = f"{item.due if item.due_listed else ''}:{item.debtor}:{item.currency}"
    correct = f"{name}:{as_of}:listed:{listed}", partial(correct_item, item, as_of)
    applied = reader.applied.get(item.invoice, {})
    left = reader.owed(item)
    lower = f"{name}:{as_of}:{left}", partial(_change, item, applied, as_of, -1)
    higher = f"{name}:higher:{left}", partial(_change, item, applied, as_of, 1)
    only_listed = item.open_amount is None or item.settled
    updates = (correct,) if only_listed else (correct, lower, higher)
    return (
        LineCommand(*row, name, register, None, debtor, reader.names),
        *(
            LineCommand(*row, cause, commands, None, debtor, reader.names, is_update=True)
            for cause, commands in updates
        ),
    )


def register_item(item: Item, layout: Layout, as_of: date, invoice: Invoice) -> Sequence[Command]:
    """Return the commands that register the invoice with its dispute and payment. Pure."""
    commands: list[Command] = []
    if not invoice.known or (item.amount is not None and _same_money(item, invoice)):
        commands.append(
            RegisterInvoice(
                on=item.issued,
                invoice=item.invoice,
                amount=item.open_amount if item.amount is None else item.amount,
                currency=invoice.currency or item.currency,
                due_on=item.due,
                debtor=invoice.debtor if invoice.known else item.debtor,
                business_unit=item.business_unit,
                collector=item.collector,
                purchase_order=item.purchase_order,
            )
        )
    if item.disputed:
        commands += _dispute(item, layout, invoice)
    total = item.open_amount if item.amount is None else item.amount
    left = invoice.open_amount if invoice.known else total
    if item.settled and left and left > 0 and (not invoice.known or _same_money(item, invoice)):
        reference = f"{layout.name}:{item.invoice}"
        commands.append(
            ReceivePayment(
                on=item.settled,
                invoice=item.invoice,
                reference=reference,
                amount=left,
                currency=item.currency,
            )
        )
    elif not invoice.known and None not in (item.amount, item.open_amount):
        commands.append(_settled(item, ZERO, as_of))
    return commands


def _dispute(item: Item, layout: Layout, invoice: Invoice) -> Sequence[Command]:
    """Record a dispute, which the list does not date, as a note or from the due date.

    From the due date as in ``convert/ibm_ar.py``: opened on that day, or the day after issue if the
    invoice was settled by then, and resolved on the day of settlement.
    """
    if not layout.disputed_on_due:
        text = f"{item.where} marks it as disputed, without a date."
        return [AddNote(on=item.issued, invoice=item.invoice, text=text)]
    case, opened = uuid5(invoice.id, f"{layout.name}:disputed"), item.due
    if item.settled and item.settled <= item.due:
        opened = min(item.issued + timedelta(days=1), item.settled)
    comment = f"{item.where} marks it as disputed; the date follows from the due date."
    opening = OpenDispute(
        on=opened, invoice=item.invoice, reason=Reason.OTHER, comment=comment, case_id=case
    )
    if not item.settled:
        return [opening]
    why = "The list gives no outcome; the invoice was settled on this day."
    paid = ResolveDispute(
        on=item.settled, invoice=item.invoice, case_id=case, outcome=Outcome.PAID, explanation=why
    )
    return [opening, paid]


def correct_item(item: Item, as_of: date, invoice: Invoice) -> Sequence[Command]:
    """Return the correction of what the list says otherwise than the invoice: due date, debtor.

    The due date of an invoice with instalments is only noted. Pure. Raise ``Refused`` for another
    currency: what the list says is then about other money.
    """
    if not invoice.known:
        return ()
    ensure_currency(item.currency, invoice.currency)
    notes, corrected, words = list[str](), dict[str, Any](), list[str]()
    days = [part.due_on for part in invoice.instalments]
    if item.due_listed and item.due not in (*days, invoice.due_on):
        if len(days) > 1:
            notes.append(f"as due on {item.due}; here it is due on {', '.join(map(str, days))}")
        else:
            corrected["due_on"] = item.due
            words.append(f"as due on {item.due}")
    if item.debtor and item.debtor != invoice.debtor:
        corrected["debtor"] = item.debtor
        words.append(f"for debtor {item.debtor}")
    found: list[Command] = [
        AddNote(on=as_of, invoice=item.invoice, text=f"{item.where} lists it {text}.")
        for text in notes
    ]
    if corrected and not invoice.cancelled:
        why = f"{item.where} lists it {' and '.join(words)}."
        found.append(CorrectInvoice(on=as_of, invoice=item.invoice, why=why, **corrected))
    return found


def _same_money(item: Item, invoice: Invoice) -> bool:
    return item.currency == invoice.currency


def _change(
    item: Item, listed: Mapping[str, Decimal], as_of: date, sign: int, invoice: Invoice
) -> Sequence[Command]:
    """Settle the invoice when the list's open amount is lower (-1) or higher (1) than ours.

    What was ``listed`` for the invoice, and is recorded here, is not part of the list's amount.
    """
    if not invoice.known or item.open_amount is None or not _same_money(item, invoice):
        return ()
    here = {**invoice.payments, **invoice.credit_notes}
    applied = sum((min(amount, here.get(key, ZERO)) for key, amount in listed.items()), ZERO)
    more = item.open_amount - applied - invoice.open_amount
    return (_settled(item, applied, as_of),) if more * sign > 0 else ()


def _settled(item: Item, applied: Decimal, as_of: date) -> Command:
    return SettlePerErp(
        on=as_of,
        invoice=item.invoice,
        open_amount=item.open_amount,
        currency=item.currency,
        applied=applied,
        source=item.where,
    )
