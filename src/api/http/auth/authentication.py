"""Who asks: the API key of ``Authorization: Bearer``, its role, and how often it may ask."""

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

REMEMBERED = 2.0  # seconds that a key found is not looked up again
bearer = HTTPBearer(auto_error=False, description="An API key: `dossier user add NAME --role …`")


async def office(request: Request) -> AppState:
    found: AppState = request.app.state.office
    return found


TheOffice = Annotated[AppState, Depends(office)]


@dataclass
class KeyCache:
    """Keys as last seen, and their buckets; one for the process."""

    a_minute: int = PER_MINUTE
    keys: dict[str, tuple[float, Key]] = field(default_factory=dict)
    buckets: dict[UUID, TokenBucket] = field(default_factory=dict)

    async def find(self, app: AppState, secret: str) -> Key:
        """Raises ``Problem``: the same one whether the key is wrong, expired or revoked."""
        seen = self.keys.get(secret)
        if seen is None or seen[0] < time.monotonic():
            query = find_by_secret(secret)
            found = await app.query(query) if query else []
            if not found:
                raise _nobody()
            await app.opened(found[0].tenant_id)
            seen = (time.monotonic() + REMEMBERED, found[0])
            if len(self.keys) > 10_000:
                self.keys.clear()
            self.keys[secret] = seen
            await _used(app, found[0])
        if not seen[1].usable(app.clock()):
            raise _nobody()
        key = seen[1]
        if key.key_id not in self.buckets:
            self.buckets[key.key_id] = TokenBucket(self.a_minute)
        self.buckets[key.key_id].take()
        return key


async def _used(app: AppState, key: Key) -> None:
    """At most once a minute: it is a hint for who cleans up, no log."""
    now = app.clock()
    if key.last_used_at and now - key.last_used_at < timedelta(minutes=1):
        return
    await app.query(mark_used(key, now))


def _nobody() -> Problem:
    return Problem(
        "not-authenticated",
        "Give a valid API key: Authorization: Bearer dossier_…",
        headers={"WWW-Authenticate": "Bearer"},
    )


def allow(*roles: Role) -> Any:
    """The dependency by which a route declares whom it serves; an admin may do all of it."""
    allowed = frozenset(roles) | {Role.ADMIN}

    async def asker(
        request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
    ) -> Key:
        return await key_of(request, allowed)

    asker.roles = allowed  # type: ignore[attr-defined]  # read by the test that walks the routes
    return Depends(asker)


async def key_of(request: Request, allowed: frozenset[Role]) -> Key:
    """Who asks. Raises ``Problem`` when nobody says who he is, or it is not for him."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise _nobody()
    state = request.app.state
    key: Key = await state.keyring.find(state.office, secret)
    if key.role not in allowed:
        named = ", ".join(sorted(role.value for role in allowed))
        raise Problem("not-allowed", f"This is for: {named}. The role of your key is {key.role}.")
    return key


def roles_of(dependency: Callable[..., Any]) -> frozenset[Role] | None:
    """Whom a route's dependency lets in; None when it is no such dependency."""
    return getattr(dependency, "roles", None)


Collector = Annotated[Key, allow(Role.COLLECTOR)]
Reader = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR)]
CaseReader = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER, Role.AGENCY)]
Solver = Annotated[Key, allow(Role.COLLECTOR, Role.RESOLVER)]
Auditor = Annotated[Key, allow(Role.AUDITOR)]
