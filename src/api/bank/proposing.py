"""The proposals for transactions, as every channel shows them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from api.bank.clues import clues_of
from ledger.database.pool import Conn
from ledger.facts.bank import BankTransactionRecorded
from ledger.policy.payments.matching import Clues, Proposal, proposals
from ledger.store.entry_queries import of_books
from projections import bank


@dataclass(frozen=True)
class Proposed:
    """A transaction that waits, with what it may be for; ``returns`` are those that a transaction
    of money out may return."""

    row: bank.BankRow
    proposals: Sequence[Proposal]
    returns: Sequence[bank.BankRow]
    clues: Clues

    def evidence(self, shares: Mapping[str, Decimal]) -> tuple[str, ...]:
        """Return the evidence for exactly these shares; none for what nobody proposed."""
        for proposal in self.proposals:
            if {share.invoice: share.amount for share in proposal.shares} == shares:
                return tuple(reason.value for reason in proposal.evidence)
        return ()


def proposed(conn: Conn, tenant: str, rows: Sequence[bank.BankRow]) -> list[Proposed]:
    """Return the rows with their proposals, by the read models as they are now."""
    recorded = recorded_of(conn, tenant, rows)
    clues = clues_of(conn, tenant, recorded)
    returns = _returns(conn, tenant, [row for row in rows if row.amount < 0])
    return [
        Proposed(row, proposals(t, known), returns.get(row.id, ()), known)
        for row, t, known in zip(rows, recorded, clues, strict=True)
    ]


def recorded_of(
    conn: Conn, tenant: str, rows: Sequence[bank.BankRow]
) -> list[BankTransactionRecorded]:
    """Return what the bank reported of these transactions, in their order."""
    ids = [row.id for row in rows]
    lines = of_books(tenant, ids, BankTransactionRecorded.topic).fetch(conn)
    by_book = {line.entry.book_id: line.entry.event for line in lines}
    return [by_book[id_] for id_ in ids]


def _returns(
    conn: Conn, tenant: str, out: Sequence[bank.BankRow]
) -> Mapping[UUID, Sequence[bank.BankRow]]:
    found = defaultdict[UUID, list[bank.BankRow]](list)
    for back, original in bank.originals(tenant, out).fetch(conn) if out else ():
        found[back].append(original)
    return found
