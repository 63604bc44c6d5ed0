"""Commands about the resolver of a dispute: assign, remind, record the answer, escalate."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from commands.command import DecisionContext
from commands.context import Reactions
from commands.disputes.case import FOLLOW_UP_DAYS, CaseCommand, case_or_new
from commands.fields import BusinessDate, RequiredText, Text
from ledger.facts.codes import Answer, Channel
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
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.deadlines import keeps_day
from ledger.policy.refusal import Refused
from ledger.policy.validation import is_sendable

ONLY_RECORDED = "it was only recorded, as the playbook did not react"


class AssignResolver(CaseCommand, frozen=True):
    """Assign a resolver to a dispute, replace the resolver, or ask them something else.

    The question and the day stay as they are unless they are given; a day that has passed is not
    set for another person. ``unopened`` accepts a case whose opening the source never reported; it
    is flagged.
    """

    reactions = Reactions.IF_APPLIED
    skips_parts_over = True
    resolver: RequiredText
    expected: Text = Field(
        "", description="what the resolver must answer; as asked before when left out"
    )
    follow_up_on: BusinessDate | None = Field(
        None, description="as before when left out, at first in 7 days"
    )
    why: Text = Field("", description="why this person is asked; stands in the request")
    unopened: bool = False

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = case_or_new(self, invoice) if self.unopened else self.find_open(invoice)
        expected, follow_up_on = self.expected or dispute.expected, self.follow_up_on
        if follow_up_on is None:
            kept = keeps_day(dispute, self.resolver, on)
            follow_up_on = dispute.follow_up_on if kept else on + timedelta(days=FOLLOW_UP_DAYS)
        asked = {"expected": expected, "follow_up_on": follow_up_on}
        if dispute.resolver not in ("", self.resolver):
            previous, case = dispute.resolver, dispute.case_id
            yield self.event(ResolverChanged, on, case_id=case, previous=previous, **asked)
        elif (self.resolver, *asked.values()) != (
            dispute.resolver,
            dispute.expected,
            dispute.follow_up_on,
        ):
            yield self.event(ResolverAssigned, on, case_id=dispute.case_id, **asked)


class RemindResolver(CaseCommand, frozen=True):
    """Remind the resolver by mail, or record by which channel they were reminded.

    The mail is requested where the playbook reacts; else nothing is sent, and the entry states it.
    """

    reactions = Reactions.IF_APPLIED
    skips_parts_over = True
    channel: Channel | None = Field(None, description="how; by a mail of ours when left out")
    follow_up_on: BusinessDate | None = Field(
        None, description="by the playbook when left out, else in 7 days"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        resolver, channel = dispute.resolver, self.channel
        if not resolver:
            raise Refused("no-resolver-yet", "case_id", case=dispute.case_id)
        if channel in (None, Channel.EMAIL) and now.reacts:
            if not is_sendable(resolver):
                raise Refused("resolver-not-mailable", "channel", resolver=resolver)
            channel = Channel.EMAIL
        yield ResolverReminded(
            on=on,
            case_id=dispute.case_id,
            resolver=resolver,
            times=dispute.reminders + 1,
            follow_up_on=self.follow_up_on or on + timedelta(days=FOLLOW_UP_DAYS),
            channel=channel,
            unsent="" if channel else ONLY_RECORDED,
        )


class RecordAnswer(CaseCommand, frozen=True):
    """Record the resolver's answer. A dispute answered as solved still awaits the decision.

    An answer ``in_words`` is for the collector to judge: it stops the reminders, and stands on
    the agenda.
    """

    skips_parts_over = True
    answer: Answer
    text: Text = ""
    follow_up_on: BusinessDate | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        resolver = self.answered_by(dispute, now)
        yield self.event(ResolverAnswered, on, case_id=dispute.case_id, resolver=resolver)
        if self.follow_up_on and self.follow_up_on != dispute.follow_up_on:
            yield self.event(FollowUpDateMoved, on, case_id=dispute.case_id, why=self.text)

    def answered_by(self, dispute: Dispute, now: DecisionContext) -> str:
        return dispute.resolver or now.by


class MoveFollowUpDate(CaseCommand, frozen=True):
    """Move the day on which the dispute is followed up."""

    skips_parts_over = True
    follow_up_on: BusinessDate
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if dispute.follow_up_on != self.follow_up_on:
            yield self.event(FollowUpDateMoved, on, case_id=dispute.case_id)


class UpdateDisputeComment(CaseCommand, frozen=True):
    """Replace the comment that describes the dispute."""

    skips_parts_over = True
    comment: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if dispute.comment != self.comment:
            yield DisputeCommentUpdated(on=on, case_id=dispute.case_id, comment=self.comment)


class EscalateDispute(CaseCommand, frozen=True):
    """Escalate the dispute to a higher person."""

    skips_parts_over = True
    to: RequiredText
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        case_id = self.find_open(invoice).case_id
        yield DisputeEscalated(on=on, case_id=case_id, to=self.to, why=self.why)
