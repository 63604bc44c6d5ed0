"""How an amount is to be paid: to which account, how much, and what the payment names.

All messages, letters, statements and pages show this.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ledger.facts.creditor import AccountChange, BankAccount, Creditor
from ledger.policy.payments.references import ReferenceKind, kind_for, reference_for, written

WARNED = timedelta(days=60)  # after another account is shown
EEA = (  # where a code needs no BIC
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
SEPA = (*EEA, "AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA")
MOST = Decimal("999999999.99")
LONGEST_NAME, LONGEST_TEXT, LONGEST_CODE = 70, 140, 331  # characters, and bytes at version 13-M
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Payable:
    """An amount, none when it is not one, the account to pay it to, and what the payment names.

    ``reference`` is structured, and empty when there is only a ``text``.
    """

    account: BankAccount
    holder: str
    amount: Decimal | None
    currency: str
    reference: str
    text: str
    change: AccountChange | None  # of the account, of which debtors are warned still

    @property
    def named(self) -> str:
        """Return what the payment names, as people write it."""
        return written(self.reference) or self.text

    @property
    def code(self) -> str:
        """Return the content of the QR code by which a banking app pays; empty when it cannot.

        It is that of the European Payments Council (EPC069-12, version 002), for euros and an
        account in SEPA. A Swiss QR-IBAN can be paid to by a Swiss QR-bill only.
        """
        iban, bic, amount = (
            self.account.iban,
            self.account.bic.upper().replace(" ", ""),
            self.amount,
        )
        bic = bic if BIC.fullmatch(bic) else ""
        if (
            (self.currency != "EUR" or amount is None or not 0 < amount <= MOST)
            or (iban[:2] not in SEPA or (iban[:2] not in EEA and not bic))
            or kind_for(self.account) is ReferenceKind.SWISS
        ):
            return ""
        name = _in_a_line(self.holder)[:LONGEST_NAME].strip()
        lines = ["BCD", "002", "1", "SCT", bic, name, iban, f"EUR{amount:.2f}", ""]
        lines += [self.reference] if self.reference else ["", self.text]
        code = "\n".join(lines).rstrip("\n")
        return code if name and len(code.encode()) <= LONGEST_CODE else ""


def payable(
    creditor: Creditor,
    invoices: Sequence[str],
    amount: Decimal | None,
    currency: str,
    on: date,
    customer: str = "",
) -> Payable | None:
    """Return how the invoices are to be paid; None when no account is known.

    A payment of one invoice has its structured reference. One of several names them all, or the
    number of the customer when they are too many.
    """
    account = creditor.account
    if account is None:
        return None
    numbers = _in_a_line(", ".join(invoices))
    is_listed = numbers and (not customer or len(numbers) <= LONGEST_TEXT)
    return Payable(
        account=account,
        holder=account.name or creditor.name,
        amount=amount,
        currency=currency,
        reference=reference_for(invoices[0], account) if len(invoices) == 1 else "",
        text=numbers[:LONGEST_TEXT] if is_listed else _in_a_line(customer)[:LONGEST_TEXT],
        change=recent_change(creditor, on),
    )


def recent_change(creditor: Creditor, on: date) -> AccountChange | None:
    """Return the change of the account of which debtors are still warned on a day."""
    change = creditor.account_change
    return change if change and on - change.on < WARNED else None


def _in_a_line(text: str) -> str:
    return CONTROL.sub(" ", text).strip()
