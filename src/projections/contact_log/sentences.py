"""Every event as a sentence that a lay person and a judge understand.

Every match ends in ``assert_never``, so mypy reports an event without a sentence.
"""

from collections.abc import Sequence
from typing import assert_never

from ledger.facts.codes import Purpose
from ledger.facts.debtor_events import DebtorEvent
from ledger.facts.invoice import follow_up, handoff, holds, taking_up
from ledger.facts.invoice.events import CaseEvent, InvoiceEvent
from ledger.facts.invoice.original import OriginalNamed
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import (
    CollectorAssigned,
    DeliveryFailed,
    DocumentAttached,
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
    assigned,
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
    taken_up_sentence,
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
    """Return what happened in plain English; amounts are in the currency of the invoice."""
    words = _about(event)
    return words[:-1] if words.endswith((".”.", "?”.", "!”.")) else words  # one full stop is enough


def _about(event: InvoiceEvent | DebtorEvent) -> str:  # noqa: C901
    if isinstance(event, CaseEvent):
        return about_dispute(event)
    if isinstance(event, MoneyEvent):
        return about_money(event)
    if isinstance(event, DebtorEvent):
        return about_debtor(event)
    match event:
        case InvoiceRegistered() as e:
            return _registered(e)
        case InvoiceCorrected() as e:
            return _corrected(e)
        case CollectorAssigned() as e:
            return assigned(e)
        case InvoiceCancelled() as e:
            return f"The invoice was cancelled{quote_suffix(e.why)}."
        case InvoiceSent() as e:
            cost = f"; {money(e.charge)} was charged for sending it" if e.charge else ""
            return f"The invoice was sent{via(e.channel, e.to)}{cost}."
        case InvoiceDelivered() as e:
            return f"The invoice was delivered{via(e.channel, e.to)}."
        case DeliveryFailed() as e:
            return f"The invoice could not be delivered{via(e.channel, e.to)}{quote_suffix(e.why)}."
        case follow_up.ReminderSent() as e:
            reminder = f"Payment reminder {e.step} for {money(e.open_amount)}"
            return f"{reminder} was sent{via(e.channel, e.to)}."
        case follow_up.StepTaken() as e:
            again = f" again (time {e.times})" if e.times > 1 else ""
            late = " as planned" if e.planned_on == e.on else f"; it was planned for {e.planned_on}"
            return f"The follow-up step {quoted(e.step)} was taken{again}{late}."
        case follow_up.StepWithdrawn() as e:
            step = f"The follow-up step {quoted(e.step)}"
            return f"{step} was withdrawn before it was sent{quote_suffix(e.why)}."
        case follow_up.EmailSent() as e:
            return (
                f"{_message(e)} was sent by e-mail to {join(e.to, 'and')}{_subject(e)}{_with(e)}."
            )
        case follow_up.EmailFailed() as e:
            failure = f"{MESSAGE_TITLES[e.purpose]} could not be delivered by e-mail"
            return f"{failure} to {join(e.to, 'and')}{quote_suffix(e.why)}."
        case follow_up.LetterPrinted() as e:
            return f"{_message(e)} was printed as a letter to {', '.join(e.to)}{_subject(e)}."
        case follow_up.LetterFailed() as e:
            failure = f"{MESSAGE_TITLES[e.purpose]} could not be sent by letter"
            return f"{failure}{optional(' to ', ', '.join(e.to))}{quote_suffix(e.why)}."
        case follow_up.ContactLogged() as e:
            return contact(e)
        case NoteAdded() as e:
            return f"Note{quote_suffix(e.text)}."
        case DocumentAttached() as e:
            size, fingerprint = plural(e.size, "byte"), f"SHA-256 fingerprint {e.sha256}"
            details = listed(": ", e.media_type, size, fingerprint)
            return f"Document {quoted(e.name)} was attached{details}."
        case OriginalNamed() as e:
            instead = " instead of the one before" if e.replaces else ""
            return f"Document {quoted(e.name)} was named as the invoice itself{instead}."
        case holds.FollowUpHeld() as e:
            part = "" if e.amount is None else f"{money(e.amount)} of "
            return hold_sentence(f"{part}the invoice", e)
        case holds.FollowUpHoldExpired():
            return "The hold ended because its end date was reached."
        case holds.FollowUpResumed() as e:
            return _resumed(e)
        case follow_up.FollowUpScheduled() as e:
            return f"The next step was planned for {e.next_step_on}{quote_suffix(e.step)}."
        case follow_up.ItemDone() as e:
            task = f"The task {e.action}, due since {e.due_on},"
            return f"{task} was completed{quote_suffix(e.text)}."
        case follow_up.ItemPostponed() as e:
            return postponed_sentence(e)
        case taking_up.ItemTakenUp() as e:
            return taken_up_sentence(e.item)
        case handoff.HandedOff() as e:
            files = optional("; SHA-256 fingerprint of the files handed over: ", e.manifest_sha256)
            despite = f", whatever stood in the way{quote_suffix(e.override)}" if e.override else ""
            claim = f"to collect {money(e.claim)}{despite}{files}"
            return f"The file was handed off to {e.agency} {claim}."
        case handoff.Recalled() as e:
            return f"The file was taken back from the collection agency{quote_suffix(e.why)}."
        case _:
            assert_never(event)


def _message(e: follow_up.EmailSent | follow_up.LetterPrinted) -> str:
    amount = f" {money(e.open_amount)}" if e.purpose is Purpose.REMINDER else ""
    return f"{MESSAGE_TITLES[e.purpose]}{amount}"


def _subject(e: follow_up.EmailSent | follow_up.LetterPrinted) -> str:
    kept = optional(", kept as document ", e.document[:12], "…")
    return f", with the subject {quoted(e.subject)}{kept}"


def _with(e: follow_up.EmailSent) -> str:
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


def _resumed(e: holds.FollowUpResumed) -> str:
    ended = "The hold was released" if e.hold_id else "The dispute ended"
    ended = ended if e.hold_id or e.case_id else "No pause remains"
    return f"{ended} and follow-up continues, with the next step on {e.next_step_on}."
