"""Commands that run it: migrate, worker, verify, rebuild, status, tenant, stop."""

import signal
from collections.abc import Sequence
from dataclasses import asdict
from threading import Event, Thread
from typing import Annotated, Any

import typer

from api.cli.kit.output import as_json, errors, progress, screen, table
from api.cli.kit.session import caught_up_session, database, settings, tenant_session
from api.environment import home
from api.postgres import server
from api.postman import status as standing
from api.preflight import check as check_settings
from api.session import database_url, now, prepare_database
from api.worker import run
from ledger.database import tenants
from ledger.database.migrate import migrate as bring_up_to_date
from ledger.database.pool import open_pool
from ledger.engine.rebuild import check as check_model
from ledger.engine.rebuild import rebuild as rebuild_model
from ledger.store.reading import head
from ledger.store.verify import verify as verify_ledger
from projections import READ_MODELS

app = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command(epilog="Example: `dossier migrate`")
def migrate() -> None:
    """Bring the database up to date. Every command does so by itself; this one says what it did."""
    taken = bring_up_to_date(database_url())
    screen.print("\n".join(f"took {name}" for name in taken) or "The database is up to date.")
    with database():
        pass


@app.command(
    epilog="Example: `dossier worker`. Several may run; leases share out the work. Ctrl-C stops it."
)
def worker() -> None:
    """Keep the read models up to date, for every tenant, until stopped."""
    check_settings()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # in a thread: the signal may find us inside the event, which then would wait for itself
        signal.signal(number, lambda *_: Thread(target=stop.set).start())
    with database() as url:
        errors.print("Worker runs. Stop it with Ctrl-C.")
        run(url, stop, now)
    errors.print("Worker stopped.")


@app.command(
    epilog="Example: `dossier verify`. Exit code 1 and the first line that is not as it was"
    " written, if there is one."
)
def verify(json: Json = False) -> None:
    """Prove positions gapless, books contiguous and every content hash true."""
    with tenant_session() as opened, opened.pool.connection() as conn:
        total = head(conn, opened.tenant)
        with progress("Verifying", "entries") as tick:
            proof = verify_ledger(conn, opened.tenant, lambda more: tick(more, total))
    if json:
        as_json(proof)
    else:
        screen.print(
            f"{proof.entries:,} entries in {proof.books:,} books: positions gapless, books"
            " contiguous, every content hash true."
        )


@app.command(
    epilog="Examples: `dossier rebuild`, `dossier rebuild agenda`, `dossier rebuild --check`"
)
def rebuild(
    models: Annotated[
        list[str] | None, typer.Argument(help="Read models; all if left out.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only prove that the live tables equal a fresh fold.")
    ] = False,
) -> None:
    """Make read models anew from the ledger, beside the living ones, and switch."""
    known = {model.name: model for model in READ_MODELS}
    if unknown := set(models or ()) - set(known):
        raise ValueError(f"no read model {', '.join(unknown)}; there are: {', '.join(known)}")
    chosen = [known[name] for name in models or known]
    with (
        caught_up_session() if check else tenant_session() as opened,
        opened.pool.connection() as conn,
    ):
        total = head(conn, opened.tenant)
        for model in chosen:
            with progress(
                f"{'Checking' if check else 'Rebuilding'} {model.name}", "entries"
            ) as tick:
                if check:
                    read = check_model(
                        conn, opened.tenant, model, opened.clock(), lambda n: tick(n, total)
                    )
                else:
                    read = rebuild_model(
                        opened.pool, model, opened.clock(), lambda n: tick(n, None)
                    )
            verdict = "equals a fresh fold" if check else "rebuilt"
            screen.print(f"{model.name}: {verdict} of {read:,} entries")


@app.command(epilog="Examples: `dossier status`, `dossier --tenant acme status --json`")
def status(json: Json = False) -> None:
    """Where every read model stands, what lags, what is parked and why; what of the post waits."""
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        post = standing.outbox_status(conn)
        found = [_status(conn, tenant, post) for tenant in tenants.list_all(conn)]
    if json:
        as_json(found)
        return
    for one in found:
        table(
            f"Tenant {one['tenant']} ({one['time_zone']}): {one['head']:,} entries",
            ("read model", "position", "lag", "worker", "parked books", "trouble"),
            [
                (
                    f["name"],
                    f["position"],
                    f["lag"],
                    f["leased_by"],
                    f["parked"] or "",
                    f["trouble"],
                )
                for f in one["followers"]
            ],
            right=("position", "lag", "parked books"),
        )
        for post in one["post"]:
            screen.print(f"  {_post(post)}", markup=False)
        for parked in one["parked"]:
            screen.print(
                f"  parked: {parked['read_model']}, book {parked['book_id']} from position"
                f" {parked['position']}: {parked['error']}",
                markup=False,
            )


