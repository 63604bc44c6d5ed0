"""What only other books can tell of an invoice that is registered: flags, beside those of its own.

They are looked up in the read models, so what was written a moment ago by somebody else may be
missed; what one import brings is remembered besides. Nothing is refused for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec.structs import replace as but

from ledger.books import DEBTOR, replay
from ledger.debtor import Credit
from ledger.events import Entry
from ledger.flags import Flag
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceRegistered
from ledger.pages import of_books
from ledger.pool import Conn
from ledger.store import Ledger
from projections.alike import owed, twins


@dataclass
class Seen:
    """Of one import, or one request: what it registered so far. Hashes, as it may be millions."""

    alike: dict[int, int] = field(default_factory=dict)  # what an invoice says, and its number
    limits: dict[str, Credit | None] = field(default_factory=dict)  # by debtor
    owed: dict[str, Decimal] = field(default_factory=dict)  # before, by debtor who has a limit
    more: dict[str, dict[str, Decimal]] = field(default_factory=dict)  # since, by invoice

    def knows(self, invoice: Invoice) -> None:
        """It was there before; so an import that goes on flags what one at a stretch would."""
        if invoice.debtor:
            told = (invoice.debtor, invoice.currency, invoice.amount, invoice.issued_on)
            self.alike.setdefault(hash(told), hash(invoice.number))


def flagged(ledger: Ledger, entries: Sequence[Entry], seen: Seen | None = None) -> list[Entry]:
    """The entries, registrations with the flags that other books give them."""
    events = [one.event for one in entries if _of_a_debtor(one)]
    if not events:
        return list(entries)
    seen = seen or Seen()
    with ledger.pool.connection() as conn:
        twice = set(twins(ledger.tenant, events).fetch(conn))
        _learn(conn, ledger, events, seen)
    found = dict[str, list[Flag]]()
    for event in events:
        again = seen.alike.setdefault(_says(event), hash(event.number)) != hash(event.number)
        if again or event.number in twice:
            found.setdefault(event.number, []).append(Flag.LIKELY_DUPLICATE)
        if _too_much(event, seen):
            found.setdefault(event.number, []).append(Flag.OVER_CREDIT_LIMIT)
    return [
        but(one, flags=(*one.flags, *found.get(one.event.number, ()))) if _of_a_debtor(one) else one
        for one in entries
    ]


def _of_a_debtor(entry: Entry) -> bool:
    return isinstance(entry.event, InvoiceRegistered) and bool(entry.event.debtor)


def _says(event: InvoiceRegistered) -> int:
    return hash((event.debtor, event.currency, event.amount, event.on))


def _learn(conn: Conn, ledger: Ledger, events: Iterable[InvoiceRegistered], seen: Seen) -> None:
    """The limits of debtors that were not met before, and what those who have one owe."""
    new = {event.debtor for event in events} - seen.limits.keys()
    ids = {ledger.id_of(DEBTOR, debtor): debtor for debtor in new}
    books = of_books(conn, ledger.tenant, ids)
    for id_, debtor in ids.items():
        state = replay(DEBTOR, id_, books[id_]).state if id_ in books else None
        seen.limits[debtor] = state.credit if state else None
    watched = {one: credit.currency for one in new if (credit := _limited(seen, one))}
    if watched:
        seen.owed.update(owed(ledger.tenant, watched).fetch(conn))


def _limited(seen: Seen, debtor: str) -> Credit | None:
    credit = seen.limits[debtor]
    return credit if credit and credit.limit is not None else None


def _too_much(event: InvoiceRegistered, seen: Seen) -> bool:
    """All he owes, and this, is more than he was found good for."""
    credit = _limited(seen, event.debtor)
    if credit is None or credit.limit is None or credit.currency != event.currency:
        return False
    more = seen.more.setdefault(event.debtor, {})
    more[event.number] = event.amount
    return seen.owed.get(event.debtor, Decimal(0)) + sum(more.values()) > credit.limit
