"""A debtor who wrote is answered: until then it is on the agenda, and an answer ends what rests."""

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace as but
from pydantic import ValidationError

from commands.disputes.resolutions import ReopenDispute
from commands.follow_up.tasks import CompleteTask, PostponeTask
from commands.inbox.replies import PauseAfterReply, ReopenAfterReply
from commands.invoices.contacts import LogContact
from ledger.facts.codes import REPLY_ITEM, Channel, Direction, Outcome, Purpose, TaskKind
from ledger.facts.contact_ids import REPLY, reply_hold
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.follow_up import (
    ContactLogged,
    EmailSent,
    FollowUpHeld,
    FollowUpResumed,
    FollowUpScheduled,
    ItemDone,
    ReminderSent,
)
from ledger.facts.invoice.payments import CreditNoteIssued
from ledger.facts.playbook_rules import DisputePolicy, Ladder, Rules, Step
from ledger.policy.disputes.reopening import reopenable_by_reply
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import Task
from projections.agenda import AGENDA
from support.examples import (
    CASE,
    CONTACT,
    HOLD,
    INV,
    NOW,
    called,
    money,
    opened,
    paid,
    registered,
    resolved,
)
from support.given import Given, day, given

LATER, UNTIL = day("2026-03-04"), day("2026-03-09")
reminded = ReminderSent(on=NOW, step=1, channel=Channel.EMAIL, open_amount=money(100))
wrote = but(
    called,
    channel=Channel.EMAIL,
    direction=Direction.IN,
    who="jan@bakery.example",
    summary="Who can I  call\nabout this? " + "x" * 200,
    awaits_answer=True,
)
rests = FollowUpHeld(
    on=NOW, hold_id=reply_hold(CONTACT), amount=None, reason=REPLY, until=UNTIL, release_by=()
)
past = given(registered, reminded, wrote, rests)
call = LogContact(
    invoice=INV, channel=Channel.PHONE, direction=Direction.OUT, summary="Told him.", on=LATER
)
resumed = FollowUpResumed(on=LATER, hold_id=reply_hold(CONTACT), case_id=None, next_step_on=LATER)
receipt = EmailSent(
    on=LATER,
    message="receipt/contact/1",
    purpose=Purpose.RECEIPT,
    to=("jan@bakery.example",),
    subject="We have it.",
    message_id="1@seller",
    document="",
    open_amount=money(100),
)


def after(before: Given, wish: Any, on: str = "2026-03-04") -> Given:
    return given(*before.events, *before.when(wish, on).decided())


def reply(of: Given) -> Task | None:
    return next((task for task in tasks_for(of.becomes()) if task.item == REPLY_ITEM), None)


def test_who_wrote_is_on_the_agenda_of_the_collector_from_that_day() -> None:
    task = reply(past)
    assert task is not None
    assert (task.action, task.on, task.amount) == (TaskKind.ANSWER_DEBTOR, NOW, money(100))
    [why] = task.why
    assert why.startswith("from jan@bakery.example on 2026-03-02: Who can I call about this? xxx")
    assert len(why) < 150
    assert ("answer debtor", "anna") in [(r.action, r.collector) for r in past.shows(AGENDA).rows]


@pytest.mark.parametrize("channel", Channel)
def test_an_answer_by_any_channel_ends_the_rest(channel: Channel) -> None:
    wish = call.model_copy(update={"channel": channel})
    logged, *rest = past.when(wish).decided()
    assert isinstance(logged, ContactLogged)
    assert rest == [resumed]
    answered = after(past, wish)
    assert answered.becomes().holds == {}
    assert reply(answered) is None


def test_what_was_planned_by_hand_stays() -> None:
    plan = FollowUpScheduled(on=NOW, next_step_on=day("2026-04-01"), step="visit")
    [_, event] = given(*past.events, plan).when(call).decided()
    assert event.next_step_on == day("2026-04-01")


def test_what_we_said_before_is_no_answer() -> None:
    wish = call.model_copy(update={"on": day("2026-03-01")})
    [only] = past.when(wish).decided()
    assert isinstance(only, ContactLogged)
    assert reply(after(past, wish))


@pytest.mark.parametrize("said", [receipt, reminded, but(receipt, purpose=Purpose.REMINDER)])
def test_no_machine_answers_him(said: Any) -> None:
    more = given(*past.events, said)
    assert reply(more)
    assert list(more.becomes().holds) == [reply_hold(CONTACT)]


def test_only_holds_of_replies_end() -> None:
    by_hand = but(rests, hold_id=HOLD)
    over = but(rests, until=LATER)
    assert given(registered, wrote, by_hand).when(call).decided()[1:] == []
    assert given(registered, wrote, over).when(call).decided()[1:] == []
    part = but(by_hand, amount=money(10), reason="Talks.")
    assert given(*past.events, part).when(call).decided()[1:] == [resumed]


