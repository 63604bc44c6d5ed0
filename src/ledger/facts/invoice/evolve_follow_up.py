"""How follow-up changes an invoice: contacts, steps, messages, holds and tasks."""

from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import REPLY_ITEM, Channel, Purpose
from ledger.facts.invoice import follow_up_events as ev
from ledger.facts.invoice.state import Hold, Invoice, Postponement, StepRecord, UnansweredReply

EXCERPT_LENGTH = 100  # characters of a reply that the agenda shows


def evolve_follow_up(invoice: Invoice, event: ev.FollowUpEvent) -> Invoice:  # noqa: C901
    """Return the next state. Of our mails and letters only reminders count as dunning."""
    match event:
        case ev.ContactLogged() as e:
            return _contact(invoice, e)
        case ev.FollowUpResumed() as e:
            return _resumed(invoice, e)
        case ev.ReminderSent() as e:
            return but(
                invoice,
                reminders=invoice.reminders + (e.channel is not Channel.PHONE),
                last_contact_on=e.on,
                last_chased_on=e.on,
                last_manual_contact_on=e.on,
            )
        case ev.FollowUpScheduled() as e:
            return but(invoice, next_step=e.step, next_step_on=e.next_step_on)
        case ev.StepTaken() as e:
            steps = (*invoice.steps, StepRecord(e.step, e.times, e.on, invoice.due_on, e.message))
            return but(invoice, steps=steps, next_step="", next_step_on=None)
        case ev.StepWithdrawn() as e:
            steps = tuple(taken for taken in invoice.steps if taken.message != e.message)
            return but(invoice, steps=steps)
        case ev.EmailFailed() | ev.LetterFailed() as e:
            return but(invoice, undeliverable={**invoice.undeliverable, e.message: e.on})
        case ev.EmailSent() | ev.LetterPrinted() as e:
            if e.purpose is not Purpose.REMINDER:
                return invoice
            reminders = invoice.reminders + 1
            return but(invoice, reminders=reminders, last_contact_on=e.on, last_chased_on=e.on)
        case ev.FollowUpHeld() as e:
            hold = Hold(e.hold_id, e.amount, e.reason, e.until, e.release_by, e.ticket)
            return but(invoice, holds={**invoice.holds, e.hold_id: hold})
        case ev.FollowUpHoldExpired() as e:  # kept: the agenda asks to resume follow-up
            holds = {
                key: but(hold, expired=True) if key == e.hold_id else hold
                for key, hold in invoice.holds.items()
            }
            return but(invoice, holds=holds)
        case ev.ItemDone() as e:
            reply = None if e.item == REPLY_ITEM else invoice.reply
            return but(invoice, tasks_done={**invoice.tasks_done, e.item: e.on}, reply=reply)
        case ev.ItemPostponed() as e:
            postponed = Postponement(e.action, e.until, e.why)
            return but(invoice, postponed={**invoice.postponed, e.item: postponed})
        case _:
            assert_never(event)


def _resumed(invoice: Invoice, e: ev.FollowUpResumed) -> Invoice:
    holds = {key: hold for key, hold in invoice.holds.items() if key != e.hold_id}
    disputed = bool(invoice.open_disputes)
    disputes = {
        key: but(dispute, resumed_on=dispute.resumed_on or e.on)
        if dispute.resolved_on and not disputed
        else dispute
        for key, dispute in invoice.disputes.items()
    }
    return but(
        invoice,
        holds=holds,
        disputes=disputes,
        next_step_on=e.next_step_on,
        resumed_on=e.on if e.case_id else invoice.resumed_on,
    )


def _contact(invoice: Invoice, e: ev.ContactLogged) -> Invoice:
    contacts, reply = invoice.contacts | {e.contact_id}, _reply(invoice.reply, e)
    after = but(invoice, contacts=contacts, last_contact_on=e.on, reply=reply)
    outbound = e.direction == "out"
    return but(after, last_chased_on=e.on, last_manual_contact_on=e.on) if outbound else after


def _reply(earlier: UnansweredReply | None, e: ev.ContactLogged) -> UnansweredReply | None:
    """Return the reply that still waits: a contact of ours answers all replies before it."""
    if e.direction == "out":
        return earlier if earlier and e.on < earlier.on else None
    if not e.awaits_answer:
        return earlier
    words = " ".join(e.summary[:EXCERPT_LENGTH].split())
    if earlier is None:
        return UnansweredReply(e.on, e.on, e.who, words, 1, e.resolved_case)
    return but(
        earlier,
        on=max(earlier.on, e.on),
        words=words,
        times=earlier.times + 1,
        resolved_case=e.resolved_case or earlier.resolved_case,
    )
