"""Invoices and debtors whose collector is another by the playbook in force.

New ones, and what a new playbook, a corrected debtor or a list of debtors made so.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.collectors import AssignCollector, AssignDebtorCollector
from commands.command import Command
from commands.execute import UnitOfWork
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.collectors import collector_of_debtor, collector_of_invoice
from projections.collector_queries import any_assigned, debtors_otherwise, invoices_otherwise

TOGETHER = 100  # of an append


def collectors_to_assign(session: TenantSession) -> Iterator[Candidate]:
    """Yield them, many in an append, the debtors first."""
    rules = session.playbook()[1]
    with session.pool.connection() as conn:
        if not rules.collectors and not any(any_assigned(session.tenant).fetch(conn)):
            return
    for find, plan in ((debtors_otherwise, _of_debtors), (invoices_otherwise, _of_invoices)):
        for page in pages(session, partial(find, session.tenant, rules), "", str):
            for start in range(0, len(page), TOGETHER):
                numbers = page[start : start + TOGETHER]
                yield Candidate(f"collectors of {numbers[0]} and more", partial(plan, numbers))


def _of_debtors(numbers: Sequence[str], work: UnitOfWork) -> Iterator[Command]:
    for number in numbers:
        found = collector_of_debtor(work.state(DEBTOR, number), work.rules)
        yield AssignDebtorCollector(debtor=number, **found._asdict())


def _of_invoices(numbers: Sequence[str], work: UnitOfWork) -> Iterator[Command]:
    for number in numbers:
        invoice = work.state(INVOICE, number)
        debtor = work.state(DEBTOR, invoice.debtor)
        found = collector_of_invoice(invoice, debtor, work.rules)
        yield AssignCollector(invoice=number, **found._asdict())
