"""What a full list of debtors would change; it removes nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, LiteralString

from api.importing.formats.debtors import DebtorReader
from api.importing.formats.snapshot import MAX_CLOSING_SHARE, record, refuse_earlier, show_all
from api.importing.line_commands import CannotImport, LineCommand
from api.importing.summary import Summary
from api.session import TenantSession
from commands.debtors.contacts import AddDebtorNote
from ledger.facts.books import DEBTOR
from projections import debtors
from projections.debtors import DEBTORS

DAYS: LiteralString = "full_debtor_list"  # the table of the days of such lists


@dataclass
class DebtorPlan:
    """What a full list would change, and which debtors it lacks."""

    as_of: date
    lines: int  # of the file
    known: int  # debtors before
    new: int
    changed: int
    same: int
    rejected: int
    missing: list[str] = field(repr=False)  # numbers of debtors who are not in the list

    def guard(self) -> None:
        """Raise ``CannotImport`` when the list seems incomplete."""
        if len(self.missing) > MAX_CLOSING_SHARE * self.known:
            raise CannotImport(
                f"{len(self.missing)} of the {self.known} debtors are not in the list: more than"
                f" {MAX_CLOSING_SHARE:.0%}. If this is the full list, set --close-most."
            )


def begin(session: TenantSession, as_of: date) -> None:
    """Raise ``CannotImport`` when a later list was taken in; show all debtors there are."""
    with session.pool.connection() as conn:
        refuse_earlier(conn, session.tenant, as_of, DAYS)
    show_all(session, [DEBTORS])


def taken_in(session: TenantSession, as_of: date) -> None:
    """Remember that the list of this day is taken in."""
    record(session, as_of, DAYS)


def plan_of(
    session: TenantSession, reader: DebtorReader, decided: Summary, as_of: date
) -> DebtorPlan:
    """Return the plan, after all lines were read and ``decided`` without being written."""
    numbers = [*_known(session)]
    return DebtorPlan(
        as_of=as_of,
        lines=decided.file_lines,
        known=len(numbers),
        new=decided.debtors,
        changed=decided.corrected,
        same=decided.already_there,
        rejected=decided.rejected,
        missing=[number for number in numbers if number not in reader.listed],
    )


def notes(reader: DebtorReader, planned: DebtorPlan) -> Iterator[tuple[LineCommand, ...]]:
    """Yield a note for each debtor who is not in the list, once for each of them."""
    as_of = planned.as_of
    for nth, number in enumerate(planned.missing, 1):
        text = f"{reader.source.name} of {as_of} does not list this debtor."
        note = AddDebtorNote(on=as_of, debtor=number, text=text)
        cause = f"{reader.layout.name}:{number}:not listed"
        always = partial(_always, note)
        yield (LineCommand(-nth, {"number": number}, number, cause, always, kind=DEBTOR),)


def _always(note: AddDebtorNote, _: Any) -> tuple[AddDebtorNote]:
    return (note,)


def _known(session: TenantSession) -> Iterator[str]:
    after = ""
    with session.pool.connection() as conn:
        while page := debtors.numbers(session.tenant, after).fetch(conn):
            yield from page
            after = page[-1]
