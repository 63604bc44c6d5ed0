"""Translates a row of a list of open items into commands for its invoice."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from uuid import uuid5

from api.importing.formats.layout import Layout
from api.importing.formats.rows import Item, items
from api.importing.line_commands import LineCommand, LineCommands, Reject
from api.importing.source import Source
from commands.command import Command
from commands.debtors.registration import RegisterDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.invoices.contacts import AddNote
from commands.invoices.registration import RegisterInvoice
from commands.payments.erp import SettlePerErp
from commands.payments.payments import ReceivePayment
from ledger.facts.codes import Outcome, Reason
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency


def read_lines(source: Source, layout: Layout, as_of: date) -> LineCommands:
    """Yield the commands or the reject of each row. Raise ``CannotImport``."""
    for item in items(source, layout):
        yield item if isinstance(item, Reject) else of_item(item, layout, as_of)


def of_item(item: Item, layout: Layout, as_of: date) -> tuple[LineCommand, ...]:
    """Return the registration, and the changes of the open amount where the list has one.

    A lower amount acts once for each list, a higher amount once for each amount.
    """
    name, row = f"{layout.name}:{item.invoice}", (item.line, item.raw, item.invoice)
    debtor = item.debtor and RegisterDebtor(
        on=item.issued,
        debtor=item.debtor,
        name=item.debtor_name or item.debtor,
        segment=item.segment or None,
    )
    commands = partial(register_item, item, layout, as_of)
    register = LineCommand(*row, name, commands, None, debtor or None)
    if item.open_amount is None:
        return (register,)
    lower, higher = partial(_change, item, as_of, -1), partial(_change, item, as_of, 1)
    return (
        register,
        LineCommand(*row, f"{name}:{as_of}:{item.open_amount}", lower),
        LineCommand(*row, f"{name}:higher:{item.open_amount}", higher),
    )


def register_item(item: Item, layout: Layout, as_of: date, invoice: Invoice) -> Sequence[Command]:
    """Return the commands that register the invoice with its dispute and payment. Pure."""
    commands: list[Command] = []
    if not invoice.known or item.amount is not None:
        commands.append(
            RegisterInvoice(
                on=item.issued,
                invoice=item.invoice,
                amount=item.open_amount if item.amount is None else item.amount,
                currency=item.currency,
                due_on=item.due,
                debtor=item.debtor,
                business_unit=item.business_unit,
                collector=item.collector,
                purchase_order=item.purchase_order,
            )
        )
    if item.disputed:
        commands += _dispute(item, layout, invoice)
    total = item.open_amount if item.amount is None else item.amount
    left = invoice.open_amount if invoice.known else total
    if item.settled and left and left > 0:
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
        commands.append(_settled(item, as_of))
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


def _change(item: Item, as_of: date, sign: int, invoice: Invoice) -> Sequence[Command]:
    """Settle the invoice when the list's open amount is lower (-1) or higher (1) than ours."""
    if not invoice.known or item.open_amount is None:
        return ()
    ensure_currency(item.currency, invoice.currency)
    return (_settled(item, as_of),) if (item.open_amount - invoice.open_amount) * sign > 0 else ()


def _settled(item: Item, as_of: date) -> Command:
    return SettlePerErp(
        on=as_of,
        invoice=item.invoice,
        open_amount=item.open_amount,
        currency=item.currency,
        source=item.where,
    )
