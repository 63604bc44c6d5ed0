"""``dossier user``: add, list, rotate and revoke API keys, and see what was done to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import DAY, Csv, Json
from api.cli.kit.output import as_list, errors, table
from api.cli.kit.session import TENANT, database, me
from api.http.auth import keys
from api.http.auth.keys import Role
from api.http.server import security_log
from api.session import now
from ledger.database import tenants
from ledger.database.pool import Conn, open_pool

app = typer.Typer()
user = typer.Typer(no_args_is_help=True, help="API keys: who may use HTTP, and for what.")
app.add_typer(user, name="user")


@user.command("add", epilog="Example: `KEY=$(dossier user add anna --role collector)`")
def add_user(
    name: Annotated[str, Argument(help="Name in the entries; a resolver's as in disputes.")],
    role: Annotated[Role, Option(help="Role of the key.")],
    business_unit: Annotated[list[str] | None, Option(help="Unit to see; all if left out.")] = None,
    agency: Annotated[str | None, Option(help="Agency as named in the hand-offs.")] = None,
    expires: Annotated[datetime | None, Option(formats=DAY, help="Last day of the key.")] = None,
) -> None:
    """Create a key and print it, alone on standard output and only this time."""
    with _tenant() as (conn, tenant):
        till = _till(expires, tenant) if expires else None
        units = business_unit or []
        made, secret = keys.issue(
            conn, tenant.tenant_id, name, role, now(), me(), units, agency, till
        )
        _log("key-made", tenant=tenant.tenant_id, key=str(made.key_id), name=name, role=role)
    _show(f"Key of {made.name}, {made.role}.", secret)


@user.command("rotate", epilog="Example: `KEY=$(dossier user rotate anna --overlap-hours 48)`")
def rotate_user(
    name: str,
    overlap_hours: Annotated[
        int, Option(min=0, max=24 * 31, help="For which the key of now works too.")
    ] = 24,
) -> None:
    """Replace a key by a new one, of the same name and rights, and print it."""
    with _tenant() as (conn, tenant):
        at = now()
        until = at + timedelta(hours=overlap_hours)
        secret = keys.rotate(conn, tenant.tenant_id, name, at, until, me())
        _log("key-rotated", tenant=tenant.tenant_id, name=name)
    _show(f"New key of {name}; the one before works for {overlap_hours} hours.", secret)


@user.command("list", epilog="Example: `dossier user list --json`")
def list_users(json: Json = False, csv: Csv = False) -> None:
    """List all keys of the tenant, without their secrets."""
    with _tenant() as (conn, tenant):
        found = keys.list_all(tenant.tenant_id).fetch(conn)
    if json or csv:
        return as_list([asdict(key) for key in found], csv)
    table(
        f"API keys of {tenant.tenant_id}",
        ("name", "role", "sees", "made", "expires", "last used", "state"),
        [
            (
                key.name,
                key.role.value,
                key.agency or ", ".join(key.business_units),
                _day(key.created_at),
                _day(key.expires_at),
                _day(key.last_used_at),
                _state(key),
            )
            for key in found
        ],
    )


@user.command("changes", epilog="Example: `dossier user changes`")
def list_changes(json: Json = False, csv: Csv = False) -> None:
    """List what was done to the tenant's keys, when and by whom, as the database recorded it."""
    with _tenant() as (conn, tenant):
        found = keys.changes(tenant.tenant_id).fetch(conn)
    if json or csv:
        return as_list([asdict(change) for change in found], csv)
    table(
        f"Changes of the API keys of {tenant.tenant_id}",
        ("when", "change", "name", "role", "sees", "until", "by", "login"),
        [
            (
                _day(change.at),
                change.change,
                change.name,
                change.role,
                change.agency or ", ".join(change.business_units),
                _day(change.until),
                change.by,
                change.login,
            )
            for change in found
        ],
    )


@user.command("revoke", epilog="Example: `dossier user revoke anna`")
def revoke_user(name: str) -> None:
    """Revoke a key; requests with it are refused from now on."""
    with _tenant() as (conn, tenant):
        if not keys.revoke(conn, tenant.tenant_id, name, now(), me()):
            raise LookupError(f"There is no key named {name!r} in use.")
        _log("key-revoked", tenant=tenant.tenant_id, name=name)
    errors.print(f"Key of {name} revoked.", markup=False)


def _show(what: str, secret: str) -> None:
    """Print the key on standard output, and what it is beside that."""
    errors.print(
        f"{what} Keep it: it is not shown again. Send it with every"
        " request as Authorization: Bearer KEY",
        markup=False,
        soft_wrap=True,
    )
    typer.echo(secret)


def _log(event: str, **fields: str) -> None:
    security_log.write(event, by=me(), **fields)


@contextmanager
def _tenant() -> Iterator[tuple[Conn, tenants.Tenant]]:
    security_log.open_log()
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        yield conn, tenants.get(conn, TENANT.get())


def _till(day: datetime, tenant: tenants.Tenant) -> datetime:
    """Return the end of that day in the tenant's time zone. Raise ``ValueError`` if past."""
    till = (day + timedelta(days=1)).replace(tzinfo=tenants.zone(tenant.time_zone))
    if till <= now():
        raise ValueError(f"--expires: {day:%Y-%m-%d} has passed")
    return till


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def _state(key: keys.Key) -> str:
    if key.revoked_at:
        return "revoked"
    if not key.usable(now()):
        return "expired"
    old = key.old_until if key.old_until and key.old_until > now() else None
    return f"in use; the old secret until {_day(old)}" if old else "in use"
