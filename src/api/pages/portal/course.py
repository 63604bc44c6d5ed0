"""The course of an invoice, in sentences for its debtor. What has no sentence is not shown."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from api.i18n.translate import Translation
from api.pages.portal.guest import PORTAL
from ledger.facts.codes import Purpose
from ledger.facts.entry import Entry
from ledger.facts.invoice import (
    dispute_endings,
    dispute_opening,
    follow_up,
    payments,
    promises,
    registration,
)
from ledger.facts.invoice.state import Invoice

SENT = {
    Purpose.INVOICE_COPY: "We sent you a copy of the invoice",
    Purpose.REMINDER: "We reminded you",
    Purpose.RECEIPT: "We confirmed that we have your message",
    Purpose.OUTCOME: "We wrote to you how it ended",
}
ENDED = {
    promises.PromiseKept: "You kept your promise of {amount}",
    promises.PromiseBroken: "What you promised did not arrive in time: {amount}",
    promises.PromiseWithdrawn: "Your promise of {amount} does not count any more",
}


class Step(NamedTuple):
    """A step of the course; ``quote`` has the debtor's own words."""

    day: str
    what: str
    quote: str = ""


def course_of(invoice: Invoice, seen: Sequence[Entry], _: Translation) -> list[Step]:
    """Return the steps that a debtor may know, the first of them first."""
    found = list[Step]()
    for entry in seen:
        for what, quote in _sentences(invoice, entry, _):
            found.append(Step(_.day(entry.event.on), what, quote))
    return found


def _sentences(invoice: Invoice, entry: Entry, _: Translation) -> Iterator[tuple[str, str]]:
    code = invoice.currency
    match entry.event:
        case registration.InvoiceRegistered() as e:
            yield _("The invoice was made: {amount}", amount=_.money(e.amount, code)), ""
        case registration.InvoiceCancelled():
            yield _("The invoice was cancelled"), ""
        case registration.InvoiceSent():
            yield _("We sent you the invoice"), ""
        case follow_up.EmailSent() | follow_up.LetterPrinted() as e:
            yield _(SENT[e.purpose]), ""
        case follow_up.ContactLogged() as e:
            yield _("You wrote to us"), e.summary if entry.via == PORTAL else ""
        case promises.PromiseMade() as e:
            amount, day = _.money(e.amount, code), _.day(e.promised_for)
            yield _("You promised {amount} by {day}", amount=amount, day=day), ""
        case promises.PromiseKept() | promises.PromiseBroken() | promises.PromiseWithdrawn() as e:
            if made := invoice.promises.get(e.promise_id):
                yield _(ENDED[type(e)], amount=_.money(made.amount, code)), ""
        case _other:
            yield from _of_dispute(invoice, entry, _) or _of_money(invoice, entry.event, _)


def _of_dispute(invoice: Invoice, entry: Entry, _: Translation) -> list[tuple[str, str]]:
    match entry.event:
        case dispute_opening.DisputeOpened() as e:
            amount = _.money(e.contested or invoice.amount, invoice.currency)
            theirs = e.comment if entry.via == PORTAL else ""
            reason = _.code(e.reason)
            what = _("You do not agree with {amount}: {reason}", amount=amount, reason=reason)
            return [(what, theirs)]
        case dispute_endings.DisputeResolved() as e:
            return [(_("It is decided: {outcome}", outcome=_.code(e.outcome)), "")]
        case dispute_endings.DisputeReopened():
            return [(_("We look into it again"), "")]
        case dispute_endings.DisputeVoided():
            return [(_("It was recorded by mistake and does not count"), "")]
    return []


MONEY: dict[type, str] = {
    payments.PaymentReceived: "We received {amount}",
    payments.PaymentReversed: "A payment of {amount} was taken back",
    payments.CreditNoteIssued: "A credit note of {amount}",
    payments.LateFeeCharged: "Costs were added: {amount}",
    payments.LateFeeWaived: "Costs were taken off: {amount}",
    payments.InterestCharged: "Interest was added: {amount}",
    payments.InterestWaived: "Interest was taken off: {amount}",
    payments.SettledPerErp: "Settled: {amount}",
    payments.ClosedPerErp: "Settled: {amount}",
}


def _of_money(invoice: Invoice, event: Any, _: Translation) -> Iterator[tuple[str, str]]:
    if text := MONEY.get(type(event)):
        number = getattr(event, "number", "")
        what = _(text, amount=_.money(event.amount, invoice.currency))
        yield f"{what} ({number})" if number else what, ""