def _status(conn: Any, tenant: tenants.Tenant, post: Sequence[standing.Standing]) -> dict[str, Any]:
    last = head(conn, tenant.tenant_id)
    followers = conn.execute(
        "select f.name, f.position, case when f.leased_till > %s then f.leased_by end, f.trouble,"
        " (select count(*) from parked p where p.tenant_id = %s and p.follower = f.name) as parked"
        " from follower f where f.tenant_id = %s order by f.name",
        [now(), tenant.tenant_id, tenant.tenant_id],
    ).fetchall()
    parked = conn.execute(
        "select follower, book_id, position, error from parked where tenant_id = %s"
        " order by position limit 20",
        [tenant.tenant_id],
    ).fetchall()
    return {
        "tenant": tenant.tenant_id,
        "time_zone": tenant.time_zone,
        "head": last,
        "followers": [
            {
                "name": name,
                "position": position,
                "lag": last - position,
                "leased_by": worker,
                "trouble": trouble,
                "parked": count,
            }
            for name, position, worker, trouble, count in followers
        ],
        "parked": [
            {"read_model": name, "book_id": book, "position": position, "error": error}
            for name, book, position, error in parked
        ],
        "post": [asdict(one) for one in post if one.tenant_id == tenant.tenant_id],
    }


def _post(post: dict[str, Any]) -> str:
    waits = f"{post['waiting']} wait"
    if post["oldest"]:
        waits += f", the oldest since {post['oldest']:%Y-%m-%d %H:%M}"
    said = f"{post['channel']}: {waits}; {post['failed']} failed"
    if post["trouble"]:
        said += f"; nothing goes since {post['trouble_since']:%Y-%m-%d %H:%M}: {post['trouble']}"
    return said


@app.command(epilog="Example: `dossier stop`")
def stop() -> None:
    """Stop the embedded database; the next command starts it again."""
    stopped = server.stop(home())
    screen.print("Stopped." if stopped else "It was not running.")


tenant = typer.Typer(no_args_is_help=True, help="Creditor organisations, each with its own ledger.")
app.add_typer(tenant, name="tenant")


@tenant.command("list", epilog="Example: `dossier tenant list`")
def list_tenants(json: Json = False) -> None:
    """All tenants."""
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        found = tenants.list_all(conn)
    if json:
        as_json(found)
        return
    rows = [(one.tenant_id, one.name, one.time_zone) for one in found]
    table("Tenants", ("tenant", "name", "time zone"), rows)


@tenant.command("add", epilog="Example: `dossier tenant add acme --time-zone Europe/Brussels`")
def add_tenant(
    tenant_id: str,
    name: Annotated[str, typer.Option(help="In full; its id if left out.")] = "",
    time_zone: Annotated[
        str, typer.Option(help="IANA, such as Europe/Amsterdam; business dates are in it.")
    ] = "UTC",
) -> None:
    """Make a tenant."""
    if tenant_id != tenant_id.strip() or not tenant_id.isprintable() or not tenant_id:
        raise ValueError("a tenant's id is a word or so, such as acme")
    with database() as url, open_pool(url, size=1) as pool:
        made = tenants.Tenant(tenant_id, name or tenant_id, time_zone, now())
        with pool.connection() as conn:
            new = tenants.create(conn, made)
        prepare_database(url, now())
    screen.print(f"Tenant {tenant_id} {'made' if new else 'was there already'}.", markup=False)


@tenant.command("time-zone", epilog="Example: `dossier tenant time-zone Europe/Rome`")
def set_time_zone(time_zone: str) -> None:
    """Change the time zone of the chosen tenant; what was recorded stays as it was."""
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        tenants.change_time_zone(conn, settings().tenant, time_zone)
    screen.print(f"Business dates of {settings().tenant} are in {time_zone} from now on.")
