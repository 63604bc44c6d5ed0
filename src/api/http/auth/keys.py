"""API keys: the caller, their role, and what they may see."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, LiteralString
from urllib.parse import quote, unquote
from uuid import UUID, uuid4

from ledger.database.pool import Conn
from ledger.database.query import Query
from ledger.policy.visibility import NOTHING, Scope
from projections.cloud_event import SYSTEM_ACTORS

RIGHTS = (  # of a person's key those of the person of now
    " coalesce(p.role, k.role) as role,"
    " coalesce(p.business_units, k.business_units) as business_units,"
    " case when p.person_id is null then k.agency else p.agency end as agency,"
)
COLUMNS = (
    f"k.tenant_id, k.key_id, k.name,{RIGHTS}"
    " k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.old_until, p.name as person"
)
BY_SECRET = (  # the old secret of a rotated key expires; a person's key acts as the person
    f"k.tenant_id, k.key_id, coalesce(p.name, k.name) as name,{RIGHTS} k.created_at,"
    " case when k.sha256 = %(sha256)s then k.expires_at else least(k.expires_at, k.old_until) end"
    " as expires_at, k.revoked_at, k.last_used_at, k.old_until, p.name as person"
)
OF_PEOPLE = (
    "api_key k left join person p on p.tenant_id = k.tenant_id and p.person_id = k.person_id"
)
CHANGE = "at, change, by, login, key_id, name, role, business_units, agency, until"
MAX_NAME = 200


class Role(StrEnum):
    """The role of a key. Each route declares the roles that it admits."""

    COLLECTOR = "collector"
    RESOLVER = "resolver"
    AUDITOR = "auditor"
    AGENCY = "agency"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret."""

    tenant_id: str
    key_id: UUID
    name: str
    role: Role
    business_units: list[str]
    agency: str | None
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    old_until: datetime | None = None  # the secret before the last rotation works until then
    person: str | None = None  # whose key it is; None for a program's

    def usable(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    @property
    def who(self) -> dict[str, str]:
        """Return how the security log names the key."""
        return {"tenant": self.tenant_id, "key": str(self.key_id), "name": self.name}

    @property
    def scope(self) -> Scope:
        """Return what the holder may see; nothing for a role without a rule here."""
        match self.role:
            case Role.COLLECTOR | Role.AUDITOR | Role.ADMIN:
                return Scope(business_units=tuple(self.business_units))
            case Role.RESOLVER:
                return Scope(resolver=self.name)
            case Role.AGENCY:
                return Scope(agency=self.agency or "")
            case _:
                return NOTHING


@dataclass(frozen=True, slots=True)
class KeyChange:
    """Something that was done to a key, as the database recorded it."""

    at: datetime
    change: str
    by: str
    login: str
    key_id: UUID
    name: str
    role: str
    business_units: list[str]
    agency: str | None
    until: datetime | None


def issue(
    conn: Conn,
    tenant: str,
    name: str,
    role: Role,
    at: datetime,
    by: str,
    business_units: list[str] | None = None,
    agency: str | None = None,
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """Create a key. Return it with its secret, which is not stored. Raises ``ValueError``.

    The database's function makes it, and records the change and who made it (``by``).
    """
    check_name(name)
    if role is Role.AGENCY and not agency:
        raise ValueError("an agency's key must name the agency, as the hand-offs name it")
    units = business_units or []
    key = Key(tenant, uuid4(), name, role, units, agency, at, expires_at)
    secret = _new_secret(tenant)
    made = _change(
        conn,
        "make_key",
        [tenant, key.key_id, _hashed(secret), name, role.value, units, agency, at, expires_at, by],
    )
    if not made:
        raise NameTaken(name)
    return key, secret


class NameTaken(ValueError):
    """A key of that name is in use."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a key named {name!r} already; rotate or revoke it, or choose another name"
        )


def issue_to(
    conn: Conn, whose: Key, name: str, at: datetime, by: str, expires_at: datetime | None = None
) -> tuple[Key, str]:
    """Create a key of a person, whose own ``key`` is given: it has their rights, and ends with
    them. Return it with its secret. Raises ``ValueError``."""
    check_name(name)
    key = replace(whose, key_id=uuid4(), name=name, created_at=at, expires_at=expires_at)
    secret = _new_secret(key.tenant_id)
    given = [key.tenant_id, key.key_id, _hashed(secret), name, whose.key_id, at, expires_at, by]
    if not _change(conn, "make_key_of", given):
        raise NameTaken(name)
    return replace(key, person=whose.name), secret


def rotate(conn: Conn, tenant: str, name: str, at: datetime, old_until: datetime, by: str) -> str:
    """Give the key a new secret; the present one works until ``old_until``, older ones end.

    Return the secret. Raises ``LookupError`` when no key of that name is in use.
    """
    secret = _new_secret(tenant)
    if not _change(conn, "rotate_key", [tenant, name, _hashed(secret), at, old_until, by]):
        raise LookupError(f"There is no key named {name!r} in use.")
    return secret


def _new_secret(tenant: str) -> str:
    return f"dossier_{quote(tenant, safe='')}_{secrets.token_hex(32)}"


def check_name(name: str) -> None:
    """Raise ``ValueError`` for a name that nobody can read, or as which Dossier itself writes."""
    if not name or name != name.strip() or not name.isprintable() or len(name) > MAX_NAME:
        raise ValueError(f"the name of a key: 1 to {MAX_NAME} visible characters, not {name!r}")
    if name.casefold() in SYSTEM_ACTORS:
        raise ValueError(f"Dossier itself writes as {name!r}: choose another name")


def find_by_secret(secret: str) -> Query[Key] | None:
    prefix, _, rest = secret.partition("_")
    quoted, _, token = rest.rpartition("_")
    tenant = unquote(quoted)
    if prefix != "dossier" or not tenant or not tenant.isprintable() or len(token) != 64:
        return None
    return Query(
        f"select {BY_SECRET} from {OF_PEOPLE} where k.tenant_id = %(tenant)s"
        " and (k.sha256 = %(sha256)s or k.old_sha256 = %(sha256)s)",
        {"tenant": tenant, "sha256": _hashed(secret)},
        _key,
    )


def mark_used(key: Key, at: datetime) -> Query[Key]:
    return Query(
        "update api_key set last_used_at = %(at)s"
        " where tenant_id = %(tenant)s and key_id = %(key_id)s",
        {"at": at, "tenant": key.tenant_id, "key_id": key.key_id},
        _key,
    )


def list_all(tenant: str) -> Query[Key]:
    return Query(
        f"select {COLUMNS} from {OF_PEOPLE} where k.tenant_id = %(tenant)s"
        " order by k.name, k.created_at",
        {"tenant": tenant},
        _key,
    )


def revoke(conn: Conn, tenant: str, name: str, at: datetime, by: str) -> bool:
    """Revoke the key from the next request on. Return False when there is no such key."""
    return _change(conn, "revoke_key", [tenant, name, at, by])


def changes(tenant: str) -> Query[KeyChange]:
    """Return the query of what was done to the tenant's keys, in order."""
    return Query(
        f"select {CHANGE} from ledger.api_key_change where tenant_id = %(tenant)s"
        " order by at, change <> 'expired', key_id, nth",
        {"tenant": tenant},
        KeyChange,
    )


def _change(conn: Conn, function: LiteralString, given: list[Any]) -> bool:
    """Call one of the functions that may change keys, and return whether it did."""
    places = ", ".join(["%s"] * len(given))
    found = conn.execute(f"select ledger.{function}({places})", given).fetchone()
    return found == (True,)


def _key(role: str, **columns: Any) -> Key:
    return Key(role=Role(role), **columns)


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
