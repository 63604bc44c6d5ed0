"""SQL lookups in other books, for the flags of a registered invoice and the units of a debtor."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from threading import Event
from uuid import uuid4

from msgspec import Struct

from ledger.database.pool import Pool
from ledger.engine.catch_up import catch_up
from ledger.engine.projector import Projector
from ledger.facts.books import DEBTOR, book_id, replay
from ledger.facts.debtor import CreditCheck
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.policy.visibility import Scope
from ledger.store.reading import entries_of_many
from projections import READ_MODELS
from projections.duplicates import duplicated, open_balances
from projections.invoices import INVOICES, units_of_debtors

SECONDS = 2.0  # to wait for the read model of invoices


class SqlLookups(Struct, frozen=True):
    """The ``Lookups`` of one tenant: invoices from their read model, debtors from their books.

    The flags of what a caller registers tell of no invoice that is not in their ``scope``.
    """

    pool: Pool
    tenant: str
    clock: Callable[[], datetime]
    scope: Scope

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> Collection[str]:
        with self.pool.connection() as conn:
            return set(duplicated(self.tenant, registered, scope=self.scope).fetch(conn))

    def credits(self, debtors: Collection[str]) -> Mapping[str, CreditCheck | None]:
        ids = {book_id(self.tenant, DEBTOR.name, debtor): debtor for debtor in debtors}
        with self.pool.connection() as conn:
            books = entries_of_many(conn, self.tenant, ids)
        return {
            debtor: replay(DEBTOR, id_, books.get(id_, ())).state.credit
            for id_, debtor in ids.items()
        }

    def open_balances(self, currencies: Mapping[str, str]) -> Mapping[str, Decimal]:
        with self.pool.connection() as conn:
            return dict(open_balances(self.tenant, currencies, scope=self.scope).fetch(conn))

    def units_of(self, debtors: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return the business units of each debtor's invoices, also of those just registered."""
        name = f"units:{os.getpid()}:{uuid4().hex[:6]}"
        worker = Projector(self.pool, self.tenant, READ_MODELS, name, self.clock)
        catch_up(worker, INVOICES.name, Event(), SECONDS)
        with self.pool.connection() as conn:
            return dict(units_of_debtors(self.tenant, debtors).fetch(conn))
