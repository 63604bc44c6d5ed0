"""Rules that concern another book than the command's own, checked before it is decided."""

from collections.abc import Iterable

from commands.command import Command
from commands.debtors.money import AllocateCredit, AllocateMoney
from commands.handoffs import HandOff
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.handoff import debtor_obstacle
from ledger.policy.refusal import Refused


def check(work: Work, commands: Iterable[Command]) -> None:
    """Raise ``Refused`` for a command that another book stands against."""
    for command in commands:
        if isinstance(command, HandOff) and not command.override.strip():
            _check_debtor(work, command)
        elif isinstance(command, AllocateMoney | AllocateCredit):
            _check_money(work, command)


def _check_debtor(work: Work, command: HandOff) -> None:
    invoice: Invoice = work.state(INVOICE, command.invoice)
    if not invoice.debtor or command.handoff_id in invoice.handoffs:
        return
    work.assert_unchanged(DEBTOR, invoice.debtor)
    debtor: Debtor = work.state(DEBTOR, invoice.debtor)
    if why := debtor_obstacle(debtor, command.on or work.now.today):
        raise Refused("hand-off-not-ready", "override", invoice=command.invoice, why=why)


def _check_money(work: Work, command: AllocateMoney | AllocateCredit) -> None:
    """Compare the payment with the invoice that it is allocated to."""
    debtor: Debtor = work.state(DEBTOR, command.debtor)
    invoice: Invoice = work.state(INVOICE, command.invoice)
    money = debtor.money.get(command.reference)
    if money and invoice.known and money.currency != invoice.currency:
        currency = invoice.currency
        raise Refused("other-currency", "invoice", given=money.currency, currency=currency)
