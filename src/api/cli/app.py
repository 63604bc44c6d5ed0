"""Puts the commands together, and turns what can go wrong into one clear line."""

import logging
import sys
from typing import Annotated

import psycopg
import typer
from pydantic import ValidationError

from api.cli import files, handing, reading, reports, running
from api.cli.desk import SETTINGS, Settings
from api.cli.recording import record
from api.cli.show import errors
from api.embedded import PostgresFailed
from commands.command import Refused, Unknown
from ledger.append import Stale
from ledger.codec import Unreadable
from ledger.migrate import CannotMigrate
from ledger.rebuild import Difference
from ledger.tenants import UnknownTenant
from ledger.verify import Broken

EXPECTED = (
    Refused,
    Unknown,
    UnknownTenant,
    PostgresFailed,
    CannotMigrate,
    Unreadable,
    Broken,
    Difference,
    Stale,
    ValueError,
    LookupError,
    OSError,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="""The file of every unpaid invoice: asked, answered, promised, disputed, solved, paid.

Try: `dossier demo`, then `dossier --tenant demo agenda`.""",
)
for _part in (reading, reports, files, handing, running):
    app.registered_commands += _part.app.registered_commands
app.registered_groups += running.app.registered_groups
app.add_typer(record, name="record")


@app.callback()
def _settings(
    tenant: Annotated[str, typer.Option(envvar="DOSSIER_TENANT", help="Whose ledger.")] = "default",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")] = False,
) -> None:
    SETTINGS.set(Settings(tenant))
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(message)s",
    )


def main() -> None:
    try:
        app(prog_name="dossier")
    except ValidationError as error:
        for fault in error.errors():
            field = ".".join(str(part) for part in fault["loc"]) or "command"
            errors.print(f"[red]{field}[/red]: {fault['msg']}", markup=True)
        sys.exit(2)
    except EXPECTED as error:
        _say(error)
        sys.exit(1)
    except psycopg.OperationalError as error:
        errors.print("The database does not answer. Is DOSSIER_DATABASE_URL right?", style="red")
        errors.print(str(error).strip(), markup=False)
        sys.exit(1)


def _say(error: Exception) -> None:
    field = getattr(error, "field", None)
    errors.print(f"{field}: {error}" if field else str(error), style="red", markup=False)
