"""Reads one statement (Stmt, Rpt or Ntfctn) of a camt file, entry by entry."""

from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from api.bank.camt_element import account_of, day, moment, money, text
from api.bank.camt_entry import head_of, read_entry
from api.bank.camt_part import Found, Head, read_part
from api.bank.statement import Balance, BankEntry, Statement, UnreadableFile

OPENING, INTERIM, CLOSING = ("OPBD", "PRCD"), "ITBD", "CLBD"  # booked; PRCD where OPBD is missing


class OpenStatement:
    """A statement of which a part was read."""

    def __init__(self, message: str, header: Element | None) -> None:
        self.format, self.header = message, header
        self.entries = list[BankEntry]()
        self.parts = list[Found]()  # of the entry that is open
        self.head: Head | None = None  # of the same
        self.account = self.currency = ""
        self.fallback: date | None = None

    def add_part(self, statement: Element, entry: Element, node: Element) -> None:
        """Read a transaction of the entry that is open."""
        self.head = self.head or self._head(statement, entry)
        self.parts.append(read_part(node, self.head))

    def add_entry(
        self, statement: Element, entry: Element, as_it_stands: Callable[[], str]
    ) -> None:
        """Read the entry, whose transactions were read before."""
        head = self.head or self._head(statement, entry)
        fallback = self.fallback or self._fallback(statement)
        read = read_entry(len(self.entries) + 1, entry, head, self.parts, fallback)
        if read.trouble:
            read = replace(read, raw=as_it_stands())
        self.entries.append(read)
        self.parts, self.head = [], None

    def closed(self, node: Element) -> Statement:
        """Return the statement, which has ended."""
        self._read_account(node)
        currency = self.currency or _currency(node, self.entries)
        opening, closing = _balances(node, currency)
        made_at = text(node, "CreDtTm") or text(self.header, "CreDtTm")
        return Statement(
            format=self.format,
            account=self.account,
            currency=currency,
            id=text(node, "Id") or text(self.header, "MsgId"),
            number=text(node, "ElctrncSeqNb") or text(node, "LglSeqNb"),
            made_at=moment(made_at),
            opening=opening,
            closing=closing,
            entries=tuple(self.entries),
        )

    def _head(self, statement: Element, entry: Element) -> Head:
        if not self.account:
            self._read_account(statement)
        return head_of(entry, self.account, self.currency)

    def _read_account(self, statement: Element) -> None:
        self.account = account_of(statement.find("Acct"))
        self.currency = text(statement, "Acct", "Ccy")
        if not self.account:
            raise UnreadableFile("", "the statement has no account")

    def _fallback(self, statement: Element) -> date:
        """Return the day of entries without one: that of the statement."""
        days = [day(balance.find("Dt")) for balance in statement.findall("Bal")]
        made = (moment(text(node, "CreDtTm")) for node in (statement, self.header))
        days = [*reversed(days), *(time.date() for time in made if time)]
        self.fallback = next(filter(None, days), None)
        if self.fallback is None:
            raise UnreadableFile("", "neither the entry nor its statement has a date")
        return self.fallback


def _balances(node: Element, currency: str) -> tuple[Balance | None, Balance | None]:
    found = [
        (text(each, "Tp", "CdOrPrtry", "Cd"), _balance(each, currency))
        for each in node.findall("Bal")
    ]
    of = {code: balance for code, balance in reversed(found) if balance}  # the first of each
    interim = [balance for code, balance in found if code == INTERIM and balance]
    opening = next((of[code] for code in OPENING if code in of), None)
    if opening is None and len(interim) > 1:
        opening = interim[0]
    closing = [balance for code, balance in found if code == CLOSING and balance] or interim
    return opening, closing[-1] if closing else None


def _balance(node: Element, currency: str) -> Balance | None:
    found, on = money(node.find("Amt")), day(node.find("Dt"))
    if found is None or on is None or found.currency not in (currency, ""):
        return None
    overdrawn = text(node, "CdtDbtInd") == "DBIT"
    return Balance(on, -found.amount if overdrawn else found.amount)


def _currency(node: Element, entries: list[BankEntry]) -> str:
    balances = (money(each.find("Amt")) for each in node.findall("Bal"))
    given = [found.currency for found in balances if found] + [entry.currency for entry in entries]
    return next(filter(None, given), "")
