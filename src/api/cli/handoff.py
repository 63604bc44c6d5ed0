"""``dossier handoff``: the file of an invoice for a collection agency."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import Because, By, Json
from api.cli.kit.output import as_json, confirm, screen
from api.cli.kit.session import acting, tenant_session
from api.handoff.folder import hand_off
from commands.command import Command
from commands.execute import preview
from commands.handoffs import HandOff
from ledger.facts.entry import Entry
from ledger.facts.invoice.handoff import HandedOff

app = typer.Typer()


def hand_off_question(commands: Sequence[Command], written: Sequence[Entry]) -> str:
    """Return what the user is asked before anything is handed off."""
    events = [entry.event for entry in written if isinstance(entry.event, HandedOff)]
    pairs = zip(commands, events, strict=False)
    what = ", ".join(f"{command.number} ({event.claim})" for command, event in pairs)
    agency = events[0].agency if events else "the agency"
    return f"Hand off {what} to {agency}? Our own follow-up stops."


@app.command(epilog="Example: `dossier handoff 2026-001 --to ./handoff --agency 'Incasso BV'`")
def handoff(
    invoices: Annotated[list[str], Argument(help="Numbers of the invoices.")],
    to: Annotated[Path, Option(help="Folder to create; it must not exist yet.")],
    agency: Annotated[str, Option(help="Recipient of the file.")],
    override: Annotated[str, Option(help="Reason to ignore holds, promises, disputes.")] = "",
    yes: Annotated[bool, Option("--yes", "-y", help="Write without asking.")] = False,
    by: By = None,
    because: Because = None,
    json: Json = False,
) -> None:
    """Write events, contact log, documents and a manifest, and record the hand-off."""
    numbers = list(dict.fromkeys(invoices))
    commands = [HandOff(invoice=each, agency=agency, override=override) for each in numbers]
    with tenant_session() as opened:
        context = opened.context(**acting(by, because))
        confirm(hand_off_question(commands, preview(opened.ledger, commands, context)), yes)
        handed = hand_off(opened, commands, to.resolve(), context)
    if json:
        return as_json(handed.__dict__ | {"folder": str(handed.folder)})
    screen.print(
        f"Handed off to {agency}, in {handed.folder}: invoices {handed.invoices},"
        f" events {handed.events}, documents {handed.documents}.",
        markup=False,
    )
    screen.print(f"SHA-256 of the manifest: {handed.manifest_sha256}")
