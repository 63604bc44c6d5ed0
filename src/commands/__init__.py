"""What may happen next. A command looks at a book and answers with events, or refuses."""

from commands import (
    agenda,
    approvals,
    contacts,
    debtors,
    disputes,
    handoffs,
    holds,
    invoices,
    payments,
    promises,
    resolutions,
)
from commands.command import Command

COMMANDS: dict[str, type[Command]] = {
    command.verb(): command
    for command in (
        *invoices.COMMANDS,
        *contacts.COMMANDS,
        *disputes.COMMANDS,
        *approvals.COMMANDS,
        *resolutions.COMMANDS,
        *holds.COMMANDS,
        *payments.COMMANDS,
        *promises.COMMANDS,
        *handoffs.COMMANDS,
        *debtors.COMMANDS,
        *agenda.COMMANDS,
    )
}
