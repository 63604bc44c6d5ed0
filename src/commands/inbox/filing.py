"""What follows from a mail that is matched, in the same append: logged, and at most answered once.

A person's reply lets follow-up rest; a bounce tells the books of what came back; a resolver's
reply is his answer only when its first line can mean nothing else. What a machine wrote is logged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from commands.command import Command
from commands.debtors.contacts import LogDebtorContact
from commands.disputes.resolvers import RecordAnswer
from commands.inbox.matching import OF_CASE
from commands.inbox.message import ParsedMessage
from commands.inbox.replies import PauseAfterReply, ReopenAfterReply
from commands.invoices.contacts import AttachDocument, LogContact
from commands.invoices.delivery import RecordDeliveryFailure
from commands.messages.delivery import RecordEmailFailed
from commands.messages.outbox import FailMessage, RequestMessage, snapshot
from commands.unit_of_work import UnitOfWork
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE
from ledger.facts.codes import Channel, Direction, Purpose
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.inbound import MailMatched, MailReceived, MatchRule, Sender
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked
from ledger.policy import business_days
from ledger.policy.disputes.detection import answer_keyword
from ledger.policy.disputes.reopening import reopenable_by_reply
from ledger.policy.messages.languages import language_of

MACHINES = {
    Sender.AUTOMATIC: "an automatic answer",
    Sender.BOUNCE: "an automatic notice of a mail server",
    Sender.LIST: "a mailing list",
}
BEGINNING = 100  # characters of a mail
NO_WORDS = "(nothing was written in it)"
RECEIPTED = (Channel.EMAIL, Channel.PORTAL)  # who phones or chats hears it there


@dataclass(frozen=True)
class Mail:
    """A mail as its book has it, where it belongs, and the day it is taken in.

    ``theirs``: it came from whom we expect it from. ``ours``: somebody of us wrote it to them.
    ``again``: it was in the books of invoices before, and its sender heard then what he may hear.
    """

    received: MailReceived
    matched: MailMatched
    today: date
    theirs: bool = True
    ours: bool = False
    again: bool = False


def filing_commands(
    work: UnitOfWork, mail: Mail, read: ParsedMessage | None = None
) -> Iterator[Command]:
    """``read`` is what only the mail itself tells: who was not reached."""
    invoices = [work.state(INVOICE, number) for number in mail.matched.invoices]
    asked = _asked(work, mail)
    yield from _logged(work, mail, invoices, asked)
    if mail.received.sender is Sender.BOUNCE and asked and read:
        yield from _came_back(work, read, asked)
    if mail.received.sender is not Sender.PERSON or not mail.theirs:
        return
    if asked and asked.purpose is Purpose.APPROVAL_REQUEST:
        return  # a credit is approved on the page alone
    if asked and asked.purpose is Purpose.COPY:
        return  # of him nothing was asked
    if _of_case(asked):
        if (
            mail.matched.rule is not MatchRule.MANUAL
        ):  # who assigns it does not say that it is his answer
            yield from _answered(mail, invoices)
    else:
        yield from _replied(work, mail, invoices, asked)


def _logged(
    work: UnitOfWork, mail: Mail, invoices: list[Invoice], asked: MessageAsked | None
) -> Iterator[Command]:
    """In the books of its invoices, or of the debtor when only he is known."""
    received, matched = mail.received, mail.matched
    told = {
        "on": received.on,
        "channel": received.channel,
        "direction": Direction.OUT if mail.ours else Direction.IN,
        "who": _who(mail),
        "time": _time(received),
        "summary": received.text.strip() or received.subject.strip() or NO_WORDS,
        "message_id": received.message_id or None,
        "documents": (received.document, *received.attachments),
        "contact_id": contact_id_of(received.mail),
    }
    of_debtor = received.sender is Sender.PERSON and mail.theirs and not _of_case(asked)
    rules = work.rules
    for number, invoice in zip(matched.invoices, invoices, strict=True):
        case = reopenable_by_reply(invoice, rules, received.on) if of_debtor else None
        yield LogContact.model_validate(
            {
                **told,
                "invoice": number,
                "awaits_answer": of_debtor,
                "resolved_case": case and case.case_id,
            }
        )
        if case and rules.handling(case.reason).reopen_on_reply:
            words = str(told["summary"])[:BEGINNING]
            yield ReopenAfterReply(invoice=number, case_id=case.case_id, words=words)
    if matched.debtor and not matched.invoices:
        yield LogDebtorContact.model_validate({**told, "debtor": matched.debtor})


def _who(mail: Mail) -> str:
    if mail.ours:
        return ", ".join(mail.received.to)
    machine = MACHINES.get(mail.received.sender, "")
    remarks = [machine, "" if mail.theirs else "not known to be theirs"]
    told = ", ".join(filter(None, remarks))
    return f"{mail.received.who} ({told})".strip() if told else mail.received.who


def _time(received: MailReceived) -> datetime | None:
    """In the tenant's time zone, as its book has it."""
    return datetime.fromisoformat(f"{received.on}T{received.time}") if received.time else None


