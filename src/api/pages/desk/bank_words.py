"""What the bank's facts are called on pages: what was done, what does not chain, what is read."""

import re
from datetime import date
from decimal import Decimal

from api.bank.recording import DIFFERENCE
from api.bank.statement import UnreadableFile
from api.i18n.translate import Translation
from ledger.facts import bank
from ledger.facts.entry import Event
from ledger.policy.payments.statement_chain import EARLIER, GAP

PLACE = re.compile(r"\\{(\w+)\\}")
PROBLEMS = [
    (text, re.compile(PLACE.sub(r"(?P<\1>.+?)", re.escape(text))))
    for text in (GAP, EARLIER, DIFFERENCE)
]


def done_with(event: Event, words: Translation) -> str:
    """Return what was done with a transaction."""
    match event:
        case bank.BankTransactionAllocated() as e if e.shares:
            named = ", ".join(share.invoice for share in e.shares)
            return words("Allocated to {invoices}.", invoices=named)
        case bank.BankTransactionAllocated() as e:
            return words("Put with debtor {number}.", number=e.debtor)
        case bank.BankTransactionFreed():
            return words("Undone: the transaction waits again.")
        case bank.BankTransactionSetAside():
            return words("Set aside.")
        case bank.BankReturnMatched():
            return words("Recorded as a return: the payment is reversed.")
        case _:
            return ""


def problem(text: str, currency: str, words: Translation, today: date) -> str:
    """Return what does not chain, as the reader writes it."""
    for known, pattern in PROBLEMS:
        if found := pattern.fullmatch(text):
            facts = found.groupdict()
            for name in facts.keys() & {"opening", "closing", "difference"}:
                facts[name] = words.figures(Decimal(facts[name]), currency)
            if "on" in facts:
                facts["on"] = words.short_day(date.fromisoformat(facts["on"]), today)
            return words(known, **facts)
    return text


def why_unread(error: UnreadableFile, name: str, words: Translation) -> str:
    """Return where in a file the reason stands that it is not read, and what it is."""
    where = "" if error.where in ("", name) else f"{error.where}: "
    return f"{where}{words(error.why)}"
