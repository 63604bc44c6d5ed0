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
from api.http.auth import keys, people, sign_in
from api.http.auth.keys import Role
from api.http.server import security_log
from api.links.urls import public_url
from api.session import now
from ledger.database import tenants
from ledger.database.pool import Conn, open_pool

LOCAL = "http://127.0.0.1:8000"  # where ``dossier serve`` answers by default
app = typer.Typer()
user = typer.Typer(
    no_args_is_help=True, help="People who sign in, and API keys: who may do and see what."
)
app.add_typer(user, name="user")


@user.command("add", epilog="Example: `KEY=$(dossier user add anna --role collector)`")
def add_user(
    name: Annotated[str, Argument(help="Name in the entries; a resolver's as in disputes.")],
    role: Annotated[Role, Option(help="Role of the key.")],
    business_unit: Annotated[list[str] | None, Option(help="Unit to see; all if left out.")] = None,
    agency: Annotated[str | None, Option(help="Agency as named in the hand-offs.")] = None,
    expires: Annotated[datetime | None, Option(formats=DAY, help="Last day of the key.")] = None,
    email: Annotated[
        str | None, Option(help="Add a person who signs in to the desk by a code sent there.")
    ] = None,
    language: Annotated[str, Option(help="Language of that person: en, nl, de or fr.")] = "en",
) -> None:
    """Create a key and print it, alone on standard output and only this time.

    With --email it adds a person instead, who needs no key.
    """
    with _tenant() as (conn, tenant):
        if email:
            person = people.add(
                *(conn, tenant.tenant_id, name, role, now()),
                email=email,
                language=language,
                business_units=business_unit,
                agency=agency,
                by=me(),
            )
            _log("person-added", tenant=tenant.tenant_id, name=name, role=role)
            errors.print(
                f"{person.name}, {role}, can sign in to the desk by a code sent to {person.email};"
                f" or now by a link: dossier user link {person.name}",
                markup=False,
                soft_wrap=True,
            )
            return
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


@user.command("link", epilog="Example: `dossier user link anna`")
def link_user(
    name: str,
    minutes: Annotated[int, Option(min=1, max=24 * 60, help="For which it is valid.")] = 15,
) -> None:
    """Print a link that signs a person in to the desk, once."""
    with _tenant() as (conn, tenant):
        found = people.named(tenant.tenant_id, name).fetch(conn)
        if not found:
            raise LookupError(
                f"There is no person named {name!r}: dossier user add {name} --role … --email …"
            )
        token = sign_in.link_token(conn, found[0], now(), timedelta(minutes=minutes))
        _log("sign-in-link-made", tenant=tenant.tenant_id, name=name)
    errors.print(f"Valid for {minutes} minutes, once:", soft_wrap=True)
    typer.echo(f"{public_url() or LOCAL}/sign-in/link/{token}")


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
    """End a key and a person of that name: requests and sessions are refused from now on."""
    with _tenant() as (conn, tenant):
        ended = keys.revoke(conn, tenant.tenant_id, name, now(), me())
        left = people.end(conn, tenant.tenant_id, name, now(), me())
        if not (ended or left):
            raise LookupError(f"There is no key or person named {name!r} in use.")
        _log("key-revoked", tenant=tenant.tenant_id, name=name)
    what = " and ".join([*(["Key"] if ended else []), *(["sessions"] if left else [])])
    errors.print(f"{what} of {name} revoked.", markup=False)


def _show(what: str, secret: str) -> None:
    """Print the key on standard output, and what it is beside that."""
    errors.print(
        f"{what} Keep it: it is not shown again. Send it with every"
        " request as Authorization: Bearer KEY",
        markup=False,
        soft_wrap=True,
    )
    typer.echo(secret)


def _log(event: security_log.Kind, **fields: str) -> None:
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
