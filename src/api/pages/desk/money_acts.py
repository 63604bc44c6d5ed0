"""Acts on money and credit notes that wait with a debtor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.pages.desk.acts import Act, Field, Given
from api.pages.kit.posted import Posted
from commands.command import Command
from commands.context import Reactions
from commands.debtors.money import AllocateCredit, AllocateMoney, ReturnMoney
from ledger.facts.codes import MoneyKind
from ledger.facts.debtor import Debtor, UnallocatedPayment
from ledger.policy.amount_text import read_amount


@dataclass(frozen=True)
class WaitingMoney:
    """A payment or credit note of a debtor of which something is not allocated."""

    debtor: Debtor
    reference: str

    @property
    def money(self) -> UnallocatedPayment:
        return self.debtor.money[self.reference]

    @property
    def number(self) -> str:
        return f"{self.reference} · {self.debtor.name or self.debtor.number}"


def _given(about: WaitingMoney, form: Posted, *names: str) -> Mapping[str, object]:
    amount = read_amount(form.get("amount", ""), about.money.currency, field="amount")
    book = {"debtor": about.debtor.number, "reference": about.reference, "amount": amount}
    return book | {name: form.get(name, "") for name in names}


def _allocate(about: WaitingMoney, form: Posted) -> Sequence[Command]:
    is_credit = about.money.kind is MoneyKind.CREDIT_NOTE
    command = AllocateCredit if is_credit else AllocateMoney
    return [command.model_validate(_given(about, form, "invoice"))]


def _return(about: WaitingMoney, form: Posted) -> Sequence[Command]:
    return [ReturnMoney.model_validate(_given(about, form, "why"))]


def _all_of_it(about: WaitingMoney, today: date) -> Given:
    return {"amount": str(about.money.left)}


AMOUNT = Field("amount", "Amount", "amount", required=True)
MONEY_ACTS = {
    act.noun: act
    for act in (
        Act(
            "allocation",
            "Allocate to an invoice",
            "Allocate it",
            "check",
            "The invoice records it, and less of it is open. What is left keeps waiting here.",
            (Field("invoice", "Number of the invoice", required=True), AMOUNT),
            _allocate,
            first=_all_of_it,
            reactions=Reactions.IF_APPLIED,
        ),
        Act(
            "return",
            "Money was returned",
            "Record the return",
            "undo",
            "It records that the payer has it back. Dossier moves no money.",
            (AMOUNT, Field("why", "Why", required=True)),
            _return,
            first=_all_of_it,
        ),
    )
}
OF_CREDITS = ("allocation",)  # a credit note is not returned to a payer
