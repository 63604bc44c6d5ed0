"""Commands that end a dispute or take it up again: resolve, notify, reopen, void."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from commands.command import DecisionContext
from commands.context import Reactions
from commands.disputes.case import CaseCommand, case_or_new
from commands.fields import Amount, PositiveAmount, RequiredText, Text
from ledger.facts.codes import ZERO, Channel, Outcome, RootCause
from ledger.facts.invoice.dispute_endings import (
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
    OutcomeNotified,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.holds import FollowUpResumed
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.credit_approval import ensure_approved
from ledger.policy.follow_up.schedule import resumes_on
from ledger.policy.money import in_cents
from ledger.policy.refusal import Refused


class ResolveDispute(CaseCommand, frozen=True):
    """Resolve a dispute: record its outcome. Follow-up continues after the last open dispute.

    ``credited`` is the total credit of this case, including credit notes already issued.
    """

    depends_on_playbook = True
    reactions = Reactions.IF_APPLIED
    outcome: Outcome
    root_cause: RootCause | None = None
    credited: Amount | None = Field(
        None, description="when left out, the disputed amount if credited or replaced"
    )
    explanation: Text = ""
    unopened: bool = Field(
        False, description="accept a dispute whose opening was never recorded; it is flagged"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = case_or_new(self, invoice) if self.unopened else self.find(invoice)
        if dispute.status == "resolved" and self._same(dispute):
            return
        if dispute.status == "voided":
            raise Refused("dispute-voided", case=dispute.case_id)
        if dispute.status == "resolved":
            raise Refused("dispute-resolved", case=dispute.case_id)
        credit = self._credit(dispute, invoice.currency)
        ensure_approved(dispute, credit, now.rules)
        rest = max(dispute.disputed - credit, ZERO)
        paid = rest if self.outcome is Outcome.PAID else ZERO
        amounts = {"credited": credit, "paid": paid, "rejected": rest - paid}
        yield self.event(DisputeResolved, on, case_id=dispute.case_id, **amounts)
        yield from follow_up_resumption(invoice, dispute, on, credit)

    def _same(self, dispute: Dispute) -> bool:
        """Return whether this outcome is already recorded; omitted fields do not count."""
        return (
            dispute.outcome == self.outcome
            and self.root_cause in (None, dispute.root_cause)
            and self.credited in (None, dispute.credited)
        )

    def _credit(self, dispute: Dispute, currency: str) -> Decimal:
        """Return the amount that this decision adds to the credit. Raises ``Refused``."""
        if self.credited is not None:
            more = in_cents(self.credited, currency, "credited") - dispute.credited
            if more < 0 or (more > dispute.disputed and dispute.opened):
                most = dispute.credited + dispute.disputed
                raise Refused("credit-out-of-range", "credited", least=dispute.credited, most=most)
            return more
        return dispute.disputed if self.outcome in (Outcome.CREDITED, Outcome.REPLACED) else ZERO


class RecordOutcomeNotice(CaseCommand, frozen=True):
    """Record that the debtor was notified of the outcome of a dispute."""

    channel: Channel | None = None
    unopened: bool = Field(False, description="accept a notice without a dispute; it is flagged")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        case = self.case_id if self.unopened else self.find(invoice, "resolved").case_id
        yield OutcomeNotified(on=on, case_id=case, channel=self.channel)


class ReopenDispute(CaseCommand, frozen=True):
    """Reopen a resolved dispute under the same case id."""

    reactions = Reactions.IF_APPLIED
    why: RequiredText
    contested: PositiveAmount | None = Field(
        None, description="the rejected and the still unsettled amount when left out"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find(invoice, "resolved")
        if dispute.is_open:
            return
        if dispute.status == "voided":
            raise Refused("dispute-voided", case=dispute.case_id)
        if invoice.cancelled:
            raise Refused("cancelled-not-disputable", invoice=self.invoice)
        contested = self.contested and in_cents(self.contested, invoice.currency, "contested")
        yield DisputeReopened(
            on=on,
            case_id=dispute.case_id,
            why=self.why,
            disputed=contested or dispute.rejected + _not_done(invoice, dispute),
        )


class VoidDispute(CaseCommand, frozen=True):
    """Void a dispute that was opened by mistake or on the wrong invoice."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find(invoice)
        if dispute.status == "voided":
            return
        yield DisputeVoided(on=on, case_id=dispute.case_id, why=self.why, rejected=dispute.disputed)
        if dispute.status == "open":
            yield from follow_up_resumption(invoice, dispute, on)


def follow_up_resumption(
    invoice: Invoice, ended: Dispute, on: date, credit: Decimal = ZERO
) -> Iterator[InvoiceEvent]:
    """Resume follow-up after the last open dispute, if more than the pending credit is open."""
    others = any(other.case_id != ended.case_id for other in invoice.open_disputes)
    left = invoice.open_amount - invoice.credit_due - credit
    if ended.opened and not others and invoice.collectable and left > 0:
        next_step_on = resumes_on(invoice, ended, on)
        yield FollowUpResumed(on=on, hold_id=None, case_id=ended.case_id, next_step_on=next_step_on)


def _not_done(invoice: Invoice, dispute: Dispute) -> Decimal:
    """Return the amount that was decided to be credited or paid and is still open."""
    disputed = sum((other.disputed for other in invoice.open_disputes), dispute.rejected)
    return min(dispute.to_credit + dispute.to_pay, max(invoice.open_amount - disputed, ZERO))
