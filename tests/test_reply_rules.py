"""A debtor who wrote is answered: until then it is on the agenda, and follow-up rests."""

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace as but
from pydantic import ValidationError

from commands.disputes.resolutions import RecordOutcomeNotice, ReopenDispute
from commands.follow_up.tasks import CompleteTask, PostponeTask
from commands.inbox.replies import ReopenAfterReply
from commands.invoices.contacts import LogContact
from ledger.facts.books import DEBTOR
from ledger.facts.codes import REPLY_ITEM, Channel, Direction, Outcome, Purpose, TaskKind
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.follow_up import (
    ContactLogged,
    EmailFailed,
    EmailSent,
    ItemDone,
    ReminderSent,
)
from ledger.facts.invoice.payments import CreditNoteIssued
from ledger.facts.playbook_rules import DisputePolicy, Ladder, Rules, Step
from ledger.policy.disputes.reopening import reopenable_by_reply
from ledger.policy.follow_up.pauses import Pause, pause_reason
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
past = given(registered, reminded, wrote)
call = LogContact(
    invoice=INV, channel=Channel.PHONE, direction=Direction.OUT, summary="Told him.", on=LATER
)
again = but(wrote, contact_id=UUID(int=99), on=LATER, summary="Hello?")
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
outcome = but(receipt, message="outcome/1", purpose=Purpose.OUTCOME, case_id=CASE)

RULES = Rules(ladders={"business": Ladder(steps=(Step(step="first", after_due=3),))})
decided = (registered, opened(), resolved(Outcome.REJECTED, rejected=100))  # on 2 March
disputed_again = but(wrote, on=LATER, resolved_case=CASE)


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


def paused(of: Given, on: str = "2026-12-01") -> Pause | None:
    return pause_reason(of.becomes(), DEBTOR.start(HOLD), RULES, day(on))


@pytest.mark.parametrize("channel", Channel)
def test_an_answer_by_any_channel_ends_the_rest(channel: Channel) -> None:
    wish = call.model_copy(update={"channel": channel})
    [logged] = past.when(wish).decided()
    assert isinstance(logged, ContactLogged)
    answered = after(past, wish)
    assert paused(past)
    assert not paused(answered)
    assert reply(answered) is None


def test_follow_up_rests_until_somebody_has_answered() -> None:
    """F8: also of an invoice that nobody was reminded of, and however many days pass."""
    found = paused(given(registered, wrote))
    assert found == Pause("the message of jan@bakery.example of 2026-03-02 is not answered")
    assert [task.action for task in tasks_for(past.becomes())] == [TaskKind.ANSWER_DEBTOR]


def test_the_playbook_may_set_a_limit_which_is_recorded() -> None:
    limited = given(registered, reminded, but(wrote, rests_until=UNTIL))
    assert paused(limited, "2026-03-08") == Pause(paused(past).why, UNTIL)  # type: ignore[union-attr]
    assert not paused(limited, "2026-03-09")
    found = [(task.action, task.on) for task in tasks_for(limited.becomes())]
    assert found == [(TaskKind.ANSWER_DEBTOR, NOW), (TaskKind.CHASE_DEBTOR, UNTIL)]
    unlimited = given(*limited.events, again)
    assert paused(unlimited) == Pause(paused(past).why)  # type: ignore[union-attr]


def test_an_objection_to_an_outcome_rests_without_a_limit() -> None:
    """F8: no final notice goes out while *reopen dispute* is on the agenda."""
    objects = given(*decided, but(disputed_again, rests_until=UNTIL))
    assert paused(objects)
    assert {task.action for task in tasks_for(objects.becomes())} == {TaskKind.REOPEN_DISPUTE}


def test_what_we_wrote_before_is_no_answer() -> None:
    wish = call.model_copy(update={"on": day("2026-03-01")})
    [only] = past.when(wish).decided()
    assert isinstance(only, ContactLogged)
    assert reply(after(past, wish))


@pytest.mark.parametrize("sent", [receipt, reminded, but(receipt, purpose=Purpose.REMINDER)])
def test_no_machine_answers_them(sent: Any) -> None:
    more = given(*past.events, sent)
    assert reply(more)
    assert paused(more)


def test_it_may_be_called_done_or_wait() -> None:
    done = CompleteTask(invoice=INV, item=REPLY_ITEM, on=LATER)
    [first] = past.when(done).decided()
    assert isinstance(first, ItemDone)
    assert reply(after(past, done)) is None
    assert not paused(after(past, done))
    assert reply(given(*after(past, done).events, again))
    wait = PostponeTask(invoice=INV, item=REPLY_ITEM, until=UNTIL, why="Ask Eva.")
    task = reply(after(past, wait))
    assert task is not None
    assert task.on == UNTIL


