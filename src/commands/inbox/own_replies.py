"""Mails from our own address: a returned message of ours, or an answer written in a mail program.

Only what the ledger knows is sure: an answer refers to a mail that we received, and is addressed to
its sender. It counts as ours only when our own domain signed it: it stands in the file as our word.
Any other mail that claims to come from us counts as a stranger's.
"""

from datetime import date

from commands.inbox.matching import OF_CASE, RepliedMessage
from commands.inbox.message import MessageKind, ParsedMessage
from commands.work import Work
from ledger.facts.books import INCOMING, MESSAGE
from ledger.facts.inbound import InboundMessage, MailMatched, MatchRule

MAX_MAILS = 20  # mails that it refers to


def own_reply(
    work: Work, mail: ParsedMessage, on: date, returned: RepliedMessage | None, believed: bool
) -> MailMatched | None:
    """Return the match, None if not sure; ``returned`` is the message of ours that the mail is.

    A returned message of ours matches no invoice.
    """
    if mail.kind is MessageKind.AUTO_REPLY and returned:
        return MailMatched(on=on, rule=MatchRule.REFERENCE, messages=(returned.asked.message,))
    return _answer(work, mail, on) if mail.kind is MessageKind.PERSON and believed else None


def _answer(work: Work, mail: ParsedMessage, on: date) -> MailMatched | None:
    """Match the invoices of the mail that it answers, unless a resolver wrote that mail."""
    to = {recipient.mail for recipient in (*mail.to, *mail.cc)}
    for name in [*dict.fromkeys((*mail.in_reply_to, *reversed(mail.references)))][:MAX_MAILS]:
        inbound: InboundMessage = work.state(INCOMING, name)
        matched = inbound.matched
        if inbound.received and matched and inbound.received.from_ in to:
            requests = [work.state(MESSAGE, message).asked for message in matched.messages]
            if any(asked and asked.purpose in OF_CASE for asked in requests):
                return None
            return MailMatched(
                on=on, rule=MatchRule.REFERENCE, invoices=matched.invoices, debtor=matched.debtor
            )
    return None
