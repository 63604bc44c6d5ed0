"""What follows from a message that failed: it was no step, and its address is not used again."""

from collections.abc import Iterator, Sequence
from datetime import date

from commands.command import Command, DecisionContext
from commands.debtor_command import DebtorCommand
from commands.fields import RequiredText, Text
from commands.messages.delivery import RecordEmailFailed
from commands.messages.outbox import FailMessage
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorAddressRefused, DebtorEvent
from ledger.facts.outbound import OutboundMessage


class RefuseAddress(DebtorCommand, frozen=True):
    """Record once that mail to the debtor's present address is refused or comes back."""

    address: RequiredText
    why: Text

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        address = self.address.lower()
        if address == (debtor.email or "").lower() and address not in debtor.refused:
            yield self.event(DebtorAddressRefused, on)


def email_failed(
    message: OutboundMessage,
    debtor: Debtor,
    invoices: Sequence[str],
    to: Sequence[str],
    why: str,
) -> Iterator[Command]:
    """Return the commands that record that the addresses ``to`` refuse a mail for good."""
    asked = message.asked
    assert asked
    if message.status in FailMessage.allowed:
        yield FailMessage(message=asked.message, why=why, to=tuple(to))
    for invoice in invoices:
        yield RecordEmailFailed(
            invoice=invoice,
            message=asked.message,
            purpose=asked.purpose,
            to=tuple(to),
            why=why,
            case_id=asked.case_id,
        )
    for address in to if debtor.known else ():
        yield RefuseAddress(debtor=debtor.number, address=address, why=why)
