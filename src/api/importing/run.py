"""Run an import, from its file to its summary."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg

from api.importing.decide import ImportContext
from api.importing.formats import history, open_items
from api.importing.formats.history_commands import Terms
from api.importing.formats.layout import Layout
from api.importing.formats.snapshot import SnapshotPlan, plan
from api.importing.line_commands import CannotImport, Interrupted
from api.importing.pipeline import Batch, Item, Pipeline
from api.importing.source import Source
from api.importing.summary import Rejects, Summary
from api.session import TenantSession
from commands.command import DecisionContext
from ledger.engine.gc_tuning import relaxed_gc
from ledger.facts.books import INVOICE

Progress = Callable[[int, int | None], None]  # bytes done, and bytes of the file
Each = Callable[[Batch, Summary], None]  # called with each batch in the ledger


@dataclass(frozen=True)
class Options:
    """Options of an import; its form is ``Terms`` for a history, a ``Layout`` for open items."""

    form: Terms | Layout
    by: str = "import"
    rejects: Path | None = None
    on: date | None = None  # business date of the import; today if None
    correlation: str | None = None
    via: str | None = None  # the API key, or who ran it
    because: str | None = None  # why they ran it for another


def import_file(
    session: TenantSession,
    source: Source,
    options: Options,
    as_of: date | None = None,
    close_most: bool = False,
    confirm: Callable[[SnapshotPlan], bool] = lambda _: True,
    progress: Progress = lambda done, total: None,
    each: Each | None = None,
) -> Summary:
    """Import the file; with ``as_of`` as a full list, after ``confirm`` agreed to its plan.

    Rejected lines are written to a file, unless ``each`` is given. A second run continues.
    Raise ``CannotImport``.
    """
    items: Iterable[Item]
    if isinstance(options.form, Terms):
        items = history.read_lines(source, options.form)
    elif as_of:
        planned = plan(session, source, options.form, as_of)
        agreed = confirm(planned)  # before the guard: the user sees a refused plan, too
        if not close_most:
            planned.guard()
        if not agreed:
            raise CannotImport("Nothing was written.")
        items = planned.items
    else:
        on = options.on or session.ledger.today(session.clock())
        items = open_items.read_lines(source, options.form, on)
    if each:
        return _import(session, source, items, options, each)
    total = source.size
    with closing(Rejects(options.rejects or source.rejects)) as file:

        def write_rejects(batch: Batch, summary: Summary) -> None:
            summary.rejects = file.add(batch)
            progress(source.read, total)

        return _import(session, source, items, options, write_rejects)


def _import(
    session: TenantSession, source: Source, items: Iterable[Item], options: Options, each: Each
) -> Summary:
    begun, summary, books = session.clock(), Summary(), set[UUID]()
    today = options.on or session.ledger.today(begun)
    now, limits = DecisionContext(today, options.by, reports=True), session.playbook()[0].rules
    cause = options.correlation or f"import:{source.name}"
    run = ImportContext(now, begun, cause, options.via, options.because, limits)
    with relaxed_gc():
        try:
            for batch in Pipeline(session, run).batches(items):
                summary.add(batch)
                books |= {d.group.id for d in batch.to_write if d.group.kind is INVOICE}
                summary.invoices = len(books)
                each(batch, summary)
        except KeyboardInterrupt:
            summary.stopped = True
        except psycopg.errors.DiskFull as error:
            why = f"The disk of the database is full: {error.diag.message_primary}."
            raise Interrupted(f"{why} Make room, then run it again.") from error
        except psycopg.OperationalError as error:
            raise Interrupted(f"The database does not answer: {error}. Run it again.") from error
    summary.seconds = (session.clock() - begun).total_seconds()
    return summary
