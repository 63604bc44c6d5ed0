"""Sentences about money and promises to pay."""

from typing import assert_never

from ledger.facts.invoice import approval, payments, promises
from projections.contact_log.phrasing import money, plural, quote_suffix, receipt

MoneyEvent = payments.PaymentEvent | promises.PromiseEvent | approval.ApprovalEvent


def about_money(event: MoneyEvent) -> str:  # noqa: C901
    match event:
        case payments.PaymentReceived() as e:
            return receipt(f"Payment of {money(e.amount)} was received", e)
        case payments.PaymentReversed() as e:
            return f"Payment {e.reference} of {money(e.amount)} was reversed{quote_suffix(e.why)}."
        case payments.CreditNoteIssued() as e:
            dispute = " for the dispute" if e.case_id else ""
            return f"Credit note {e.number} of {money(e.amount)} was issued{dispute}."
        case payments.WrittenOff() as e:
            return f"{money(e.amount)} was written off{quote_suffix(e.why)}."
        case payments.LateFeeCharged() as e:
            return f"A late fee of {money(e.amount)} was charged{quote_suffix(e.why)}."
        case payments.LateFeeWaived() as e:
            return f"A late fee of {money(e.amount)} was waived{quote_suffix(e.why)}."
        case payments.InterestCharged() as e:
            return f"Interest of {money(e.amount)} was charged{quote_suffix(e.why)}."
        case payments.InterestWaived() as e:
            return f"Interest of {money(e.amount)} was waived{quote_suffix(e.why)}."
        case promises.PromiseMade() as e:
            promise = f"{e.who.strip() or 'The debtor'} promised to pay {money(e.amount)}"
            grace = f", with {plural(e.grace_days, 'day')} of grace" if e.grace_days else ""
            return f"{promise} by {e.promised_for}{grace}."
        case promises.PromiseKept():
            return "The promise to pay was kept."
        case promises.PromiseBroken() as e:
            part = f", though {money(e.paid)} of it was paid" if e.paid else ""
            return f"The promise to pay was broken{part}."
        case promises.PromiseWithdrawn() as e:
            return f"The promise to pay was withdrawn{quote_suffix(e.why)}."
        case payments.SettledPerErp() as e:
            less = f"The creditor's accounts list {money(e.amount)} less as open"
            return f"{less}, which counts as settled{quote_suffix(e.source)}."
        case payments.ClosedPerErp() as e:
            gone = "The creditor's accounts no longer list the invoice as open"
            rest = f"so the remaining {money(e.amount)} counts as settled"
            return f"{gone}, {rest}{quote_suffix(e.source)}."
        case approval.ApprovalMissing() as e:
            return f"{money(e.amount)} was given away by {e.who} without approval (line {e.line})."
        case approval.ApprovedAfterwards() as e:
            return f"{money(e.amount)} that was given away (line {e.line}) was approved afterwards."
        case _:
            assert_never(event)
