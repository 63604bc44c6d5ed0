"""Acts on a bank transaction: allocate it, set it aside, match what came back, or undo it.

Each is a plan: it reads the books again when it is carried out, and refuses what no longer fits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.bank.proposing import proposed
from api.pages.desk.acts import Act, Commands, Field
from api.pages.kit.posted import Posted
from api.session import TenantSession
from commands.bank import allocation
from commands.bank.transactions import SetBankTransactionAside
from commands.command import Command
from commands.work import Work
from ledger.facts.bank import BankTransaction, BankTransactionRecorded
from ledger.policy.amount_text import read_amount
from ledger.policy.refusal import Refused
from projections import bank

BETWEEN = re.compile(r"[;\n]+|,(?=\s)")  # a comma alone may be that of an amount


@dataclass(frozen=True)
class OfBank:
    """A bank transaction."""

    tenant: TenantSession
    transaction: BankTransaction

    @property
    def recorded(self) -> BankTransactionRecorded:
        assert self.transaction.recorded
        return self.transaction.recorded

    @property
    def number(self) -> str:
        return self.recorded.transaction

    def evidence(self, shares: Mapping[str, Decimal]) -> tuple[str, ...]:
        """Return the evidence for these shares, if they were proposed."""
        if not shares:
            return ()
        with self.tenant.pool.connection() as conn:
            [found] = proposed(conn, self.tenant.tenant, [*bank.show(self.transaction)])
        return found.evidence(shares)


def shares_in(text: str, currency: str) -> tuple[list[str], dict[str, Decimal]]:
    """Return the invoices that a text names, and the amounts that it states: ``A=300, B=200``.

    Raises ``Refused``.
    """
    numbers, stated = list[str](), dict[str, Decimal]()
    for piece in filter(None, (part.strip() for part in BETWEEN.split(text))):
        number, equals, amount = (part.strip() for part in piece.rpartition("="))
        if equals:
            stated[number] = read_amount(amount, currency, field="invoices")
        numbers.append(number if equals else piece)
    if stated and len(stated) < len(numbers):
        raise Refused("split-of-other-invoice", "invoices", invoice=numbers[-1])
    return numbers, stated


def _allocate(about: OfBank, form: Posted) -> Commands:
    numbers, stated = shares_in(form.get("invoices", ""), about.recorded.currency)
    debtor = form.get("debtor") or None

    def plan(work: Work) -> Sequence[Command]:
        evidence = about.evidence(stated)
        return allocation.allocation(work, about.number, numbers, stated, debtor, evidence)

    return plan


def _set_aside(about: OfBank, form: Posted) -> Commands:
    given = {"transaction": about.number, "why": form.get("why", "")}
    return [SetBankTransactionAside.model_validate(given)]


def _undo(about: OfBank, form: Posted) -> Commands:
    return lambda work: allocation.undone(work, about.number, form.get("why", ""))


def _return(about: OfBank, form: Posted) -> Commands:
    return lambda work: allocation.returned(work, about.number, form.get("original", ""))


WHY = Field("why", "Why", required=True)
BANK_ACTS = {
    act.noun: act
    for act in (
        Act(
            "allocation",
            "Allocate to invoices",
            "Allocate it",
            "check",
            "Each invoice records its payment. What is left waits with the debtor.",
            (
                Field(
                    "invoices",
                    "Numbers of invoices",
                    hint="A-1, A-2: the oldest due date first. A-1=100.00, A-2=50.00: as you say.",
                ),
                Field("debtor", "Debtor with whom the rest waits"),
            ),
            _allocate,
        ),
        Act(
            "aside",
            "Set aside",
            "Set it aside",
            "snooze",
            "It is no payment of a debtor: charges, an own transfer, money for others.",
            (WHY,),
            _set_aside,
        ),
        Act(
            "undoing",
            "Undo the allocation",
            "Undo it",
            "undo",
            "The payments of this transaction are reversed, and it waits again.",
            (WHY,),
            _undo,
        ),
        Act(
            "return",
            "It is a return",
            "Record the return",
            "undo",
            "The payments of the transaction that came back are reversed.",
            (Field("original", "Number of the transaction that came back", required=True),),
            _return,
        ),
    )
}
