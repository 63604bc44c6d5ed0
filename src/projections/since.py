"""What others did in a person's invoices since a position of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.scope import scope_parameters, units_seen

FURTHEST = 20_000  # entries that are looked through

MINE = (
    " from contact_log c join invoices i on i.tenant_id = c.tenant_id and i.invoice_id = c.book_id"
    " where c.tenant_id = %(tenant)s and c.position > %(after)s and c.position <= %(upto)s"
    " and c.by <> all(%(names)s) and (i.collector = any(%(names)s) or i.resolvers && %(names)s)"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many entries others made, in how many of a person's invoices; disputed ones of these."""

    changes: int
    invoices: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that somebody else made."""

    book_id: UUID
    position: int
    at: datetime
    by: str
    topic: str
    what: str
    channel: str | None
    direction: str | None
    invoice: str
    debtor: str


def summary(
    tenant: str, names: Sequence[str], after: int, upto: int, *, scope: Scope
) -> Query[Summary]:
    """Count the entries of others after a position, in the invoices that a person collects or in
    whose disputes they are the resolver."""
    return Query(
        "select count(*) as changes, count(distinct c.book_id) as invoices,"
        " count(distinct c.book_id) filter (where i.disputed_amount > 0) as disputed"
        f"{MINE}{units_seen(scope, 'i.')}",
        _given(tenant, names, after, upto, scope),
        Summary,
    )


def changes(
    tenant: str,
    names: Sequence[str],
    after: int,
    upto: int,
    limit: int = 100,
    *,
    scope: Scope,
) -> Query[Change]:
    """Find these entries, the newest first."""
    return Query(
        "select c.book_id, c.position, c.at, c.by, c.topic, c.what, c.channel, c.direction,"
        f" i.number as invoice, i.debtor{MINE}{units_seen(scope, 'i.')}"
        f" order by c.position desc limit {limit:d}",
        _given(tenant, names, after, upto, scope),
        Change,
    )


def _given(of: str, names: Sequence[str], after: int, upto: int, scope: Scope) -> dict[str, object]:
    return {
        "tenant": of,
        "names": list(names),
        "after": max(after, upto - FURTHEST),
        "upto": upto,
        **scope_parameters(scope),
    }
