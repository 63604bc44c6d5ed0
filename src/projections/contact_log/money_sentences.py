"""What moves or promises money, in sentences."""

from typing import assert_never

from ledger.facts.invoice.payment_events import (
    ClosedPerErp,
    CreditNoteIssued,
    InterestCharged,
    InterestWaived,
    LateFeeCharged,
    LateFeeWaived,
    PaymentReceived,
    PaymentReversed,
    SettledPerErp,
    WrittenOff,
)
from ledger.facts.invoice.promise_events import (
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseWithdrawn,
)
from projections.contact_log.phrasing import money, plural, quote_suffix, receipt

MoneyEvent = (
    PaymentReceived
    | PaymentReversed
    | CreditNoteIssued
    | WrittenOff
    | LateFeeCharged
    | LateFeeWaived
    | InterestCharged
    | InterestWaived
    | PromiseMade
    | PromiseKept
    | PromiseBroken
    | PromiseWithdrawn
    | SettledPerErp
    | ClosedPerErp
)


def about_money(event: MoneyEvent) -> str:  # noqa: C901
    """Exhaustive: mypy names this place when an event is added."""
    match event:
        case PaymentReceived() as e:
            return receipt(f"Payment of {money(e.amount)} was received", e)
        case PaymentReversed() as e:
            return (
                f"Payment {e.reference} of {money(e.amount)} was taken back{quote_suffix(e.why)}."
            )
        case CreditNoteIssued() as e:
            dispute = " for the dispute" if e.case_id else ""
            return f"Credit note {e.number} of {money(e.amount)} was issued{dispute}."
        case WrittenOff() as e:
            return f"{money(e.amount)} was written off{quote_suffix(e.why)}."
        case LateFeeCharged() as e:
            return f"A late fee of {money(e.amount)} was charged{quote_suffix(e.why)}."
        case LateFeeWaived() as e:
            return f"A late fee of {money(e.amount)} was waived{quote_suffix(e.why)}."
        case InterestCharged() as e:
            return f"Interest of {money(e.amount)} was charged{quote_suffix(e.why)}."
        case InterestWaived() as e:
            return f"Interest of {money(e.amount)} was waived{quote_suffix(e.why)}."
        case PromiseMade() as e:
            promise = f"{e.who.strip() or 'The debtor'} promised to pay {money(e.amount)}"
            grace = f", with {plural(e.grace_days, 'day')} of grace" if e.grace_days else ""
            return f"{promise} by {e.promised_for}{grace}."
        case PromiseKept():
            return "The promise to pay was kept."
        case PromiseBroken() as e:
            paid = f", though {money(e.paid)} of it was paid" if e.paid else ""
            return f"The promise to pay was broken{paid}."
        case PromiseWithdrawn() as e:
            return f"The promise to pay was withdrawn{quote_suffix(e.why)}."
        case SettledPerErp() as e:
            less = f"The creditor's accounts list {money(e.amount)} less as open"
            return f"{less}, which counts as settled{quote_suffix(e.source)}."
        case ClosedPerErp() as e:
            gone = "The creditor's accounts no longer list the invoice as open"
            return (
                f"{gone}, so its last {money(e.amount)} counts as settled{quote_suffix(e.source)}."
            )
        case _:
            assert_never(event)
