"""Bank transactions, and the statements that they came in. It has no business unit: only for who
sees everything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.bank import BankTransaction
from ledger.facts.books import BANK_TRANSACTION


@dataclass(frozen=True, slots=True)
class BankRow:
    """A transaction and where it stands; ``amount`` is negative for money that went out."""

    id: Key[UUID]
    transaction: str
    status: str  # waiting, allocated, returned, matched (a return), set aside
    account: str
    statement: str
    place: str
    booked_on: date
    value_on: date
    amount: Decimal
    currency: str
    name: str
    iban: str
    remittance: str
    creditor_reference: str
    end_to_end: str
    return_reason: str
    kind: str
    text: str
    trouble: str
    debtor: str
    invoices: list[str]
    shares: list[Decimal]  # of these invoices
    rest: Decimal
    evidence: list[str]
    automatic: bool
    why: str


def show(transaction: BankTransaction) -> Iterator[BankRow]:
    if (t := transaction.recorded) is None:
        return
    allocated = transaction.allocated
    yield BankRow(
        id=transaction.id,
        transaction=t.transaction,
        status=transaction.status,
        account=t.account,
        statement=t.statement,
        place=t.place,
        booked_on=t.booked_on,
        value_on=t.on,
        amount=t.amount,
        currency=t.currency,
        name=t.name,
        iban=t.iban,
        remittance=t.remittance,
        creditor_reference=t.creditor_reference,
        end_to_end=t.end_to_end,
        return_reason=t.return_reason,
        kind=t.kind,
        text=t.text,
        trouble=t.trouble,
        debtor=allocated.debtor if allocated else "",
        invoices=[share.invoice for share in allocated.shares] if allocated else [],
        shares=[share.amount for share in allocated.shares] if allocated else [],
        rest=allocated.rest if allocated else Decimal(0),
        evidence=list(allocated.evidence) if allocated else [],
        automatic=bool(allocated and allocated.automatic),
        why=transaction.why,
    )


BANK = Fold(
    "bank_transactions",
    BankRow,
    (BANK_TRANSACTION,),
    show,
    indexes=(("status", "booked_on", "id"), ("iban",), ("end_to_end",)),
)


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    booked_on: date
    id: UUID


def behind(row: BankRow) -> Cursor:
    return Cursor(row.booked_on, row.id)


SIGNS = {"": "", "in": " and amount > 0", "out": " and amount <= 0"}


def in_status(
    tenant: str, status: str, after: Cursor | None = None, limit: int = 50, only: str = ""
) -> Query[BankRow]:
    """Find the transactions that stand so, the oldest first; ``only`` those in, or those out."""
    beyond = " and (booked_on, id) > (%(booked_on)s::date, %(id)s::uuid)" if after else ""
    return Query(
        f"select {BANK.table.columns} from bank_transactions"
        f" where tenant_id = %(tenant)s and status = %(status)s{SIGNS[only]}{beyond}"
        " order by booked_on, id limit %(limit)s",
        {"tenant": tenant, "status": status, "limit": limit, **(after._asdict() if after else {})},
        BankRow,
    )


def get(tenant: str, id_: UUID) -> Query[BankRow]:
    return Query(
        f"select {BANK.table.columns} from bank_transactions"
        " where tenant_id = %(tenant)s and id = %(id)s",
        {"tenant": tenant, "id": id_},
        BankRow,
    )


def beginning(tenant: str, id_: str) -> Query[BankRow]:
    """Find the transactions whose id begins so: two at most, as one is looked for."""
    return Query(
        f"select {BANK.table.columns} from bank_transactions where tenant_id = %(tenant)s"
        " and starts_with(id::text, %(start)s) limit 2",
        {"tenant": tenant, "start": id_.lower()},
        BankRow,
    )


def known(tenant: str, ids: Sequence[UUID]) -> Query[UUID]:
    """Find which of these are transactions."""
    return Query(
        "select id::text from bank_transactions where tenant_id = %(tenant)s and id = any(%(ids)s)",
        {"tenant": tenant, "ids": list(ids)},
        UUID,
        by_name=False,
    )


def originals(tenant: str, backs: Sequence[BankRow]) -> Query[tuple[UUID, BankRow]]:
    """Find what each of these transactions of money out may return: allocated ones of the same
    amount and account or end-to-end reference, the youngest first, each with the id of the return.
    """

    def row(back: UUID, **columns: Any) -> tuple[UUID, BankRow]:
        return back, BankRow(**columns)

    return Query(
        f"""
            select back.id as back, original.*
            from unnest(%(ids)s::uuid[], %(amounts)s::numeric[], %(currencies)s::text[],
                        %(ibans)s::text[], %(references)s::text[])
                with ordinality as back (id, amount, currency, iban, reference, nth), lateral (
                    select {BANK.table.columns} from bank_transactions t
                    where t.tenant_id = %(tenant)s and t.status = 'allocated'
                          and t.amount = -back.amount and t.currency = back.currency
                          and ((t.iban <> '' and t.iban = back.iban)
                               or (t.end_to_end <> '' and t.end_to_end = back.reference))
                    order by t.end_to_end = back.reference desc, t.booked_on desc, t.id limit 5
                ) original
            order by back.nth, original.end_to_end = back.reference desc, original.booked_on desc,
                     original.id
            """,
        {
            "tenant": tenant,
            "ids": [each.id for each in backs],
            "amounts": [each.amount for each in backs],
            "currencies": [each.currency for each in backs],
            "ibans": [each.iban for each in backs],
            "references": [each.end_to_end for each in backs],
        },
        row,
    )


@dataclass(frozen=True, slots=True)
class Payer:
    """A debtor who paid from an account, and how often: the evidence of what we learned."""

    iban: str
    debtor: str
    times: int


def payers(tenant: str, ibans: Sequence[str]) -> Query[Payer]:
    """Find the debtors who paid from these accounts. What was undone or came back teaches nothing
    any more."""
    return Query(
        "select iban, debtor, count(*) as times from bank_transactions"
        " where tenant_id = %(tenant)s and iban = any(%(ibans)s) and status = 'allocated'"
        " and debtor <> '' group by iban, debtor order by iban, times desc, debtor",
        {"tenant": tenant, "ibans": list(ibans)},
        Payer,
    )


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many transactions stand so, and their sum."""

    status: str
    currency: str
    transactions: int
    amount: Decimal


def counted(tenant: str) -> Query[StatusCount]:
    return Query(
        "select status, currency, count(*) as transactions, sum(amount) as amount"
        " from bank_transactions where tenant_id = %(tenant)s"
        " group by status, currency order by status, currency",
        {"tenant": tenant},
        StatusCount,
    )
