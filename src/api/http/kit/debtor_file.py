"""A debtor with their balances, as the caller may see them."""

from dataclasses import dataclass
from datetime import date

from api.http.auth.keys import Key
from api.http.kit.read_endpoint import ReadRequest, debtor_number
from api.http.server.middleware import current
from ledger.facts.books import DEBTOR, replay
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import Line
from projections import debtors
from projections.debtors import DEBTORS, Balance, DebtorRow
from projections.invoices import INVOICES


@dataclass(frozen=True, slots=True)
class DebtorFile:
    """A debtor at ``line`` of their book, if registered, and their balance in each currency."""

    number: str
    line: int
    debtor: DebtorRow | None
    balances: list[Balance]


async def seen_debtor(read: ReadRequest, key: Key, given: str, on: date) -> DebtorFile:
    """Find a debtor by number or id. Raises ``NotFound``.

    A key for some business units sees only debtors with invoices there.
    """
    number, lines = await debtor_number(read, key, given)
    query = debtors.balances(key.tenant_id, on, number, scope=key.scope)
    balances = await read.rows(key, query, INVOICES, DEBTORS)
    row = _row(lines)
    if not balances and (row is None or not key.scope.is_everything):
        raise NotFound("no-debtor", debtor=given)
    current().about = number
    return DebtorFile(number, lines[-1].entry.line if lines else 0, row, balances)


def _row(lines: list[Line]) -> DebtorRow | None:
    if not lines:
        return None
    book = replay(DEBTOR, lines[0].entry.book_id, [line.entry for line in lines])
    return next(debtors.show(book.state), None)
