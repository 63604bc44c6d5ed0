"""The rules of what is written in the file: contacts, reminders, notes, documents."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from commands.invoices.contacts import AddNote, AttachDocument, LogContact, RecordReminder
from ledger.facts.codes import Channel, Direction
from ledger.facts.invoice.follow_up import ReminderSent
from ledger.facts.invoice.registration import DocumentAttached, NoteAdded
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    CONTACT,
    INV,
    NOW,
    SHA,
    called,
    cancelled,
    handed_off,
    money,
    paid,
    registered,
)
from support.given import given

call: dict[str, Any] = {
    "invoice": INV,
    "channel": Channel.PHONE,
    "direction": Direction.OUT,
    "who": "Mr Jansen",
    "summary": "Will look into it.",
}
log = LogContact(**call, contact_id=CONTACT)


def test_a_contact_is_logged_once() -> None:
    given(registered).when(log).then(called)
    given(registered, called).when(log).then()
    assert given(registered, called).becomes().last_contact_on == NOW


def test_two_calls_on_one_day_are_two_contacts() -> None:
    [event] = given(registered, called).when(LogContact(**call)).decided()
    assert event.contact_id != CONTACT


def test_the_same_message_is_the_same_contact() -> None:
    first, again = (LogContact(**call, message_id=id_) for id_ in ("<a@b.nl>", " <a@b.nl> "))
    assert first.contact_id == again.contact_id
    [event] = given(registered).when(first).decided()
    given(registered, event).when(again).then()


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_can_be_logged(channel: Channel) -> None:
    [event] = given(registered).when(LogContact(**call | {"channel": channel})).decided()
    assert event.channel is channel


def test_the_time_keeps_its_offset() -> None:
    for moment in (
        "2026-07-01T09:30:00+02:00",
        datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam")),
    ):
        wish = LogContact(**call, time=moment, documents=(SHA,))
        [event] = given(registered).when(wish).decided()
        assert (event.time, event.documents) == ("09:30+02:00", (SHA,))


def reminder(step: int, open_amount: int = 100) -> ReminderSent:
    return ReminderSent(on=NOW, step=step, channel=Channel.EMAIL, open_amount=money(open_amount))


remind = RecordReminder(invoice=INV, channel=Channel.EMAIL)


def test_a_reminder_climbs_the_ladder_and_asks_what_is_open() -> None:
    given(registered).when(remind).then(reminder(1))
    given(registered, reminder(1), paid(30)).when(remind).then(reminder(2, 70))
    given(registered).when(remind.model_copy(update={"step": 4})).then(reminder(4))


@pytest.mark.parametrize("past", [paid(100), cancelled, handed_off])
def test_what_is_not_to_be_chased_is_not_reminded(past: Any) -> None:
    given(registered, past).when(remind).refused(Refused, "not collectable")
    anyway = remind.model_copy(update={"anyway": True})
    assert len(given(registered, past).when(anyway).decided()) == 1


def test_a_note_is_added() -> None:
    given(registered).when(AddNote(invoice=INV, text=" Moved. ")).then(
        NoteAdded(on=NOW, text="Moved.")
    )


def test_a_document_is_attached_once() -> None:
    wish = AttachDocument(
        invoice=INV, sha256=SHA, name="a.pdf", media_type="application/pdf", size=5
    )
    attached = DocumentAttached(
        on=NOW, sha256=SHA, name="a.pdf", media_type="application/pdf", size=5
    )
    given(registered).when(wish).then(attached)
    given(registered, attached).when(wish).then()


WRITING: list[Any] = [
    log,
    remind,
    AddNote(invoice=INV, text="Moved."),
    AttachDocument(invoice=INV, sha256=SHA, name="a", size=0),
]


@pytest.mark.parametrize("wish", WRITING, ids=lambda wish: wish.verb())
def test_a_file_needs_an_invoice(wish: Any) -> None:
    given().when(wish).refused(NotFound, INV)


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"},
        {"direction": "up"},
        {"summary": ""},
        {"time": "2026-07-01T09:30:00"},
        {"documents": ["a.pdf"]},
        {"message_id": " "},
    ],
)
def test_bad_input_is_no_contact(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LogContact(**call | wrong)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (RecordReminder, {"channel": "e-mail", "step": 0}),
        (AddNote, {"text": " "}),
        (AttachDocument, {"sha256": "ABC", "name": "a", "size": 1}),
        (AttachDocument, {"sha256": SHA, "name": "a", "size": -1}),
    ],
)
def test_bad_input_is_not_written(kind: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind(invoice=INV, **wrong)
