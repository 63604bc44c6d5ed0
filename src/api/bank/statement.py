"""A bank statement in the one shape that every format is read into: plain values.

Amounts are signed from the view of the account: what came in is positive, also when it came back.
"""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from ledger.facts.bank import PaidDocument


class UnreadableFile(Exception):
    """A file that is not read at all: where in it the reason stands, and what it is."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}" if where else why)
        self.where, self.why = where, why


class Balance(Struct, frozen=True):
    """What the account held at the begin or the end of a day; negative when overdrawn."""

    on: date
    amount: Decimal


class Part(Struct, frozen=True):
    """One transaction of an entry; a batch has several.

    ``payer_…`` is the other side: for money that went out, who was paid.
    """

    amount: Decimal  # signed: positive came in; a reversal has the sign of what it moved
    currency: str
    payer_name: str = ""
    payer_iban: str = ""  # or the account's number, where it is not an IBAN
    payer_bic: str = ""
    ultimate_payer: str = ""
    end_to_end: str = ""
    mandate: str = ""
    reference: str = ""  # the bank's own, of the part
    creditor_reference: str = ""  # structured: RF.., OGM, QRR, as given
    remittance: str = ""  # unstructured; lines are joined as the bank wrapped them
    documents: tuple[PaidDocument, ...] = ()
    return_reason: str = ""  # ISO code, or the bank's words
    charges: Decimal = Decimal(0)
    original_amount: Decimal | None = None  # as instructed, when in another currency
    original_currency: str = ""


class BankEntry(Struct, frozen=True):
    """One line of a statement, as it was booked or is going to be."""

    nth: int  # place in the statement, from 1
    amount: Decimal  # signed
    currency: str
    booked_on: date
    value_on: date
    key: str  # the bank's own reference: AcctSvcrRef, NtryRef, after // in :61:; "" if none
    parts: tuple[Part, ...]  # at least one
    type_code: str = ""  # PMNT/RCDT/ESCT, NTRF, or the bank's own
    is_reversal: bool = False
    is_booked: bool = True  # pending (PDNG) and for information (INFO) are not
    is_direct_debit: bool = False
    text: str = ""  # additional information, as it came
    raw: str = ""  # the entry as it stands in the file, when there is trouble
    trouble: str = ""  # why it could not be understood wholly; it is kept all the same


class Statement(Struct, frozen=True):
    """The entries of one account over some time, and its balances before and after."""

    format: str  # camt.052, camt.053, camt.054, MT940 or MT942
    account: str  # IBAN, else the bank's account number as given
    currency: str
    id: str  # Stmt/Id; for MT940 :20: with :28C:
    number: str = ""  # ElctrncSeqNb, LglSeqNb or :28C:
    made_at: datetime | None = None
    opening: Balance | None = None
    closing: Balance | None = None
    entries: tuple[BankEntry, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """Return what the balances differ by beyond the booked entries; None without both."""
        if self.opening is None or self.closing is None:
            return None
        booked = sum((entry.amount for entry in self.entries if entry.is_booked), Decimal(0))
        return self.closing.amount - self.opening.amount - booked
