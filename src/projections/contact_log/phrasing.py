"""How the contact log puts things: amounts, quotations, lists. Here so that all say them alike."""

from collections.abc import Iterable
from decimal import Decimal

from ledger.facts.codes import Channel, Direction
from ledger.facts.debtor_events import (
    DebtorContactLogged,
    DebtorHeld,
    DebtorItemPostponed,
    MoneyReceived,
)
from ledger.facts.invoice.follow_up_events import ContactLogged, FollowUpHeld, ItemPostponed
from ledger.facts.invoice.payment_events import PaymentReceived

WAYS = {
    Channel.PHONE: "by phone",
    Channel.EMAIL: "by e-mail",
    Channel.WHATSAPP: "by WhatsApp",
    Channel.LETTER: "by letter",
    Channel.SMS: "by text message",
    Channel.PORTAL: "through the portal",
    Channel.VISIT: "in a visit",
    Channel.E_INVOICE: "by e-invoice",
}
KINDS = {
    Channel.PHONE: "Phone call",
    Channel.EMAIL: "E-mail",
    Channel.WHATSAPP: "WhatsApp message",
    Channel.LETTER: "Letter",
    Channel.SMS: "Text message",
    Channel.PORTAL: "Message in the portal",
    Channel.VISIT: "Visit",
    Channel.E_INVOICE: "E-invoice message",
}


def money(amount: Decimal) -> str:
    """Two decimals, and more where more are stored: nothing is rounded away."""
    exponent = amount.as_tuple().exponent
    exact = isinstance(exponent, int) and exponent < -2
    return f"{amount:f}" if exact else f"{amount:.2f}"


def quoted(text: str) -> str:
    """Somebody's own words. Quotation marks in them turn single, so none can end the quotation."""
    return "“" + text.strip().replace("“", "\u2018").replace("”", "\u2019") + "”"


def quote_suffix(text: str) -> str:
    """The words that end a sentence, where there are any."""
    return f": {quoted(text)}" if text.strip() else ""


def optional(before: str, value: str | None, after: str = "") -> str:
    """A phrase around a value, or nothing without one."""
    return f"{before}{value.strip()}{after}" if value and value.strip() else ""


def listed(before: str, *details: str) -> str:
    """``before this, that``, of the details that there are."""
    return optional(before, ", ".join(detail for detail in details if detail))


def join(names: Iterable[str], word: str = "or") -> str:
    """``Anna, Bob or Carl``; there is at least one."""
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def plural(number: int, thing: str) -> str:
    """``1 day``, ``2 days``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def via(channel: Channel | None, to: str | None = None) -> str:
    """How something was sent, and where to."""
    return (f" {WAYS[channel]}" if channel else "") + optional(" to ", to)


def contact(e: ContactLogged | DebtorContactLogged) -> str:
    """Who was spoken to or wrote, and what was said."""
    towards = "from" if e.direction is Direction.IN else "to"
    documents = join((f"{sha256[:12]}…" for sha256 in e.documents), "and") if e.documents else ""
    waits = isinstance(e, ContactLogged) and e.awaits_answer
    return (
        f"{KINDS[e.channel]} {towards} {e.who.strip() or 'the debtor'}"
        + optional(" at ", e.time)
        + optional(", message id ", e.message_id)
        + (f", with {plural(len(e.documents), 'document')} ({documents})" if documents else "")
        + (", who waits for an answer" if waits else "")
        + f"{quote_suffix(e.summary)}."
    )


def hold_sentence(what: str, e: FollowUpHeld | DebtorHeld) -> str:
    """What is not chased, until when, why, and who may end that."""
    until = f"until {e.until}" if e.until else "until further notice"
    note = f"; note: {quoted(e.note)}" if e.note.strip() else ""
    only = f"; only {join(e.release_by)} may release it" if e.release_by else ""
    ticket = optional("; it waits for ticket ", e.ticket) if isinstance(e, FollowUpHeld) else ""
    return f"Follow-up of {what} rests {until}{_cause(e.reason)}{note}{ticket}{only}."


def _cause(reason: str) -> str:
    """In the words of who let it rest; the mailbox knows one cause only."""
    return ", as the debtor replied" if reason == "reply" else quote_suffix(reason)


def postponed_sentence(e: ItemPostponed | DebtorItemPostponed) -> str:
    """What is not asked before another day, and why."""
    asked = f"What was to be done since {e.due_on} ({e.action})"
    return f"{asked} was put off to {e.until}{quote_suffix(e.why)}."


def receipt(head: str, e: PaymentReceived | MoneyReceived) -> str:
    """Money that came in, and all that says whose it is."""
    details = listed(
        ": ",
        optional("reference ", e.reference),
        optional("method ", e.method),
        optional("account ", e.payer_iban),
        _kept_back(e),
    )
    words = quote_suffix(getattr(e, "remittance", None) or "")
    return f"{head}{optional(' from ', e.payer_name)}{details}{words}."


def _kept_back(e: PaymentReceived | MoneyReceived) -> str:
    """The payer's code for what he did not pay."""
    if isinstance(e, MoneyReceived):
        return ""
    code_list = optional(" of list ", e.reason_list) if e.reason_code else ""
    return optional("reason code ", e.reason_code, code_list)
