"""Flags of a registered invoice that depend on other books: likely duplicate, credit limit.

They are looked up in the read models, so they may miss a very recent write. Within an import, what
was registered before is remembered as well. A flag refuses nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.debtor import CreditCheck
from ledger.facts.entry import Entry
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.anomalies import Flag


class Lookups(Protocol):
    """Facts of other books; ``api/lookups.py`` reads them by SQL."""

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> Collection[str]:
        """Return the numbers of invoices that resemble another invoice."""

    def credits(self, debtors: Collection[str]) -> Mapping[str, CreditCheck | None]:
        """Return the last credit check of each debtor, None where there is none."""

    def open_balances(self, currencies: Mapping[str, str]) -> Mapping[str, Decimal]:
        """Return the open balance by debtor in the given currency, without zero balances."""

    def units_of(self, debtors: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return the business units of each debtor's invoices; nothing for one without invoices."""


class _NoLookups:
    """Lookups without other books."""

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> Collection[str]:
        return ()

    def credits(self, debtors: Collection[str]) -> Mapping[str, CreditCheck | None]:
        return dict.fromkeys(debtors)

    def open_balances(self, currencies: Mapping[str, str]) -> Mapping[str, Decimal]:
        return {}

    def units_of(self, debtors: Collection[str]) -> Mapping[str, Collection[str]]:
        return {}


NO_LOOKUPS: Lookups = _NoLookups()


class ImportMemory(Struct):
    """Registrations of an import or request so far; as hashes, because there may be millions."""

    alike: dict[int, int] = field(
        default_factory=dict
    )  # hash of the invoice's details to hash of its number
    limits: dict[str, CreditCheck | None] = field(default_factory=dict)  # by debtor
    owed: dict[str, Decimal] = field(
        default_factory=dict
    )  # open balance before, by debtor with a limit
    more: dict[str, dict[str, Decimal]] = field(
        default_factory=dict
    )  # amounts since, by debtor and invoice

    def knows(self, invoice: Invoice) -> None:
        """Remember an existing invoice, so that a resumed import sets the same flags."""
        if invoice.debtor:
            details = (invoice.debtor, invoice.currency, invoice.amount, invoice.issued_on)
            self.alike.setdefault(hash(details), hash(invoice.number))


def duplicate_flags(
    lookups: Lookups, entries: Sequence[Entry], seen: ImportMemory | None = None
) -> Sequence[Entry]:
    """Return the entries, with the flags that depend on other books added to registrations."""
    events = [entry.event for entry in entries if _has_debtor(entry)]
    if not events:
        return entries
    seen = seen or ImportMemory()
    duplicates = lookups.duplicates(events)
    _learn(lookups, events, seen)
    found = dict[str, list[Flag]]()
    for event in events:
        again = seen.alike.setdefault(_details(event), hash(event.number)) != hash(event.number)
        if again or event.number in duplicates:
            found.setdefault(event.number, []).append(Flag.LIKELY_DUPLICATE)
        if _over_limit(event, seen):
            found.setdefault(event.number, []).append(Flag.OVER_CREDIT_LIMIT)
    return [
        but(entry, flags=(*entry.flags, *found.get(entry.event.number, ())))
        if _has_debtor(entry)
        else entry
        for entry in entries
    ]


def _has_debtor(entry: Entry) -> bool:
    return isinstance(entry.event, InvoiceRegistered) and bool(entry.event.debtor)


def _details(event: InvoiceRegistered) -> int:
    return hash((event.debtor, event.currency, event.amount, event.on))


def _learn(lookups: Lookups, events: Sequence[InvoiceRegistered], seen: ImportMemory) -> None:
    """Look up the limits of new debtors, and the open balance of those who have a limit."""
    new = {event.debtor for event in events} - seen.limits.keys()
    if new:
        seen.limits.update(lookups.credits(new))
    watched = {debtor: credit.currency for debtor in new if (credit := _limited(seen, debtor))}
    if watched:
        seen.owed.update(lookups.open_balances(watched))


def _limited(seen: ImportMemory, debtor: str) -> CreditCheck | None:
    credit = seen.limits[debtor]
    return credit if credit and credit.limit is not None else None


def _over_limit(event: InvoiceRegistered, seen: ImportMemory) -> bool:
    """Return whether the debtor's open balance, including this invoice, exceeds their limit."""
    credit = _limited(seen, event.debtor)
    if credit is None or credit.limit is None or credit.currency != event.currency:
        return False
    more = seen.more.setdefault(event.debtor, {})
    more[event.number] = event.amount
    return seen.owed.get(event.debtor, Decimal(0)) + sum(more.values()) > credit.limit
