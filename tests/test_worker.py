"""``dossier worker``: any number, stopped, killed or cut off, and the read models stay true."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from ledger.database.pool import Conn, Pool
from ledger.engine.projector import LEASE, Projector
from ledger.engine.rebuild import check
from ledger.store.ledger import Ledger
from ledger.store.reading import head
from projections import READ_MODELS
from support.cli import CliUser
from support.histories import note
from support.postgres import proxied

pytestmark = pytest.mark.usefixtures("read_models")  # so that every worker finds the same work
BOOKS = [UUID(int=n) for n in range(1, 9)]


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def workers(cli: CliUser, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """They run, each of them; what they say goes to their standard error."""
    with ExitStack() as stack:
        started = [stack.enter_context(cli.started("worker")) for _ in range(number)]
        for worker in started:
            assert worker.stderr
            assert worker.stderr.readline() == "Worker runs. Stop it with Ctrl-C.\n"
        yield started


def stopped(worker: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
    """What it said besides, after it was told to stop and ended well."""
    worker.send_signal(number)
    out, err = worker.communicate(timeout=60)
    assert (worker.returncode, out) == (0, "")
    *before, last = err.splitlines()
    assert last == "Worker stopped."
    return "\n".join(before)


def leased_by(owner: Conn) -> set[str | None]:
    return {name for (name,) in owner.execute("select leased_by from follower")}


def wait_till_level(owner: Conn, *running: subprocess.Popen[str]) -> None:
    """As long as it takes; a worker that ends meanwhile fails the test."""
    last = head(owner, "default")
    while owner.execute("select min(position) from follower").fetchone() != (last,):
        for worker in running:
            assert worker.poll() is None, worker.communicate()


def wait_till_leased(owner: Conn) -> str:
    while True:
        [name, *others] = leased_by(owner)
        if name and not others:
            return name


def write(ledger: Ledger, lines: range) -> None:
    for line in lines:
        ledger.write([note(book, line) for book in BOOKS])


def true(pool: Pool) -> bool:
    for model in READ_MODELS:
        with pool.connection() as conn:
            check(conn, "default", model, now())
    return True


def test_two_at_once_take_every_entry_once(
    cli: CliUser, ledger: Ledger, pool: Pool, owner: Conn
) -> None:
    """Postgres itself counts the rows that were written, those of a second taking too."""
    with workers(cli, 2) as both:
        write(ledger, range(1, 40))
        stopped(both.pop())
        write(ledger, range(40, 60))
        wait_till_level(owner, *both)
        stopped(both.pop())
    assert true(pool)
    written = 59 * len(BOOKS)
    counted = (
        "select pg_stat_clear_snapshot(), n_tup_ins, n_tup_upd, n_tup_del"
        " from pg_stat_user_tables where relname = 'contact_log'"
    )
    while (told := owner.execute(counted).fetchone()) and told[1] < written:
        pass  # the counts of a connection arrive after its end
    assert told
    assert told[1:] == (written, 0, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_gives_its_leases_back(cli: CliUser, owner: Conn, number: int) -> None:
    with workers(cli, 1) as [worker]:
        wait_till_leased(owner)
        assert stopped(worker, number) == ""
    assert leased_by(owner) == {None}


def test_a_worker_goes_on_where_one_that_stopped_left(
    cli: CliUser, ledger: Ledger, owner: Conn
) -> None:
    with workers(cli, 2) as both:
        name = wait_till_leased(owner)
        pid = int(name.split(":")[1])
        [holder] = [worker for worker in both if worker.pid == pid]
        [other] = [worker for worker in both if worker.pid != pid]
        stopped(holder)
        write(ledger, range(1, 3))
        wait_till_level(owner, other)
        assert int(wait_till_leased(owner).split(":")[1]) == other.pid


def test_of_one_that_was_killed_another_takes_over_when_the_lease_has_run_out(
    cli: CliUser, ledger: Ledger, pool: Pool, owner: Conn
) -> None:
    with workers(cli, 1) as [worker]:
        name = wait_till_leased(owner)
        worker.kill()
        worker.wait()
    killed = now()
    assert timedelta(seconds=6) > LEASE, "how long the read models stand still"
    write(ledger, range(1, 3))
    assert leased_by(owner) == {name}
    assert Projector(pool, "default", READ_MODELS, "other", lambda: killed).catch_up() == 0
    later = Projector(pool, "default", READ_MODELS, "other", lambda: killed + LEASE)
    assert later.catch_up() == 2 * len(BOOKS)
    assert leased_by(owner) == {"other"}
    assert true(pool)


def test_cut_off_from_the_database_it_goes_on_by_itself(
    cli: CliUser, ledger: Ledger, pool: Pool, owner: Conn
) -> None:
    lines = "from pg_stat_activity where datname = current_database()"
    write(ledger, range(1, 5))
    ours = [pid for (pid,) in owner.execute(f"select pid {lines}".encode())]
    with workers(cli, 1) as [worker]:
        for more in (range(5, 9), range(9, 13)):
            wait_till_level(owner, worker)
            cut = f"select pg_terminate_backend(pid) {lines} and pid <> all(%s)"
            assert owner.execute(cut.encode(), [ours]).rowcount > 0
            write(ledger, more)
        wait_till_level(owner, worker)
        assert "does not answer, trying again" in stopped(worker)
    assert true(pool)


def test_it_can_be_stopped_while_the_database_is_away(database: str) -> None:
    with proxied(database) as proxy, workers(CliUser(proxy.url), 1) as [worker]:
        with psycopg.connect(database) as owner:
            owner.execute("set search_path = ledger")
            wait_till_leased(owner)
            proxy.shut()
        assert worker.stderr
        while "does not answer, trying again" not in worker.stderr.readline():
            assert worker.poll() is None
        stopped(worker)


def test_it_works_for_a_tenant_that_is_made_while_it_runs(cli: CliUser, owner: Conn) -> None:
    with workers(cli, 1) as [worker]:
        cli("tenant", "add", "acme").ok()
        acme = CliUser(cli.url, "acme")
        acme.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
        while owner.execute("select number from invoices").fetchall() != [("A-1",)]:
            assert worker.poll() is None, worker.communicate()
        stopped(worker)


def test_a_tenant_in_trouble_says_why_and_does_not_hold_up_the_others(
    cli: CliUser, owner: Conn
) -> None:
    cli("tenant", "add", "acme").ok()
    for tenant in ("acme", "default"):
        one = CliUser(cli.url, tenant)
        one.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
    owner.execute(
        "update entry set topic = 'invoice-registered.v9' where tenant_id = 'acme' and position = 1"
    )
    with workers(cli, 1) as [worker]:
        place = "select min(position) from follower where tenant_id = 'default'"
        while owner.execute(place.encode()).fetchone() != (1,):
            assert worker.poll() is None, worker.communicate()
        trouble = "select distinct trouble from follower where tenant_id = 'acme'"
        while owner.execute(trouble.encode()).fetchall() == [(None,)]:
            assert worker.poll() is None, worker.communicate()
        [(told,)] = owner.execute(trouble.encode()).fetchall()
        assert "invoice-registered.v9" in told
        assert "upgrade" in stopped(worker)
    for one in cli("status", "--json").ok().json:
        lag = {follower["lag"] for follower in one["followers"]}
        assert lag == ({1} if one["tenant"] == "acme" else {0})


def test_promises_are_judged_once_as_soon_as_they_start(cli: CliUser, owner: Conn) -> None:
    long_ago = {"invoice": "A-1", "on": "2026-01-05"}
    cli.record("register-invoice", amount=7, due_on="2026-01-20", **long_ago).ok()
    cli.record("make-promise", promised_for="2026-01-10", **long_ago).ok()
    cli("agenda").ok()
    broken = "select count(*) from entry where topic = 'promise-broken.v1'"
    with workers(cli, 2) as both:
        while owner.execute(broken.encode()).fetchone() == (0,):
            assert [worker.poll() for worker in both] == [None, None]
        for worker in both:
            stopped(worker)
    assert owner.execute(broken.encode()).fetchone() == (1,)
