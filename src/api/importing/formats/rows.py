"""Reads the rows of a list of open items."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from api.importing.formats.item_kinds import KINDS
from api.importing.formats.layout import Layout, yes
from api.importing.formats.table import TableReader, missing, number_in
from api.importing.line_commands import CannotImport, InvalidLine, RawLine, RawRow, Reject
from api.importing.source import Source
from commands.debtors.registration import RegisterDebtor
from ledger.facts.codes import ZERO, MoneyKind


@dataclass(frozen=True, slots=True)
class Item:
    """A row; ``where`` is its file and line, which its entries name."""

    line: int
    raw: RawLine
    where: str
    invoice: str
    debtor: str
    debtor_name: str
    amount: Decimal | None
    open_amount: Decimal | None
    currency: str
    issued: date
    due: date
    due_listed: bool  # False: it follows from the terms
    settled: date | None
    disputed: bool
    collector: str
    business_unit: str
    purchase_order: str | None
    segment: str  # of the debtor
    money: MoneyKind | None  # a credit note or payment: its open amount is owed to the debtor
    for_invoice: str  # that it names

    @property
    def key(self) -> str:
        """Return what a list has once: credit notes and payments have numbers of their own."""
        return f"{self.money} {self.invoice}" if self.money else self.invoice


class ListReader(TableReader):
    """Reads a list: its rows as cells, and the item that the cells of a row make."""

    also_named: ClassVar = {
        **{"on": "issued", "due_on": "due", "name": "debtor_name"},
        "amount": "open_amount",
    }

    def __init__(self, source: Source, layout: Layout) -> None:
        super().__init__(source, layout)
        self.debtors = dict[str, RegisterDebtor]()  # that the rows named so far
        self.applied = self._applied()

    def items(self) -> Iterator[Item | Reject]:
        """Yield each row; reject a number that was listed before. Raise ``CannotImport``."""
        seen: dict[str, int] = {}
        for row in self.rows():
            if isinstance(row, Reject):
                yield row
                continue
            try:
                item = self.item(*row)
                if (before := seen.setdefault(item.key, item.line)) != item.line:
                    raise InvalidLine(f"is on line {before} already", "invoice")
            except InvalidLine as error:
                yield self.reject(*row, error)
            else:
                yield item

    def item(self, line: int, cells: list[str]) -> Item:
        """Return the item of a row. Raise ``InvalidLine``."""
        given, layout = self.given(cells), self.layout
        currency = given.get("currency", "").upper() or layout.currency
        amount = layout.money(given.get("amount", ""), "amount", currency)
        open_amount = layout.money(given.get("open_amount", ""), "open_amount", currency)
        if open_amount is None and "open_amount" in self._at:
            missing("open_amount")
        settled = layout.day(given.get("settled", ""), "settled")
        type_ = given.get("type") or layout.words.get("type", {}).get("", "")
        money = _money_kind(layout, type_, amount, open_amount)
        if money:
            left = amount if open_amount is None else open_amount
            amount, open_amount = None, ZERO if settled else abs(left or ZERO)
        issued, due = _days(layout, given, bool(money))
        return Item(
            line=line,
            raw=RawRow(self.header, cells),
            where=f"{self.source.name}:{line}",
            invoice=number_in(given, "invoice") or missing("invoice"),
            debtor=number_in(given, "debtor"),
            debtor_name=given.get("debtor_name", ""),
            amount=amount,
            open_amount=open_amount,
            currency=currency,
            issued=issued,
            due=due,
            due_listed=bool(given.get("due")),
            settled=settled,
            disputed=yes(given.get("disputed", ""), "disputed"),
            collector=given.get("collector", ""),
            business_unit=given.get("business_unit", ""),
            purchase_order=given.get("purchase_order") or None,
            segment=given.get("segment", ""),
            money=money,
            for_invoice=number_in(given, "for_invoice") if money else "",
        )

    def debtor(self, item: Item) -> RegisterDebtor | None:
        """Return the registration of the row's debtor; the first row that names it dates it.

        Raise ``ValidationError``.
        """
        number = item.debtor
        if number and number not in self.debtors:
            self.debtors[number] = RegisterDebtor(
                on=item.issued,
                debtor=number,
                name=item.debtor_name or number,
                segment=item.segment or None,
            )
        return self.debtors.get(number)

    def number_of(self, reject: Reject) -> str:
        """Return the invoice number of a rejected row; empty if it cannot be read."""
        cells, at = getattr(reject.raw, "cells", []), self._at["invoice"]
        return cells[at] if at < len(cells) else ""

    def applies(self, item: Item) -> bool:
        """Return whether it is a credit note or payment for an invoice of the same list."""
        return item.money is not None and item.invoice in self.applied.get(item.for_invoice, ())

    def owed(self, item: Item) -> Decimal | None:
        """Return what is open of an invoice after the credit notes and payments for it."""
        applied = None if item.money else self.applied.get(item.invoice)
        if item.open_amount is None or not applied:
            return item.open_amount
        return item.open_amount - sum(applied.values())

    def _applied(self) -> dict[str, dict[str, Decimal]]:
        """Return the open amount of each credit note and payment, by the listed invoice of the same
        debtor that it names. A list that has such a column is read once more for it.

        Raise ``CannotImport``.
        """
        if "for_invoice" not in (*self.layout.columns, *self.layout.optional):
            return {}
        if self.source.path == "-":
            raise CannotImport(
                "A list that names the invoices of its credit notes is read twice: give a file,"
                " not standard input."
            )
        found, listed = list[Item](), array("q")  # hashes, as there may be a million
        for row in self.rows():
            if isinstance(row, Reject) or "for_invoice" not in self._at:
                continue
            try:
                item = self.item(*row)
            except InvalidLine:
                continue
            if item.money is None:
                listed.extend((hash((item.invoice, "")), hash((item.invoice, item.debtor))))
            elif item.for_invoice and item.open_amount:
                found.append(item)
        hashes = {hash((item.for_invoice, item.debtor)) for item in found}
        there = {number for number in listed if number in hashes}
        applied = dict[str, dict[str, Decimal]]()
        for item in found:
            if item.open_amount and hash((item.for_invoice, item.debtor)) in there:
                notes = applied.setdefault(item.for_invoice, {})
                notes.setdefault(item.invoice, item.open_amount)
        return applied


def _money_kind(
    layout: Layout, type_: str, amount: Decimal | None, open_amount: Decimal | None
) -> MoneyKind | None:
    """Return whether a row is a credit note or a payment, by its type and sign.

    Raise ``InvalidLine``.
    """
    owed = amount if open_amount is None else open_amount
    if owed is None:
        missing("amount")
    if type_ and type_ not in KINDS:
        why = f"{type_!r} is no known type; say what it is: --type {type_}=invoice"
        raise InvalidLine(why, "type")
    kind = KINDS[type_] if type_ else None
    if layout.signed and owed >= 0:
        return None
    return kind or (MoneyKind.CREDIT_NOTE if owed < 0 else None)


def _days(layout: Layout, cells: dict[str, str], any_day: bool) -> tuple[date, date]:
    """Return the issue and due dates; the terms, or with ``any_day`` the other, give a missing."""
    issued = layout.day(cells.get("issued", ""), "issued")
    due = layout.day(cells.get("due", ""), "due")
    if issued and due:
        return issued, due
    if any_day and (day := issued or due):
        return day, day
    if layout.terms is None or not (issued or due):
        missing = "due" if issued else "issued"
        raise InvalidLine("is missing; map it, or set --terms DAYS", missing)
    days = timedelta(days=layout.terms)
    try:
        return issued or (due or date.max) - days, due or (issued or date.min) + days
    except OverflowError:
        field = "due" if due else "issued"
        raise InvalidLine("has no date so many --terms DAYS away", field) from None
