"""The tenant's API keys, without their secrets."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import keys
from api.http.auth.authentication import Admin
from api.http.auth.keys import Role
from api.http.kit.read_endpoint import Reading, documented
from api.http.kit.route import Route
from api.http.server.responses import as_json

router = APIRouter(prefix="/v1", tags=["keys"], route_class=Route)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """Who has a key, what for, and until when."""

    key_id: UUID
    name: str
    role: Role
    business_units: list[str]
    agency: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@router.get("/keys", responses=documented(list[KeyRow]))
async def list_keys(key: Admin, read: Reading) -> Response:
    """Return all keys of the tenant, also those that were revoked, by name."""
    found = await read.app.query(keys.list_all(key.tenant_id))
    names = KeyRow.__dataclass_fields__
    return as_json([KeyRow(**{name: getattr(row, name) for name in names}) for row in found])
