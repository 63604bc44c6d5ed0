"""SQL lookups in other books, by which a registered invoice is flagged."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from ledger.database.pool import Pool
from ledger.facts.books import DEBTOR, book_id, replay
from ledger.facts.debtor import CreditCheck
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.store.reading import entries_of_many
from projections.duplicates import duplicated, open_balances


class SqlLookups(Struct, frozen=True):
    """The ``Lookups`` of one tenant: invoices from their read model, debtors from their books."""

    pool: Pool
    tenant: str

    def duplicates(self, registered: Sequence[InvoiceRegistered]) -> Collection[str]:
        with self.pool.connection() as conn:
            return set(duplicated(self.tenant, registered).fetch(conn))

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
            return dict(open_balances(self.tenant, currencies).fetch(conn))
