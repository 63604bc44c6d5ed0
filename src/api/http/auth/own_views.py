"""Views that people keep for themselves: filters of the list of today, and a name for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from psycopg.errors import UniqueViolation

from api.http.auth.people import Person
from ledger.database.pool import Conn
from ledger.database.query import Query

MOST = 20  # views of a person


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view of a person."""

    view_id: UUID
    name: str
    filters: dict[str, str]


def of_person(person: Person) -> Query[OwnView]:
    """List their views, the oldest first."""
    return Query(
        "select view_id, name, filters::text as filters from person_view"
        " where tenant_id = %(tenant)s and person_id = %(person)s order by made_at, view_id",
        {"tenant": person.tenant_id, "person": person.person_id},
        _row,
    )


def _row(view_id: UUID, name: str, filters: str) -> OwnView:
    return OwnView(view_id, name, msgspec.json.decode(filters, type=dict[str, str]))


def save(
    conn: Conn, person: Person, name: str, filters: Mapping[str, str], at: datetime
) -> OwnView | None:
    """Keep a view. Return None when the name is taken or there are too many."""
    if len(of_person(person).fetch(conn)) >= MOST:
        return None
    view = OwnView(uuid4(), name, dict(filters))
    made = conn.execute(
        "insert into person_view (tenant_id, person_id, view_id, name, filters, made_at)"
        " values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
        [
            *(person.tenant_id, person.person_id, view.view_id, name),
            *(msgspec.json.encode(view.filters).decode(), at),
        ],
    )
    return view if made.rowcount else None


def rename(conn: Conn, person: Person, view_id: UUID, name: str) -> bool:
    """Return False when the name is taken, or the view is not theirs."""
    try:
        changed = conn.execute(
            "update person_view set name = %s"
            " where tenant_id = %s and person_id = %s and view_id = %s",
            [name, person.tenant_id, person.person_id, view_id],
        )
    except UniqueViolation:
        return False
    return changed.rowcount == 1


def delete(conn: Conn, person: Person, view_id: UUID) -> None:
    conn.execute(
        "delete from person_view where tenant_id = %s and person_id = %s and view_id = %s",
        [person.tenant_id, person.person_id, view_id],
    )
