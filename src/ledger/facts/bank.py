"""Bank transactions and statements: what the bank reported, and what each transaction was for.

A transaction is a book of its own, as an invoice is: a batch has one for each of its parts. Its
number is the account and the bank's reference, so that a file that is imported twice, or a booking
that a second file repeats, is recorded once. An account is a book too: a line for each statement.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, assert_never

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.entry import BookState, Event, Personal

INTRADAY = ("camt.052", "camt.054", "MT942")  # reports within a day: no balance to go on from


class Adjustment(Struct, frozen=True):
    """An amount that the payer kept back (negative) or added, and why: a code, or words."""

    amount: Decimal
    reason: str = ""
    text: str = ""


class PaidDocument(Struct, frozen=True):
    """A document that the payer names, and what they pay of it."""

    number: str
    amount: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()


class Share(Struct, frozen=True):
    """What an invoice got of a transaction."""

    invoice: str
    amount: Decimal


class BankTransactionRecorded(Event, topic="bank-transaction-recorded.v1"):
    """The bank reported a transaction, valued on ``on``. ``amount`` is negative for money that
    went out. ``trouble`` is why it was not understood wholly; then ``raw`` is what the file has."""

    transaction: str
    account: str
    statement: str
    file: str  # SHA-256
    place: str  # in the statement: 12, or 12.3 for a part of a batch
    amount: Decimal
    currency: str
    booked_on: date
    name: Personal[str] = ""  # of the other side
    iban: Personal[str] = ""
    ultimate_name: Personal[str] = ""  # for whom the other side pays
    remittance: Personal[str] = ""
    creditor_reference: str = ""
    end_to_end: str = ""
    mandate: str = ""
    bank_reference: str = ""
    documents: tuple[PaidDocument, ...] = ()
    return_reason: str = ""
    charges: Decimal = ZERO
    original_amount: Decimal | None = None
    original_currency: str = ""
    kind: str = ""  # the bank's code
    is_reversal: bool = False
    is_direct_debit: bool = False
    text: Personal[str] = ""
    raw: Personal[str] = ""
    trouble: str = ""


class BankTransactionAllocated(Event, topic="bank-transaction-allocated.v1"):
    """A transaction was allocated: the invoices' books have the payments, and the debtor's book
    has the rest, all under ``reference``. ``evidence`` is why; nobody was asked if it is
    ``automatic``."""

    reference: str
    debtor: str
    shares: tuple[Share, ...] = ()
    rest: Decimal = ZERO
    evidence: tuple[str, ...] = ()
    automatic: bool = False


class BankTransactionFreed(Event, topic="bank-transaction-freed.v1"):
    """The allocation was undone, and the payments with it: the transaction waits again."""

    why: str


class BankTransactionReturned(Event, topic="bank-transaction-returned.v1"):
    """The bank took the money back by the transaction ``by``; the payments are reversed."""

    by: str
    why: str


class BankReturnMatched(Event, topic="bank-return-matched.v1"):
    """A transaction was recognised as the return of an earlier one."""

    original: str


class BankTransactionSetAside(Event, topic="bank-transaction-set-aside.v1"):
    """A transaction is no payment of a debtor: charges, an own transfer, money for others."""

    why: str


BankTransactionEvent = (
    BankTransactionRecorded
    | BankTransactionAllocated
    | BankTransactionFreed
    | BankTransactionReturned
    | BankReturnMatched
    | BankTransactionSetAside
)
TransactionStatus = Literal["", "waiting", "allocated", "returned", "matched", "set aside"]


class BankTransaction(BookState, frozen=True):
    """A transaction, and where it stands."""

    status: TransactionStatus = ""
    recorded: BankTransactionRecorded | None = None
    allocated: BankTransactionAllocated | None = None  # the last, while it holds
    allocations: int = 0  # ever
    why: str = ""  # it was set aside, freed or returned

    @property
    def amount(self) -> Decimal:
        return self.recorded.amount if self.recorded else ZERO


class StatementImported(Event, topic="statement-imported.v1"):
    """A statement of the account was imported. ``problems`` are what does not chain."""

    account: str
    currency: str
    statement: str
    number: str
    format: str
    file: str  # SHA-256
    entries: int
    transactions: int
    opening: Decimal | None = None
    opened_on: date | None = None
    closing: Decimal | None = None
    closed_on: date | None = None
    problems: tuple[str, ...] = ()


class BankBalance(Struct, frozen=True):
    """The balance that the account closed with."""

    on: date
    amount: Decimal


class BankAccountBook(BookState, frozen=True):
    """An account of ours at a bank: its statements, and its last balance."""

    account: str = ""
    currency: str = ""
    statements: Mapping[str, str] = field(default_factory=dict)  # id: SHA-256 of the file
    closing: BankBalance | None = None


def evolve(transaction: BankTransaction, event: BankTransactionEvent) -> BankTransaction:
    match event:
        case BankTransactionRecorded():
            return but(transaction, status="waiting", recorded=event)
        case BankTransactionAllocated():
            times = transaction.allocations + 1
            return but(transaction, status="allocated", allocated=event, allocations=times, why="")
        case BankTransactionFreed() as e:
            return but(transaction, status="waiting", allocated=None, why=e.why)
        case BankTransactionReturned() as e:
            return but(transaction, status="returned", allocated=None, why=e.why)
        case BankReturnMatched():
            return but(transaction, status="matched")
        case BankTransactionSetAside() as e:
            return but(transaction, status="set aside", why=e.why)
        case _:
            assert_never(event)


def evolve_account(account: BankAccountBook, event: StatementImported) -> BankAccountBook:
    closing = account.closing
    given = event.closing is not None and event.format not in INTRADAY
    if given and event.closed_on and (closing is None or event.closed_on >= closing.on):
        closing = BankBalance(event.closed_on, event.closing or ZERO)
    statements = {**account.statements, event.statement: event.file}
    return but(
        account,
        account=event.account,
        currency=event.currency,
        statements=statements,
        closing=closing,
    )
