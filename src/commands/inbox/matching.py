"""What a mail is about. Pure: what is known of its names was looked up before.

First what only we can have said: our reply address, or a Message-ID of ours. Then a number, when
the sender is the debtor whose number it is, or a message in his file that he answers. A number
alone, or a sender alone, proves nothing: somebody has to look at it, with what we think beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from commands.inbox.message import MessageKind, ParsedMessage
from ledger.facts.codes import Channel, Purpose
from ledger.facts.inbound import MailMatched, MatchRule, Suggestion
from ledger.facts.outbound import MessageAsked
from ledger.policy.references import KnownName, NameKind, candidates

MIN_NUMBER_LENGTH = 4  # characters of a number that is believed
MAX_SUGGESTIONS = 20  # suggestions
OF_CASE = (
    Purpose.REQUEST,
    Purpose.RESOLVER_REMINDER,
    Purpose.ESCALATION,
    Purpose.APPROVAL_REQUEST,
    Purpose.CREDIT_REFUSAL,
)
STRANGER = "unknown sender"
NOT_THEIRS = "the sender is not known for the message that it answers: is it really from them?"
BY = {
    NameKind.INVOICE: MatchRule.NUMBER,
    NameKind.ORDER: MatchRule.PAYMENT,
    NameKind.PAYMENT: MatchRule.PAYMENT,
    NameKind.CONTACT: MatchRule.REFERENCE,
}


@dataclass(frozen=True)
class RepliedMessage:
    """A message of ours that a mail names, and how it does."""

    rule: MatchRule
    asked: MessageAsked


@dataclass(frozen=True)
class KnownNames:
    """What the books and read models know of the names in a mail."""

    ours: RepliedMessage | None = None
    named: Sequence[KnownName] = ()  # what goes by a name that the mail mentions
    sender: Sequence[str] = ()  # debtors from whose address or telephone, or whom it did not reach
    open: Sequence[KnownName] = ()  # their open invoices


@dataclass(frozen=True)
class Match:
    """``matched`` is None when all we have are suggestions. ``theirs``: from whom we expect it;
    ``ours``: we wrote it ourselves."""

    matched: MailMatched | None
    suggestions: tuple[Suggestion, ...] = ()
    theirs: bool = False
    ours: bool = False


def match(mail: ParsedMessage, known: KnownNames, on: date) -> Match:
    if known.ours:
        return _answer(mail, known, known.ours, on)
    said = _said(_texts(mail), known.named) or _answered(known.named)
    certain = [row for row in said if _sure(row, known)]
    suggestions = tuple(_suggestions(said, known, certain))
    if certain:
        rules = [rule for name, rule in BY.items() if any(row.kind == name for row in certain)]
        invoices = tuple(dict.fromkeys(row.invoice for row in certain))
        debtor = certain[0].debtor
        return Match(MailMatched(on=on, rule=rules[0], invoices=invoices, debtor=debtor), (), True)
    debtors = _customers(known)
    if len(debtors) != 1 or mail.channel is Channel.PORTAL:  # where anybody writes any address
        return Match(None, suggestions)
    waits = "" if mail.kind in (MessageKind.AUTO_REPLY, MessageKind.LIST) else "it names no invoice"
    matched = MailMatched(on=on, rule=MatchRule.CUSTOMER, debtor=debtors[0], waits=waits)
    return Match(matched, suggestions, True)


def _answer(mail: ParsedMessage, known: KnownNames, ours: RepliedMessage, on: date) -> Match:
    """To a message of ours: about what that is about, or the part of it that it names."""
    asked = ours.asked
    about = [one.invoice for one in asked.about]
    texts = (mail.reply, *_texts(mail))  # its subject is ours, which names all of them
    said = [row for row in _said(texts, known.named) if row.kind == NameKind.INVOICE]
    own = [row.invoice for row in said if row.invoice in about or _sure(row, known)]
    expected = {address.lower() for address in (*asked.to, *asked.copy_to)}
    theirs = (
        mail.kind is MessageKind.BOUNCE
        or any(one.mail in expected for one in mail.from_)
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
    """What was newly written counts; only when that names nothing, also what it quotes."""
    return f"{mail.subject}\n{mail.reply}", f"{mail.subject}\n{mail.text}"


def _said(texts: Sequence[str], named: Iterable[KnownName]) -> list[KnownName]:
    """Of the first text that names anything."""
    rows = [row for row in named if row.invoice and len(row.plain) >= MIN_NUMBER_LENGTH]
    for text in texts:
        said = set(candidates(text))
        found = [row for row in rows if row.plain in said]
        if found:
            return [row for row in found if not _within(row, found)]
    return []


def _answered(named: Iterable[KnownName]) -> list[KnownName]:
    """A message in the file of an invoice that it says it answers."""
    return [row for row in named if row.kind == NameKind.CONTACT]


def _within(row: KnownName, others: Iterable[KnownName]) -> bool:
    """Of ``INV-2026-0017`` the part ``2026-0017`` is no invoice of its own."""
    return any(row.plain != one.plain and row.plain in one.plain for one in others)


def _sure(row: KnownName, known: KnownNames) -> bool:
    return bool(row.debtor) and row.debtor in known.sender


def _customers(known: KnownNames) -> list[str]:
    """Who wrote; of several with one address those whose customer number it mentions."""
    mentioned = {row.debtor for row in known.named if row.kind == NameKind.CUSTOMER}
    both = [debtor for debtor in known.sender if debtor in mentioned]
    return both or list(known.sender)


def _suggestions(
    said: Sequence[KnownName], known: KnownNames, certain: Sequence[KnownName]
) -> Iterator[Suggestion]:
    found = list[Suggestion]()
    for row in said:
        if row not in certain:
            answers = row.kind == NameKind.CONTACT
            how = "answers a message of its file" if answers else f"names {row.kind} {row.plain}"
            why = f"{how}, but the sender is not known for that debtor"
            found.append(Suggestion(why, row.invoice, row.debtor))
    for row in known.named:
        if row.kind == NameKind.CUSTOMER and row.debtor not in known.sender:
            found.append(Suggestion(f"names customer {row.plain}", "", row.debtor))
    if not certain:
        for row in known.open:
            found.append(Suggestion("is open, and of the sender", row.invoice, row.debtor))
    return iter(found[:MAX_SUGGESTIONS])
