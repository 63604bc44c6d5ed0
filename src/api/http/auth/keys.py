"""API keys: the caller, their role, and what they may see."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID, uuid4

from ledger.database.pool import Conn
from ledger.database.query import Query
from ledger.policy.visibility import NOTHING, Scope
from projections.cloud_event import SYSTEM_ACTORS

COLUMNS = (
    "tenant_id, key_id, name, role, business_units, agency,"
    " created_at, expires_at, revoked_at, last_used_at"
)
BY_SECRET = COLUMNS.replace(  # the old secret of a rotated key expires
    "expires_at",
    "case when sha256 = %(sha256)s then expires_at else least(expires_at, old_until) end"
    " as expires_at",
)
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


def issue(
    conn: Conn,
    tenant: str,
    name: str,
    role: Role,
    at: datetime,
    business_units: list[str] | None = None,
    agency: str | None = None,
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """Create a key. Return it with its secret, which is not stored. Raises ``ValueError``."""
    check_name(name)
    if role is Role.AGENCY and not agency:
        raise ValueError("an agency's key must name the agency, as the hand-offs name it")
    units = business_units or []
    key = Key(tenant, uuid4(), name, role, units, agency, at, expires_at)
    secret = _new_secret(tenant)
    _retire_expired(conn, tenant, name, at)
    made = conn.execute(
        "insert into api_key (tenant_id, key_id, sha256, name, role, business_units, agency,"
        " created_at, expires_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict do nothing",
        [tenant, key.key_id, _hashed(secret), name, role.value, units, agency, at, expires_at],
    )
    if not made.rowcount:
        raise ValueError(
            f"There is a key named {name!r} already; rotate or revoke it, or choose another name"
        )
    return key, secret


def rotate(conn: Conn, tenant: str, name: str, at: datetime, old_until: datetime) -> str:
    """Give the key a new secret; the present one works until ``old_until``, older ones end.

    Return the secret. Raises ``LookupError`` when no key of that name is in use.
    """
    secret = _new_secret(tenant)
    done = conn.execute(
        "update api_key set old_sha256 = sha256, old_until = %s, sha256 = %s where tenant_id = %s"
        " and name = %s and revoked_at is null and (expires_at is null or expires_at > %s)",
        [old_until, _hashed(secret), tenant, name, at],
    )
    if not done.rowcount:
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


def _retire_expired(conn: Conn, tenant: str, name: str, at: datetime) -> None:
    """Free the name of a key that has expired."""
    conn.execute(
        "update api_key set revoked_at = expires_at where tenant_id = %s and name = %s"
        " and revoked_at is null and expires_at <= %s",
        [tenant, name, at],
    )


def find_by_secret(secret: str) -> Query[Key] | None:
    prefix, _, rest = secret.partition("_")
    quoted, _, token = rest.rpartition("_")
    tenant = unquote(quoted)
    if prefix != "dossier" or not tenant or not tenant.isprintable() or len(token) != 64:
        return None
    return Query(
        f"select {BY_SECRET} from api_key where tenant_id = %(tenant)s"
        " and (sha256 = %(sha256)s or old_sha256 = %(sha256)s)",
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
        f"select {COLUMNS} from api_key where tenant_id = %(tenant)s order by name, created_at",
        {"tenant": tenant},
        _key,
    )


def revoke(conn: Conn, tenant: str, name: str, at: datetime) -> bool:
    """Revoke the key from the next request on. Return False when there is no such key."""
    done = conn.execute(
        "update api_key set revoked_at = %s"
        " where tenant_id = %s and name = %s and revoked_at is null",
        [at, tenant, name],
    )
    return done.rowcount == 1


def _key(role: str, **columns: Any) -> Key:
    return Key(role=Role(role), **columns)


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
