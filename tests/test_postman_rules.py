"""What became of a mail of ours, as the books of its invoices are told."""

from typing import Any

from commands.follow_up.tasks import CompleteTask
from commands.invoices.contacts import LogContact
from commands.messages.delivery import (
    RecordEmailFailed,
    RecordEmailSent,
    RecordLetterFailed,
    RecordLetterPrinted,
    WithdrawStep,
)
from ledger.facts.codes import Channel, Direction, Purpose
from ledger.facts.invoice.follow_up import (
    EmailFailed,
    EmailSent,
    LetterFailed,
    LetterPrinted,
    StepTaken,
    StepWithdrawn,
)
from ledger.policy.refusal import NotFound
from ledger.policy.tasks.invoice import tasks_for
from support.examples import CONTACT, INV, NOW, SHA, money, paid, registered
from support.given import day, given

MAIL: dict[str, Any] = {"message": "m", "purpose": Purpose.REMINDER, "to": ("a@b.nl",)}
SENT: dict[str, Any] = {"subject": "s", "message_id": "<1@x>", "document": SHA}
failed = EmailFailed(on=NOW, why="550", **MAIL)
first = StepTaken(on=NOW, step="first", times=1, planned_on=NOW, message="m", playbook=0)
second = StepTaken(on=NOW, step="second", times=1, planned_on=NOW, message="n", playbook=0)


def test_a_mail_is_recorded_with_what_it_told() -> None:
    wish = RecordEmailSent(invoice=INV, open_amount=money(100), step="first", **MAIL, **SENT)
    event = EmailSent(on=NOW, open_amount=money(100), step="first", **MAIL, **SENT)
    given(registered).when(wish).then(event)
    given().when(wish).refused(NotFound, INV)
    assert given(registered, event).becomes().reminders == 1


def test_that_it_failed_is_told_once() -> None:
    wish = RecordEmailFailed(invoice=INV, why="550", **MAIL)
    given(registered).when(wish).then(failed)
    given(registered, failed).when(wish).then()


def test_a_letter_is_recorded_like_a_mail_and_only_a_reminder_chases() -> None:
    told: dict[str, Any] = {**MAIL, "subject": "s", "document": SHA, "open_amount": money(100)}
    event = LetterPrinted(on=NOW, **told)
    given(registered).when(RecordLetterPrinted(invoice=INV, **told)).then(event)
    assert given(registered, event).becomes().last_chased_on == NOW
    copy = LetterPrinted(on=NOW, **(told | {"purpose": Purpose.INVOICE_COPY}))
    assert given(registered, copy).becomes().last_chased_on is None


def test_a_letter_that_failed_is_told_once_and_is_on_the_agenda() -> None:
    wish = RecordLetterFailed(invoice=INV, why="gone", **MAIL)
    event = LetterFailed(on=NOW, why="gone", **MAIL)
    given(registered).when(wish).then(event)
    given(registered, event).when(wish).then()
    assert asked(event) == ["mail failed", "chase debtor"]


def test_a_step_whose_message_did_not_go_is_taken_back_and_no_other() -> None:
    wish = WithdrawStep(invoice=INV, message="m", why="paid")
    event = StepWithdrawn(on=NOW, step="first", message="m", why="paid")
    given(registered, first, second).when(wish).then(event)
    [left] = given(registered, first, second, event).becomes().steps
    assert left.step == "second"
    given(registered, second).when(wish).then()


def asked(*events: Any) -> list[str]:
    return [task.action for task in tasks_for(given(registered, *events).becomes())]


def test_a_mail_that_failed_is_on_the_agenda_until_somebody_saw_to_it() -> None:
    assert asked(failed) == ["mail failed", "chase debtor"]
    [item, *_] = tasks_for(given(registered, failed).becomes())
    assert (item.on, item.why) == (NOW, ["m did not arrive on 2026-03-02"])
    [done] = given(registered, failed).when(CompleteTask(invoice=INV, item="mail")).decided()
    assert asked(failed, done) == ["chase debtor"]
    call = LogContact(
        on=day("2026-03-03"),
        invoice=INV,
        contact_id=CONTACT,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        who="Jansen",
        summary="A new address.",
    )
    [called] = given(registered, failed).when(call, on="2026-03-03").decided()
    assert asked(failed, called) == ["chase debtor"]
    assert asked(failed, paid(100)) == []
