"""Sentences about a debtor as a whole."""

from typing import assert_never

from ledger.facts import debtor_events as ev
from ledger.facts.codes import MoneyKind
from projections.contact_log.language import Language
from projections.contact_log.phrasing import (
    assigned,
    clause,
    contact,
    hold_sentence,
    join,
    listed,
    postponed_sentence,
    quote,
    receipt,
    taken_up_sentence,
)

RECEIVED = {
    MoneyKind.CREDIT_NOTE: (
        "Credit note of {amount} without an invoice number was issued{payer}{details}."
    ),
    MoneyKind.PAYMENT: (
        "Payment of {amount} without an invoice number was received{payer}{details}."
    ),
}
ALLOCATED = {
    MoneyKind.CREDIT_NOTE: (
        "{amount} of credit note {reference} was allocated to invoice {invoice}."
    ),
    MoneyKind.PAYMENT: "{amount} of payment {reference} was allocated to invoice {invoice}.",
}
UNREACHABLE = (
    "The follow-up step {step} was due but could not be sent by {channels}: the debtor's contact"
    " details are not known."
)


def about_debtor(event: ev.DebtorEvent, words: Language) -> str:  # noqa: C901
    match event:
        case ev.DebtorRegistered() as e:
            details = listed(words, ": {details}", *_details(e, words))
            return words(
                "Debtor {number} was registered{details}.", number=e.number, details=details
            )
        case ev.DebtorCorrected() as e:
            details = listed(words, " to {details}", *_details(e, words))
            why = quote(words, words.ours(e.why))
            text = "The debtor's details were corrected{details}{why}."
            return words(text, details=details, why=why)
        case ev.DebtorCollectorAssigned() as e:
            return assigned(words, e)
        case ev.DebtorContactLogged() as e:
            return contact(words, e)
        case ev.DebtorAnswered() as e:
            text = "What the debtor wrote needs no answer any more{why}."
            return words(text, why=quote(words, words.ours(e.text)))
        case ev.DebtorAddressRefused() as e:
            text = (
                "Mail to {address} was refused or came back{why}: nothing more is sent to this"
                " address."
            )
            why = quote(words, words.ours(e.why))
            return words(text, address=e.address, why=why)
        case ev.DebtorNoteAdded() as e:
            return words("Note{quote}.", quote=quote(words, e.text))
        case ev.DebtorHeld() as e:
            return hold_sentence(words, words("all invoices of the debtor"), e)
        case ev.DebtorResumed() as e:
            text = "Follow-up of all invoices of the debtor continues{why}."
            return words(text, why=quote(words, e.why))
        case ev.MoneyReceived() as e:
            return receipt(words, RECEIVED[e.kind], words.priced(e.amount, e.currency), e)
        case ev.MoneyAllocated() as e:
            amount = words.money(e.amount)
            return words(ALLOCATED[e.kind], amount=amount, reference=e.reference, invoice=e.invoice)
        case ev.MoneyReturned() as e:
            text = "{amount} of payment {reference} was returned to the payer{why}."
            amount, why = words.money(e.amount), quote(words, e.why)
            return words(text, amount=amount, reference=e.reference, why=why)
        case ev.MoneyReversed() as e:
            text = "{amount} of payment {reference} was taken back{why}."
            amount, why = words.money(e.amount), quote(words, words.ours(e.why))
            return words(text, amount=amount, reference=e.reference, why=why)
        case ev.MoneySettledPerErp() as e:
            text = "{amount} of {reference} is no longer open in the ERP, according to {source}."
            amount = words.money(e.amount)
            return words(text, amount=amount, reference=e.reference, source=e.source)
        case ev.DebtorUnreachable() as e:
            channels = join(words, (words(channel.value) for channel in e.channels))
            return words(UNREACHABLE, step=words.quoted(e.step), channels=channels)
        case ev.CreditChecked() as e:
            return _credit(e, words)
        case ev.DebtorItemPostponed() as e:
            return postponed_sentence(words, e)
        case ev.DebtorItemTakenUp() as e:
            return taken_up_sentence(words, e.item)
        case _:
            assert_never(event)


def _credit(e: ev.CreditChecked, words: Language) -> str:
    limit = "" if e.limit is None else words.priced(e.limit, e.currency)
    return words(
        "The debtor's credit was checked: {result}{limit}{source}.",
        result=e.result,
        limit=clause(words, ", credit limit {limit}", limit=limit),
        source=clause(words, ", according to {source}", source=e.source),
    )


def _details(e: ev.DebtorRegistered | ev.DebtorCorrected, words: Language) -> list[str]:
    return [
        clause(words, "name {name}", name=e.name),
        clause(words, "e-mail {email}", email=e.email),
        clause(words, "phone {phone}", phone=e.phone),
        clause(words, "address {address}", address=e.address),
        clause(words, "language {language}", language=e.language),
        clause(words, "country {country}", country=e.country),
        clause(words, "VAT number {number}", number=e.vat_id),
        clause(words, "segment {segment}", segment=e.segment),
        *(_person(person, words) for person in e.persons or ()),
        clause(words, "collector {who}", who=e.collector),
    ]


def _person(person: ev.ContactPerson, words: Language) -> str:
    known = listed(words, " ({details})", person.role, person.email, person.phone)
    return words("contact {name}{known}", name=person.name or words("unnamed"), known=known)
