"""Commands about a bank transaction: what is recorded in its own book."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from commands.command import Command, DecisionContext
from commands.fields import RequiredText
from ledger.facts import bank as ev
from ledger.facts.bank import BankTransaction, BankTransactionEvent, BankTransactionRecorded, Share
from ledger.facts.books import BANK_TRANSACTION, BookKind
from ledger.policy.refusal import NotFound, Refused

FREE = ("waiting", "set aside")  # a transaction that can be allocated


class BankCommand(Command, frozen=True, arbitrary_types_allowed=True):
    """A command about a transaction; ``transaction`` is its number."""

    kind: ClassVar[BookKind[Any]] = BANK_TRANSACTION
    transaction: RequiredText = Field(description="number of the bank transaction")

    @property
    def number(self) -> str:
        return self.transaction


class RecordBankTransaction(BankCommand, frozen=True):
    """Record what the bank reported. The same number counts once."""

    recorded: BankTransactionRecorded

    def decide(self, state: BankTransaction, now: DecisionContext) -> Iterator[Any]:
        if not state.known:
            yield self.recorded


class KnownTransaction(BankCommand, frozen=True):
    """A command about a transaction that was recorded."""

    def decide(self, state: BankTransaction, now: DecisionContext) -> Iterator[Any]:
        if not state.known:
            raise NotFound("no-bank-transaction", transaction=self.transaction)
        return self.events(state, self.on or now.today)

    @abstractmethod
    def events(self, transaction: BankTransaction, on: date) -> Iterator[BankTransactionEvent]:
        """Return the events for a recorded transaction on that business date."""


class MarkAllocated(KnownTransaction, frozen=True):
    """Record what a transaction was allocated to."""

    reference: str
    debtor: str
    shares: tuple[Share, ...]
    rest: Decimal
    evidence: tuple[str, ...] = ()
    automatic: bool = False

    def events(self, transaction: BankTransaction, on: date) -> Iterator[BankTransactionEvent]:
        ensure_free(transaction)
        if transaction.amount <= 0:
            raise Refused("money-out", "transaction")
        yield self.event(ev.BankTransactionAllocated, on)


class SetBankTransactionAside(KnownTransaction, frozen=True):
    """Set a transaction aside: it is no payment of a debtor."""

    why: RequiredText

    def events(self, transaction: BankTransaction, on: date) -> Iterator[BankTransactionEvent]:
        if transaction.status == "set aside":
            return
        ensure_free(transaction)
        yield self.event(ev.BankTransactionSetAside, on)


class MarkFreed(KnownTransaction, frozen=True):
    """Record that the allocation was undone."""

    why: RequiredText

    def events(self, transaction: BankTransaction, on: date) -> Iterator[BankTransactionEvent]:
        yield self.event(ev.BankTransactionFreed, on)


class MarkReturned(KnownTransaction, frozen=True):
    """Record that the bank took the money back."""

    by: RequiredText
    why: RequiredText

    def events(self, transaction: BankTransaction, on: date) -> Iterator[BankTransactionEvent]:
        if transaction.status == "returned":
            raise Refused("returned-already", "original")
        yield self.event(ev.BankTransactionReturned, on)


class MarkReturn(KnownTransaction, frozen=True):
    """Record of which transaction this one is the return."""

    original: RequiredText

    def events(self, transaction: BankTransaction, on: date) -> Iterator[BankTransactionEvent]:
        ensure_free(transaction)
        yield self.event(ev.BankReturnMatched, on)


def ensure_free(transaction: BankTransaction) -> None:
    """Raise ``Refused`` for a transaction that is dealt with."""
    if transaction.status not in FREE:
        raise Refused("transaction-done", "transaction", status=transaction.status)
