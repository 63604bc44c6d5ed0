"""Wishes about an open dispute: open it, and have it solved by who can."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import Command, Day, InvoiceCommand, Now, Text, Words
from commands.contested import Contested
from commands.context import Reactions
from ledger import invoice_events as ev
from ledger.codes import Answer, Reason
from ledger.dispute import ZERO, Dispute
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceEvent
from ledger.policy.refusal import Refused, Unknown

FOLLOW_UP_DAYS = 7  # before a resolver who says nothing is chased


class OpenDispute(Contested, frozen=True):
    """The debtor will not pay, and says why: follow-up rests from here."""

    by_rules = True
    reason: Reason
    comment: Words = Field(description="what the debtor says, in full")
    raised_on: Day | None = Field(None, description="the debtor's own date; else that of opening")
    case_id: UUID = Field(default_factory=uuid4, description="one for all invoices of the case")
    contact_id: UUID | None = Field(None, description="the contact it came from")
    original_code: Text | None = Field(None, description="as the debtor's system said it")
    original_list: Text | None = None
    payment: Text | None = Field(None, description="reference of a payment that is short of it")

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        there = invoice.disputes.get(self.case_id)
        if there and there.opened:
            return
        if invoice.cancelled:
            raise Refused("cancelled-not-disputable", invoice=self.invoice)
        disputed = sum((one.disputed for one in invoice.open_disputes), ZERO)
        rests = now.rules.handling(self.reason).rests if now.rules else "disputed amount"
        said = self.amounts(invoice)
        yield ev.DisputeOpened(
            on=on,
            case_id=self.case_id,
            reason=self.reason,
            raised_on=self.raised_on or on,
            disputed=said["contested"] or max(invoice.open_amount - disputed, ZERO),
            comment=self.comment,
            contact_id=self.contact_id,
            original_code=self.original_code,
            original_list=self.original_list,
            payment=self.payment,
            rests_whole=rests == "invoice",
            **said,
        )


class CaseCommand(InvoiceCommand, frozen=True):
    """A wish about one dispute of the invoice."""

    case_id: UUID | None = Field(None, description="the only open one when left out")

    def find(self, invoice: Invoice, status: str = "open") -> Dispute:
        """Raises ``Unknown``, or ``Refused`` when it is not plain which case is meant."""
        if self.case_id:
            if self.case_id not in invoice.disputes:
                raise Unknown("no-dispute-on-invoice", case=self.case_id, invoice=self.invoice)
            return invoice.disputes[self.case_id]
        found = [one for one in invoice.disputes.values() if one.opened and one.status == status]
        if not found:
            raise Unknown("no-dispute-in-status", status=status, invoice=self.invoice)
        if len(found) > 1:
            cases = ", ".join(str(one.case_id) for one in found)
            raise Refused("several-disputes", "case_id", invoice=self.invoice, cases=cases)
        return found[0]

    def find_open(self, invoice: Invoice) -> Dispute:
        one = self.find(invoice)
        if one.status != "open":
            raise Refused("dispute-not-open", case=one.case_id, status=one.status)
        return one


class AssignResolver(CaseCommand, frozen=True):
    """Somebody is asked to solve it, for the first time or instead of another.

    ``unopened`` takes what a source tells of a case whose opening it never told; it is flagged.
    """

    reactions = Reactions.IF_APPLIED
    resolver: Words
    expected: Text = Field("", description="what the resolver must answer")
    follow_up_on: Day | None = Field(None, description="7 days on when left out")
    why: Text = ""
    unopened: bool = False

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = told(self, invoice) if self.unopened else self.find_open(invoice)
        follow_up_on = self.follow_up_on or on + timedelta(days=FOLLOW_UP_DAYS)
        if not one.resolver:
            yield ev.ResolverAssigned(
                on=on,
                case_id=one.case_id,
                resolver=self.resolver,
                expected=self.expected,
                follow_up_on=follow_up_on,
            )
        elif one.resolver != self.resolver:
            yield ev.ResolverChanged(
                on=on,
                case_id=one.case_id,
                resolver=self.resolver,
                previous=one.resolver,
                why=self.why,
                follow_up_on=follow_up_on,
            )


class RemindResolver(CaseCommand, frozen=True):
    """The resolver is chased, without ending the action."""

    follow_up_on: Day | None = Field(None, description="7 days on when left out")

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if not one.resolver:
            raise Refused("no-resolver-yet", "case_id", case=one.case_id)
        yield ev.ResolverReminded(
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
    follow_up_on: Day | None = None

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        yield ev.ResolverAnswered(
            on=on,
            case_id=one.case_id,
            resolver=one.resolver or now.by,
            answer=self.answer,
            text=self.text,
        )
        if self.follow_up_on and self.follow_up_on != one.follow_up_on:
            yield ev.FollowUpDateMoved(
                on=on, case_id=one.case_id, follow_up_on=self.follow_up_on, why=self.text
            )


class MoveFollowUpDate(CaseCommand, frozen=True):
    """The dispute is looked at again on another day."""

    follow_up_on: Day
    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if one.follow_up_on != self.follow_up_on:
            yield ev.FollowUpDateMoved(
                on=on, case_id=one.case_id, follow_up_on=self.follow_up_on, why=self.why
            )


class UpdateDisputeComment(CaseCommand, frozen=True):
    """The dispute is described better."""

    comment: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if one.comment != self.comment:
            yield ev.DisputeCommentUpdated(on=on, case_id=one.case_id, comment=self.comment)


class EscalateDispute(CaseCommand, frozen=True):
    """Somebody higher must know."""

    to: Words
    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        yield ev.DisputeEscalated(on=on, case_id=one.case_id, to=self.to, why=self.why)


def told(command: CaseCommand, invoice: Invoice) -> Dispute:
    """The case that a source names, also when its opening was never told. Raises ``Refused``."""
    if command.case_id is None:
        raise Refused("case-missing", "case_id")
    return invoice.disputes.get(command.case_id) or Dispute(command.case_id)


COMMANDS: tuple[type[Command], ...] = (
    OpenDispute,
    AssignResolver,
    RemindResolver,
    RecordAnswer,
    MoveFollowUpDate,
    UpdateDisputeComment,
    EscalateDispute,
)
