"""What a row of a list of open items means for the invoice as it stands."""

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


def read_lines(source: Source, layout: Layout, as_of: date) -> LineCommands:
    """Each row as what it asks for, or a reject. Raises ``CannotImport``."""
    for item in items(source, layout):
        yield item if isinstance(item, Reject) else of_item(item, layout, as_of)


def of_item(item: Item, layout: Layout, as_of: date) -> tuple[LineCommand, ...]:
    """To be known; then less open than we have, once a list; or more, once for that amount."""
    name = f"{layout.name}:{item.invoice}"
    register = LineCommand(
        item.line,
        item.raw,
        item.invoice,
        name,
        partial(register_item, item, layout, as_of),
        None,
        _debtor(item),
    )
    if item.open_amount is None:
        return (register,)
    lower, higher = partial(_lower, item, as_of), partial(_higher, item, as_of)
    return (
        register,
        LineCommand(item.line, item.raw, item.invoice, f"{name}:{as_of}:{item.open_amount}", lower),
        LineCommand(item.line, item.raw, item.invoice, f"{name}:higher:{item.open_amount}", higher),
    )


def _debtor(item: Item) -> RegisterDebtor | None:
    if not item.debtor:
        return None
    return RegisterDebtor(
        on=item.issued,
        debtor=item.debtor,
        name=item.debtor_name or item.debtor,
        segment=item.segment or None,
    )


def register_item(item: Item, layout: Layout, as_of: date, invoice: Invoice) -> Sequence[Command]:
    """What the row says of the past. Pure."""
    commands: list[Command] = []
    if not invoice.known or item.amount is not None:
        commands.append(_registration(item))
    if item.disputed:
        commands += _dispute(item, layout, invoice)
    total = item.open_amount if item.amount is None else item.amount
    left = invoice.open_amount if invoice.known else total
    if item.settled and left and left > 0:
        reference = f"{layout.name}:{item.invoice}"
        commands.append(
            ReceivePayment(on=item.settled, invoice=item.invoice, reference=reference, amount=left)
        )
    elif not invoice.known and None not in (item.amount, item.open_amount):
        commands.append(_settled(item, as_of))
    return commands


def _registration(item: Item) -> Command:
    return RegisterInvoice(
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


def _dispute(item: Item, layout: Layout, invoice: Invoice) -> Sequence[Command]:
    """The list says that it was disputed, never when: a note, unless told to take the due date.

    Then, as ``convert/ibm_ar.py`` has it: opened when due, or the day after issue when it was
    settled by then, and over when it was settled.
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
    why = "The list does not tell how it ended; it was settled that day."
    paid = ResolveDispute(
        on=item.settled, invoice=item.invoice, case_id=case, outcome=Outcome.PAID, explanation=why
    )
    return [opening, paid]


def _lower(item: Item, as_of: date, invoice: Invoice) -> Sequence[Command]:
    if not invoice.known or item.open_amount is None or item.open_amount >= invoice.open_amount:
        return ()
    return (_settled(item, as_of),)


def _higher(item: Item, as_of: date, invoice: Invoice) -> Sequence[Command]:
    if not invoice.known or item.open_amount is None or item.open_amount <= invoice.open_amount:
        return ()
    return (_settled(item, as_of),)


def _settled(item: Item, as_of: date) -> Command:
    return SettlePerErp(
        on=as_of, invoice=item.invoice, open_amount=item.open_amount, source=item.where
    )
