"""``dossier worker``: any number, stopped, killed or cut off, and the read models stay true."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from ledger.follow import LEASE, Worker
from ledger.pages import head
from ledger.pool import Conn, Pool
from ledger.rebuild import check, prepare
from ledger.store import Ledger
from projections import READ_MODELS
from support.cli import Dossier
from support.histories import note
from support.postgres import proxied

BOOKS = [UUID(int=n) for n in range(1, 9)]


@pytest.fixture
def dossier(database_url: str, pool: Pool) -> Dossier:
    """Its read models are there, so that every worker finds the same work."""
    prepare(pool, READ_MODELS, now())
    return Dossier(database_url)


@pytest.fixture
def watcher(database_url: str) -> Iterator[Conn]:
    options = "-c search_path=view,ledger"
    with psycopg.connect(database_url, options=options, autocommit=True) as conn:
        yield conn


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def workers(dossier: Dossier, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """They run, each of them; what they say goes to their standard error."""
    with ExitStack() as stack:
        started = [stack.enter_context(dossier.started("worker")) for _ in range(number)]
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


def leased_by(watcher: Conn) -> set[str | None]:
    return {name for (name,) in watcher.execute("select leased_by from follower")}


def wait_till_level(watcher: Conn, *running: subprocess.Popen[str]) -> None:
    """As long as it takes; a worker that ends meanwhile fails the test."""
    last = head(watcher, "default")
    while watcher.execute("select min(position) from follower").fetchone() != (last,):
        for worker in running:
            assert worker.poll() is None, worker.communicate()


def wait_till_leased(watcher: Conn) -> str:
    while True:
        [name, *others] = leased_by(watcher)
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
    dossier: Dossier, ledger: Ledger, pool: Pool, watcher: Conn
) -> None:
    """Postgres itself counts the rows that were written, those of a second taking too."""
    with workers(dossier, 2) as both:
        write(ledger, range(1, 40))
        stopped(both.pop())
        write(ledger, range(40, 60))
        wait_till_level(watcher, *both)
        stopped(both.pop())
    assert true(pool)
    written = 59 * len(BOOKS)
    counted = (
        "select pg_stat_clear_snapshot(), n_tup_ins, n_tup_upd, n_tup_del"
        " from pg_stat_user_tables where relname = 'contact_log'"
    )
    while (told := watcher.execute(counted).fetchone()) and told[1] < written:
        pass  # the counts of a connection arrive after its end
    assert told
    assert told[1:] == (written, 0, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_gives_its_leases_back(
    dossier: Dossier, watcher: Conn, number: int
) -> None:
    with workers(dossier, 1) as [worker]:
        wait_till_leased(watcher)
        assert stopped(worker, number) == ""
    assert leased_by(watcher) == {None}


def test_a_worker_goes_on_where_one_that_stopped_left(
    dossier: Dossier, ledger: Ledger, watcher: Conn
) -> None:
    with workers(dossier, 2) as both:
        name = wait_till_leased(watcher)
        pid = int(name.split(":")[1])
        [holder] = [worker for worker in both if worker.pid == pid]
        [other] = [worker for worker in both if worker.pid != pid]
        stopped(holder)
        write(ledger, range(1, 3))
        wait_till_level(watcher, other)
        assert int(wait_till_leased(watcher).split(":")[1]) == other.pid


def test_of_one_that_was_killed_another_takes_over_when_the_lease_has_run_out(
    dossier: Dossier, ledger: Ledger, pool: Pool, watcher: Conn
) -> None:
    with workers(dossier, 1) as [worker]:
        name = wait_till_leased(watcher)
        worker.kill()
        worker.wait()
    killed = now()
    write(ledger, range(1, 3))
    assert leased_by(watcher) == {name}
    assert Worker(pool, "default", READ_MODELS, "other", lambda: killed).catch_up() == 0
    later = Worker(pool, "default", READ_MODELS, "other", lambda: killed + LEASE)
    assert later.catch_up() == 2 * len(BOOKS)
    assert leased_by(watcher) == {"other"}
    assert true(pool)


def test_cut_off_from_the_database_it_goes_on_by_itself(
    dossier: Dossier, ledger: Ledger, pool: Pool, watcher: Conn
) -> None:
    lines = "from pg_stat_activity where datname = current_database()"
    write(ledger, range(1, 5))
    ours = [pid for (pid,) in watcher.execute(f"select pid {lines}".encode())]
    with workers(dossier, 1) as [worker]:
        for more in (range(5, 9), range(9, 13)):
            wait_till_level(watcher, worker)
            cut = f"select pg_terminate_backend(pid) {lines} and pid <> all(%s)"
            assert watcher.execute(cut.encode(), [ours]).rowcount > 0
            write(ledger, more)
        wait_till_level(watcher, worker)
        assert "does not answer, trying again" in stopped(worker)
    assert true(pool)


def test_it_can_be_stopped_while_the_database_is_away(database_url: str) -> None:
    with proxied(database_url) as proxy, workers(Dossier(proxy.url), 1) as [worker]:
        with psycopg.connect(database_url) as watcher:
            watcher.execute("set search_path = ledger")
            wait_till_leased(watcher)
            proxy.shut()
        assert worker.stderr
        while "does not answer, trying again" not in worker.stderr.readline():
            assert worker.poll() is None
        stopped(worker)


def test_it_works_for_a_tenant_that_is_made_while_it_runs(dossier: Dossier, watcher: Conn) -> None:
    with workers(dossier, 1) as [worker]:
        dossier("tenant", "add", "acme").ok()
        acme = Dossier(dossier.url, "acme")
        acme.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
        while watcher.execute("select number from invoices").fetchall() != [("A-1",)]:
            assert worker.poll() is None, worker.communicate()
        stopped(worker)


def test_a_tenant_in_trouble_says_why_and_does_not_hold_up_the_others(
    dossier: Dossier, watcher: Conn
) -> None:
    dossier("tenant", "add", "acme").ok()
    for tenant in ("acme", "default"):
        one = Dossier(dossier.url, tenant)
        one.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
    watcher.execute(
        "update entry set topic = 'invoice-registered.v9' where tenant_id = 'acme' and position = 1"
    )
    with workers(dossier, 1) as [worker]:
        place = "select min(position) from follower where tenant_id = 'default'"
        while watcher.execute(place.encode()).fetchone() != (1,):
            assert worker.poll() is None, worker.communicate()
        trouble = "select distinct trouble from follower where tenant_id = 'acme'"
        while watcher.execute(trouble.encode()).fetchall() == [(None,)]:
            assert worker.poll() is None, worker.communicate()
        [(told,)] = watcher.execute(trouble.encode()).fetchall()
        assert "invoice-registered.v9" in told
        assert "upgrade" in stopped(worker)
    for one in dossier("status", "--json").ok().json:
        lag = {follower["lag"] for follower in one["followers"]}
        assert lag == ({1} if one["tenant"] == "acme" else {0})


def test_promises_are_judged_once_as_soon_as_they_start(dossier: Dossier, watcher: Conn) -> None:
    long_ago = {"invoice": "A-1", "on": "2026-01-05"}
    dossier.record("register-invoice", amount=7, due_on="2026-01-20", **long_ago).ok()
    dossier.record("make-promise", promised_for="2026-01-10", **long_ago).ok()
    dossier("agenda").ok()
    broken = "select count(*) from entry where topic = 'promise-broken.v1'"
    with workers(dossier, 2) as both:
        while watcher.execute(broken.encode()).fetchone() == (0,):
            assert [worker.poll() for worker in both] == [None, None]
        for worker in both:
            stopped(worker)
    assert watcher.execute(broken.encode()).fetchone() == (1,)
