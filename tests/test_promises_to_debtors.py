"""What a debtor is promised: a message that names no invoice, a receipt, an address, a notice."""

from typing import Any

import pytest
from msgspec.structs import replace as but

from api.inbox.manual_entry import assign_plan
from commands.command import Command
from commands.context import Context, Reactions
from commands.debtors.contacts import LogDebtorContact
from commands.debtors.registration import CorrectDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import RecordOutcomeNotice, ReopenDispute, ResolveDispute
from commands.execute import execute
from commands.follow_up.tasks import CompleteDebtorTask
from commands.inbox.triage import AssignInbound, DismissInbound
from commands.messages.failures import RefuseAddress
from commands.playbook import ApplyPlaybook
from ledger.facts.books import DEBTOR, MESSAGE
from ledger.facts.codes import REPLY_ITEM, Channel, Direction, Outcome, Purpose, Reason
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.follow_up import EmailFailed, EmailSent, StepTaken
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import debtor_pause
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.playbook.in_force import shipped
from ledger.policy.reachability import can_reach
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.visibility import EVERYTHING
from projections.agenda import list_due
from support.creditor import Creditor
from support.examples import CASE, known, money, registered
from support.given import TODAY, day, given, moment
from support.mailbox_case import SERVER, MailboxCase, letter, open_mailbox
from support.message_examples import asked, mail_of

RULES = shipped()
WORDS = "The price is wrong. Please call me."


@pytest.fixture(autouse=True)
def mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_MAIL_AUTHSERV", SERVER)


@pytest.fixture
def own_mailbox(creditor: Creditor) -> MailboxCase:
    return open_mailbox(creditor, "F-2026-01", "F-2026-02")


def debtor(own_mailbox: MailboxCase) -> Debtor:
    state: Debtor = own_mailbox.creditor.ledger.book(DEBTOR, "D-7").state
    return state


def run(own_mailbox: MailboxCase, command: Command) -> None:
    plan = assign_plan(own_mailbox.session, command) if isinstance(command, AssignInbound) else None
    execute(own_mailbox.creditor.ledger, plan or [command], Context("anna", moment(TODAY)))


def agenda(own_mailbox: MailboxCase) -> set[str]:
    with own_mailbox.creditor.reading() as conn:
        rows = list_due(own_mailbox.creditor.tenant, day("2026-04-30"), scope=EVERYTHING).fetch(
            conn
        )
    return {row.item.action for row in rows}


def test_a_message_that_names_no_invoice_rests_all_of_them(own_mailbox: MailboxCase) -> None:
    """F8: whoever does not name their invoice is not reminded over their words either."""
    own_mailbox.receive(letter(WORDS))
    pause = debtor_pause(debtor(own_mailbox), day("2026-12-31"))
    assert pause is not None
    assert (pause.why, pause.until) == (
        "the message of jan@bakery.example of 2026-03-02 is not answered",
        None,
    )
    assert "answer debtor" in agenda(own_mailbox)
    assert "chase debtor" not in agenda(own_mailbox)


@pytest.mark.parametrize(
    "command",
    [
        DismissInbound(mail="m1@bakery", why="Thanks."),
        AssignInbound(mail="m1@bakery", invoices=("F-2026-02",)),
        CompleteDebtorTask(debtor="D-7", item=REPLY_ITEM),
        LogDebtorContact(
            debtor="D-7", channel=Channel.PHONE, direction=Direction.OUT, summary="Told them."
        ),
        OpenDispute(
            invoice="F-2026-01",
            reason=Reason.PRICE,
            comment=WORDS,
            contact_id=contact_id_of("m1@bakery"),
        ),
    ],
    ids=lambda command: command.verb(),
)
def test_what_ends_that_rest(own_mailbox: MailboxCase, command: Command) -> None:
    own_mailbox.receive(letter(WORDS))
    run(own_mailbox, command)
    assert debtor_pause(debtor(own_mailbox), day(TODAY)) is None
    assert debtor(own_mailbox).replies == ()
    if not isinstance(command, CompleteDebtorTask | LogDebtorContact):
        assert own_mailbox.inbox() == []


