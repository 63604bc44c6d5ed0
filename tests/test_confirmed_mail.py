"""What follows when a person finds that a doubtful mail is really from whom it names."""

from uuid import UUID

import pytest

from commands.command import Command
from commands.context import Context
from commands.disputes.opening import OpenDispute
from commands.execute import execute
from commands.inbox.triage import AssignInbound
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE
from ledger.facts.codes import Purpose, Reason
from ledger.facts.contact_ids import contact_id_of
from support.given import TODAY, moment
from support.mailbox_case import JANSEN, LATER, MailboxCase, bounce, letter

ASSIGNED = AssignInbound(mail="m1@bakery", invoices=("F-2026-01",))


def records(mailbox: MailboxCase, command: Command) -> None:
    execute(mailbox.creditor.ledger, [command], Context("anna", moment(TODAY)))


def disputes(contact_id: UUID) -> OpenDispute:
    return OpenDispute(
        invoice="F-2026-01", reason=Reason.PRICE, comment="Too much.", contact_id=contact_id
    )


def test_a_confirmed_message_of_the_debtor_waits_until_it_has_an_invoice(
    mailbox: MailboxCase,
) -> None:
    mailbox.receive(letter("Please call me.", found=""))
    mailbox.assigns(AssignInbound(mail="m1@bakery", debtor="D-7"), LATER)
    assert len(mailbox.creditor.ledger.book(DEBTOR, "D-7").state.replies) == 1
    mailbox.assigns(ASSIGNED, LATER)
    assert mailbox.creditor.ledger.book(DEBTOR, "D-7").state.replies == ()


def test_a_dispute_opened_from_a_confirmed_message_answers_it(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("F-2026-01 is too much.", found=""))
    mailbox.assigns(ASSIGNED, LATER)
    assert len(mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state.replies) == 1
    records(mailbox, disputes(contact_id_of("m1@bakery")))
    assert mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state.replies == ()


def test_a_dispute_opened_from_a_confirmed_message_of_the_debtor_answers_it(
    mailbox: MailboxCase,
) -> None:
    mailbox.receive(letter("Please call me.", found=""))
    mailbox.assigns(AssignInbound(mail="m1@bakery", debtor="D-7"), LATER)
    records(mailbox, disputes(contact_id_of("m1@bakery")))
    assert mailbox.creditor.ledger.book(DEBTOR, "D-7").state.replies == ()


@pytest.mark.parametrize("text", ["F-2026-01 is too much.", "It is too much."])
def test_a_dispute_opened_from_a_doubtful_message_ends_its_waiting(
    mailbox: MailboxCase, text: str
) -> None:
    mailbox.receive(letter(text, found=""))
    assert len(mailbox.inbox()) == 1
    records(mailbox, disputes(contact_id_of("m1@bakery")))
    assert mailbox.inbox() == []


def test_a_confirmed_bounce_records_the_failure(mailbox: MailboxCase) -> None:
    old = f"{mailbox.id_of('copy/1')}@seller.example"
    mailbox.send("copy/1", Purpose.INVOICE_COPY, "F-2026-01", own_id=old)
    assert mailbox.receive(bounce(JANSEN, "5.1.1", old)).outcome == "waiting"
    mailbox.assigns(AssignInbound(mail="bounce1@relay.example", invoices=("F-2026-01",)), LATER)
    assert "email-failed.v1" in mailbox.topics("F-2026-01")
    assert mailbox.creditor.ledger.book(MESSAGE, "copy/1").state.status == "failed"
