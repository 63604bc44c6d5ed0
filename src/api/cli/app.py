"""Assembles the commands, and prints an expected error as one line."""

import logging
import os
import sys
from importlib.metadata import version
from typing import Annotated

import psycopg
import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typer import Option

from api.backup import NotRestored
from api.cli import (
    admin,
    backup,
    bank,
    clock,
    creditor,
    demo,
    disputes,
    explain,
    handoff,
    history,
    import_,
    inbox,
    mailbox,
    playbook,
    postman,
    queries,
    reports,
    search,
    serve,
    simulate,
    users,
)
from api.cli.kit.fields import option
from api.cli.kit.group import ExplainingGroup
from api.cli.kit.output import errors
from api.cli.kit.session import TENANT
from api.cli.record import record
from api.http.auth.keys import NameTaken
from api.postgres import PostgresFailed
from api.postman.loop import SendingBlocked
from commands.field_texts import reason
from ledger.database.migrate import CannotMigrate
from ledger.database.pool import UNAVAILABLE, SharedConnection
from ledger.database.tenants import UnknownTenant
from ledger.engine.rebuild import Difference
from ledger.policy.amount_text import strict_form
from ledger.policy.playbook.yaml_file import Malformed
from ledger.policy.refusal import Refusal, Refused
from ledger.store.errors import LedgerCorrupt, Stale, Unreadable

EXPECTED = (
    SendingBlocked,
    Refusal,
    UnknownTenant,
    PostgresFailed,
    NotRestored,
    SharedConnection,
    CannotMigrate,
    Unreadable,
    LedgerCorrupt,
    Difference,
    Stale,
    ValueError,
    LookupError,
    OSError,
)

YOURS_UNAVAILABLE = (
    "The database of DOSSIER_DATABASE_URL does not answer. Start it, name another, or unset the"
    " variable to use the database that comes with Dossier."
)
OURS_UNAVAILABLE = "The database no longer answers. Run the command again to start it."
DISK_FULL = "The disk of the database is full; nothing was partly written. Make room, then repeat."
NOT_ALLOWED = (
    "{why}: this login may not. Migrations and rebuilds need the login of the owner in"
    " DOSSIER_OWNER_URL."
)
LOST_STATEMENT = (psycopg.errors.InvalidSqlStatementName, psycopg.errors.DuplicatePreparedStatement)
POOLER = (
    "A prepared statement is lost. A pooler before the database must be in session mode"
    " (pool_mode = session)."
)
AMOUNTS = {"decimal_parsing", "decimal_type", "finite_number"}
PLACES = {"invoices"}  # fields without an option of that name
OPTIONS = {"bank_accounts": "iban"}  # by the name of the field
log = logging.getLogger(__name__)

app = typer.Typer(
    cls=ExplainingGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="""Keep the file of every unpaid invoice: reminders, answers, disputes and payments.

Try: `dossier demo`, then `dossier --tenant demo agenda`.""",
)
for _part in (
    *(
        demo,
        import_,
        queries,
        search,
        reports,
        explain,
        simulate,
        disputes,
        history,
        handoff,
        inbox,
        bank,
    ),
    *(mailbox, clock, admin, backup, serve, users, creditor, playbook, postman),
):
    app.registered_commands += _part.app.registered_commands
    app.registered_groups += _part.app.registered_groups
app.add_typer(record, name="record")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("dossier"))
        raise typer.Exit


@app.callback()
def _settings(
    tenant: Annotated[str, Option(envvar="DOSSIER_TENANT", help="Tenant to use.")] = "default",
    verbose: Annotated[bool, Option("--verbose", "-v", help="Print more.")] = False,
    _: Annotated[
        bool, Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    TENANT.set(tenant)
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(message)s",
    )
    if not verbose:  # a failure comes back as an error
        logging.getLogger("psycopg").setLevel(logging.ERROR)


def main() -> None:
    try:
        app(prog_name="dossier")
    except ValidationError as error:
        for fault in error.errors():
            _report(_describe_fault(fault))
        sys.exit(2)
    except EXPECTED as error:
        log.info("raised at:", exc_info=True)
        _report(_describe(error))
        sys.exit(
            2 if type(error) in (ValueError, Malformed, NameTaken) else 1
        )  # 2: wrong input, as typer exits
    except psycopg.errors.InsufficientPrivilege as error:
        _report(NOT_ALLOWED.format(why=error.diag.message_primary))
        sys.exit(1)
    except LOST_STATEMENT as error:
        _report(POOLER)
        errors.print(str(error).strip(), markup=False)
        sys.exit(1)
    except psycopg.errors.DiskFull as error:
        _report(DISK_FULL)
        errors.print(error.diag.message_primary, markup=False)
        sys.exit(1)
    except UNAVAILABLE as error:
        _report(YOURS_UNAVAILABLE if "DOSSIER_DATABASE_URL" in os.environ else OURS_UNAVAILABLE)
        errors.print(str(error).strip(), markup=False)
        sys.exit(1)


def _report(line: str) -> None:
    errors.print(line, style="red", markup=False, soft_wrap=True)


def _describe(error: Exception) -> str:
    match error:
        case Refused(field=str(field)):
            where = field if field in PLACES or "/" in field else option(OPTIONS.get(field, field))
            return f"{where}: {error}"
        case Stale():
            return "Others kept writing to the same book. Nothing was written; try again."
        case KeyError():
            return f"not found: {error}"
        case OSError(filename=str(path), strerror=str(why)):
            return f"{path}: {why}"
    return str(error) or type(error).__name__


def _describe_fault(fault: ErrorDetails) -> str:
    """Return the option, and what is wrong with the value as typed."""
    first, *within = [str(part) for part in fault["loc"]] or [""]
    text = isinstance(fault["input"], str)
    why = strict_form(fault["input"]) if text and fault["type"] in AMOUNTS else reason(fault)
    where = f"{' '.join([option(first), *within])}: " if first else ""
    return f"{where}{why}"
