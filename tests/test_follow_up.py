"""The agenda and the clock ask one follow-up engine, and never contradict each other."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as but

from commands.command import Command
from commands.follow_up.holds import HoldFollowUp, ScheduleFollowUp
from commands.follow_up.promises import MakePromise
from commands.follow_up.tasks import PostponeTask
from commands.invoices.contacts import LogContact
from commands.invoices.registration import Due, RegisterInvoice
from commands.payments.payments import ReceivePayment
from ledger.facts.books import INVOICE, book_id
from ledger.facts.codes import DEBTOR_ITEM, ZERO, Purpose, TaskKind
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up import EmailFailed, EmailSent, StepTaken
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import DisputePolicy, Ladder, Repeat, Rules, Step
from ledger.policy.follow_up.amounts import amount_to_ask, portions, promised_amount, split
from ledger.policy.follow_up.holds import hold_item, lasting_holds, unsettled_holds
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import pause_reason
from ledger.policy.follow_up.schedule import CHASE_AGAIN, last_chased_on
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import CHASING, Task
from support.clock_case import LADDER, RULES
from support.given import day
from support.random_lives import (
    BEGIN,
    DatedCommand,
    States,
    amounts,
    commands,
    days,
    of_invoice,
    parts,
    references,
    run_commands,
    whys,
)

HASTY = Ladder(
    steps=(
        Step(step="copy", before_due=4),
        Step(step="first", after_due=1),
        Step(step="second", after_previous=2),
    ),
    repeat=Repeat(every=3, at_most=2),
)
PARTLY = but(RULES, disputes=DisputePolicy(rests="disputed amount"), reasons={})
TRIED = [
    but(rules, ladders={"business": but(ladder, from_amount=ZERO)}, reply_rests=rests)
    for rules in (RULES, PARTLY)
    for ladder in (LADDER, HASTY)
    for rests in (None, 3)
]
NOBODY = Debtor(book_id("default", "debtor", "D-7"))  # in no segment, and not held

steering = st.one_of(  # follow-up, more often than other commands do
    of_invoice(HoldFollowUp, reason=whys, until=st.none() | days, amount=parts, hold_id=st.uuids()),
    of_invoice(MakePromise, promised_for=days, amount=parts),
    of_invoice(ScheduleFollowUp, next_step_on=days, step=whys),
    of_invoice(ReceivePayment, reference=references, amount=amounts),
    of_invoice(
        LogContact,
        channel=st.just("e-mail"),
        direction=st.just("in"),
        awaits_answer=st.just(True),
        summary=whys,
        contact_id=st.uuids(),
    ),
    of_invoice(
        LogContact,
        channel=st.just("phone"),
        direction=st.just("out"),
        summary=whys,
        contact_id=st.uuids(),
    ),
)


def clock_looks(states: States, rules: Rules, today: date, fails: bool) -> None:
    """Take each step that is due, as if its message left at once; it may come back."""
    for id_, invoice in states.items():
        step = next_step(invoice, NOBODY, rules, today) if isinstance(invoice, Invoice) else None
        if step and step.planned_on <= today:
            events = [*left(step, f"follow-up/{invoice.number}/{today}", today)]
            for event in (*events, *(came_back(each) for each in events[1:] if fails)):
                states[id_] = INVOICE.after(states[id_], event)


def came_back(sent: InvoiceEvent) -> EmailFailed:
    assert isinstance(sent, EmailSent)
    return EmailFailed(
        on=sent.on, message=sent.message, purpose=sent.purpose, to=sent.to, why="5.1.1"
    )


def left(step: DueStep, message: str, today: date) -> Iterator[InvoiceEvent]:
    yield StepTaken(
        on=today,
        step=step.step.step,
        times=step.times,
        planned_on=step.planned_on,
        message=message,
        playbook=1,
    )
    yield EmailSent(
        on=today,
        message=message,
        purpose=Purpose.REMINDER if step.overdue else Purpose.INVOICE_COPY,
        to=(),
        subject="",
        message_id="",
        document="",
        open_amount=step.amount,
    )


def chases(invoice: Invoice, today: date) -> list[Task]:
    """Return the agenda's tasks to ask the debtor, but of what a hold covers that lasts today."""
    held = {hold_item(hold) for hold in lasting_holds(invoice, today) if hold.amount is not None}
    tasks = [task for task in tasks_for(invoice) if task.action in CHASING]
    return [task for task in tasks if task.item not in held]


def due_of(invoice: Invoice, amount: Decimal, today: date) -> Decimal:
    """Return what of ``amount`` is due today, of the first instalment also before."""
    due_on = max(today, invoice.due_on)
    return sum((one.amount for one in portions(invoice, amount) if one.due_on <= due_on), ZERO)


