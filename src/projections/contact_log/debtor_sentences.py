"""Sentences about a debtor as a whole."""

from typing import assert_never

from ledger.facts import debtor_events as ev
from ledger.facts.codes import MoneyKind
from projections.contact_log.phrasing import (
    assigned,
    contact,
    hold_sentence,
    join,
    listed,
    money,
    optional,
    postponed_sentence,
    quote_suffix,
    quoted,
    receipt,
    taken_up_sentence,
)


def about_debtor(event: ev.DebtorEvent) -> str:  # noqa: C901
    match event:
        case ev.DebtorRegistered() as e:
            return f"Debtor {e.number} was registered{listed(': ', *_details(e))}."
        case ev.DebtorCorrected() as e:
            details = listed(" to ", *_details(e))
            return f"The debtor's details were corrected{details}{quote_suffix(e.why)}."
        case ev.DebtorCollectorAssigned() as e:
            return assigned(e)
        case ev.DebtorContactLogged() as e:
            return contact(e)
        case ev.DebtorAnswered() as e:
            return f"What the debtor wrote needs no answer any more{quote_suffix(e.text)}."
        case ev.DebtorAddressRefused() as e:
            refused = f"Mail to {e.address} was refused or came back{quote_suffix(e.why)}"
            return f"{refused}: nothing more is sent to this address."
        case ev.DebtorNoteAdded() as e:
            return f"Note{quote_suffix(e.text)}."
        case ev.DebtorHeld() as e:
            return hold_sentence("all invoices of the debtor", e)
        case ev.DebtorResumed() as e:
            return f"Follow-up of all invoices of the debtor continues{quote_suffix(e.why)}."
        case ev.MoneyReceived() as e:
            amount = f"{e.currency} {money(e.amount)}"
            if e.kind is MoneyKind.CREDIT_NOTE:
                return receipt(f"Credit note of {amount} without an invoice number was issued", e)
            return receipt(f"Payment of {amount} without an invoice number was received", e)
        case ev.MoneyAllocated() as e:
            return (
                f"{money(e.amount)} of {e.kind} {e.reference} was allocated to invoice {e.invoice}."
            )
        case ev.MoneyReturned() as e:
            returned = f"{money(e.amount)} of payment {e.reference} was returned to the payer"
            return f"{returned}{quote_suffix(e.why)}."
        case ev.MoneySettledPerErp() as e:
            gone = f"{money(e.amount)} of {e.reference} is no longer open in the ERP"
            return f"{gone}, according to {e.source}."
        case ev.DebtorUnreachable() as e:
            ways = join(channel.value for channel in e.channels)
            unsent = f"The follow-up step {quoted(e.step)} was due but could not be sent by {ways}"
            return f"{unsent}: the debtor's contact details are not known."
        case ev.CreditChecked() as e:
            limit = "" if e.limit is None else f", credit limit {e.currency} {money(e.limit)}"
            source = optional(", according to ", e.source)
            return f"The debtor's credit was checked: {e.result}{limit}{source}."
        case ev.DebtorItemPostponed() as e:
            return postponed_sentence(e)
        case ev.DebtorItemTakenUp() as e:
            return taken_up_sentence(e.item)
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
        *(_person(person) for person in e.persons or ()),
        optional("collector ", e.collector),
    ]


def _person(person: ev.ContactPerson) -> str:
    known = listed(" (", person.role, person.email, person.phone)
    return f"contact {person.name or 'unnamed'}{known}{')' if known else ''}"
