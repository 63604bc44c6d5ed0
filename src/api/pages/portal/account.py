"""All that is a debtor's: what is overdue in one total, invoices, credits, and what is disputed."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from starlette.responses import Response

from api.i18n.translate import Translation
from api.pages.portal.bill import Badge, short
from api.pages.portal.guest import Guest
from api.pages.portal.views import account_of, page
from ledger.facts.codes import ZERO, MoneyKind, Status
from ledger.policy.payments.payable import Payable, payable
from ledger.policy.refusal import NotFound
from projections.dispute_queries import newest
from projections.disputes import DisputeRow
from projections.invoices import InvoiceRow, find
from projections.owed import Total, totals

ROWS = 50
REPORTS = 20  # the newest


class Line(NamedTuple):
    """An invoice in the list."""

    id: UUID
    number: str
    order: str
    issued: str
    due: str
    amount: str  # what is open
    whole: str
    disputed: str
    rest: str
    badges: list[Badge]


class Credit(NamedTuple):
    """A credit note or payment that is not settled with an invoice yet."""

    number: str
    kind: MoneyKind
    day: str
    left: str


class Report(NamedTuple):
    """A dispute that the debtor raised, on one invoice, and how it stands."""

    path: str
    number: str
    invoice: str
    amount: str
    on: str
    badge: Badge


DID = {
    "details": "Your request is sent. A person looks at it before anything changes.",
    "message": "Your message is sent. We read it, and write to you.",
}


def account_page(guest: Guest, after: str, everything: bool, did: str) -> Response:
    """Return the page of all that is the debtor's, a part of the list at a time."""
    _, today = guest.words, guest.today
    rows, sums = _read(guest, after, everything)
    last = rows[ROWS - 1].number if len(rows) > ROWS else ""
    overdue = [s for s in sums if s.overdue > 0]
    due = _payable(guest, sums, [] if after or last else rows)
    return page(
        guest,
        "account",
        _("Your invoices"),
        debtor=guest.debtor,
        others=guest.others,
        lines=[_line(row, today, _) for row in rows[:ROWS]],
        everything=everything,
        next=last,
        overdue=[_.money(s.overdue, s.currency) for s in overdue],
        disputed=[_.money(s.disputed, s.currency) for s in sums if s.disputed > 0],
        open=[_.money(s.open - s.disputed, s.currency) for s in sums],
        credits=[*_credits(guest, _)],
        reports=[*_reports(guest, _)],
        done=_(DID[did]) if did in DID else "",
        **account_of(guest, due, "" if due is None else _sum(due, _)),
    )


def _payable(guest: Guest, sums: Sequence[Total], rows: Sequence[InvoiceRow]) -> Payable | None:
    """Return how to pay all that is overdue, else all to come; None when nothing is to pay.

    ``rows`` are all that is open, to be named by the payment; without them it names the customer.
    """
    late = [(s.overdue, s.currency) for s in sums if s.overdue > 0]
    coming = [(s.open - s.disputed, s.currency) for s in sums if s.open > s.disputed]
    if not (asked := late or coming):
        return None
    amount, currency = asked[0]
    single = amount if len(asked) == 1 else None
    named = [
        row.number
        for row in rows
        if row.undisputed_amount > 0
        and not row.agency
        and (overdue_since(row, guest.today) or not late)
    ]
    return payable(guest.creditor, named, single, currency, guest.today, guest.debtor.number)


def _sum(due: Payable, _: Translation) -> str:
    return "" if due.amount is None else _.money(due.amount, due.currency)


def _read(guest: Guest, after: str, everything: bool) -> tuple[list[InvoiceRow], list[Total]]:
    tenant, scope = guest.session.tenant, guest.scope
    with guest.session.pool.connection() as conn:
        rows = find(
            tenant, after=after, limit=ROWS + 1, only_open=not everything, scope=scope
        ).fetch(conn)
        return rows, totals(tenant, guest.today, scope=scope).fetch(conn)


def _line(row: InvoiceRow, today: date, _: Translation) -> Line:
    def money(amount: Decimal) -> str:
        return _.money(amount, row.currency)

    return Line(
        row.invoice_id,
        row.number,
        row.purchase_order or "",
        _.day(row.issued_on),
        _.day(row.due_on),
        money(row.open_amount),
        money(row.amount),
        money(row.disputed_amount) if row.disputed_amount else "",
        money(row.undisputed_amount) if row.disputed_amount and row.undisputed_amount else "",
        [*_badges(row, today, _)],
    )


def _badges(row: InvoiceRow, today: date, _: Translation) -> Iterator[Badge]:
    """Yield each status of an invoice: none hides another."""
    if row.status == Status.CANCELLED:
        yield Badge("left", _("cancelled"))
        return
    if row.open_amount <= 0:
        yield Badge("paid", _("nothing open"), "paid")
        return
    if late := overdue_since(row, today):
        days = (today - late).days
        yield Badge("overdue", _.number_of(days, "1 day late", "{count} days late"), "late")
    if row.paid or row.credited:
        yield Badge("waiting", _("partly paid"))
    if row.disputed_amount:
        whole = row.disputed_amount == row.open_amount
        yield Badge("disputed", _("disputed") if whole else _("partly disputed"), "disputed")
    if row.promise_due_on:
        yield Badge("promised", _("promised"), "promised")
    if not late and row.undisputed_amount:
        yield Badge("open", _("due {day}", day=_.short_day(row.due_on, today)))


def overdue_since(row: InvoiceRow, today: date) -> date | None:
    """Return the day of the oldest instalment that is over and not all disputed."""
    parts = zip(row.due_dates, row.due_amounts, row.due_disputed, strict=True)
    late = (due for due, amount, disputed in parts if due < today and amount > disputed)
    return next(late, None)


def _reports(guest: Guest, _: Translation) -> Iterator[Report]:
    """Yield the newest disputes that are theirs: not those of who owed the invoice before."""
    with guest.session.pool.connection() as conn:
        rows = newest(guest.session.tenant, REPORTS, scope=guest.scope).fetch(conn)
    for row in rows:
        path = f"{guest.home}/invoices/{row.book_id}"
        try:
            on = guest.open(row.book_id, path)
        except NotFound:  # the read model lags: it is another debtor's now
            continue
        if any(getattr(entry.event, "case_id", None) == row.case_id for entry in on.seen):
            yield Report(
                f"{path}/disputes/{row.case_id}",
                short(row.case_id),
                row.invoice,
                _.money(row.original, row.currency),
                _.day(row.opened_on or row.listed_on),
                _standing(row, _),
            )


def _standing(row: DisputeRow, _: Translation) -> Badge:
    if row.status == "open":
        return Badge("disputed", _("we look into it"), "disputed")
    if row.status == "resolved":
        return Badge("paid", _("decided"), "paid")
    return Badge("left", _("does not count any more"))


def _credits(guest: Guest, _: Translation) -> Iterator[Credit]:
    for number, money in guest.debtor.money.items():
        if money.left > ZERO:
            day, left = _.day(money.received_on), _.money(money.left, money.currency)
            yield Credit(number, money.kind, day, left)
