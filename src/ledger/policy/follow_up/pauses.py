"""Pauses of follow-up: why, until when, and by which entries."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.codes import DEBTOR_ITEM
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorContactLogged, DebtorHeld
from ledger.facts.invoice import payments as money
from ledger.facts.invoice.dispute_endings import DisputeReopened
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.handoff import HandedOff
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import InvoiceCancelled
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.holds import lasting_holds, lasts
from ledger.policy.follow_up.replies import debtor_rest_ends, rest_ends, unanswered
from ledger.policy.follow_up.segments import ladder_of

MONEY = (
    money.PaymentReceived,
    money.PaymentReversed,
    money.CreditNoteIssued,
    money.WrittenOff,
    money.SettledPerErp,
    money.ClosedPerErp,
)


class Pause(Struct, frozen=True):
    """Why follow-up pauses; ``until`` is its end, if it is known."""

    why: str
    until: date | None = None


def pause_reason(invoice: Invoice, debtor: Debtor, rules: Rules, today: date) -> Pause | None:
    """Return the first reason not to follow up the invoice; None when there is none."""
    if not invoice.instalments:
        return Pause("it is not registered")
    if not invoice.collectable:
        return Pause("it is not collectable: paid, credited, written off, cancelled or handed off")
    if dispute := pausing_dispute(invoice):
        amount = invoice.disputed_amounts[dispute.case_id]
        return Pause(f"{amount} is disputed: {dispute.reason.replace('_', ' ')}")
    if lasts(end := rest_ends(invoice), today):
        return Pause(unanswered(invoice.replies), None if end == date.max else end)
    for hold in lasting_holds(invoice, today):
        if hold.amount is None:
            return Pause(f"held: {hold.reason}", hold.until)
    postponed = invoice.postponed.get(DEBTOR_ITEM)
    if postponed and today < postponed.until:
        return Pause(f"postponed: {postponed.why}", postponed.until)
    amount, least = amount_to_ask(invoice, today), ladder_of(invoice, debtor, rules).from_amount
    if amount <= 0:
        return Pause("; ".join(_parts_that_wait(invoice, today)))
    if amount < least:
        return Pause(f"{amount} is less than {least}, the least amount that is followed up")
    return None


def pausing_dispute(invoice: Invoice) -> Dispute | None:
    """Return the first open dispute that pauses the whole invoice: it contests all of it, or so it
    was recorded."""
    return next((dispute for dispute in invoice.open_disputes if dispute.pauses_whole), None)


def paused_by(invoice: Invoice, rules: Rules) -> Invoice:
    """Return the invoice with its open disputes pausing by these rules, to simulate them."""
    disputes = {
        case: but(dispute, rests_whole=rules.handling(dispute.reason).rests_whole)
        for case, dispute in invoice.disputes.items()
    }
    return but(invoice, disputes=disputes)


def debtor_pause(debtor: Debtor, today: date) -> Pause | None:
    """Return the first hold on all invoices of the debtor that applies ``today``, or their message
    about no particular invoice that nobody has answered."""
    for hold in debtor.holds.values():
        if lasts(hold.until, today):
            return Pause(f"the debtor is held: {hold.reason}", hold.until)
    if lasts(end := debtor_rest_ends(debtor), today):
        return Pause(unanswered(debtor.replies), None if end == date.max else end)
    return None


def _parts_that_wait(invoice: Invoice, today: date) -> Iterator[str]:
    if invoice.disputed_amount:
        yield f"{invoice.disputed_amount} is disputed"
    if invoice.credit_due:
        yield f"{invoice.credit_due} is to be credited"
    for hold in lasting_holds(invoice, today):
        if hold.amount:
            yield f"{hold.amount} is held: {hold.reason}"
    if promise := invoice.open_promise:
        yield f"{promise.amount} is promised for {promise.promised_for}"


def pauses(event: Any, invoice: Invoice) -> bool:
    """Return whether the event is why follow-up of the invoice pauses now."""
    match event:
        case InvoiceCancelled():
            return invoice.cancelled
        case HandedOff(handoff_id=handoff_id):
            return invoice.handoff_id == handoff_id
        case DisputeOpened(case_id=case_id) | DisputeReopened(case_id=case_id):
            return case_id in {dispute.case_id for dispute in invoice.open_disputes}
        case ContactLogged(contact_id=contact_id):
            return contact_id in {reply.contact_id for reply in invoice.replies}
        case FollowUpHeld(hold_id=hold_id):
            return hold_id in {hold.hold_id for hold in invoice.lasting_holds}
        case PromiseMade(promise_id=promise_id):
            return promise_id in {promise.promise_id for promise in invoice.open_promises}
    return isinstance(event, MONEY) and invoice.open_amount <= 0 and not invoice.cancelled


def pauses_debtor(event: Any, debtor: Debtor) -> bool:
    """Return whether the event is a hold on the debtor that was not released, or a message that
    was not answered."""
    if isinstance(event, DebtorContactLogged):
        return event.contact_id in {reply.contact_id for reply in debtor.replies}
    return isinstance(event, DebtorHeld) and event.hold_id in debtor.holds
