"""Every event as a sentence that a lay person and a judge understand.

No match has a default case: mypy refuses an event that nobody has put into words.
"""

from collections.abc import Sequence
from typing import assert_never

from ledger.facts.codes import Purpose
from ledger.facts.debtor_events import DebtorEvent
from ledger.facts.invoice.dispute_events import CaseEvent
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up_events import (
    ContactLogged,
    EmailFailed,
    EmailSent,
    FollowUpHeld,
    FollowUpHoldExpired,
    FollowUpResumed,
    FollowUpScheduled,
    ItemDone,
    ItemPostponed,
    LetterFailed,
    LetterPrinted,
    ReminderSent,
    StepTaken,
    StepWithdrawn,
)
from ledger.facts.invoice.handoff_events import HandedOff, Recalled
from ledger.facts.invoice.registration_events import (
    DeliveryFailed,
    DocumentAttached,
    Instalment,
    InvoiceCancelled,
    InvoiceCorrected,
    InvoiceDelivered,
    InvoiceRegistered,
    InvoiceSent,
    NoteAdded,
)
from projections.contact_log.debtor_sentences import about_debtor
from projections.contact_log.dispute_sentences import about_dispute
from projections.contact_log.money_sentences import MoneyEvent, about_money
from projections.contact_log.phrasing import (
    contact,
    hold_sentence,
    join,
    listed,
    money,
    optional,
    plural,
    postponed_sentence,
    quote_suffix,
    quoted,
    via,
)

