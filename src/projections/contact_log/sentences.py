"""Every event as a sentence that a lay person and a judge understand, in a language.

A sentence is its English text with the places of its facts; ``Language`` translates the text.

Every match ends in ``assert_never``, so mypy reports an event without a sentence.
"""

from collections.abc import Sequence
from typing import assert_never

from ledger.facts.debtor_events import DebtorEvent
from ledger.facts.invoice import follow_up, handoff, holds, taking_up
from ledger.facts.invoice.events import CaseEvent, InvoiceEvent
from ledger.facts.invoice.original import OriginalNamed
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import (
    CollectorAssigned,
    DeliveryFailed,
    DocumentAttached,
    InvoiceCancelled,
    InvoiceCorrected,
    InvoiceDelivered,
    InvoiceRegistered,
    InvoiceSent,
    NoteAdded,
)
from projections.contact_log.debtor_sentences import about_debtor
from projections.contact_log.dispute_sentences import about_dispute
from projections.contact_log.language import ENGLISH, Language
from projections.contact_log.message_sentences import MessageEvent, about_message
from projections.contact_log.money_sentences import MoneyEvent, about_money
from projections.contact_log.phrasing import (
    assigned,
    clause,
    contact,
    hold_sentence,
    join,
    listed,
    postponed_sentence,
    quote,
    taken_up_sentence,
    via,
    well_ended,
)


def sentence(event: InvoiceEvent | DebtorEvent, words: Language = ENGLISH) -> str:
    """Return what happened, in plain words; amounts are in the currency of the invoice."""
    return well_ended(_about(event, words))


def _about(event: InvoiceEvent | DebtorEvent, words: Language) -> str:  # noqa: C901
    if isinstance(event, CaseEvent):
        return about_dispute(event, words)
    if isinstance(event, MoneyEvent):
        return about_money(event, words)
    if isinstance(event, MessageEvent):
        return about_message(event, words)
    if isinstance(event, DebtorEvent):
        return about_debtor(event, words)
    match event:
        case InvoiceRegistered() as e:
            return _registered(e, words)
        case InvoiceCorrected() as e:
            return _corrected(e, words)
        case CollectorAssigned() as e:
            return assigned(words, e)
        case InvoiceCancelled() as e:
            return words("The invoice was cancelled{why}.", why=quote(words, e.why))
        case InvoiceSent() as e:
            sent, cost = via(words, e.channel, e.to), ""
            if e.charge:
                cost = words("; {amount} was charged for sending it", amount=words.money(e.charge))
            return words("The invoice was sent{via}{cost}.", via=sent, cost=cost)
        case InvoiceDelivered() as e:
            return words("The invoice was delivered{via}.", via=via(words, e.channel, e.to))
        case DeliveryFailed() as e:
            text, sent = (
                "The invoice could not be delivered{via}{why}.",
                via(words, e.channel, e.to),
            )
            return words(text, via=sent, why=quote(words, e.why))
        case follow_up.ContactLogged() as e:
            return contact(words, e)
        case NoteAdded() as e:
            return words("Note{quote}.", quote=quote(words, e.text))
        case DocumentAttached() as e:
            return _attached(e, words)
        case OriginalNamed() as e:
            return words(NAMED[bool(e.replaces)], name=words.quoted(e.name))
        case holds.FollowUpHeld() as e:
            part = words("the invoice")
            if e.amount is not None:
                part = words("{amount} of the invoice", amount=words.money(e.amount))
            return hold_sentence(words, part, e)
        case holds.FollowUpHoldExpired():
            return words("The hold ended because its end date was reached.")
        case holds.FollowUpResumed() as e:
            return _resumed(e, words)
        case follow_up.FollowUpScheduled() as e:
            text, day = "The next step was planned for {day}{step}.", words.day(e.next_step_on)
            return words(text, day=day, step=quote(words, e.step))
        case follow_up.ItemDone() as e:
            return words(
                "The task {task}, due since {since}, was completed{quote}.",
                task=words(e.action),
                since=words.day(e.due_on),
                quote=quote(words, words.ours(e.text)),
            )
        case follow_up.ItemPostponed() as e:
            return postponed_sentence(words, e)
        case taking_up.ItemTakenUp() as e:
            return taken_up_sentence(words, e.item)
        case handoff.HandedOff() as e:
            return words(
                "The file was handed off to {agency} to collect {amount}{despite}{files}.",
                agency=e.agency,
                amount=words.money(e.claim),
                despite=quote(words, e.override or "", ", whatever stood in the way: {quote}"),
                files=clause(words, FINGERPRINT, hash=e.manifest_sha256),
            )
        case handoff.Recalled() as e:
            text = "The file was taken back from the collection agency{why}."
            return words(text, why=quote(words, e.why))
        case _:
            assert_never(event)


