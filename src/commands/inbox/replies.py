"""Commands that follow from a reply: pause follow-up, reopen a dispute, or answer for a case."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from commands.command import DecisionContext, InvoiceCommand
from commands.disputes.resolutions import ReopenDispute
from commands.disputes.resolvers import RecordAnswer
from commands.fields import BusinessDate, RequiredText
from ledger.facts.contact_ids import REPLY, reply_hold
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up import FollowUpHeld
from ledger.facts.invoice.state import Dispute, Invoice


class PauseAfterReply(InvoiceCommand, frozen=True):
    """Pause follow-up after the debtor's reply, so that a person can read it first.

    Only for an invoice that was followed up, and not while such a pause lasts.
    """

    until: BusinessDate
    contact_id: UUID

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        asked = invoice.last_chased_on or invoice.steps
        paused = any(
            hold.reason == REPLY and (hold.until is None or hold.until > on)
            for hold in invoice.holds.values()
        )
        hold_id = reply_hold(self.contact_id)
        if not asked or paused or not invoice.collectable or self.until <= on:
            return
        if hold_id not in invoice.holds:
            yield FollowUpHeld(
                on=on, hold_id=hold_id, amount=None, reason=REPLY, until=self.until, release_by=()
            )


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


class AnswerByMail(RecordAnswer, frozen=True):
    """Record the answer that was written by ``resolver``, or by whom it was escalated to."""

    resolver: RequiredText

    def answered_by(self, dispute: Dispute, now: DecisionContext) -> str:
        return self.resolver
