"""Authentication by the API key of ``Authorization: Bearer``, and the roles of routes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.http.auth.keys import Key, Role, find_by_secret, mark_used
from api.http.auth.rate_limit import PER_MINUTE, TokenBucket, network
from api.http.server import security_log
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.state import AppState
from ledger.database import access_log
from ledger.database.access_log import Access

REMEMBERED = 2.0  # seconds until a key is looked up again
WRONG_A_MINUTE = 30  # wrong keys of an address, which each cost a query
MOST = 10_000  # keys, and addresses, that are remembered
FOUND = "dossier.key"  # of a request, in its scope
SIGNED_IN = 900.0  # seconds until the use of a key from an address is a new sign-in
bearer = HTTPBearer(auto_error=False, description="An API key: `dossier user add NAME --role …`")


async def app_state(request: Request) -> AppState:
    state: AppState = request.app.state.shared
    return state


TheApp = Annotated[AppState, Depends(app_state)]


@dataclass
class KeyCache:
    """Keys that were looked up, and their buckets, for the process."""

    a_minute: int = PER_MINUTE
    wrong_a_minute: int = WRONG_A_MINUTE
    keys: dict[str, tuple[float, Key]] = field(default_factory=dict)
    buckets: dict[UUID, TokenBucket] = field(default_factory=dict)
    wrong: dict[str, TokenBucket] = field(default_factory=dict)
    signed_in: dict[tuple[UUID, str], float] = field(default_factory=dict)

    async def find(self, app: AppState, secret: str) -> Key:
        """Return the key, and count the request. Raises ``Problem``."""
        key = await self.usable(app, secret)
        if key.key_id not in self.buckets:
            self.buckets[key.key_id] = TokenBucket(self.a_minute)
        self.buckets[key.key_id].take()
        return key

    async def usable(self, app: AppState, secret: str) -> Key:
        """Return the key. Raises the same ``Problem`` for a wrong, expired or revoked key."""
        seen = self.keys.get(secret)
        if seen is None or seen[0] < time.monotonic():
            found = await self._look_up(app, secret, known=seen is not None)
            if len(self.keys) > MOST:
                self.keys.clear()
            seen = self.keys[secret] = time.monotonic() + REMEMBERED, found
        key = seen[1]
        if not key.usable(app.clock()):
            raise _unauthenticated()
        return key

    def forget(self) -> None:
        """Look every key up again: one was revoked. Other processes do within ``REMEMBERED``."""
        self.keys.clear()

    async def _look_up(self, app: AppState, secret: str, known: bool) -> Key:
        """Read the key; an address that sends many wrong ones may send only known keys."""
        if len(self.wrong) > MOST:
            self.wrong.clear()
        address = network(current().address)
        wrong = self.wrong.setdefault(address, TokenBucket(self.wrong_a_minute))
        if not known:
            wrong.require()
        query = find_by_secret(secret)
        found = await app.query(query) if query else []
        if not found:
            wrong.left -= 1
            self.keys.pop(secret, None)
            raise _unauthenticated()
        [key] = found
        await app.opened(key.tenant_id)
        await _record_use(app, key)
        await self._record_sign_in(app, key, current().address)
        return key

    async def _record_sign_in(self, app: AppState, key: Key, address: str) -> None:
        """Write a line when a key is used from an address where it was not of late."""
        if len(self.signed_in) > MOST:
            self.signed_in.clear()
        now, at = time.monotonic(), (key.key_id, address)
        last, self.signed_in[at] = self.signed_in.get(at, -SIGNED_IN), now
        if now - last >= SIGNED_IN and key.revoked_at is None:
            security_log.write("signed-in", **key.who, role=key.role, address=address)
            await app.query(access_log.note(_signed_in(key, address), app.clock()))


async def _record_use(app: AppState, key: Key) -> None:
    """Record the use at most once a minute: it shows which keys are unused, and is not a log."""
    now = app.clock()
    if not key.last_used_at or now - key.last_used_at >= timedelta(minutes=1):
        await app.query(mark_used(key, now))


def _signed_in(key: Key, address: str) -> Access:
    return Access(
        key.tenant_id,
        "signed-in",
        key.name,
        key.role,
        "key",
        address=address,
        request=current().id,
    )


def _unauthenticated() -> Problem:
    return Problem(
        "not-authenticated",
        "Give a valid API key: Authorization: Bearer dossier_…",
        headers={"WWW-Authenticate": "Bearer"},
    )


def allow(*roles: Role, all_units: bool = False) -> Any:
    """Return the dependency that admits these roles, and admins, to a route.

    ``all_units`` is for what has no business unit, or those of all: it keeps out limited keys.
    """
    allowed = frozenset(roles) | {Role.ADMIN}

    async def caller(
        request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
    ) -> Key:
        key = await key_of(request, allowed)
        if all_units and not key.scope.is_everything:
            raise Problem("not-allowed", "This requires a key for all business units.")
        return key

    caller.all_units = all_units  # type: ignore[attr-defined]
    caller.roles = allowed  # type: ignore[attr-defined]  # for ``roles_of``
    return Depends(caller)


async def key_of(request: Request, allowed: frozenset[Role]) -> Key:
    """Return the caller's key, which counts once a request. Raises ``Problem`` without a valid key
    of these roles."""
    key: Key | None = request.scope.get(FOUND)
    if key is None:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            raise _unauthenticated()
        state = request.app.state
        key = request.scope[FOUND] = await state.keyring.find(state.shared, secret)
    current().who, current().role = key.who, key.role
    if key.role not in allowed:
        named = ", ".join(sorted(role.value for role in allowed))
        raise Problem("not-allowed", f"This is for: {named}. The role of your key is {key.role}.")
    return key


def roles_of_route(dependant: Dependant) -> frozenset[Role] | None:
    """Return the roles that all dependencies of a route admit; None for a route that is open."""
    found = [roles_of(dependant.call)] if dependant.call else []
    found += [roles_of_route(inner) for inner in dependant.dependencies]
    doors = [roles for roles in found if roles is not None]
    return frozenset.intersection(*doors) if doors else None


def roles_of(dependency: Callable[..., Any]) -> frozenset[Role] | None:
    """Return the roles that a dependency admits; None when ``allow`` did not create it."""
    return getattr(dependency, "roles", None)


Collector = Annotated[Key, allow(Role.COLLECTOR)]
Reader = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR)]
CaseReader = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER, Role.AGENCY)]
Solver = Annotated[Key, allow(Role.COLLECTOR, Role.RESOLVER)]
Auditor = Annotated[Key, allow(Role.AUDITOR, all_units=True)]
Registrar = Annotated[Key, allow(Role.COLLECTOR, all_units=True)]
Admin = Annotated[Key, allow(all_units=True)]
