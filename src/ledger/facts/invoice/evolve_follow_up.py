"""How follow-up changes an invoice: contacts, steps, messages, holds and tasks."""

from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import REPLY_ITEM, Channel, Purpose
from ledger.facts.invoice.follow_up_events import (
    ContactLogged,
    EmailFailed,
    EmailSent,
    FollowUpEvent,
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
from ledger.facts.invoice.state import Hold, Invoice, Postponement, StepRecord, UnansweredReply

EXCERPT_LENGTH = 100  # characters of a reply that the agenda shows


def evolve_follow_up(invoice: Invoice, event: FollowUpEvent) -> Invoice:  # noqa: C901
    """Return the next state. Of our mails and letters only a reminder chases."""
    match event:
        case ContactLogged() as e:
            return _contact(invoice, e)
        case FollowUpResumed() as e:
            return _resumed(invoice, e)
        case ReminderSent() as e:
            return but(
                invoice,
                reminders=invoice.reminders + (e.channel is not Channel.PHONE),
                last_contact_on=e.on,
                last_chased_on=e.on,
                last_manual_contact_on=e.on,
            )
        case FollowUpScheduled() as e:
            return but(invoice, next_step=e.step, next_step_on=e.next_step_on)
        case StepTaken() as e:
            steps = (*invoice.steps, StepRecord(e.step, e.times, e.on, invoice.due_on, e.message))
            return but(invoice, steps=steps, next_step="", next_step_on=None)
        case StepWithdrawn() as e:
            steps = tuple(taken for taken in invoice.steps if taken.message != e.message)
            return but(invoice, steps=steps)
        case EmailFailed() | LetterFailed() as e:
            return but(invoice, undeliverable={**invoice.undeliverable, e.message: e.on})
        case EmailSent() | LetterPrinted() as e:
            if e.purpose is not Purpose.REMINDER:
                return invoice
            reminders = invoice.reminders + 1
            return but(invoice, reminders=reminders, last_contact_on=e.on, last_chased_on=e.on)
        case FollowUpHeld() as e:
            hold = Hold(e.hold_id, e.amount, e.reason, e.until, e.release_by, e.ticket)
            return but(invoice, holds={**invoice.holds, e.hold_id: hold})
        case FollowUpHoldExpired() as e:  # it stays: the agenda asks to take the invoice up again
            over = {k: but(one, expired=True) for k, one in invoice.holds.items() if k == e.hold_id}
            return but(invoice, holds={**invoice.holds, **over})
        case ItemDone() as e:
            reply = None if e.item == REPLY_ITEM else invoice.reply
            return but(invoice, tasks_done={**invoice.tasks_done, e.item: e.on}, reply=reply)
        case ItemPostponed() as e:
            postponed = Postponement(e.action, e.until, e.why)
            return but(invoice, postponed={**invoice.postponed, e.item: postponed})
        case _:
            assert_never(event)


def _resumed(invoice: Invoice, e: FollowUpResumed) -> Invoice:
    holds = {key: hold for key, hold in invoice.holds.items() if key != e.hold_id}
    disputed = bool(invoice.open_disputes)
    disputes = {
        key: but(one, resumed_on=one.resumed_on or e.on)
        if one.resolved_on and not disputed
        else one
        for key, one in invoice.disputes.items()
    }
    return but(
        invoice,
        holds=holds,
        disputes=disputes,
        next_step_on=e.next_step_on,
        resumed_on=e.on if e.case_id else invoice.resumed_on,
    )


def _contact(invoice: Invoice, e: ContactLogged) -> Invoice:
    contacts, reply = invoice.contacts | {e.contact_id}, _reply(invoice.reply, e)
    known = but(invoice, contacts=contacts, last_contact_on=e.on, reply=reply)
    return (
        but(known, last_chased_on=e.on, last_manual_contact_on=e.on)
        if e.direction == "out"
        else known
    )


def _reply(there: UnansweredReply | None, e: ContactLogged) -> UnansweredReply | None:
    """Return the reply that still waits: what we say answers all that came before."""
    if e.direction == "out":
        return there if there and e.on < there.on else None
    if not e.awaits_answer:
        return there
    words = " ".join(e.summary[:EXCERPT_LENGTH].split())
    if there is None:
        return UnansweredReply(e.on, e.on, e.who, words, 1, e.resolved_case)
    return but(
        there,
        on=max(there.on, e.on),
        words=words,
        times=there.times + 1,
        resolved_case=e.resolved_case or there.resolved_case,
    )
