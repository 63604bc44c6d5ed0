"""Sentences about what was sent to the debtor and about a dispute, and what was not."""

from typing import assert_never

from ledger.facts.codes import Purpose
from ledger.facts.invoice.follow_up import (
    EmailFailed,
    EmailSent,
    LetterFailed,
    LetterPrinted,
    ReminderSent,
    StepTaken,
    StepWithdrawn,
)
from projections.contact_log.language import Language
from projections.contact_log.phrasing import clause, join, marks, quote, via

MessageEvent = (
    ReminderSent
    | StepTaken
    | StepWithdrawn
    | EmailSent
    | EmailFailed
    | LetterPrinted
    | LetterFailed
)
TITLES = {
    Purpose.INVOICE_COPY: "A notice of when the invoice is due",
    Purpose.REMINDER: "A reminder to pay",
    Purpose.RECEIPT: "A confirmation of receipt",
    Purpose.REQUEST: "A request to solve the dispute",
    Purpose.COPY: "A copy of the request to solve the dispute",
    Purpose.RESOLVER_REMINDER: "A reminder to solve the dispute",
    Purpose.ESCALATION: "A notice that the dispute was not solved in time",
    Purpose.OUTCOME: "The outcome of the dispute",
    Purpose.APPROVAL_REQUEST: "A request to approve the credit",
    Purpose.CREDIT_REFUSAL: "A notice that the credit is not approved",
}


def about_message(event: MessageEvent, words: Language) -> str:
    match event:
        case ReminderSent() as e:
            text = "Payment reminder {step} for {amount} was sent{via}."
            amount, sent = words.money(e.open_amount), via(words, e.channel, e.to)
            return words(text, step=str(e.step), amount=amount, via=sent)
        case StepTaken() as e:
            return _taken(e, words)
        case StepWithdrawn() as e:
            text = "The follow-up step {step} was withdrawn before it was sent{why}."
            return words(text, step=words.quoted(e.step), why=quote(words, words.ours(e.why)))
        case EmailSent() as e:
            text = "{message} was sent by e-mail to {to}{subject}{attached}."
            message, to, subject = _message(e, words), join(words, e.to, "and"), _subject(e, words)
            return words(text, message=message, to=to, subject=subject, attached=_with(e, words))
        case EmailFailed() as e:
            text = "{message} could not be delivered by e-mail to {to}{why}."
            title, to = words(TITLES[e.purpose]), join(words, e.to, "and")
            return words(text, message=title, to=to, why=quote(words, words.ours(e.why)))
        case LetterPrinted() as e:
            text = "{message} was printed as a letter to {to}{subject}."
            message, to = _message(e, words), ", ".join(e.to)
            return words(text, message=message, to=to, subject=_subject(e, words))
        case LetterFailed() as e:
            text = "{message} could not be sent by letter{to}{why}."
            title, to = words(TITLES[e.purpose]), clause(words, " to {to}", to=", ".join(e.to))
            return words(text, message=title, to=to, why=quote(words, words.ours(e.why)))
        case _:
            assert_never(event)


def _taken(e: StepTaken, words: Language) -> str:
    again = words(" again (time {times})", times=str(e.times)) if e.times > 1 else ""
    as_planned = e.planned_on == e.on
    text = "The follow-up step {step} was taken{again}{when}."
    day = words.day(e.planned_on)
    when = words(" as planned") if as_planned else words("; it was planned for {day}", day=day)
    return words(text, step=words.quoted(e.step), again=again, when=when)


def _message(e: EmailSent | LetterPrinted, words: Language) -> str:
    if e.purpose is Purpose.REMINDER:
        return words("A reminder to pay {amount}", amount=words.money(e.open_amount))
    return words(TITLES[e.purpose])


def _subject(e: EmailSent | LetterPrinted, words: Language) -> str:
    kept = clause(words, ", kept as document {mark}", mark=e.document and f"{e.document[:12]}…")
    return words(", with the subject {subject}{kept}", subject=words.quoted(e.subject), kept=kept)


def _with(e: EmailSent, words: Language) -> str:
    if not e.attached:
        return ""
    return words(", with the invoice attached (document {marks})", marks=marks(words, e.attached))
