"""``dossier import``: its options, the plan of a full list and the summary."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import DAY, Because, By, Json
from api.cli.kit.output import as_json, errors, money, progress, screen, table
from api.cli.kit.session import acting, tenant_session
from api.importing.formats.debtor_list import DebtorPlan
from api.importing.formats.snapshot import SnapshotChange, SnapshotPlan
from api.importing.line_commands import CannotImport
from api.importing.options import (
    FIELDS_TEXT,
    PROFILES_TEXT,
    TYPE_TEXT,
    Format,
    ImportOptions,
)
from api.importing.run import Options, Progress, import_file
from api.importing.source import Source
from api.importing.summary import Summary

app = typer.Typer()
STOPPED = 130  # the exit code of Ctrl-C
EXAMPLES = """Run it again at any time: it skips lines that are imported already, and continues
after a stop. Exit code 1 when lines were rejected; they are in FILE.rejects.jsonl.

Examples:

`dossier import fines.jsonl.gz --format history --terms 60`

`dossier import open.csv --format open-items --profile highradius`

`dossier import list.csv --format open-items --map invoice=No --map debtor=Customer
--map open_amount=Open --map issued=Date --map due=Due --date-format %d.%m.%Y --decimal ,`

`dossier import nightly.csv --format open-items --profile highradius --full-list
--as-of 2026-03-31 --yes`

