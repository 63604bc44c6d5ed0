"""A year of a creditor: random events of invoices, and a clock that runs at random times."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from msgspec.structs import replace as but

from api.clock.tick import run
from commands.command import Command
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.registration import RegisterDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.disputes.resolvers import AssignResolver
from commands.follow_up.holds import HoldFollowUp, ReleaseHold, ScheduleFollowUp
from commands.follow_up.promises import MakePromise
from commands.handoffs import HandOff, RecallHandOff
from commands.invoices.registration import CancelInvoice, RegisterInvoice
from commands.payments.payments import IssueCreditNote, ReceivePayment, WriteOff
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Outcome, Reason
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.refusal import NotFound, Refused
from support.clock_case import LADDER, RULES, ClockCase
from support.follow_up_oracle import FollowUpOracle

FIRST, LAST = date(2026, 1, 2), date(2026, 12, 31)


class Year:
    """What a year does to the invoices; the dice decide, the rules may refuse."""

    def __init__(self, clock_case: ClockCase, dice: Random, invoices: int) -> None:
        self.clock_case, self.dice, self.model = clock_case, dice, FollowUpOracle()
        self.read = 0
        self.debtors = [f"D-{n}" for n in range(max(invoices // 5, 1))]
        span = (LAST - FIRST).days - 60
        issued = sorted(FIRST + timedelta(dice.randrange(span)) for _ in range(invoices))
        self.coming = [(on, f"A-{n}") for n, on in enumerate(issued)]
        self.known = list[str]()
        self.refused = 0

    def lives(self) -> int:
        """Play the year, and return how often the clock ran."""
        for number in self.debtors:
            self._does(self._debtor(number))
        now, runs, changed = datetime.combine(FIRST, time(8), UTC), 0, False
        while now.date() <= LAST:
            self.clock_case.now = now
            self._invoices(now.date())
            for _ in range(self.dice.randrange(len(self.known) // 25 + 2)):
                self._something(now.date())
            if now.date() > date(2026, 7, 1) and not changed:
                steps = (*LADDER.steps[:2], but(LADDER.steps[2], after_previous=6), LADDER.steps[3])
                rules = but(RULES, ladders={"business": but(LADDER, steps=steps)})
                changed = self._does(ApplyPlaybook(rules=rules))
            self._strikes()
            runs += 1
            now += timedelta(hours=self.dice.choice([1, 3, 7, 24, 24, 30, 50, 90, 200]))
        return runs

    def _strikes(self) -> None:
        """Sometimes the read models are behind; then it must not be wrong, only late."""
        if lags := self.dice.random() < 0.2:
            run(self.clock_case.session)
        else:
            self.clock_case.tick()
        entries = self.clock_case.ledger.since(self.read, 1_000_000)
        self.read += len(entries)
        self.model.read(entries)
        if not lags:
            assert self.model.missing(self.clock_case.ledger.today(self.clock_case.now)) == []

    def _debtor(self, number: str) -> Command:
        mail = f"{number.lower()}@debtor.example"
        reach = self.dice.choice([{"email": mail}] * 8 + [{"address": "Kade 1, Delft"}, {}])
        return RegisterDebtor(debtor=number, name=number, **reach)

    def _invoices(self, today: date) -> None:
        while self.coming and self.coming[0][0] <= today:
            on, number = self.coming.pop(0)
            due_on = on + timedelta(self.dice.choice([0, 3, 14, 30]))
            debtor, amount = self.dice.choice(self.debtors), self.dice.randrange(50, 5000)
            self._does(
                RegisterInvoice(invoice=number, debtor=debtor, on=on, due_on=due_on, amount=amount)
            )
            self.known.append(number)

    def _something(self, today: date) -> None:
        if not self.known:
            return
        number = self.dice.choice(self.known)
        what = self.dice.choices(list(HAPPENS), [weight for _, weight in HAPPENS.values()])[0]
        self._does(*HAPPENS[what][0](self, number, today))

    def _does(self, *commands: Command) -> bool:
        try:
            self.clock_case.execute(*commands)
        except (Refused, NotFound):
            self.refused += 1
            return False
        return True

    def state(self, number: str) -> Invoice:
        return self.clock_case.state(number)

    def open_dispute(self) -> tuple[str, Dispute] | None:
        """Return a dispute of some invoice, as it was when the clock ran last."""
        disputed = [bill.number for bill in self.model.bills.values() if bill.disputes]
        number = self.dice.choice(disputed) if disputed else ""
        return next(((number, one) for one in self.state(number).open_disputes), None)

    def soon(self, today: date) -> date:
        return today + timedelta(self.dice.randrange(1, 40))

    def new_id(self) -> UUID:
        return uuid5(UUID(int=7), str(self.dice.random()))


def pays(year: Year, number: str, today: date) -> list[Command]:
    left = year.state(number).open_amount
    amount = year.dice.choice([left, left, left // 3])
    if amount <= 0:
        return []
    return [ReceivePayment(invoice=number, reference=str(year.new_id()), amount=amount)]


def disputes(year: Year, number: str, today: date) -> list[Command]:
    """Once at a time: that of several which is whole is another page."""
    state = year.state(number)
    if state.open_amount <= 0 or any(state.open_disputes):
        return []
    reason = year.dice.choice([Reason.PRICE, Reason.DAMAGED, Reason.DISCOUNT, Reason.DISCOUNT])
    contested = year.dice.choice([state.open_amount // 2 or None, state.open_amount // 4 or None])
    return [
        OpenDispute(
            invoice=number,
            reason=reason,
            comment="No.",
            contested=contested,
            case_id=year.new_id(),
        )
    ]


def assigns(year: Year, number: str, today: date) -> list[Command]:
    found = year.open_dispute()
    if not found:
        return []
    number, one = found
    return [AssignResolver(invoice=number, case_id=one.case_id, resolver="sam@seller.example")]


def resolves(year: Year, number: str, today: date) -> list[Command]:
    found = year.open_dispute()
    if not found:
        return []
    number, one = found
    how = Outcome.CREDITED if one.disputed and year.dice.random() < 0.5 else Outcome.REJECTED
    over: list[Command] = [ResolveDispute(invoice=number, case_id=one.case_id, outcome=how)]
    if how is Outcome.CREDITED:
        note = str(year.new_id())
        over.append(
            IssueCreditNote(
                invoice=number, credit_note=note, amount=one.disputed, case_id=one.case_id
            )
        )
    return over


def holds(year: Year, number: str, today: date) -> list[Command]:
    until = year.dice.choice([None, year.soon(today), year.soon(today)])
    amount = year.dice.choice([None, None, max(year.state(number).open_amount // 2, 0)])
    return [
        HoldFollowUp(
            invoice=number,
            reason="Talks.",
            until=until,
            amount=amount or None,
            hold_id=year.new_id(),
        )
    ]


def releases(year: Year, number: str, today: date) -> list[Command]:
    held = [bill for bill in year.model.bills.values() if bill.holds]
    if not held:
        return []
    bill = year.dice.choice(held)
    return [ReleaseHold(invoice=bill.number, hold_id=next(iter(bill.holds)))]


def promises(year: Year, number: str, today: date) -> list[Command]:
    if any(year.state(number).open_promises):
        return []
    command = MakePromise(
        invoice=number, promised_for=year.soon(today), grace_days=2, promise_id=year.new_id()
    )
    return [command]


def plans(year: Year, number: str, today: date) -> list[Command]:
    return [ScheduleFollowUp(invoice=number, next_step_on=year.soon(today), step="look")]


def writes_off(year: Year, number: str, today: date) -> list[Command]:
    return [WriteOff(invoice=number, why="Bankrupt.")]


def cancels(year: Year, number: str, today: date) -> list[Command]:
    return [CancelInvoice(invoice=number, why="Twice.")]


def hands_off(year: Year, number: str, today: date) -> list[Command]:
    if year.state(number).agency:
        return [RecallHandOff(invoice=number, why="We try again.")]
    return [HandOff(invoice=number, agency="Incasso BV", handoff_id=year.new_id())]


def holds_debtor(year: Year, number: str, today: date) -> list[Command]:
    debtor = year.state(number).debtor
    held = year.clock_case.owes(debtor).holds
    if held:
        return [ReleaseDebtor(debtor=debtor, hold_id=next(iter(held)), why="Over.")]
    until = year.dice.choice([None, year.soon(today)])
    return [HoldDebtor(debtor=debtor, reason="Talks.", until=until, hold_id=year.new_id())]


Happens = Callable[[Year, str, date], list[Command]]
HAPPENS: dict[str, tuple[Happens, int]] = {
    "pays": (pays, 8),
    "disputes": (disputes, 6),
    "assigns": (assigns, 4),
    "resolves": (resolves, 5),
    "holds": (holds, 3),
    "releases": (releases, 2),
    "promises": (promises, 4),
    "plans": (plans, 3),
    "writes off": (writes_off, 1),
    "cancels": (cancels, 1),
    "hands off": (hands_off, 1),
    "holds debtor": (holds_debtor, 1),
}