MESSAGE_TITLES = {
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


def sentence(event: InvoiceEvent | DebtorEvent) -> str:
    """What happened, in plain English; amounts in the currency of the invoice."""
    words = _about(event)
    return words[:-1] if words.endswith((".”.", "?”.", "!”.")) else words  # one full stop is enough


def _about(event: InvoiceEvent | DebtorEvent) -> str:
    if isinstance(event, CaseEvent):
        return about_dispute(event)
    if isinstance(event, MoneyEvent):
        return about_money(event)
    if isinstance(event, DebtorEvent):
        return about_debtor(event)
    return _about_invoice(event)


FileEvent = (
    InvoiceRegistered
    | InvoiceCorrected
    | InvoiceCancelled
    | InvoiceSent
    | InvoiceDelivered
    | DeliveryFailed
    | ReminderSent
    | StepTaken
    | StepWithdrawn
    | EmailSent
    | EmailFailed
    | LetterPrinted
    | LetterFailed
    | ContactLogged
    | NoteAdded
    | DocumentAttached
    | FollowUpHeld
    | FollowUpHoldExpired
    | FollowUpResumed
    | FollowUpScheduled
    | ItemDone
    | ItemPostponed
    | HandedOff
    | Recalled
)


def _about_invoice(event: FileEvent) -> str:  # noqa: C901
    match event:
        case InvoiceRegistered() as e:
            return _registered(e)
        case InvoiceCorrected() as e:
            return _corrected(e)
        case InvoiceCancelled() as e:
            return f"The invoice was cancelled{quote_suffix(e.why)}."
        case InvoiceSent() as e:
            cost = f"; sending it was charged at {money(e.charge)}" if e.charge else ""
            return f"The invoice was sent{via(e.channel, e.to)}{cost}."
        case InvoiceDelivered() as e:
            return f"The invoice was delivered{via(e.channel, e.to)}."
        case DeliveryFailed() as e:
            return f"The invoice could not be delivered{via(e.channel, e.to)}{quote_suffix(e.why)}."
        case ReminderSent() as e:
            reminder = f"Payment reminder {e.step} for {money(e.open_amount)}"
            return f"{reminder} was sent{via(e.channel, e.to)}."
        case StepTaken() as e:
            again = f" again (time {e.times})" if e.times > 1 else ""
            late = " on its day" if e.planned_on == e.on else f"; it was due from {e.planned_on}"
            return f"The step {quoted(e.step)} of the follow-up was taken{again}{late}."
        case StepWithdrawn() as e:
            return f"The step {quoted(e.step)} of the follow-up was not sent{quote_suffix(e.why)}."
        case EmailSent() as e:
            return (
                f"{_message(e)} was sent by e-mail to {join(e.to, 'and')}{_subject(e)}{_with(e)}."
            )
        case EmailFailed() as e:
            said = f"{MESSAGE_TITLES[e.purpose]} could not be delivered by e-mail"
            return f"{said} to {join(e.to, 'and')}{quote_suffix(e.why)}."
        case LetterPrinted() as e:
            return f"{_message(e)} was printed as a letter to {', '.join(e.to)}{_subject(e)}."
        case LetterFailed() as e:
            said = f"{MESSAGE_TITLES[e.purpose]} could not be sent by letter"
            return f"{said}{optional(' to ', ', '.join(e.to))}{quote_suffix(e.why)}."
        case ContactLogged() as e:
            return contact(e)
        case NoteAdded() as e:
            return f"Note{quote_suffix(e.text)}."
        case DocumentAttached() as e:
            size, fingerprint = plural(e.size, "byte"), f"SHA-256 fingerprint {e.sha256}"
            details = listed(": ", e.media_type, size, fingerprint)
            return f"Document {quoted(e.name)} was attached{details}."
        case FollowUpHeld() as e:
            part = "" if e.amount is None else f"{money(e.amount)} of "
            return hold_sentence(f"{part}the invoice", e)
        case FollowUpHoldExpired():
            return "The day until which follow-up rested has come."
        case FollowUpResumed() as e:
            return _resumed(e)
        case FollowUpScheduled() as e:
            return f"The next step was planned for {e.next_step_on}{quote_suffix(e.step)}."
        case ItemDone() as e:
            return (
                f"What was to be done since {e.due_on} ({e.action}) was done{quote_suffix(e.text)}."
            )
        case ItemPostponed() as e:
            return postponed_sentence(e)
        case HandedOff() as e:
            files = optional("; SHA-256 fingerprint of the files handed over: ", e.manifest_sha256)
            return f"The file was handed off to {e.agency} to collect {money(e.claim)}{files}."
        case Recalled() as e:
            return f"The file was taken back from the collection agency{quote_suffix(e.why)}."
        case _:
            assert_never(event)


def _message(e: EmailSent | LetterPrinted) -> str:
    amount = f" {money(e.open_amount)}" if e.purpose is Purpose.REMINDER else ""
    return f"{MESSAGE_TITLES[e.purpose]}{amount}"


def _subject(e: EmailSent | LetterPrinted) -> str:
    kept = optional(", kept as document ", e.document[:12], "…")
    return f", with the subject {quoted(e.subject)}{kept}"


def _with(e: EmailSent) -> str:
    """What of the invoice was attached to it."""
    marks = join((f"{sha256[:12]}…" for sha256 in e.attached), "and") if e.attached else ""
    return f", with the invoice attached (document {marks})" if marks else ""


def _registered(e: InvoiceRegistered) -> str:
    details = listed(
        ": ",
        f"issued on {e.on}",
        _due(e.instalments),
        _debtor(e.debtor),
        optional("business unit ", e.business_unit),
        optional("collector ", e.collector),
        optional("purchase order ", e.purchase_order),
        plural(len(e.lines), "line") if e.lines else "",
        optional("document ", e.document),
    )
    return f"Invoice {e.number} of {e.currency} {money(e.amount)} was registered{details}."


def _corrected(e: InvoiceCorrected) -> str:
    details = listed(
        " to ",
        "" if e.amount is None else f"amount {money(e.amount)}",
        _due(e.instalments or ()),
        "" if e.debtor is None else _debtor(e.debtor),
        optional("business unit ", e.business_unit),
        optional("collector ", e.collector),
        optional("purchase order ", e.purchase_order),
    )
    return f"The invoice was corrected{details}{quote_suffix(e.why)}."


def _debtor(number: str) -> str:
    return optional("debtor ", number) or "debtor not known"


def _due(instalments: Sequence[Instalment]) -> str:
    if len(instalments) == 1:
        return f"due on {instalments[0].due_on}"
    parts = [f"{money(part.amount)} on {part.due_on}" for part in instalments]
    return f"due in {len(parts)} instalments ({join(parts, 'and')})" if parts else ""


def _resumed(e: FollowUpResumed) -> str:
    ended = "The hold was released" if e.hold_id else "The dispute is over"
    ended = ended if e.hold_id or e.case_id else "Nothing stands in the way"
    return f"{ended} and follow-up goes on, with the next step on {e.next_step_on}."
