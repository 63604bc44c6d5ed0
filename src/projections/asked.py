"""What is asked of whom: a dispute to solve, or a credit to approve, a row for each invoice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INVOICE
from ledger.facts.codes import Answer
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.disputes.case_part import has_amount_in_dispute

SOLVE, APPROVE = "solve", "approve"
WAITING = (None, Answer.NOT_SOLVED)  # answers after which the resolver is still asked
FAR = "coalesce(a.answer_by, 'infinity'::date)"


@dataclass(frozen=True, slots=True)
class AskedRow:
    """An invoice of a case, and the person who is asked about it."""

    case_id: Key[UUID]
    book_id: Key[UUID]
    who: Key[str]
    what: Key[str]
    invoice: str
    debtor: str
    currency: str
    amount: Decimal  # in dispute, or to credit
    reason: str
    comment: str
    answered: bool  # the collector has the answer, and decides
    answer_by: date | None


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    answered: bool
    answer_by: date | None
    case_id: UUID
    book_id: UUID
    what: str


def show(invoice: Invoice) -> Iterator[AskedRow]:
    for dispute in invoice.disputes.values():
        if has_amount_in_dispute(invoice, dispute):
            yield from _of_dispute(invoice, dispute)


def _of_dispute(invoice: Invoice, dispute: Dispute) -> Iterator[AskedRow]:
    for who in dict.fromkeys(filter(None, (dispute.resolver, dispute.escalated_to))):
        yield AskedRow(
            case_id=dispute.case_id,
            book_id=invoice.id,
            who=who,
            what=SOLVE,
            invoice=invoice.number,
            debtor=invoice.debtor,
            currency=invoice.currency,
            amount=invoice.disputed_amounts.get(dispute.case_id, dispute.disputed),
            reason=dispute.reason,
            comment=dispute.comment,
            answered=dispute.answer not in WAITING,
            answer_by=dispute.follow_up_on,
        )
    if dispute.credit_asked_of:
        yield AskedRow(
            case_id=dispute.case_id,
            book_id=invoice.id,
            who=dispute.credit_asked_of,
            what=APPROVE,
            invoice=invoice.number,
            debtor=invoice.debtor,
            currency=invoice.currency,
            amount=dispute.credit_requested or dispute.disputed,
            reason=dispute.reason,
            comment=dispute.comment,
            answered=False,
            answer_by=dispute.credit_by,
        )


ASKED = Fold("asked", AskedRow, (INVOICE,), show, indexes=(("who", "answered"),))
COLUMNS = ", ".join(f"a.{name}" for name in ASKED.table.hints)


@dataclass(frozen=True, slots=True)
class AskedView:
    """What is asked, with the debtor's name."""

    row: AskedRow
    debtor_name: str

    @property
    def cursor(self) -> Cursor:
        row = self.row
        return Cursor(row.answered, row.answer_by, row.case_id, row.book_id, row.what)


def asked_of(
    tenant: str, names: Sequence[str], after: Cursor | None = None, limit: int = 50
) -> Query[AskedView]:
    """Find what is asked of a person, under any of their names: what waits, then what they
    answered; the soonest first."""
    beyond = (
        f" and (a.answered, {FAR}, a.case_id, a.book_id, a.what) > (%(answered)s,"
        " coalesce(%(answer_by)s, 'infinity'::date), %(case_id)s, %(book_id)s, %(what)s)"
    )
    return Query(
        f"select {COLUMNS}, coalesce(d.name, '') as debtor_name from asked a"
        " left join debtors d on d.tenant_id = a.tenant_id and d.number = a.debtor"
        f" where a.tenant_id = %(tenant)s and a.who = any(%(names)s){beyond if after else ''}"
        f" order by a.answered, {FAR}, a.case_id, a.book_id, a.what limit %(limit)s",
        {
            "tenant": tenant,
            "names": list(names),
            "limit": limit,
            **(after._asdict() if after else {}),
        },
        _view,
    )


def _view(debtor_name: str, **columns: Any) -> AskedView:
    return AskedView(AskedRow(**columns), debtor_name)
