"""Authorisation of commands: what the caller may not see does not exist for them."""

from collections.abc import Callable, Sequence
from typing import Any

from commands.command import Command
from commands.disputes.case import CaseCommand
from commands.invoices.registration import CorrectInvoice, RegisterInvoice
from ledger.facts.books import INVOICE, BookKind
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.visibility import Scope


def authorise(
    state_of: Callable[[BookKind[Any], str], Any], scope: Scope, commands: Sequence[Command]
) -> None:
    """Check each command against the scope; ``state_of`` returns the state of a book.

    Raises ``NotFound`` for what the caller may not see, as for what does not exist, and
    ``Refused`` for an invoice that would move to a business unit outside the scope.
    """
    for command in commands:
        if command.kind is INVOICE:
            _authorise(state_of(INVOICE, command.number), scope, command)


def _authorise(invoice: Invoice, scope: Scope, command: Command) -> None:
    if isinstance(command, RegisterInvoice) and not invoice.known:
        _check_unit(scope, command.business_unit)
        return
    if not scope.sees(invoice):
        raise NotFound("no-invoice", invoice=command.number)
    if isinstance(command, CorrectInvoice) and command.business_unit is not None:
        _check_unit(scope, command.business_unit)
    elif isinstance(command, CaseCommand) and scope.is_resolver:
        dispute = command.case_id and invoice.disputes.get(command.case_id)
        if not dispute or not scope.sees_dispute(invoice, dispute):
            raise NotFound("no-dispute", case=command.case_id)


def _check_unit(scope: Scope, unit: str) -> None:
    if not scope.covers(unit):
        raise Refused("other-business-unit", "business_unit")
