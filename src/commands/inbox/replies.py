"""Commands that file a debtor's message, and that follow from it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from msgspec.structs import replace as but

from commands.command import DecisionContext, InvoiceCommand
from commands.debtor_command import DebtorCommand
from commands.debtors.contacts import LogDebtorContact
from commands.disputes.resolutions import ReopenDispute
from commands.fields import RequiredText
from commands.invoices.contacts import LogContact
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorAnswered, DebtorContactLogged, DebtorEvent
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.replies import rests_until


class FileMessage(LogContact, frozen=True):
    """Log an inbound message of the inbox about an invoice."""

    mail: RequiredText


class FileDebtorMessage(LogDebtorContact, frozen=True):
    """Log an inbound message of the inbox about no particular invoice."""

    depends_on_playbook = True
    awaits_answer: bool
    mail: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        rests = rests_until(now.rules, now.today) if self.awaits_answer and now.rules else None
        for event in super().events(debtor, on, now):
            assert isinstance(event, DebtorContactLogged)
            yield but(event, rests_until=rests)


class EndDebtorWait(DebtorCommand, frozen=True):
    """Record that a message about no particular invoice needs no answer here any more."""

    contact_id: UUID
    text: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        if any(reply.contact_id == self.contact_id for reply in debtor.replies):
            yield self.event(DebtorAnswered, on)


class ReopenAfterReply(InvoiceCommand, frozen=True):
    """Reopen a dispute after the debtor's reply to the decision, where the playbook allows it.

    Does nothing when no amount is left to dispute: a person decides then.
    """

    case_id: UUID
    words: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        why = f"The debtor answered: {self.words}"
        command = ReopenDispute(on=on, invoice=self.invoice, case_id=self.case_id, why=why)
        for event in command.events(invoice, on, now) if invoice.collectable else ():
            if isinstance(event, DisputeReopened) and event.disputed > 0:
                yield event
