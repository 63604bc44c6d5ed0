"""``dossier backup`` and ``dossier restore``."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument

from api import backup as backups
from api.cli.kit.output import screen
from api.cli.kit.session import database
from api.session import database_url, now

app = typer.Typer()
To = Annotated[Path, Argument(help="A new folder for the backup.")]
From = Annotated[Path, Argument(help="The folder of a backup.")]


@app.command(epilog="Example: `dossier backup /backups/monday`. Nothing has to be stopped for it.")
def backup(folder: To) -> None:
    """Save all tenants' ledgers with their documents and keys, and the letters, to a folder."""
    with database() as url:
        made = backups.save(url, folder, now())
    for tenant, position in made.positions.items():
        screen.print(f"tenant {tenant}: {position:,} entries", markup=False)
    screen.print(f"Saved to {folder}.", markup=False, soft_wrap=True)


@app.command(epilog="Example: `DOSSIER_HOME=/new/home dossier restore /backups/monday`")
def restore(folder: From) -> None:
    """Bring a backup back into an empty home or database, and prove every entry and row of it."""

    def tell(line: str) -> None:
        screen.print(line, markup=False, soft_wrap=True)

    made = backups.restore(database_url(), folder, now(), tell)
    tell(f"Restored as it was at {made.made_at:%Y-%m-%d %H:%M:%S} UTC.")
