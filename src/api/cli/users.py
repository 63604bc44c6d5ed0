"""The commands about API keys: user add, list, revoke."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

import typer

from api.cli.kit.options import Json
from api.cli.kit.output import as_json, errors, table
from api.cli.kit.session import database, settings
from api.http.auth import keys
from api.http.auth.keys import Role
from api.session import now
from ledger.database import tenants
from ledger.database.pool import Conn, open_pool

app = typer.Typer()
user = typer.Typer(no_args_is_help=True, help="API keys: who may ask over HTTP, and for what.")
app.add_typer(user, name="user")


@user.command("add", epilog="Example: `KEY=$(dossier user add anna --role collector)`")
def add_user(
    name: Annotated[str, typer.Argument(help="Names who acts; a resolver's is as he is assigned.")],
    role: Annotated[Role, typer.Option(help="What the key is for.")],
    business_unit: Annotated[
        list[str] | None, typer.Option(help="It sees only these; all if left out.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="As the hand-offs name it.")] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day that it works, such as 2027-01-31."),
    ] = None,
) -> None:
    """Make a key. It is shown this once, alone on standard output."""
    with _tenant() as (conn, tenant):
        till = _till(expires, tenant) if expires else None
        units = business_unit or []
        made, secret = keys.issue(conn, tenant.tenant_id, name, role, now(), units, agency, till)
    errors.print(
        f"Key of {made.name}, {made.role}. Keep it: it is not shown again. It goes with every"
        " request as Authorization: Bearer KEY",
        markup=False,
        soft_wrap=True,
    )
    typer.echo(secret)


@user.command("list", epilog="Example: `dossier user list --json`")
def list_users(json: Json = False) -> None:
    """All keys of the tenant, without their secrets."""
    with _tenant() as (conn, tenant):
        found = keys.list_all(tenant.tenant_id).fetch(conn)
    if json:
        as_json([asdict(key) for key in found])
        return
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


@user.command("revoke", epilog="Example: `dossier user revoke anna`")
def revoke_user(name: str) -> None:
    """Take a key back. Who comes with it is refused from then on."""
    with _tenant() as (conn, tenant):
        if not keys.revoke(conn, tenant.tenant_id, name, now()):
            raise LookupError(f"There is no key named {name!r} in use.")
    errors.print(f"Key of {name} revoked.", markup=False)


@contextmanager
def _tenant() -> Iterator[tuple[Conn, tenants.Tenant]]:
    with database() as url, open_pool(url, size=1) as pool, pool.connection() as conn:
        yield conn, tenants.get(conn, settings().tenant)


def _till(day: datetime, tenant: tenants.Tenant) -> datetime:
    """The end of that day in the tenant's time zone. Raises ``ValueError``."""
    till = (day + timedelta(days=1)).replace(tzinfo=tenants.zone(tenant.time_zone))
    if till <= now():
        raise ValueError(f"--expires: {day:%Y-%m-%d} is over")
    return till


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def _state(key: keys.Key) -> str:
    if key.revoked_at:
        return "revoked"
    return "in use" if key.usable(now()) else "expired"
