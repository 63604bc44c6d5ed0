"""Authentication by the API key of ``Authorization: Bearer``, and the roles of routes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.http.auth.keys import Key, Role, find_by_secret, mark_used
from api.http.auth.rate_limit import PER_MINUTE, TokenBucket
from api.http.server.problems import Problem
from api.http.server.state import AppState

REMEMBERED = 2.0  # seconds until a key is looked up again
bearer = HTTPBearer(auto_error=False, description="An API key: `dossier user add NAME --role …`")


async def app_state(request: Request) -> AppState:
    state: AppState = request.app.state.shared
    return state


TheApp = Annotated[AppState, Depends(app_state)]


@dataclass
class KeyCache:
    """Keys that were looked up, and their buckets, for the process."""

    a_minute: int = PER_MINUTE
    keys: dict[str, tuple[float, Key]] = field(default_factory=dict)
    buckets: dict[UUID, TokenBucket] = field(default_factory=dict)

    async def find(self, app: AppState, secret: str) -> Key:
        """Return the key. Raises the same ``Problem`` for a wrong, expired or revoked key."""
        seen = self.keys.get(secret)
        if seen is None or seen[0] < time.monotonic():
            query = find_by_secret(secret)
            found = await app.query(query) if query else []
            if not found:
                raise _unauthenticated()
            await app.opened(found[0].tenant_id)
            seen = (time.monotonic() + REMEMBERED, found[0])
            if len(self.keys) > 10_000:
                self.keys.clear()
            self.keys[secret] = seen
            await _record_use(app, found[0])
        key = seen[1]
        if not key.usable(app.clock()):
            raise _unauthenticated()
        if key.key_id not in self.buckets:
            self.buckets[key.key_id] = TokenBucket(self.a_minute)
        self.buckets[key.key_id].take()
        return key


async def _record_use(app: AppState, key: Key) -> None:
    """Record the use at most once a minute: it shows which keys are unused, and is not a log."""
    now = app.clock()
    if not key.last_used_at or now - key.last_used_at >= timedelta(minutes=1):
        await app.query(mark_used(key, now))


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
    """Return the caller's key. Raises ``Problem`` without a valid key of these roles."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise _unauthenticated()
    state = request.app.state
    key: Key = await state.keyring.find(state.shared, secret)
    if key.role not in allowed:
        named = ", ".join(sorted(role.value for role in allowed))
        raise Problem("not-allowed", f"This is for: {named}. The role of your key is {key.role}.")
    return key


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