def test_who_wrote_last_is_named_and_waits_since_the_first_time() -> None:
    """F14: a mail of one, then a text message of another."""
    sms = but(again, who="+31612345678", channel=Channel.SMS, summary="All is well.")
    task = reply(given(*past.events, sms))
    assert task is not None
    assert task.on == NOW
    words = "from +31612345678 on 2026-03-04 (2 times; this was the last): All is well."
    assert task.why == [words]


def test_an_answer_is_to_what_came_before_it() -> None:
    later = given(*past.events, but(again, on=UNTIL), *past.when(call).decided())
    task = reply(later)
    assert task is not None
    assert (task.on, len(later.becomes().replies)) == (UNTIL, 1)


def test_a_dispute_opened_from_a_message_takes_it_up() -> None:
    """F24: what was written after it still waits."""
    both = given(*past.events, again)
    assert reply(given(*both.events, opened(contact_id=UUID(int=99)))) is None
    left = given(*both.events, opened(contact_id=CONTACT)).becomes().replies
    assert [one.contact_id for one in left] == [UUID(int=99)]
    assert len(given(*both.events, opened()).becomes().replies) == 2


@pytest.mark.parametrize("by_mail", [True, False])
def test_an_outcome_told_answers_what_was_written_before(by_mail: bool) -> None:
    """F24: by our mail or otherwise; an objection to it still waits."""
    before = given(registered, wrote, opened(), resolved(Outcome.REJECTED, rejected=100))
    wish = RecordOutcomeNotice(invoice=INV, case_id=CASE, channel=Channel.PHONE, on=LATER)
    told = [outcome] if by_mail else before.when(wish).decided()
    assert reply(given(*before.events, *told)) is None
    assert reply(given(*before.events, disputed_again, *told))


def test_the_mailed_outcome_settles_the_case() -> None:
    """F16: T5; not while its credit note is to be issued, nor when the mail comes back."""
    told = given(*decided, outcome)
    assert told.becomes().disputes[CASE].settled_on == LATER
    back = EmailFailed(
        on=UNTIL, message=outcome.message, purpose=Purpose.OUTCOME, to=(), why="5.1.1", case_id=CASE
    )
    assert given(*told.events, back).becomes().disputes[CASE].settled_on is None
    credited = resolved(Outcome.CREDITED, credited=100)
    waits = given(registered, opened(), credited, outcome).becomes()
    assert waits.disputes[CASE].settled_on is None


def test_an_outcome_that_comes_back_answered_nothing() -> None:
    before = given(registered, wrote, opened(), resolved(Outcome.REJECTED, rejected=100))
    back = EmailFailed(
        on=UNTIL, message=outcome.message, purpose=Purpose.OUTCOME, to=(), why="5.1.1", case_id=CASE
    )
    lost = given(*before.events, outcome, back)
    task = reply(lost)
    assert task is not None
    assert (task.action, task.on) == (TaskKind.ANSWER_DEBTOR, NOW)
    assert paused(lost)
    spoken = given(*before.events, outcome, *before.when(call).decided(), back)
    assert reply(spoken) is None, "somebody had phoned in between"
    second = but(outcome, message="outcome/2", on=UNTIL)
    twice = given(*before.events, outcome, second, back)
    assert reply(twice) is None, "a later mail had arrived"
    assert reply(given(*twice.events, but(back, message="outcome/2"))) is not None


def test_nothing_open_asks_for_no_answer() -> None:
    assert reply(given(*past.events, paid(100))) is None


def test_who_writes_about_a_paid_invoice_is_answered() -> None:
    late = given(*past.events, paid(100), again)
    task = reply(late)
    assert task is not None
    assert (task.action, task.on, task.amount) == (TaskKind.ANSWER_DEBTOR, LATER, money(0))
    assert reply(after(late, call)) is None
    objects = given(*decided, paid(100), disputed_again)
    found = reply(objects)
    assert found is not None
    assert found.action is TaskKind.ANSWER_DEBTOR, "nothing is left to reopen"


def test_only_what_came_in_waits_for_an_answer() -> None:
    with pytest.raises(ValidationError, match="only to incoming contacts"):
        LogContact(**call.model_dump() | {"awaits_answer": True})


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
