"""The commands by which the playbook gives debtors and invoices a collector."""

from collections.abc import Iterator
from datetime import date

from commands.command import DecisionContext, InvoiceCommand
from commands.debtor_command import DebtorCommand
from commands.fields import RequiredText, Text
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorCollectorAssigned, DebtorEvent
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.registration import CollectorAssigned
from ledger.facts.invoice.state import Invoice


class AssignCollector(InvoiceCommand, frozen=True):
    """Give the invoice the collector of the playbook, unless a person or the ERP gave it one."""

    depends_on_playbook = True
    collector: Text
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        is_free = not invoice.collector or invoice.collector_by_rule
        if is_free and self.collector != invoice.collector:
            yield self.event(CollectorAssigned, on, playbook=now.playbook)


class AssignDebtorCollector(DebtorCommand, frozen=True):
    """Give the debtor the collector of the playbook, unless a person or the ERP gave them one."""

    depends_on_playbook = True
    collector: Text
    why: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        is_free = not debtor.collector or debtor.collector_by_rule
        if is_free and self.collector != (debtor.collector or ""):
            yield self.event(DebtorCollectorAssigned, on, playbook=now.playbook)
