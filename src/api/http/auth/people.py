"""People who sign in: a name, a role, and where their sign-in code is sent.

The functions of the database make, change and end them, and each change leaves a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID, uuid4

from api.http.auth.keys import Key, Role, check_name
from ledger.database.pool import Conn
from ledger.database.query import Query
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.validation import is_sendable

COLUMNS = (
    "tenant_id, person_id, name, role, business_units, agency, email, language, created_at,"
    " ended_at, issuer"
)
NOT_CHANGED = {
    "gone": "The access of this person has ended.",
    "taken": "There is a person with that address already.",
    "of-provider": "Role, units and address of a person of a provider are changed there.",
}
CHANGE = "at, change, by, login, person_id, name, role, business_units, agency, email, language"


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
    issuer: str | None = None  # of the provider by which they sign in; no code is mailed to them

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


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Something that was done to a person, as the database recorded it."""

    at: datetime
    change: str
    by: str
    login: str
    person_id: UUID
    name: str
    role: str
    business_units: list[str]
    agency: str | None
    email: str | None  # None also in lines from before it was recorded
    language: str | None


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
    by: str = "dossier",
) -> Person:
    """Add a person. Raises ``ValueError``, also when the name or address is taken."""
    check_name(name)
    _check(role, agency, email, language)
    address = email.casefold() if email else None
    person = Person(
        tenant, uuid4(), name, role, business_units or [], agency, address, language, at
    )
    given = [
        *(tenant, person.person_id, name, role.value, person.business_units, agency),
        *(address, language, at, by),
    ]
    if not call(conn, "add_person", given):
        raise ValueError(f"There is a person named {name!r}, or with that address, already.")
    return person


def change(
    conn: Conn,
    person: Person,
    role: Role,
    at: datetime,
    email: str | None,
    language: str,
    business_units: list[str],
    agency: str | None,
    by: str,
) -> Person:
    """Change what a person may do and see, where their code is sent, and their language.

    Return the person as they are now. Raises ``ValueError``, also for more than the language of a
    person of a provider.
    """
    _check(role, agency, email, language)
    after = replace(
        person,
        role=role,
        email=email.casefold() if email else None,
        language=language,
        business_units=business_units,
        agency=agency,
    )
    given = [
        *(person.tenant_id, person.person_id, role.value, business_units, agency),
        *(after.email, language, at, by),
    ]
    outcome = call(conn, "change_person", given)
    if outcome != "good":
        raise ValueError(NOT_CHANGED[outcome])
    return after


def _check(role: Role, agency: str | None, email: str | None, language: str) -> None:
    """Raise ``ValueError`` for what no person can have."""
    if role is Role.AGENCY and not agency:
        raise ValueError("a person of an agency must name the agency, as the hand-offs name it")
    if email is not None and not is_sendable(email):
        raise ValueError(f"--email: {email!r} is not a mail address")
    if language not in LANGUAGES:
        raise ValueError(f"--language: {language!r} is none of {', '.join(LANGUAGES)}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is by the word of a provider, and the rights that the settings give them."""

    name: str
    role: Role
    business_units: list[str]
    agency: str | None
    email: str | None
    language: str


class NotAdmitted(Exception):
    """A person of a provider who may not sign in: ``why`` is ``ended`` or ``name-taken``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def of_provider(
    conn: Conn, tenant: str, issuer: str, subject: str, who: Identity, at: datetime
) -> Person:
    """Return the person with this subject at the provider, added or brought up to date.

    Raises ``NotAdmitted``, and ``ValueError`` for a name that nobody can have.
    """
    check_name(who.name)
    given = [
        *(tenant, uuid4(), issuer, subject, who.name, who.role.value, who.business_units),
        *(who.agency, who.email, who.language, at, issuer),
    ]
    outcome = call(conn, "person_of_provider", given)
    if outcome != "good":
        raise NotAdmitted(str(outcome))
    found = Query(
        f"select {COLUMNS} from person where tenant_id = %(tenant)s and issuer = %(issuer)s"
        " and subject = %(subject)s",
        {"tenant": tenant, "issuer": issuer, "subject": subject},
        as_person,
    )
    return found.fetch(conn)[0]


def end(conn: Conn, tenant: str, name: str, at: datetime, by: str = "dossier") -> bool:
    """End a person and their sessions. Return False when there is no such person."""
    return bool(call(conn, "end_person", [tenant, name, at, by]))


def admit(conn: Conn, tenant: str, person_id: UUID, at: datetime, by: str) -> bool:
    """Let an ended person of a provider sign in again. Return False if that cannot be."""
    return bool(call(conn, "admit_person", [tenant, person_id, at, by]))


def call(conn: Conn, function: LiteralString, given: Sequence[Any]) -> Any:
    """Call one of the functions that administer people, and return its value."""
    places = ", ".join(["%s"] * len(given))
    found = conn.execute(f"select ledger.{function}({places})", given).fetchone()
    return found[0] if found else None


def first_admin(conn: Conn, tenant: str, at: datetime) -> Person | None:
    """Return the administrator of a tenant in which nobody has signed in; added if there is none.

    Return None when somebody has.
    """
    if call(conn, "has_session", [tenant]):
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
    """Find the people with a mail address, who may work for several tenants; not those of a
    provider, who sign in there alone."""
    return Query(
        f"select {COLUMNS} from person"
        " where email = %(email)s and ended_at is null and issuer is null"
        " order by tenant_id",
        {"email": email.casefold()},
        as_person,
    )


def by_id(tenant: str, person_id: UUID) -> Query[Person]:
    return Query(
        f"select {COLUMNS} from person where tenant_id = %(tenant)s and person_id = %(person)s"
        " and ended_at is null",
        {"tenant": tenant, "person": person_id},
        as_person,
    )


def changes(tenant: str, person: UUID | None = None) -> Query[PersonChange]:
    """Return the query of what was done to the people of the tenant, or to one, in order."""
    return Query(
        f"select {CHANGE} from person_change where tenant_id = %(tenant)s"
        " and person_id = coalesce(%(person)s, person_id) order by at, person_id, nth",
        {"tenant": tenant, "person": person},
        PersonChange,
    )


def as_person(role: str, **columns: Any) -> Person:
    return Person(role=Role(role), **columns)