NAMED = {
    False: "Document {name} was named as the invoice itself.",
    True: "Document {name} was named as the invoice itself instead of the one before.",
}
FINGERPRINT = "; SHA-256 fingerprint of the files handed over: {hash}"


def _attached(e: DocumentAttached, words: Language) -> str:
    size = words.number_of(e.size, "1 byte", "{count} bytes")
    fingerprint = words("SHA-256 fingerprint {hash}", hash=e.sha256)
    details = listed(words, ": {details}", e.media_type, size, fingerprint)
    name = words.quoted(e.name)
    return words("Document {name} was attached{details}.", name=name, details=details)


def _registered(e: InvoiceRegistered, words: Language) -> str:
    details = listed(
        words,
        ": {details}",
        words("issued on {day}", day=words.day(e.on)),
        _due(e.instalments, words),
        _debtor(e.debtor, words),
        *_parties(e, words),
        words.number_of(len(e.lines), "1 line", "{count} lines") if e.lines else "",
        clause(words, "document {name}", name=e.document),
    )
    text, amount = "Invoice {number} of {amount} was registered{details}.", e.amount
    price = words.priced(amount, e.currency)
    return words(text, number=e.number, amount=price, details=details)


def _corrected(e: InvoiceCorrected, words: Language) -> str:
    details = listed(
        words,
        " to {details}",
        "" if e.amount is None else words("amount {amount}", amount=words.money(e.amount)),
        _due(e.instalments or (), words),
        "" if e.debtor is None else _debtor(e.debtor, words),
        *_parties(e, words),
    )
    text = "The invoice was corrected{details}{why}."
    return words(text, details=details, why=quote(words, e.why))


def _parties(e: InvoiceRegistered | InvoiceCorrected, words: Language) -> tuple[str, ...]:
    return (
        clause(words, "business unit {unit}", unit=e.business_unit),
        clause(words, "collector {who}", who=e.collector),
        clause(words, "purchase order {number}", number=e.purchase_order),
    )


def _debtor(number: str, words: Language) -> str:
    return clause(words, "debtor {number}", number=number) or words("debtor not known")


def _due(instalments: Sequence[Instalment], words: Language) -> str:
    if len(instalments) == 1:
        return words("due on {day}", day=words.day(instalments[0].due_on))
    parts = [
        words("{amount} on {day}", amount=words.money(part.amount), day=words.day(part.due_on))
        for part in instalments
    ]
    if not parts:
        return ""
    text, number = "due in {number} instalments ({parts})", str(len(parts))
    return words(text, number=number, parts=join(words, parts, "and"))


def _resumed(e: holds.FollowUpResumed, words: Language) -> str:
    ended = CONTINUES[0] if e.hold_id else CONTINUES[1] if e.case_id else CONTINUES[2]
    return words(ended, day=words.day(e.next_step_on))


CONTINUES = (
    "The hold was released and follow-up continues, with the next step on {day}.",
    "The dispute ended and follow-up continues, with the next step on {day}.",
    "No pause remains and follow-up continues, with the next step on {day}.",
)
