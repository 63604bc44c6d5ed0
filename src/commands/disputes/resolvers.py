"""Commands about the resolver: assigned, reminded, answered, escalated."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from commands.command import BusinessDate, DecisionContext, RequiredText, Text
from commands.context import Reactions
from commands.disputes.case import FOLLOW_UP_DAYS, CaseCommand, case_or_new
from ledger.facts.codes import Answer
from ledger.facts.invoice.dispute_events import (
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
    """Somebody is asked to solve it, for the first time or instead of another.

    ``unopened`` takes what a source tells of a case whose opening it never told; it is flagged.
    """

    reactions = Reactions.IF_APPLIED
    resolver: RequiredText
    expected: Text = Field("", description="what the resolver must answer")
    follow_up_on: BusinessDate | None = Field(None, description="7 days on when left out")
    why: Text = ""
    unopened: bool = False

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = case_or_new(self, invoice) if self.unopened else self.find_open(invoice)
        follow_up_on = self.follow_up_on or on + timedelta(days=FOLLOW_UP_DAYS)
        if not one.resolver:
            yield ResolverAssigned(
                on=on,
                case_id=one.case_id,
                resolver=self.resolver,
                expected=self.expected,
                follow_up_on=follow_up_on,
            )
        elif one.resolver != self.resolver:
            yield ResolverChanged(
                on=on,
                case_id=one.case_id,
                resolver=self.resolver,
                previous=one.resolver,
                why=self.why,
                follow_up_on=follow_up_on,
            )


class RemindResolver(CaseCommand, frozen=True):
    """The resolver is chased, without ending the action."""

    follow_up_on: BusinessDate | None = Field(None, description="7 days on when left out")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if not one.resolver:
            raise Refused("no-resolver-yet", "case_id", case=one.case_id)
        yield ResolverReminded(
            on=on,
            case_id=one.case_id,
            resolver=one.resolver,
            times=one.reminders + 1,
            follow_up_on=self.follow_up_on or on + timedelta(days=FOLLOW_UP_DAYS),
        )


class RecordAnswer(CaseCommand, frozen=True):
    """The resolver answered. A *solved* still waits for the decision."""

    answer: Answer
    text: Text = ""
    follow_up_on: BusinessDate | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        yield ResolverAnswered(
            on=on,
            case_id=one.case_id,
            resolver=one.resolver or now.by,
            answer=self.answer,
            text=self.text,
        )
        if self.follow_up_on and self.follow_up_on != one.follow_up_on:
            yield FollowUpDateMoved(
                on=on, case_id=one.case_id, follow_up_on=self.follow_up_on, why=self.text
            )


class MoveFollowUpDate(CaseCommand, frozen=True):
    """The dispute is looked at again on another day."""

    follow_up_on: BusinessDate
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if one.follow_up_on != self.follow_up_on:
            yield FollowUpDateMoved(
                on=on, case_id=one.case_id, follow_up_on=self.follow_up_on, why=self.why
            )


class UpdateDisputeComment(CaseCommand, frozen=True):
    """The dispute is described better."""

    comment: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if one.comment != self.comment:
            yield DisputeCommentUpdated(on=on, case_id=one.case_id, comment=self.comment)


class EscalateDispute(CaseCommand, frozen=True):
    """Somebody higher must know."""

    to: RequiredText
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        yield DisputeEscalated(on=on, case_id=one.case_id, to=self.to, why=self.why)
