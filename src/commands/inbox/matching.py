"""Matching of an incoming mail to invoices and debtors. Pure: its names are looked up before.

Our reply address or our Message-ID is sure. So is an invoice number, or a message of its file that
the mail answers, if the sender is known for its debtor. A number or a sender alone proves nothing:
a person decides, with our suggestions. So does a sender who may be somebody else: what their mail
is about is found, and waits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from msgspec.structs import replace as but

from commands.inbox.message import MessageKind, ParsedMessage
from ledger.facts.codes import Channel, Purpose
from ledger.facts.inbound import MailMatched, MatchRule, Suggestion
from ledger.facts.outbound import MessageAsked
from ledger.policy.references import KnownName, NameKind, candidates

MIN_NUMBER_LENGTH = 4  # characters; shorter numbers match by chance
MAX_SUGGESTIONS = 20
OF_CASE = (
    Purpose.REQUEST,
    Purpose.RESOLVER_REMINDER,
    Purpose.ESCALATION,
    Purpose.APPROVAL_REQUEST,
    Purpose.CREDIT_REFUSAL,
)
STRANGER = "unknown sender"
UNAUTHENTICATED = "unauthenticated sender"
PERHAPS_FORGED = "the sender is not authenticated: is it really from them?"
PERHAPS_FORGED_BOUNCE = "it quotes no message as we sent it: did a mail server really write it?"
NOT_THEIRS = "the sender is not known for the message that it answers: is it really from them?"
NAMES_NONE = "it names no invoice"
NAMES_ANOTHERS = "it names an invoice of another debtor"
BY = {
    NameKind.INVOICE: MatchRule.NUMBER,
    NameKind.ORDER: MatchRule.PAYMENT,
    NameKind.PAYMENT: MatchRule.PAYMENT,
    NameKind.CONTACT: MatchRule.REFERENCE,
}


@dataclass(frozen=True)
class RepliedMessage:
    """A message of ours that a mail refers to, and the rule that found it.

    ``keyed``: only somebody who has the message, or a server that carried it, can refer to it.
    """

    rule: MatchRule
    asked: MessageAsked
    keyed: bool = False


@dataclass(frozen=True)
class KnownNames:
    """Names in a mail that the books and read models know."""

    ours: RepliedMessage | None = None
    named: Sequence[KnownName] = ()  # invoices and debtors that the mail mentions
    sender: Sequence[str] = ()  # debtors with the sender's address or telephone, or of a bounce
    open: Sequence[KnownName] = ()  # their open invoices
    loose: bool = False  # by a telephone number that may be of several countries


@dataclass(frozen=True)
class Match:
    """The result: ``matched`` is None when there are only suggestions.

    ``theirs``: the sender is known for it. ``ours``: we wrote it ourselves. ``believed``: the
    sender is who the mail names.
    """

    matched: MailMatched | None
    suggestions: tuple[Suggestion, ...] = ()
    theirs: bool = False
    ours: bool = False
    believed: bool = True


def doubted(mail: ParsedMessage, found: Match) -> Match:
    """Return the match of a mail that is not believed: it waits, unless it has no consequences."""
    waits = {
        MessageKind.PERSON: PERHAPS_FORGED,
        MessageKind.BOUNCE: PERHAPS_FORGED_BOUNCE,
    }.get(mail.kind, "")
    matched = found.matched and but(found.matched, waits=waits or found.matched.waits)
    return replace(found, matched=matched, believed=False)


def match(mail: ParsedMessage, known: KnownNames, on: date) -> Match:
    if known.ours:
        return _match_answer(mail, known, known.ours, on)
    answered = [row for row in known.named if row.kind == NameKind.CONTACT]
    rows = _mentioned(_texts(mail), known.named) or answered
    certain = [row for row in rows if _is_sender(row, known)]
    suggestions = _suggestions(rows, known, certain)
    if certain:
        rules = [rule for name, rule in BY.items() if any(row.kind == name for row in certain)]
        invoices = tuple(dict.fromkeys(row.invoice for row in certain))
        debtor = certain[0].debtor
        return Match(MailMatched(on=on, rule=rules[0], invoices=invoices, debtor=debtor), (), True)
    debtors = _customers(known)
    unsure = mail.channel is Channel.PORTAL or (known.loose and rows)  # nobody verified the sender
    if len(debtors) != 1 or unsure:
        return Match(None, suggestions)
    by_machine = mail.kind in (MessageKind.AUTO_REPLY, MessageKind.LIST)
    waits = "" if by_machine else NAMES_ANOTHERS if rows else NAMES_NONE
    matched = MailMatched(on=on, rule=MatchRule.CUSTOMER, debtor=debtors[0], waits=waits)
    return Match(matched, suggestions, True)


def _match_answer(mail: ParsedMessage, known: KnownNames, ours: RepliedMessage, on: date) -> Match:
    """Match an answer to the invoices of our message, or to those of them that it names."""
    asked = ours.asked
    about = [invoice.invoice for invoice in asked.about]
    texts = (mail.reply, *_texts(mail))  # without the subject, which is ours and names all of them
    rows = [row for row in _mentioned(texts, known.named) if row.kind == NameKind.INVOICE]
    own = [row.invoice for row in rows if row.invoice in about or _is_sender(row, known)]
    expected = {address.lower() for address in (*asked.to, *asked.copy_to)}
    theirs = (
        mail.kind is MessageKind.BOUNCE
        or (mail.single_sender and any(sender.mail in expected for sender in mail.from_))
        or (asked.debtor in known.sender and asked.purpose not in OF_CASE)
    )
    matched = MailMatched(
        on=on,
        rule=ours.rule,
        invoices=tuple(dict.fromkeys(own or about)) if theirs else tuple(about),
        debtor=asked.debtor,
        messages=(asked.message,),
        case_id=asked.case_id,
        waits="" if theirs else NOT_THEIRS,
    )
    return Match(matched, theirs=theirs)


def _texts(mail: ParsedMessage) -> tuple[str, ...]:
    """Return the new text, then the whole text, for a mail whose new text names nothing."""
    return f"{mail.subject}\n{mail.reply}", f"{mail.subject}\n{mail.text}"


def _mentioned(texts: Sequence[str], named: Iterable[KnownName]) -> list[KnownName]:
    """Return the names in the first text that has any, without names within longer names.

    In ``INV-2026-0017`` the part ``2026-0017`` is not another invoice.
    """
    rows = [row for row in named if row.invoice and len(row.plain) >= MIN_NUMBER_LENGTH]
    for text in texts:
        words = set(candidates(text))
        if found := [row for row in rows if row.plain in words]:
            names = {row.plain for row in found}
            longer = [(row, names - {row.plain}) for row in found]
            return [row for row, others in longer if not any(row.plain in name for name in others)]
    return []


def _is_sender(row: KnownName, known: KnownNames) -> bool:
    return bool(row.debtor) and row.debtor in known.sender


def _customers(known: KnownNames) -> list[str]:
    """Return the debtors of the sender; if several, those whose customer number is mentioned."""
    mentioned = {row.debtor for row in known.named if row.kind == NameKind.CUSTOMER}
    return [debtor for debtor in known.sender if debtor in mentioned] or list(known.sender)


def _suggestions(
    rows: Sequence[KnownName], known: KnownNames, certain: Sequence[KnownName]
) -> tuple[Suggestion, ...]:
    found = list[Suggestion]()
    for row in rows:
        if row not in certain:
            answers = row.kind == NameKind.CONTACT
            how = "answers a message of its file" if answers else f"names {row.kind} {row.plain}"
            why = f"{how}, but the sender is not known for that debtor"
            found.append(Suggestion(why, row.invoice, row.debtor))
    for row in known.named:
        if row.kind == NameKind.CUSTOMER and row.debtor not in known.sender:
            found.append(Suggestion(f"names customer {row.plain}", "", row.debtor))
    for row in () if certain else known.open:
        found.append(Suggestion("is open, and of the sender", row.invoice, row.debtor))
    return tuple(found[:MAX_SUGGESTIONS])
