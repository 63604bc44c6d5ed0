"""The proposals for transactions, as every channel shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.bank.clues import clues_of
from ledger.database.pool import Conn
from ledger.facts.bank import BankTransaction, BankTransactionRecorded
from ledger.facts.books import BANK_TRANSACTION
from ledger.policy.payments.matching import Clues, Proposal, proposals
from ledger.store.ledger import Ledger
from projections import bank


@dataclass(frozen=True)
class Proposed:
    """A transaction that waits, with what it may be for; ``returns`` are those that a transaction
    of money out may return."""

    row: bank.BankRow
    proposals: Sequence[Proposal]
    returns: Sequence[bank.BankRow]
    clues: Clues


def proposed(conn: Conn, ledger: Ledger, rows: Sequence[bank.BankRow]) -> list[Proposed]:
    """Return the rows with their proposals, by the read models as they are now."""
    recorded = [_recorded(ledger, row) for row in rows]
    clues = clues_of(conn, ledger.tenant, recorded)
    return [
        Proposed(row, proposals(t, known), _returns(conn, ledger.tenant, row), known)
        for row, t, known in zip(rows, recorded, clues, strict=True)
    ]


def _recorded(ledger: Ledger, row: bank.BankRow) -> BankTransactionRecorded:
    state: BankTransaction = ledger.book(BANK_TRANSACTION, row.transaction).state
    assert state.recorded
    return state.recorded


def _returns(conn: Conn, tenant: str, row: bank.BankRow) -> list[bank.BankRow]:
    if row.amount >= 0:
        return []
    query = bank.originals(tenant, row.amount, row.currency, row.iban, row.end_to_end)
    return query.fetch(conn)