def with_later_instalments(invoice: Invoice, task: Task) -> Decimal:
    """Return the amount of the task, and what falls due after the day of the task."""
    if task.action in (TaskKind.CHASE_DEBTOR, TaskKind.RESUME_AFTER_DISPUTE):
        return split(invoice, unsettled_holds(invoice)).rest
    return task.amount


def overcommitted(invoice: Invoice) -> bool:
    """Return whether holds and promises take more than there is: the agenda asks for a hold that
    is over before it waits for a promise, the clock waits for all that is promised."""
    held = sum((hold.amount or ZERO for hold in invoice.holds.values()), ZERO)
    left = max(invoice.undisputed_amount - invoice.credit_due, ZERO)
    return held + promised_amount(invoice) > left


def agree(invoice: Invoice, rules: Rules, today: date) -> None:
    tasks = chases(invoice, today)
    step = next_step(invoice, NOBODY, rules, today)
    if step and step.overdue and step.planned_on <= today:
        asked = sum((with_later_instalments(invoice, task) for task in tasks), ZERO)
        assert due_of(invoice, asked, today) == step.amount or overcommitted(invoice)
        if [task.action for task in tasks] == [TaskKind.CHASE_DEBTOR] and tasks[0].on <= today:
            due_since = any(tasks[0].on <= one.due_on <= today for one in invoice.instalments)
            assert tasks[0].amount == step.amount or due_since or overcommitted(invoice)
        chased_on = last_chased_on(invoice)
        patient = chased_on is not None and today < chased_on + CHASE_AGAIN
        due_today = any(one.due_on == today for one in invoice.instalments)
        assert min(task.on for task in tasks) <= today or patient or due_today
    if pause_reason(invoice, NOBODY, rules, today):
        postponed = DEBTOR_ITEM in invoice.postponed or bool(invoice.next_step)
        nothing_left = overcommitted(invoice) and not amount_to_ask(invoice, today)
        assert all(today < task.on for task in tasks) or postponed or nothing_left


@given(
    life=st.lists(st.tuples(days, steering | commands), min_size=6, max_size=25),
    looks=st.lists(st.tuples(days, st.booleans()), max_size=8),
    rules=st.sampled_from(TRIED),
)
@settings(max_examples=200, deadline=None, database=None)
def test_what_is_due_by_the_agenda_and_what_the_clock_sends_agree(
    life: list[DatedCommand], looks: list[tuple[date, bool]], rules: Rules
) -> None:
    """On any day after any history:

    1. Where the ladder's next step is due and chases, the agenda's tasks to ask the debtor (without
       what a lasting hold covers) ask for exactly its amount, as far as it is due today.
    2. One of these tasks is on the agenda by today. It may come later only while the debtor has a
       week to answer, or when the amount falls due this very day: the ladder keeps its own
       distances.
    3. Where follow-up pauses (nothing may be asked, a dispute or a hold covers all, a message of
       the debtor is not answered), no task to ask the debtor is on the agenda by today. An item
       that a person postponed or planned is an exception: it is on the agenda on their day.

    Holds and promises over more than there is are another: see ``overcommitted``.
    """
    states: States = {}
    run_commands("default", states, BEGIN)
    happens: list[tuple[date, Command | bool]] = [*life, *looks]
    happens.sort(key=lambda one: one[0])
    ends = [on for on, _ in happens[1:]] + [happens[-1][0] + timedelta(days=30)]
    for (on, command), end in zip(happens, ends, strict=True):
        if isinstance(command, Command):
            run_commands("default", states, [(on, command)], rules)
        else:
            clock_looks(states, rules, on, fails=command)
        for invoice in states.values():
            for later in range((end - on).days if isinstance(invoice, Invoice) else 0):
                agree(invoice, rules, on + timedelta(later))


def test_a_task_that_waits_past_an_instalment_asks_for_it_too() -> None:
    """Found by the test above, in a life that it makes once in ten thousand."""
    halves = (Due(due_on=day("2026-02-28"), amount=50), Due(due_on=day("2026-04-28"), amount=50))
    states: States = {}
    bill = RegisterInvoice(
        invoice="F9", amount=100, on=day("2026-02-01"), instalments=halves, debtor="D-7"
    )
    wait = PostponeTask(
        invoice="F9", item="debtor", until=day("2026-05-11"), why="They asked for it."
    )
    run_commands("default", states, [(day("2026-02-01"), bill)])
    [invoice] = states.values()
    assert [task.amount for task in chases(invoice, day("2026-03-10"))] == [Decimal(50)]
    run_commands("default", states, [(day("2026-03-10"), wait)])
    [invoice] = states.values()
    [task] = chases(invoice, day("2026-05-11"))
    assert (task.on, task.amount) == (day("2026-05-11"), Decimal(100))
