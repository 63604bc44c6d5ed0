"""How each entry changes an invoice. Nothing here can refuse, so replay cannot fail."""

from datetime import date
from decimal import Decimal
from typing import cast, get_args

from msgspec.structs import replace as but

from ledger import dispute as case
from ledger import invoice_events as ev
from ledger.codes import Channel, Purpose
from ledger.dispute import ZERO, Dispute
from ledger.invoice import (
    REPLY_ITEM,
    Hold,
    Invoice,
    Postponed,
    Promise,
    PromiseStatus,
    Reply,
    Taken,
)
from ledger.invoice_events import CaseEvent, Instalment, InvoiceEvent

CASE_EVENTS = frozenset(get_args(CaseEvent))
WORDS = 100  # characters of a reply that the agenda tells


def evolve(invoice: Invoice, event: InvoiceEvent) -> Invoice:  # noqa: C901
    """The next state. Exhaustive: mypy names this place when an event is added. The usual events
    come first: a match looks at one case after the other."""
    if type(event) in CASE_EVENTS:  # of a long book most; the match would come to them last
        return _of_case(invoice, cast(CaseEvent, event))
    match event:
        case ev.InvoiceRegistered() as e:
            return _money(
                invoice,
                e.on,
                number=e.number,
                debtor=e.debtor,
                business_unit=e.business_unit,
                collector=e.collector,
                purchase_order=e.purchase_order,
                currency=e.currency,
                issued_on=e.on,
                instalments=e.instalments,
                lines=e.lines,
                amount=e.amount,
            )
        case ev.PaymentReceived() as e:
            paid, back = {**invoice.payments, e.reference: e.amount}, invoice.back - {e.reference}
            return _money(invoice, e.on, paid=invoice.paid + e.amount, payments=paid, back=back)
        case ev.InvoiceSent() as e:
            charges = invoice.charges + (e.charge or ZERO)
            return _money(invoice, e.on, sent_on=invoice.sent_on or e.on, charges=charges)
        case ev.ContactLogged() as e:
            return _contact(invoice, e)
        case ev.FollowUpResumed() as e:
            holds = {key: hold for key, hold in invoice.holds.items() if key != e.hold_id}
            rests = bool(invoice.open_disputes)
            disputes = {
                key: but(one, resumed_on=one.resumed_on or e.on)
                if one.resolved_on and not rests
                else one
                for key, one in invoice.disputes.items()
            }
            after_dispute = e.on if e.case_id else invoice.resumed_on
            return but(
                invoice,
                holds=holds,
                disputes=disputes,
                next_step_on=e.next_step_on,
                resumed_on=after_dispute,
            )
        case ev.InvoiceDelivered() as e:
            return but(invoice, delivered_on=invoice.delivered_on or e.on, delivery_failed_on=None)
        case ev.DeliveryFailed() as e:
            return but(invoice, delivery_failed_on=e.on)
        case ev.LateFeeCharged() | ev.LateFeeWaived() as e:
            fee = e.amount if isinstance(e, ev.LateFeeCharged) else -e.amount
            charges = invoice.charges + fee
            return _money(invoice, e.on, charges=charges, late_fees=invoice.late_fees + fee)
        case ev.InterestCharged() | ev.InterestWaived() as e:
            more = e.amount if isinstance(e, ev.InterestCharged) else -e.amount
            charges = invoice.charges + more
            return _money(invoice, e.on, charges=charges, interest=invoice.interest + more)
        case ev.ReminderSent() as e:
            return but(
                invoice,
                reminders=invoice.reminders + (e.channel is not Channel.PHONE),
                last_contact_on=e.on,
                chased_on=e.on,
                by_hand_on=e.on,
            )
        case (
            ev.FollowUpScheduled()
            | ev.StepTaken()
            | ev.StepWithdrawn()
            | ev.EmailSent()
            | ev.EmailFailed()
            | ev.LetterPrinted()
            | ev.LetterFailed() as e
        ):
            return _followed_up(invoice, e)
        case ev.NoteAdded():
            return invoice
        case ev.DocumentAttached() as e:
            return but(invoice, documents=invoice.documents | {e.sha256})
        case ev.InvoiceCorrected() as e:
            return _money(
                _credited_by(invoice, e),
                e.on,
                amount=invoice.amount if e.amount is None else e.amount,
                instalments=e.instalments or _rescaled(invoice, e.amount),
                debtor=invoice.debtor if e.debtor is None else e.debtor,
                business_unit=e.business_unit or invoice.business_unit,
                collector=e.collector or invoice.collector,
                purchase_order=e.purchase_order or invoice.purchase_order,
            )
        case ev.InvoiceCancelled() as e:
            return _money(invoice, e.on, cancelled=True)
        case ev.CreditNoteIssued() as e:
            if e.case_id and e.case_id in invoice.disputes:
                invoice = _case(invoice, case.noted(invoice.disputes[e.case_id], e))
            notes = {**invoice.credit_notes, e.number: e.amount}
            return _money(invoice, e.on, credited=invoice.credited + e.amount, credit_notes=notes)
        case ev.WrittenOff() as e:
            return _money(invoice, e.on, written_off=invoice.written_off + e.amount)
        case ev.SettledPerErp() | ev.ClosedPerErp() as e:
            return _money(invoice, e.on, settled_per_erp=invoice.settled_per_erp + e.amount)
        case ev.PaymentReversed() as e:
            days, back = {**invoice.reversed, e.reference: e.on}, invoice.back | {e.reference}
            return _money(invoice, e.on, paid=invoice.paid - e.amount, reversed=days, back=back)
        case ev.FollowUpHeld() | ev.FollowUpHoldExpired() as e:
            return _hold(invoice, e)
        case ev.ItemDone() | ev.ItemPostponed() as e:
            return _item(invoice, e)
        case ev.PromiseMade() as e:
            promise = Promise(
                e.promise_id, e.amount, e.on, e.promised_for, e.grace_days, invoice.received
            )
            return _promise(invoice, promise)
        case ev.PromiseKept() as e:
            return _judged(invoice, e, "kept", invoice.received)
        case ev.PromiseBroken() as e:
            return _judged(invoice, e, "partially kept" if e.paid else "broken", e.paid)
        case ev.PromiseWithdrawn() as e:
            return _judged(invoice, e, "withdrawn", ZERO)
        case ev.HandedOff() as e:
            handoffs = invoice.handoffs | {e.handoff_id}
            return but(invoice, agency=e.agency, handoff_id=e.handoff_id, handoffs=handoffs)
        case ev.Recalled():
            return but(invoice, agency="", handoff_id=None)
        case _:
            return _of_case(invoice, event)


