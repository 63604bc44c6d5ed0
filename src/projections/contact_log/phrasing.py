"""Phrases that the sentences of the contact log share: quotations, lists, contacts, holds."""

import re
from collections.abc import Iterable

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
from projections.contact_log.language import Language

CHANNELS = {  # a contact, and how something is sent
    Channel.PHONE: ("Phone call", " by phone"),
    Channel.EMAIL: ("E-mail", " by e-mail"),
    Channel.WHATSAPP: ("WhatsApp message", " by WhatsApp"),
    Channel.LETTER: ("Letter", " by letter"),
    Channel.SMS: ("Text message", " by text message"),
    Channel.PORTAL: ("Message in the portal", " through the portal"),
    Channel.VISIT: ("Visit", " in a visit"),
    Channel.E_INVOICE: ("E-invoice message", " by e-invoice"),
}
ENDED = re.compile(r"([.?!]\s?[”“»])\.$")  # a quotation that has its own full stop
BY_RULE = "by rule "  # begins the cause of a collector that the playbook gave


def clause(words: Language, text: str, **facts: str | None) -> str:
    """Return a part of a sentence with its facts; nothing when one is missing or blank."""
    given = {name: value.strip() for name, value in facts.items() if value and value.strip()}
    return words(text, **given) if len(given) == len(facts) else ""


def quote(words: Language, text: str, before: str = ": {quote}") -> str:
    return words(before, quote=words.quoted(text)) if text.strip() else ""


def well_ended(text: str) -> str:
    """Return the sentence without a full stop after a quotation that has its own."""
    return ENDED.sub(r"\1", text) if text[-2:-1] in "”“»" else text


def listed(words: Language, before: str, *details: str) -> str:
    """Return ``before`` with the details that are not empty: ``: this, that``."""
    return clause(words, before, details=", ".join(detail for detail in details if detail))


def join(words: Language, names: Iterable[str], word: str = "or") -> str:
    """Return ``Anna, Bob or Carl``; ``names`` is not empty."""
    *first, last = names
    return f"{', '.join(first)} {words(word)} {last}" if first else last


def marks(words: Language, hashes: Iterable[str]) -> str:
    return join(words, (f"{sha256[:12]}…" for sha256 in hashes), "and")


def via(words: Language, channel: Channel | None, to: str | None = None) -> str:
    return (words(CHANNELS[channel][1]) if channel else "") + clause(words, " to {to}", to=to)


def contact(words: Language, e: ContactLogged | DebtorContactLogged) -> str:
    head = CHANNELS[e.channel][0] + (" from " if e.direction is Direction.IN else " to ")
    who = clause(words, head + "{who}", who=_named(words, e.who)) or words(head + "the debtor")
    documents = waits = ""
    if e.documents:
        count = words.number_of(len(e.documents), "1 document", "{count} documents")
        documents = words(", with {count} ({marks})", count=count, marks=marks(words, e.documents))
    if e.awaits_answer:
        waits = words(", who waits for an answer")
        if e.rests_until:
            until = words.day(e.rests_until)
            waits += words("; follow-up rests until {day} at most", day=until)
    return (
        who
        + clause(words, " at {time}", time=e.time and words.time(e.time))
        + clause(words, ", message id {id}", id=e.message_id)
        + f"{documents}{waits}{quote(words, e.summary)}."
    )


def _named(words: Language, who: str) -> str:
    """Return who wrote, with what the mailbox noted about them."""
    name, opened, remarks = who.removesuffix(")").rpartition("(")
    if not opened or not who.endswith(")"):
        return who
    return f"{name}({', '.join(words.ours(remark) for remark in remarks.split(', '))})"


def hold_sentence(words: Language, what: str, e: FollowUpHeld | DebtorHeld) -> str:
    replied = e.reason == "reply"  # the only cause that the mailbox records
    release = join(words, e.release_by) if e.release_by else ""
    return words(
        "Follow-up of {what} is paused {until}{cause}.",
        what=what,
        until=words("until {day}", day=words.day(e.until)) if e.until else words(NO_END),
        cause=(words(", as the debtor replied") if replied else quote(words, e.reason))
        + quote(words, e.note, "; note: {quote}")
        + (clause(words, TICKET, ticket=e.ticket) if isinstance(e, FollowUpHeld) else "")
        + clause(words, "; only {who} may release it", who=release),
    )


NO_END = "until further notice"
TICKET = "; it waits for ticket {ticket}"


def postponed_sentence(words: Language, e: ItemPostponed | DebtorItemPostponed) -> str:
    return words(
        "The task {task}, due since {since}, was postponed to {until}{why}.",
        task=words(e.action),
        since=words.day(e.due_on),
        until=words.day(e.until),
        why=quote(words, e.why),
    )


def taken_up_sentence(words: Language, item: str) -> str:
    return words("The task {item} was taken up again.", item=words.quoted(words(item)))


def assigned(words: Language, e: CollectorAssigned | DebtorCollectorAssigned) -> str:
    if e.why.startswith(BY_RULE):
        why = words("by rule {rule}", rule=e.why.removeprefix(BY_RULE))
    else:
        why = words(e.why)
    became = clause(words, "{who} became the collector, {why}.", who=e.collector, why=why)
    return became or words("The collector was taken away, {why}.", why=why)


def receipt(words: Language, text: str, amount: str, e: PaymentReceived | MoneyReceived) -> str:
    """Return the sentence ``text`` about money; of a payment also why less was paid."""
    code = code_list = None
    if isinstance(e, PaymentReceived):
        code, code_list = e.reason_code, e.reason_list
    details = listed(
        words,
        ": {details}",
        clause(words, "reference {reference}", reference=e.reference),
        clause(words, "method {method}", method=e.method),
        clause(words, "account {account}", account=e.payer_iban),
        clause(words, "reason code {code} of list {list}", code=code, list=code_list)
        or clause(words, "reason code {code}", code=code),
    )
    payer = clause(words, " from {payer}", payer=e.payer_name)
    remittance = quote(words, getattr(e, "remittance", None) or "")
    return words(text, amount=amount, payer=payer, details=details + remittance)
