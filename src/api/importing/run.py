"""Run an import, from its file to its summary."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg

from api.importing.decide import ImportContext
from api.importing.formats import debtor_list, history, open_items
from api.importing.formats.debtor_layouts import DEBTOR_FIELDS
from api.importing.formats.debtor_list import DebtorPlan
from api.importing.formats.debtors import DebtorReader
from api.importing.formats.history_commands import Terms
from api.importing.formats.layout import Layout
from api.importing.formats.snapshot import SnapshotPlan, plan, record
from api.importing.line_commands import CannotImport, Interrupted
from api.importing.pipeline import Batch, Item, Pipeline
from api.importing.source import Source
from api.importing.summary import Rejects, Summary
from api.session import TenantSession
from commands.command import DecisionContext
from ledger.database.pool import UNAVAILABLE
from ledger.engine.gc_tuning import relaxed_gc
from ledger.facts.books import INVOICE

Progress = Callable[[int, int | None], None]  # bytes done, and bytes of the file
Each = Callable[[Batch, Summary], None]  # called with each batch in the ledger


@dataclass(frozen=True)
class Options:
    """Options of an import; its form is ``Terms`` for a history, a ``Layout`` for a table."""

    form: Terms | Layout
    by: str = "import"
    rejects: Path | None = None
    on: date | None = None  # business date of the import; today if None
    correlation: str | None = None
    via: str | None = None  # the API key, or who ran it
    because: str | None = None  # why they ran it for another
    dry: bool = False  # write nothing

    @property
    def lists_debtors(self) -> bool:
        return isinstance(self.form, Layout) and self.form.fields is DEBTOR_FIELDS


def import_file(
    session: TenantSession,
    source: Source,
    options: Options,
    as_of: date | None = None,
    close_most: bool = False,
    close_anyway: bool = False,
    confirm: Callable[[SnapshotPlan | DebtorPlan], bool] = lambda _: True,
    progress: Progress = lambda done, total: None,
    each: Each | None = None,
) -> Summary:
    """Import the file; with ``as_of`` as a full list, after ``confirm`` agreed to its plan.

    Rejected lines are written to a file, unless ``each`` is given. A second run continues.
    Raise ``CannotImport``.
    """
    total = source.size
    with closing(Rejects(options.rejects or source.rejects)) as file:

        def write_rejects(batch: Batch, summary: Summary) -> None:
            summary.rejects = file.add(batch)
            progress(source.read, total)

        if each is None:
            file.remove()
            each = write_rejects
        if as_of and options.lists_debtors:
            limits = (close_most, close_anyway)
            return _import_debtors(session, source, options, as_of, limits, confirm, each)
        if as_of and isinstance(options.form, Layout):
            planned = plan(session, source, options.form, as_of, close_anyway)
            return _import_list(session, source, options, planned, close_most, confirm, each)
        return _import_lines(session, source, options, each)


def _import_lines(session: TenantSession, source: Source, options: Options, each: Each) -> Summary:
    on = options.on or session.ledger.today(session.clock())
    if isinstance(options.form, Terms):
        items = history.read_lines(source, options.form)
    elif options.lists_debtors:
        reader = DebtorReader(source, options.form)
        items = reader.lines(on, whole=False)
    else:
        items = open_items.read_lines(source, options.form, on)
    with Run(session, source, options, each) as run:
        run.take(items)
    return run.summary


def _import_list(
    session: TenantSession,
    source: Source,
    options: Options,
    planning: AbstractContextManager[SnapshotPlan],
    close_most: bool,
    confirm: Callable[[SnapshotPlan | DebtorPlan], bool],
    each: Each,
) -> Summary:
    with planning as planned:
        agreed = confirm(planned)  # before the guard: the user sees a refused plan, too
        if not (close_most or options.dry):
            planned.guard()
        if not agreed:
            raise CannotImport("Nothing was written.")
        if not options.dry:
            record(session, planned.as_of)
        with Run(session, source, options, each) as run:
            run.summary.lines = run.summary.already_there = planned.unchanged
            run.take(planned.items)
            if planned.whole_unless(run.summary.rejected):
                run.take(planned.closings)
            else:
                run.summary.left_open = planned.missing
        return run.summary


def _import_debtors(
    session: TenantSession,
    source: Source,
    options: Options,
    as_of: date,
    limits: tuple[bool, bool],
    confirm: Callable[[SnapshotPlan | DebtorPlan], bool],
    each: Each,
) -> Summary:
    """Read the list twice: to plan, and to write. What it lacks is noted, if it is whole."""
    close_most, close_anyway = limits
    if source.path == "-":
        raise CannotImport("A full list of debtors is read twice: give a file.")
    debtor_list.begin(session, as_of)
    assert isinstance(options.form, Layout)
    reader, whole = DebtorReader(source, options.form), not close_anyway
    with Run(session, source, replace(options, dry=True), lambda *_: None) as dry:
        dry.take(reader.lines(as_of, whole))
    planned = debtor_list.plan_of(session, reader, dry.summary, as_of)
    agreed = confirm(planned)
    if not (close_most or options.dry):
        planned.guard()
    if not agreed:
        raise CannotImport("Nothing was written.")
    if not options.dry:
        debtor_list.taken_in(session, as_of)
    with Run(session, source, options, each) as run:
        run.take(reader.lines(as_of, whole))
        if close_anyway or not run.summary.rejected:
            run.take(debtor_list.notes(reader, planned))
            run.summary.missing = len(planned.missing)
        else:
            run.summary.left_open = len(planned.missing)
    return run.summary


class Run:
    """An import on its way: its summary, and what it has in common for all lines."""

    def __init__(
        self, session: TenantSession, source: Source, options: Options, each: Each
    ) -> None:
        self.session, self.source, self.each, self.dry = session, source, each, options.dry
        self.summary, self.books, self.begun = Summary(), set[UUID](), session.clock()
        today = options.on or session.ledger.today(self.begun)
        now = DecisionContext(today, options.by, reports=True)
        cause, limits = options.correlation or f"import:{source.name}", session.playbook()[0].rules
        self.context = ImportContext(now, self.begun, cause, options.via, options.because, limits)

    def take(self, items: Iterable[Item]) -> None:
        """Take the items to the ledger, batch by batch. Raise ``CannotImport``."""
        summary = self.summary
        if summary.stopped:
            return
        with relaxed_gc():
            for batch in Pipeline(self.session, self.context, self.dry).batches(items):
                summary.add(batch)
                self.books |= {d.group.id for d in batch.to_write if d.group.kind is INVOICE}
                summary.invoices, summary.file_lines = len(self.books), self.source.count
                self.each(batch, summary)
            summary.file_lines = self.source.count

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        """Say what went in before an error; Ctrl-C stops the import, and is no error."""
        self.summary.seconds = (self.session.clock() - self.begun).total_seconds()
        match error:
            case KeyboardInterrupt():
                self.summary.stopped = True
                return True
            case psycopg.errors.DiskFull():
                why = f"The disk of the database is full: {error.diag.message_primary}."
                raise Interrupted(f"{why} Make room, then run it again.") from error
            case psycopg.Error() if isinstance(error, UNAVAILABLE):
                why = f"The database does not answer: {error}. Run it again."
                raise Interrupted(why) from error
            case CannotImport() if self.summary.lines and not isinstance(error, Interrupted):
                raise CannotImport(f"{error} {self.summary.so_far()}") from error
        return False
