"""Credit notes and payments that the ERP listed as open, and that its full list does not have."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from api.importing.formats.layout import Layout
from api.importing.line_commands import LineCommand
from api.importing.source import Source
from api.session import TenantSession
from commands.debtors.listed_money import ListMoneyPerErp
from ledger.database.pool import Conn
from ledger.facts.books import DEBTOR, replay
from ledger.facts.codes import MoneyKind
from ledger.store.reading import entries_of_many
from projections.debtors import with_money

FIRST = -(10**12)  # of the numbers of lines that no file has; those of invoices are above


@dataclass(frozen=True, slots=True)
class Waiting:
    """A credit note or payment that waits with its debtor."""

    debtor: str
    reference: str
    kind: MoneyKind
    currency: str
    left: Decimal


def not_listed(session: TenantSession, conn: Conn, listed: Set[str]) -> Iterator[Waiting]:
    """Yield what the ERP listed before, waits here and is not among the ``listed``.

    What came in by another way has no number that the ERP knows, so it stays.
    """
    after = ""
    while page := with_money(session.tenant, after).fetch(conn):
        ids = {session.ledger.id_of(DEBTOR, number): number for number in page}
        for id_, entries in entries_of_many(conn, session.tenant, ids).items():
            for reference, money in replay(DEBTOR, id_, entries).state.money.items():
                if money.listed and money.left > 0 and f"{money.kind} {reference}" not in listed:
                    yield Waiting(ids[id_], reference, money.kind, money.currency, money.left)
        after = page[-1]


def closings(
    gone: Sequence[Waiting], source: Source, layout: Layout, as_of: date
) -> Iterator[tuple[LineCommand, ...]]:
    """Yield the commands that settle them as the ERP did."""
    for nth, money in enumerate(gone):
        cause = f"{layout.name}:{money.kind} {money.reference}:closed:{as_of}"
        settle = partial(_settle, money, f"{source.name}: not listed", as_of)
        raw = {"debtor": money.debtor, "reference": money.reference}
        yield (LineCommand(FIRST - nth, raw, money.debtor, cause, settle, kind=DEBTOR),)


def _settle(money: Waiting, source: str, as_of: date, _: Any) -> tuple[ListMoneyPerErp]:
    listed = ListMoneyPerErp(
        on=as_of,
        debtor=money.debtor,
        reference=money.reference,
        amount=Decimal(0),
        currency=money.currency,
        money=money.kind,
        source=source,
    )
    return (listed,)
