"""What was done at the desk, in a sentence: also with a message, which has no file of its own."""

from typing import Any

from ledger.facts.books import DEBTOR, INVOICE, kind_of_event
from ledger.facts.inbound import MailDismissed, MailMatched
from ledger.facts.outbound import MessageWithdrawn
from projections.contact_log.language import Language
from projections.contact_log.phrasing import join, quote, well_ended
from projections.contact_log.sentences import sentence


def deed(event: Any, words: Language) -> str:
    """Return what was done; empty for what a person does not do by a form."""
    if kind_of_event(event) in (INVOICE, DEBTOR):
        return sentence(event, words)
    return well_ended(_with_a_message(event, words))


def _with_a_message(event: Any, words: Language) -> str:
    match event:
        case MailMatched() as e:
            numbers = join(words, e.invoices or (e.debtor,), "and")
            return words("The message was filed under {numbers}.", numbers=numbers)
        case MailDismissed() as e:
            return words("The message needs nothing{why}.", why=quote(words, e.why))
        case MessageWithdrawn() as e:
            return words("The message is not sent{why}.", why=quote(words, e.why))
        case _:
            return ""
