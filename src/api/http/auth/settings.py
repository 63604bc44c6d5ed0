"""What people set for themselves, and up to where they looked at the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.http.auth.people import Person, as_person
from ledger.database.pool import Conn
from ledger.database.query import Query

COLUMNS = "keys_off, digest_at, zone, digest_on, looked, looked_at, columns"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a person; those of somebody who set nothing."""

    keys_off: bool = False  # no key of a single letter
    digest_at: int | None = None  # hour of the daily mail
    zone: str = ""  # time zone; empty: the creditor's
    digest_on: date | None = None  # day of the last mail, in that zone
    looked: int | None = None  # position up to which they looked
    looked_at: datetime | None = None
    columns: Sequence[str] = ()  # of the list of today; empty: the usual ones


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who wants the daily mail."""

    person: Person
    digest_at: int
    zone: str
    digest_on: date | None
    looked: int | None
    looked_at: datetime | None


def readers(tenant: str) -> Query[Reader]:
    """List the people of a tenant who want the daily mail."""

    def row(
        digest_at: int,
        zone: str,
        digest_on: date | None,
        looked: int | None,
        looked_at: datetime | None,
        **columns: Any,
    ) -> Reader:
        return Reader(as_person(**columns), digest_at, zone, digest_on, looked, looked_at)

    return Query(
        "select s.digest_at, s.zone, s.digest_on, s.looked, s.looked_at, p.tenant_id, p.person_id,"
        " p.name, p.role, p.business_units, p.agency, p.email, p.language, p.created_at, p.ended_at"
        " from person_setting s join person p using (tenant_id, person_id)"
        " where s.tenant_id = %(tenant)s and s.digest_at is not null and p.email is not null"
        " and p.ended_at is null order by p.name",
        {"tenant": tenant},
        row,
    )


def claim(conn: Conn, reader: Reader, day: date) -> bool:
    """Record that the mail of a day is sent. Return False when another worker did."""
    claimed = conn.execute(
        "update person_setting set digest_on = %s where tenant_id = %s and person_id = %s"
        " and digest_at is not null and (digest_on is null or digest_on < %s)",
        [day, reader.person.tenant_id, reader.person.person_id, day],
    )
    return claimed.rowcount == 1


def unclaim(conn: Conn, reader: Reader) -> None:
    """Record that the mail was not sent after all."""
    conn.execute(
        "update person_setting set digest_on = %s where tenant_id = %s and person_id = %s",
        [reader.digest_on, reader.person.tenant_id, reader.person.person_id],
    )


def of_person(person: Person) -> Query[Settings]:
    return Query(
        f"select {COLUMNS} from person_setting"
        " where tenant_id = %(tenant)s and person_id = %(person)s",
        {"tenant": person.tenant_id, "person": person.person_id},
        Settings,
    )


def choose(person: Person, keys_off: bool, digest_at: int | None, zone: str) -> Query[UUID]:
    """Record what a person chose."""
    return Query(
        "insert into person_setting (tenant_id, person_id, keys_off, digest_at, zone)"
        " values (%(tenant)s, %(person)s, %(keys_off)s, %(digest_at)s, %(zone)s)"
        " on conflict (tenant_id, person_id) do update set keys_off = excluded.keys_off,"
        " digest_at = excluded.digest_at, zone = excluded.zone returning person_id",
        {
            "tenant": person.tenant_id,
            "person": person.person_id,
            "keys_off": keys_off,
            "digest_at": digest_at,
            "zone": zone,
        },
        lambda person_id: person_id,
        by_name=False,
    )


def choose_columns(person: Person, columns: Sequence[str]) -> Query[UUID]:
    """Record the columns of the list of today."""
    return Query(
        "insert into person_setting (tenant_id, person_id, columns)"
        " values (%(tenant)s, %(person)s, %(columns)s)"
        " on conflict (tenant_id, person_id) do update set columns = excluded.columns"
        " returning person_id",
        {"tenant": person.tenant_id, "person": person.person_id, "columns": list(columns)},
        lambda person_id: person_id,
        by_name=False,
    )


def looked(person: Person, position: int, at: datetime) -> Query[UUID]:
    """Record up to where a person looked; never back."""
    return Query(
        "insert into person_setting (tenant_id, person_id, looked, looked_at)"
        " values (%(tenant)s, %(person)s, %(position)s, %(at)s)"
        " on conflict (tenant_id, person_id) do update set looked = excluded.looked,"
        " looked_at = excluded.looked_at"
        " where coalesce(person_setting.looked, -1) < excluded.looked returning person_id",
        {
            "tenant": person.tenant_id,
            "person": person.person_id,
            "position": position,
            "at": at,
        },
        lambda person_id: person_id,
        by_name=False,
    )
