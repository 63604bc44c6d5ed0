"""One import from its file to its summary. Prints nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg

from api.importing import history, open_items
from api.importing.batches import Item, Road
from api.importing.deciding import Run
from api.importing.full_list import Plan, plan
from api.importing.layout import Layout
from api.importing.reading import Source
from api.importing.summary import Rejects, Summary
from api.importing.translate import Terms
from api.importing.wish import CannotImport
from api.wiring import Desk
from commands.command import Now
from ledger.books import INVOICE
from ledger.collecting import few_collections

Progress = Callable[[int, int | None], None]  # bytes of the file that are done, and in all


def nothing(done: int, total: int | None) -> None:
    """For whoever does not want to know."""


@dataclass(frozen=True)
class Options:
    """``form`` says what the file is: a history with ``Terms``, or open items with a ``Layout``."""

    form: Terms | Layout
    by: str = "import"
    rejects: Path | None = None


def run(
    desk: Desk,
    source: Source,
    options: Options,
    progress: Progress = nothing,
    planned: Plan | None = None,
) -> Summary:
    """Take the file to the ledger; a full list as it was ``planned``.

    Raises ``CannotImport``. A second run goes on from there.
    """
    if planned:
        items: Iterable[Item] = planned.items
    elif isinstance(options.form, Terms):
        items = history.wishes(source, options.form)
    else:
        items = open_items.wishes(source, options.form, desk.ledger.today(desk.clock()))
    return _bring_in(desk, source, items, options, progress)


def bring(
    desk: Desk,
    source: Source,
    options: Options,
    as_of: date | None = None,
    close_most: bool = False,
    confirm: Callable[[Plan], bool] = lambda _: True,
    progress: Progress = nothing,
) -> Summary:
    """With ``as_of`` it is a full list, which is confirmed before anything is written.

    Raises ``CannotImport``.
    """
    if as_of is None or not isinstance(options.form, Layout):
        return run(desk, source, options, progress)
    planned = plan(desk, source, options.form, as_of)
    agreed = confirm(planned)  # shows it, too: also what will be refused is to be seen
    if not close_most:
        planned.guard()
    if not agreed:
        raise CannotImport("Nothing was written.")
    return run(desk, source, options, progress, planned)


def _bring_in(
    desk: Desk, source: Source, items: Iterable[Item], options: Options, progress: Progress
) -> Summary:
    begun, summary, total, books = desk.clock(), Summary(), source.size, set[UUID]()
    run = Run(Now(desk.ledger.today(begun), options.by), begun, f"import:{source.name}")
    with few_collections(), Rejects(options.rejects or source.rejects) as file:
        try:
            for batch in Road(desk, run).batches(items):
                summary.add(batch)
                file.add(batch)
                books.update(one.group.id for one in batch.to_write if one.group.kind is INVOICE)
                progress(source.read, total)
        except KeyboardInterrupt:
            summary.stopped = True
        except psycopg.errors.DiskFull as error:
            why = error.diag.message_primary
            raise CannotImport(
                f"The disk of the database is full: {why}. Make room, then run it again to go on."
            ) from error
        except psycopg.OperationalError as error:
            raise CannotImport(f"The database is gone: {error}. Run it again to go on.") from error
    summary.invoices, summary.rejects = len(books), file.name
    summary.seconds = (desk.clock() - begun).total_seconds()
    return summary