def _money(invoice: Invoice, on: date, **changes: object) -> Invoice:
    """What moves money decides whether, and since when, nothing is open any more."""
    moved = but(invoice, **changes)
    settled_on = None if moved.open_amount > 0 else invoice.settled_on or on
    return moved if moved.settled_on == settled_on else but(moved, settled_on=settled_on)


def _credited_by(invoice: Invoice, e: ev.InvoiceCorrected) -> Invoice:
    """A lower amount is the credit of the only case that waits for one."""
    less = ZERO if e.amount is None else invoice.amount - e.amount
    case_id = invoice.only_credit_due
    if less <= 0 or case_id is None:
        return invoice
    return _case(invoice, case.credited(invoice.disputes[case_id], less, e.on))


def _of_case(invoice: Invoice, event: CaseEvent) -> Invoice:
    """All that is left: mypy refuses an event that ``evolve`` forgot."""
    if event.case_id is None:
        return invoice
    before = invoice.disputes.get(event.case_id) or Dispute(event.case_id)
    reply = invoice.reply
    if reply and isinstance(event, ev.DisputeReopened) and reply.resolved_case == event.case_id:
        invoice = but(invoice, reply=None)
    return _case(invoice, case.evolve(before, event))


def _case(invoice: Invoice, one: Dispute) -> Invoice:
    return but(invoice, disputes={**invoice.disputes, one.case_id: one})


def _contact(invoice: Invoice, e: ev.ContactLogged) -> Invoice:
    contacts, reply = invoice.contacts | {e.contact_id}, _reply(invoice.reply, e)
    known = but(invoice, contacts=contacts, last_contact_on=e.on, reply=reply)
    return but(known, chased_on=e.on, by_hand_on=e.on) if e.direction == "out" else known


