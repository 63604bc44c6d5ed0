"""What a key may write of: what it does not see is, for it, not there."""

from collections.abc import Sequence

from api.http.keys import Key, Role
from commands.command import Command
from commands.disputes import CaseCommand
from commands.invoices import CorrectInvoice, RegisterInvoice
from ledger.books import INVOICE
from ledger.invoice import Invoice
from ledger.policy.refusal import Refused, Unknown
from ledger.store import Ledger


def may(ledger: Ledger, key: Key, commands: Sequence[Command]) -> None:
    """Raises ``Unknown`` for what the key does not see, as for what is not there."""
    for command in commands:
        if command.kind is not INVOICE:
            continue
        state: Invoice = ledger.book(INVOICE, command.number).state
        if isinstance(command, RegisterInvoice) and not state.known:
            _within(key, command.business_unit)
        elif not key.sees(state):
            raise Unknown("no-invoice", invoice=command.number)
        elif isinstance(command, CorrectInvoice) and command.business_unit is not None:
            _within(key, command.business_unit)
        elif isinstance(command, CaseCommand) and key.role is Role.RESOLVER:
            case = command.case_id and state.disputes.get(command.case_id)
            if not case or case.resolver != key.name:
                raise Unknown("no-dispute", case=command.case_id)


def _within(key: Key, unit: str) -> None:
    """Raises ``Refused``."""
    if key.business_units and unit not in key.business_units:
        raise Refused("other-business-unit", "business_unit")
