"""Commands for the operator: migrate, worker, verify, rebuild, status, tenant, stop."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from typer import Argument, Option

from api.cli.kit.options import Csv, Json
from api.cli.kit.output import as_json, as_list, errors, progress, screen, table
from api.cli.kit.session import (
    TENANT,
    acting,
    caught_up_session,
    database,
    lasting_database,
    stop_on_signal,
    tenant_session,
)
from api.environment import home
from api.firm import follow_time_zone
from api.inbox.trust import description
from api.postman import status as standing
from api.preflight import check as check_settings
from api.session import TenantSession, database_url, is_embedded, now, owner_url, prepare_database
from api.worker import run
from commands.creditor import DescribeCreditor
from commands.execute import execute
from ledger.database import tenants
from ledger.database.migrate import migrate as bring_up_to_date
from ledger.database.pool import Pool, check_own_session, open_pool
from ledger.engine.checkpoints import parked
from ledger.engine.checkpoints import progress as progress_of
from ledger.engine.rebuild import check as check_model
from ledger.engine.rebuild import rebuild_together
from ledger.store.reading import head
from ledger.store.verify import verify as verify_ledger
from projections import READ_MODELS

app = typer.Typer()


@app.command(epilog="Example: `dossier migrate`")
def migrate() -> None:
    """Bring the database up to date and list what was done; other commands do it silently."""
    if not is_embedded():
        check_own_session(owner_url(database_url()))
    taken = bring_up_to_date(owner_url(database_url()))
    screen.print("\n".join(f"applied {name}" for name in taken) or "The database is up to date.")
    with database():
        pass


@app.command(epilog="Example: `dossier worker`. Several may run: they share the tenants.")
def worker() -> None:
    """Keep the read models of every tenant up to date, until stopped."""
    check_settings()
    stop = stop_on_signal()
    with lasting_database() as url:
        errors.print("Worker runs. Stop it with Ctrl-C.")
        run(url, stop, now)
    errors.print("Worker stopped.")


@app.command(epilog="Example: `dossier verify`. Exit code 1 if an entry was changed.")
def verify(json: Json = False) -> None:
    """Verify that positions have no gaps, books are contiguous and content hashes are true."""
    with tenant_session() as opened, opened.pool.connection() as conn:
        total = head(conn, opened.tenant)
        with progress("Verifying", "entries") as tick:
            proof = verify_ledger(conn, opened.tenant, lambda more: tick(more, total))
    if json:
        return as_json(proof)
    screen.print(
        f"{proof.entries:,} entries in {proof.books:,} books: positions gapless, books"
        " contiguous, every content hash true."
    )


@app.command(epilog="Example: `dossier rebuild agenda`")
def rebuild(
    models: Annotated[list[str] | None, Argument(help="Read models; all if left out.")] = None,
    check: Annotated[bool, Option("--check", help="Only compare with a fresh fold.")] = False,
) -> None:
    """Rebuild read models from the ledger beside the live tables, then switch."""
    known = {model.name: model for model in READ_MODELS}
    if unknown := set(models or ()) - set(known):
        raise ValueError(f"no read model {', '.join(unknown)}; there are: {', '.join(known)}")
    session = caught_up_session if check else tenant_session
    with session() as opened, opened.pool.connection() as conn, _owner_pool(opened) as owner:
        total, chosen = head(conn, opened.tenant), [known[name] for name in models or known]
        if not check:
            with _owner_pool(opened) as owner, progress("Rebuilding", "entries") as tick:
                at = opened.clock()
                read = rebuild_together(owner, chosen, at, lambda n: tick(n, None))
            for model in chosen:
                screen.print(f"{model.name}: rebuilt of {read:,} entries")
            return
        for model in chosen:
            at = opened.clock()
            with progress(f"Checking {model.name}", "entries") as tick:
                read = check_model(conn, opened.tenant, model, at, lambda n: tick(n, total))
            screen.print(f"{model.name}: equals a fresh fold of {read:,} entries")


def _owner_pool(opened: TenantSession) -> Pool:
    return open_pool(owner_url(str(opened.pool.conninfo)), size=1)


@app.command(epilog="Examples: `dossier status`, `dossier --tenant acme status --json`")
def status(json: Json = False) -> None:
    """Show each read model's position, lag and parked books, and the outgoing messages."""
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        outbox = standing.outbox_status(conn)
        found = [_status(conn, tenant, outbox) for tenant in tenants.list_all(conn)]
    if json:
        return as_json(found)
    screen.print(f"Inbound mail is {description()}.", markup=False)
    for tenant in found:
        table(
            f"Tenant {tenant['tenant']} ({tenant['time_zone']}): {tenant['head']:,} entries",
            ("read model", "position", "lag", "worker", "trouble", "parked books"),
            [(f | {"parked": f["parked"] or ""}).values() for f in tenant["followers"]],
            right=("position", "lag", "parked books"),
        )
        for channel in tenant["post"]:
            screen.print(f"  {_outbox_line(channel)}", markup=False)
        for book in tenant["parked"]:
            screen.print(
                f"  parked: {book['read_model']}, book {book['book_id']} from position"
                f" {book['position']}: {book['error']}",
                markup=False,
            )


