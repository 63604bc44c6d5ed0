"""The outbox: what waits and what failed, oldest first, and what may be tried now."""

from datetime import timedelta
from typing import Any

from commands.messages.outbox import DelayMessage, FailMessage, RecordMessageSent, WithdrawMessage
from ledger.facts.codes import Channel, Purpose
from ledger.facts.outbound import MessageEvent
from ledger.policy.playbook.in_force import shipped
from projections.outbox import OUTBOX, OutboxRow, behind, find, to_send
from support.creditor import Creditor
from support.examples import SHA
from support.given import BOOK, Given, day, given, moment
from support.postman_case import ask, open_postman

AT = moment("2026-03-02")
NAME = ask().message
GONE: dict[str, Any] = {"message": NAME, "message_id": "<1@x>", "subject": "s", "document": SHA}
LATER = DelayMessage(message=NAME, at=AT, why="451 later")


def after(*commands: Any) -> Given:
    events = list[MessageEvent]()
    for command in commands:
        state = given(*events).becomes() if events else command.kind.start(BOOK)
        events += command.decide(state, given(*events).when(command, rules=shipped()).now)
    return given(*events)


def shown(*commands: Any) -> list[OutboxRow]:
    return after(ask(), *commands).shows(OUTBOX).rows


def test_it_waits_from_when_it_was_asked_for_until_it_is_sent_or_withdrawn() -> None:
    [row] = shown()
    assert (row.message, row.status, row.tries, row.not_before) == (NAME, "asked", 0, None)
    assert (row.recipients, row.invoices) == (["ap@bakery.example"], ["A-1"])
    assert shown(RecordMessageSent(to=("a@b.nl",), **GONE)) == []
    assert shown(WithdrawMessage(message=NAME, why="paid")) == []


def test_a_delay_says_why_and_until_when() -> None:
    [row] = shown(LATER, LATER)
    assert (row.tries, row.why) == (2, "451 later")
    assert row.not_before == AT + timedelta(minutes=10)


def test_one_that_failed_stays_with_its_reason_and_one_that_came_back_is_there_again() -> None:
    fail = FailMessage(message=NAME, why="550 gone")
    for row in (*shown(fail), *shown(RecordMessageSent(to=("a@b.nl",), **GONE), fail)):
        assert (row.status, row.why) == ("failed", "550 gone")


def test_oldest_first_a_page_at_a_time_and_not_before_its_time(creditor: Creditor) -> None:
    open_postman(creditor)
    creditor.execute(ask("b"), ask("letter", channel=Channel.LETTER), on="2026-03-02")
    creditor.execute(ask("a"), ask("c"), on="2026-03-01")
    creditor.execute(
        DelayMessage(message="c", at=AT, why="451"), FailMessage(message="a", why="550")
    )
    with creditor.reading() as conn:
        everything = find("default").fetch(conn)
        assert [row.asked_on for row in everything] == [
            *[day("2026-03-01")] * 2, *[day("2026-03-02")] * 2
        ]  # fmt: skip
        [first] = find("default", limit=1).fetch(conn)
        rest = find("default", after=behind(first)).fetch(conn)
        assert [first, *rest] == everything
        assert [row.message for row in find("default", "failed").fetch(conn)] == ["a"]
        due = AT + timedelta(minutes=5)
        for channel, at, names in (
            (Channel.EMAIL, AT, ["b"]),
            (Channel.EMAIL, due, ["c", "b"]),
            (Channel.LETTER, AT, ["letter"]),
        ):
            found = to_send("default", channel, at, None, 9).fetch(conn)
            assert [row.message for row in found] == names
        assert find("other").fetch(conn) == []


def test_of_one_day_what_chases_goes_last(creditor: Creditor) -> None:
    """Who is told how his dispute ended must not be reminded of it first."""
    open_postman(creditor)
    purposes = [Purpose.REMINDER, Purpose.OUTCOME, Purpose.RECEIPT] * 2
    creditor.execute(*(ask(str(n), purpose=one) for n, one in enumerate(purposes)), on="2026-03-02")
    with creditor.reading() as conn:
        pages, after = list[str](), None
        while page := to_send("default", Channel.EMAIL, AT, after, 1).fetch(conn):
            pages += [row.purpose for row in page]
            after = behind(page[-1])
        assert sorted(pages[:4]) == ["outcome", "outcome", "receipt", "receipt"]
        assert pages[4:] == ["reminder", "reminder"]
