"""What happens to a debtor as such, in sentences."""

from typing import assert_never

from ledger.facts import debtor_events as ev
from ledger.facts.debtor_events import DebtorEvent
from projections.contact_log.phrasing import (
    contact,
    hold_sentence,
    join,
    listed,
    money,
    optional,
    postponed_sentence,
    quote_suffix,
    receipt,
)


def about_debtor(event: DebtorEvent) -> str:  # noqa: C901
    """Exhaustive: mypy names this place when an event is added."""
    match event:
        case ev.DebtorRegistered() as e:
            return f"Debtor {e.number} was registered{listed(': ', *_details(e))}."
        case ev.DebtorCorrected() as e:
            details = listed(" to ", *_details(e))
            return f"The debtor's details were corrected{details}{quote_suffix(e.why)}."
        case ev.DebtorContactLogged() as e:
            return contact(e)
        case ev.DebtorNoteAdded() as e:
            return f"Note{quote_suffix(e.text)}."
        case ev.DebtorHeld() as e:
            return hold_sentence("all invoices of the debtor", e)
        case ev.DebtorResumed() as e:
            return f"Follow-up of all invoices of the debtor goes on{quote_suffix(e.why)}."
        case ev.MoneyReceived() as e:
            amount = f"{e.currency} {money(e.amount)}"
            return receipt(f"{amount} that names no invoice was received", e)
        case ev.MoneyAllocated() as e:
            return f"{money(e.amount)} of payment {e.reference} was put on invoice {e.invoice}."
        case ev.MoneyReturned() as e:
            back = f"{money(e.amount)} of payment {e.reference} went back to the payer"
            return f"{back}{quote_suffix(e.why)}."
        case ev.DebtorUnreachable() as e:
            ways = join(one.value for one in e.channels)
            return f"{e.step} was due and could not go by {ways}: it is not known where to."
        case ev.CreditChecked() as e:
            limit = "" if e.limit is None else f", good for {e.currency} {money(e.limit)}"
            source = optional(", according to ", e.source)
            return f"The debtor's credit was checked: {e.result}{limit}{source}."
        case ev.DebtorItemPostponed() as e:
            return postponed_sentence(e)
        case _:
            assert_never(event)


def _details(e: ev.DebtorRegistered | ev.DebtorCorrected) -> list[str]:
    return [
        optional("name ", e.name),
        optional("e-mail ", e.email),
        optional("phone ", e.phone),
        optional("address ", e.address),
        optional("language ", e.language),
        optional("country ", e.country),
        optional("VAT number ", e.vat_id),
        optional("segment ", e.segment),
    ]