def _status(
    conn: Any, tenant: tenants.Tenant, outbox: Sequence[standing.Standing]
) -> dict[str, Any]:
    last = head(conn, tenant.tenant_id)
    return {
        "tenant": tenant.tenant_id,
        "time_zone": tenant.time_zone,
        "head": last,
        "followers": [asdict(row) for row in progress_of(tenant.tenant_id, now()).fetch(conn)],
        "parked": [asdict(row) for row in parked(tenant.tenant_id).fetch(conn)],
        "post": [asdict(row) for row in outbox if row.tenant_id == tenant.tenant_id],
    }


def _outbox_line(outbox: dict[str, Any]) -> str:
    line = f"{outbox['channel']}: {outbox['waiting']} wait"
    if outbox["oldest"]:
        line += f", the oldest since {outbox['oldest']:%Y-%m-%d %H:%M}"
    line += f"; {outbox['failed']} failed"
    if outbox["trouble"]:
        since = f"{outbox['trouble_since']:%Y-%m-%d %H:%M}"
        line += f"; nothing is sent since {since}: {outbox['trouble']}"
    return line


@app.command(epilog="Example: `dossier stop`")
def stop() -> None:
    """Stop the embedded database; the next command starts it again."""
    from api.postgres import server  # only here: another database needs no server

    stopped = server.stop(home())
    screen.print("Stopped." if stopped else "It was not running.")


tenant = typer.Typer(no_args_is_help=True, help="Creditor organisations, each with its own ledger.")
app.add_typer(tenant, name="tenant")


@tenant.command("list", epilog="Example: `dossier tenant list`")
def list_tenants(json: Json = False, csv: Csv = False) -> None:
    """List all tenants."""
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        found = tenants.list_all(conn)
    if json or csv:
        return as_list(found, csv)
    rows = [(row.tenant_id, row.name, row.time_zone) for row in found]
    table("Tenants", ("tenant", "name", "time zone"), rows)


@tenant.command("add", epilog="Example: `dossier tenant add acme --time-zone Europe/Brussels`")
def add_tenant(
    tenant_id: str,
    name: Annotated[str, Option(help="Full name; the id if left out.")] = "",
    time_zone: Annotated[str, Option(help="Time zone of business dates (IANA).")] = "UTC",
) -> None:
    """Create a tenant."""
    if tenant_id != tenant_id.strip() or not tenant_id.isprintable() or not tenant_id:
        raise ValueError("a tenant's id is a short name, such as acme")
    with database() as url, open_pool(url, size=1) as pool:
        with pool.connection() as conn:
            new = tenants.create(
                conn, tenants.Tenant(tenant_id, name or tenant_id, time_zone, now())
            )
        prepare_database(url, now())
    screen.print(f"Tenant {tenant_id} {'created' if new else 'exists already'}.", markup=False)


@tenant.command("time-zone", epilog="Example: `dossier tenant time-zone Europe/Rome`")
def set_time_zone(time_zone: str) -> None:
    """Change the tenant's time zone for new entries; recorded entries keep their dates."""
    command = DescribeCreditor(time_zone=time_zone)
    with tenant_session() as opened:
        execute(opened.ledger, [command], opened.context(**acting(None, None)))
        follow_time_zone(opened)
    screen.print(f"Business dates of {TENANT.get()} are in {time_zone} from now on.")