`dossier import customers.csv --format debtors --map number=Code --map email=Mail --dry-run`
"""
Map = Annotated[
    list[str] | None,
    Option("--map", metavar="FIELD=COLUMN", help=f"Repeat for each of {FIELDS_TEXT}."),
]
Types = Annotated[list[str] | None, Option("--type", metavar="WORD=KIND", help=TYPE_TEXT)]


@app.command("import", epilog=EXAMPLES)
def import_(
    file: Annotated[str, Argument(help="The file, plain or gzip; - is standard input.")],
    format_: Annotated[Format, Option("--format", help="Kind of file.")],
    terms: Annotated[int | None, Option(min=0, help="Days from issue to due date.")] = None,
    currency: Annotated[str | None, Option(help="Default currency.")] = None,
    map_: Map = None,
    type_: Types = None,
    profile: Annotated[str | None, Option(help=f"One of {PROFILES_TEXT}.")] = None,
    date_format: Annotated[str | None, Option(help="Form of dates: %d/%m/%Y (strptime).")] = None,
    delimiter: Annotated[str | None, Option(help="Character between columns.")] = None,
    encoding: Annotated[str | None, Option(help="Encoding, such as cp1252.")] = None,
    decimal: Annotated[str | None, Option(help="Decimal sign: point or comma.")] = None,
    disputed_on: Annotated[str | None, Option(help="due: date disputes on the due date.")] = None,
    full_list: Annotated[bool, Option("--full-list", help="Close open items not listed.")] = False,
    as_of: Annotated[datetime | None, Option(formats=DAY, help="Day of the full list.")] = None,
    close_most: Annotated[bool, Option("--close-most", help="Allow closing over 20 %.")] = False,
    close_anyway: Annotated[
        bool, Option("--close-anyway", help="Close although lines are rejected.")
    ] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Read and decide all lines, and write nothing.")
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="Write without asking.")] = False,
    rejects: Annotated[Path | None, Option(help="File for rejected lines.")] = None,
    by: By = None,
    because: Because = None,
    json: Json = False,
) -> None:
    """Import a history of events, or a list of open items or debtors."""
    given = ImportOptions(
        format=format_,
        terms=terms,
        currency=currency,
        map=map_ or [],
        type=type_ or [],
        profile=profile,
        date_format=date_format,
        delimiter=delimiter,
        encoding=encoding,
        decimal=decimal,
        disputed_on=disputed_on,
        full_list=full_list,
        as_of=as_of.date() if as_of else None,
        close_most=close_most,
        close_anyway=close_anyway,
        dry_run=dry_run,
    )
    options = Options(given.form(), **acting(by, because), rejects=rejects, dry=dry_run)
    with tenant_session() as opened, progress("Importing", "bytes") as tick:
        ask, seen = _confirm(yes, json), _so_far(tick)
        summary = import_file(
            opened, Source(file), options, given.as_of, close_most, close_anyway, ask, seen
        )
    as_json(summary) if json else show(summary)
    if dry_run:
        errors.print("This was a dry run: nothing was written.", style="yellow")
    if summary.stopped or summary.rejected:
        raise typer.Exit(STOPPED if summary.stopped else 1)


def _so_far(tick: Callable[[int, int | None], None]) -> Progress:
    done = 0

    def progress_(now: int, total: int | None) -> None:
        nonlocal done
        tick(now - done, total)
        done = now

    return progress_


def _confirm(yes: bool, quiet: bool) -> Callable[[SnapshotPlan | DebtorPlan], bool]:
    def ask(planned: SnapshotPlan | DebtorPlan) -> bool:
        if not quiet:
            show_plan(planned) if isinstance(planned, SnapshotPlan) else show_debtors(planned)
        if yes:
            return True
        if not sys.stdin.isatty():
            raise CannotImport("Nothing was written. Look at the plan, then set --yes.")
        return typer.confirm("Write this?", err=True)

    return ask


def show_plan(planned: SnapshotPlan) -> None:
    """Print counts and amounts before anything is written."""
    kinds = {
        "new": planned.new,
        "settled per ERP": planned.settled,
        "higher than here (noted)": planned.higher,
        "changed (corrected or noted)": planned.changed,
        "closed per ERP": planned.closed,
        "not listed, left open": planned.left_open,
        "credit notes and payments": planned.money,
        "the same, gone per ERP": planned.gone,
        "as here": planned.same,
    }
    rows = [(name, change.count, _amounts(change)) for name, change in kinds.items()]
    rows.append(("rejected lines", planned.rejected, ""))
    rows.append(("lines of the file", planned.lines, ""))
    table(f"Full list as of {planned.as_of}", ("what", "invoices", "amount"), rows)
    if planned.rejects:
        whys = [(line.line, line.field or "", line.reason) for line in planned.rejects]
        table(f"The first {len(whys)} rejected lines", ("line", "field", "why"), whys)


def show_debtors(planned: DebtorPlan) -> None:
    """Print what a full list of debtors would change."""
    rows = [
        ("new", planned.new),
        ("with other details", planned.changed),
        ("as here", planned.same),
        ("not listed (noted)", len(planned.missing)),
        ("rejected lines", planned.rejected),
        ("lines of the file", planned.lines),
    ]
    table(f"Full list of debtors as of {planned.as_of}", ("what", "debtors"), rows)


def _amounts(change: SnapshotChange) -> str:
    return ", ".join(money(amount, currency) for currency, amount in change.amounts.items())


def show(summary: Summary) -> None:
    rate = summary.entries / summary.seconds if summary.seconds else 0
    screen.print(
        f"{summary.file_lines:,} lines in the file, {summary.lines:,} with content:"
        f" {summary.imported:,} imported, {summary.noted:,} kept as notes,"
        f" {summary.already_there:,} already there, {summary.rejected:,} rejected."
    )
    screen.print(
        f"{summary.entries:,} entries in {summary.invoices:,} invoices, {summary.debtors:,} new"
        f" debtors, {summary.closed:,} closed; {summary.seconds:.1f} s, {rate:,.0f} entries/s."
    )
    if summary.corrected or summary.missing:
        screen.print(
            f"{summary.corrected:,} debtors have other details than before,"
            f" {summary.missing:,} are not in the list."
        )
    if summary.odd:
        text = f"{summary.odd:,} debtors have details that cannot be right: see dossier agenda."
        errors.print(text, style="yellow")
    if summary.late:
        lines = ", ".join(map(str, summary.late_lines))
        text = f"{summary.late:,} lines came after a later line of their invoice, such as: {lines}"
        errors.print(text, style="yellow")
    if summary.left_open:
        text = (
            f"{summary.left_open:,} open invoices are not listed and stay open, as lines were"
            " rejected. Mend the file, or set --close-anyway."
        )
        errors.print(text, style="yellow")
    if summary.rejects:
        errors.print(f"Rejected lines and why: {summary.rejects}", style="yellow", markup=False)
    if summary.stopped:
        errors.print("Stopped. Run the same command to continue.", style="yellow")
