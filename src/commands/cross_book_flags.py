"""Flags that only other books give to an invoice that is registered, beside those of its own.

They are looked up in the read models, so what somebody else wrote a moment ago may be missed; what
one import brings is remembered as well. Nothing is refused for it.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.debtor import CreditCheck
from ledger.facts.entry import Entry
from ledger.facts.invoice.registration_events import InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.anomalies import Flag


class Lookups(Protocol):
    """What the other books say, as ``api/lookups.py`` finds it by SQL."""

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> Collection[str]:
        """Return the numbers of those that another invoice is like."""

    def credits(self, debtors: Collection[str]) -> Mapping[str, CreditCheck | None]:
        """Return what each debtor is good for, None where nobody checked."""

    def open_balances(self, currencies: Mapping[str, str]) -> Mapping[str, Decimal]:
        """Return what debtors owe in the currency given for each, but for those who owe nothing."""


class _NoLookups:
    """Knows of no other book."""

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> Collection[str]:
        return ()

    def credits(self, debtors: Collection[str]) -> Mapping[str, CreditCheck | None]:
        return dict.fromkeys(debtors)

    def open_balances(self, currencies: Mapping[str, str]) -> Mapping[str, Decimal]:
        return {}


NO_LOOKUPS: Lookups = _NoLookups()


class ImportMemory(Struct):
    """What one import, or one request, registered so far. Hashes, as it may be millions."""

    alike: dict[int, int] = field(default_factory=dict)  # what an invoice says, and its number
    limits: dict[str, CreditCheck | None] = field(default_factory=dict)  # by debtor
    owed: dict[str, Decimal] = field(default_factory=dict)  # before, by debtor who has a limit
    more: dict[str, dict[str, Decimal]] = field(default_factory=dict)  # since, by invoice

    def knows(self, invoice: Invoice) -> None:
        """Note an invoice that was there before, so that an import which is continued flags what
        it would have flagged without a break."""
        if invoice.debtor:
            says = (invoice.debtor, invoice.currency, invoice.amount, invoice.issued_on)
            self.alike.setdefault(hash(says), hash(invoice.number))


def duplicate_flags(
    lookups: Lookups, entries: Sequence[Entry], seen: ImportMemory | None = None
) -> Sequence[Entry]:
    """Return the entries, registrations with the flags that other books give them."""
    events = [entry.event for entry in entries if _of_a_debtor(entry)]
    if not events:
        return entries
    seen = seen or ImportMemory()
    duplicates = lookups.duplicates(events)
    _learn(lookups, events, seen)
    found = dict[str, list[Flag]]()
    for event in events:
        again = seen.alike.setdefault(_says(event), hash(event.number)) != hash(event.number)
        if again or event.number in duplicates:
            found.setdefault(event.number, []).append(Flag.LIKELY_DUPLICATE)
        if _over_limit(event, seen):
            found.setdefault(event.number, []).append(Flag.OVER_CREDIT_LIMIT)
    return [_with(entry, found) if _of_a_debtor(entry) else entry for entry in entries]


def _of_a_debtor(entry: Entry) -> bool:
    return isinstance(entry.event, InvoiceRegistered) and bool(entry.event.debtor)


def _with(entry: Entry, found: Mapping[str, Sequence[Flag]]) -> Entry:
    return but(entry, flags=(*entry.flags, *found.get(entry.event.number, ())))


def _says(event: InvoiceRegistered) -> int:
    return hash((event.debtor, event.currency, event.amount, event.on))


def _learn(lookups: Lookups, events: Sequence[InvoiceRegistered], seen: ImportMemory) -> None:
    """Look up the limits of debtors not met before, and what those who have one owe."""
    new = {event.debtor for event in events} - seen.limits.keys()
    if new:
        seen.limits.update(lookups.credits(new))
    watched = {one: credit.currency for one in new if (credit := _limited(seen, one))}
    if watched:
        seen.owed.update(lookups.open_balances(watched))


def _limited(seen: ImportMemory, debtor: str) -> CreditCheck | None:
    credit = seen.limits[debtor]
    return credit if credit and credit.limit is not None else None


def _over_limit(event: InvoiceRegistered, seen: ImportMemory) -> bool:
    """All that the debtor owes, and this, is more than they were found good for."""
    credit = _limited(seen, event.debtor)
    if credit is None or credit.limit is None or credit.currency != event.currency:
        return False
    more = seen.more.setdefault(event.debtor, {})
    more[event.number] = event.amount
    return seen.owed.get(event.debtor, Decimal(0)) + sum(more.values()) > credit.limit
