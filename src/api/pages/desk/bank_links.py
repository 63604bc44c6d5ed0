"""Which entries of a file came from the bank, and where their transactions are shown."""

import re
from collections.abc import Iterable
from uuid import UUID

from api.pages.kit.visitor import Visitor
from commands.bank.allocation import METHOD
from ledger.facts.books import BANK_TRANSACTION, book_id
from ledger.facts.debtor_events import MoneyReceived
from ledger.facts.entry import Entry
from ledger.facts.invoice.payments import PaymentReceived
from projections import bank

AGAIN = re.compile(r" \(\d+\)")  # what a reference has after an undoing


async def bank_links(visitor: Visitor, entries: Iterable[Entry]) -> dict[int, UUID]:
    """Return the transaction of each entry that came from the bank, by its position; none for who
    does not see the bank."""
    tenant, found = visitor.person.tenant_id, dict[int, UUID]()
    if not (visitor.sees_why and visitor.key.scope.is_everything):
        return found
    for entry in entries:
        event = entry.event
        if isinstance(event, PaymentReceived | MoneyReceived) and event.method == METHOD:
            number = AGAIN.sub("", event.reference)
            found[entry.position] = book_id(tenant, BANK_TRANSACTION.name, number)
    known = await visitor.app.query(bank.known(tenant, [*found.values()])) if found else []
    return {position: id_ for position, id_ in found.items() if id_ in known}
