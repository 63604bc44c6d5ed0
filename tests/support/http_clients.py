"""Dossier over HTTP on a real database: one client for each role."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.http.auth.keys import Key, Role, issue
from commands.context import Context
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool, open_pool
from ledger.database.tenants import Tenant, create
from ledger.facts.entry import Entry
from ledger.policy.playbook.in_force import shipped
from ledger.policy.refusal_texts import TEXTS
from ledger.store.ledger import Ledger

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
INVOICE = {"invoice": "F-1", "amount": "1210.00", "due_on": "2026-03-31", "debtor": "D-7"}


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Person:
    """A person with a key."""

    client: TestClient
    key: Key
    secret: str

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        return self.client.post(f"/v1{path}", json=body, headers=self.headers(headers))

    def send(self, path: str, content: bytes, **headers: str) -> Response:
        """Post bytes as they are."""
        all_headers = {"Content-Type": "application/json"} | self.headers(headers)
        return self.client.post(f"/v1{path}", content=content, headers=all_headers)

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(f"/v1{path}", headers=self.headers(headers))

    def record(self, path: str, body: Any = None, **headers: str) -> Any:
        """Post what must be recorded, and return the answer's body."""
        answer = self.post(path, body, **headers)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        others = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.secret}"} | others


@dataclass
class HttpClients:
    """A server, and a client for each role."""

    client: TestClient
    pool: Pool
    clock: Clock
    ledgers: dict[str, Ledger] = field(default_factory=dict)

    def person(self, role: Role, name: str = "", tenant: str = "default", **more: Any) -> Person:
        with self.pool.connection() as conn:
            key, secret = issue(
                conn,
                tenant,
                name or f"{role} {uuid4().hex[:6]}",
                role,
                self.clock(),
                "root",
                **more,
            )
        return Person(self.client, key, secret)

    def collector(self, **more: Any) -> Person:
        return self.person(Role.COLLECTOR, **more)

    def tenant(self, name: str) -> str:
        with self.pool.connection() as conn:
            create(conn, Tenant(name, name, "Europe/Amsterdam", self.clock()))
        return name

    def applies_the_playbook(self) -> None:
        """Apply the shipped rules: nobody is written to before any were applied."""
        ledger = Ledger(self.pool)
        with closing(ledger):
            execute(ledger, [ApplyPlaybook(rules=shipped())], Context("pat", self.clock()))

    def entries(self, tenant: str = "default") -> list[Entry]:
        """Return all that was ever recorded, answers kept for idempotency keys too."""
        if tenant not in self.ledgers:
            self.ledgers[tenant] = Ledger(self.pool, tenant)
        return self.ledgers[tenant].since(0, 10_000)

    def recorded(self, kind: type[Any], since: int = 0, tenant: str = "default") -> list[Any]:
        """Return the events of that kind after a position."""
        return [one.event for one in self.entries(tenant)[since:] if isinstance(one.event, kind)]

    def topics(self) -> list[str]:
        return [entry.event.topic for entry in self.entries()]


@contextmanager
def open_http(
    url: str, with_worker: bool = True, clock: Callable[[], datetime] | None = None
) -> Iterator[HttpClients]:
    own_clock = Clock()
    app = create_app(url, clock or own_clock, with_worker)
    with TestClient(app) as client, open_pool(url) as pool:
        clients = HttpClients(client, pool, own_clock)
        try:
            yield clients
        finally:
            for ledger in clients.ledgers.values():
                ledger.close()


def refused(answer: Response, status: int, slug: str, pointer: str | None = None) -> Any:
    """Return the problem, which must be this one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:dossier:problem:{slug}"
    assert problem.get("pointer") == pointer, problem
    assert problem["code"] in (TEXTS if slug in ("refused", "unknown") else {slug}), problem
    return problem
