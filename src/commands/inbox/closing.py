"""One matter, one task: what takes up a message ends the other tasks that the message made.

A dispute opened from a message, a dispute reopened and an outcome sent to the debtor end its
waiting in the inbox, and the receipt of the dispute replaces that of the message. Once it is
dismissed there, or assigned to invoices, the debtor's book no longer waits for its answer.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from commands.command import Command
from commands.inbox.filing import receipt_name
from commands.inbox.replies import EndDebtorWait
from commands.inbox.triage import DismissInbound
from commands.messages.outbox import WithdrawMessage
from commands.work import Work
from ledger.facts.books import DEBTOR, INCOMING, INVOICE, MESSAGE
from ledger.facts.codes import Purpose
from ledger.facts.contact_ids import contact_id_of, is_contact
from ledger.facts.debtor_events import DebtorContactLogged
from ledger.facts.entry import Entry
from ledger.facts.inbound import MailDismissed, MailMatched
from ledger.facts.invoice.dispute_endings import DisputeReopened, OutcomeNotified
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ContactLogged, EmailSent
from ledger.facts.invoice.state import Invoice

RECEIVED = 2  # lines of a mail that came in: received, matched
DISPUTED = "A dispute was opened from it."
REOPENED = "Its dispute was reopened."
NOTIFIED = "The debtor was notified of the outcome of the dispute."


def closing_commands(work: Work) -> Iterator[Command]:
    """Return the commands that end the tasks of messages that the entries took up."""
    for entry in [*work.entries]:
        match entry.event:
            case DisputeOpened(contact_id=UUID() as contact_id) as opened:
                yield from _dismissed(work, entry, DISPUTED)
                debtor = work.states(INVOICE)[entry.book_id].debtor
                yield from _of_debtor(work, debtor, contact_id, DISPUTED)
                books = [entry.book_id, *([work.state(DEBTOR, debtor).id] if debtor else [])]
                yield from _named(work, books, contact_id)
                yield from _without_second_receipt(work, debtor, opened)
            case DisputeReopened():
                yield from _dismissed(work, entry, REOPENED)
            case OutcomeNotified() | EmailSent(purpose=Purpose.OUTCOME):
                yield from _dismissed(work, entry, NOTIFIED)
            case MailDismissed() | MailMatched() if entry.line > RECEIVED:
                yield from _left_inbox(work, entry)


def _dismissed(work: Work, entry: Entry, why: str) -> Iterator[Command]:
    """Dismiss the messages of the invoice that wait in the inbox and no longer for an answer."""
    invoice: Invoice = work.states(INVOICE)[entry.book_id]
    unanswered = {reply.contact_id for reply in invoice.replies}
    for logged in (*work.history(entry.book_id), *work.entries):
        event = logged.event
        if logged.book_id != entry.book_id or not isinstance(event, ContactLogged):
            continue
        if event.mail and event.awaits_answer and event.contact_id not in unanswered:
            yield from _dismiss(work, event.mail, why)


def _named(work: Work, books: Iterable[UUID], contact_id: UUID) -> Iterator[Command]:
    """Dismiss the message that the dispute names, also while its sender is doubtful."""
    for event in (line.event for book in books for line in work.history(book)):
        logged = isinstance(event, ContactLogged | DebtorContactLogged) and event.mail
        if logged and is_contact(event.contact_id, contact_id):
            yield from _dismiss(work, event.mail, DISPUTED)


def _dismiss(work: Work, mail: str, why: str) -> Iterator[Command]:
    if work.state(INCOMING, mail).status == "waiting":
        yield DismissInbound(mail=mail, why=why)


def _of_debtor(work: Work, debtor: str, contact_id: UUID, why: str) -> Iterator[Command]:
    """End the wait of a message that names no invoice, in the book of its debtor and the inbox."""
    for reply in work.state(DEBTOR, debtor).replies if debtor else ():
        if is_contact(reply.contact_id, contact_id):
            yield EndDebtorWait(debtor=debtor, contact_id=reply.contact_id, text=why)
            yield from _dismiss(work, reply.mail, why)


def _without_second_receipt(work: Work, debtor: str, opened: DisputeOpened) -> Iterator[Command]:
    """Withdraw the receipt of the message if it was not sent: that of the dispute replaces it."""
    name = receipt_name(debtor, work.now.today)
    receipt = work.state(MESSAGE, name)
    replaced = work.state(MESSAGE, f"receipt/{opened.case_id}").known
    waits = receipt.status == "asked" and receipt.asked is not None
    if replaced and waits and receipt.asked.facts.get("contact") == str(opened.contact_id):
        yield WithdrawMessage(message=name, why=DISPUTED)


def _left_inbox(work: Work, entry: Entry) -> Iterator[Command]:
    """End the wait in the book of its debtor, unless the message is about the debtor still."""
    event, mail = entry.event, work.states(INCOMING)[entry.book_id].number
    if isinstance(event, MailMatched) and not event.invoices:
        return
    before = (line.event for line in work.history(entry.book_id))
    debtors = {line.debtor for line in before if isinstance(line, MailMatched) and line.debtor}
    text = event.why if isinstance(event, MailDismissed) else "It is about an invoice."
    for debtor in sorted(debtors):
        yield from _of_debtor(work, debtor, contact_id_of(mail), text)