def test_a_message_that_is_assigned_to_the_debtor_alone_still_waits(
    own_mailbox: MailboxCase,
) -> None:
    own_mailbox.receive(letter(WORDS))
    run(own_mailbox, AssignInbound(mail="m1@bakery", debtor="D-7"))
    assert own_mailbox.inbox() == []
    assert [task.item for task in debtor_tasks(debtor(own_mailbox))][:1] == [REPLY_ITEM]


@pytest.mark.parametrize("reactions", [Reactions.ALWAYS, Reactions.NONE])
def test_the_receipt_of_a_dispute_replaces_that_of_its_message(
    own_mailbox: MailboxCase, reactions: Reactions
) -> None:
    own_mailbox.receive(letter("About F-2026-01: " + WORDS))
    contact = contact_id_of("m1@bakery")
    opening = OpenDispute(
        invoice="F-2026-01", reason=Reason.PRICE, comment=WORDS, contact_id=contact
    )
    context = Context("anna", moment(TODAY), reactions=reactions)
    execute(own_mailbox.creditor.ledger, [opening], context)
    ledger = own_mailbox.creditor.ledger
    receipts = [ledger.book(MESSAGE, event.message).state for event in own_mailbox.receipts()]
    waiting = ["withdrawn", "asked"] if reactions is Reactions.ALWAYS else ["asked"]
    assert [receipt.status for receipt in receipts] == waiting, "one receipt is sent"


DISPUTE = {"invoice": "F-2026-01", "case_id": CASE}


@pytest.mark.parametrize(
    "end", [RecordOutcomeNotice(**DISPUTE), ReopenDispute(**DISPUTE, why="They object.")]
)
def test_the_inbox_does_not_wait_for_what_is_taken_up(
    own_mailbox: MailboxCase, end: Command
) -> None:
    """F24: an outcome answers a complaint, a reopened case answers an objection."""
    opening = OpenDispute(**DISPUTE, reason=Reason.PRICE, comment="Less.", contested=10)
    resolve = ResolveDispute(**DISPUTE, outcome=Outcome.REJECTED)
    complaint = letter("F-2026-01: drie dozen zijn nooit ontvangen.")
    if isinstance(end, ReopenDispute):
        own_mailbox.creditor.execute(opening, resolve)
        own_mailbox.receive(complaint)
    else:
        own_mailbox.receive(complaint)
        own_mailbox.creditor.execute(opening, resolve)
    assert len(own_mailbox.inbox()) == 1
    run(own_mailbox, end)
    assert own_mailbox.inbox() == []
    assert not {"answer debtor", "reopen dispute"} & agenda(own_mailbox)


@pytest.mark.parametrize(
    ("language", "open_ended", "limited"),
    [
        ("en", "Until you hear from us", "until 16 March 2026 at most"),
        ("nl", "Tot u van ons hoort", "hoogstens tot 16 maart 2026"),
        ("de", "Bis Sie von uns hören", "längstens jedoch bis zum 16. März 2026"),
        ("fr", "Jusqu'à notre réponse, vous", "pas au-delà du 16 mars 2026"),
    ],
)
def test_a_receipt_promises_what_the_playbook_keeps(
    language: str, open_ended: str, limited: str
) -> None:
    def words(**facts: str) -> str:
        made = mail_of(template="receipt", purpose=Purpose.RECEIPT, language=language, facts=facts)
        return " ".join(made.text.split())

    assert open_ended in words()
    assert limited in words(resumes_on="2026-03-16")
    assert open_ended not in words(resumes_on="2026-03-16")
    assert open_ended not in words(rests="no")


@pytest.mark.parametrize(("days", "facts"), [(10, "2026-03-16"), (0, None), (None, None)])
def test_the_limit_of_the_playbook_is_in_the_book_and_the_receipt(
    creditor: Creditor, days: int | None, facts: str | None
) -> None:
    mailbox = open_mailbox(creditor, "F-2026-01")
    creditor.execute(ApplyPlaybook(rules=but(RULES, reply_rests=days)))
    mailbox.receive(letter("Who can I call about F-2026-01?"))
    [receipt] = mailbox.receipts()
    assert receipt.facts.get("resumes_on") == facts
    assert receipt.facts.get("rests") == ("no" if days == 0 else None)
    logged = mailbox.events("F-2026-01")[-1]
    assert logged.rests_until == {10: day("2026-03-16"), 0: day(TODAY), None: None}[days]


