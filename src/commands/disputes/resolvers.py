"""Commands about the resolver of a dispute: assign, remind, record the answer, escalate."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from commands.command import DecisionContext
from commands.context import Reactions
from commands.disputes.case import FOLLOW_UP_DAYS, CaseCommand, case_or_new
from commands.fields import BusinessDate, RequiredText, Text
from ledger.facts.codes import Answer
from ledger.facts.invoice.dispute_handling import (
    DisputeCommentUpdated,
    DisputeEscalated,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import Refused


class AssignResolver(CaseCommand, frozen=True):
    """Assign a resolver to a dispute, or replace the resolver.

    ``unopened`` accepts a case whose opening the source never reported; it is flagged.
    """

    reactions = Reactions.IF_APPLIED
    resolver: RequiredText
    expected: Text = Field("", description="what the resolver must answer")
    follow_up_on: BusinessDate | None = Field(None, description="in 7 days when left out")
    why: Text = ""
    unopened: bool = False

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = case_or_new(self, invoice) if self.unopened else self.find_open(invoice)
        follow_up_on = self.follow_up_on or on + timedelta(days=FOLLOW_UP_DAYS)
        details = {"case_id": dispute.case_id, "follow_up_on": follow_up_on}
        if not dispute.resolver:
            yield self.event(ResolverAssigned, on, **details)
        elif dispute.resolver != self.resolver:
            yield self.event(ResolverChanged, on, previous=dispute.resolver, **details)


class RemindResolver(CaseCommand, frozen=True):
    """Record that the resolver was reminded, and when to follow up next."""

    follow_up_on: BusinessDate | None = Field(None, description="in 7 days when left out")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if not dispute.resolver:
            raise Refused("no-resolver-yet", "case_id", case=dispute.case_id)
        yield ResolverReminded(
            on=on,
            case_id=dispute.case_id,
            resolver=dispute.resolver,
            times=dispute.reminders + 1,
            follow_up_on=self.follow_up_on or on + timedelta(days=FOLLOW_UP_DAYS),
        )


class RecordAnswer(CaseCommand, frozen=True):
    """Record the resolver's answer. A dispute answered as solved still awaits the decision.

    An answer ``in_words`` is for the collector to judge: it stops the reminders, and stands on
    the agenda.
    """

    answer: Answer
    text: Text = ""
    resolver: Text = Field("", description="who answered; the resolver when left out")
    follow_up_on: BusinessDate | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        resolver = self.resolver or dispute.resolver or now.by
        yield self.event(ResolverAnswered, on, case_id=dispute.case_id, resolver=resolver)
        if self.follow_up_on and self.follow_up_on != dispute.follow_up_on:
            yield self.event(FollowUpDateMoved, on, case_id=dispute.case_id, why=self.text)


class MoveFollowUpDate(CaseCommand, frozen=True):
    """Move the day on which the dispute is followed up."""

    follow_up_on: BusinessDate
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if dispute.follow_up_on != self.follow_up_on:
            yield self.event(FollowUpDateMoved, on, case_id=dispute.case_id)


class UpdateDisputeComment(CaseCommand, frozen=True):
    """Replace the comment that describes the dispute."""

    comment: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if dispute.comment != self.comment:
            yield DisputeCommentUpdated(on=on, case_id=dispute.case_id, comment=self.comment)


class EscalateDispute(CaseCommand, frozen=True):
    """Escalate the dispute to a higher person."""

    to: RequiredText
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        case_id = self.find_open(invoice).case_id
        yield DisputeEscalated(on=on, case_id=case_id, to=self.to, why=self.why)
