"""Finds the dispute case of a line of a history.

A case's id follows from source, channel and its number among the cases of that channel on the
invoice. A case that was never opened counts as well.
"""

from collections.abc import Iterator
from uuid import UUID, uuid5

from api.importing.formats.history_line import Line
from ledger.facts.invoice.state import Dispute, Invoice


def next_case(line: Line, invoice: Invoice) -> UUID:
    """Return the id of a new case: a second appeal is a second case."""
    nth = 1 + sum(1 for _ in _of_channel(line, invoice)) if invoice.disputes else 1
    return _case(line, invoice, nth)


def open_case(line: Line, invoice: Invoice) -> UUID:
    """Return the open case of the channel, else the oldest open case, else a new case."""
    if not invoice.disputes:
        return _case(line, invoice, 1)
    same = (dispute for dispute in _of_channel(line, invoice) if dispute.is_open)
    found = next(same, None) or next(iter(invoice.open_disputes), None)
    return found.case_id if found else next_case(line, invoice)


def resolved_case(line: Line, invoice: Invoice) -> UUID | None:
    """Return the last resolved case of the channel, else of any channel; None without one."""
    for disputes in (_of_channel(line, invoice), invoice.disputes.values()):
        if resolved := [d.case_id for d in disputes if d.status == "resolved"]:
            return resolved[-1]
    return None


def _of_channel(line: Line, invoice: Invoice) -> Iterator[Dispute]:
    nth = 1
    while dispute := invoice.disputes.get(_case(line, invoice, nth)):
        yield dispute
        nth += 1


def _case(line: Line, invoice: Invoice, nth: int) -> UUID:
    return uuid5(invoice.id, f"{line.source}:{line.text('channel') or ''}:{nth}")
