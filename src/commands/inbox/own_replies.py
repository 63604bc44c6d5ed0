"""What comes from our own address: a message of ours that came back, or an answer by hand.

Sure is only what the ledger knows. An answer names a mail that we took in, and goes to who wrote
that; anything else that says it comes from us is a stranger's.
"""

from datetime import date
from uuid import UUID

from commands.inbox.matching import OF_CASE
from commands.inbox.message import MessageKind, ParsedMessage
from commands.unit_of_work import UnitOfWork
from ledger.facts.books import INCOMING, MESSAGE, kind_of_event, replay
from ledger.facts.inbound import InboundMessage, MailMatched, MatchRule

MAX_MAILS = 20  # mails that it names


def own_reply(work: UnitOfWork, mail: ParsedMessage, on: date) -> MailMatched | None:
    """What came back is in the books already, so it is about none; None of what is not sure."""
    match mail.kind:
        case MessageKind.AUTO_REPLY:
            return _came_back(work, mail, on)
        case MessageKind.PERSON:
            return _answer(work, mail, on)
    return None


def _came_back(work: UnitOfWork, mail: ParsedMessage, on: date) -> MailMatched | None:
    try:
        id_ = UUID(mail.id.partition("@")[0])
    except ValueError:
        return None
    entries = work.reader.history(id_)
    if not entries or kind_of_event(entries[0].event) is not MESSAGE:
        return None
    message = replay(MESSAGE, id_, entries).state.number
    return MailMatched(on=on, rule=MatchRule.REFERENCE, messages=(message,))


def _answer(work: UnitOfWork, mail: ParsedMessage, on: date) -> MailMatched | None:
    """About what the mail was about that it answers, unless a resolver wrote that."""
    to = {one.mail for one in (*mail.to, *mail.cc)}
    for name in [*dict.fromkeys((*mail.in_reply_to, *reversed(mail.references)))][:MAX_MAILS]:
        there: InboundMessage = work.state(INCOMING, name)
        matched = there.matched
        if there.received and matched and there.received.from_ in to:
            asked = [work.state(MESSAGE, one).asked for one in matched.messages]
            if any(one and one.purpose in OF_CASE for one in asked):
                return None
            return MailMatched(
                on=on, rule=MatchRule.REFERENCE, invoices=matched.invoices, debtor=matched.debtor
            )
    return None
