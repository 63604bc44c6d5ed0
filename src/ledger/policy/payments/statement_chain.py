"""Whether the statements of an account chain: each opens with what the last closed with."""

from collections.abc import Iterator

from ledger.facts.bank import INTRADAY, BankAccountBook, StatementImported

GAP = "It opens with {opening}, but the last one closed with {closing} on {on}: one is missing."
EARLIER = "The last one closed on {on}: this one came late, or they overlap."


def problems_of(account: BankAccountBook, statement: StatementImported) -> Iterator[str]:
    """Yield what does not chain with the statements before, in a sentence each."""
    last = account.closing
    if last is None or statement.opening is None or statement.format in INTRADAY:
        return
    if statement.closed_on is not None and statement.closed_on < last.on:
        yield EARLIER.format(on=last.on)
    elif statement.opening != last.amount:
        yield GAP.format(opening=statement.opening, closing=last.amount, on=last.on)
