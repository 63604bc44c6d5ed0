"""Which dispute case a line of a history belongs to.

A case's id follows from source, channel and which of that channel it is on the invoice, so that
the state alone tells the cases of a channel apart. One that was never opened counts too.
"""

from collections.abc import Iterator
from uuid import UUID, uuid5

from api.importing.formats.history_line import Line
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice


def next_case(line: Line, invoice: Invoice) -> UUID:
    """A case that the invoice does not have yet: another appeal is another case."""
    nth = 1 + sum(1 for _ in _of_channel(line, invoice)) if invoice.disputes else 1
    return _case(line, invoice, nth)


def open_case(line: Line, invoice: Invoice) -> UUID:
    """The open case of the same channel, else the oldest open one, else a case never opened."""
    if not invoice.disputes:
        return _case(line, invoice, 1)
    same = (one for one in _of_channel(line, invoice) if one.is_open)
    found = next(same, None) or next(iter(invoice.open_disputes), None)
    return found.case_id if found else next_case(line, invoice)


def resolved_case(line: Line, invoice: Invoice) -> UUID | None:
    """The last resolved case of the same channel, else of any; None: nothing was resolved."""
    over = [one for one in invoice.disputes.values() if one.status == "resolved"]
    same = [one for one in _of_channel(line, invoice) if one.status == "resolved"]
    told = same or over
    return told[-1].case_id if told else None


def _of_channel(line: Line, invoice: Invoice) -> Iterator[Dispute]:
    nth = 1
    while one := invoice.disputes.get(_case(line, invoice, nth)):
        yield one
        nth += 1


def _case(line: Line, invoice: Invoice, nth: int) -> UUID:
    return uuid5(invoice.id, f"{line.source}:{line.text('channel') or ''}:{nth}")
