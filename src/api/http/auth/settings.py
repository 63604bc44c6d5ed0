"""What people set for themselves, and up to where they looked at the log."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from api.http.auth.people import Person
from ledger.database.query import Query

COLUMNS = "keys_off, digest_at, zone, digest_on, looked, looked_at"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a person; those of somebody who set nothing."""

    keys_off: bool = False  # no key of a single letter
    digest_at: int | None = None  # hour of the daily mail
    zone: str = ""  # time zone; empty: the creditor's
    digest_on: date | None = None  # day of the last mail, in that zone
    looked: int | None = None  # position up to which they looked
    looked_at: datetime | None = None


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