def test_a_rest_of_before_there_were_items_ends_too() -> None:
    assert given(registered, but(wrote, awaits_answer=False), rests).when(call).decided()[1:] == [
        resumed
    ]


def test_it_may_be_called_done_or_wait() -> None:
    done = CompleteTask(invoice=INV, item=REPLY_ITEM, on=LATER)
    first, *rest = past.when(done).decided()
    assert isinstance(first, ItemDone)
    assert rest == [resumed]
    assert reply(after(past, done)) is None
    again = given(*after(past, done).events, but(wrote, contact_id=UUID(int=99), on=LATER))
    assert reply(again)
    wait = PostponeTask(invoice=INV, item=REPLY_ITEM, until=UNTIL, why="Ask Eva.")
    task = reply(after(past, wait))
    assert task is not None
    assert task.on == UNTIL


def test_follow_up_goes_on_after_the_days_and_the_item_stays() -> None:
    found = [(task.action, task.on) for task in tasks_for(past.becomes())]
    assert found == [(TaskKind.ANSWER_DEBTOR, NOW), (TaskKind.HOLD_EXPIRED, UNTIL)]


def test_who_writes_again_waits_since_the_first_time() -> None:
    again = but(wrote, contact_id=UUID(int=99), on=LATER, summary="Hello?")
    task = reply(given(*past.events, again))
    assert task is not None
    assert (task.on, task.why[0].partition(" on ")[2]) == (
        NOW,
        "2026-03-04 (2 times; this was the last): Hello?",
    )


def test_nothing_open_asks_for_no_answer() -> None:
    assert reply(given(*past.events, paid(100))) is None


def test_only_what_came_in_waits_for_an_answer() -> None:
    with pytest.raises(ValidationError, match="only to incoming contacts"):
        LogContact(**call.model_dump() | {"awaits_answer": True})


RULES = Rules(ladders={"business": Ladder(steps=(Step(step="first", after_due=3),))})
decided = (registered, opened(), resolved(Outcome.REJECTED, rejected=100))  # on 2 March
disputed_again = but(wrote, on=LATER, resolved_case=CASE)
reopen = ReopenAfterReply(invoice=INV, case_id=CASE, words="No.")


def lately(on: str, *events: Any, **more: Any) -> bool:
    rules = but(RULES, disputes=DisputePolicy(**more))
    return reopenable_by_reply(given(*(events or decided)).becomes(), rules, day(on)) is not None


def test_soon_after_a_decision_he_may_take_it_up_again() -> None:
    assert lately("2026-03-02")
    assert lately("2026-03-30")  # twenty working days
    assert not lately("2026-03-31")
    assert not lately("2026-03-03", reopen_within=0)
    assert not lately("2026-03-01")
    assert not lately("2026-03-03", registered)
    assert not lately("2026-03-03", *decided, opened(case_id=HOLD))  # another is open anyway


def test_not_for_ever() -> None:
    again = DisputeReopened(on=NOW, case_id=CASE, why="No.", disputed=money(100))
    twice = (*decided, again, decided[-1])
    assert lately("2026-03-03", *twice)
    assert not lately("2026-03-03", *twice, reopen_at_most=1)
    assert not lately("2026-03-03", *twice, again, decided[-1])


def test_the_agenda_asks_whether_to_reopen() -> None:
    asked = given(*decided, disputed_again)
    task = reply(asked)
    assert task is not None
    assert (task.action, task.dispute and task.dispute.case_id) == (TaskKind.REOPEN_DISPUTE, CASE)
    assert task.why[1] == "its dispute was rejected on 2026-03-02: reopen-dispute if they object"
    reopened = after(asked, ReopenDispute(invoice=INV, why="He is right."))
    assert reply(reopened) is None
    assert reply(after(asked, call)) is None


def test_it_is_reopened_by_itself_only_where_something_is_left_to_dispute() -> None:
    [event] = given(*decided, disputed_again).when(reopen).decided()
    assert (event.disputed, event.why) == (100, "The debtor answered: No.")
    assert given(*decided, paid(100)).when(reopen).decided() == []
    assert given(*decided, event).when(reopen).decided() == []
    credited = resolved(Outcome.CREDITED, credited=100)
    note = CreditNoteIssued(on=NOW, number="C1", amount=money(40), case_id=CASE)
    assert given(registered, opened(), credited, note).when(reopen).decided()[0].disputed == 60


def test_who_answers_rests_once() -> None:
    wish = PauseAfterReply(invoice=INV, until=UNTIL, contact_id=CONTACT)
    assert given(registered, reminded, wrote).when(wish).decided() == [rests]
    assert past.when(wish).decided() == []
