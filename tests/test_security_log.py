"""The security log: sign-ins, refusals, reads and the administration of keys, and no secret."""

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.http.auth.authentication import WRONG_A_MINUTE
from api.http.auth.keys import Role
from api.http.server import security_log
from support.cli import CliUser
from support.served import bearer, in_process, make_key, serving

INVOICE = {"invoice": "F-1", "amount": "1210.00", "due_on": "2026-03-31", "debtor": "D-7"}
WRONG = f"dossier_default_{'0' * 64}"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[Any]]]:
    """Return what was written so far."""
    path = tmp_path / "log" / "security.jsonl"
    monkeypatch.setenv(security_log.SETTING, str(path))
    security_log.open_log()
    yield lambda: [json.loads(line) for line in path.read_text().splitlines()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    monkeypatch.undo()
    security_log.open_log()


@pytest.fixture
def logged_http(database: str) -> Iterator[TestClient]:
    with in_process(database, with_worker=False) as logged_http:
        yield logged_http


def events(log: Callable[[], list[Any]]) -> list[str]:
    return [line["event"] for line in log()]


def test_who_read_what_stands_there(
    logged_http: TestClient, database: str, log: Callable[[], list[Any]]
) -> None:
    logged_http.headers.update(bearer(make_key(database, Role.COLLECTOR, "anna")))
    assert logged_http.post("/v1/invoices", json=INVOICE).status_code == 201
    answer = logged_http.get("/v1/invoices/F-1/contact-log")
    assert answer.status_code == 200
    signed_in, read = log()
    assert (signed_in["event"], signed_in["role"]) == ("signed-in", "collector")
    assert (read["event"], read["name"], read["status"]) == ("read", "anna", 200)
    assert (read["method"], read["route"]) == ("GET", "/v1/invoices/{invoice}/contact-log")
    assert read["of"] == ["F-1"]
    assert read["key"] == signed_in["key"]
    assert read["request"] == answer.headers["x-request-id"]
    assert read["address"] == "testclient"
    assert read["time"].endswith("+00:00")


def test_refusals_stand_there(
    logged_http: TestClient, database: str, log: Callable[[], list[Any]]
) -> None:
    resolver = bearer(make_key(database, Role.RESOLVER))
    logged_http.get("/v1/invoices")
    logged_http.get("/v1/invoices", headers=bearer(WRONG))
    logged_http.get("/v1/events", headers=resolver)
    logged_http.get("/v1/invoices/F-9", headers=resolver)
    logged_http.get("/a/no-such-token")
    assert events(log) == [
        *["not-authenticated"] * 2,
        "signed-in",
        "refused",
        "not-found",
        "refused",
    ]
    assert "no-such-token" not in json.dumps(log())
    assert WRONG not in json.dumps(log())


def test_an_address_with_many_wrong_keys_is_not_looked_up(
    logged_http: TestClient, database: str, log: Callable[[], list[Any]]
) -> None:
    good = bearer(make_key(database, Role.COLLECTOR))
    assert logged_http.get("/v1/invoices", headers=good).status_code == 200
    wrong = [f"dossier_default_{nth:064}" for nth in range(WRONG_A_MINUTE + 2)]
    answers = [logged_http.get("/v1/invoices", headers=bearer(key)).status_code for key in wrong]
    assert answers[:-2] == [401] * WRONG_A_MINUTE
    assert answers[-1] == 429
    assert logged_http.get("/v1/invoices", headers=good).status_code == 200, (
        "a key that was good before"
    )
    logged_http.app.state.keyring.keys[good["Authorization"][7:]] = (  # type: ignore[attr-defined]
        *(0.0, logged_http.app.state.keyring.keys[good["Authorization"][7:]][1]),  # type: ignore[attr-defined]
    )
    assert logged_http.get("/v1/invoices", headers=good).status_code == 200, (
        "also when looked up again"
    )
    assert "refused" in events(log)


def test_the_administration_of_keys_stands_there(
    cli: CliUser, log: Callable[[], list[Any]]
) -> None:
    cli("user", "add", "anna", "--role", "collector").ok()
    cli("user", "revoke", "anna").ok()
    made, revoked = log()
    assert (made["event"], made["name"], made["role"]) == ("key-made", "anna", "collector")
    assert (revoked["event"], revoked["name"]) == ("key-revoked", "anna")
    assert made["by"] == revoked["by"] != ""


def test_a_server_writes_it_and_one_that_cannot_does_not_start(
    cli: CliUser, log: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving(cli, "--workers", "2") as served:
        assert served.http.get("/v1/invoices").status_code == 401
    assert events(log) == ["not-authenticated"]
    (tmp_path / "file").touch()
    with monkeypatch.context() as patch:
        patch.setenv(security_log.SETTING, str(tmp_path / "file" / "log"))
        cli("serve", "--port", "0", "--watch-port", "0").refused(str(tmp_path / "file"), code=2)
