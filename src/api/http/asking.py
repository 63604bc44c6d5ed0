"""Who asks: the API key of ``Authorization: Bearer``, its role, and how often it may ask."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.http.context import asked
from api.http.keys import Key, Role, of_secret
from api.http.office import Office
from api.http.problems import Problem
from api.wiring import limit

A_MINUTE = limit("DOSSIER_RATE_LIMIT")  # requests a key
REMEMBERED = 2.0  # seconds that a key found is not looked up again
bearer = HTTPBearer(auto_error=False, description="An API key: `dossier user add NAME --role …`")


async def office(request: Request) -> Office:
    found: Office = request.app.state.office
    return found


TheOffice = Annotated[Office, Depends(office)]


@dataclass
class Bucket:
    """A token bucket: so many requests, refilled evenly over a minute."""

    a_minute: int
    left: float = field(init=False)
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.left = self.a_minute

    def take(self) -> None:
        """Raises ``Problem`` when it is empty."""
        now = time.monotonic()
        self.left = min(self.a_minute, self.left + (now - self.at) * self.a_minute / 60)
        self.at = now
        full_in = int((self.a_minute - self.left) * 60 / self.a_minute)
        asked().headers |= {
            "RateLimit-Policy": f'"key";q={self.a_minute};w=60',
            "RateLimit": f'"key";r={max(int(self.left) - 1, 0)};t={full_in}',
        }
        if self.left < 1:
            raise Problem(
                "too-many-requests",
                f"At most {self.a_minute} requests a minute.",
                headers={"Retry-After": str(max(int(60 / self.a_minute), 1))},
            )
        self.left -= 1


@dataclass
class Keyring:
    """Keys as last seen, and their buckets; one for the process."""

    a_minute: int = A_MINUTE
    keys: dict[str, tuple[float, Key]] = field(default_factory=dict)
    buckets: dict[UUID, Bucket] = field(default_factory=dict)

    async def find(self, office: Office, secret: str) -> Key:
        """Raises ``Problem``: the same one whether the key is wrong, expired or revoked."""
        seen = self.keys.get(secret)
        if seen is None or seen[0] < time.monotonic():
            query = of_secret(secret)
            found = await office.ask(query) if query else []
            if not found:
                raise _nobody()
            await office.opened(found[0].tenant_id)
            seen = (time.monotonic() + REMEMBERED, found[0])
            if len(self.keys) > 10_000:
                self.keys.clear()
            self.keys[secret] = seen
            await _used(office, found[0])
        if not seen[1].usable(office.clock()):
            raise _nobody()
        self.buckets.setdefault(seen[1].key_id, Bucket(self.a_minute)).take()
        return seen[1]


async def _used(office: Office, key: Key) -> None:
    """At most once a minute: it is a hint for who cleans up, no log."""
    now = office.clock()
    if key.last_used_at and now - key.last_used_at < timedelta(minutes=1):
        return
    async with office.reads.connection() as conn:
        await conn.execute(
            "update api_key set last_used_at = %s where tenant_id = %s and key_id = %s",
            [now, key.tenant_id, key.key_id],
        )


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
