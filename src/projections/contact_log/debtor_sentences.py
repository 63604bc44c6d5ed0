"""What happens to a debtor as such, in sentences."""

from typing import assert_never

from ledger.facts import debtor_events as ev
from ledger.facts.debtor_events import DebtorEvent
from projections.contact_log.phrasing import (
    contact,
    either,
    later,
    listed,
    money,
    receipt,
    rest,
    saying,
    some,
)


def about_debtor(event: DebtorEvent) -> str:  # noqa: C901
    """Exhaustive: mypy names this place when an event is added."""
    match event:
        case ev.DebtorRegistered() as e:
            return f"Debtor {e.number} was registered{listed(': ', *_details(e))}."
        case ev.DebtorCorrected() as e:
            details = listed(" to ", *_details(e))
            return f"The debtor's details were corrected{details}{saying(e.why)}."
        case ev.DebtorContactLogged() as e:
            return contact(e)
        case ev.DebtorNoteAdded() as e:
            return f"Note{saying(e.text)}."
        case ev.DebtorHeld() as e:
            return rest("all invoices of the debtor", e)
        case ev.DebtorResumed() as e:
            return f"Follow-up of all invoices of the debtor goes on{saying(e.why)}."
        case ev.MoneyReceived() as e:
            amount = f"{e.currency} {money(e.amount)}"
            return receipt(f"{amount} that names no invoice was received", e)
        case ev.MoneyAllocated() as e:
            return f"{money(e.amount)} of payment {e.reference} was put on invoice {e.invoice}."
        case ev.MoneyReturned() as e:
            back = f"{money(e.amount)} of payment {e.reference} went back to the payer"
            return f"{back}{saying(e.why)}."
        case ev.DebtorUnreachable() as e:
            ways = either(one.value for one in e.channels)
            return f"{e.step} was due and could not go by {ways}: it is not known where to."
        case ev.CreditChecked() as e:
            limit = "" if e.limit is None else f", good for {e.currency} {money(e.limit)}"
            source = some(", according to ", e.source)
            return f"The debtor's credit was checked: {e.result}{limit}{source}."
        case ev.DebtorItemPostponed() as e:
            return later(e)
        case _:
            assert_never(event)


def _details(e: ev.DebtorRegistered | ev.DebtorCorrected) -> list[str]:
    return [
        some("name ", e.name),
        some("e-mail ", e.email),
        some("phone ", e.phone),
        some("address ", e.address),
        some("language ", e.language),
        some("country ", e.country),
        some("VAT number ", e.vat_id),
        some("segment ", e.segment),
    ]
