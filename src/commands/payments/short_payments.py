"""Disputes over short payments, opened and voided by the rules of the playbook."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from uuid import uuid5

from commands.command import Command
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import VoidDispute
from ledger.facts.codes import ZERO, Reason
from ledger.facts.invoice.payments import PaymentReceived, PaymentReversed
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import ShortPayments
from ledger.policy.payments.allocation import short_part, short_words
from ledger.policy.payments.reason_codes import reason_from_codes

Paid = tuple[Invoice, PaymentReceived | PaymentReversed]  # the invoice after all events


def short_payment_disputes(paid: Iterable[Paid], rules: ShortPayments) -> Iterator[Command]:
    """Open a dispute over the shortfall of each short-paid invoice.

    Void the disputes over a payment that was reversed, unless a user has edited them.
    """
    for invoice, event in {invoice.number: (invoice, event) for invoice, event in paid}.values():
        match event:
            case PaymentReceived():
                yield from _opened(invoice, event, rules)
            case PaymentReversed():
                for dispute in invoice.open_disputes:
                    if dispute.payment == event.reference and not dispute.edited_by_user:
                        yield VoidDispute(
                            invoice=invoice.number,
                            case_id=dispute.case_id,
                            why=f"Payment {event.reference}, which was short of it, was reversed.",
                        )


def _opened(
    invoice: Invoice, event: PaymentReceived, rules: ShortPayments
) -> Iterator[OpenDispute]:
    short = part.short if (part := short_part(invoice)) else ZERO
    tolerated = short <= tolerated_shortfall(rules, invoice)
    if rules.disputes == "never" or not invoice.collectable or tolerated:
        return
    reason = reason_from_codes(event.reason_code, event.reason_list, event.remittance)
    if reason is None and rules.disputes != "always":
        return
    summary = short_words(event.reference, short, invoice.currency)
    name = f"short payment {event.reference} {len(invoice.disputes)}"
    yield OpenDispute(
        invoice=invoice.number,
        case_id=uuid5(invoice.id, name),  # the same case in each attempt
        reason=reason or Reason.OTHER,
        contested=short,
        comment=(event.remittance or "").strip() or summary,
        raised_on=event.on,
        original_code=event.reason_code,
        original_list=event.reason_list,
        payment=event.reference,
    )


def tolerated_shortfall(rules: ShortPayments, invoice: Invoice) -> Decimal:
    """Return the tolerance: the lower of the amount and the percentage."""
    percent = rules.tolerance_percent
    share = None if percent is None else invoice.amount * percent / 100
    limits = (limit for limit in (rules.tolerance, share) if limit is not None)
    return min(limits, default=Decimal(0))
