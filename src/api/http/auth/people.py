"""People who sign in: a name, a role, and where their sign-in code is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from api.http.auth.keys import Key, Role, check_name
from ledger.database.pool import Conn
from ledger.database.query import Query
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.validation import is_sendable

COLUMNS = (
    "tenant_id, person_id, name, role, business_units, agency, email, language, created_at,"
    " ended_at"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a role. What they may do and see is that of a key with the same role."""

    tenant_id: str
    person_id: UUID
    name: str
    role: Role
    business_units: list[str]
    agency: str | None
    email: str | None
    language: str
    created_at: datetime
    ended_at: datetime | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return how cases name the person who is asked."""
        return (self.name, self.email) if self.email else (self.name,)

    @property
    def key(self) -> Key:
        """Return the caller that routes and commands know: rights are decided by it alone."""
        units, agency = self.business_units, self.agency
        return Key(
            self.tenant_id, self.person_id, self.name, self.role, units, agency, self.created_at
        )


def add(
    conn: Conn,
    tenant: str,
    name: str,
    role: Role,
    at: datetime,
    email: str | None = None,
    language: str = "en",
    business_units: list[str] | None = None,
    agency: str | None = None,
) -> Person:
    """Add a person. Raises ``ValueError``, also when the name or address is taken."""
    check_name(name)
    if role is Role.AGENCY and not agency:
        raise ValueError("a person of an agency must name the agency, as the hand-offs name it")
    if email is not None and not is_sendable(email):
        raise ValueError(f"--email: {email!r} is not a mail address")
    if language not in LANGUAGES:
        raise ValueError(f"--language: {language!r} is none of {', '.join(LANGUAGES)}")
    address = email.casefold() if email else None
    person = Person(
        tenant, uuid4(), name, role, business_units or [], agency, address, language, at
    )
    made = conn.execute(
        "insert into person (tenant_id, person_id, name, role, business_units, agency, email,"
        " language, created_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        [
            *(tenant, person.person_id, name, role.value, person.business_units, agency),
            *(address, language, at),
        ],
    )
    if not made.rowcount:
        raise ValueError(f"There is a person named {name!r}, or with that address, already.")
    return person


def end(conn: Conn, tenant: str, name: str, at: datetime) -> bool:
    """End a person and their sessions. Return False when there is no such person."""
    ended = conn.execute(
        "update person set ended_at = %s where tenant_id = %s and name = %s and ended_at is null"
        " returning person_id",
        [at, tenant, name],
    ).fetchall()
    for (person_id,) in ended:
        conn.execute(
            "update web_session set ended_at = %s"
            " where tenant_id = %s and person_id = %s and ended_at is null",
            [at, tenant, person_id],
        )
    return bool(ended)


def first_admin(conn: Conn, tenant: str, at: datetime) -> Person | None:
    """Return the administrator of a tenant in which nobody has signed in; added if there is none.

    Return None when somebody has.
    """
    signed_in = conn.execute(
        "select 1 from web_session where tenant_id = %s limit 1", [tenant]
    ).fetchone()
    if signed_in:
        return None
    known = [person for person in list_all(tenant).fetch(conn) if person.ended_at is None]
    admins = [person for person in known if person.role is Role.ADMIN]
    return admins[0] if admins else add(conn, tenant, "admin", Role.ADMIN, at)


def list_all(tenant: str) -> Query[Person]:
    return Query(
        f"select {COLUMNS} from person where tenant_id = %(tenant)s order by name, created_at",
        {"tenant": tenant},
        as_person,
    )


def named(tenant: str, name: str) -> Query[Person]:
    return Query(
        f"select {COLUMNS} from person"
        " where tenant_id = %(tenant)s and name = %(name)s and ended_at is null",
        {"tenant": tenant, "name": name},
        as_person,
    )


def of_address(email: str) -> Query[Person]:
    """Find the people with a mail address, who may work for several tenants."""
    return Query(
        f"select {COLUMNS} from person where email = %(email)s and ended_at is null"
        " order by tenant_id",
        {"email": email.casefold()},
        as_person,
    )


def as_person(role: str, **columns: Any) -> Person:
    return Person(role=Role(role), **columns)
