"""What follow-up must and must not do, computed from the log alone, in another way than our rules.

It knows one ladder, in plain numbers. It reads every entry in order; where a step was taken it asks
itself whether that was right, and at any moment it can tell what should have been taken.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import holidays

from ledger.facts import debtor_events as dev
from ledger.facts.codes import Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.dispute_handling import (
    DisputeEscalated,
    ResolverAssigned,
    ResolverReminded,
)
from ledger.facts.invoice.dispute_opening import DisputedAmountReduced, DisputeOpened
from ledger.facts.invoice.follow_up import FollowUpScheduled, LetterPrinted, StepTaken
from ledger.facts.invoice.handoff import HandedOff, Recalled
from ledger.facts.invoice.holds import FollowUpHeld, FollowUpHoldExpired, FollowUpResumed
from ledger.facts.invoice.payments import CreditNoteIssued, PaymentReceived, WrittenOff
from ledger.facts.invoice.promises import PromiseBroken, PromiseKept, PromiseMade, PromiseWithdrawn
from ledger.facts.invoice.registration import InvoiceCancelled, InvoiceRegistered
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook import PlaybookApplied

PARTLY = Reason.DISCOUNT  # the one reason that lets the undisputed part go on
TEMPLATES = {"copy": "invoice-copy", "final": "final-notice"}
OVERDUE = ["first", "second", "final", "final", "final"]
CLOSED = holidays.country_holidays("NL")
Planned = tuple[str, int, date]  # step, times, day


@dataclass
class Bill:
    """An invoice as the log shows it."""

    number: str = ""
    debtor: str = ""
    issued: date = date.min
    due: date = date.max
    left: Decimal = Decimal(0)
    gone: bool = False  # cancelled, or at an agency
    disputes: dict[UUID, tuple[Reason, Decimal]] = field(default_factory=dict)
    holds: dict[UUID, tuple[Decimal | None, date | None]] = field(default_factory=dict)
    promises: set[UUID] = field(default_factory=set)
    reminded: dict[UUID, int] = field(default_factory=dict)  # resolvers, by case
    escalated: set[UUID] = field(default_factory=set)
    plan: date | None = None
    by_hand: bool = False
    taken: list[Planned] = field(default_factory=list)

    def asks(self, today: date) -> Decimal:
        """Return what may be asked for: nothing while it rests."""
        if self.gone or self.promises or any(r != PARTLY for r, _ in self.disputes.values()):
            return Decimal(0)
        left = self.left - sum(amount for _, amount in self.disputes.values())
        for amount, until in self.holds.values():
            if until is None or today < until:
                left -= left if amount is None else amount
        return max(left, Decimal(0))

    def next(self, today: date, gaps: list[int]) -> Planned | None:
        """Return which step, the how manieth time, from which day."""
        late = [one for one in self.taken if one[0] != "copy"]
        if len(late) == len(OVERDUE) or not self.asks(today):
            return None
        plan = self.plan
        if plan and not self.by_hand and plan <= self.due + timedelta(1):
            plan = None
        if not late and not self.taken and today <= self.due:
            day = max(self.due - timedelta(5), self.issued)
            return "copy", 1, plan if plan and plan <= self.due else day
        name = OVERDUE[len(late)]
        day = late[-1][2] + timedelta(gaps[len(late)]) if late else self.due + timedelta(3)
        day = max(plan, self.due + timedelta(1)) if plan else day
        if self.taken:
            day = max(day, self.taken[-1][2] + timedelta(1))
        return name, OVERDUE[: len(late) + 1].count(name), day


class FollowUpOracle:
    """Reads the entries in order, and fails at the first that should not be there."""

    def __init__(self) -> None:
        self.bills: dict[UUID, Bill] = {}
        self.holds: dict[UUID, dict[UUID, date | None]] = {}  # of debtors
        self.numbers: dict[UUID, str] = {}  # of debtors
        self.debtors: dict[str, UUID] = {}
        self.reach: dict[str, bool] = {}
        self.gaps = list[int]()
        self.asked: dict[str, MessageAsked] = {}  # to debtors
        self.inside: dict[str, UUID] = {}  # to resolvers and those above them, by case
        self.mentions = Counter[tuple[str, str]]()  # message, invoice
        self.steps = 0

    def read(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._read(entry.book_id, entry.event)

    def missing(self, today: date) -> list[Bill]:
        """Return those whose step should have been taken on that day, and was not."""
        if not _worked(today):
            return []
        written_to = {one.debtor for one in self.asked.values() if one.on == today}
        return [
            bill
            for bill in self.bills.values()
            if (due := bill.next(today, self.gaps))
            and due[2] <= today
            and self.reach.get(bill.debtor)
            and not self._held(bill.debtor, today)
            and bill.debtor not in written_to
        ]

    def together(self) -> None:
        """Check that each message is about the invoices whose books name it, and about no other."""
        about = Counter(
            (name, one.invoice) for name, asked in self.asked.items() for one in asked.about
        )
        assert about == self.mentions
        assert max(self.mentions.values()) == 1
        assert max(Counter((one.debtor, one.on) for one in self.asked.values()).values()) == 1
        inside = Counter[UUID]()
        for bill in self.bills.values():
            inside.update(bill.reminded)
            inside.update(bill.escalated)
        assert Counter(self.inside.values()) == +inside

    def _held(self, debtor: str, today: date) -> bool:
        ends = self.holds.get(self.debtors[debtor], {}).values()
        return any(until is None or today < until for until in ends)

    def _read(self, book: UUID, event: Any) -> None:
        match event:
            case PlaybookApplied(rules=rules):
                steps = rules.ladders["business"].steps[1:]
                self.gaps = [step.after_previous or 0 for step in steps] + [14, 14]
            case MessageAsked(case_id=UUID() as case) as e:
                assert e.message not in self.inside
                self.inside[e.message] = case
            case MessageAsked() as e:
                assert e.message not in self.asked
                assert e.message == f"follow-up/{e.debtor}/{e.on}"
                self.asked[e.message] = e
            case dev.DebtorRegistered() as e:
                self.debtors[e.number] = book
                self.reach[e.number] = bool(e.email or e.address)
            case dev.DebtorHeld() as e:
                self.holds.setdefault(book, {})[e.hold_id] = e.until
            case dev.DebtorResumed() as e:
                self.holds[book].pop(e.hold_id)
            case StepTaken() as e:
                self._took(self.bills[book], e)
            case _:
                _happened(self.bills.setdefault(book, Bill()), event)

    def _took(self, bill: Bill, e: StepTaken) -> None:
        due = bill.next(e.on, self.gaps)
        assert due, f"{bill.number} rests or is over on {e.on}: {bill}"
        assert (e.step, e.times, e.planned_on) == due, f"{bill.number} on {e.on}: {due}"
        assert e.planned_on <= e.on
        assert _worked(e.on)
        assert not self._held(bill.debtor, e.on)
        asked = self.asked[e.message]
        [about] = [one for one in asked.about if one.invoice == bill.number]
        assert about.open_amount == bill.asks(e.on)
        assert (asked.debtor, asked.on) == (bill.debtor, e.on)
        assert asked.template == TEMPLATES.get(e.step, "reminder")
        self.mentions[e.message, bill.number] += 1
        self.steps += 1
        bill.taken.append((e.step, e.times, e.on))
        bill.plan, bill.by_hand = None, False


def _worked(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED


def _happened(bill: Bill, event: Any) -> None:  # noqa: C901
    match event:
        case InvoiceRegistered() as e:
            bill.number, bill.debtor, bill.left = e.number, e.debtor, e.amount
            bill.issued, bill.due = e.on, e.instalments[0].due_on
        case PaymentReceived() | CreditNoteIssued() | WrittenOff() as e:
            bill.left -= e.amount
        case InvoiceCancelled() | HandedOff():
            bill.gone = True
        case Recalled():
            bill.gone = False
        case DisputeOpened() as e:
            bill.disputes[e.case_id] = (e.reason, e.disputed)
        case ResolverAssigned() as e:
            bill.reminded[e.case_id] = 0
        case ResolverReminded() as e:
            bill.reminded[e.case_id] += 1
            assert e.times == bill.reminded[e.case_id]
            assert bill.disputes.keys() >= {e.case_id}
        case DisputeEscalated() as e:
            assert e.case_id not in bill.escalated
            bill.escalated.add(e.case_id)
        case DisputedAmountReduced() as e:
            reason, disputed = bill.disputes[e.case_id]
            bill.disputes[e.case_id] = (reason, disputed - e.amount)
        case DisputeResolved() as e:
            del bill.disputes[e.case_id]
        case FollowUpHeld() as e:
            bill.holds[e.hold_id] = (e.amount, e.until)
        case FollowUpHoldExpired() as e:
            _, until = bill.holds.pop(e.hold_id)
            assert until == e.on
        case FollowUpResumed() as e:
            bill.holds.pop(e.hold_id, None) if e.hold_id else None
            bill.plan = e.next_step_on
        case FollowUpScheduled() as e:
            bill.plan, bill.by_hand = e.next_step_on, True
        case PromiseMade() as e:
            bill.promises.add(e.promise_id)
        case PromiseKept() | PromiseBroken() | PromiseWithdrawn() as e:
            bill.promises.discard(e.promise_id)
        case LetterPrinted():  # on the day of its step, which says all of it
            pass
        case _:
            raise AssertionError(f"the year knows no {type(event).__name__}")
