"""Sentences about money and promises to pay."""

from decimal import Decimal
from typing import assert_never

from ledger.facts.invoice import approval, payments, promises
from projections.contact_log.language import Language
from projections.contact_log.phrasing import quote, receipt

MoneyEvent = payments.PaymentEvent | promises.PromiseEvent | approval.ApprovalEvent


def about_money(event: MoneyEvent, words: Language) -> str:  # noqa: C901
    match event:
        case payments.PaymentReceived() as e:
            text = "Payment of {amount} was received{payer}{details}."
            return receipt(words, text, words.money(e.amount), e)
        case payments.PaymentReversed() as e:
            text = "Payment {reference} of {amount} was reversed{why}."
            amount, why = words.money(e.amount), quote(words, words.ours(e.why))
            return words(text, reference=e.reference, amount=amount, why=why)
        case payments.CreditNoteIssued() as e:
            dispute = words(" for the dispute") if e.case_id else ""
            text = "Credit note {number} of {amount} was issued{dispute}."
            amount = words.money(e.amount)
            return words(text, number=e.number, amount=amount, dispute=dispute)
        case payments.WrittenOff() as e:
            return _why(words, "{amount} was written off{why}.", e.amount, e.why)
        case payments.LateFeeCharged() as e:
            return _why(words, "A late fee of {amount} was charged{why}.", e.amount, e.why)
        case payments.LateFeeWaived() as e:
            return _why(words, "A late fee of {amount} was waived{why}.", e.amount, e.why)
        case payments.InterestCharged() as e:
            return _why(words, "Interest of {amount} was charged{why}.", e.amount, e.why)
        case payments.InterestWaived() as e:
            return _why(words, "Interest of {amount} was waived{why}.", e.amount, e.why)
        case promises.PromiseMade() as e:
            return _promised(e, words)
        case promises.PromiseKept():
            return words("The promise to pay was kept.")
        case promises.PromiseBroken(paid=paid):
            part = words(", though {paid} of it was paid", paid=words.money(paid)) if paid else ""
            return words("The promise to pay was broken{part}.", part=part)
        case promises.PromiseWithdrawn() as e:
            return words("The promise to pay was withdrawn{why}.", why=quote(words, e.why))
        case payments.SettledPerErp() as e:
            return _why(words, SETTLED, e.amount, e.source)
        case payments.ClosedPerErp() as e:
            return _why(words, CLOSED, e.amount, e.source)
        case approval.ApprovalMissing() as e:
            text = "{amount} was given away by {who} without approval (line {line})."
            return words(text, amount=words.money(e.amount), who=e.who, line=str(e.line))
        case approval.ApprovedAfterwards() as e:
            text = "{amount} that was given away (line {line}) was approved afterwards."
            return words(text, amount=words.money(e.amount), line=str(e.line))
        case _:
            assert_never(event)


SETTLED = "The creditor's accounts list {amount} less as open, which counts as settled{why}."
CLOSED = (
    "The creditor's accounts no longer list the invoice as open, so the remaining {amount}"
    " counts as settled{why}."
)


def _why(words: Language, text: str, amount: Decimal, why: str) -> str:
    return words(text, amount=words.money(amount), why=quote(words, why))


def _promised(e: promises.PromiseMade, words: Language) -> str:
    days = words.number_of(e.grace_days, "1 day", "{count} days")
    grace = words(", with {days} of grace", days=days) if e.grace_days else ""
    facts = {"amount": words.money(e.amount), "day": words.day(e.promised_for), "grace": grace}
    if who := e.who.strip():
        return words("{who} promised to pay {amount} by {day}{grace}.", who=who, **facts)
    return words("The debtor promised to pay {amount} by {day}{grace}.", **facts)
