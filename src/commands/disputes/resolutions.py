"""Wishes about the end of a dispute: resolve it, tell the debtor, reopen or void it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from commands.command import Amount, Command, DecisionContext, PositiveAmount, RequiredText, Text
from commands.context import Reactions
from commands.disputes.case import CaseCommand, case_or_new
from ledger.facts.codes import ZERO, Channel, Outcome, RootCause
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import (
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
    OutcomeNotified,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up_events import FollowUpResumed
from ledger.facts.invoice.state import Invoice
from ledger.policy.disputes.credit_approval import ensure_approved
from ledger.policy.follow_up.schedule import resumes_on
from ledger.policy.money import in_cents
from ledger.policy.refusal import Refused


class ResolveDispute(CaseCommand, frozen=True):
    """The problem is solved. When it was the last one open, follow-up goes on.

    ``credited`` is the credit of this case in all, notes already issued included.
    """

    depends_on_playbook = True
    reactions = Reactions.IF_APPLIED
    outcome: Outcome
    root_cause: RootCause | None = None
    credited: Amount | None = Field(None, description="all that is disputed when left out")
    explanation: Text = ""
    unopened: bool = Field(False, description="also when its opening was never told; flagged")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = case_or_new(self, invoice) if self.unopened else self.find(invoice)
        if one.status == "resolved" and self._same(one):
            return
        if one.status == "voided":
            raise Refused("dispute-voided", case=one.case_id)
        if one.status == "resolved":
            raise Refused("dispute-resolved", case=one.case_id)
        credit = self._credit(one, invoice.currency)
        ensure_approved(one, credit, now.rules)
        rest = max(one.disputed - credit, ZERO)
        paid = rest if self.outcome is Outcome.PAID else ZERO
        yield DisputeResolved(
            on=on,
            case_id=one.case_id,
            outcome=self.outcome,
            root_cause=self.root_cause,
            credited=credit,
            paid=paid,
            rejected=rest - paid,
            explanation=self.explanation,
        )
        yield from follow_up_resumption(invoice, one, on, credit)

    def _same(self, one: Dispute) -> bool:
        """What is left out says nothing new."""
        return (
            one.outcome == self.outcome
            and self.root_cause in (None, one.root_cause)
            and self.credited in (None, one.credited)
        )

    def _credit(self, one: Dispute, currency: str) -> Decimal:
        """What of the disputed amount is credited by this decision."""
        if self.credited is not None:
            more = in_cents(self.credited, currency, "credited") - one.credited
            if more < 0 or (more > one.disputed and one.opened):
                most = one.credited + one.disputed
                raise Refused("credit-out-of-range", "credited", least=one.credited, most=most)
            return more
        all_of_it = self.outcome in (Outcome.CREDITED, Outcome.REPLACED)
        return one.disputed if all_of_it else ZERO


class RecordOutcomeNotice(CaseCommand, frozen=True):
    """The debtor was told how the dispute ended."""

    channel: Channel | None = None
    unopened: bool = Field(False, description="also when there was no dispute; flagged")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        case = self.case_id if self.unopened else self.find(invoice, "resolved").case_id
        yield OutcomeNotified(on=on, case_id=case, channel=self.channel)


class ReopenDispute(CaseCommand, frozen=True):
    """It was not solved after all. The case keeps its id."""

    reactions = Reactions.IF_APPLIED
    why: RequiredText
    contested: PositiveAmount | None = Field(
        None, description="what was rejected, or decided and not done yet, when left out"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find(invoice, "resolved")
        if one.is_open:
            return
        if one.status == "voided":
            raise Refused("dispute-voided", case=one.case_id)
        if invoice.cancelled:
            raise Refused("cancelled-not-disputable", invoice=self.invoice)
        contested = self.contested and in_cents(self.contested, invoice.currency, "contested")
        yield DisputeReopened(
            on=on,
            case_id=one.case_id,
            why=self.why,
            disputed=contested or one.rejected + _not_done(invoice, one),
        )


class VoidDispute(CaseCommand, frozen=True):
    """There was no such dispute: a mistake, or the wrong invoice."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find(invoice)
        if one.status == "voided":
            return
        yield DisputeVoided(on=on, case_id=one.case_id, why=self.why, rejected=one.disputed)
        if one.status == "open":
            yield from follow_up_resumption(invoice, one, on)


def follow_up_resumption(
    invoice: Invoice, over: Dispute, on: date, credit: Decimal = ZERO
) -> Iterator[InvoiceEvent]:
    """The invoice is collectable again once its last open dispute is over, but for the credit."""
    others = any(one.case_id != over.case_id for one in invoice.open_disputes)
    left = invoice.open_amount - invoice.credit_due - credit
    if over.opened and not others and invoice.collectable and left > 0:
        next_step_on = resumes_on(invoice, over, on)
        yield FollowUpResumed(on=on, hold_id=None, case_id=over.case_id, next_step_on=next_step_on)


def _not_done(invoice: Invoice, one: Dispute) -> Decimal:
    """Decided to be credited or paid, and still open."""
    disputed = sum((other.disputed for other in invoice.open_disputes), one.rejected)
    return min(one.to_credit + one.to_pay, max(invoice.open_amount - disputed, ZERO))


COMMANDS: tuple[type[Command], ...] = (
    ResolveDispute,
    RecordOutcomeNotice,
    ReopenDispute,
    VoidDispute,
)
