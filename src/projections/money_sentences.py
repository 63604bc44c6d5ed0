"""What moves or promises money, in sentences."""

from typing import assert_never

from ledger import invoice_events as ev
from projections.wording import counted, money, receipt, saying

MoneyEvent = (
    ev.PaymentReceived
    | ev.PaymentReversed
    | ev.CreditNoteIssued
    | ev.WrittenOff
    | ev.LateFeeCharged
    | ev.LateFeeWaived
    | ev.InterestCharged
    | ev.InterestWaived
    | ev.PromiseMade
    | ev.PromiseKept
    | ev.PromiseBroken
    | ev.PromiseWithdrawn
    | ev.SettledPerErp
    | ev.ClosedPerErp
)


def about_money(event: MoneyEvent) -> str:  # noqa: C901
    """Exhaustive: mypy names this place when an event is added."""
    match event:
        case ev.PaymentReceived() as e:
            return receipt(f"Payment of {money(e.amount)} was received", e)
        case ev.PaymentReversed() as e:
            return f"Payment {e.reference} of {money(e.amount)} was taken back{saying(e.why)}."
        case ev.CreditNoteIssued() as e:
            dispute = " for the dispute" if e.case_id else ""
            return f"Credit note {e.number} of {money(e.amount)} was issued{dispute}."
        case ev.WrittenOff() as e:
            return f"{money(e.amount)} was written off{saying(e.why)}."
        case ev.LateFeeCharged() as e:
            return f"A late fee of {money(e.amount)} was charged{saying(e.why)}."
        case ev.LateFeeWaived() as e:
            return f"A late fee of {money(e.amount)} was waived{saying(e.why)}."
        case ev.InterestCharged() as e:
            return f"Interest of {money(e.amount)} was charged{saying(e.why)}."
        case ev.InterestWaived() as e:
            return f"Interest of {money(e.amount)} was waived{saying(e.why)}."
        case ev.PromiseMade() as e:
            promise = f"{e.who.strip() or 'The debtor'} promised to pay {money(e.amount)}"
            grace = f", with {counted(e.grace_days, 'day')} of grace" if e.grace_days else ""
            return f"{promise} by {e.promised_for}{grace}."
        case ev.PromiseKept():
            return "The promise to pay was kept."
        case ev.PromiseBroken() as e:
            paid = f", though {money(e.paid)} of it was paid" if e.paid else ""
            return f"The promise to pay was broken{paid}."
        case ev.PromiseWithdrawn() as e:
            return f"The promise to pay was withdrawn{saying(e.why)}."
        case ev.SettledPerErp() as e:
            less = f"The creditor's accounts list {money(e.amount)} less as open"
            return f"{less}, which counts as settled{saying(e.source)}."
        case ev.ClosedPerErp() as e:
            gone = "The creditor's accounts no longer list the invoice as open"
            return f"{gone}, so its last {money(e.amount)} counts as settled{saying(e.source)}."
        case _:
            assert_never(event)
