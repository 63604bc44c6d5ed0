"""Commands that follow from a matched mail, in the same append: log it, and answer it at most once.

A debtor's message pauses follow-up until it is answered. A bounce is recorded as a mail that
failed. A resolver's reply is their answer: in words, for the collector to judge, unless its first
line is a keyword. Automatic mails are only logged, and so are mails whose sender may be somebody
else.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commands.command import Command
from commands.inbox.matching import OF_CASE, UNAUTHENTICATED
from commands.inbox.message import WHOLE, ParsedMessage
from commands.inbox.replies import AnswerByMail, FileDebtorMessage, FileMessage, ReopenAfterReply
from commands.invoices.contacts import AttachDocument
from commands.messages.failures import email_failed
from commands.messages.outbox import RequestMessage, snapshot
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE
from ledger.facts.codes import Answer, Channel, Direction, Purpose
from ledger.facts.contact_ids import confirmed_contact, contact_id_of
from ledger.facts.inbound import MailMatched, MailReceived, MatchRule, Sender
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.detection import answer_keyword
from ledger.policy.disputes.reopening import reopenable_by_reply
from ledger.policy.follow_up.replies import rests_until
from ledger.policy.messages.languages import language_of
from ledger.policy.reachability import can_reach

MACHINES = {
    Sender.AUTOMATIC: "an automatic answer",
    Sender.BOUNCE: "an automatic notice of a mail server",
    Sender.LIST: "a mailing list",
}
EXCERPT = 100  # characters of a mail in a contact log
NO_WORDS = "(nothing was written in it)"
NAMELESS = "attachment"
RECEIPTED = (Channel.EMAIL, Channel.PORTAL)  # on the phone and in a chat a person answers


@dataclass(frozen=True)
class Mail:
    """A received mail, its match, and the day it is filed.

    ``theirs``: the sender is known for it. ``ours``: a colleague wrote it to the debtor.
    ``again``: it was filed before, and its sender got their receipt then. ``believed``: the sender
    is who the mail names. ``confirmed``: a person found so, after it was logged as doubtful.
    """

    received: MailReceived
    matched: MailMatched
    today: date
    theirs: bool = True
    ours: bool = False
    again: bool = False
    believed: bool = True
    confirmed: bool = False

    @property
    def counts(self) -> bool:
        """Whether it has consequences: a person known for the invoices wrote it."""
        return self.theirs and self.believed and self.received.sender is Sender.PERSON

    def contact_id(self, logged: Container[UUID]) -> UUID:
        """Return the id of the contact; a second one if it stands in the file as doubtful."""
        first = contact_id_of(self.received.mail)
        return confirmed_contact(first) if self.confirmed and first in logged else first


def filing_commands(work: Work, mail: Mail, read: ParsedMessage | None = None) -> Iterator[Command]:
    """Return the commands; ``read`` is the parsed mail, needed for the failures in a bounce."""
    invoices = [work.state(INVOICE, number) for number in mail.matched.invoices]
    messages = mail.matched.messages
    asked = work.state(MESSAGE, messages[0]).asked if messages else None
    yield from _log(work, mail, invoices, asked)
    if mail.received.sender is Sender.BOUNCE and mail.believed and asked and read:
        yield from _record_bounce(work, read, asked)
    if not mail.counts:
        return
    if asked and asked.purpose in (Purpose.APPROVAL_REQUEST, Purpose.COPY):
        return  # a credit is approved only on its page; recipients of a copy have nothing to answer
    if not _of_case(asked):
        yield from _acknowledge(work, mail, invoices, asked)
    elif mail.matched.rule is not MatchRule.MANUAL or (mail.confirmed and not mail.again):
        # any other mail that a person assigned need not be an answer
        yield from record_answer(mail.received, mail.matched.case_id, invoices)


def _log(
    work: Work, mail: Mail, invoices: list[Invoice], asked: MessageAsked | None
) -> Iterator[Command]:
    """Log the mail on its invoices, or on the debtor when no invoice is matched."""
    received, matched = mail.received, mail.matched
    contact = {
        "on": received.on,
        "channel": received.channel,
        "direction": Direction.OUT if mail.ours else Direction.IN,
        "who": _who(mail),
        "time": _time(received),
        "summary": received.text.strip() or received.subject.strip() or NO_WORDS,
        "message_id": received.message_id or None,
        "documents": (received.document, *received.attachments),
        "mail": received.mail,
    }
    of_debtor = mail.counts and not _of_case(asked)
    for number, invoice in zip(matched.invoices, invoices, strict=True):
        case = reopenable_by_reply(invoice, work.rules, received.on) if of_debtor else None
        about: dict[str, Any] = {"invoice": number, "resolved_case": case and case.case_id}
        about["contact_id"] = mail.contact_id(invoice.contacts)
        yield FileMessage.model_validate({**contact, **about, "awaits_answer": of_debtor})
        if case and work.rules.handling(case.reason).reopen_on_reply:
            words = str(contact["summary"])[:EXCERPT]
            yield ReopenAfterReply(invoice=number, case_id=case.case_id, words=words)
    if matched.debtor and not matched.invoices:
        about = {"debtor": matched.debtor, "awaits_answer": of_debtor}
        about["contact_id"] = mail.contact_id(work.state(DEBTOR, matched.debtor).contacts)
        yield FileDebtorMessage.model_validate({**contact, **about})


def _who(mail: Mail) -> str:
    if mail.ours:
        return ", ".join(mail.received.to)
    machine = MACHINES.get(mail.received.sender, "")
    doubts = ["" if mail.theirs else "not known to be theirs"]
    doubts += ["" if mail.believed else UNAUTHENTICATED]
    doubts += [WHOLE] if WHOLE in mail.received.flags else []
    remarks = ", ".join(filter(None, [machine, *doubts]))
    return f"{mail.received.who} ({remarks})".strip() if remarks else mail.received.who


def _time(received: MailReceived) -> datetime | None:
    """Return the time as recorded, in the tenant's time zone."""
    return datetime.fromisoformat(f"{received.on}T{received.time}") if received.time else None


