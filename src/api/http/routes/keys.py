"""The tenant's API keys: listed without their secrets, made, rotated and revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.http.auth import keys, people
from api.http.auth.authentication import Admin
from api.http.auth.keys import Key, NameTaken, Role
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.openapi_errors import REFUSALS
from api.http.kit.openapi_examples import as_example
from api.http.kit.read_endpoint import Reading, ReadRequest, documented
from api.http.kit.route import Route
from api.http.server import security_log
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from commands.fields import RequiredText
from ledger.database.pool import Conn
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(prefix="/v1", tags=["keys"], route_class=Route)
T = TypeVar("T")
MOST_HOURS = 24 * 31


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
    person: str | None


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A key's secret, which is shown this once."""

    name: str
    secret: str


class NewKey(BaseModel, frozen=True):
    """A key of a program, with a role; or of a person, with their rights, that ends with them."""

    name: RequiredText = Field(description="of the program; it stands in the entries")
    role: Role | None = Field(None, description="of a program")
    business_units: tuple[RequiredText, ...] = Field((), description="all if left out")
    agency: RequiredText | None = Field(None, description="as the hand-offs name it")
    person: RequiredText | None = Field(None, description="whose key it is, instead of a role")
    expires_at: datetime | None = None


class KeyToRotate(BaseModel, frozen=True):
    """A key that gets a new secret."""

    name: RequiredText
    overlap_hours: int = Field(
        24, ge=0, le=MOST_HOURS, description="for which the secret of now works too"
    )
    again: bool = Field(False, description="though the secret before works still")


class KeyToRevoke(BaseModel, frozen=True):
    """A key that ends with the next request."""

    name: RequiredText


def _made(model: Any, status: int) -> dict[str, Any]:
    good = {"model": model, "description": "Done", "content": as_example(model)}
    refusals = {code: REFUSALS[code] for code in (401, 403, 404, 409, 413, 422, 429, 503)}
    responses = {status: good, **refusals}
    return {"response_class": Response, "status_code": status, "responses": responses}


@router.get("/keys", responses=documented(list[KeyRow]))
async def list_keys(key: Admin, read: Reading) -> Response:
    """Return all keys of the tenant, also those that were revoked, by name."""
    found = await read.app.query(keys.list_all(key.tenant_id))
    names = KeyRow.__dataclass_fields__
    return as_json([KeyRow(**{name: getattr(row, name) for name in names}) for row in found])


@router.post("/keys", **_made(NewSecret, 201))
async def make_key(
    key: Admin, body: Annotated[Body[NewKey], FieldsOf(NewKey)], read: Reading
) -> Response:
    """Make a key, and return its secret this once. Sent twice, it is refused the second time."""
    wanted, at = body.command(NewKey), read.app.clock()
    if wanted.expires_at and wanted.expires_at <= at:
        raise Problem("invalid", "That moment has passed.", "/expires_at")
    if (wanted.role is None) == (wanted.person is None):
        raise Problem("invalid", "Give a role or a person.", "/role")
    if wanted.person and (wanted.business_units or wanted.agency):
        raise Problem("invalid", "A person's key has their business units.", "/person")

    def make(conn: Conn) -> tuple[Key, str]:
        if wanted.person:
            whose = people.named(key.tenant_id, wanted.person).first(conn)
            if whose is None:
                raise NotFound("no-person", name=wanted.person)
            return keys.issue_to(conn, whose.key, wanted.name, at, key.name, wanted.expires_at)
        assert wanted.role
        return keys.issue(
            *(conn, key.tenant_id, wanted.name, wanted.role, at, key.name),
            *([*wanted.business_units], wanted.agency, wanted.expires_at),
        )

    try:
        made, secret = await _change(read, make)
    except NameTaken as error:
        raise Refused("key-name-taken", "name", name=wanted.name) from error
    except ValueError as error:
        raise Problem("invalid", str(error), "/name") from error
    _log(key, "key-made", made.name, role=made.role)
    return as_json(NewSecret(made.name, secret), 201)


@router.post("/keys/rotate", **_made(NewSecret, 200))
async def rotate_key(
    key: Admin, body: Annotated[Body[KeyToRotate], FieldsOf(KeyToRotate)], read: Reading
) -> Response:
    """Give a key a new secret, and return it this once; the one of now works for a time.

    While an earlier secret works still it is refused, so that a repetition ends none in use.
    """
    wanted, at = body.command(KeyToRotate), read.app.clock()
    until = at + timedelta(hours=wanted.overlap_hours)

    def rotate(conn: Conn) -> str:
        known = keys.list_all(key.tenant_id).fetch(conn)
        found = [row for row in known if row.name == wanted.name and row.usable(at)]
        if not found:
            raise NotFound("no-key", name=wanted.name)
        before = found[-1].old_until
        if before and before > at and not wanted.again:
            raise Refused("key-just-rotated", "name", until=before.isoformat())
        return keys.rotate(conn, key.tenant_id, wanted.name, at, until, key.name)

    secret = await _change(read, rotate)
    _log(key, "key-rotated", wanted.name)
    return as_json(NewSecret(wanted.name, secret))


@router.post("/keys/revoke", **_made(list[KeyRow], 200))
async def revoke_key(
    key: Admin, body: Annotated[Body[KeyToRevoke], FieldsOf(KeyToRevoke)], read: Reading
) -> Response:
    """End a key from the next request on, and return what keys there are."""
    name, at = body.command(KeyToRevoke).name, read.app.clock()

    def revoke(conn: Conn) -> bool:
        return keys.revoke(conn, key.tenant_id, name, at, key.name)

    if not await _change(read, revoke):
        raise NotFound("no-key", name=name)
    read.request.app.state.keyring.forget()
    _log(key, "key-revoked", name)
    return await list_keys(key, read)


async def _change(read: ReadRequest, change: Callable[[Conn], T]) -> T:
    def run() -> T:
        with read.app.pool.connection() as conn:
            return change(conn)

    return await read.app.run_in_thread(run)


def _log(key: Key, event: security_log.Kind, name: str, **more: str) -> None:
    """Write what was done to the security log, as the page and the command line do."""
    tenant, request = key.tenant_id, current().id
    security_log.write(event, by=key.name, tenant=tenant, name=name, **more, request=request)
