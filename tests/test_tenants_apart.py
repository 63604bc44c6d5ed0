"""On Citus a tenant lives on one node: while that is down, the others' tenants go on.

No Citus here: a policy raises for one tenant what Citus raises (XX000), in a real database.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.http.auth.keys import Role
from ledger.database.pool import Conn
from support.cli import CliUser
from support.served import in_process, make_key

TABLES = ("ledger.follower", "ledger.tenant_head", "ledger.entry", "ledger.job", "view.invoices")
NODE = """
    create or replace function ledger.node(tenant text) returns boolean language plpgsql as $$
    begin
        if tenant = 'away' then
            raise exception 'connection to the remote node failed' using errcode = 'XX000';
        end if;
        return true;
    end $$
"""


@contextmanager
def node_down(owner: Conn) -> Iterator[None]:
    """The node of the tenant ``away``, which comes first of all, does not answer."""
    owner.execute(NODE.encode())
    for table in TABLES:
        owner.execute(f"alter table {table} enable row level security".encode())
        policy = f"create policy node on {table} to dossier_app using (ledger.node(tenant_id))"
        owner.execute(policy.encode())
    yield
    for table in TABLES:
        owner.execute(f"alter table {table} disable row level security".encode())


@pytest.fixture
def away(cli: CliUser) -> CliUser:
    cli("tenant", "add", "away").ok()
    away = CliUser(cli.url, "away")
    for one in (cli, away):
        one.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
        one("invoices").ok()
    return away


def shown(owner: Conn, tenant: str) -> list[str]:
    found = owner.execute(
        "select number from invoices where tenant_id = %s order by number", [tenant]
    )
    return [number for (number,) in found.fetchall()]


def test_read_models_and_clock_of_the_others_go_on(
    cli: CliUser, away: CliUser, owner: Conn
) -> None:
    away.record("register-invoice", invoice="A-2", amount=7, due_on="2026-01-20").ok()
    long_ago = {"invoice": "A-2", "on": "2026-01-05"}
    broken = b"select count(*) from entry where topic = 'promise-broken.v1'"
    with node_down(owner), cli.started("worker") as worker:
        cli.record("register-invoice", amount=7, due_on="2026-01-20", **long_ago).ok()
        cli.record("make-promise", promised_for="2026-01-10", **long_ago).ok()
        while shown(owner, "default") != ["A-1", "A-2"]:
            assert worker.poll() is None, worker.communicate()
        assert shown(owner, "away") == ["A-1"]
        with cli.started("worker"):  # its clock ticks as soon as it starts
            while owner.execute(broken).fetchone() == (0,):
                assert worker.poll() is None, worker.communicate()
        for table in TABLES:
            owner.execute(f"alter table {table} disable row level security".encode())
        while shown(owner, "away") != ["A-1", "A-2"]:
            assert worker.poll() is None, worker.communicate()
        worker.terminate()
        assert "does not answer for tenant away" in worker.communicate(timeout=60)[1]


def test_commands_and_the_server_of_the_others_start_and_work(
    cli: CliUser, away: CliUser, owner: Conn
) -> None:
    keys = [make_key(cli.url, Role.COLLECTOR, tenant=tenant) for tenant in ("default", "away")]
    with node_down(owner):
        cli("invoices").ok()
        refused = away("invoices")
        assert (refused.code, "does not answer" in refused.err) == (1, True)
        with in_process(cli.url, with_worker=False) as client:
            ours, theirs = (
                client.get("/v1/invoices", headers={"Authorization": f"Bearer {key}"})
                for key in keys
            )
            ready = client.get("/v1/ready")
    assert (ours.status_code, theirs.status_code) == (200, 503)
    assert theirs.json()["type"].endswith("unavailable")
    assert theirs.headers["retry-after"]
    assert (ready.status_code, ready.json()["status"]) == (200, "partly")
