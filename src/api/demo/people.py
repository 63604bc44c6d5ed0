"""The collectors, who work on their agenda every morning.

They use the policy that makes the agenda (``ledger.policy.tasks``).
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from api.demo import decisions
from api.demo.texts import BROKE, CALLED, MANAGER, TEAMS, VOICEMAIL
from api.demo.virtual_clock import END, Story, World, workdays
from commands.disputes.resolvers import AssignResolver, EscalateDispute, RemindResolver
from commands.follow_up.holds import ReleaseHold, ScheduleFollowUp
from commands.follow_up.tasks import CompleteTask, PostponeTask, TakeUpTask
from commands.invoices.contacts import LogContact, RecordReminder
from commands.payments.charges import ChargeLateFee, WaiveLateFee
from ledger.facts.codes import Channel, Direction, TaskKind
from ledger.facts.invoice.state import Invoice
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import Task

LADDER = (18, 34)  # days after the due date; the clock sends the reminders in between
STEPS = ("final call", "call again")
FEE = Decimal(40)
AWAY = {"bram": date(2026, 6, 22)}  # on holiday: tasks accumulate


def collector(world: World, who: str) -> Story:
    last = AWAY.get(who, END) - timedelta(days=1)
    for day in workdays(last):
        yield world.clock(day, 9, 5)
        for number in _by_urgency(world, who):
            if _work(world, who, number):
                yield world.now + timedelta(minutes=4)


def _by_urgency(world: World, who: str) -> list[str]:
    mine = [number for number in world.numbers if world.invoice(number).collector == who]
    first = {number: tasks_for(world.invoice(number)) for number in mine}
    return sorted(
        (number for number in mine if first[number]),
        key=lambda number: (-first[number][0].priority, number),
    )


def _work(world: World, who: str, number: str) -> bool:
    """Do the first task that can be done today; return whether there was any."""
    invoice = world.invoice(number)
    held = bool(world.debtor(invoice.debtor).holds)
    for task in tasks_for(invoice):
        paused, work = held and task.dispute is None, WORK.get(task.action)
        if task.on <= world.today and not paused and work and work(world, who, invoice, task):
            return True
    return False


def _chase(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    """Take the next rung of the ladder when it is due, and schedule the following rung."""
    number, rung = invoice.number, world.rungs.get(invoice.number, 0)
    if invoice.late_fees and invoice.open_amount <= invoice.late_fees:
        why = "Principal is paid in full; the fee is let go."
        world.run(who, WaiveLateFee(invoice=number, amount=invoice.open_amount, why=why))
        return True
    if invoice.due_on + timedelta(days=LADDER[min(rung, 1)]) > world.today:
        return False
    world.rungs[number] = rung + 1
    following = invoice.due_on + timedelta(days=LADDER[1] if rung < 1 else 45)
    plan = ScheduleFollowUp(
        invoice=number,
        next_step_on=max(following, world.today + timedelta(days=7)),
        step=STEPS[min(rung, 1)],
    )
    world.run(who, *_rung(world, who, invoice, rung), plan)
    return True


def _rung(
    world: World, who: str, invoice: Invoice, rung: int
) -> list[RecordReminder | LogContact | ChargeLateFee | CompleteTask]:
    firm, number = world.firm(invoice.number), invoice.number
    if rung > 1:
        return [CompleteTask(invoice=number, text=f"Drove past: {firm.person} was not in.")]
    text = (CALLED if rung == 0 else VOICEMAIL)[firm.language].format(number=number)
    call = _call(world, number, text, "call")
    if rung == 0:
        return [call]
    letter = RecordReminder(invoice=number, channel=Channel.LETTER, to=firm.town)
    if invoice.late_fees:
        return [call, letter]
    fee = ChargeLateFee(invoice=number, amount=FEE, why="Compensation, Directive 2011/7/EU art. 6")
    return [call, letter, fee]


def _call(world: World, number: str, text: str, name: str) -> LogContact:
    id_ = world.id(name, number, world.now)
    return world.contact(number, Channel.PHONE, Direction.OUT, text, id_, time=world.local_time)


def _resume(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    """Call; the clock writes to the debtor again."""
    number = invoice.number
    plan = ScheduleFollowUp(
        invoice=number, next_step_on=world.today + timedelta(days=10), step="phone call"
    )
    text = CALLED[world.firm(number).language].format(number=number)
    world.run(who, _call(world, number, text, "resumed"), plan)
    return True


def _broken(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    last = invoice.last_contact_on
    if last and last > world.today - timedelta(days=8):
        return False
    text = BROKE[world.firm(invoice.number).language]
    world.run(who, _call(world, invoice.number, text, "broken"))
    return True


def _release(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    hold = max(invoice.holds.values(), key=lambda hold: hold.until or date.min)
    world.run(who, ReleaseHold(invoice=invoice.number, hold_id=hold.hold_id))
    return True


def _assign(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    """Assign a resolver, at first perhaps of the wrong team, or postpone the task."""
    dispute = task.dispute
    assert dispute
    case = world.plans[dispute.case_id]
    chance = world.random(f"{who}/{invoice.number}/{world.today}").random()
    if chance < 0.3:
        tomorrow = world.today + timedelta(days=1)
        why = f"Nobody of {case.question.team} is in today."
        wait = PostponeTask(invoice=invoice.number, item=task.item, until=tomorrow, why=why)
        world.run(who, wait)
        if chance < 0.1:  # somebody came in after all, and left
            world.run(who, TakeUpTask(invoice=invoice.number, item=task.item), wait)
        return True
    wrong = "not mine" in case.turns and not dispute.resolver
    team = (
        next(name for name in TEAMS if name != case.question.team) if wrong else case.question.team
    )
    ask = AssignResolver(
        invoice=invoice.number,
        case_id=dispute.case_id,
        resolver=TEAMS[team],
        expected=case.question.text,
        why=f"{dispute.resolver} says it is for {team}" if dispute.resolver else "",
    )
    world.run(who, ask)
    return True


def _chase_resolver(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    dispute = task.dispute
    assert dispute
    world.run(who, RemindResolver(invoice=invoice.number, case_id=dispute.case_id))
    if dispute.reminders == 2 and not dispute.escalated_to:
        why = f"{dispute.resolver} was reminded three times and says nothing."
        escalation = EscalateDispute(
            invoice=invoice.number, case_id=dispute.case_id, to=MANAGER, why=why
        )
        world.run(who, escalation)
    return True


WORK: dict[TaskKind, Callable[[World, str, Invoice, Task], bool]] = {
    TaskKind.CHASE_DEBTOR: _chase,
    TaskKind.RESUME_AFTER_DISPUTE: _resume,
    TaskKind.HOLD_EXPIRED: _release,
    TaskKind.BROKEN_PROMISE: _broken,
    TaskKind.ASSIGN_RESOLVER: _assign,
    TaskKind.CHASE_RESOLVER: _chase_resolver,
    TaskKind.DECIDE_DISPUTE: decisions.decide,
}