def refuse(address: str) -> RefuseAddress:
    return RefuseAddress(debtor="D-7", address=address, why="5.1.1")


def test_a_refused_address_is_used_again_when_it_is_corrected_or_confirmed() -> None:
    dead = given(known, *given(known).when(refuse("info@bakery.example")).decided())
    assert not can_reach(dead.becomes(), Channel.EMAIL)
    assert (
        dead.when(RefuseAddress(debtor="D-7", address="INFO@bakery.example", why="")).decided()
        == []
    )
    assert "mail to 'info@bakery.example' was refused" in " ".join(
        debtor_tasks(dead.becomes())[0].why
    )
    for email in ("info@bakery.example", "new@bakery.example"):
        [corrected] = dead.when(
            CorrectDebtor(debtor="D-7", email=email, why="They called.")
        ).decided()
        assert can_reach(given(*dead.events, corrected).becomes(), Channel.EMAIL)
    assert given(known).when(refuse("jan@bakery.example")).decided() == []


def test_a_pending_reminder_to_a_dead_address_is_withdrawn() -> None:
    [event] = (
        given(known)
        .when(RefuseAddress(debtor="D-7", address="info@bakery.example", why=""))
        .decided()
    )
    reminder, invoice = asked(to=("info@bakery.example",), about=()), given(registered).becomes()
    of = (given(known, event).becomes(), [invoice], RULES, day(TODAY))
    assert withdrawal_reason(reminder, *of) == "Mail to the address of the debtor is refused."


CONSUMER = but(RULES, segment="consumer")
LETTER, FINAL = "14-day letter", "final notice"


def took(step: str, on: str) -> StepTaken:
    return StepTaken(
        on=day(on), step=step, times=1, planned_on=day(on), message=f"m/{on}", playbook=1
    )


def left(message: str, on: str) -> EmailSent:
    facts: dict[str, Any] = {"to": (), "subject": "", "message_id": "", "document": ""}
    return EmailSent(
        on=day(on), message=message, purpose=Purpose.REMINDER, open_amount=money(100), **facts
    )


def failed(message: str, on: str) -> EmailFailed:
    return EmailFailed(on=day(on), message=message, purpose=Purpose.REMINDER, to=(), why="5.1.1")


def due(*events: Any, on: str) -> DueStep:
    step = next_step(given(registered, *events).becomes(), DEBTOR.start(CASE), CONSUMER, day(on))
    assert step is not None
    return step


GIVEN = (took("first reminder", "2026-03-03"), took(LETTER, "2026-03-13"))


def test_a_message_that_failed_was_no_step_and_no_reminder() -> None:
    """F10."""
    sent = (*GIVEN, left("m/2026-03-13", "2026-03-13"))
    book = given(registered, *sent, failed("m/2026-03-13", "2026-03-16")).becomes()
    assert ([taken.step for taken in book.steps], book.reminders) == (["first reminder"], 0)
    again = due(*sent, failed("m/2026-03-13", "2026-03-16"), on="2026-03-17")
    assert (again.step.step, again.planned_on) == (LETTER, day("2026-03-14"))


def test_what_was_built_on_a_notice_that_failed_does_not_count() -> None:
    """F10: a final notice that followed a 14-day letter which came back late."""
    final = (left("m/2026-03-13", "2026-03-13"), took(FINAL, "2026-04-03"))
    lost = (*GIVEN, *final, failed("m/2026-03-13", "2026-04-06"))
    assert due(*lost, on="2026-04-07").step.step == LETTER
    again = (took(LETTER, "2026-04-07"), left("m/2026-04-07", "2026-04-08"))
    then = due(*lost, *again, on="2026-04-10")
    assert (then.step.step, then.planned_on) == (FINAL, day("2026-04-29"))


def test_the_term_of_a_notice_begins_when_it_left() -> None:
    """F10: the mail server was down, or the printer was out of paper."""
    waits = due(*GIVEN, on="2026-05-01")
    assert (waits.step.step, waits.planned_on) == (FINAL, day("2026-05-22"))
    late = due(*GIVEN, left("m/2026-03-13", "2026-03-20"), on="2026-05-01")
    assert late.planned_on == day("2026-04-10")
    assert "the term of the notice before it is over on 2026-04-10" in late.why