def _of_case(asked: MessageAsked | None) -> bool:
    """Return whether the mail answers a message to a resolver or its copy, so not of a debtor."""
    return asked is not None and asked.purpose in (*OF_CASE, Purpose.COPY)


def _record_bounce(work: Work, read: ParsedMessage, asked: MessageAsked) -> Iterator[Command]:
    """Record permanent failures; the mail server itself tries the others again.

    The recipient can write such a notice, too: it never states that an invoice was not delivered.
    """
    lost = [failure for failure in read.failures if failure.permanent]
    if not lost:
        return
    expected = {address.lower() for address in (*asked.to, *asked.copy_to)}
    to = tuple(failure.recipient for failure in lost if failure.recipient in expected) or asked.to
    reasons = (f"{failure.status} {failure.diagnostic}".strip() for failure in lost)
    why = "; ".join(dict.fromkeys(reasons)) or "it came back"
    message, debtor = work.state(MESSAGE, asked.message), work.state(DEBTOR, asked.debtor)
    invoices = [about.invoice for about in asked.about]
    yield from email_failed(message, debtor, invoices, to, why)


def record_answer(
    received: MailReceived, case: UUID | None, invoices: Iterable[Invoice]
) -> Iterator[AnswerByMail]:
    """Yield the answer on each open dispute of the case that the sender is asked to solve."""
    for invoice in invoices:
        dispute = invoice.disputes.get(case) if case else None
        if dispute is None or not dispute.is_open:
            continue
        for who in (dispute.resolver, dispute.escalated_to):
            if who and who.lower() == received.from_:
                yield AnswerByMail(
                    invoice=invoice.number,
                    case_id=case,
                    answer=answer_keyword(received.text) or Answer.IN_WORDS,
                    text=received.text.strip() or NO_WORDS,
                    resolver=who,
                )
                break


def _acknowledge(
    work: Work, mail: Mail, invoices: list[Invoice], asked: MessageAsked | None
) -> Iterator[Command]:
    """Send a debtor who wrote a receipt, at most once a day. It promises what the rules keep."""
    rules, received = work.rules, mail.received
    contact = contact_id_of(received.mail)
    if mail.again or not invoices or (asked and asked.purpose is Purpose.RECEIPT):
        return
    debtor = work.state(DEBTOR, mail.matched.debtor or invoices[0].debtor)
    if received.channel not in RECEIPTED or not debtor.email:
        return
    if not can_reach(debtor, Channel.EMAIL):
        return  # it would come back
    if received.from_ != debtor.email.lower():
        return  # a receipt states amounts, which nobody but the debtor must learn
    thread = {"in_reply_to": f"<{received.message_id}>"} if received.message_id else {}
    yield RequestMessage(
        message=receipt_name(debtor.number, mail.today),
        purpose=Purpose.RECEIPT,
        channel=Channel.EMAIL,
        to=(debtor.email,),
        template=Purpose.RECEIPT.value,
        language=language_of(debtor, rules.calendar.country),
        about=tuple(snapshot(invoice) for invoice in invoices),
        debtor=debtor.number,
        facts=thread | {"contact": str(contact)} | _rest(rules, work.now.today),
        playbook=work.playbook.version,
    )


def receipt_name(debtor: str, day: date) -> str:
    """Return the name of the receipt for the messages of a debtor on a day."""
    return f"receipt/contact/{debtor}/{day}"


def _rest(rules: Rules, today: date) -> dict[str, str]:
    """Return the limit of the rest that the receipt states; none when it has no limit."""
    until = rests_until(rules, today)
    if until is None:
        return {}
    return {"resumes_on": str(until)} if until > today else {"rests": "no"}


def attachment_commands(mail: Mail, read: ParsedMessage) -> Iterator[AttachDocument]:
    """Return commands that attach the documents of a mail from a person known for the invoices."""
    if not mail.counts:
        return
    for number in mail.matched.invoices:
        for attachment in read.attachments:
            yield AttachDocument(
                on=mail.received.on,
                invoice=number,
                sha256=attachment.sha256,
                name=attachment.name.strip() or NAMELESS,
                media_type=attachment.media_type,
                size=len(attachment.content),
            )
