"""What users of other systems asked for, where no other test asks it: see docs/user-demands.md."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import settings

from api.clock.tick import TickReport
from commands.command import Command
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ReopenDispute, ResolveDispute
from commands.follow_up.promises import MakePromise
from commands.handoffs import HandOff
from commands.invoices.contacts import RecordReminder
from commands.payments.charges import ChargeInterest, ChargeLateFee
from commands.payments.payments import ReceivePayment, WriteOff
from ledger.facts.codes import Answer, Channel, Outcome, Purpose, Reason
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.dispute_handling import ResolverAnswered, ResolverChanged
from ledger.facts.invoice.follow_up import ReminderSent
from ledger.facts.invoice.holds import FollowUpResumed
from ledger.facts.invoice.payments import WrittenOff
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked
from ledger.facts.playbook_rules import DisputePolicy, Ladder, Rules, Step
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.ladder import next_step
from ledger.policy.follow_up.pauses import pause_reason
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import CHASING
from ledger.policy.visibility import EVERYTHING
from projections import agenda, debtors, invoices
from projections.contact_log.log import CONTACT_LOG
from projections.reports.ageing import ageing
from support.clock_case import ClockCase
from support.examples import (
    CASE,
    EVA,
    INV,
    NOW,
    SAM,
    assigned,
    called,
    cancelled,
    handed_off,
    known,
    money,
    opened,
    paid,
    promised,
    registered,
    resolved,
)
from support.given import day, given
from support.http_clients import open_http
from support.random_lives import BEGIN, DatedCommand, States, days, random_commands, run_commands

answered = ResolverAnswered(
    on=NOW, case_id=CASE, resolver=SAM, answer=Answer.SOLVED, text="By phone."
)
changed = ResolverChanged(
    on=NOW, case_id=CASE, resolver=EVA, previous=SAM, why="Hers.", follow_up_on=None
)


def test_a_case_is_resolved_reopened_and_resolved_again() -> None:
    """Demand 6: the last event says how it stands, and all of them stay."""
    opening = opened(contested=40)
    past = [registered, opening]
    for outcome, credited in ((Outcome.REJECTED, 0), (Outcome.CREDITED, 40)):
        wish = ResolveDispute(invoice=INV, case_id=CASE, outcome=outcome)
        past += given(*past).when(wish).decided()
        one = given(*past).becomes().disputes[CASE]
        assert (one.status, one.outcome, one.credited) == ("resolved", outcome, credited)
        assert [*given(*past).becomes().open_disputes] == []
        if outcome is Outcome.REJECTED:
            past += given(*past).when(ReopenDispute(invoice=INV, why="No.")).decided()
            one = given(*past).becomes().disputes[CASE]
            assert (one.status, one.outcome, one.reopened) == ("open", None, 1)
    told = [type(event) for event in past]
    assert told.count(DisputeResolved) == 2
    assert told.count(FollowUpResumed) == 2


def test_costs_stay_open_when_the_principal_alone_is_paid() -> None:
    """Demand 8: nothing is forgotten silently; who lets it go says so."""
    past = [registered]
    for wish in (
        ChargeLateFee(invoice=INV, amount=40, why="BW 6:96"),
        ChargeInterest(invoice=INV, amount="1.50", why="8 % over 30 days"),
        ReceivePayment(invoice=INV, reference="P1", amount=100),
    ):
        past += given(*past).when(wish).decided()
    invoice = given(*past).becomes()
    assert (invoice.open_amount, invoice.late_fees, invoice.interest) == (
        money("41.50"),
        money(40),
        money("1.50"),
    )
    assert amount_to_ask(invoice, day("2026-03-10")) == money("41.50")
    assert [task.amount for task in tasks_for(invoice)] == [money("41.50")]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_invoice_of_several_that_is_paid_stops_the_message_wherever_it_stands(
    place: int,
) -> None:
    """Demand 11: not the last row alone decides."""
    books = [given(registered).becomes()] * 3
    books[place] = given(registered, paid(100)).becomes()
    about = InvoiceSnapshot(
        INV, money(100), money(100), "EUR", day("2026-02-01"), day("2026-02-28")
    )
    message = MessageAsked(
        on=NOW,
        message="follow-up/D-7/2026-03-10",
        purpose=Purpose.REMINDER,
        channel=Channel.EMAIL,
        to=("a@b.example",),
        template="reminder",
        language="nl",
        about=(about,) * 3,
    )
    debtor, on = given(known).becomes(), day("2026-03-10")
    assert "not collectable" in withdrawal_reason(message, debtor, books, RULES, on)
    assert withdrawal_reason(message, debtor, [given(registered).becomes()] * 3, RULES, on) == ""


@pytest.mark.parametrize(
    ("purpose", "since", "why"),
    [
        (Purpose.RESOLVER_REMINDER, (), ""),
        (Purpose.RESOLVER_REMINDER, (answered,), "answered"),
        (Purpose.RESOLVER_REMINDER, (answered, changed), "Another resolver"),
        (Purpose.REQUEST, (), ""),
        (Purpose.REQUEST, (answered,), ""),
        (Purpose.REQUEST, (changed,), "Another resolver"),
        (Purpose.ESCALATION, (changed,), ""),
    ],
)
def test_who_answered_by_telephone_gets_no_reminder_that_waited(
    purpose: Purpose, since: Any, why: str
) -> None:
    """Demand 30: whichever way it came, what was asked for before and not sent yet is in vain."""
    message = MessageAsked(
        on=NOW,
        message="m",
        purpose=purpose,
        channel=Channel.EMAIL,
        to=(SAM,),
        template="request",
        language="en",
        about=(),
        case_id=CASE,
    )
    other = given(registered).becomes()
    books = [other, given(registered, opened(), assigned, *since).becomes()]
    told = withdrawal_reason(message, given(known).becomes(), books, RULES, NOW)
    assert why in told
    assert bool(told) == bool(why)


@pytest.mark.parametrize("solved", ["A-1", "A-2", "A-3"])
def test_a_case_goes_on_while_one_of_its_invoices_does(owing: ClockCase, solved: str) -> None:
    """Demand 11, in the book of each."""
    case: dict[str, Any] = {"case_id": CASE}
    numbers = ["A-1", "A-2", "A-3"]
    for number in numbers:
        if number != "A-1":
            owing.invoice(number)
        wish = OpenDispute(invoice=number, reason=Reason.PRICE, comment="Less.", **case)
        owing.execute(wish, on="2026-10-01")
    owing.execute(ResolveDispute(invoice=solved, outcome=Outcome.REJECTED, **case))
    assert owing.tick("2026-10-05") == TickReport(messages=1, steps=1)
    [message] = owing.messages()
    assert [about.invoice for about in message.about] == [solved]
    open_ = [number for number in numbers if any(owing.state(number).open_disputes)]
    assert open_ == [number for number in numbers if number != solved]


def test_what_is_written_off_is_over_in_every_view(owing: ClockCase) -> None:
    """Demands 12 and 13."""
    owing.invoice("A-2", amount="7")
    owing.execute(WriteOff(invoice="A-1", why="Bankrupt."), on="2026-10-05")
    assert (owing.row().status, owing.row().due_amounts) == ("written off", [])
    assert owing.row().open_amount == 0
    on = day("2026-10-30")
    with owing.session.pool.connection() as conn:
        assert {
            one.item.invoice for one in agenda.list_due("default", on, scope=EVERYTHING).fetch(conn)
        } == {"A-2"}
        [balance] = debtors.balances("default", on, scope=EVERYTHING).fetch(conn)
        overdue = invoices.find("default", overdue_on=on, scope=EVERYTHING).fetch(conn)
        candidates = invoices.follow_up_candidates("default", on, on).fetch(conn)
        aged = ageing("default", on, scope=EVERYTHING).fetch(conn)
    assert balance.invoices == 1
    assert balance.balance == balance.overdue == 7
    assert [one.number for one in overdue] == [one.number for one in candidates] == ["A-2"]
    assert [one.open_amount for one in aged] == [money(7)]
    assert owing.why().says == "Nothing happens: it is written off."
    assert owing.tick("2026-10-30").steps == 1


OWES = Debtor(UUID(int=7))
RULES = Rules(
    ladders={"business": Ladder(steps=(Step(step="first", after_due=1),))},
    disputes=DisputePolicy(rests="disputed amount"),
)


@whatever(life=random_commands, on=days)
@settings(max_examples=150, deadline=None, database=None)
def test_agenda_ladder_and_views_mean_the_same_by_open_and_by_collectable(
    life: list[DatedCommand], on: Any
) -> None:
    """Demands 13 and 25: one sum of what is open, and one answer to whether it may be chased."""
    states: States = {}
    run_commands("default", states, [*BEGIN, *life])
    for state in states.values():
        if not isinstance(state, Invoice):
            continue
        [shown] = invoices.show(state)
        assert shown.open_amount == state.open_amount
        assert sum(shown.due_amounts) == (0 if state.cancelled else max(state.open_amount, 0))
        assert shown.disputed_amount + shown.undisputed_amount == max(state.open_amount, 0)
        chased = [task for task in tasks_for(state) if task.action in CHASING]
        if not state.collectable:
            assert (chased, next_step(state, OWES, RULES, on)) == ([], None)
        if next_step(state, OWES, RULES, on):
            assert chased
        by_hand = state.next_step and len(state.instalments) > 1  # somebody's own plan goes first
        if not by_hand and any(task.on <= on and task.item == "debtor" for task in chased):
            assert pause_reason(state, OWES, RULES, on) is None


def test_the_file_keeps_every_line_whatever_the_invoice_is_by_now() -> None:
    """Demand 14: the history tab disappeared with the first payment."""
    past = [
        registered,
        called,
        opened(contested=40),
        resolved(Outcome.REJECTED, rejected=40),
        promised(60),
        paid(30),
        WrittenOff(on=NOW, amount=money(70), why="Bankrupt."),
        handed_off,
        cancelled,
    ]
    for lines in range(1, len(past) + 1):
        shown = given(*past[:lines]).shows(CONTACT_LOG).rows
        assert [one.line for one in shown] == [*range(1, lines + 1)]


def test_who_waits_for_another_message_of_the_day_is_told_so(owing: ClockCase) -> None:
    """Demand 15: one message a debtor a day; the other invoice goes the next, and says why."""
    owing.invoice("A-2", due_on="2026-10-08")  # its copy is due as well
    assert owing.tick("2026-10-05").steps == 1
    [step] = [one for one in owing.why("A-2").next if one.rule]
    assert (step.what, step.on) == ("copy", day("2026-10-06"))
    [stop] = owing.why("A-2").stops
    assert stop.why == "one message a day: follow-up/D-7/2026-10-05 exists already"
    assert stop.until == step.on
    assert owing.why().stops == []
    assert owing.tick("2026-10-06").steps == 1
    assert owing.why("A-2").stops == []


CHASES: list[Command] = [
    RecordReminder(invoice=INV, channel=Channel.EMAIL),
    MakePromise(invoice=INV, promised_for="2026-03-10"),
    OpenDispute(invoice=INV, reason=Reason.PRICE, comment="Less."),
    HandOff(invoice=INV, agency="Incasso BV"),
    WriteOff(invoice=INV, why="Bankrupt."),
]


@pytest.mark.parametrize("wish", CHASES, ids=lambda wish: wish.verb())
def test_of_what_is_cancelled_or_unknown_nothing_is_asked(wish: Command) -> None:
    """Demand 16."""
    given(registered).when(wish).decided()
    with pytest.raises(Refused):
        given(registered, cancelled).when(wish).decided()
    given().when(wish).refused(NotFound, INV)


def test_a_call_is_no_reminder_in_writing() -> None:
    """Demand 18: phone calls do not raise the counter of an invoice; they chase all the same."""
    by_phone = ReminderSent(on=NOW, step=1, channel=Channel.PHONE, open_amount=money(100))
    by_mail = ReminderSent(on=NOW, step=1, channel=Channel.EMAIL, open_amount=money(100))
    assert given(registered, called, by_phone).becomes().reminders == 0
    assert given(registered, called, by_phone).becomes().last_chased_on == NOW
    assert given(registered, called, by_phone, by_mail).becomes().reminders == 1


def test_a_promise_has_the_grace_of_the_playbook(database: str) -> None:
    """Demand 26: three working days after a Thursday end on Tuesday."""
    with open_http(database) as http:
        anna = http.collector()
        invoice = {"invoice": "F-1", "amount": "1210.00", "due_on": "2026-02-27", "debtor": "D-7"}
        anna.record("/invoices", invoice)
        said = {"promised_for": "2026-03-12", "amount": "10.00"}
        for more, days in (({}, 5), ({"grace_days": 0}, 0)):
            [made] = anna.record("/invoices/F-1/promises", said | more)["entries"]
            assert made["data"]["grace_days"] == days
