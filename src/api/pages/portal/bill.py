"""What an invoice stands at, for its debtor: what is due, what is disputed, what is promised."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from api.i18n.translate import Translation
from ledger.facts.codes import ZERO
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.payments.due import overdue_parts, undisputed_parts


class Badge(NamedTuple):
    glyph: str
    word: str
    tone: str = ""


class Part(NamedTuple):
    """A part of the bar."""

    kind: str
    word: str
    amount: str
    x: float
    width: float


class Bill:
    """An invoice as its debtor sees it on a day."""

    def __init__(self, invoice: Invoice, today: date, words: Translation) -> None:
        self.invoice, self.today, self._ = invoice, today, words

    def money(self, amount: Decimal) -> str:
        return self._.money(amount, self.invoice.currency)

    @property
    def is_cancelled(self) -> bool:
        return self.invoice.cancelled

    @property
    def is_open(self) -> bool:
        return self.invoice.open_amount > 0 and not self.invoice.cancelled

    @property
    def agency(self) -> str:
        return self.invoice.agency if self.is_open else ""

    @property
    def to_pay(self) -> Decimal:
        """Return what is open and not disputed."""
        return self.invoice.undisputed_amount if self.is_open else ZERO

    @cached_property
    def late(self) -> list[Instalment]:
        """Return the undisputed parts whose day is over."""
        return overdue_parts(self.invoice, self.today) if self.is_open else []

    @property
    def overdue(self) -> Decimal:
        return sum((part.amount for part in self.late), ZERO)

    @cached_property
    def coming(self) -> list[Instalment]:
        """Return the undisputed parts whose day is still to come, the first of them first."""
        if not self.is_open:
            return []
        return [due for due in undisputed_parts(self.invoice) if due.due_on >= self.today]

    @property
    def now(self) -> Decimal:
        """Return what is to pay now, else on the first day to come."""
        first = self.coming[0].amount if self.coming else ZERO
        return self.overdue or first

    @property
    def then(self) -> list[tuple[str, str]]:
        """Return amount and day of each part after that."""
        later = self.coming if self.late else self.coming[1:]
        return [(self.money(due.amount), self._.day(due.due_on)) for due in later]

    @property
    def due(self) -> date:
        """Return the first day by which something that is not overdue is to be paid."""
        return self.coming[0].due_on if self.coming else self.invoice.due_on

    @property
    def days_late(self) -> int:
        return (self.today - self.late[0].due_on).days if self.late else 0

    @property
    def badges(self) -> Iterator[Badge]:
        """Yield each status: none hides another."""
        _, invoice = self._, self.invoice
        if invoice.cancelled:
            yield Badge("left", _("cancelled"))
            return
        if not self.is_open:
            yield Badge("paid", _("nothing open"), "paid")
            return
        if self.late:
            late = _.number_of(self.days_late, "1 day late", "{count} days late")
            yield Badge("overdue", late, "late")
        if invoice.received or invoice.credited:
            yield Badge("waiting", _("partly paid"))
        if disputed := invoice.disputed_amount:
            whole = disputed == invoice.open_amount
            yield Badge("disputed", _("disputed") if whole else _("partly disputed"), "disputed")
        if promise := invoice.open_promise:
            day = _.short_day(promise.promised_for, self.today)
            yield Badge("promised", _("promised for {day}", day=day), "promised")
        if not self.late and self.to_pay:
            yield Badge("open", _("due {day}", day=_.short_day(self.due, self.today)))

    @property
    def parts(self) -> Iterator[Part]:
        """Yield the parts of what is open, each cent in one of them."""
        invoice, _ = self.invoice, self._
        whole = invoice.open_amount
        disputed = min(invoice.disputed_amount, whole)
        promise = invoice.open_promise
        promised = min(promise.amount, whole - disputed) if promise else ZERO
        x = 0.0
        for kind, word, amount in (
            ("disputed", _("Disputed"), disputed),
            ("promised", _("Promised"), promised),
            ("open", _("To pay"), whole - disputed - promised),
        ):
            if amount > 0:
                width = round(float(amount / whole * 100), 1)
                yield Part(kind, word, self.money(amount), round(x, 1), width)
                x += width

    @property
    def disputes(self) -> list[Dispute]:
        """Return their disputes, the open ones first."""
        theirs = (case for case in self.invoice.disputes.values() if case.opened)
        shown = (case for case in theirs if case.status != "voided")
        return sorted(shown, key=lambda case: (not case.is_open, str(case.raised_on)))

    def still(self, case: Dispute) -> str:
        """Return what a dispute still keeps from being due."""
        return self.money(self.invoice.disputed_amounts.get(case.case_id, ZERO))


def short(case: UUID) -> str:
    """Return the number of a dispute, as a debtor writes it down."""
    return case.hex[:8].upper()
