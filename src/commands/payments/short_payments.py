"""What follows by the playbook from a payment that leaves a part unpaid, and from its reversal."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from uuid import uuid5

from commands.command import Command
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import VoidDispute
from ledger.facts.codes import Reason
from ledger.facts.invoice.payment_events import PaymentReceived, PaymentReversed
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import ShortPayments
from ledger.policy.payments.reason_codes import reason_from_codes

Paid = tuple[Invoice, PaymentReceived | PaymentReversed]  # the invoice as all of it leaves it


def short_payment_disputes(paid: Iterable[Paid], rules: ShortPayments) -> Iterator[Command]:
    """A dispute over what is missing, once for each invoice; and none any more of what was
    missing of a payment that is gone, unless somebody has touched it since."""
    for invoice, event in {one.number: (one, event) for one, event in paid}.values():
        match event:
            case PaymentReceived():
                yield from _opened(invoice, event, rules)
            case PaymentReversed():
                for one in invoice.open_disputes:
                    if one.payment == event.reference and not one.edited_by_user:
                        yield VoidDispute(
                            invoice=invoice.number,
                            case_id=one.case_id,
                            why=f"Payment {event.reference}, which was short of it, was reversed.",
                        )


def _opened(
    invoice: Invoice, event: PaymentReceived, rules: ShortPayments
) -> Iterator[OpenDispute]:
    short = invoice.short_amount
    if (
        rules.disputes == "never"
        or not invoice.collectable
        or short <= tolerated_shortfall(rules, invoice)
    ):
        return
    reason = reason_from_codes(event.reason_code, event.reason_list, event.remittance)
    if reason is None and rules.disputes != "always":
        return
    told = f"Payment {event.reference} is short by {short} {invoice.currency}."
    name = f"short payment {event.reference} {len(invoice.disputes)}"
    yield OpenDispute(
        invoice=invoice.number,
        case_id=uuid5(invoice.id, name),  # decided again, it is the same case
        reason=reason or Reason.OTHER,
        contested=short,
        comment=(event.remittance or "").strip() or told,
        raised_on=event.on,
        original_code=event.reason_code,
        original_list=event.reason_list,
        payment=event.reference,
    )


def tolerated_shortfall(rules: ShortPayments, invoice: Invoice) -> Decimal:
    """What may be missing; of an amount and a percentage the lower one."""
    percent = rules.tolerance_percent
    share = None if percent is None else invoice.amount * percent / 100
    return min((one for one in (rules.tolerance, share) if one is not None), default=Decimal(0))
