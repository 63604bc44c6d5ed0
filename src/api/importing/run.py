"""One import from its file to its summary. Prints nothing."""

from collections.abc import Callable, Iterable
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

Progress = Callable[[int, int | None], None]  # bytes of the file that are done, and in all
Each = Callable[[Batch, Summary], None]  # is told of every batch that is in the ledger, and of all


def nothing(done: int, total: int | None) -> None:
    """For whoever does not want to know."""


@dataclass(frozen=True)
class Options:
    """``form`` says what the file is: a history with ``Terms``, or open items with a ``Layout``."""

    form: Terms | Layout
    by: str = "import"
    rejects: Path | None = None
    on: date | None = None  # business date of the import; today when left out
    correlation: str | None = None
    via: str | None = None  # the API key


def run(
    session: TenantSession,
    source: Source,
    options: Options,
    progress: Progress = nothing,
    planned: SnapshotPlan | None = None,
    each: Each | None = None,
) -> Summary:
    """Take the file to the ledger; a full list as it was ``planned``.

    Rejected lines go to a file of their own, unless ``each`` looks after them.
    Raises ``CannotImport``. A second run goes on from there.
    """
    on = options.on or session.ledger.today(session.clock())
    if planned:
        items: Iterable[Item] = planned.items
    elif isinstance(options.form, Terms):
        items = history.read_lines(source, options.form)
    else:
        items = open_items.read_lines(source, options.form, on)
    if each:
        return _bring_in(session, source, items, options, each)
    total = source.size
    with Rejects(options.rejects or source.rejects) as file:

        def kept(batch: Batch, summary: Summary) -> None:
            file.add(batch)
            summary.rejects = file.name
            progress(source.read, total)

        return _bring_in(session, source, items, options, kept)


def import_file(
    session: TenantSession,
    source: Source,
    options: Options,
    as_of: date | None = None,
    close_most: bool = False,
    confirm: Callable[[SnapshotPlan], bool] = lambda _: True,
    progress: Progress = nothing,
    each: Each | None = None,
) -> Summary:
    """With ``as_of`` it is a full list, which is confirmed before anything is written.

    Raises ``CannotImport``.
    """
    if as_of is None or not isinstance(options.form, Layout):
        return run(session, source, options, progress, each=each)
    planned = plan(session, source, options.form, as_of)
    agreed = confirm(planned)  # shows it, too: also what will be refused is to be seen
    if not close_most:
        planned.guard()
    if not agreed:
        raise CannotImport("Nothing was written.")
    return run(session, source, options, progress, planned, each)


def _bring_in(
    session: TenantSession, source: Source, items: Iterable[Item], options: Options, each: Each
) -> Summary:
    begun, summary, books = session.clock(), Summary(), set[UUID]()
    now = DecisionContext(options.on or session.ledger.today(begun), options.by)
    run = ImportContext(now, begun, options.correlation or f"import:{source.name}", options.via)
    with relaxed_gc():
        try:
            for batch in Pipeline(session, run).batches(items):
                summary.add(batch)
                books.update(one.group.id for one in batch.to_write if one.group.kind is INVOICE)
                summary.invoices = len(books)
                each(batch, summary)
        except KeyboardInterrupt:
            summary.stopped = True
        except psycopg.errors.DiskFull as error:
            why = error.diag.message_primary
            raise Interrupted(
                f"The disk of the database is full: {why}. Make room, then run it again to go on."
            ) from error
        except psycopg.OperationalError as error:
            raise Interrupted(f"The database is gone: {error}. Run it again to go on.") from error
    summary.seconds = (session.clock() - begun).total_seconds()
    return summary
