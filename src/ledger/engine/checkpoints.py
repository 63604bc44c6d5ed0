"""How far each read model of a tenant is, and the books that it could not show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.database.query import Query


@dataclass(frozen=True, slots=True)
class Progress:
    """A read model: its position, the entries it is behind, and why it stands still if it does."""

    name: str
    position: int
    lag: int
    leased_by: str | None
    trouble: str | None
    parked: int


@dataclass(frozen=True, slots=True)
class ParkedBook:
    """A book that a read model could not show, from this position on."""

    read_model: str
    book_id: UUID
    position: int
    error: str


def progress(tenant: str, at: datetime) -> Query[Progress]:
    return Query(
        "select f.name, f.position, greatest(coalesce(h.position, 0) - f.position, 0) as lag,"
        " case when f.leased_till > %(at)s then f.leased_by end as leased_by, f.trouble,"
        " (select count(*) from parked p"
        "  where p.tenant_id = f.tenant_id and p.follower = f.name) as parked"
        " from follower f left join ledger.tenant_head h using (tenant_id)"
        " where f.tenant_id = %(tenant)s order by f.name",
        {"tenant": tenant, "at": at},
        Progress,
    )


def parked(tenant: str, limit: int = 20) -> Query[ParkedBook]:
    return Query(
        "select follower as read_model, book_id, position, error from parked"
        " where tenant_id = %(tenant)s order by position limit %(limit)s",
        {"tenant": tenant, "limit": limit},
        ParkedBook,
    )
