"""``dossier handoff``: the file of an invoice for a collection agency."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import By, Json
from api.cli.kit.output import as_json, screen
from api.cli.kit.session import me, tenant_session
from api.handoff.folder import hand_off
from commands.context import Context

app = typer.Typer()


@app.command(epilog="Example: `dossier handoff 2026-001 --to ./handoff --agency 'Incasso BV'`")
def handoff(
    invoices: Annotated[list[str], Argument(help="Numbers of the invoices.")],
    to: Annotated[Path, Option(help="Folder to create; it must not exist yet.")],
    agency: Annotated[str, Option(help="Recipient of the file.")] = "collection agency",
    by: By = None,
    json: Json = False,
) -> None:
    """Write events, contact log, documents and a manifest, and record the hand-off."""
    with tenant_session() as opened:
        context = Context(by=by or me(), at=opened.clock())
        handed = hand_off(opened, invoices, to.resolve(), agency, context)
    if json:
        return as_json(handed.__dict__ | {"folder": str(handed.folder)})
    screen.print(
        f"Handed off to {agency}, in {handed.folder}: invoices {handed.invoices},"
        f" events {handed.events}, documents {handed.documents}.",
        markup=False,
    )
    screen.print(f"SHA-256 of the manifest: {handed.manifest_sha256}")