def _reply(there: Reply | None, e: ev.ContactLogged) -> Reply | None:
    """What we say answers all that came before."""
    if e.direction == "out":
        return there if there and e.on < there.on else None
    if not e.awaits_answer:
        return there
    words = " ".join(e.summary[:WORDS].split())
    if there is None:
        return Reply(e.on, e.on, e.who, words, 1, e.resolved_case)
    return but(
        there,
        on=max(there.on, e.on),
        words=words,
        times=there.times + 1,
        resolved_case=e.resolved_case or there.resolved_case,
    )


def _item(invoice: Invoice, e: ev.ItemDone | ev.ItemPostponed) -> Invoice:
    if isinstance(e, ev.ItemDone):
        reply = None if e.item == REPLY_ITEM else invoice.reply
        return but(invoice, done={**invoice.done, e.item: e.on}, reply=reply)
    postponed = Postponed(e.action, e.until, e.why)
    return but(invoice, postponed={**invoice.postponed, e.item: postponed})


FollowUpEvent = (
    ev.FollowUpScheduled
    | ev.StepTaken
    | ev.StepWithdrawn
    | ev.EmailSent
    | ev.EmailFailed
    | ev.LetterPrinted
    | ev.LetterFailed
)


def _followed_up(invoice: Invoice, event: FollowUpEvent) -> Invoice:
    """Of our mails and letters only a reminder chases."""
    match event:
        case ev.FollowUpScheduled() as e:
            return but(invoice, next_step=e.step, next_step_on=e.next_step_on)
        case ev.StepTaken() as e:
            steps = (*invoice.steps, Taken(e.step, e.times, e.on, invoice.due_on, e.message))
            return but(invoice, steps=steps, next_step="", next_step_on=None)
        case ev.StepWithdrawn() as e:
            steps = tuple(taken for taken in invoice.steps if taken.message != e.message)
            return but(invoice, steps=steps)
        case ev.EmailFailed() | ev.LetterFailed() as e:
            return but(invoice, failed={**invoice.failed, e.message: e.on})
        case ev.EmailSent() | ev.LetterPrinted() as e if e.purpose is Purpose.REMINDER:
            reminders = invoice.reminders + 1
            return but(invoice, reminders=reminders, last_contact_on=e.on, chased_on=e.on)
        case ev.EmailSent() | ev.LetterPrinted():
            return invoice


def _hold(invoice: Invoice, e: ev.FollowUpHeld | ev.FollowUpHoldExpired) -> Invoice:
    """One that is over stays: the agenda asks to take the invoice up again."""
    if isinstance(e, ev.FollowUpHeld):
        hold = Hold(e.hold_id, e.amount, e.reason, e.until, e.release_by, e.ticket)
        return but(invoice, holds={**invoice.holds, e.hold_id: hold})
    over = {key: but(one, over=True) for key, one in invoice.holds.items() if key == e.hold_id}
    return but(invoice, holds={**invoice.holds, **over})


def _promise(invoice: Invoice, promise: Promise) -> Invoice:
    return but(invoice, promises={**invoice.promises, promise.promise_id: promise})


def _judged(
    invoice: Invoice,
    e: ev.PromiseKept | ev.PromiseBroken | ev.PromiseWithdrawn,
    status: PromiseStatus,
    paid: Decimal,
) -> Invoice:
    """What it took of the ``paid`` money keeps no other promise."""
    judged = invoice.promises.get(e.promise_id)
    if judged is None:
        return invoice
    taken = min(judged.paid_before + min(paid, judged.amount), invoice.received)
    promises = {
        key: but(one, paid_before=max(one.paid_before, taken)) if one.status == "open" else one
        for key, one in invoice.promises.items()
    }
    promises[e.promise_id] = but(judged, status=status, judged_on=e.on)
    return but(invoice, promises=promises)


def _rescaled(invoice: Invoice, amount: Decimal | None) -> tuple[Instalment, ...]:
    """A new amount without a new schedule: the last instalments take the difference."""
    if amount is None or not invoice.instalments:
        return invoice.instalments
    left, kept = amount, list[Instalment]()
    for due in invoice.instalments[:-1]:
        kept.append(Instalment(due.due_on, min(due.amount, left)))
        left -= kept[-1].amount
    return (*kept, Instalment(invoice.instalments[-1].due_on, left))
