"""Phrases that the sentences of the contact log share: amounts, quotations, lists."""

from collections.abc import Iterable
from decimal import Decimal

from ledger.facts.codes import Channel, Direction
from ledger.facts.debtor_events import (
    DebtorCollectorAssigned,
    DebtorContactLogged,
    DebtorHeld,
    DebtorItemPostponed,
    MoneyReceived,
)
from ledger.facts.invoice.follow_up import ContactLogged, ItemPostponed
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.payments import PaymentReceived
from ledger.facts.invoice.registration import CollectorAssigned

CHANNELS = {  # a contact, and how something is sent
    Channel.PHONE: ("Phone call", "by phone"),
    Channel.EMAIL: ("E-mail", "by e-mail"),
    Channel.WHATSAPP: ("WhatsApp message", "by WhatsApp"),
    Channel.LETTER: ("Letter", "by letter"),
    Channel.SMS: ("Text message", "by text message"),
    Channel.PORTAL: ("Message in the portal", "through the portal"),
    Channel.VISIT: ("Visit", "in a visit"),
    Channel.E_INVOICE: ("E-invoice message", "by e-invoice"),
}


def money(amount: Decimal) -> str:
    """Format with two decimals, or more where more are stored: nothing is rounded away."""
    exponent = amount.as_tuple().exponent
    exact = isinstance(exponent, int) and exponent < -2
    return f"{amount:f}" if exact else f"{amount:.2f}"


def quoted(text: str) -> str:
    """Quote a person's words, with single marks inside, so that none can end the quotation."""
    return "“" + text.strip().replace("“", "\u2018").replace("”", "\u2019") + "”"


def quote_suffix(text: str) -> str:
    return f": {quoted(text)}" if text.strip() else ""


def optional(before: str, value: str | None, after: str = "") -> str:
    """Return a phrase around a value, or nothing when the value is missing or blank."""
    return f"{before}{value.strip()}{after}" if value and value.strip() else ""


def listed(before: str, *details: str) -> str:
    """Return ``before this, that`` for the details that are not empty."""
    return optional(before, ", ".join(detail for detail in details if detail))


def join(names: Iterable[str], word: str = "or") -> str:
    """Return ``Anna, Bob or Carl``; ``names`` is not empty."""
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def plural(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def via(channel: Channel | None, to: str | None = None) -> str:
    return (f" {CHANNELS[channel][1]}" if channel else "") + optional(" to ", to)


def contact(e: ContactLogged | DebtorContactLogged) -> str:
    towards = "from" if e.direction is Direction.IN else "to"
    documents = join((f"{sha256[:12]}…" for sha256 in e.documents), "and") if e.documents else ""
    rests = f"; follow-up rests until {e.rests_until} at most" if e.rests_until else ""
    return (
        f"{CHANNELS[e.channel][0]} {towards} {e.who.strip() or 'the debtor'}"
        + optional(" at ", e.time)
        + optional(", message id ", e.message_id)
        + (f", with {plural(len(e.documents), 'document')} ({documents})" if documents else "")
        + (f", who waits for an answer{rests}" if e.awaits_answer else "")
        + f"{quote_suffix(e.summary)}."
    )


def hold_sentence(what: str, e: FollowUpHeld | DebtorHeld) -> str:
    until = f"until {e.until}" if e.until else "until further notice"
    replied = e.reason == "reply"  # the only cause that the mailbox records
    cause = ", as the debtor replied" if replied else quote_suffix(e.reason)
    note = f"; note: {quoted(e.note)}" if e.note.strip() else ""
    only = f"; only {join(e.release_by)} may release it" if e.release_by else ""
    ticket = optional("; it waits for ticket ", e.ticket) if isinstance(e, FollowUpHeld) else ""
    return f"Follow-up of {what} is paused {until}{cause}{note}{ticket}{only}."


def postponed_sentence(e: ItemPostponed | DebtorItemPostponed) -> str:
    postponed = f"The task {e.action}, due since {e.due_on}, was postponed to {e.until}"
    return f"{postponed}{quote_suffix(e.why)}."


def taken_up_sentence(item: str) -> str:
    return f"The task {quoted(item)} was taken up again."


def assigned(e: CollectorAssigned | DebtorCollectorAssigned) -> str:
    who = e.collector.strip()
    done = f"{who} became the collector" if who else "The collector was taken away"
    return f"{done}, {e.why}."


def receipt(head: str, e: PaymentReceived | MoneyReceived) -> str:
    code = e.reason_code if isinstance(e, PaymentReceived) else None  # why less was paid
    code_list = optional(" of list ", e.reason_list) if isinstance(e, PaymentReceived) else ""
    details = listed(
        ": ",
        optional("reference ", e.reference),
        optional("method ", e.method),
        optional("account ", e.payer_iban),
        optional("reason code ", code, code_list),
    )
    words = quote_suffix(getattr(e, "remittance", None) or "")
    return f"{head}{optional(' from ', e.payer_name)}{details}{words}."
