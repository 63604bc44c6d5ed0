"""What looks odd about a fact. It is recorded all the same, and carries its flags for good."""

from datetime import date
from enum import StrEnum
from typing import Any

from ledger.facts import debtor_events
from ledger.facts.codes import ZERO
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute_events import (
    DisputeOpened,
    DisputeResolved,
    OutcomeNotified,
    ResolverAssigned,
)
from ledger.facts.invoice.follow_up_events import ReminderSent
from ledger.facts.invoice.handoff_events import HandedOff
from ledger.facts.invoice.payment_events import LateFeeCharged, PaymentReceived
from ledger.facts.invoice.promise_events import PromiseMade
from ledger.facts.invoice.registration_events import InvoiceRegistered, InvoiceSent, NoteAdded
from ledger.facts.invoice.state import Invoice
from ledger.policy.validation import is_valid_iban, is_valid_vat_id


class Flag(StrEnum):
    """One word for each oddity, kept in the entry."""

    ZERO_AMOUNT = "zero_amount"
    OVERPAID = "overpaid"
    AFTER_HAND_OFF = "after_hand_off"
    AFTER_SETTLEMENT = "after_settlement"
    AFTER_CANCELLATION = "after_cancellation"
    RESULT_BEFORE_OPENING = "result_before_opening"
    ASSIGNED_BEFORE_OPENING = "assigned_before_opening"
    NOT_DISPUTED = "not_disputed"
    DISPUTED_BEFORE_SENT = "disputed_before_sent"
    CONTESTED_ABOVE_OPEN = "contested_above_open"
    DATED_IN_FUTURE = "dated_in_future"
    UNKNOWN_DEBTOR = "unknown_debtor"
    ODD_VAT_ID = "odd_vat_id"
    ODD_IBAN = "odd_iban"
    LIKELY_DUPLICATE = "likely_duplicate"  # this and the next are told by other books
    OVER_CREDIT_LIMIT = "over_credit_limit"


def find_flags(state: Invoice | Debtor, event: Any, today: date) -> tuple[Flag, ...]:
    """What is odd about ``event`` for the book as it stood before it, on the day it is recorded."""
    found = _about_invoice(state, event) if isinstance(state, Invoice) else _about_debtor(event)
    found += _about_form(event)
    if event.on > today:
        found.append(Flag.DATED_IN_FUTURE)
    return tuple(found)


_AT_AGENCY = (
    PaymentReceived,
    ResolverAssigned,
    DisputeOpened,
    ReminderSent,
    PromiseMade,
)


def _about_invoice(invoice: Invoice, event: Any) -> list[Flag]:  # noqa: C901
    found = list[Flag]()
    match event:
        case PaymentReceived(amount=amount):
            if amount == 0:
                found.append(Flag.ZERO_AMOUNT)
            if invoice.open_amount <= 0 < amount:
                found.append(Flag.AFTER_SETTLEMENT)
            if amount > max(invoice.open_amount, ZERO):
                found.append(Flag.OVERPAID)
        case DisputeOpened() as e:
            found += _about_opening(invoice, e)
        case DisputeResolved() as e:
            one = invoice.disputes.get(e.case_id)
            if one is None or not one.opened:
                found.append(Flag.RESULT_BEFORE_OPENING)
        case ResolverAssigned() as e:
            one = invoice.disputes.get(e.case_id)
            if one is None or not one.opened:
                found.append(Flag.ASSIGNED_BEFORE_OPENING)
        case InvoiceSent(on=sent_on) if not invoice.sent_on:
            if any(one.raised_on and one.raised_on < sent_on for one in invoice.disputes.values()):
                found.append(Flag.DISPUTED_BEFORE_SENT)
        case OutcomeNotified(case_id=case_id):
            one = invoice.disputes.get(case_id) if case_id else None
            if one is None or not one.opened:
                found.append(Flag.NOT_DISPUTED)
        case HandedOff() | ReminderSent() if invoice.open_amount <= 0:
            found.append(Flag.AFTER_SETTLEMENT)
        case InvoiceRegistered(debtor=debtor, amount=amount):
            if not debtor:
                found.append(Flag.UNKNOWN_DEBTOR)
            if amount == 0:
                found.append(Flag.ZERO_AMOUNT)
        case LateFeeCharged(amount=amount) if amount == 0:
            found.append(Flag.ZERO_AMOUNT)
    if isinstance(event, _AT_AGENCY) and invoice.agency:
        found.append(Flag.AFTER_HAND_OFF)
    if invoice.cancelled and not isinstance(event, NoteAdded):
        found.append(Flag.AFTER_CANCELLATION)
    return found


def _about_opening(invoice: Invoice, e: DisputeOpened) -> list[Flag]:
    found = list[Flag]()
    if invoice.sent_on and e.raised_on < invoice.sent_on:
        found.append(Flag.DISPUTED_BEFORE_SENT)
    if invoice.open_amount <= 0:
        found.append(Flag.AFTER_SETTLEMENT)
    if e.contested is not None and e.contested > max(invoice.undisputed_amount, ZERO):
        found.append(Flag.CONTESTED_ABOVE_OPEN)
    return found


def _about_debtor(event: Any) -> list[Flag]:
    match event:
        case debtor_events.MoneyReceived(amount=amount) if amount == 0:
            return [Flag.ZERO_AMOUNT]
    return []


def _about_form(event: Any) -> list[Flag]:
    """What cannot be what it says it is, however it was typed."""
    match event:
        case debtor_events.DebtorRegistered(vat_id=str(told)) if not is_valid_vat_id(told):
            return [Flag.ODD_VAT_ID]
        case debtor_events.DebtorCorrected(vat_id=str(told)) if not is_valid_vat_id(told):
            return [Flag.ODD_VAT_ID]
        case PaymentReceived(payer_iban=str(told)) if not is_valid_iban(told):
            return [Flag.ODD_IBAN]
        case debtor_events.MoneyReceived(payer_iban=str(told)) if not is_valid_iban(told):
            return [Flag.ODD_IBAN]
    return []
