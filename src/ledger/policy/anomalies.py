"""Flags of unusual events. A flagged event is recorded, and its flags are stored with it."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from ledger.facts.codes import ZERO
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorCorrected, DebtorRegistered, MoneyReceived
from ledger.facts.invoice.dispute_endings import DisputeResolved, OutcomeNotified
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ReminderSent
from ledger.facts.invoice.handoff import HandedOff
from ledger.facts.invoice.original import OriginalNamed, is_second
from ledger.facts.invoice.payments import LateFeeCharged, PaymentReceived
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import InvoiceRegistered, InvoiceSent, NoteAdded
from ledger.facts.invoice.state import Invoice
from ledger.policy.validation import is_valid_iban, is_valid_vat_id


class Flag(StrEnum):
    """What may be unusual about an event."""

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
    BEYOND_APPROVAL = "beyond_approval"  # more than its author may decide
    UNKNOWN_DEBTOR = "unknown_debtor"
    ODD_VAT_ID = "odd_vat_id"
    ODD_IBAN = "odd_iban"
    LIKELY_DUPLICATE = "likely_duplicate"  # this and the next are found in other books
    OVER_CREDIT_LIMIT = "over_credit_limit"
    SECOND_INVOICE_DOCUMENT = "second_invoice_document"


def find_flags(state: Invoice | Debtor, event: Any, today: date) -> tuple[Flag, ...]:
    """Return the flags of ``event``, recorded ``today`` in a book with the state before it."""
    found = _about_invoice(state, event) if isinstance(state, Invoice) else []
    match event:
        case MoneyReceived(amount=amount) if amount == 0:
            found.append(Flag.ZERO_AMOUNT)
    match event:
        case DebtorRegistered(vat_id=str(vat_id)) | DebtorCorrected(vat_id=str(vat_id)):
            found += [] if is_valid_vat_id(vat_id) else [Flag.ODD_VAT_ID]
        case PaymentReceived(payer_iban=str(iban)) | MoneyReceived(payer_iban=str(iban)):
            found += [] if is_valid_iban(iban) else [Flag.ODD_IBAN]
    if event.on > today:
        found.append(Flag.DATED_IN_FUTURE)
    return tuple(found)


_AT_AGENCY = (PaymentReceived, ResolverAssigned, DisputeOpened, ReminderSent, PromiseMade)


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
        case DisputeResolved(case_id=case_id) if not _is_opened(invoice, case_id):
            found.append(Flag.RESULT_BEFORE_OPENING)
        case ResolverAssigned(case_id=case_id) if not _is_opened(invoice, case_id):
            found.append(Flag.ASSIGNED_BEFORE_OPENING)
        case OutcomeNotified(case_id=case_id) if not _is_opened(invoice, case_id):
            found.append(Flag.NOT_DISPUTED)
        case InvoiceSent(on=sent_on) if not invoice.sent_on:
            days = [dispute.raised_on for dispute in invoice.disputes.values()]
            if any(raised_on and raised_on < sent_on for raised_on in days):
                found.append(Flag.DISPUTED_BEFORE_SENT)
        case HandedOff() | ReminderSent() if invoice.open_amount <= 0:
            found.append(Flag.AFTER_SETTLEMENT)
        case InvoiceRegistered(debtor=debtor, amount=amount):
            if not debtor:
                found.append(Flag.UNKNOWN_DEBTOR)
            if amount == 0:
                found.append(Flag.ZERO_AMOUNT)
        case OriginalNamed() as e if is_second(invoice, e):
            found.append(Flag.SECOND_INVOICE_DOCUMENT)
        case LateFeeCharged(amount=amount) if amount == 0:
            found.append(Flag.ZERO_AMOUNT)
    if isinstance(event, _AT_AGENCY) and invoice.agency:
        found.append(Flag.AFTER_HAND_OFF)
    if invoice.cancelled and not isinstance(event, NoteAdded):
        found.append(Flag.AFTER_CANCELLATION)
    return found


def _is_opened(invoice: Invoice, case_id: UUID | None) -> bool:
    return any(case == case_id and part.opened for case, part in invoice.disputes.items())


def _about_opening(invoice: Invoice, e: DisputeOpened) -> list[Flag]:
    found = list[Flag]()
    if invoice.sent_on and e.raised_on < invoice.sent_on:
        found.append(Flag.DISPUTED_BEFORE_SENT)
    if invoice.open_amount <= 0:
        found.append(Flag.AFTER_SETTLEMENT)
    if e.contested is not None and e.contested > max(invoice.undisputed_amount, ZERO):
        found.append(Flag.CONTESTED_ABOVE_OPEN)
    return found
