"""The contact log: every entry of a book as a sentence, in order, for auditors and hand-off."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Log
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Direction
from ledger.facts.entry import Entry
from ledger.policy.visibility import Scope
from projections.contact_log.sentences import sentence
from projections.scope import scope_parameters, units_seen


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry; ``happened_on`` is its business date, ``at`` when it was recorded."""

    book_id: Key[UUID]
    line: Key[int]
    position: int
    happened_on: date
    at: datetime
    by: str
    topic: str
    what: str
    channel: str | None
    direction: str | None  # seen from the creditor
    flags: list[str]


@dataclass(frozen=True, slots=True)
class DebtorContact(LogEntry):
    """An entry of the debtor's own book, or of the book of ``invoice``."""

    invoice: str | None


def show(entry: Entry) -> LogEntry:
    event = entry.event
    channel = getattr(event, "channel", None)
    return LogEntry(
        book_id=entry.book_id,
        line=entry.line,
        position=entry.position,
        happened_on=event.on,
        at=entry.at,
        by=entry.by,
        topic=event.topic,
        what=sentence(event),
        channel=channel,
        # Only a contact has a direction; everything else with a channel was sent by us.
        direction=getattr(event, "direction", Direction.OUT) if channel else None,
        flags=list(entry.flags),
    )


CONTACT_LOG = Log("contact_log", LogEntry, (INVOICE, DEBTOR), show, indexes=(("position",),))


def of_book(tenant: str, book_id: UUID) -> Query[LogEntry]:
    return Query(
        f"select {CONTACT_LOG.table.columns} from contact_log"
        " where tenant_id = %s and book_id = %s order by line",
        [tenant, book_id],
        LogEntry,
    )


def of_debtor(
    tenant: str,
    debtor_book_id: UUID,
    debtor_number: str,
    after_position: int = 0,
    limit: int | None = None,
    *,
    scope: Scope,
) -> Query[DebtorContact]:
    """Find the entries of a debtor's own book and of their invoices, in recorded order.

    ``after_position`` is the last position of the page before.
    """
    return Query(
        f"""
            with book as (
                select %(book)s::uuid as book_id, null as invoice
                union all
                select invoice_id, number from invoices
                where tenant_id = %(tenant)s and debtor = %(number)s{units_seen(scope)}
            )
            select {CONTACT_LOG.table.columns}, invoice
            from contact_log join book using (book_id)
            where tenant_id = %(tenant)s and position > %(after)s
            order by position limit %(limit)s
            """,
        {
            "tenant": tenant,
            "book": debtor_book_id,
            "number": debtor_number,
            "after": after_position,
            "limit": limit,
            **scope_parameters(scope),
        },
        DebtorContact,
    )


def newest_of_debtor(
    tenant: str,
    debtor_book_id: UUID,
    debtor_number: str,
    before_position: int | None = None,
    limit: int = 50,
    *,
    scope: Scope,
) -> Query[DebtorContact]:
    """Find the same entries as ``of_debtor``, the newest first."""
    query = of_debtor(tenant, debtor_book_id, debtor_number, scope=scope)
    return Query(
        query.sql.replace(
            "position > %(after)s",
            "position < coalesce(%(before)s::bigint, 9223372036854775807)",
        ).replace("order by position limit", "order by position desc limit"),
        {**dict(query.parameters), "before": before_position, "limit": limit},
        DebtorContact,
    )