def _of_case(asked: MessageAsked | None) -> bool:
    """It answers what a resolver was asked, or others got a copy of: no debtor wrote."""
    return asked is not None and asked.purpose in (*OF_CASE, Purpose.COPY)


def _asked(work: UnitOfWork, mail: Mail) -> MessageAsked | None:
    messages = mail.matched.messages
    return work.state(MESSAGE, messages[0]).asked if messages else None


def _came_back(work: UnitOfWork, read: ParsedMessage, asked: MessageAsked) -> Iterator[Command]:
    """Only what is of no use to try again; the mail server itself goes on with the rest."""
    lost = [failure for failure in read.failures if failure.permanent]
    if not lost:
        return
    to = tuple(failure.recipient for failure in lost if failure.recipient) or asked.to
    why = "; ".join(dict.fromkeys(f"{one.status} {one.diagnostic}".strip() for one in lost))
    why = why or "it came back"
    if work.state(MESSAGE, asked.message).status in FailMessage.allowed:
        yield FailMessage(message=asked.message, why=why, to=to)
    for one in asked.about:
        if asked.purpose is Purpose.INVOICE_COPY:  # it was the invoice itself
            yield RecordDeliveryFailure(
                invoice=one.invoice, why=why, channel=Channel.EMAIL, to=", ".join(to)
            )
            continue
        yield RecordEmailFailed(
            invoice=one.invoice,
            message=asked.message,
            purpose=asked.purpose,
            to=to,
            why=why,
            case_id=asked.case_id,
        )


def _answered(mail: Mail, invoices: list[Invoice]) -> Iterator[Command]:
    """By the resolver, who may just write the word."""
    case, answer = mail.matched.case_id, answer_keyword(mail.received.text)
    for invoice in invoices:
        dispute = invoice.disputes.get(case) if case and answer else None
        if dispute and dispute.is_open and answer:
            yield RecordAnswer(
                invoice=invoice.number, case_id=case, answer=answer, text=mail.received.text
            )


def _replied(
    work: UnitOfWork, mail: Mail, invoices: list[Invoice], asked: MessageAsked | None
) -> Iterator[Command]:
    """By the debtor: nobody chases for a while, and he hears that it came in, once a day."""
    rules = work.rules
    contact = contact_id_of(mail.received.mail)
    until = business_days.add(mail.today, rules.reply_rests, rules.calendar)
    if rules.reply_rests:
        for invoice in invoices:
            yield PauseAfterReply(invoice=invoice.number, until=until, contact_id=contact)
    if mail.again or not invoices or (asked and asked.purpose is Purpose.RECEIPT):
        return
    if mail.received.channel not in RECEIPTED or "@" not in mail.received.from_:
        return
    debtor = work.state(DEBTOR, mail.matched.debtor or invoices[0].debtor)
    if (
        mail.matched.rule is MatchRule.MANUAL
        and mail.received.from_ != (debtor.email or "").lower()
    ):
        return  # whoever wrote, nobody is told amounts whom we do not know
    whose = debtor.number or mail.received.from_
    yield RequestMessage(
        message=f"receipt/contact/{whose}/{mail.today}",
        purpose=Purpose.RECEIPT,
        channel=Channel.EMAIL,
        to=(mail.received.from_,),
        template=Purpose.RECEIPT.value,
        language=language_of(debtor, rules.calendar.country),
        about=tuple(snapshot(invoice) for invoice in invoices),
        debtor=debtor.number,
        facts=_thread(mail.received) | {"contact": str(contact)},
        playbook=work.playbook.version,
    )


def _thread(received: MailReceived) -> dict[str, str]:
    return {"in_reply_to": f"<{received.message_id}>"} if received.message_id else {}


NAMELESS = "attachment"


def attachment_commands(mail: Mail, read: ParsedMessage) -> Iterator[AttachDocument]:
    """Not of a machine, nor of somebody whom we do not know there."""
    if mail.received.sender is not Sender.PERSON or not mail.theirs:
        return
    for number in mail.matched.invoices:
        for one in read.attachments:
            yield AttachDocument(
                on=mail.received.on,
                invoice=number,
                sha256=one.sha256,
                name=one.name.strip() or NAMELESS,
                media_type=one.media_type,
                size=len(one.content),
            )
