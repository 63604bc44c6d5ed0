"""The statements of our bank accounts: a row for each that was imported."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Log
from ledger.engine.table import Key
from ledger.facts.books import BANK_ACCOUNT
from ledger.facts.entry import Entry


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement, its balances, and what does not chain."""

    book_id: Key[UUID]
    line: Key[int]
    account: str
    currency: str
    statement: str
    number: str
    format: str
    file: str
    imported_at: datetime
    by: str
    entries: int
    transactions: int
    opening: Decimal | None
    opened_on: date | None
    closing: Decimal | None
    closed_on: date | None
    problems: list[str]


def show(entry: Entry) -> StatementRow:
    e = entry.event
    return StatementRow(
        book_id=entry.book_id,
        line=entry.line,
        account=e.account,
        currency=e.currency,
        statement=e.statement,
        number=e.number,
        format=e.format,
        file=e.file,
        imported_at=entry.at,
        by=entry.by,
        entries=e.entries,
        transactions=e.transactions,
        opening=e.opening,
        opened_on=e.opened_on,
        closing=e.closing,
        closed_on=e.closed_on,
        problems=list(e.problems),
    )


STATEMENTS = Log("bank_statements", StatementRow, (BANK_ACCOUNT,), show)


def newest(tenant: str, limit: int = 50) -> Query[StatementRow]:
    """Find the statements that were imported last."""
    return Query(
        f"select {STATEMENTS.table.columns} from bank_statements where tenant_id = %(tenant)s"
        " order by imported_at desc, account, line desc limit %(limit)s",
        {"tenant": tenant, "limit": limit},
        StatementRow,
    )
