"""The command for credit notes and payments that the ERP lists as not allocated."""

from collections.abc import Iterator
from datetime import date

from commands.command import DecisionContext
from commands.debtor_command import DebtorCommand
from commands.fields import Amount, Currency, RequiredText
from ledger.facts import debtor_events as ev
from ledger.facts.codes import MoneyKind
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.policy.money import ensure_currency, in_cents


class ListMoneyPerErp(DebtorCommand, frozen=True):
    """Record what the ERP's list of open items has of a credit note or payment of the debtor.

    What is less than here was allocated or paid back in the ERP; what is more is only noted.
    ``source`` names file and line of the list.
    """

    reference: RequiredText
    amount: Amount
    currency: Currency
    money: MoneyKind
    source: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        amount = in_cents(self.amount, self.currency, "amount")
        here = debtor.money.get(self.reference)
        if here is None:
            if amount > 0:
                yield self.event(ev.MoneyReceived, on, amount=amount, kind=self.money)
            return
        ensure_currency(self.currency, here.currency)
        if amount < here.left:
            yield self.event(ev.MoneySettledPerErp, on, amount=here.left - amount)
        elif amount > here.left:
            text = f"{self.source} lists {amount} of {self.reference} as open; here {here.left} is."
            yield ev.DebtorNoteAdded(on=on, text=text)
