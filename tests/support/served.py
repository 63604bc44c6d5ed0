"""Dossier over HTTP as its users meet it: a process of its own, or the app in this one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from subprocess import Popen
from typing import Any

import httpx2
from starlette.testclient import TestClient

from api.app import create_app
from api.http.auth.keys import Role, issue
from ledger.database import tenants
from ledger.database.pool import connect_to
from support.cli import CliUser

AT = re.compile(r"http://[\w.]+:\d+")
AGENCY = "Incasso BV"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Served:
    """A running ``dossier serve``."""

    at: str
    watch: str  # where it shows metrics and readiness
    process: Popen[str]
    http: httpx2.Client

    def stop(self) -> tuple[int, str]:
        """Stop it as systemd does, and return its exit code and its last words."""
        self.process.terminate()
        _, printed = self.process.communicate(timeout=60)
        return self.process.returncode, printed


@contextmanager
def serving(cli: CliUser, *more: object, key: str = "") -> Iterator[Served]:
    with cli.started("serve", "--port", "0", "--watch-port", "0", *more) as process:
        assert process.stderr
        line = process.stderr.readline()
        found = AT.findall(line)
        assert len(found) == 3, line + process.stderr.read()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        with httpx2.Client(base_url=found[0], headers=headers, timeout=60) as http:
            yield Served(found[0], found[2], process, http)


@contextmanager
def in_process(url: str, **more: Any) -> Iterator[TestClient]:
    """Run the app, with its worker, without a socket."""
    with TestClient(create_app(url, **more), raise_server_exceptions=False) as client:
        yield client


def make_key(url: str, role: Role, name: str = "", tenant: str = "default", **more: Any) -> str:
    more.setdefault("agency", AGENCY if role is Role.AGENCY else None)
    with connect_to(url) as conn:
        _, secret = issue(
            conn, tenant, name or role.value, role, more.pop("at", LONG_AGO), "root", **more
        )
    return secret


def make_tenant(url: str, name: str) -> None:
    with connect_to(url) as conn:
        tenants.create(conn, tenants.Tenant(name, name, "UTC", LONG_AGO))


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
