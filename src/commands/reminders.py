"""Wishes of the clock about a dispute that nobody answers: remind its resolver, then go higher;
and remind who has to approve its credit."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from commands.command import InvoiceCommand, Now, Words
from ledger import invoice_events as ev
from ledger import workdays
from ledger.codes import Answer
from ledger.dispute import Dispute
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceEvent
from ledger.policy.refusal import Refused
from ledger.rules import Rules


def unanswered(invoice: Invoice, one: Dispute, on: date) -> bool:
    """It was to be followed up by now. Who said that it is not solved yet gave a new date."""
    waits = one.answer in (None, Answer.NOT_SOLVED)
    asked = invoice.still_disputes(one) and bool(one.resolver) and waits
    return asked and one.follow_up_on is not None and one.follow_up_on <= on


def too_long(invoice: Invoice, one: Dispute, rules: Rules, on: date) -> str:
    """Why somebody higher must know; empty when nobody must, or knows already."""
    handling = rules.handling(one.reason)
    if not invoice.still_disputes(one) or not handling.escalate_to or one.escalated_to:
        return ""
    if one.reminders >= handling.escalate_after and unanswered(invoice, one, on):
        return f"{one.resolver} was reminded {one.reminders} times and did not answer"
    since = one.open_since or on
    if on > workdays.after(since, handling.resolve_within, rules.calendar):
        return f"open since {since}, longer than {handling.resolve_within} working days"
    return ""


class CaseOfClock(InvoiceCommand, frozen=True, arbitrary_types_allowed=True):
    """One invoice's part of a case, under these rules."""

    case_id: UUID
    rules: Rules

    def part(self, invoice: Invoice) -> Dispute:
        return invoice.disputes.get(self.case_id) or Dispute(self.case_id)


class ChaseResolver(CaseOfClock, frozen=True):
    """He is reminded when his day is over, and has the interval of the rules from then."""

    resolver: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.part(invoice)
        if not unanswered(invoice, one, on) or one.resolver != self.resolver:
            raise Refused("no-reminder-due", case=self.case_id, on=on)
        yield ev.ResolverReminded(
            on=on,
            case_id=one.case_id,
            resolver=one.resolver,
            times=one.reminders + 1,
            follow_up_on=again_on(one, self.rules, on),
        )


def undecided(invoice: Invoice, one: Dispute, on: date) -> bool:
    """Its approver was to decide by now."""
    waits = invoice.still_disputes(one) and one.credit_requested is not None
    return waits and one.credit_by is not None and one.credit_by <= on


class ChaseApprover(CaseOfClock, frozen=True):
    """He is reminded when his day is over, at the interval at which resolvers are."""

    approver: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.part(invoice)
        if not undecided(invoice, one, on) or one.credit_asked_of != self.approver:
            raise Refused("no-approver-reminder-due", case=self.case_id, on=on)
        yield ev.ApproverReminded(
            on=on,
            case_id=one.case_id,
            approver=one.credit_asked_of,
            times=one.credit_reminders + 1,
            decide_by=again_on(one, self.rules, on),
        )


class EscalateUnsolved(CaseOfClock, frozen=True):
    """It took too long, by the rules."""

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.part(invoice)
        why = too_long(invoice, one, self.rules, on)
        if not why:
            raise Refused("no-escalation-due", case=self.case_id, on=on)
        to = self.rules.handling(one.reason).escalate_to
        yield ev.DisputeEscalated(on=on, case_id=one.case_id, to=to, why=why)


def again_on(one: Dispute, rules: Rules, on: date) -> date:
    """When who was reminded is reminded again."""
    return workdays.after(on, max(rules.handling(one.reason).remind_every, 1), rules.calendar)
