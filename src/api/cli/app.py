"""Puts the commands together, and turns what can go wrong into one clear line."""

import logging
import os
import sys
from typing import Annotated

import psycopg
import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.cli import (
    admin,
    clock,
    demo,
    disputes,
    handoff,
    history,
    inbox,
    mailbox,
    playbook,
    postman,
    queries,
    reports,
    serve,
    simulate,
    users,
)
from api.cli import explain as why
from api.cli import import_ as importing
from api.cli.kit.fields import option
from api.cli.kit.output import errors
from api.cli.kit.session import SETTINGS, Settings
from api.cli.record import record
from api.postgres.binaries import PostgresFailed
from api.postman.loop import SendingBlocked
from ledger.database.migrate import CannotMigrate
from ledger.database.tenants import UnknownTenant
from ledger.engine.rebuild import Difference
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import LedgerCorrupt, Stale, Unreadable

EXPECTED = (
    SendingBlocked,
    Refused,
    NotFound,
    UnknownTenant,
    PostgresFailed,
    CannotMigrate,
    Unreadable,
    LedgerCorrupt,
    Difference,
    Stale,
    ValueError,
    LookupError,
    OSError,
)

NO_ANSWER_OF_YOURS = (
    "The database of DOSSIER_DATABASE_URL does not answer. Start it, say another, or unset the"
    " variable to use the database that comes with Dossier."
)
NO_ANSWER_OF_OURS = "The database does not answer any more. Run the command again: it starts it."
FULL = "The disk of the database is full, and nothing was half-done. Make room, then go on."
PLACES = {"invoices"}  # fields that are no option by that name; nor is one inside a file
log = logging.getLogger(__name__)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="""The file of every unpaid invoice: asked, answered, promised, disputed, solved, paid.

Try: `dossier demo`, then `dossier --tenant demo agenda`.""",
)
for _part in (
    demo,
    importing,
    queries,
    reports,
    why,
    simulate,
    disputes,
    history,
    handoff,
    inbox,
    mailbox,
    clock,
    admin,
    serve,
):
    app.registered_commands += _part.app.registered_commands
app.registered_groups += admin.app.registered_groups + users.app.registered_groups
app.registered_groups += playbook.app.registered_groups + postman.app.registered_groups
app.registered_groups += inbox.app.registered_groups + disputes.app.registered_groups
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
    if not verbose:  # what counts of it comes back as an error
        logging.getLogger("psycopg").setLevel(logging.ERROR)


def main() -> None:
    try:
        app(prog_name="dossier")
    except ValidationError as error:
        for fault in error.errors():
            _say(_of_fault(fault))
        sys.exit(2)
    except EXPECTED as error:
        log.info("where it came from:", exc_info=True)
        _say(_of_error(error))
        sys.exit(2 if type(error) is ValueError else 1)  # something that was typed
    except psycopg.errors.DiskFull as error:
        _say(FULL)
        errors.print(error.diag.message_primary, markup=False)
        sys.exit(1)
    except psycopg.OperationalError as error:
        _say(NO_ANSWER_OF_YOURS if "DOSSIER_DATABASE_URL" in os.environ else NO_ANSWER_OF_OURS)
        errors.print(str(error).strip(), markup=False)
        sys.exit(1)


def _say(line: str) -> None:
    errors.print(line, style="red", markup=False, soft_wrap=True)


def _of_error(error: Exception) -> str:
    match error:
        case Refused(field=str(field)):
            return f"{field if field in PLACES or '/' in field else option(field)}: {error}"
        case Stale():
            return "Others kept writing in the same book. Nothing was written; try again."
        case KeyError():
            return f"not found: {error}"
        case OSError(filename=str(path), strerror=str(why)):
            return f"{path}: {why}"
    return str(error) or type(error).__name__


def _of_fault(fault: ErrorDetails) -> str:
    """Pydantic's finding, with the name and the value as they were typed."""
    first, *within = [str(part) for part in fault["loc"]] or [""]
    why = fault["msg"].removeprefix("Value error, ")
    said = f" (it says {fault['input']!r})" if isinstance(fault["input"], str) else ""
    where = f"{' '.join([option(first), *within])}: " if first else ""
    return f"{where}{why}{said}"
